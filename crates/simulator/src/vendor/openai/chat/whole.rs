//! A whole answer of Chat Completions.

use serde_json::{Value, json};

use super::Dialect;
use crate::generate::{Answer, Finish, Usage};

pub(super) const CREATED: u64 = 1_777_591_030;

pub(in crate::vendor) fn whole(dialect: Dialect, id: &str, model: &str, answer: &Answer) -> Value {
    let mut body = json!({
        "id": format!("chatcmpl-{id}"), "object": "chat.completion", "created": CREATED, "model": model,
        "choices": [{
            "index": 0, "message": message(dialect, id, answer), "logprobs": null,
            "finish_reason": finish_reason(&answer.finish),
        }],
    });
    if let Some(usage) = answer.usage {
        body["usage"] = self::usage(dialect, usage);
    }
    match dialect {
        Dialect::OpenAi => {
            body["service_tier"] = json!("default");
            body["system_fingerprint"] = Value::Null;
        }
        Dialect::Compatible => body["system_fingerprint"] = json!("fp_local"),
    }
    body
}

fn message(dialect: Dialect, id: &str, answer: &Answer) -> Value {
    let refused = answer.finish == Finish::Refused && matches!(dialect, Dialect::OpenAi);
    let content = if refused || !answer.calls.is_empty() { Value::Null } else { json!(answer.text) };
    let mut message = json!({"role": "assistant", "content": content});
    if let Dialect::OpenAi = dialect {
        message["refusal"] = if refused { json!(answer.text) } else { Value::Null };
        message["annotations"] = json!([]);
    }
    if !answer.calls.is_empty() {
        let calls = answer.calls.iter().enumerate().map(|(place, call)| {
            json!({"id": call_id(id, place), "type": "function",
                "function": {"name": call.name, "arguments": call.arguments.to_string()}})
        });
        message["tool_calls"] = calls.collect();
    }
    message
}

pub(super) fn call_id(id: &str, place: usize) -> String {
    format!("call_{id}{place}")
}

pub(super) fn finish_reason(finish: &Finish) -> &'static str {
    match finish {
        // A refusal has its own field, and ends well.
        Finish::Stop | Finish::StopText(_) | Finish::Refused => "stop",
        Finish::Length => "length",
        Finish::Calls => "tool_calls",
        Finish::Filtered => "content_filter",
    }
}

/// Caches and thinking are inside the totals.
pub(super) fn usage(dialect: Dialect, usage: Usage) -> Value {
    let (input, output) = (usage.whole_input(), usage.whole_output());
    let mut body =
        json!({"prompt_tokens": input, "completion_tokens": output, "total_tokens": input + output});
    let writes = usage.cache_write + usage.cache_write_1h;
    match dialect {
        Dialect::OpenAi => {
            body["prompt_tokens_details"] = json!({"cached_tokens": usage.cached, "audio_tokens": 0});
            if writes > 0 {
                body["prompt_tokens_details"]["cache_write_tokens"] = json!(writes);
            }
            body["completion_tokens_details"] = json!({
                "reasoning_tokens": usage.thinking, "audio_tokens": 0, "accepted_prediction_tokens": 0,
                "rejected_prediction_tokens": 0,
            });
        }
        Dialect::Compatible if usage.cached > 0 => {
            body["prompt_tokens_details"] = json!({"cached_tokens": usage.cached});
        }
        Dialect::Compatible => {}
    }
    body
}
