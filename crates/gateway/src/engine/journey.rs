//! The way of a call: candidate after candidate, each with its retries, until one answers, all within one deadline. Nobody
//! waits long for one while another may answer.

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
use crate::{
    backoff,
    limits::Windows,
    load::Load,
    order::{Refused, Tell, Waiting},
    route::Plan,
    snapshot::Snapshot,
};

/// A longer wait is put off while somebody else of the chain may answer.
const LONG_WAIT: Duration = Duration::from_secs(2);
/// A shorter one is not told: it is over before it is read.
const TOLD_FROM: Duration = Duration::from_secs(1);

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
    pub(super) tell: Tell<'a>,
}

/// What was tried so far.
#[derive(Default)]
pub(super) struct Tried {
    pub(super) attempts: u32,
    pub(super) failures: Vec<(usize, CallError)>,
    pub(super) turned_away: Vec<(usize, Verdict)>,
    /// Retries that were put off for the sake of the others.
    put_off: Vec<PutOff>,
    /// The request itself is at fault, or the time is up: nobody is asked again.
    pub(super) over: bool,
}

/// A retry that was put off.
#[derive(Clone, Copy)]
struct PutOff {
    at: usize,
    /// It may be asked from then on.
    until: Instant,
    /// How often it failed.
    failed: u32,
    /// Whether the vendor asked for the wait.
    asked: bool,
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
        if let Some(found) = self.round(&plan.able, true).await? {
            return Ok(self.reached(&plan, found));
        }
        // Nobody answered, and someone only asked to wait a little: as a retry would.
        if let Some((wait, waiting, asked)) = self.rest() {
            self.pause(waiting, wait, asked).await?;
            self.tried.turned_away.clear();
            let again = self.asked_again(&plan);
            if let Some(found) = self.round(&again, false).await? {
                return Ok(self.reached(&plan, found));
            }
        }
        Err(self.refusal(&plan))
    }

    /// How long to wait until somebody may be asked, who that is, and whether he asked for it; if that is worth it.
    fn rest(&self) -> Option<(Duration, usize, bool)> {
        let (now, at_once) = (self.engine.clock.now(), Instant::now());
        // Where others have failed for good, waiting for a vendor that was not even asked is not what a retry is.
        let calm = self.tried.failures.is_empty();
        let cooling =
            self.tried.turned_away.iter().filter(|_| calm).filter_map(|(at, verdict)| match verdict {
                // One more millisecond, because the moment was rounded down.
                Verdict::CoolingDown { until } => {
                    Some((Duration::from_millis(until.since(now) + 1), *at, true))
                }
                _ => None,
            });
        let put_off = self.tried.put_off.iter();
        let put_off = put_off.map(|one| (one.until.duration_since(at_once), one.at, one.asked));
        let soonest = cooling.chain(put_off).min().filter(|_| !self.tried.over)?;
        let bearable = soonest.0 <= Duration::from_millis(backoff::PATIENCE_MS + 1);
        (bearable && at_once + soonest.0 < self.deadline).then_some(soonest)
    }

    /// Who is asked after a pause: all when nobody failed, else those whose retry was put off.
    fn asked_again(&self, plan: &Plan) -> Vec<usize> {
        let put_off = |at: &&usize| self.tried.put_off.iter().any(|one| one.at == **at);
        match self.tried.put_off.is_empty() {
            true => plan.able.clone(),
            false => plan.able.iter().filter(put_off).copied().collect(),
        }
    }

    /// Waits before one is asked. Who waits for an answer is told, unless it is over at once.
    async fn pause(&self, at: usize, wait: Duration, asked: bool) -> Result<(), Refused> {
        if wait >= TOLD_FROM {
            let ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
            (self.tell)(Waiting { provider: self.snapshot.configs[at].id(), ms, asked });
        }
        tokio::select! {
            () = sleep(wait) => Ok(()),
            () = self.label.visit.stop.cancelled() => Err(Refused::Closed),
        }
    }

    /// Every candidate once. `first` is the round in which a long wait may be put off.
    async fn round(&mut self, able: &[usize], first: bool) -> Result<Option<Found>, Refused> {
        for (place, at) in able.iter().enumerate() {
            let others = first && place + 1 < able.len();
            match self.candidate(*at, others).await {
                Ok(found) => return Ok(Some(found)),
                Err(Passed::TurnedAway(verdict)) => self.tried.turned_away.push((*at, verdict)),
                Err(Passed::Refused(refused)) => return Err(refused),
                Err(Passed::Failed(error)) => {
                    let ends = !error.class.may_fall_back() || error.answer_began;
                    self.tried.failures.push((*at, error));
                    if ends || Instant::now() >= self.deadline {
                        self.tried.over = true;
                        break;
                    }
                    self.snapshot.configs[*at].live.moved.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
        Ok(None)
    }

    /// One configuration, with its retries. While there are others, it is not waited for long.
    async fn candidate(&mut self, at: usize, others: bool) -> Result<Found, Passed> {
        let snapshot = Arc::clone(&self.snapshot);
        let config = &snapshot.configs[at];
        let deadline = self.deadline.min(Instant::now() + Duration::from_millis(config.timeout_ms()));
        let before = self.tried.put_off.iter().find(|one| one.at == at).map_or(0, |one| one.failed);
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
            let failed = before + failures;
            let wait = backoff::wait(&error, failed, fastrand::f64()).filter(|_| failed <= config.retries());
            match wait {
                Some(wait) if others && wait > LONG_WAIT => {
                    // One more millisecond, because moments are rounded down.
                    let until = Instant::now() + wait + Duration::from_millis(1);
                    let asked = error.retry_after_ms.is_some();
                    self.tried.put_off.push(PutOff { at, until, failed, asked });
                    return Err(Passed::Failed(error));
                }
                Some(wait) if Instant::now() + wait < deadline => {
                    let asked = error.retry_after_ms.is_some();
                    self.tried.failures.push((at, error));
                    self.pause(at, wait, asked).await.map_err(Passed::Refused)?;
                }
                _ => return Err(Passed::Failed(error)),
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
