//! One attempt at one configuration: what it holds while it runs, and everything that has to be done when it ends,
//! however it ends. One that is dropped in the middle was given up by its caller.

use std::sync::Arc;

use model::{CallAnswer, CallError, PicoUsd, TokenUsage, limits::LimitState, routing::Rule};
use providers::VendorLimits;
use store::{CallRow, UsageStatus};
use tokio::time::Instant;

use super::{Engine, gate::Visit};
use crate::{
    breaker::{Outcome, Pass},
    config::Config,
    failure,
    limits::Held,
    meter::Room,
    order::Application,
    price, quality,
    snapshot::Snapshot,
};

/// What all attempts of a call have in common.
pub(crate) struct Label {
    pub(crate) request_id: String,
    pub(crate) user: Arc<str>,
    pub(crate) client: Arc<str>,
    pub(crate) task: Arc<str>,
    pub(crate) rule: Option<Rule>,
    pub(crate) visit: Visit,
    pub(crate) application: Option<Arc<Application>>,
}

/// One attempt.
pub(crate) struct Attempt {
    engine: Arc<Engine>,
    snapshot: Arc<Snapshot>,
    at: usize,
    label: Arc<Label>,
    number: u32,
    fallback_from: Option<i64>,
    pass: Pass,
    held: Option<Held>,
    /// For its row in the log.
    room: Option<Room>,
    /// The output that it may write is bounded by the model alone.
    bound_is_the_models: bool,
    started: Instant,
    first_token_ms: Option<u64>,
    /// What the vendor said so far, for an attempt that is given up.
    pub(crate) usage_so_far: Option<TokenUsage>,
}

/// Where an attempt stands in its call.
pub(crate) struct Place {
    pub(crate) at: usize,
    pub(crate) number: u32,
    pub(crate) fallback_from: Option<i64>,
}

/// What lets an attempt begin.
pub(crate) struct Leave {
    pub(crate) pass: Pass,
    pub(crate) held: Held,
    pub(crate) room: Room,
    pub(crate) bound_is_the_models: bool,
}

/// What became of an attempt, which is in the log.
pub(crate) struct Ended {
    pub(crate) cost: Option<PicoUsd>,
    pub(crate) warnings: Vec<LimitState>,
}

impl Attempt {
    pub(crate) fn new(
        engine: &Arc<Engine>,
        snapshot: &Arc<Snapshot>,
        label: &Arc<Label>,
        place: Place,
        leave: Leave,
    ) -> Self {
        Self {
            engine: Arc::clone(engine),
            snapshot: Arc::clone(snapshot),
            label: Arc::clone(label),
            at: place.at,
            number: place.number,
            fallback_from: place.fallback_from,
            pass: leave.pass,
            held: Some(leave.held),
            room: Some(leave.room),
            bound_is_the_models: leave.bound_is_the_models,
            started: Instant::now(),
            first_token_ms: None,
            usage_so_far: None,
        }
    }

    pub(crate) fn config(&self) -> &Config {
        &self.snapshot.configs[self.at]
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn label(&self) -> &Label {
        &self.label
    }

    /// Limits that are used to 80 per cent and more, with what this attempt holds.
    pub(crate) fn warnings(&self) -> Vec<LimitState> {
        self.held.as_ref().map(Held::warnings).unwrap_or_default()
    }

    /// The first piece of a stream is there.
    pub(crate) fn began(&mut self) {
        self.first_token_ms = Some(self.elapsed_ms());
    }

    /// An answer is on its way, which says of a probe what it was sent for: others need not wait for its end.
    pub(crate) fn is_answering(&mut self) {
        let now = self.engine.clock.ticks();
        let pass = self.config().live.breaker().is_answering(self.pass, now);
        self.pass = pass;
    }

    /// The vendor said what is left of its limits.
    pub(crate) fn told(&self, limits: Option<&VendorLimits>) {
        if let Some(limits) = limits {
            let clock = &self.engine.clock;
            self.config().live.throttle().told(limits, |moment| clock.tick_of(moment));
        }
    }

    /// An answer arrived whole. One of no use still says `is_useful: false` to the breaker, and so does one that the model
    /// did not bring to its end.
    pub(crate) fn answered(mut self, answer: &CallAnswer, is_useful: bool) -> Ended {
        let is_useful = is_useful && !quality::is_cut(answer, self.bound_is_the_models);
        let outcome = if is_useful { Outcome::Good } else { Outcome::Bad };
        self.record(outcome);
        let (now, latency) = (self.engine.clock.now(), self.elapsed_ms());
        match is_useful {
            true => self.config().live.vitals().good(now, Some(latency)),
            false => {
                let cause = "Its answers are empty, cut off or break the schema.";
                self.config().live.vitals().bad(now, cause.into());
            }
        }
        self.end(answer.usage.as_ref(), answer.model.as_deref(), None, answer.request_id.clone())
    }

    /// The attempt failed.
    pub(crate) fn failed(mut self, error: &CallError) -> Ended {
        self.fail(error)
    }

    /// Nothing was sent.
    pub(crate) fn withdrawn(mut self, outcome: Outcome) {
        self.record(outcome);
        self.held.take().map(Held::release);
    }

    fn fail(&mut self, error: &CallError) -> Ended {
        let outcome = failure::outcome(error.class);
        self.record(outcome);
        let live = &self.config().live;
        live.throttle().failed(error, self.engine.clock.ticks());
        if outcome != Outcome::Nothing {
            live.vitals().bad(self.engine.clock.now(), sentence(&error.message));
        }
        self.end(error.usage.as_ref(), None, Some(error), error.request_id.clone())
    }

    fn record(&mut self, outcome: Outcome) {
        let now = self.engine.clock.ticks();
        self.config().live.breaker().record(self.pass, outcome, now);
    }

    fn end(
        &mut self,
        usage: Option<&TokenUsage>,
        returned: Option<&str>,
        error: Option<&CallError>,
        vendor_request_id: Option<String>,
    ) -> Ended {
        let config = self.config();
        let priced = config.price_of(&self.snapshot.prices, returned).cloned();
        let (cost, cost_is_estimate) = price::cost(priced.as_deref(), usage);
        let warnings = self.settle(usage, cost, error);
        let row = || CallRow {
            model_returned: returned.map(str::to_owned),
            usage: usage.cloned(),
            cost,
            priced,
            cost_is_estimate,
            status: status(error),
            error_class: error.map(|error| error.class),
            http_status: error.and_then(|error| error.http_status),
            vendor_request_id,
            ..self.row()
        };
        let row = error.is_none_or(failure::reached_the_vendor).then(row);
        // While the visit lasts: a gate that closes waits for it, and then the log is written for the last time.
        if let (Some(row), Some(room)) = (row, self.room.take()) {
            self.engine.meter.log(room, row);
        }
        Ended { cost, warnings }
    }

    fn settle(
        &mut self,
        usage: Option<&TokenUsage>,
        cost: Option<PicoUsd>,
        error: Option<&CallError>,
    ) -> Vec<LimitState> {
        let Some(held) = self.held.take() else { return Vec::new() };
        match usage {
            Some(usage) if !usage.approximate => held.settle(usage.total(), cost.map(price::pico)),
            None if error.is_some_and(|error| !failure::may_have_been_billed(error)) => held.release(),
            // Numbers from before the end say less than what is billed.
            Some(_) | None => held.forfeit(),
        }
    }

    fn row(&self) -> CallRow {
        let config = self.config();
        let id = &self.label.request_id;
        CallRow {
            request_id: if self.number == 1 { id.clone() } else { format!("{id}-{}", self.number) },
            attempt: self.number,
            provider_config_id: config.number(),
            provider_type: config.provider_type(),
            user_id: Arc::clone(&self.label.user),
            client: Arc::clone(&self.label.client),
            task_type: Arc::clone(&self.label.task),
            model_requested: Arc::clone(&config.model_in_log),
            model_returned: None,
            usage: None,
            cost: None,
            priced: None,
            cost_is_estimate: false,
            status: UsageStatus::Success,
            error_class: None,
            http_status: None,
            latency_ms: self.elapsed_ms(),
            first_token_ms: self.first_token_ms,
            vendor_request_id: None,
            rule: self.label.rule,
            fallback_from: self.fallback_from,
            created_at: self.engine.clock.now(),
        }
    }

    fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        if self.held.is_none() {
            return;
        }
        let stopped = self.label.visit.stop.is_cancelled();
        let reason = if stopped { failure::locked() } else { failure::caller_left() };
        let error = CallError { usage: self.usage_so_far.take(), answer_began: true, ..reason };
        self.fail(&error);
    }
}

fn status(error: Option<&CallError>) -> UsageStatus {
    match error.map(|error| error.class) {
        None => UsageStatus::Success,
        Some(model::ErrorClass::Timeout) => UsageStatus::Timeout,
        Some(_) => UsageStatus::Error,
    }
}

/// A message as a sentence.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).chain(['.']).collect()
}
