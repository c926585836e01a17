//! The way of a call: candidate after candidate, each with its retries, until one answers, all within one deadline.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use model::{
    CallError, CallRequest,
    gateway::Fallback,
    limits::LimitState,
    routing::{Explanation, Verdict},
};
use tokio::time::{Instant, sleep};

use super::{
    Engine,
    attempt::{Attempt, Label},
    send::{Came, How},
};
use crate::{backoff, limits::Windows, load::Load, order::Refused, route::Plan, snapshot::Snapshot};

/// A provider that answers, and how it was found.
pub(super) struct Reached {
    pub(super) attempt: Attempt,
    pub(super) came: Came,
    pub(super) deadline: Instant,
    pub(super) request: CallRequest,
    pub(super) fallbacks: Vec<Fallback>,
    pub(super) explanation: Explanation,
}

/// A call on its way.
pub(super) struct Journey<'a> {
    pub(super) engine: &'a Arc<Engine>,
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) label: Arc<Label>,
    pub(super) request: CallRequest,
    pub(super) load: Load,
    pub(super) how: How,
    pub(super) deadline: Instant,
    pub(super) windows: Windows,
    pub(super) tried: Tried,
}

/// What was tried so far.
#[derive(Default)]
pub(super) struct Tried {
    pub(super) attempts: u32,
    pub(super) failures: Vec<(usize, CallError)>,
    pub(super) turned_away: Vec<(usize, Verdict)>,
}

/// A candidate that answers.
pub(super) struct Found {
    pub(super) attempt: Attempt,
    pub(super) came: Came,
    pub(super) deadline: Instant,
}

/// Why a candidate does not serve.
pub(super) enum Passed {
    /// It was not asked.
    TurnedAway(Verdict),
    /// It was asked, and this was its last failure.
    Failed(CallError),
    /// Nobody may be asked any more.
    Refused(Refused),
}

impl Journey<'_> {
    pub(super) async fn go(mut self, plan: Plan) -> Result<Reached, Refused> {
        if let Some(found) = self.round(&plan).await? {
            return Ok(self.reached(&plan, found));
        }
        // Nobody failed, and someone only asked to wait a little: as a retry would.
        if let Some(wait) = self.rest() {
            tokio::select! {
                () = sleep(wait) => {}
                () = self.label.visit.stop.cancelled() => return Err(Refused::Closed),
            }
            self.tried.turned_away.clear();
            if let Some(found) = self.round(&plan).await? {
                return Ok(self.reached(&plan, found));
            }
        }
        Err(self.refusal(&plan))
    }

    /// How long to wait until a vendor that asked to wait may be asked, if that is worth it.
    fn rest(&self) -> Option<Duration> {
        let now = self.engine.clock.now();
        let until = self.tried.turned_away.iter().filter_map(|(_, verdict)| match verdict {
            Verdict::CoolingDown { until } => Some(until.since(now)),
            _ => None,
        });
        let wait = until.min().filter(|ms| self.tried.failures.is_empty() && *ms <= backoff::PATIENCE_MS)?;
        // One more millisecond, because the moment was rounded down.
        let wait = Duration::from_millis(wait + 1);
        (Instant::now() + wait < self.deadline).then_some(wait)
    }

    /// Every candidate once.
    async fn round(&mut self, plan: &Plan) -> Result<Option<Found>, Refused> {
        for at in &plan.able {
            match self.candidate(*at).await {
                Ok(found) => return Ok(Some(found)),
                Err(Passed::TurnedAway(verdict)) => self.tried.turned_away.push((*at, verdict)),
                Err(Passed::Refused(refused)) => return Err(refused),
                Err(Passed::Failed(error)) => {
                    let ends = !error.class.may_fall_back() || error.answer_began;
                    self.tried.failures.push((*at, error));
                    if ends || Instant::now() >= self.deadline {
                        break;
                    }
                    self.snapshot.configs[*at].live.moved.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
        Ok(None)
    }

    /// One configuration, with its retries.
    async fn candidate(&mut self, at: usize) -> Result<Found, Passed> {
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
                Ok((attempt, came)) => return Ok(Found { attempt, came, deadline }),
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

    /// The configuration that failed before this one.
    pub(super) fn fallback_from(&self, at: usize) -> Option<i64> {
        let before = self.tried.failures.iter().rev().find(|(failed, _)| *failed != at);
        before.map(|(failed, _)| self.snapshot.configs[*failed].number())
    }

    fn reached(self, plan: &Plan, found: Found) -> Reached {
        let Found { attempt, came, deadline } = found;
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
