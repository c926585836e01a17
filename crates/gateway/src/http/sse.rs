//! A streamed answer: each event is written in the face's shape and passed on as it comes.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures::Stream;
use model::{CallError, CallEvent};
use serde::Serialize;

use super::fault::{Fault, closed};

/// Bytes of most events.
const EVENT: usize = 512;

/// How one face writes a stream. It keeps what it has to remember between events.
pub(crate) trait Encode: Send {
    /// Appends what this event becomes; nothing when it has no place in the face's shape.
    fn event(&mut self, event: CallEvent, out: &mut Vec<u8>);

    /// Appends a failure after the status was sent; nothing follows it.
    fn fail(&mut self, fault: &Fault, out: &mut Vec<u8>);
}

/// Comes when open streams have to end.
pub(crate) type Stopped = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Bytes of a streamed answer. Dropping it drops the call.
pub(crate) struct Encoded<S> {
    events: Option<S>,
    encoder: Box<dyn Encode>,
    stopped: Stopped,
}

impl<S> Encoded<S> {
    pub(crate) fn new(events: S, encoder: Box<dyn Encode>, stopped: Stopped) -> Self {
        Self { events: Some(events), encoder, stopped }
    }
}

impl<S: Stream<Item = Result<CallEvent, CallError>> + Unpin> Stream for Encoded<S> {
    type Item = Bytes;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let this = &mut *self;
        loop {
            let Some(events) = &mut this.events else { return Poll::Ready(None) };
            let mut out = Vec::with_capacity(EVENT);
            match Pin::new(events).poll_next(context) {
                Poll::Pending => {
                    std::task::ready!(this.stopped.as_mut().poll(context));
                    this.events = None;
                    this.encoder.fail(&closed(), &mut out);
                }
                Poll::Ready(None) => this.events = None,
                Poll::Ready(Some(Ok(event))) => {
                    if matches!(event, CallEvent::Finished(_)) {
                        this.events = None;
                    }
                    this.encoder.event(event, &mut out);
                }
                Poll::Ready(Some(Err(error))) => {
                    this.events = None;
                    this.encoder.fail(&error.into(), &mut out);
                }
            }
            if !out.is_empty() {
                return Poll::Ready(Some(out.into()));
            }
        }
    }
}

/// Appends one `data:` line and the blank line that ends the event.
pub(crate) fn data(out: &mut Vec<u8>, json: &impl Serialize) {
    out.extend_from_slice(b"data: ");
    write(out, json);
    out.extend_from_slice(b"\n\n");
}

/// The same with a name.
pub(crate) fn named(out: &mut Vec<u8>, name: &str, json: &impl Serialize) {
    out.extend_from_slice(b"event: ");
    out.extend_from_slice(name.as_bytes());
    out.push(b'\n');
    data(out, json);
}

/// Appends JSON.
pub(crate) fn write(out: &mut Vec<u8>, json: &impl Serialize) {
    // Our own types have text keys and go to memory, so this cannot fail.
    if let Err(error) = serde_json::to_writer(out, json) {
        tracing::error!(%error, "an answer could not be written");
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use futures::{StreamExt, executor::block_on, stream};
    use model::{CallAnswer, ErrorClass, TokenUsage};

    use super::*;

    /// What a client reads of these events.
    pub(crate) fn streamed(encoder: Box<dyn Encode>, events: Vec<CallEvent>) -> String {
        sent(encoder, stream::iter(events.into_iter().map(Ok)))
    }

    /// What it reads when the vendor then breaks off.
    pub(crate) fn broken(encoder: Box<dyn Encode>, events: Vec<CallEvent>) -> String {
        let events = stream::iter(events.into_iter().map(Ok));
        sent(encoder, events.chain(stream::iter([Err(overloaded())])))
    }

    fn sent(
        encoder: Box<dyn Encode>,
        events: impl Stream<Item = Result<CallEvent, CallError>> + Unpin,
    ) -> String {
        let stopped = Box::pin(std::future::pending());
        let pieces: Vec<Bytes> = block_on(Encoded::new(events, encoder, stopped).collect());
        String::from_utf8(pieces.concat()).unwrap()
    }

    /// The JSON of each `data:` line.
    pub(crate) fn values(text: &str) -> Vec<serde_json::Value> {
        let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
        data.filter(|line| *line != "[DONE]").map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub(crate) fn finished(answer: CallAnswer) -> CallEvent {
        CallEvent::Finished(Box::new(answer))
    }

    pub(crate) fn text(text: &str) -> CallEvent {
        CallEvent::Text(text.to_owned())
    }

    pub(crate) fn usage() -> TokenUsage {
        TokenUsage {
            input: 6,
            cache_read: 20_443,
            cache_write: 574,
            output: 489,
            reasoning: 77,
            ..TokenUsage::default()
        }
    }

    fn overloaded() -> CallError {
        CallError {
            class: ErrorClass::Overloaded,
            message: "no capacity".into(),
            advice: "Wait.".into(),
            http_status: Some(529),
            retry_after_ms: None,
            request_id: None,
            usage: None,
            answer_began: true,
            may_have_arrived: false,
        }
    }

    #[test]
    fn a_stream_that_is_stopped_says_so_and_drops_the_call() {
        struct Named;
        impl Encode for Named {
            fn event(&mut self, _: CallEvent, out: &mut Vec<u8>) {
                out.extend_from_slice(b"event ");
            }

            fn fail(&mut self, fault: &Fault, out: &mut Vec<u8>) {
                out.extend_from_slice(fault.kind.names().code.as_bytes());
            }
        }
        let (call, dropped) = futures::channel::oneshot::channel::<()>();
        let holds = move |_: &Result<CallEvent, CallError>| assert!(!call.is_canceled());
        let events = stream::iter([Ok(text("a"))]).chain(stream::pending()).inspect(holds);
        let mut encoded = Encoded::new(events, Box::new(Named), Box::pin(std::future::ready(())));
        let pieces: Vec<Bytes> = block_on(encoded.by_ref().collect());
        assert_eq!(pieces.concat(), b"event gateway_closed");
        assert!(block_on(dropped).is_err());
    }
}
