//! The conversation of Messages.

use ::model::CatalogModel;
use serde_json::Value;

use super::failure::Wrong;
use crate::generate::{Asked, MediaFault, check_media};

const TAGS: &str = "'document', 'image', 'redacted_thinking', 'search_result', 'text', 'thinking', 'tool_result', 'tool_use'";

pub(super) fn read<'a>(body: &'a Value, entry: &CatalogModel, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    system(&body["system"], asked)?;
    let messages = match &body["messages"] {
        Value::Null => return Err(Wrong::missing("messages")),
        Value::Array(messages) => messages,
        _ => return Err(Wrong::new("messages: Input should be a valid list")),
    };
    let Some(last) = messages.last() else {
        return Err(Wrong::new("messages: at least one message is required"));
    };
    let mut open: Vec<&str> = Vec::new();
    for (place, message) in messages.iter().enumerate() {
        one(message, place, &mut open, asked)?;
    }
    if messages[0]["role"] != "user" {
        return Err(Wrong::new("messages: first message must use the \"user\" role"));
    }
    let prefill = entry.capabilities.sampling_params && !entry.model_name.contains("-4-6");
    if last["role"] == "assistant" && !prefill {
        return Err(Wrong::new(
            "This model does not support assistant message prefill. The conversation must end with a user message.",
        ));
    }
    unanswered(&open, messages.len() - 1)
}

fn system<'a>(value: &'a Value, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    match value {
        Value::Null => {}
        Value::String(text) => asked.hear(text),
        Value::Array(blocks) => {
            for (place, block) in blocks.iter().enumerate() {
                if block["type"] != "text" {
                    return Err(Wrong::new(format!("system.{place}.type: Input should be 'text'")));
                }
                asked.hear(text_of(block, &format!("system.{place}"))?);
                cache_mark(block, asked);
            }
        }
        _ => return Err(Wrong::new("system: Input should be a valid string or list")),
    }
    Ok(())
}

/// Results have to stand in the very next message.
fn one<'a>(
    message: &'a Value,
    place: usize,
    open: &mut Vec<&'a str>,
    asked: &mut Asked<'a>,
) -> Result<(), Wrong> {
    let at = format!("messages.{place}");
    let by_user = match message["role"].as_str().ok_or_else(|| Wrong::missing(&format!("{at}.role")))? {
        "user" => true,
        "assistant" => false,
        "system" => {
            return Err(Wrong::new(
                "messages: Unexpected role \"system\". The Messages API accepts a top-level `system` parameter, not \"system\" as an input message role.",
            ));
        }
        _ => return Err(Wrong::new(format!("{at}.role: Input should be 'user' or 'assistant'"))),
    };
    let asked_for = std::mem::take(open);
    let mut waiting = asked_for.clone();
    match &message["content"] {
        Value::String(text) if text.is_empty() => return Err(empty(&at)),
        Value::String(text) if by_user => asked.hear_user(text),
        Value::String(text) => asked.hear(text),
        Value::Array(blocks) if blocks.is_empty() => return Err(empty(&at)),
        Value::Array(blocks) => {
            for (number, block) in blocks.iter().enumerate() {
                let at = format!("{at}.content.{number}");
                let mut seen = Seen { by_user, waiting: &mut waiting, open };
                self::block(block, &at, &mut seen, asked)?;
                cache_mark(block, asked);
            }
        }
        Value::Null => return Err(Wrong::missing(&format!("{at}.content"))),
        _ => return Err(Wrong::new(format!("{at}.content: Input should be a valid string or list"))),
    }
    unanswered(&waiting, place.saturating_sub(1))
}

/// Calls of tools around one block.
struct Seen<'a, 'b> {
    by_user: bool,
    /// Asked for in the message before, and not answered yet.
    waiting: &'b mut Vec<&'a str>,
    /// Asked for in this message.
    open: &'b mut Vec<&'a str>,
}

fn block<'a>(
    block: &'a Value,
    at: &str,
    seen: &mut Seen<'a, '_>,
    asked: &mut Asked<'a>,
) -> Result<(), Wrong> {
    let kind = block["type"].as_str().ok_or_else(|| Wrong::missing(&format!("{at}.type")))?;
    match (kind, seen.by_user) {
        ("text", true) => asked.hear_user(text_of(block, at)?),
        ("text", false) => asked.hear(text_of(block, at)?),
        ("image", true) => source(&block["source"], &format!("{at}.image.source"), "image/", asked)?,
        // In the model's own messages too, up to API version 2023-06-01.
        ("document", _) => {
            source(&block["source"], &format!("{at}.document.source"), "application/pdf", asked)?
        }
        ("tool_result", true) => result(block, at, seen, asked)?,
        ("tool_use", false) => seen.open.push(tool_use(block, at)?),
        ("thinking", false) if block["signature"].as_str().is_some_and(|signature| !signature.is_empty()) => {
        }
        ("thinking", false) => return Err(Wrong::missing(&format!("{at}.thinking.signature"))),
        ("redacted_thinking", false) => {}
        ("image" | "tool_result", false) | ("tool_use" | "thinking" | "redacted_thinking", true) => {
            let role = if seen.by_user { "user" } else { "assistant" };
            return Err(Wrong::new(format!("{at}: `{kind}` blocks are not permitted in `{role}` messages")));
        }
        (other, _) => {
            return Err(Wrong::new(format!(
                "{at}: Input tag '{other}' found using 'type' does not match any of the expected tags: {TAGS}"
            )));
        }
    }
    Ok(())
}

fn text_of<'a>(block: &'a Value, at: &str) -> Result<&'a str, Wrong> {
    match block["text"].as_str() {
        Some("") => Err(Wrong::new(format!("{at}: text content blocks must be non-empty"))),
        Some(text) => Ok(text),
        None => Err(Wrong::missing(&format!("{at}.text.text"))),
    }
}

fn source(source: &Value, at: &str, wanted: &str, asked: &mut Asked<'_>) -> Result<(), Wrong> {
    asked.see_medium();
    let field =
        |name: &str| source[name].as_str().ok_or_else(|| Wrong::missing(&format!("{at}.base64.{name}")));
    match source["type"].as_str().ok_or_else(|| Wrong::missing(&format!("{at}.type")))? {
        "url" | "file" | "text" | "content" => return Ok(()),
        "base64" => {}
        other => {
            return Err(Wrong::new(format!(
                "{at}: Input tag '{other}' found using 'type' does not match any of the expected tags: 'base64', 'file', 'url'"
            )));
        }
    }
    let (media_type, data) = (field("media_type")?, field("data")?);
    match check_media(media_type, data) {
        Ok(()) if media_type.starts_with(wanted) => Ok(()),
        Err(MediaFault::NotBase64) => Err(Wrong::new(format!("{at}.base64: invalid base64 data"))),
        Err(MediaFault::Bytes) if wanted == "image/" => {
            let message =
                format!("{at}.base64.data: Image does not match the provided media type {media_type}");
            Err(Wrong::new(message))
        }
        Err(MediaFault::Bytes) => {
            Err(Wrong::new(format!("{at}.base64.data: The PDF specified was not valid.")))
        }
        _ if wanted == "image/" => Err(Wrong::new(format!(
            "{at}.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'"
        ))),
        _ => Err(Wrong::new(format!("{at}.base64.media_type: Input should be 'application/pdf'"))),
    }
}

fn tool_use<'a>(block: &'a Value, at: &str) -> Result<&'a str, Wrong> {
    if !block["name"].is_string() {
        return Err(Wrong::missing(&format!("{at}.tool_use.name")));
    }
    if !block["input"].is_object() {
        return Err(Wrong::new(format!("{at}.tool_use.input: Input should be a valid dictionary")));
    }
    block["id"].as_str().ok_or_else(|| Wrong::missing(&format!("{at}.tool_use.id")))
}

fn result<'a>(
    block: &'a Value,
    at: &str,
    seen: &mut Seen<'a, '_>,
    asked: &mut Asked<'a>,
) -> Result<(), Wrong> {
    let missing = || Wrong::missing(&format!("{at}.tool_result.tool_use_id"));
    let id = block["tool_use_id"].as_str().ok_or_else(missing)?;
    let Some(place) = seen.waiting.iter().position(|call| *call == id) else {
        return Err(Wrong::new(format!(
            "{at}: unexpected `tool_use_id` found in `tool_result` blocks: {id}. Each `tool_result` block must have a corresponding `tool_use` block in the previous message."
        )));
    };
    seen.waiting.remove(place);
    match &block["content"] {
        Value::String(text) => asked.hear_tool(text.as_str()),
        Value::Array(parts) => {
            let texts: Vec<&str> = parts.iter().filter_map(|part| part["text"].as_str()).collect();
            asked.hear_tool(texts.join("\n"));
        }
        _ => asked.hear_tool(""),
    }
    Ok(())
}

fn unanswered(open: &[&str], place: usize) -> Result<(), Wrong> {
    if open.is_empty() {
        return Ok(());
    }
    Err(Wrong::new(format!(
        "messages.{place}: `tool_use` ids were found without `tool_result` blocks immediately after: {}. Each `tool_use` block must have a corresponding `tool_result` block in the next message.",
        open.join(", ")
    )))
}

fn empty(at: &str) -> Wrong {
    let message = "all messages must have non-empty content except for the optional final assistant message";
    Wrong::new(format!("{at}: {message}"))
}

fn cache_mark(block: &Value, asked: &mut Asked<'_>) {
    let mark = &block["cache_control"];
    if mark["type"] == "ephemeral" {
        let so_far = asked.input_tokens();
        match mark["ttl"].as_str() {
            Some("1h") => asked.cache_marks.1 = so_far,
            _ => asked.cache_marks.0 = so_far,
        }
    }
}
