//! An answer of Chat Completions, whole or as chunks that each hold a part of it.

use model::call::FinishReason;
use serde_json::Value;

use super::super::{Special, Step, call_refusal, note_model, parse, text, usage};
use crate::call::{AnswerFault, Draft, Failure};

/// Reads a whole answer.
pub(in crate::vendor) fn whole(
    body: &[u8],
    special: Special,
    lenient: bool,
    draft: &mut Draft,
) -> Result<(), Failure> {
    let body = parse(body)?;
    let mut stream = Stream::new(special, lenient);
    stream.common(&body, draft)?;
    let choice = body["choices"].get(0).ok_or(AnswerFault::Unreadable)?;
    stream.piece(&choice["message"], draft);
    stream.end_choice(choice, draft);
    draft.ended = true;
    Ok(())
}

/// Reads a stream.
#[derive(Debug)]
pub(in crate::vendor) struct Stream {
    special: Special,
    lenient: bool,
    /// The stream's own index of each tool call.
    calls: Vec<u64>,
    refused: bool,
    tier: Option<String>,
}

impl Stream {
    pub(in crate::vendor) fn new(special: Special, lenient: bool) -> Self {
        Self { special, lenient, calls: Vec::new(), refused: false, tier: None }
    }

    pub(in crate::vendor) fn event(&mut self, data: &str, draft: &mut Draft) -> Result<Step, Failure> {
        if data.trim() == "[DONE]" {
            draft.ended = true;
            return Ok(Step::Done);
        }
        let chunk = parse(data.as_bytes())?;
        self.common(&chunk, draft)?;
        // The last chunk has usage and no choice.
        if let Some(choice) = chunk["choices"].get(0) {
            self.piece(&choice["delta"], draft);
            self.end_choice(choice, draft);
        }
        Ok(Step::Goes)
    }

    fn common(&mut self, body: &Value, draft: &mut Draft) -> Result<(), Failure> {
        if let Some(error) = body.get("error").filter(|error| !error.is_null()) {
            return Err(call_refusal::of_value(error, self.special).into());
        }
        note_model(&body["model"], &body["id"], draft);
        if let Some(tier) = body["service_tier"].as_str() {
            self.tier = Some(tier.to_owned());
        }
        if let Some(usage) = usage::openai(&body["usage"], self.tier.as_deref(), self.lenient) {
            draft.usage = Some(usage);
        }
        Ok(())
    }

    /// A message, or a part of one.
    fn piece(&mut self, piece: &Value, draft: &mut Draft) {
        // Two names for the same thing among compatible servers.
        for name in ["reasoning_content", "reasoning"] {
            draft.think(text(piece, name));
        }
        draft.say(text(piece, "content"));
        if let Some(refusal) = piece["refusal"].as_str().filter(|refusal| !refusal.is_empty()) {
            self.refused = true;
            draft.say(refusal);
        }
        for call in piece["tool_calls"].as_array().into_iter().flatten() {
            self.tool(call, draft);
        }
    }

    fn tool(&mut self, call: &Value, draft: &mut Draft) {
        let function = &call["function"];
        let known = match call["index"].as_u64() {
            Some(number) => self.calls.iter().position(|known| *known == number),
            // Without a number, a name begins a new call.
            None if text(function, "name").is_empty() => self.calls.len().checked_sub(1),
            None => None,
        };
        let index = known.unwrap_or_else(|| {
            self.calls.push(call["index"].as_u64().unwrap_or(u64::MAX));
            draft.start_tool(text(call, "id"), text(function, "name"), None)
        });
        draft.add_arguments(index, text(function, "arguments"));
    }

    fn end_choice(&self, choice: &Value, draft: &mut Draft) {
        let reason = match choice["finish_reason"].as_str() {
            None => return,
            Some(_) if self.refused => FinishReason::Refused,
            Some("stop") if draft.tool_calls.is_empty() => FinishReason::Stop,
            Some("length") => FinishReason::Length,
            Some("stop" | "tool_calls" | "function_call") => FinishReason::ToolCalls,
            Some("content_filter") => FinishReason::Refused,
            Some(_) => FinishReason::Other,
        };
        draft.finish = Some(reason);
    }
}
