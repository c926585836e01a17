//! One call: candidate after candidate, each with its retries, until one answers, all within one deadline.

use std::{sync::Arc, time::Duration};

use futures::StreamExt;
use model::{
    CallAnswer, CallError, CallEvent, CallRequest,
    gateway::Fallback,
    limits::LimitState,
    routing::{Explanation, Verdict},
};
use providers::Target;
use tokio::time::{Instant, sleep, timeout_at};
use uuid::Uuid;

use super::{
    Engine, KeyFault,
    attempt::{Attempt, Label, Place},
    flow::{self, ServedStream},
    now::{question, resting, turned_away, verdict},
};
use crate::{
    backoff,
    breaker::Outcome,
    config::Config,
    failure,
    limits::{self, Held, Unheld, User, Windows},
    load::{Bound, DEFAULT_OUTPUT, Load},
    order::{Ask, Order, Refused, Served},
    quality, route,
    route::Plan,
    snapshot::Snapshot,
    upstream::Flow,
};

/// No call takes longer, whatever its candidates allow.
const LONGEST: Duration = Duration::from_secs(600);

/// How the answer shall come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Whole,
    InPieces,
}

/// What came.
enum Came {
    Whole(Box<CallAnswer>),
    Begun(CallEvent, Box<dyn Flow>),
}

/// A provider that answers, and how it was found.
struct Reached {
    attempt: Attempt,
    came: Came,
    deadline: Instant,
    request: CallRequest,
    fallbacks: Vec<Fallback>,
    explanation: Explanation,
}

/// Whole.
pub(super) async fn call(engine: &Arc<Engine>, order: Order) -> Result<Served, Refused> {
    let reached = Box::pin(drive(engine, order, How::Whole)).await?;
    let Came::Whole(answer) = reached.came else { return Err(Refused::Closed) };
    let provider = reached.attempt.config().id();
    let ended = reached.attempt.answered(&answer, true);
    if let Some(row) = ended.row {
        engine.meter.log(row).await;
    }
    let (fallbacks, explanation) = (reached.fallbacks, reached.explanation);
    Ok(Served {
        answer: *answer,
        provider,
        cost: ended.cost,
        fallbacks,
        explanation,
        warnings: ended.warnings,
    })
}

/// In pieces.
pub(super) async fn stream(engine: &Arc<Engine>, order: Order) -> Result<ServedStream, Refused> {
    let reached = Box::pin(drive(engine, order, How::InPieces)).await?;
    let Came::Begun(first, rest) = reached.came else { return Err(Refused::Closed) };
    let pieces = flow::Pieces {
        attempt: reached.attempt,
        first,
        rest,
        deadline: reached.deadline,
        request: reached.request,
    };
    Ok(flow::served(pieces, reached.fallbacks, reached.explanation))
}

async fn drive(engine: &Arc<Engine>, order: Order, how: How) -> Result<Reached, Refused> {
    let visit = engine.gate.enter().ok_or(Refused::Closed)?;
    let snapshot = engine.snapshot();
    let load = Load::of(&order.request);
    let request_id = order.caller.request_id.clone().unwrap_or_else(|| Uuid::now_v7().to_string());
    let sticky = order.caller.sticky.as_deref().unwrap_or(&request_id);
    let plan = {
        let whom = route::whom(&snapshot, &order.ask)?;
        let question = question(engine, &load, load.needs(order.request.degrade), sticky);
        route::plan(&snapshot, &whom, &question)
    };
    let user: Arc<str> = order.caller.user.as_str().into();
    let cap = snapshot.quota(&user).and_then(|quota| quota.requests_per_minute);
    let of_user = |limit| Refused::Limit { limit, provider: None };
    engine.users.take(&user, cap, &engine.clock).map_err(of_user)?;
    let label = Label {
        task: order.task.as_ref().map(|task| task.to_string()).unwrap_or_else(|| task_of(&order.ask)),
        client: order.caller.client,
        rule: plan.rule,
        request_id,
        visit,
        user,
    };
    let journey = Journey {
        deadline: Instant::now() + patience(&snapshot, &plan),
        windows: snapshot.windows(engine.clock.now()),
        tried: Tried::default(),
        label: Arc::new(label),
        request: order.request,
        engine,
        snapshot,
        load,
        how,
    };
    journey.go(plan).await
}

/// The task in the log when a caller named it as a model.
fn task_of(ask: &Ask) -> String {
    match ask {
        Ask::Task(task) => task.to_string(),
        Ask::Named(name) => name.strip_prefix("task:").unwrap_or_default().to_owned(),
        Ask::Provider(_) => String::new(),
    }
}

/// The time for all candidates together: so that one that hangs leaves some for the next, each adds its own.
fn patience(snapshot: &Snapshot, plan: &Plan) -> Duration {
    let all = plan.able.iter().map(|at| snapshot.configs[*at].timeout_ms());
    Duration::from_millis(all.fold(0, u64::saturating_add)).min(LONGEST)
}

/// A call on its way.
struct Journey<'a> {
    engine: &'a Arc<Engine>,
    snapshot: Arc<Snapshot>,
    label: Arc<Label>,
    request: CallRequest,
    load: Load,
    how: How,
    deadline: Instant,
    windows: Windows,
    tried: Tried,
}

/// What was tried so far.
#[derive(Default)]
struct Tried {
    attempts: u32,
    failures: Vec<(usize, CallError)>,
    turned_away: Vec<(usize, Verdict)>,
}

/// Why a candidate does not serve.
enum Passed {
    /// It was not asked.
    TurnedAway(Verdict),
    /// It was asked, and this was its last failure.
    Failed(CallError),
    /// Nobody may be asked any more.
    Refused(Refused),
}

impl Journey<'_> {
    async fn go(mut self, plan: Plan) -> Result<Reached, Refused> {
        for at in &plan.able {
            match self.candidate(*at).await {
                Ok((attempt, came, deadline)) => return Ok(self.reached(&plan, attempt, came, deadline)),
                Err(Passed::TurnedAway(verdict)) => self.tried.turned_away.push((*at, verdict)),
                Err(Passed::Refused(refused)) => return Err(refused),
                Err(Passed::Failed(error)) => {
                    let ends = !error.class.may_fall_back() || error.answer_began;
                    self.tried.failures.push((*at, error));
                    if ends || Instant::now() >= self.deadline {
                        break;
                    }
                    self.snapshot.configs[*at].live.moved.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                }
            }
        }
        Err(self.refusal(&plan))
    }

    /// One configuration, with its retries.
    async fn candidate(&mut self, at: usize) -> Result<(Attempt, Came, Instant), Passed> {
        let snapshot = Arc::clone(&self.snapshot);
        let config = &snapshot.configs[at];
        let deadline = self.deadline.min(Instant::now() + Duration::from_millis(config.timeout_ms()));
        let mut failures = 0;
        loop {
            let attempt = match self.admit(at).await {
                Ok(attempt) => attempt,
                Err(Passed::TurnedAway(verdict)) => return Err(self.after(failures, verdict)),
                Err(other) => return Err(other),
            };
            let error = match self.send(attempt, deadline).await? {
                Ok((attempt, came)) => return Ok((attempt, came, deadline)),
                Err(error) => error,
            };
            failures += 1;
            let wait = backoff::wait(&error, failures, fastrand::f64());
            let wait = wait.filter(|wait| failures <= config.retries() && Instant::now() + *wait < deadline);
            let Some(wait) = wait else { return Err(Passed::Failed(error)) };
            self.tried.failures.push((at, error));
            tokio::select! {
                () = sleep(wait) => {}
                () = self.label.visit.stop.cancelled() => return Err(Passed::Refused(Refused::Closed)),
            }
        }
    }

    /// A candidate that is turned away between its retries has failed, and its failure was the last of the list.
    fn after(&mut self, failures: u32, verdict: Verdict) -> Passed {
        match self.tried.failures.pop() {
            Some((_, error)) if failures > 0 => Passed::Failed(error),
            Some(other) => {
                self.tried.failures.push(other);
                Passed::TurnedAway(verdict)
            }
            None => Passed::TurnedAway(verdict),
        }
    }

    /// Lets an attempt begin: breaker, the vendor's pauses, and all limits.
    async fn admit(&mut self, at: usize) -> Result<Attempt, Passed> {
        let snapshot = Arc::clone(&self.snapshot);
        let (engine, config) = (self.engine, &snapshot.configs[at]);
        let bound = config.bound(&self.load);
        if let Some(verdict) = resting(engine, config, bound.tokens()) {
            return Err(Passed::TurnedAway(verdict));
        }
        let (held, bound) = self.hold(config, bound).await?;
        let pass = match config.live.breaker().admit(engine.clock.ticks()) {
            Ok(pass) => pass,
            Err(turned) => {
                held.release();
                return Err(Passed::TurnedAway(turned_away(engine, turned)));
            }
        };
        self.tried.attempts += 1;
        self.request.max_output_tokens = Some(bound.output);
        let place = Place { at, number: self.tried.attempts, fallback_from: self.fallback_from(at) };
        Ok(Attempt::new(engine, &self.snapshot, &self.label, place, pass, held))
    }

    /// Where the caller left the output open, less of it may fit a limit that all of it does not.
    async fn hold(&self, config: &Config, bound: Bound) -> Result<(Held, Bound), Passed> {
        let open = self.load.max_output.is_none() && bound.output > DEFAULT_OUTPUT;
        match (self.hold_exactly(config, bound).await, open) {
            (Err(Unheld::Limit(_)), true) => {
                let bound = Bound { output: DEFAULT_OUTPUT, ..bound };
                let held = self.hold_exactly(config, bound).await.map_err(|unheld| passed(config, unheld))?;
                Ok((held, bound))
            }
            (held, _) => Ok((held.map_err(|unheld| passed(config, unheld))?, bound)),
        }
    }

    async fn hold_exactly(&self, config: &Config, bound: Bound) -> Result<Held, Unheld> {
        let name = &self.label.user;
        let user = User { name, quota: self.snapshot.quota(name) };
        limits::hold(&self.engine.book, config, &user, bound, &self.windows, &self.engine.clock).await
    }

    /// Sends an attempt and waits for its answer, or for the first piece of it. Failures are logged.
    async fn send(
        &self,
        mut attempt: Attempt,
        deadline: Instant,
    ) -> Result<Result<(Attempt, Came), CallError>, Passed> {
        let stop = self.label.visit.stop.clone();
        let came = tokio::select! {
            came = timeout_at(deadline, self.ask(&mut attempt, deadline)) => {
                came.unwrap_or_else(|_| Err(Fault::Call(failure::out_of_time())))
            }
            () = stop.cancelled() => Err(Fault::Stopped),
        };
        match came {
            Ok(came) => Ok(Ok((attempt, came))),
            Err(Fault::Call(error)) => {
                if let Some(row) = attempt.failed(&error).row {
                    self.engine.meter.log(row).await;
                }
                Ok(Err(error))
            }
            // Dropped, the attempt logs and settles itself.
            Err(Fault::Stopped) => Err(Passed::Refused(Refused::Closed)),
            Err(Fault::Key(KeyFault::Locked)) => {
                attempt.withdrawn(Outcome::Nothing);
                Err(Passed::Refused(Refused::Closed))
            }
            Err(Fault::Key(KeyFault::Unreadable)) => {
                attempt.withdrawn(Outcome::BadKey);
                Ok(Err(failure::no_key()))
            }
        }
    }

    async fn ask(&self, attempt: &mut Attempt, deadline: Instant) -> Result<Came, Fault> {
        let config = &self.snapshot.configs[attempt.at()];
        let key = (self.engine.keys)(&config.provider)?;
        let target = Target {
            provider_type: config.provider_type(),
            base_url: config.base_url.as_ref().ok_or(KeyFault::Unreadable)?,
            api_key: key.as_ref().map(|key| key.expose()),
            model_name: config.model_name(),
        };
        if self.how == How::Whole {
            let whole = self.engine.upstream.call(target, &self.request, deadline).await?;
            attempt.told(whole.allowances);
            quality::check(&self.request, &whole.answer)?;
            return Ok(Came::Whole(Box::new(whole.answer)));
        }
        let mut flow = self.engine.upstream.stream(target, &self.request, deadline).await?;
        attempt.told(flow.allowances());
        let first = flow.next().await.ok_or(Fault::Call(failure::cut_off()))??;
        attempt.began();
        if let CallEvent::Finished(answer) = &first {
            quality::check(&self.request, answer)?;
        }
        Ok(Came::Begun(first, flow))
    }

    /// The configuration that failed before this one.
    fn fallback_from(&self, at: usize) -> Option<i64> {
        let before = self.tried.failures.iter().rev().find(|(failed, _)| *failed != at);
        before.map(|(failed, _)| self.snapshot.configs[*failed].number())
    }

    fn reached(self, plan: &Plan, attempt: Attempt, came: Came, deadline: Instant) -> Reached {
        let serves = attempt.at();
        let explanation = self.explain(plan, Some(serves));
        let fallbacks = self
            .tried
            .failures
            .into_iter()
            .map(|(at, error)| Fallback { provider: self.snapshot.configs[at].id(), error });
        let fallbacks = fallbacks.collect();
        Reached { attempt, came, deadline, request: self.request, fallbacks, explanation }
    }

    /// Everyone who was turned away with the reason; those who failed are told as fallbacks.
    fn explain(&self, plan: &Plan, serves: Option<usize>) -> Explanation {
        plan.explain(&self.snapshot, &self.load, |at| {
            if Some(at) == serves {
                return None;
            }
            let reason = self.tried.turned_away.iter().find(|(other, _)| *other == at);
            let failed =
                || self.tried.failures.iter().any(|(other, _)| *other == at).then_some(Verdict::Next);
            reason.map(|(_, verdict)| verdict.clone()).or_else(failed)
        })
    }

    fn refusal(mut self, plan: &Plan) -> Refused {
        if let Some((_, error)) = self.tried.failures.pop() {
            let fallback = |(at, error): (usize, CallError)| Fallback {
                provider: self.snapshot.configs[at].id(),
                error,
            };
            return Refused::Failed {
                error,
                fallbacks: self.tried.failures.into_iter().map(fallback).collect(),
            };
        }
        let limit = |(at, verdict): &(usize, Verdict)| match verdict {
            Verdict::LimitReached { limit } => Some((*at, *limit)),
            _ => None,
        };
        let limits: Option<Vec<(usize, LimitState)>> = self.tried.turned_away.iter().map(limit).collect();
        match limits.as_deref() {
            Some([(at, limit), ..]) => {
                Refused::Limit { limit: *limit, provider: Some(self.snapshot.configs[*at].id()) }
            }
            _ => Refused::NoRoute(self.explain(plan, None)),
        }
    }
}

/// Why an attempt has no answer.
enum Fault {
    Call(CallError),
    /// The vault is being locked.
    Stopped,
    /// Nothing was sent.
    Key(KeyFault),
}

impl From<CallError> for Fault {
    fn from(error: CallError) -> Self {
        Self::Call(error)
    }
}

impl From<KeyFault> for Fault {
    fn from(fault: KeyFault) -> Self {
        Self::Key(fault)
    }
}

/// A user's limit holds whoever serves him, so nobody else is asked.
fn passed(config: &Config, unheld: Unheld) -> Passed {
    match unheld {
        Unheld::Limit(limit) if limits::is_of_user(limit.kind) => {
            Passed::Refused(Refused::Limit { limit, provider: None })
        }
        Unheld::Store(error) => {
            tracing::error!(%error, config = config.number(), "a limit could not be written down");
            let fallbacks = Vec::new();
            Passed::Refused(Refused::Failed { error: failure::cannot_count(), fallbacks })
        }
        unheld => Passed::TurnedAway(verdict(unheld)),
    }
}
