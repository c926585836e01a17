//! A streamed message: `message_start`, blocks, `message_delta`, `message_stop`.
//!
//! A thinking block stays open until the end, because its signature comes with the whole answer; clients keep blocks by
//! their index, so that it may lie open beside the next.

use model::{CallAnswer, CallEvent, TokenUsage, call::Part};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Usage, answer::Message, stop_reason};
use crate::http::{
    fault::{Face, Fault, body},
    sse::{self, Encode},
    stamp::Stamp,
};

/// Writes events.
pub(crate) struct Events {
    stamp: Stamp,
    began: bool,
    /// The index of the next block.
    next: usize,
    thinking: Option<usize>,
    open: Option<Open>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Open {
    index: usize,
    kind: Block,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Text,
    /// The place among the answer's calls.
    Call(usize),
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Event<'a> {
    MessageStart { message: Message<'a> },
    ContentBlockStart { index: usize, content_block: Value },
    Ping,
    ContentBlockDelta { index: usize, delta: Delta<'a> },
    ContentBlockStop { index: usize },
    MessageDelta { delta: End<'a>, usage: Usage<'a> },
    MessageStop,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Delta<'a> {
    #[serde(rename = "text_delta")]
    Text { text: &'a str },
    #[serde(rename = "thinking_delta")]
    Thinking { thinking: &'a str },
    #[serde(rename = "signature_delta")]
    Signature { signature: &'a str },
    #[serde(rename = "input_json_delta")]
    InputJson { partial_json: &'a str },
}

#[derive(Serialize)]
struct End<'a> {
    stop_reason: &'static str,
    stop_sequence: Option<&'a str>,
}

impl Event<'_> {
    fn name(&self) -> &'static str {
        match self {
            Self::MessageStart { .. } => "message_start",
            Self::ContentBlockStart { .. } => "content_block_start",
            Self::Ping => "ping",
            Self::ContentBlockDelta { .. } => "content_block_delta",
            Self::ContentBlockStop { .. } => "content_block_stop",
            Self::MessageDelta { .. } => "message_delta",
            Self::MessageStop => "message_stop",
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        sse::named(out, self.name(), self);
    }
}

impl Events {
    pub(crate) fn new(stamp: Stamp) -> Self {
        Self { stamp, began: false, next: 0, thinking: None, open: None }
    }

    /// The vendor knows the input's tokens here; we know them at the end, when they overwrite these zeros.
    fn begin(&mut self, out: &mut Vec<u8>) {
        if !self.began {
            self.began = true;
            let none = TokenUsage::default();
            Event::MessageStart { message: Message::empty(&self.stamp, (&none).into()) }.write(out);
        }
    }

    fn start(&mut self, content_block: Value, out: &mut Vec<u8>) -> usize {
        let index = self.next;
        self.next += 1;
        Event::ContentBlockStart { index, content_block }.write(out);
        if index == 0 {
            Event::Ping.write(out);
        }
        index
    }

    fn close(&mut self, out: &mut Vec<u8>) {
        if let Some(open) = self.open.take() {
            Event::ContentBlockStop { index: open.index }.write(out);
        }
    }

    fn text(&mut self, text: &str, out: &mut Vec<u8>) {
        let index = match self.open {
            Some(Open { index, kind: Block::Text }) => index,
            _ => {
                self.close(out);
                let index = self.start(json!({"type": "text", "text": ""}), out);
                self.open = Some(Open { index, kind: Block::Text });
                index
            }
        };
        Event::ContentBlockDelta { index, delta: Delta::Text { text } }.write(out);
    }

    fn thought(&mut self, thinking: &str, out: &mut Vec<u8>) {
        let index = match self.thinking {
            Some(index) => index,
            None => self.start(json!({"type": "thinking", "thinking": "", "signature": ""}), out),
        };
        self.thinking = Some(index);
        if !thinking.is_empty() {
            Event::ContentBlockDelta { index, delta: Delta::Thinking { thinking } }.write(out);
        }
    }

    fn call(&mut self, place: usize, id: &str, name: &str, out: &mut Vec<u8>) {
        self.close(out);
        let index = self.start(json!({"type": "tool_use", "id": id, "name": name, "input": {}}), out);
        self.open = Some(Open { index, kind: Block::Call(place) });
    }

    fn arguments(&mut self, place: usize, partial_json: &str, out: &mut Vec<u8>) {
        // Pieces of a call that is closed have no place any more; no vendor sends calls that overlap.
        if let Some(Open { index, kind }) = self.open
            && kind == Block::Call(place)
        {
            Event::ContentBlockDelta { index, delta: Delta::InputJson { partial_json } }.write(out);
        }
    }

    fn end(&mut self, answer: &CallAnswer, out: &mut Vec<u8>) {
        self.close(out);
        self.end_thinking(answer, out);
        let none = TokenUsage::default();
        let usage = answer.usage.as_ref().unwrap_or(&none).into();
        let delta = End { stop_reason: stop_reason(answer), stop_sequence: answer.stop_text.as_deref() };
        Event::MessageDelta { delta, usage }.write(out);
        Event::MessageStop.write(out);
    }

    fn end_thinking(&mut self, answer: &CallAnswer, out: &mut Vec<u8>) {
        let signed = answer.thinking.iter().find_map(|part| match part {
            Part::Thinking { signature, .. } if !signature.is_empty() => Some(signature),
            _ => None,
        });
        // Anthropic signs thinking of which it shows nothing.
        if self.thinking.is_none() && signed.is_some() {
            self.thinking =
                Some(self.start(json!({"type": "thinking", "thinking": "", "signature": ""}), out));
        }
        let Some(index) = self.thinking.take() else { return };
        if let Some(signature) = signed {
            Event::ContentBlockDelta { index, delta: Delta::Signature { signature } }.write(out);
        }
        Event::ContentBlockStop { index }.write(out);
    }
}

impl Encode for Events {
    fn event(&mut self, event: CallEvent, out: &mut Vec<u8>) {
        self.begin(out);
        match event {
            CallEvent::Text(text) => self.text(&text, out),
            CallEvent::Thinking(thinking) => self.thought(&thinking, out),
            CallEvent::ToolStart { index, id, name } => self.call(index, &id, &name, out),
            CallEvent::ToolArguments { index, json } => self.arguments(index, &json, out),
            CallEvent::Finished(answer) => self.end(&answer, out),
        }
    }

    fn fail(&mut self, fault: &Fault, out: &mut Vec<u8>) {
        out.extend_from_slice(b"event: error\ndata: ");
        out.extend_from_slice(&body(fault, Face::Claude, &self.stamp.id));
        out.extend_from_slice(b"\n\n");
    }
}

#[cfg(test)]
mod tests {
    use model::call::{FinishReason, ToolCall};

    use super::*;
    use crate::http::sse::tests::{broken, finished, streamed, text, usage, values};

    fn events() -> Box<Events> {
        Box::new(Events::new(Stamp::sample()))
    }

    fn types(values: &[Value]) -> Vec<&str> {
        values.iter().map(|value| value["type"].as_str().unwrap()).collect()
    }

    #[test]
    fn text_comes_in_the_vendors_sequence() {
        let answer = CallAnswer { usage: Some(usage()), ..CallAnswer::default() };
        let sent = streamed(events(), vec![text("The"), text(" end"), finished(answer)]);
        let values = values(&sent);
        assert_eq!(
            types(&values),
            [
                "message_start",
                "content_block_start",
                "ping",
                "content_block_delta",
                "content_block_delta",
                "content_block_stop",
                "message_delta",
                "message_stop"
            ]
        );
        let names: Vec<_> = sent.lines().filter_map(|line| line.strip_prefix("event: ")).collect();
        assert_eq!(names, types(&values));
        assert_eq!(values[0]["message"]["content"], json!([]));
        assert_eq!(
            values[3],
            json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "The"}})
        );
        assert_eq!(values[6]["delta"], json!({"stop_reason": "end_turn", "stop_sequence": null}));
        assert_eq!(values[6]["usage"]["output_tokens"], 489);
        assert_eq!(values[6]["usage"]["input_tokens"], 6);
    }

    #[test]
    fn thinking_is_signed_at_the_end_and_a_call_has_its_own_block() {
        let call = |id: &str| ToolCall {
            id: id.into(),
            name: "now".into(),
            arguments: "{}".into(),
            signature: None,
        };
        let answer = CallAnswer {
            thinking: vec![Part::Thinking { text: "hm".into(), signature: "Eo0B".into() }],
            tool_calls: vec![call("toolu_1")],
            finish: FinishReason::ToolCalls,
            ..CallAnswer::default()
        };
        let sent = streamed(
            events(),
            vec![
                CallEvent::Thinking("hm".into()),
                CallEvent::ToolStart { index: 0, id: "toolu_1".into(), name: "now".into() },
                CallEvent::ToolArguments { index: 0, json: "{}".into() },
                finished(answer),
            ],
        );
        let values = values(&sent);
        let of_block = |index: usize| -> Vec<Value> {
            values.iter().filter(|value| value["index"] == index).cloned().collect()
        };
        assert_eq!(
            types(&of_block(0)),
            ["content_block_start", "content_block_delta", "content_block_delta", "content_block_stop"]
        );
        assert_eq!(of_block(0)[2]["delta"], json!({"type": "signature_delta", "signature": "Eo0B"}));
        assert_eq!(
            of_block(1)[0]["content_block"],
            json!({"type": "tool_use", "id": "toolu_1", "name": "now", "input": {}})
        );
        assert_eq!(of_block(1)[1]["delta"], json!({"type": "input_json_delta", "partial_json": "{}"}));
    }

    #[test]
    fn thinking_of_which_nothing_is_shown_stands_before_the_text() {
        let thinking = vec![Part::Thinking { text: String::new(), signature: "Eo0B".into() }];
        let answer = CallAnswer { thinking, ..CallAnswer::default() };
        let came = vec![CallEvent::Thinking(String::new()), text("Hi"), finished(answer)];
        let values = values(&streamed(events(), came));
        let blocks: Vec<_> = values.iter().filter(|value| value["index"] == 0).collect();
        assert_eq!(blocks[0]["content_block"]["type"], "thinking");
        assert_eq!(blocks[1]["delta"], json!({"type": "signature_delta", "signature": "Eo0B"}));
    }

    #[test]
    fn a_stream_that_breaks_ends_with_an_error_event() {
        let sent = broken(events(), vec![text("Hi")]);
        assert!(!sent.contains("message_stop"));
        assert_eq!(values(&sent).last().unwrap()["error"]["type"], "overloaded_error");
        assert!(sent.contains("event: error\n"));
    }
}
