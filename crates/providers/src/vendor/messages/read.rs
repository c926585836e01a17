//! An answer of Messages, whole or as events that build it up block by block.

use std::collections::HashMap;

use model::call::FinishReason;

use super::{
    super::{Special, Step, call_refusal, note_model, parse, text, usage},
    REDACTED,
};
use crate::{
    call::{AnswerFault, Draft, Failure},
    json::{Json, object},
};

/// Reads a whole answer.
pub(in crate::vendor) fn whole(body: &[u8], special: Special, draft: &mut Draft) -> Result<(), Failure> {
    let message = parse(body)?;
    if message["type"].as_str() == Some("error") || message.get("error").is_some_and(|error| !error.is_null())
    {
        return Err(call_refusal::of_json(&message["error"], special).into());
    }
    let blocks = &message["content"];
    if !blocks.is_list() {
        return Err(AnswerFault::Unreadable.into());
    }
    note_model(&message["model"], &message["id"], draft);
    if message["usage"].is_object() {
        draft.usage = Some(usage::claude(&message["usage"]));
    }
    for block in blocks.as_list() {
        whole_block(block, draft);
    }
    draft.finish = finish(&message["stop_reason"]);
    draft.stop_text = message["stop_sequence"].as_str().map(str::to_owned);
    draft.ended = true;
    Ok(())
}

fn whole_block(block: &Json<'_>, draft: &mut Draft) {
    match block["type"].as_str() {
        Some("text") => draft.say(text(block, "text")),
        Some("thinking") => {
            draft.keep_thinking(text(block, "thinking").to_owned(), text(block, "signature").to_owned());
        }
        Some("redacted_thinking") => keep_redacted(block, draft),
        Some("tool_use") => {
            let index = draft.start_tool(text(block, "id"), text(block, "name"), None);
            draft.add_arguments(index, &block["input"].to_string());
        }
        _ => {}
    }
}

fn keep_redacted(block: &Json<'_>, draft: &mut Draft) {
    draft.keep_thinking(String::new(), format!("{REDACTED}{}", text(block, "data")));
}

fn finish(reason: &Json<'_>) -> Option<FinishReason> {
    Some(match reason.as_str()? {
        "end_turn" | "stop_sequence" => FinishReason::Stop,
        "max_tokens" | "model_context_window_exceeded" => FinishReason::Length,
        "tool_use" => FinishReason::ToolCalls,
        "refusal" => FinishReason::Refused,
        _ => FinishReason::Other,
    })
}

/// A block that has begun.
#[derive(Debug)]
enum Block {
    Thinking { text: String, signature: String },
    Tool { index: usize, input: String, streamed: bool },
    Other,
}

/// Reads a stream.
#[derive(Debug)]
pub(in crate::vendor) struct Stream {
    special: Special,
    blocks: HashMap<u64, Block>,
    /// Usage as it was last said: each count replaces the one before, and one that is missing stays.
    usage: Json<'static>,
}

impl Stream {
    pub(in crate::vendor) fn new(special: Special) -> Self {
        Self { special, blocks: HashMap::new(), usage: object([]) }
    }

    pub(in crate::vendor) fn event(
        &mut self,
        name: &str,
        data: &str,
        draft: &mut Draft,
    ) -> Result<Step, Failure> {
        let event = parse(data.as_bytes())?;
        match event["type"].as_str().unwrap_or(name) {
            "message_start" => {
                let message = &event["message"];
                note_model(&message["model"], &message["id"], draft);
                self.count(&message["usage"], draft);
            }
            "content_block_start" => self.start(&event, draft),
            "content_block_delta" => self.delta(&event, draft),
            "content_block_stop" => self.stop(&event, draft),
            "message_delta" => {
                let delta = &event["delta"];
                draft.finish = finish(&delta["stop_reason"]).or(draft.finish);
                draft.stop_text =
                    delta["stop_sequence"].as_str().map(str::to_owned).or(draft.stop_text.take());
                self.count(&event["usage"], draft);
            }
            "message_stop" => {
                draft.ended = true;
                return Ok(Step::Done);
            }
            "error" => return Err(call_refusal::of_json(&event["error"], self.special).into()),
            _ => {}
        }
        Ok(Step::Goes)
    }

    fn count(&mut self, usage: &Json<'_>, draft: &mut Draft) {
        let Some(usage) = usage.as_object() else { return };
        for (name, count) in usage.iter().filter(|(_, count)| !count.is_null()) {
            self.usage.replace(name, count.owned());
        }
        draft.usage = Some(usage::claude(&self.usage));
    }

    fn start(&mut self, event: &Json<'_>, draft: &mut Draft) {
        let Some(place) = event["index"].as_u64() else { return };
        let begun = &event["content_block"];
        let block = match begun["type"].as_str() {
            Some("thinking") => Block::Thinking {
                text: text(begun, "thinking").to_owned(),
                signature: text(begun, "signature").to_owned(),
            },
            Some("tool_use") => Block::Tool {
                index: draft.start_tool(text(begun, "id"), text(begun, "name"), None),
                input: begun["input"].to_string(),
                streamed: false,
            },
            Some("redacted_thinking") => {
                keep_redacted(begun, draft);
                Block::Other
            }
            _ => {
                draft.say(text(begun, "text"));
                Block::Other
            }
        };
        self.blocks.insert(place, block);
    }

    fn delta(&mut self, event: &Json<'_>, draft: &mut Draft) {
        let delta = &event["delta"];
        let block = event["index"].as_u64().and_then(|place| self.blocks.get_mut(&place));
        match (delta["type"].as_str(), block) {
            (Some("text_delta"), _) => draft.say(text(delta, "text")),
            (Some("thinking_delta"), Some(Block::Thinking { text: thought, .. })) => {
                thought.push_str(text(delta, "thinking"));
                draft.think(text(delta, "thinking"));
            }
            (Some("signature_delta"), Some(Block::Thinking { signature, .. })) => {
                signature.push_str(text(delta, "signature"));
                draft.size += text(delta, "signature").len();
            }
            (Some("input_json_delta"), Some(Block::Tool { index, streamed, .. })) => {
                *streamed |= !text(delta, "partial_json").is_empty();
                draft.add_arguments(*index, text(delta, "partial_json"));
            }
            _ => {}
        }
    }

    fn stop(&mut self, event: &Json<'_>, draft: &mut Draft) {
        match event["index"].as_u64().and_then(|place| self.blocks.remove(&place)) {
            Some(Block::Thinking { text, signature }) => draft.keep_thinking(text, signature),
            // Arguments that were not streamed stand in the block's start.
            Some(Block::Tool { index, input, streamed: false }) => draft.add_arguments(index, &input),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use model::call::Part;
    use serde_json::{Value, json};

    use super::*;
    use crate::vendor::claude::cause;

    fn read(content: &Value, reason: &str) -> Draft {
        let mut draft = Draft::default();
        let body = json!({"type": "message", "content": content, "stop_reason": reason});
        whole(body.to_string().as_bytes(), cause, &mut draft).unwrap();
        draft
    }

    #[test]
    fn every_stop_has_its_reason() {
        for (name, reason) in [
            ("end_turn", FinishReason::Stop),
            ("stop_sequence", FinishReason::Stop),
            ("max_tokens", FinishReason::Length),
            ("model_context_window_exceeded", FinishReason::Length),
            ("tool_use", FinishReason::ToolCalls),
            ("refusal", FinishReason::Refused),
            ("pause_turn", FinishReason::Other),
        ] {
            assert_eq!(read(&json!([]), name).finish, Some(reason), "{name}");
        }
    }

    #[test]
    fn thinking_is_kept_as_it_has_to_be_played_back() {
        let blocks = json!([{"type": "thinking", "thinking": "Hm", "signature": "Eo0B"},
            {"type": "redacted_thinking", "data": "EmwK"}, {"type": "text", "text": "Hi"}, {"type": "new_block"}]);
        let whole = read(&blocks, "end_turn");
        let (mut stream, mut streamed) = (Stream::new(cause), Draft::default());
        for event in [
            json!({"type": "content_block_start", "index": 0, "content_block": {"type": "thinking", "thinking": "", "signature": ""}}),
            json!({"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "Hm"}}),
            json!({"type": "content_block_delta", "index": 0, "delta": {"type": "signature_delta", "signature": "Eo0B"}}),
            json!({"type": "content_block_stop", "index": 0}),
            json!({"type": "content_block_start", "index": 1, "content_block": {"type": "redacted_thinking", "data": "EmwK"}}),
            json!({"type": "content_block_delta", "index": 1, "delta": {"type": "citations_delta"}}),
            json!({"type": "content_block_stop", "index": 1}),
            json!({"type": "content_block_start", "index": 2, "content_block": {"type": "text", "text": "H"}}),
            json!({"type": "content_block_delta", "index": 2, "delta": {"type": "text_delta", "text": "i"}}),
            json!({"type": "new_event"}),
        ] {
            assert_eq!(stream.event("", &event.to_string(), &mut streamed), Ok(Step::Goes));
        }
        let kept =
            |text: &str, signature: &str| Part::Thinking { text: text.into(), signature: signature.into() };
        for draft in [whole, streamed] {
            assert_eq!(draft.thinking, [kept("Hm", "Eo0B"), kept("", "redacted:EmwK")]);
            assert_eq!(draft.text, "Hi");
        }
    }

    #[test]
    fn arguments_that_are_not_streamed_are_those_of_the_blocks_start() {
        let (mut stream, mut draft) = (Stream::new(cause), Draft::default());
        for event in [
            json!({"type": "content_block_start", "index": 0, "content_block": {"type": "tool_use", "id": "t", "name": "f", "input": {"a": 1}}}),
            json!({"type": "content_block_stop", "index": 0}),
        ] {
            assert_eq!(stream.event("", &event.to_string(), &mut draft), Ok(Step::Goes));
        }
        assert_eq!(draft.tool_calls[0].arguments, "{\"a\":1}");
    }

    #[test]
    fn what_is_no_answer_is_none() {
        for body in ["", "[]", "{}", "null", "{\"type\":\"message\"}", "<html>"] {
            let read = whole(body.as_bytes(), cause, &mut Draft::default());
            assert_eq!(read, Err(AnswerFault::Unreadable.into()), "{body}");
        }
    }
}
