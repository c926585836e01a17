//! The conversation of Responses: a text, or a list of items.

use serde_json::Value;

use super::super::{failure::Wrong, media};
use crate::generate::Asked;

const PARTS: &str = "'input_text', 'input_image', 'output_text', 'refusal', 'input_file', 'computer_screenshot', and 'summary_text'";

pub(super) fn read<'a>(body: &'a Value, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    asked.hear(body["instructions"].as_str().unwrap_or_default());
    let items = match &body["input"] {
        Value::String(text) => {
            asked.hear_user(text);
            return Ok(());
        }
        Value::Array(items) if items.is_empty() => {
            let message = "Invalid 'input': empty array. Expected an array with minimum length 1, but got an empty array instead.";
            return Err(Wrong::new("input", Some("empty_array"), message));
        }
        Value::Array(items) => items,
        Value::Null => return Err(Wrong::missing("input")),
        other => return Err(Wrong::kind("input", "one of a string or array of input items", other)),
    };
    let mut open: Vec<&str> = Vec::new();
    for (place, item) in items.iter().enumerate() {
        one(item, &format!("input[{place}]"), body, &mut open, asked)?;
    }
    match open.first() {
        None => Ok(()),
        Some(id) => Err(Wrong::new("input", None, format!("No tool output found for function call {id}."))),
    }
}

fn one<'a>(
    item: &'a Value,
    at: &str,
    body: &Value,
    open: &mut Vec<&'a str>,
    asked: &mut Asked<'a>,
) -> Result<(), Wrong> {
    match item["type"].as_str() {
        None | Some("message") => message(item, at, asked),
        Some("function_call") => {
            open.push(function_call(item, at)?);
            Ok(())
        }
        Some("function_call_output") => output(item, at, open, asked),
        Some("reasoning") => reasoning(item, at, body),
        Some(other) => {
            let choices =
                "'message', 'reasoning', 'function_call', 'function_call_output', and 'item_reference'";
            Err(Wrong::choice(&format!("{at}.type"), other, choices))
        }
    }
}

fn message<'a>(item: &'a Value, at: &str, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    let role = item["role"].as_str().ok_or_else(|| Wrong::missing(&format!("{at}.role")))?;
    if !["system", "developer", "user", "assistant"].contains(&role) {
        let choices = "'assistant', 'system', 'developer', and 'user'";
        return Err(Wrong::choice(&format!("{at}.role"), role, choices));
    }
    match &item["content"] {
        Value::String(text) => hear(role, text, asked),
        Value::Array(parts) => {
            for (place, part) in parts.iter().enumerate() {
                part_of(role, part, &format!("{at}.content[{place}]"), asked)?;
            }
        }
        Value::Null => return Err(Wrong::missing(&format!("{at}.content"))),
        other => {
            let wanted = "one of an array of objects or string";
            return Err(Wrong::kind(&format!("{at}.content"), wanted, other));
        }
    }
    Ok(())
}

fn hear<'a>(role: &str, text: &'a str, asked: &mut Asked<'a>) {
    if role == "user" { asked.hear_user(text) } else { asked.hear(text) }
}

/// What the model said before is output, everything else is input.
fn part_of<'a>(role: &str, part: &'a Value, at: &str, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    let kind = part["type"].as_str().ok_or_else(|| Wrong::missing(&format!("{at}.type")))?;
    let field = |name: &str| part[name].as_str().ok_or_else(|| Wrong::missing(&format!("{at}.{name}")));
    match (role == "assistant", kind) {
        (true, "output_text") | (false, "input_text") => hear(role, field("text")?, asked),
        (true, "refusal") => hear(role, field("refusal")?, asked),
        (false, "input_image") => media::image(&part["image_url"], &format!("{at}.image_url"), asked)?,
        (false, "input_file") => media::file(part, at, asked)?,
        (true, _) => return Err(Wrong::choice(at, kind, "'output_text' and 'refusal'")),
        (false, _) => return Err(Wrong::choice(at, kind, PARTS)),
    }
    Ok(())
}

fn function_call<'a>(item: &'a Value, at: &str) -> Result<&'a str, Wrong> {
    for name in ["name", "arguments", "call_id"] {
        if !item[name].is_string() {
            return Err(Wrong::missing(&format!("{at}.{name}")));
        }
    }
    if let Some(id) = item["id"].as_str().filter(|id| !id.starts_with("fc")) {
        let message = format!("Invalid '{at}.id': '{id}'. Expected an ID that begins with 'fc'.");
        return Err(Wrong::new(&format!("{at}.id"), Some("invalid_value"), message));
    }
    Ok(item["call_id"].as_str().unwrap_or_default())
}

fn output<'a>(
    item: &'a Value,
    at: &str,
    open: &mut Vec<&'a str>,
    asked: &mut Asked<'a>,
) -> Result<(), Wrong> {
    let id = item["call_id"].as_str().ok_or_else(|| Wrong::missing(&format!("{at}.call_id")))?;
    let Some(place) = open.iter().position(|call| *call == id) else {
        let message = format!("No tool call found for function call output with call_id {id}.");
        return Err(Wrong::new("input", None, message));
    };
    open.remove(place);
    match &item["output"] {
        Value::String(text) => asked.hear_tool(text.as_str()),
        Value::Array(parts) => asked.hear_tool(Value::from(parts.clone()).to_string()),
        _ => return Err(Wrong::missing(&format!("{at}.output"))),
    }
    Ok(())
}

/// What is not stored has to be brought along.
fn reasoning(item: &Value, at: &str, body: &Value) -> Result<(), Wrong> {
    let id = item["id"].as_str().ok_or_else(|| Wrong::missing(&format!("{at}.id")))?;
    if !item["summary"].is_array() {
        return Err(Wrong::missing(&format!("{at}.summary")));
    }
    if body["store"] != false || item["encrypted_content"].is_string() {
        return Ok(());
    }
    let message = format!(
        "Item with id '{id}' not found. Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item from your input."
    );
    Err(Wrong { status: 404, ..Wrong::new("input", None, message) })
}
