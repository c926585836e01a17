//! A response: its items, and everything that the endpoint repeats of the request.

use serde_json::{Value, json};

use crate::generate::{Answer, Finish, Usage};

const CREATED: u64 = 1_777_591_030;

pub(super) struct Response<'a> {
    pub(super) id: &'a str,
    pub(super) model: &'a str,
    /// The request.
    pub(super) body: &'a Value,
    pub(super) answer: &'a Answer,
}

impl Response<'_> {
    pub(super) fn whole(&self) -> Value {
        let incomplete = self.incomplete();
        let mut response = self.frame(if incomplete.is_some() { "incomplete" } else { "completed" });
        response["output"] = self.items().into();
        response["usage"] = self.answer.usage.map_or(Value::Null, usage);
        if let Some(reason) = incomplete {
            response["incomplete_details"] = json!({"reason": reason});
        }
        response
    }

    pub(super) fn failed(&self) -> Value {
        let mut response = self.frame("failed");
        response["error"] = json!({"code": "server_error",
            "message": "An error occurred while processing your request. You can retry your request."});
        response["usage"] = self.answer.usage.map_or(Value::Null, usage);
        response
    }

    /// A response without output.
    pub(super) fn frame(&self, status: &str) -> Value {
        let asked = |name: &str, default: Value| match &self.body[name] {
            Value::Null => default,
            value => value.clone(),
        };
        json!({
            "id": format!("resp_{}", self.id), "object": "response", "created_at": CREATED, "status": status,
            "background": false, "error": null, "incomplete_details": null,
            "instructions": self.body["instructions"], "max_output_tokens": self.body["max_output_tokens"],
            "max_tool_calls": null, "metadata": {}, "model": self.model, "output": [],
            "parallel_tool_calls": asked("parallel_tool_calls", json!(true)), "previous_response_id": null,
            "prompt_cache_key": null, "prompt_cache_retention": null,
            "reasoning": {"effort": self.body["reasoning"]["effort"], "summary": null}, "safety_identifier": null,
            "service_tier": "default", "store": asked("store", json!(true)),
            "temperature": asked("temperature", json!(1.0)), "text": asked("text", json!({"format": {"type": "text"}})),
            "tool_choice": asked("tool_choice", json!("auto")), "tools": asked("tools", json!([])),
            "top_logprobs": 0, "top_p": asked("top_p", json!(1.0)), "truncation": "disabled", "usage": null,
            "user": null,
        })
    }

    pub(super) fn incomplete(&self) -> Option<&'static str> {
        match self.answer.finish {
            Finish::Length => Some("max_output_tokens"),
            Finish::Filtered => Some("content_filter"),
            _ => None,
        }
    }

    pub(super) fn items(&self) -> Vec<Value> {
        let thinking = self.answer.thinks.then(|| self.reasoning());
        let calls = (0..self.answer.calls.len()).map(|place| self.call(place));
        let silent = self.answer.text.is_empty() && self.answer.finish != Finish::Stop;
        let message = (!silent && self.answer.calls.is_empty()).then(|| self.message());
        thinking.into_iter().chain(message).chain(calls).collect()
    }

    fn reasoning(&self) -> Value {
        let mut item = json!({"id": format!("rs_{}", self.id), "type": "reasoning", "summary": []});
        let included = self.body["include"].as_array().into_iter().flatten();
        if included.into_iter().any(|name| name == "reasoning.encrypted_content") {
            item["encrypted_content"] = json!("gAAAAABsimulated");
        }
        item
    }

    fn message(&self) -> Value {
        let status = if self.incomplete().is_some() { "incomplete" } else { "completed" };
        json!({"id": self.message_id(), "type": "message", "status": status, "role": "assistant",
            "content": [self.part(&self.answer.text)]})
    }

    pub(super) fn message_id(&self) -> String {
        format!("msg_{}", self.id)
    }

    /// A refusal replaces the text.
    pub(super) fn part(&self, text: &str) -> Value {
        if self.refuses() {
            json!({"type": "refusal", "refusal": text})
        } else {
            json!({"type": "output_text", "annotations": [], "logprobs": [], "text": text})
        }
    }

    pub(super) fn refuses(&self) -> bool {
        self.answer.finish == Finish::Refused
    }

    fn call(&self, place: usize) -> Value {
        let call = &self.answer.calls[place];
        json!({"id": format!("fc_{}{place}", self.id), "type": "function_call", "status": "completed",
            "call_id": format!("call_{}{place}", self.id), "name": call.name,
            "arguments": call.arguments.to_string()})
    }
}

/// Caches and thinking are inside the totals.
fn usage(usage: Usage) -> Value {
    let (input, output) = (usage.whole_input(), usage.whole_output());
    json!({
        "input_tokens": input,
        "input_tokens_details":
            {"cached_tokens": usage.cached, "cache_write_tokens": usage.cache_write + usage.cache_write_1h},
        "output_tokens": output, "output_tokens_details": {"reasoning_tokens": usage.thinking},
        "total_tokens": input + output,
    })
}
