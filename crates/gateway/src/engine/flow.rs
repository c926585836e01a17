//! An answer in pieces on its way to the caller, as it comes; and what has to be done when it ends, breaks off, takes
//! too long or is given up.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll},
};

use futures::{Stream, StreamExt, stream::BoxStream};
use model::{
    CallError, CallEvent, CallRequest, PicoUsd, ProviderId, call::Degradation, gateway::Fallback,
    limits::LimitState, routing::Explanation,
};
use tokio::time::{Instant, Sleep, sleep_until};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

use super::attempt::{Attempt, Ended};
use crate::{failure, quality, upstream::Flow};

/// An answer in pieces.
pub struct ServedStream {
    events: BoxStream<'static, Result<CallEvent, CallError>>,
    provider: ProviderId,
    fallbacks: Vec<Fallback>,
    explanation: Explanation,
    warnings: Vec<LimitState>,
    degraded: Vec<Degradation>,
    end: Arc<OnceLock<Ended>>,
}

impl ServedStream {
    /// A stream of these events, as if this configuration served it. For tests of those who read streams.
    pub fn new(
        events: BoxStream<'static, Result<CallEvent, CallError>>,
        provider: ProviderId,
        fallbacks: Vec<Fallback>,
    ) -> Self {
        Self {
            events,
            provider,
            fallbacks,
            explanation: Explanation { rule: None, candidates: Vec::new() },
            warnings: Vec::new(),
            degraded: Vec::new(),
            end: Arc::default(),
        }
    }

    /// The same with what its limits and its vendor left to say.
    pub fn telling(self, warnings: Vec<LimitState>, degraded: Vec<Degradation>) -> Self {
        Self { warnings, degraded, ..self }
    }

    /// Who answers.
    pub fn provider(&self) -> ProviderId {
        self.provider
    }

    /// Failures that led to this provider, in order.
    pub fn fallbacks(&self) -> &[Fallback] {
        &self.fallbacks
    }

    /// Why this provider.
    pub fn explanation(&self) -> &Explanation {
        &self.explanation
    }

    /// Limits that are used to 80 per cent and more, with what this call may take.
    pub fn warnings(&self) -> &[LimitState] {
        &self.warnings
    }

    /// What the call does without.
    pub fn degraded(&self) -> &[Degradation] {
        &self.degraded
    }

    /// What the call cost, once it has finished; `None` also when the price or the usage is unknown.
    pub fn cost(&self) -> Option<PicoUsd> {
        self.end.get().and_then(|end| end.cost)
    }

    /// Limits that are used to 80 per cent and more, once the call has finished and what it took is counted.
    pub fn warnings_at_the_end(&self) -> &[LimitState] {
        self.end.get().map_or(&[], |end| &end.warnings)
    }
}

impl Stream for ServedStream {
    type Item = Result<CallEvent, CallError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.events.poll_next_unpin(context)
    }
}

/// What an answer in pieces begins with.
pub(super) struct Pieces {
    pub(super) attempt: Attempt,
    pub(super) first: CallEvent,
    pub(super) rest: Box<dyn Flow>,
    pub(super) deadline: Instant,
    pub(super) request: CallRequest,
}

pub(super) fn served(pieces: Pieces, fallbacks: Vec<Fallback>, explanation: Explanation) -> ServedStream {
    let (provider, warnings) = (pieces.attempt.config().id(), pieces.attempt.warnings());
    let degraded = pieces.rest.degraded().to_vec();
    let end = Arc::<OnceLock<Ended>>::default();
    let stop = CancellationToken::clone(&pieces.attempt.label().visit.stop);
    let running = Running {
        rest: pieces.rest,
        first: Some(pieces.first),
        deadline: Box::pin(sleep_until(pieces.deadline)),
        stop: Box::pin(stop.cancelled_owned()),
        request: pieces.request,
        end: Arc::clone(&end),
        attempt: Some(pieces.attempt),
    };
    ServedStream { events: running.boxed(), provider, fallbacks, explanation, warnings, degraded, end }
}

struct Running {
    /// `None` once it has ended.
    attempt: Option<Attempt>,
    rest: Box<dyn Flow>,
    first: Option<CallEvent>,
    deadline: Pin<Box<Sleep>>,
    stop: Pin<Box<WaitForCancellationFutureOwned>>,
    request: CallRequest,
    end: Arc<OnceLock<Ended>>,
}

impl Stream for Running {
    type Item = Result<CallEvent, CallError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.attempt.is_none() {
            return Poll::Ready(None);
        }
        if let Some(first) = this.first.take() {
            return Poll::Ready(Some(this.pass_on(Ok(first))));
        }
        if let Poll::Ready(next) = this.rest.poll_next_unpin(context) {
            let next = next.unwrap_or_else(|| Err(failure::cut_off()));
            return Poll::Ready(Some(this.pass_on(next)));
        }
        if this.stop.as_mut().poll(context).is_ready() {
            return Poll::Ready(Some(this.pass_on(Err(failure::locked()))));
        }
        if this.deadline.as_mut().poll(context).is_ready() {
            return Poll::Ready(Some(this.pass_on(Err(failure::out_of_time()))));
        }
        Poll::Pending
    }
}

impl Running {
    fn pass_on(&mut self, next: Result<CallEvent, CallError>) -> Result<CallEvent, CallError> {
        match next {
            Ok(CallEvent::Finished(answer)) => {
                let is_useful = quality::check(&self.request, &answer).is_ok();
                if let Some(attempt) = self.attempt.take() {
                    self.ends(attempt.answered(&answer, is_useful));
                }
                Ok(CallEvent::Finished(answer))
            }
            Ok(event) => Ok(event),
            Err(error) => {
                let usage = error.usage.clone().or_else(|| self.rest.usage_so_far());
                let error = CallError { usage, answer_began: true, ..error };
                if let Some(attempt) = self.attempt.take() {
                    self.ends(attempt.failed(&error));
                }
                Err(error)
            }
        }
    }

    fn ends(&self, ended: Ended) {
        // It ends once.
        self.end.set(ended).ok();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(attempt) = &mut self.attempt {
            attempt.usage_so_far = self.rest.usage_so_far();
        }
    }
}
