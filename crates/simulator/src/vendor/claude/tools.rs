//! Functions on offer, and what Claude demands of their schemas.

use serde_json::Value;

use super::failure::Wrong;
use crate::generate::{Asked, Choice, Tool};

pub(super) fn read<'a>(body: &'a Value, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    for (place, tool) in body["tools"].as_array().into_iter().flatten().enumerate() {
        // Anything else is a tool of the vendor's own.
        if tool["type"].as_str().is_none_or(|kind| kind == "custom") {
            custom(tool, place, asked)?;
        }
    }
    choice(&body["tool_choice"], asked)
}

fn custom<'a>(tool: &'a Value, place: usize, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    let at = format!("tools.{place}.custom");
    let known = [
        "type",
        "name",
        "description",
        "input_schema",
        "cache_control",
        "strict",
        "eager_input_streaming",
        "allowed_callers",
        "defer_loading",
        "input_examples",
    ];
    if let Some(name) =
        tool.as_object().and_then(|tool| tool.keys().find(|name| !known.contains(&name.as_str())))
    {
        return Err(Wrong::new(format!("{at}.{name}: Extra inputs are not permitted")));
    }
    let name = tool["name"].as_str().ok_or_else(|| Wrong::missing(&format!("{at}.name")))?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if name.is_empty() || name.len() > 128 || !name.bytes().all(is_name) {
        let message = format!("{at}.name: String should match pattern '^[a-zA-Z0-9_-]{{1,128}}$'");
        return Err(Wrong::new(message));
    }
    let schema = tool.get("input_schema").ok_or_else(|| Wrong::missing(&format!("{at}.input_schema")))?;
    match schema["type"].as_str() {
        Some("object") => {}
        Some(_) => return Err(Wrong::new(format!("{at}.input_schema.type: Input should be 'object'"))),
        None => return Err(Wrong::missing(&format!("{at}.input_schema.type"))),
    }
    if let Some(fault) = open_object(schema).filter(|_| tool["strict"] == true) {
        return Err(Wrong::new(format!("{at}: {fault}")));
    }
    asked.tools.push(Tool { name, schema: Some(schema) });
    Ok(())
}

fn choice<'a>(value: &'a Value, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    if value.is_null() {
        return Ok(());
    }
    if asked.tools.is_empty() && value["type"] != "none" {
        return Err(Wrong::new("tool_choice: may only be specified while providing tools"));
    }
    asked.choice = match value["type"].as_str() {
        Some("auto") => Choice::Auto,
        Some("none") => Choice::None,
        Some("any") => Choice::Any,
        Some("tool") => {
            let name = value["name"].as_str().ok_or_else(|| Wrong::missing("tool_choice.tool.name"))?;
            if !asked.tools.iter().any(|tool| tool.name == name) {
                return Err(Wrong::new(format!("Tool '{name}' not found in provided tools")));
            }
            Choice::Named(name)
        }
        _ => {
            let message = "tool_choice: Input tag found using 'type' does not match any of the expected tags: 'auto', 'any', 'tool', 'none'";
            return Err(Wrong::new(message));
        }
    };
    Ok(())
}

/// Why a schema that an answer is held to leaves an object open.
pub(super) fn open_object(schema: &Value) -> Option<&'static str> {
    let is_object = schema["type"] == "object"
        || schema["type"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "object"));
    if is_object && schema["additionalProperties"] != false {
        return Some("For 'object' type, 'additionalProperties' must be explicitly set to false");
    }
    let named = ["properties", "$defs", "definitions"];
    let named = named
        .iter()
        .flat_map(|holder| schema[*holder].as_object().into_iter().flat_map(|held| held.values()));
    let listed = ["anyOf", "allOf"];
    let listed = listed.iter().flat_map(|holder| schema[*holder].as_array().into_iter().flatten());
    named.chain(listed).chain(schema.get("items")).find_map(open_object)
}
