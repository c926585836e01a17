//! The conversation of Chat Completions.

use serde_json::Value;

use super::super::{failure::Wrong, media};
use crate::generate::Asked;

const ROLES: &str = "'system', 'assistant', 'user', 'function', 'tool', and 'developer'";

/// Reads `messages`. Every call of a tool has its result right behind it, and no result is without its call.
pub(in crate::vendor) fn read<'a>(body: &'a Value, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    let messages = match &body["messages"] {
        Value::Null => return Err(Wrong::missing("messages")),
        Value::Array(messages) => messages,
        other => return Err(Wrong::kind("messages", "an array of objects", other)),
    };
    if messages.is_empty() {
        let message = "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.";
        return Err(Wrong::new("messages", Some("empty_array"), message));
    }
    let mut open: Vec<&str> = Vec::new();
    for (place, message) in messages.iter().enumerate() {
        let at = format!("messages[{place}]");
        if message["role"] != "tool" {
            answered(&open)?;
            open.clear();
        }
        one(message, &at, &mut open, asked)?;
    }
    answered(&open)
}

fn one<'a>(
    message: &'a Value,
    at: &str,
    open: &mut Vec<&'a str>,
    asked: &mut Asked<'a>,
) -> Result<(), Wrong> {
    let role = message["role"].as_str().ok_or_else(|| Wrong::missing(&format!("{at}.role")))?;
    match role {
        "system" | "developer" => texts(&message["content"], at, &mut |text| asked.hear(text)),
        "user" => user(&message["content"], at, asked),
        "assistant" => {
            *open = calls(message, at)?;
            match &message["content"] {
                Value::Null if open.is_empty() => Err(Wrong::new(
                    &format!("{at}.content"),
                    None,
                    format!("Invalid value for 'content': expected a string, got null. '{at}'"),
                )),
                Value::Null => Ok(()),
                content => texts(content, at, &mut |text| asked.hear(text)),
            }
        }
        "tool" => result(message, at, open, asked),
        other => Err(Wrong::choice(&format!("{at}.role"), other, ROLES)),
    }
}

fn user<'a>(content: &'a Value, at: &str, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    let Value::Array(parts) = content else {
        return texts(content, at, &mut |text| asked.hear_user(text));
    };
    for (place, part) in parts.iter().enumerate() {
        let at = format!("{at}.content[{place}]");
        match part["type"].as_str().ok_or_else(|| Wrong::missing(&format!("{at}.type")))? {
            "text" => asked.hear_user(text_of(part, &at)?),
            "image_url" => media::image(&part["image_url"]["url"], &format!("{at}.image_url.url"), asked)?,
            "file" => media::file(&part["file"], &format!("{at}.file"), asked)?,
            other => {
                let choices = "'text', 'image_url', 'input_audio', 'refusal', 'audio', and 'file'";
                return Err(Wrong::choice(&format!("{at}.type"), other, choices));
            }
        }
    }
    Ok(())
}

/// A text, or parts of text only.
fn texts<'a>(content: &'a Value, at: &str, hear: &mut dyn FnMut(&'a str)) -> Result<(), Wrong> {
    match content {
        Value::String(text) => hear(text),
        Value::Array(parts) => {
            for (place, part) in parts.iter().enumerate() {
                let at = format!("{at}.content[{place}]");
                match part["type"].as_str() {
                    Some("text") => hear(text_of(part, &at)?),
                    Some("refusal") => hear(part["refusal"].as_str().unwrap_or_default()),
                    Some(other) => return Err(Wrong::choice(&format!("{at}.type"), other, "'text'")),
                    None => return Err(Wrong::missing(&format!("{at}.type"))),
                }
            }
        }
        Value::Null => return Err(Wrong::missing(&format!("{at}.content"))),
        other => {
            let wanted = "one of a string or array of objects";
            return Err(Wrong::kind(&format!("{at}.content"), wanted, other));
        }
    }
    Ok(())
}

fn text_of<'a>(part: &'a Value, at: &str) -> Result<&'a str, Wrong> {
    part["text"].as_str().ok_or_else(|| Wrong::missing(&format!("{at}.text")))
}

/// The ids of an assistant's calls.
fn calls<'a>(message: &'a Value, at: &str) -> Result<Vec<&'a str>, Wrong> {
    let calls = message["tool_calls"].as_array().into_iter().flatten().enumerate();
    calls
        .map(|(place, call)| {
            let at = format!("{at}.tool_calls[{place}]");
            let function = &call["function"];
            let missing = |name: &str| Wrong::missing(&format!("{at}.{name}"));
            if call["type"] != "function" {
                return Err(missing("type"));
            }
            if !function["name"].is_string() {
                return Err(missing("function.name"));
            }
            if !function["arguments"].is_string() {
                return Err(missing("function.arguments"));
            }
            call["id"].as_str().ok_or_else(|| missing("id"))
        })
        .collect()
}

fn result<'a>(
    message: &'a Value,
    at: &str,
    open: &mut Vec<&'a str>,
    asked: &mut Asked<'a>,
) -> Result<(), Wrong> {
    let id = message["tool_call_id"].as_str().ok_or_else(|| Wrong::missing(&format!("{at}.tool_call_id")))?;
    let Some(place) = open.iter().position(|call| *call == id) else {
        let message = "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.";
        return Err(Wrong::new(&format!("{at}.role"), None, message));
    };
    open.remove(place);
    texts(&message["content"], at, &mut |text| asked.hear_tool(text))
}

fn answered(open: &[&str]) -> Result<(), Wrong> {
    if open.is_empty() {
        return Ok(());
    }
    let message = format!(
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: {}",
        open.join(", ")
    );
    Err(Wrong::new("messages", None, message))
}
