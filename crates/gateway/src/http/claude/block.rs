//! Content blocks of Anthropic's messages as parts.

use model::call::{Part, Role, ToolCall};
use serde::Deserialize;
use serde_json::Value;

use crate::http::{asked, fault::Fault, json::TextOr};

/// One block; which fields it has depends on its type.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Block {
    r#type: String,
    text: Option<String>,
    source: Option<Source>,
    title: Option<String>,
    id: Option<String>,
    name: Option<String>,
    input: Option<Value>,
    tool_use_id: Option<String>,
    content: Option<TextOr<Block>>,
    is_error: Option<bool>,
    thinking: Option<String>,
    signature: Option<String>,
}

#[derive(Deserialize)]
struct Source {
    r#type: String,
    media_type: Option<String>,
    data: Option<String>,
    url: Option<String>,
}

/// The parts of one turn. `path` is where its content stands.
pub(super) fn parts(content: TextOr<Block>, role: Role, path: &str) -> Result<Vec<Part>, Fault> {
    let blocks = match content {
        TextOr::Text(text) => return Ok(vec![Part::Text { text }]),
        TextOr::Parts(blocks) => blocks,
    };
    let mut parts = Vec::with_capacity(blocks.len());
    for (index, block) in blocks.into_iter().enumerate() {
        parts.extend(part(block, role, &|field| format!("{path}[{index}].{field}"))?);
    }
    Ok(parts)
}

/// Text alone, as in `system` and in results of tools.
pub(super) fn text(content: TextOr<Block>, path: &str) -> Result<String, Fault> {
    let blocks = match content {
        TextOr::Text(text) => return Ok(text),
        TextOr::Parts(blocks) => blocks,
    };
    let mut all = String::new();
    for (index, block) in blocks.into_iter().enumerate() {
        let at = |field: &str| format!("{path}[{index}].{field}");
        if block.r#type != "text" {
            return Err(Fault::unsupported(at("type"), "Send text here."));
        }
        if index > 0 {
            all.push('\n');
        }
        all.push_str(&needed(block.text, "text", &at)?);
    }
    Ok(all)
}

fn part(block: Block, role: Role, at: &dyn Fn(&str) -> String) -> Result<Option<Part>, Fault> {
    let part = match (block.r#type.as_str(), role) {
        ("text", _) => Part::Text { text: needed(block.text, "text", at)? },
        ("image", Role::User) => image(needed(block.source, "source", at)?, at)?,
        ("document", Role::User) => document(needed(block.source, "source", at)?, block.title, at)?,
        ("tool_use", Role::Assistant) => Part::ToolCall(ToolCall {
            id: needed(block.id, "id", at)?,
            name: needed(block.name, "name", at)?,
            arguments: needed(block.input, "input", at)?.to_string(),
            signature: None,
        }),
        ("tool_result", Role::User) => Part::ToolResult {
            id: needed(block.tool_use_id, "tool_use_id", at)?,
            content: block
                .content
                .map(|content| text(content, &at("content")))
                .transpose()?
                .unwrap_or_default(),
            is_error: block.is_error.unwrap_or(false),
        },
        ("thinking", Role::Assistant) => match block.signature.filter(|signature| !signature.is_empty()) {
            Some(signature) => Part::Thinking { text: block.thinking.unwrap_or_default(), signature },
            // Thinking that no vendor signed cannot be played back, and Anthropic refuses it.
            None => return Ok(None),
        },
        ("redacted_thinking", Role::Assistant) => return Ok(None),
        _ => {
            let advice = "Send text, image, document, tool_use, tool_result or thinking where each belongs.";
            return Err(Fault::unsupported(at("type"), advice));
        }
    };
    Ok(Some(part))
}

fn needed<T>(value: Option<T>, field: &'static str, at: &dyn Fn(&str) -> String) -> Result<T, Fault> {
    value.ok_or_else(|| Fault::bad(at(field), "this field is required", "Send it with this type of block."))
}

fn image(source: Source, at: &dyn Fn(&str) -> String) -> Result<Part, Fault> {
    match source.r#type.as_str() {
        "base64" => {
            let media_type = needed(source.media_type, "source.media_type", at)?;
            let data = needed(source.data, "source.data", at)?;
            asked::by_bytes(media_type, data, None, || at("source.media_type"))
        }
        "url" => asked::by_address(needed(source.url, "source.url", at)?, || at("source.url")),
        _ => Err(Fault::unsupported(at("source.type"), "Send the bytes as base64, or an https address.")),
    }
}

fn document(source: Source, title: Option<String>, at: &dyn Fn(&str) -> String) -> Result<Part, Fault> {
    match source.r#type.as_str() {
        "base64" => {
            let media_type = needed(source.media_type, "source.media_type", at)?;
            let data = needed(source.data, "source.data", at)?;
            asked::by_bytes(media_type, data, title, || at("source.media_type"))
        }
        "text" => Ok(Part::Text { text: needed(source.data, "source.data", at)? }),
        _ => Err(Fault::unsupported(at("source.type"), "Send the document's bytes as base64, or its text.")),
    }
}
