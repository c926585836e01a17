//! A streamed answer: each event is written in the face's shape and passed on as it comes.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures::Stream;
use model::{CallError, CallEvent};
use serde::Serialize;

use super::fault::Fault;

/// How one face writes a stream. It keeps what it has to remember between events.
pub(crate) trait Encode: Send {
    /// Appends what this event becomes; nothing when it has no place in the face's shape.
    fn event(&mut self, event: CallEvent, out: &mut Vec<u8>);

    /// Appends a failure after the status was sent; nothing follows it.
    fn fail(&mut self, fault: &Fault, out: &mut Vec<u8>);
}

/// Bytes of a streamed answer. Dropping it drops the call.
pub(crate) struct Encoded<S> {
    events: Option<S>,
    encoder: Box<dyn Encode>,
}

impl<S> Encoded<S> {
    pub(crate) fn new(events: S, encoder: Box<dyn Encode>) -> Self {
        Self { events: Some(events), encoder }
    }
}

impl<S: Stream<Item = Result<CallEvent, CallError>> + Unpin> Stream for Encoded<S> {
    type Item = Bytes;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let this = &mut *self;
        loop {
            let Some(events) = &mut this.events else { return Poll::Ready(None) };
            let mut out = Vec::new();
            match Pin::new(events).poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => this.events = None,
                Poll::Ready(Some(Ok(event))) => this.encoder.event(event, &mut out),
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
    pub(crate) fn streamed(encoder: Box<dyn Encode>, events: Vec<Result<CallEvent, CallError>>) -> String {
        let pieces: Vec<Bytes> = block_on(Encoded::new(stream::iter(events), encoder).collect());
        String::from_utf8(pieces.concat()).unwrap()
    }

    /// The JSON of each `data:` line.
    pub(crate) fn values(text: &str) -> Vec<serde_json::Value> {
        let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
        data.filter(|line| *line != "[DONE]").map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub(crate) fn finished(answer: CallAnswer) -> Result<CallEvent, CallError> {
        Ok(CallEvent::Finished(Box::new(answer)))
    }

    pub(crate) fn text(text: &str) -> Result<CallEvent, CallError> {
        Ok(CallEvent::Text(text.to_owned()))
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

    pub(crate) fn overloaded() -> Result<CallEvent, CallError> {
        Err(CallError {
            class: ErrorClass::Overloaded,
            message: "no capacity".into(),
            advice: "Wait.".into(),
            http_status: Some(529),
            retry_after_ms: None,
            request_id: None,
            usage: None,
            answer_began: true,
        })
    }
}
