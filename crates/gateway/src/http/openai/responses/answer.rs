//! A whole response.

use bytes::Bytes;
use model::{
    CallAnswer, TokenUsage,
    call::{FinishReason, ToolCall},
};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::http::{
    openai::{InputDetails, OutputDetails},
    reply,
    stamp::Stamp,
};

#[derive(Serialize)]
pub(super) struct Response<'a> {
    id: String,
    object: &'static str,
    created_at: i64,
    pub(super) status: &'static str,
    error: Option<()>,
    incomplete_details: Option<Incomplete>,
    instructions: Option<()>,
    metadata: Map<String, Value>,
    model: &'a str,
    output: Vec<Item<'a>>,
    parallel_tool_calls: bool,
    store: bool,
    temperature: Option<f64>,
    tool_choice: &'static str,
    tools: [(); 0],
    top_p: Option<f64>,
    usage: Option<Usage>,
}

#[derive(Serialize)]
struct Incomplete {
    reason: &'static str,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Item<'a> {
    /// That there was thinking; what it was stays with its vendor.
    Reasoning {
        id: String,
        summary: [(); 0],
    },
    Message {
        id: String,
        status: &'static str,
        role: &'static str,
        content: Vec<Content<'a>>,
    },
    FunctionCall {
        id: String,
        status: &'static str,
        call_id: &'a str,
        name: &'a str,
        arguments: &'a str,
    },
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Content<'a> {
    OutputText { text: &'a str, annotations: [(); 0], logprobs: [(); 0] },
}

#[derive(Serialize)]
struct Usage {
    input_tokens: u64,
    input_tokens_details: InputDetails,
    output_tokens: u64,
    output_tokens_details: OutputDetails,
    total_tokens: u64,
}

impl From<&TokenUsage> for Usage {
    fn from(usage: &TokenUsage) -> Self {
        Self {
            input_tokens: usage.total_input(),
            input_tokens_details: InputDetails::of(usage),
            output_tokens: usage.output,
            output_tokens_details: OutputDetails { reasoning_tokens: usage.reasoning },
            total_tokens: usage.total(),
        }
    }
}

impl<'a> Response<'a> {
    /// A response without output, as a stream begins.
    pub(super) fn begun(stamp: &'a Stamp) -> Self {
        Self {
            id: format!("resp_{}", stamp.id),
            object: "response",
            created_at: stamp.created,
            status: "in_progress",
            error: None,
            incomplete_details: None,
            instructions: None,
            metadata: Map::new(),
            model: &stamp.model,
            output: Vec::new(),
            parallel_tool_calls: true,
            store: false,
            temperature: None,
            tool_choice: "auto",
            tools: [],
            top_p: None,
            usage: None,
        }
    }

    /// `thought` puts an item for thinking before the others.
    pub(super) fn of(stamp: &'a Stamp, answer: &'a CallAnswer, thought: bool) -> Self {
        let incomplete = match answer.finish {
            FinishReason::Length => Some("max_output_tokens"),
            FinishReason::Refused => Some("content_filter"),
            FinishReason::Stop | FinishReason::ToolCalls | FinishReason::Other => None,
        };
        let said = !answer.text.is_empty() || answer.tool_calls.is_empty();
        let message = said.then(|| message(stamp, "completed", Some(&answer.text)));
        let calls = answer.tool_calls.iter().enumerate().map(|(place, one)| call(stamp, place, one));
        Self {
            status: if incomplete.is_some() { "incomplete" } else { "completed" },
            incomplete_details: incomplete.map(|reason| Incomplete { reason }),
            model: answer.model.as_deref().unwrap_or(&stamp.model),
            output: thought.then(|| reasoning(stamp)).into_iter().chain(message).chain(calls).collect(),
            usage: answer.usage.as_ref().map(Usage::from),
            ..Self::begun(stamp)
        }
    }
}

pub(super) fn reasoning<'a>(stamp: &Stamp) -> Item<'a> {
    Item::Reasoning { id: format!("rs_{}", stamp.id), summary: [] }
}

pub(super) fn text(text: &str) -> Content<'_> {
    Content::OutputText { text, annotations: [], logprobs: [] }
}

pub(super) fn message<'a>(stamp: &Stamp, status: &'static str, said: Option<&'a str>) -> Item<'a> {
    let content = said.map(text).into_iter().collect();
    Item::Message { id: message_id(stamp), status, role: "assistant", content }
}

pub(super) fn message_id(stamp: &Stamp) -> String {
    format!("msg_{}", stamp.id)
}

pub(super) fn call_id(stamp: &Stamp, place: usize) -> String {
    format!("fc_{}_{place}", stamp.id)
}

pub(super) fn call<'a>(stamp: &Stamp, place: usize, call: &'a ToolCall) -> Item<'a> {
    let ToolCall { id, name, arguments, .. } = call;
    Item::FunctionCall { id: call_id(stamp, place), status: "completed", call_id: id, name, arguments }
}

/// The body of an answer.
pub(crate) fn body(stamp: &Stamp, answer: &CallAnswer) -> Bytes {
    let thought = answer.usage.as_ref().is_some_and(|usage| usage.reasoning > 0);
    reply::written(&Response::of(stamp, answer, thought), answer)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::http::sse::tests::usage;

    #[test]
    fn a_response_has_the_reference_shape() {
        let calls =
            vec![ToolCall { id: "a".into(), name: "now".into(), arguments: "{}".into(), signature: None }];
        let answer = CallAnswer {
            text: "Hi".into(),
            tool_calls: calls,
            finish: FinishReason::Length,
            usage: Some(usage()),
            ..CallAnswer::default()
        };
        let written: Value = serde_json::from_slice(&body(&Stamp::sample(), &answer)).unwrap();
        assert_eq!(written["status"], "incomplete");
        assert_eq!(written["incomplete_details"], json!({"reason": "max_output_tokens"}));
        assert_eq!(
            written["output"],
            json!([{"type": "reasoning", "id": "rs_1", "summary": []},
                {"type": "message", "id": "msg_1", "status": "completed", "role": "assistant",
                    "content": [{"type": "output_text", "text": "Hi", "annotations": [], "logprobs": []}]},
                {"type": "function_call", "id": "fc_1_0", "status": "completed", "call_id": "a", "name": "now",
                    "arguments": "{}"}])
        );
        assert_eq!(written["usage"]["output_tokens_details"], json!({"reasoning_tokens": 77}));
        assert_eq!(written["usage"]["input_tokens"], 21_023);
    }
}
