//! The events of a message: named, padded with blanks, with a ping, and usage that is cumulative.

use serde_json::{Value, json};

use super::messages::{Message, taken};
use crate::generate::{Frame, Script, Usage, pieces};

const PING: &str = "event: ping\ndata: {\"type\": \"ping\"}\n\n";
const ERROR: &str = "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";

pub(super) fn script(message: &Message<'_>, count: usize) -> Script {
    let mut frames = vec![Frame::other(start(message))];
    for (place, block) in message.blocks().into_iter().enumerate() {
        self::block(&mut frames, place, &block, count);
        if place == 0 {
            // Behind the first block's start, as recorded.
            frames.insert(2, Frame::other(PING));
        }
    }
    let mut end = json!({"delta": {"stop_reason": message.stop_reason(), "stop_sequence": message.stop_sequence(),
        "stop_details": null}, "usage": {"output_tokens": 0}});
    if let Some(usage) = message.answer.usage {
        end["usage"] = cumulative(usage);
    }
    frames.push(Frame::other(event("message_delta", end, frames.len())));
    frames.push(Frame::other(event("message_stop", json!({}), frames.len())));
    Script { frames, error: ERROR.into(), raw_error: ERROR.into() }
}

/// The input is known at once, of the output only that it has begun.
fn start(message: &Message<'_>) -> String {
    let mut begun = message.frame();
    let usage = message.answer.usage.unwrap_or_default();
    begun["usage"] = taken(usage);
    begun["usage"]["output_tokens"] = json!(1);
    if let Some(usage) = begun["usage"].as_object_mut() {
        usage.remove("output_tokens_details");
    }
    event("message_start", json!({"message": begun}), 0)
}

fn cumulative(usage: Usage) -> Value {
    json!({
        "input_tokens": usage.input, "cache_creation_input_tokens": usage.cache_write + usage.cache_write_1h,
        "cache_read_input_tokens": usage.cached, "output_tokens": usage.whole_output(),
        "output_tokens_details": {"thinking_tokens": usage.thinking},
    })
}

fn block(frames: &mut Vec<Frame>, place: usize, block: &Value, count: usize) {
    let (begun, deltas) = parts(block, count);
    let start = event("content_block_start", json!({"index": place, "content_block": begun}), frames.len());
    frames.push(Frame::other(start));
    for delta in deltas {
        let text = event("content_block_delta", json!({"index": place, "delta": delta}), frames.len());
        frames.push(Frame::delta(text));
    }
    frames.push(Frame::other(event("content_block_stop", json!({"index": place}), frames.len())));
}

/// A block as it begins, and what follows.
fn parts(block: &Value, count: usize) -> (Value, Vec<Value>) {
    let text = |field: &str| block[field].as_str().unwrap_or_default();
    match text("type") {
        "thinking" => {
            let thoughts = pieces(text("thinking"), count).into_iter();
            let thoughts = thoughts.map(|piece| json!({"type": "thinking_delta", "thinking": piece}));
            let signature = json!({"type": "signature_delta", "signature": text("signature")});
            let begun = json!({"type": "thinking", "thinking": "", "signature": ""});
            (begun, thoughts.chain([signature]).collect())
        }
        "tool_use" => {
            let input = block["input"].to_string();
            let delta = |piece: &str| json!({"type": "input_json_delta", "partial_json": piece});
            let deltas = std::iter::once("").chain(pieces(&input, count)).map(delta);
            let begun = json!({"type": "tool_use", "id": block["id"], "name": block["name"], "input": {}});
            (begun, deltas.collect())
        }
        _ => {
            let deltas = pieces(text("text"), count).into_iter();
            let deltas = deltas.map(|piece| json!({"type": "text_delta", "text": piece}));
            (json!({"type": "text", "text": ""}), deltas.collect())
        }
    }
}

/// Blanks stand before the last brace, as recorded, and every third time at the end of the line too.
fn event(kind: &str, mut fields: Value, place: usize) -> String {
    fields["type"] = json!(kind);
    let data = fields.to_string();
    let inner = data.strip_suffix('}').unwrap_or(&data);
    let behind = if place.is_multiple_of(3) { "  " } else { "" };
    format!("event: {kind}\ndata: {inner}{}}}{behind}\n\n", &"          "[..place * 3 % 11])
}
