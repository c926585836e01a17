//! A whole answer of Chat Completions.

use bytes::Bytes;
use model::{CallAnswer, call::ToolCall};
use serde::Serialize;
use serde_json::{Value, json};

use crate::http::{
    openai::{Usage, finish},
    reply,
    stamp::Stamp,
};

#[derive(Serialize)]
struct Completion<'a> {
    id: String,
    object: &'static str,
    created: i64,
    model: &'a str,
    choices: [Choice<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<Usage>,
    service_tier: Option<&'a str>,
    system_fingerprint: Option<&'a str>,
}

#[derive(Serialize)]
struct Choice<'a> {
    index: u32,
    message: Said<'a>,
    logprobs: Option<()>,
    finish_reason: &'static str,
}

#[derive(Serialize)]
struct Said<'a> {
    role: &'static str,
    content: Option<&'a str>,
    refusal: Option<&'a str>,
    annotations: [(); 0],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_calls: Vec<Call<'a>>,
}

#[derive(Serialize)]
struct Call<'a> {
    id: &'a str,
    r#type: &'static str,
    function: Function<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra_content: Option<Value>,
}

#[derive(Serialize)]
struct Function<'a> {
    name: &'a str,
    arguments: &'a str,
}

/// Where Google's compatible endpoint keeps the signature of a call, which has to be played back.
pub(super) fn signature(call: &ToolCall) -> Option<Value> {
    call.signature.as_ref().map(|signature| json!({"google": {"thought_signature": signature}}))
}

fn call(call: &ToolCall) -> Call<'_> {
    let function = Function { name: &call.name, arguments: &call.arguments };
    Call { id: &call.id, r#type: "function", function, extra_content: signature(call) }
}

/// The body of an answer.
pub(crate) fn body(stamp: &Stamp, answer: &CallAnswer) -> Bytes {
    let only_calls = answer.text.is_empty() && !answer.tool_calls.is_empty();
    let completion = Completion {
        id: format!("chatcmpl-{}", stamp.id),
        object: "chat.completion",
        created: stamp.created,
        model: answer.model.as_deref().unwrap_or(&stamp.model),
        choices: [Choice {
            index: 0,
            message: Said {
                role: "assistant",
                content: (!only_calls).then_some(&answer.text),
                refusal: None,
                annotations: [],
                tool_calls: answer.tool_calls.iter().map(call).collect(),
            },
            logprobs: None,
            finish_reason: finish(answer.finish),
        }],
        usage: answer.usage.as_ref().map(Usage::from),
        service_tier: answer.usage.as_ref().and_then(|usage| usage.service_tier.as_deref()),
        system_fingerprint: None,
    };
    reply::written(&completion, answer)
}

#[cfg(test)]
mod tests {
    use model::call::FinishReason;

    use super::*;
    use crate::http::sse::tests::usage;

    fn written(answer: &CallAnswer) -> Value {
        serde_json::from_slice(&body(&Stamp::sample(), answer)).unwrap()
    }

    #[test]
    fn an_answer_has_the_reference_shape() {
        let answer = CallAnswer {
            text: "Hello!".into(),
            model: Some("gpt-4o-mini-2024-07-18".into()),
            usage: Some(usage()),
            ..CallAnswer::default()
        };
        assert_eq!(
            written(&answer),
            json!({"id": "chatcmpl-1", "object": "chat.completion", "created": 1_741_569_952,
                "model": "gpt-4o-mini-2024-07-18",
                "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello!", "refusal": null,
                    "annotations": []}, "logprobs": null, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 21_023, "completion_tokens": 489, "total_tokens": 21_512,
                    "prompt_tokens_details": {"cached_tokens": 20_443, "cache_write_tokens": 574, "audio_tokens": 0},
                    "completion_tokens_details": {"reasoning_tokens": 77}},
                "service_tier": null, "system_fingerprint": null})
        );
    }

    #[test]
    fn calls_stand_without_content_and_unknown_usage_is_left_out() {
        let call = ToolCall {
            id: "a".into(),
            name: "now".into(),
            arguments: "{}".into(),
            signature: Some("Cg".into()),
        };
        let answer =
            CallAnswer { tool_calls: vec![call], finish: FinishReason::ToolCalls, ..CallAnswer::default() };
        let written = written(&answer);
        assert_eq!(written["choices"][0]["finish_reason"], "tool_calls");
        assert_eq!(written["choices"][0]["message"]["content"], Value::Null);
        assert_eq!(
            written["choices"][0]["message"]["tool_calls"],
            json!([{"id": "a", "type": "function", "function": {"name": "now", "arguments": "{}"},
                "extra_content": {"google": {"thought_signature": "Cg"}}}])
        );
        assert_eq!(written.get("usage"), None);
    }
}
