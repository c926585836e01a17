//! A streamed answer: whole responses one after the other, as server-sent events or as one JSON array.

use model::{CallAnswer, CallEvent};

use super::answer::{self, Response};
use crate::http::{
    fault::{Face, Fault, body},
    sse::{self, Encode},
    stamp::Stamp,
};

/// How the responses are set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// With `?alt=sse`.
    Events,
    /// Without.
    Array,
}

/// Writes responses.
pub(crate) struct Responses {
    stamp: Stamp,
    framing: Framing,
    include_thoughts: bool,
    began: bool,
}

impl Responses {
    pub(crate) fn new(stamp: Stamp, framing: Framing, include_thoughts: bool) -> Self {
        Self { stamp, framing, include_thoughts, began: false }
    }

    fn before(&mut self, out: &mut Vec<u8>) {
        let mark: &[u8] = match (self.framing, self.began) {
            (Framing::Events, _) => b"data: ",
            (Framing::Array, false) => b"[",
            (Framing::Array, true) => b",\r\n",
        };
        self.began = true;
        out.extend_from_slice(mark);
    }

    fn after(&self, out: &mut Vec<u8>, is_last: bool) {
        match (self.framing, is_last) {
            (Framing::Events, _) => out.extend_from_slice(b"\r\n\r\n"),
            (Framing::Array, true) => out.extend_from_slice(b"]"),
            (Framing::Array, false) => {}
        }
    }

    fn piece(&mut self, text: &str, thought: bool, out: &mut Vec<u8>) {
        self.before(out);
        sse::write(out, &Response::of(&self.stamp, vec![answer::text(text, thought)]));
        self.after(out, false);
    }

    /// Calls come whole at the end, because a response cannot hold half of one.
    fn end(&mut self, whole: &CallAnswer, out: &mut Vec<u8>) {
        self.before(out);
        let parts = match whole.tool_calls.is_empty() {
            true => vec![answer::text("", false)],
            false => whole.tool_calls.iter().map(answer::call).collect(),
        };
        sse::write(out, &Response::of(&self.stamp, parts).ended(whole));
        self.after(out, true);
    }
}

impl Encode for Responses {
    fn event(&mut self, event: CallEvent, out: &mut Vec<u8>) {
        match event {
            CallEvent::Text(text) => self.piece(&text, false, out),
            CallEvent::Thinking(text) if self.include_thoughts && !text.is_empty() => {
                self.piece(&text, true, out)
            }
            CallEvent::Thinking(_) | CallEvent::ToolStart { .. } | CallEvent::ToolArguments { .. } => {}
            CallEvent::Finished(answer) => self.end(&answer, out),
        }
    }

    fn fail(&mut self, fault: &Fault, out: &mut Vec<u8>) {
        self.before(out);
        out.extend_from_slice(&body(fault, Face::Gemini, &self.stamp.id));
        self.after(out, true);
    }
}

#[cfg(test)]
mod tests {
    use model::call::{FinishReason, ToolCall};
    use serde_json::{Value, json};

    use super::*;
    use crate::http::sse::tests::{broken, finished, streamed, text, usage, values};

    fn responses(framing: Framing) -> Box<Responses> {
        Box::new(Responses::new(Stamp::sample(), framing, false))
    }

    fn answer() -> CallAnswer {
        CallAnswer { usage: Some(usage()), ..CallAnswer::default() }
    }

    #[test]
    fn events_end_with_carriage_returns_and_the_last_has_reason_and_usage() {
        let sent = streamed(responses(Framing::Events), vec![text("Hi"), finished(answer())]);
        assert_eq!(sent.matches("\r\n\r\n").count(), 2);
        let values = values(&sent);
        assert_eq!(values[0]["candidates"][0]["content"]["parts"], json!([{"text": "Hi"}]));
        assert_eq!(values[1]["candidates"][0]["finishReason"], "STOP");
        assert_eq!(values[1]["usageMetadata"]["cachedContentTokenCount"], 20_443);
    }

    #[test]
    fn without_events_the_body_is_one_array_also_when_it_breaks() {
        let whole = streamed(responses(Framing::Array), vec![text("a"), text("b"), finished(answer())]);
        assert_eq!(serde_json::from_str::<Vec<Value>>(&whole).unwrap().len(), 3);
        let broken = broken(responses(Framing::Array), vec![text("a")]);
        let broken: Vec<Value> = serde_json::from_str(&broken).unwrap();
        assert_eq!(broken[1]["error"]["status"], "UNAVAILABLE");
    }

    #[test]
    fn calls_come_whole_with_their_signature() {
        let call = ToolCall {
            id: "call_0".into(),
            name: "now".into(),
            arguments: "{\"a\":1}".into(),
            signature: Some("Cg".into()),
        };
        let answer =
            CallAnswer { tool_calls: vec![call], finish: FinishReason::ToolCalls, ..CallAnswer::default() };
        let start = CallEvent::ToolStart { index: 0, id: "call_0".into(), name: "now".into() };
        let sent = streamed(responses(Framing::Events), vec![start, finished(answer)]);
        assert_eq!(
            values(&sent)[0]["candidates"][0]["content"]["parts"],
            json!([{"functionCall": {"id": "call_0", "name": "now", "args": {"a": 1}}, "thoughtSignature": "Cg"}])
        );
    }
}
