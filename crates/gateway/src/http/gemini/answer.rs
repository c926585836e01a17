//! A whole GenerateContentResponse; the chunks of a stream have the same shape.

use bytes::Bytes;
use model::{
    CallAnswer, TokenUsage,
    call::{FinishReason, Part, ToolCall},
};
use serde::Serialize;
use serde_json::Value;

use crate::http::{json::arguments, reply, stamp::Stamp};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Response<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) candidates: Option<[Candidate<'a>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) prompt_feedback: Option<Feedback>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) usage_metadata: Option<Usage>,
    pub(super) model_version: &'a str,
    pub(super) response_id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Candidate<'a> {
    pub(super) content: Content<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) finish_reason: Option<&'static str>,
    pub(super) index: u32,
}

#[derive(Serialize)]
pub(super) struct Content<'a> {
    pub(super) role: &'static str,
    pub(super) parts: Vec<Piece<'a>>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Piece<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    thought: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    function_call: Option<FunctionCall<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thought_signature: Option<&'a str>,
}

#[derive(Serialize)]
struct FunctionCall<'a> {
    id: &'a str,
    name: &'a str,
    args: Value,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Feedback {
    block_reason: &'static str,
}

/// Counts of zero are left out, as by the vendor.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Usage {
    prompt_token_count: u64,
    #[serde(skip_serializing_if = "is_zero")]
    cached_content_token_count: u64,
    #[serde(skip_serializing_if = "is_zero")]
    candidates_token_count: u64,
    #[serde(skip_serializing_if = "is_zero")]
    thoughts_token_count: u64,
    total_token_count: u64,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl From<&TokenUsage> for Usage {
    fn from(usage: &TokenUsage) -> Self {
        Self {
            prompt_token_count: usage.total_input(),
            cached_content_token_count: usage.cache_read,
            candidates_token_count: usage.output.saturating_sub(usage.reasoning),
            thoughts_token_count: usage.reasoning,
            total_token_count: usage.total(),
        }
    }
}

impl<'a> Response<'a> {
    pub(super) fn of(stamp: &'a Stamp, parts: Vec<Piece<'a>>) -> Self {
        let content = Content { role: "model", parts };
        Self {
            candidates: Some([Candidate { content, finish_reason: None, index: 0 }]),
            prompt_feedback: None,
            usage_metadata: None,
            model_version: &stamp.model,
            response_id: &stamp.id,
        }
    }

    /// The same with how the answer ended.
    pub(super) fn ended(mut self, answer: &'a CallAnswer) -> Self {
        if let Some([candidate]) = &mut self.candidates {
            candidate.finish_reason = Some(finish(answer.finish));
        }
        self.usage_metadata = answer.usage.as_ref().map(Usage::from);
        self.model_version = answer.model.as_deref().unwrap_or(self.model_version);
        self
    }
}

fn finish(reason: FinishReason) -> &'static str {
    match reason {
        FinishReason::Stop | FinishReason::ToolCalls => "STOP",
        FinishReason::Length => "MAX_TOKENS",
        FinishReason::Refused => "SAFETY",
        FinishReason::Other => "OTHER",
    }
}

/// A piece of text, or of thinking.
pub(super) fn text(text: &str, thought: bool) -> Piece<'_> {
    Piece { text: Some(text), thought, ..Piece::default() }
}

pub(super) fn call(call: &ToolCall) -> Piece<'_> {
    Piece {
        function_call: Some(FunctionCall {
            id: &call.id,
            name: &call.name,
            args: arguments(&call.arguments),
        }),
        thought_signature: call.signature.as_deref(),
        ..Piece::default()
    }
}

/// The body of an answer.
pub(crate) fn body(stamp: &Stamp, answer: &CallAnswer, include_thoughts: bool) -> Bytes {
    let thoughts = answer.thinking.iter().filter(|_| include_thoughts).filter_map(|part| match part {
        Part::Thinking { text: shown, .. } if !shown.is_empty() => Some(text(shown, true)),
        _ => None,
    });
    let said = (!answer.text.is_empty()).then(|| text(&answer.text, false));
    let parts = thoughts.chain(said).chain(answer.tool_calls.iter().map(call)).collect();
    reply::written(&Response::of(stamp, parts).ended(answer), answer)
}

/// A prompt that was refused for its content is an answer at Gemini, with status 200.
pub(crate) fn blocked(stamp: &Stamp) -> Bytes {
    let response = Response {
        candidates: None,
        prompt_feedback: Some(Feedback { block_reason: "OTHER" }),
        ..Response::of(stamp, Vec::new())
    };
    serde_json::to_vec(&response).unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_has_the_reference_shape() {
        let answer = CallAnswer {
            text: "Hi".into(),
            thinking: vec![Part::Thinking { text: "hm".into(), signature: String::new() }],
            tool_calls: vec![ToolCall {
                id: "call_0".into(),
                name: "now".into(),
                arguments: "{}".into(),
                signature: Some("Cg".into()),
            }],
            finish: FinishReason::ToolCalls,
            model: Some("gemini-2.5-flash".into()),
            usage: Some(TokenUsage { input: 8, output: 28, reasoning: 21, ..TokenUsage::default() }),
            ..CallAnswer::default()
        };
        let written = |thoughts| -> Value {
            serde_json::from_slice(&body(&Stamp::sample(), &answer, thoughts)).unwrap()
        };
        assert_eq!(
            written(false),
            json!({"candidates": [{"content": {"role": "model", "parts": [{"text": "Hi"},
                    {"functionCall": {"id": "call_0", "name": "now", "args": {}}, "thoughtSignature": "Cg"}]},
                    "finishReason": "STOP", "index": 0}],
                "usageMetadata": {"promptTokenCount": 8, "candidatesTokenCount": 7, "thoughtsTokenCount": 21,
                    "totalTokenCount": 36},
                "modelVersion": "gemini-2.5-flash", "responseId": "1"})
        );
        assert_eq!(
            written(true)["candidates"][0]["content"]["parts"][0],
            json!({"text": "hm", "thought": true})
        );
    }

    #[test]
    fn a_blocked_prompt_is_an_answer_without_candidates() {
        let written: Value = serde_json::from_slice(&blocked(&Stamp::sample())).unwrap();
        assert_eq!(written["promptFeedback"]["blockReason"], "OTHER");
        assert_eq!(written.get("candidates"), None);
    }
}
