//! One attempt of a call on its way: what has to allow it, and the sending.

use std::sync::Arc;

use futures::StreamExt;
use model::{CallAnswer, CallError, CallEvent};
use providers::Target;
use tokio::time::{Instant, timeout_at};

use super::{
    KeyFault,
    attempt::{Attempt, Leave, Place},
    journey::{Journey, Passed},
    now::{resting, turned_away, verdict},
};
use crate::{
    breaker::Outcome,
    config::Config,
    failure,
    limits::{self, Held, Unheld, User},
    load::{Bound, DEFAULT_OUTPUT},
    meter::Room,
    order::Refused,
    quality,
    upstream::{Flow, Whom},
};

/// How the answer shall come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Whole,
    InPieces,
}

/// What came.
pub(super) enum Came {
    Whole(Box<CallAnswer>),
    Begun(CallEvent, Box<dyn Flow>),
}

impl Journey<'_> {
    /// Lets an attempt begin: breaker, the vendor's pauses, and all limits.
    pub(super) async fn admit(&mut self, at: usize) -> Result<Attempt, Passed> {
        let snapshot = Arc::clone(&self.snapshot);
        let (engine, config) = (self.engine, &snapshot.configs[at]);
        let bound = config.bound(&self.load);
        if let Some(verdict) = resting(engine, config, &self.load) {
            return Err(Passed::TurnedAway(verdict));
        }
        let room = self.room().await?;
        let (held, taken) = self.hold(config, bound).await?;
        let pass = match config.live.breaker().admit(engine.clock.ticks()) {
            Ok(pass) => pass,
            Err(turned) => {
                held.release();
                return Err(Passed::TurnedAway(turned_away(engine, turned)));
            }
        };
        self.tried.attempts += 1;
        self.request.max_output_tokens = Some(taken.output);
        let place = Place { at, number: self.tried.attempts, fallback_from: self.fallback_from(at) };
        // Neither the caller's, nor a limit's that left less, nor ours where the model's own is unknown.
        let is_open = self.load.max_output.is_none() && config.bounds.output.is_some();
        let leave = Leave { pass, held, room, bound_is_the_models: is_open && taken == bound };
        Ok(Attempt::new(engine, &self.snapshot, &self.label, place, leave))
    }

    /// Room in the log. Where it is full, the call waits before it is made and not while a vendor is being paid.
    async fn room(&self) -> Result<Room, Passed> {
        let room = tokio::select! {
            biased;
            room = timeout_at(self.deadline, self.engine.meter.room()) => room,
            () = self.label.visit.stop.cancelled() => return Err(Passed::Refused(Refused::Closed)),
        };
        let late = |_| Refused::Unwritten(failure::cannot_log());
        room.map_err(late).and_then(|room| room.ok_or(Refused::Closed)).map_err(Passed::Refused)
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
        let application = self.label.application.as_deref();
        let user = User { name, quota: self.snapshot.quota(name), application };
        limits::hold(&self.engine.limits, config, &user, bound, &self.windows, &self.engine.clock).await
    }

    /// Sends an attempt and waits for its answer, or for the first piece of it. Failures are logged.
    pub(super) async fn send(
        &self,
        mut attempt: Attempt,
        deadline: Instant,
    ) -> Result<Result<(Attempt, Came), CallError>, Passed> {
        let came = tokio::select! {
            came = timeout_at(deadline, self.ask(&mut attempt, deadline)) => {
                came.unwrap_or_else(|_| Err(Fault::Call(failure::out_of_time())))
            }
            () = self.label.visit.stop.cancelled() => Err(Fault::Stopped),
        };
        match came {
            Ok(came) => Ok(Ok((attempt, came))),
            Err(Fault::Call(error)) => {
                attempt.failed(&error);
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
        let whom = Whom { target, model: config.entry.as_ref(), deadline };
        if self.how == How::Whole {
            let called = self.engine.upstream.call(whom, &self.request).await?;
            attempt.told(called.limits.as_ref());
            quality::check(&self.request, &called.answer)?;
            return Ok(Came::Whole(Box::new(called.answer)));
        }
        let mut flow = self.engine.upstream.stream(whom, &self.request).await?;
        attempt.told(flow.limits());
        let first = flow.next().await.ok_or(Fault::Call(failure::cut_off()))??;
        attempt.began();
        match &first {
            CallEvent::Finished(answer) => quality::check(&self.request, answer)?,
            _ => attempt.is_answering(),
        }
        Ok(Came::Begun(first, flow))
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
        Unheld::Limit(limit) if limits::is_of_caller(limit.kind) => {
            Passed::Refused(Refused::Limit { limit, provider: None })
        }
        Unheld::Store(error) => {
            tracing::error!(%error, config = config.number(), "a limit could not be written down");
            Passed::Refused(Refused::Unwritten(failure::cannot_count(&error)))
        }
        unheld => Passed::TurnedAway(verdict(unheld)),
    }
}
