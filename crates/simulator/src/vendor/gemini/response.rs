//! A GenerateContentResponse, whole or as a stream's chunks. Counts that are zero are left out.

use serde_json::{Map, Value, json};

use crate::generate::{Answer, Finish, Usage, pieces};

/// Base64 in the standard alphabet; a client may play it back in the other.
const SIGNATURE: &str = "CiBzaW11bGF0ZWQg+//+IHNpZ25hdHVyZQ==";

pub(super) struct Response<'a> {
    pub(super) id: &'a str,
    pub(super) model: &'a str,
    pub(super) answer: &'a Answer,
}

impl Response<'_> {
    pub(super) fn whole(&self) -> Value {
        let parts = self.text_part(&self.answer.text).into_iter().chain(self.call_parts()).collect();
        self.chunk(parts, true)
    }

    /// Each is a whole response, and its usage is what was taken so far.
    pub(super) fn chunks(&self, count: usize) -> Vec<Value> {
        let calls = self.call_parts();
        let texts = if self.is_blocked() { Vec::new() } else { pieces(&self.answer.text, count) };
        let mut chunks: Vec<Value> = texts
            .iter()
            .map(|piece| self.chunk(self.text_part(piece).into_iter().collect(), false))
            .collect();
        if texts.is_empty() {
            chunks.push(self.chunk(calls, true));
        } else if let Some(last) = texts.last() {
            chunks.pop();
            chunks.push(self.chunk(self.text_part(last).into_iter().collect(), true));
        }
        chunks
    }

    fn is_blocked(&self) -> bool {
        matches!(self.answer.finish, Finish::Refused | Finish::Filtered)
    }

    fn text_part(&self, text: &str) -> Option<Value> {
        (!text.is_empty() && !self.is_blocked()).then(|| json!({"text": text}))
    }

    /// From Gemini 3 on, the first of an answer's calls is signed.
    fn call_parts(&self) -> Vec<Value> {
        let calls = self.answer.calls.iter().enumerate();
        let part = |(place, call): (usize, &crate::generate::ToolCall)| {
            let mut part = json!({"functionCall": {"name": call.name, "args": call.arguments}});
            if place == 0 && self.model.starts_with("gemini-3") {
                part["thoughtSignature"] = json!(SIGNATURE);
            }
            part
        };
        calls.map(part).collect()
    }

    fn chunk(&self, parts: Vec<Value>, is_last: bool) -> Value {
        let mut body = json!({"modelVersion": self.model, "responseId": self.id});
        if let Some(usage) = self.answer.usage {
            body["usageMetadata"] = taken(usage, is_last);
        }
        // Blocked before the answer: there is no candidate at all.
        if self.answer.finish == Finish::Filtered {
            body["promptFeedback"] = json!({"blockReason": "PROHIBITED_CONTENT"});
            return body;
        }
        let mut content = json!({"role": "model"});
        if !parts.is_empty() {
            content["parts"] = parts.into();
        }
        let mut candidate = json!({"index": 0, "content": content});
        if is_last {
            candidate["finishReason"] = json!(self.finish_reason());
        }
        if self.answer.finish == Finish::Refused {
            candidate["content"] = json!({});
        }
        body["candidates"] = json!([candidate]);
        body
    }

    fn finish_reason(&self) -> &'static str {
        match self.answer.finish {
            Finish::Length => "MAX_TOKENS",
            Finish::Refused | Finish::Filtered => "SAFETY",
            Finish::Stop | Finish::StopText(_) | Finish::Calls => "STOP",
        }
    }
}

/// The cache is inside the prompt, thinking is not inside the candidates. Before the end, little of the answer counts.
fn taken(usage: Usage, is_last: bool) -> Value {
    let prompt = usage.whole_input();
    let output = if is_last { usage.output } else { usage.output.min(1) };
    let counts = [
        ("promptTokenCount", prompt),
        ("cachedContentTokenCount", usage.cached),
        ("candidatesTokenCount", output),
        ("thoughtsTokenCount", usage.thinking),
        ("totalTokenCount", prompt + output + usage.thinking),
    ];
    let mut out: Map<String, Value> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| (name.to_owned(), json!(count)))
        .collect();
    out.insert("promptTokensDetails".to_owned(), json!([{"modality": "TEXT", "tokenCount": prompt}]));
    Value::Object(out)
}
