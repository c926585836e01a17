//! An answer in pieces, as they come.

use std::{
    collections::VecDeque,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use futures::{Stream, StreamExt};
use model::{CallAnswer, CallError, CallEvent, Secret, TokenUsage, call::Degradation};
use tokio::time::{Instant, Sleep, sleep_until, timeout};

use super::{
    AnswerFault, Draft, Failure, Sending, VendorLimits,
    draft::ANSWER_LIMIT,
    failure::{Reached, error},
    promise::Promise,
    since,
};
use crate::{
    Target,
    sse::{Decoder, Item, Unusable},
    transport::{Pace, Stage, Trouble},
    vendor::{Reader, Step},
    words::CallScene,
};

type Body = Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>;

/// How long the rest of a body may take after its terminator. It is only read to keep the connection.
const REST: Duration = Duration::from_millis(500);

/// An answer in pieces. The last item is [`CallEvent::Finished`] with all of it, or the error that ended it. Dropping
/// the stream closes its connection, by which the vendor learns that nobody listens any more.
pub struct CallStream {
    /// `None` once nothing more is read of it.
    body: Option<Body>,
    decoder: Decoder,
    items: VecDeque<Item>,
    reader: Reader,
    draft: Draft,
    /// How it ended, from when that is known until it is said.
    end: Option<Result<(), Failure>>,
    over: bool,
    silence: Pin<Box<Sleep>>,
    pace: Pace,
    started: Instant,
    first_token_ms: Option<u64>,
    limits: Option<VendorLimits>,
    reached: Reached,
    promise: Promise,
    scene: CallScene,
    /// To keep it out of what the vendor writes at the end. Wiped when dropped.
    api_key: Option<Secret>,
}

impl CallStream {
    pub(super) fn new(
        response: reqwest::Response,
        sending: Sending,
        reached: Reached,
        target: &Target<'_>,
    ) -> Self {
        Self {
            limits: VendorLimits::read(target.provider_type, response.headers(), SystemTime::now()),
            body: Some(Box::pin(response.bytes_stream())),
            decoder: Decoder::default(),
            items: VecDeque::new(),
            reader: Reader::new(sending.dialect),
            draft: Draft::default(),
            end: None,
            over: false,
            silence: Box::pin(sleep_until(sending.pace.next())),
            pace: sending.pace,
            started: sending.started,
            first_token_ms: None,
            reached,
            promise: sending.promise,
            scene: CallScene::of(target),
            api_key: target.api_key.map(Secret::new),
        }
    }

    /// What is left of the vendor's limits, where it says so.
    pub fn limits(&self) -> Option<&VendorLimits> {
        self.limits.as_ref()
    }

    /// What the call does without, which is known before the first piece.
    pub fn degraded(&self) -> &[Degradation] {
        self.promise.degraded()
    }

    /// What the call has taken so far, as far as the vendor has said: for a caller who drops the stream.
    pub fn usage_so_far(&self) -> Option<TokenUsage> {
        self.draft.usage_so_far()
    }

    /// Reads what has come, until there is something to say. `Pending` when nothing has.
    fn advance(&mut self, context: &mut Context<'_>) -> Poll<()> {
        while self.draft.events.is_empty() && self.end.is_none() {
            match (self.items.pop_front(), &mut self.body) {
                (Some(item), _) => self.take(&item),
                (None, Some(body)) => {
                    let Poll::Ready(chunk) = body.as_mut().poll_next(context) else {
                        ready!(self.silence.as_mut().poll(context));
                        self.end = Some(Err(Trouble::TimedOut(Stage::Reading).into()));
                        break;
                    };
                    self.hear(chunk);
                }
                (None, None) => self.end = Some(self.reader.close(&mut self.draft)),
            }
        }
        Poll::Ready(())
    }

    fn hear(&mut self, chunk: Option<reqwest::Result<Bytes>>) {
        let heard = match chunk {
            // A stream that never falls silent is over some time, too.
            Some(_) if Instant::now() >= self.pace.until => {
                self.end = Some(Err(Trouble::TimedOut(Stage::Reading).into()));
                return;
            }
            Some(Ok(bytes)) => {
                self.silence.as_mut().reset(self.pace.next());
                self.decoder.feed(&bytes, &mut self.items)
            }
            Some(Err(trouble)) => {
                self.end = Some(Err(Trouble::within_answer(&trouble).into()));
                return;
            }
            None => {
                self.body = None;
                self.decoder.finish(&mut self.items)
            }
        };
        if let Err(unusable) = heard {
            let fault = match unusable {
                Unusable::TooLong => AnswerFault::Oversized,
                Unusable::NotText => AnswerFault::Unreadable,
            };
            // What came before it counts, such as the usage.
            while self.end.is_none()
                && let Some(item) = self.items.pop_front()
            {
                self.take(&item);
            }
            self.end.get_or_insert(Err(fault.into()));
        }
    }

    fn take(&mut self, item: &Item) {
        match self.reader.read(item, &mut self.draft) {
            Ok(_) if self.draft.size > ANSWER_LIMIT => self.end = Some(Err(AnswerFault::Oversized.into())),
            Ok(Step::Goes) => {}
            Ok(Step::Done) => self.end = Some(Ok(())),
            Err(failure) => self.end = Some(Err(failure)),
        }
    }

    /// The last item.
    fn conclude(&mut self, end: Result<(), Failure>) -> Poll<Option<<Self as Stream>::Item>> {
        self.over = true;
        let body = self.body.take();
        let usage = self.draft.usage_so_far();
        let request_id = self.reached.request_id.clone();
        let kept = end.and_then(|()| {
            if let Some(body) = body {
                drain(body);
            }
            let key = self.api_key.as_ref().map(Secret::expose);
            Ok(self.promise.keep(std::mem::take(&mut self.draft), request_id, key)?)
        });
        Poll::Ready(Some(match kept {
            Ok(answer) => Ok(CallEvent::Finished(Box::new(CallAnswer {
                first_token_ms: self.first_token_ms,
                whole_ms: since(self.started),
                ..answer
            }))),
            Err(failure) => {
                let answer_began = self.first_token_ms.is_some();
                let reached = Reached { usage, answer_began, ..std::mem::take(&mut self.reached) };
                Err(error(&failure, reached, &self.scene))
            }
        }))
    }
}

/// Reads a body that has said everything to its very end, because only then its connection can be used again.
fn drain(mut body: Body) {
    let rest = async move { while let Some(Ok(_)) = body.next().await {} };
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        runtime.spawn(timeout(REST, rest));
    }
}

impl Stream for CallStream {
    type Item = Result<CallEvent, CallError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.over {
            return Poll::Ready(None);
        }
        ready!(this.advance(context));
        if let Some(event) = this.draft.events.pop_front() {
            this.first_token_ms.get_or_insert_with(|| since(this.started));
            return Poll::Ready(Some(Ok(event)));
        }
        match this.end.take() {
            Some(end) => this.conclude(end),
            None => Poll::Ready(None),
        }
    }
}
