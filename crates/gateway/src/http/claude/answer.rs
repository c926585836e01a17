//! A whole message.

use bytes::Bytes;
use model::{
    CallAnswer,
    call::{Part, ToolCall},
};
use serde::Serialize;
use serde_json::Value;

use super::{Usage, stop_reason};
use crate::http::{json::arguments, reply, stamp::Stamp};

#[derive(Serialize)]
pub(super) struct Message<'a> {
    pub(super) id: String,
    pub(super) r#type: &'static str,
    pub(super) role: &'static str,
    pub(super) model: &'a str,
    pub(super) content: Vec<Block<'a>>,
    pub(super) stop_reason: Option<&'static str>,
    pub(super) stop_sequence: Option<&'a str>,
    pub(super) usage: Usage<'a>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Block<'a> {
    Thinking { thinking: &'a str, signature: &'a str },
    Text { text: &'a str },
    ToolUse { id: &'a str, name: &'a str, input: Value },
}

impl<'a> Message<'a> {
    /// A message without content, as a stream begins.
    pub(super) fn empty(stamp: &'a Stamp, usage: Usage<'a>) -> Self {
        Self {
            id: format!("msg_{}", stamp.id),
            r#type: "message",
            role: "assistant",
            model: &stamp.model,
            content: Vec::new(),
            stop_reason: None,
            stop_sequence: None,
            usage,
        }
    }
}

/// The body of an answer.
pub(crate) fn body(stamp: &Stamp, answer: &CallAnswer) -> Bytes {
    // The SDK's type has no place for unknown usage.
    let none = model::TokenUsage::default();
    let usage = answer.usage.as_ref().unwrap_or(&none);
    let message = Message {
        model: answer.model.as_deref().unwrap_or(&stamp.model),
        content: content(answer),
        stop_reason: Some(stop_reason(answer)),
        stop_sequence: answer.stop_text.as_deref(),
        ..Message::empty(stamp, usage.into())
    };
    reply::written(&message, answer)
}

fn content(answer: &CallAnswer) -> Vec<Block<'_>> {
    let thinking = answer.thinking.iter().filter_map(|part| match part {
        Part::Thinking { text, signature } => Some(Block::Thinking { thinking: text, signature }),
        _ => None,
    });
    let text = (!answer.text.is_empty()).then_some(Block::Text { text: &answer.text });
    thinking.chain(text).chain(answer.tool_calls.iter().map(tool_use)).collect()
}

fn tool_use(call: &ToolCall) -> Block<'_> {
    Block::ToolUse { id: &call.id, name: &call.name, input: arguments(&call.arguments) }
}

#[cfg(test)]
mod tests {
    use model::call::FinishReason;
    use serde_json::json;

    use super::*;
    use crate::http::sse::tests::usage;

    #[test]
    fn a_message_has_the_reference_shape() {
        let call = ToolCall {
            id: "toolu_1".into(),
            name: "now".into(),
            arguments: "{\"a\":1}".into(),
            signature: None,
        };
        let answer = CallAnswer {
            text: "Hi".into(),
            thinking: vec![Part::Thinking { text: String::new(), signature: "Eo0B".into() }],
            tool_calls: vec![call],
            finish: FinishReason::ToolCalls,
            model: Some("claude-sonnet-5-5".into()),
            usage: Some(usage()),
            ..CallAnswer::default()
        };
        assert_eq!(
            serde_json::from_slice::<Value>(&body(&Stamp::sample(), &answer)).unwrap(),
            json!({"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-sonnet-5-5",
                "content": [{"type": "thinking", "thinking": "", "signature": "Eo0B"}, {"type": "text", "text": "Hi"},
                    {"type": "tool_use", "id": "toolu_1", "name": "now", "input": {"a": 1}}],
                "stop_reason": "tool_use", "stop_sequence": null,
                "usage": {"input_tokens": 6, "cache_creation_input_tokens": 574, "cache_read_input_tokens": 20_443,
                    "cache_creation": {"ephemeral_5m_input_tokens": 574, "ephemeral_1h_input_tokens": 0},
                    "output_tokens": 489, "output_tokens_details": {"thinking_tokens": 77}, "service_tier": null}})
        );
    }

    #[test]
    fn a_stop_text_that_ended_it_is_named() {
        let answer = CallAnswer { stop_text: Some("END".into()), ..CallAnswer::default() };
        let written: Value = serde_json::from_slice(&body(&Stamp::sample(), &answer)).unwrap();
        assert_eq!(
            (&written["stop_reason"], &written["stop_sequence"]),
            (&json!("stop_sequence"), &json!("END"))
        );
    }
}
