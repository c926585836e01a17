//! An answer of Messages, whole or as events that build it up block by block.

use std::collections::HashMap;

use model::call::FinishReason;
use serde_json::{Map, Value};

use super::{
    super::{Special, Step, call_refusal, note_model, parse, text, usage},
    REDACTED,
};
use crate::call::{AnswerFault, Draft, Failure};

/// Reads a whole answer.
pub(in crate::vendor) fn whole(body: &[u8], special: Special, draft: &mut Draft) -> Result<(), Failure> {
    let message = parse(body)?;
    if message["type"] == "error" || message.get("error").is_some_and(|error| !error.is_null()) {
        return Err(call_refusal::of_value(&message["error"], special).into());
    }
    let blocks = message["content"].as_array().ok_or(AnswerFault::Unreadable)?;
    note_model(&message["model"], &message["id"], draft);
    if let Some(usage) = message["usage"].as_object() {
        draft.usage = Some(usage::claude(usage));
    }
    for block in blocks {
        whole_block(block, draft);
    }
    draft.finish = finish(&message["stop_reason"]);
    draft.ended = true;
    Ok(())
}

fn whole_block(block: &Value, draft: &mut Draft) {
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

fn keep_redacted(block: &Value, draft: &mut Draft) {
    draft.keep_thinking(String::new(), format!("{REDACTED}{}", text(block, "data")));
}

fn finish(reason: &Value) -> Option<FinishReason> {
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
    usage: Map<String, Value>,
}

impl Stream {
    pub(in crate::vendor) fn new(special: Special) -> Self {
        Self { special, blocks: HashMap::new(), usage: Map::new() }
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
                draft.finish = finish(&event["delta"]["stop_reason"]).or(draft.finish);
                self.count(&event["usage"], draft);
            }
            "message_stop" => {
                draft.ended = true;
                return Ok(Step::Done);
            }
            "error" => return Err(call_refusal::of_value(&event["error"], self.special).into()),
            _ => {}
        }
        Ok(Step::Goes)
    }

    fn count(&mut self, usage: &Value, draft: &mut Draft) {
        let Some(usage) = usage.as_object() else { return };
        for (name, count) in usage.iter().filter(|(_, count)| !count.is_null()) {
            self.usage.insert(name.clone(), count.clone());
        }
        draft.usage = Some(usage::claude(&self.usage));
    }

    fn start(&mut self, event: &Value, draft: &mut Draft) {
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

    fn delta(&mut self, event: &Value, draft: &mut Draft) {
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

    fn stop(&mut self, event: &Value, draft: &mut Draft) {
        match event["index"].as_u64().and_then(|place| self.blocks.remove(&place)) {
            Some(Block::Thinking { text, signature }) => draft.keep_thinking(text, signature),
            // Arguments that were not streamed stand in the block's start.
            Some(Block::Tool { index, input, streamed: false }) => draft.add_arguments(index, &input),
            _ => {}
        }
    }
}
