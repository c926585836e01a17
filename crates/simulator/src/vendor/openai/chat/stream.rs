//! A streamed answer of Chat Completions: data lines only, and `[DONE]` at the end.

use axum::body::Bytes;
use serde_json::{Value, json};

use super::{
    Dialect,
    whole::{CREATED, call_id, finish_reason, usage},
};
use crate::generate::{Answer, Finish, Frame, Script, pieces};

const ERROR: &str = "data: {\"error\":{\"message\":\"The server had an error while processing your request. Sorry about that!\",\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n";

struct Chunks<'a> {
    dialect: Dialect,
    id: &'a str,
    model: &'a str,
    /// `stream_options` of the request.
    options: &'a Value,
    frames: Vec<Frame>,
}

pub(in crate::vendor) fn script(
    dialect: Dialect,
    id: &str,
    model: &str,
    answer: &Answer,
    options: &Value,
    count: usize,
) -> Script {
    let mut chunks = Chunks { dialect, id, model, options, frames: Vec::new() };
    chunks.delta(json!({"role": "assistant", "content": "", "refusal": null}));
    let field = if answer.finish == Finish::Refused { "refusal" } else { "content" };
    for piece in pieces(&answer.text, count) {
        chunks.delta(json!({field: piece}));
    }
    for (place, call) in answer.calls.iter().enumerate() {
        chunks.call(json!({"index": place, "id": call_id(id, place), "type": "function",
            "function": {"name": call.name, "arguments": ""}}));
        for piece in pieces(&call.arguments.to_string(), count) {
            chunks.call(json!({"index": place, "function": {"arguments": piece}}));
        }
    }
    let end = chunks.chunk(
        json!([{"index": 0, "delta": {}, "logprobs": null,
        "finish_reason": finish_reason(&answer.finish)}]),
        Value::Null,
    );
    chunks.frames.push(Frame::other(line(&end)));
    if let (true, Some(taken)) = (chunks.reports_usage(), answer.usage) {
        let last = chunks.chunk(json!([]), usage(dialect, taken));
        chunks.frames.push(Frame::other(line(&last)));
    }
    chunks.frames.push(Frame::other("data: [DONE]\n\n"));
    let error = Bytes::from_static(ERROR.as_bytes());
    Script { frames: chunks.frames, raw_error: error.clone(), error }
}

impl Chunks<'_> {
    fn reports_usage(&self) -> bool {
        self.options["include_usage"] == true
    }

    fn call(&mut self, call: Value) {
        self.delta(json!({"tool_calls": [call]}));
    }

    fn delta(&mut self, delta: Value) {
        let choices = json!([{"index": 0, "delta": delta, "logprobs": null, "finish_reason": null}]);
        let chunk = self.chunk(choices, Value::Null);
        self.frames.push(Frame::delta(line(&chunk)));
    }

    /// Every chunk says that its usage is null, when usage was asked for.
    fn chunk(&self, choices: Value, usage: Value) -> Value {
        let mut chunk = json!({"id": format!("chatcmpl-{}", self.id), "object": "chat.completion.chunk",
            "created": CREATED, "model": self.model, "choices": choices});
        if self.reports_usage() {
            chunk["usage"] = usage;
        }
        if let Dialect::OpenAi = self.dialect {
            chunk["service_tier"] = json!("default");
            chunk["system_fingerprint"] = Value::Null;
            if self.options["include_obfuscation"] != false {
                chunk["obfuscation"] = json!(obfuscation(self.frames.len()));
            }
        }
        chunk
    }
}

/// Padding of changing length, so that the size of a chunk tells nothing about its text.
pub(in crate::vendor::openai) fn obfuscation(place: usize) -> &'static str {
    const PADDING: &str = "jP9aGtnJXy4P0qLzWm3T";
    &PADDING[..4 + place * 7 % 16]
}

fn line(chunk: &Value) -> String {
    format!("data: {chunk}\n\n")
}
