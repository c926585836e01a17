//! Everything of a Responses request but its input.

use model::CatalogModel;
use serde_json::Value;

use super::super::{failure::Wrong, params};
use crate::generate::Asked;

const KNOWN: [&str; 29] = [
    "background",
    "context_management",
    "conversation",
    "include",
    "input",
    "instructions",
    "max_output_tokens",
    "max_tool_calls",
    "metadata",
    "model",
    "moderation",
    "parallel_tool_calls",
    "previous_response_id",
    "prompt",
    "prompt_cache_key",
    "prompt_cache_options",
    "prompt_cache_retention",
    "reasoning",
    "safety_identifier",
    "service_tier",
    "store",
    "stream",
    "stream_options",
    "temperature",
    "text",
    "tool_choice",
    "tools",
    "top_logprobs",
    "top_p",
];
const ALSO_KNOWN: [&str; 2] = ["truncation", "user"];
/// The endpoint takes nothing smaller.
const LEAST_OUTPUT: u64 = 16;

pub(super) fn read<'a>(body: &'a Value, entry: &CatalogModel, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    let known = [&KNOWN[..], &ALSO_KNOWN].concat();
    if let Some(name) = params::unknown(body, &known) {
        return Err(Wrong::new(name, Some("unknown_parameter"), format!("Unknown parameter: '{name}'.")));
    }
    asked.max_output = params::whole(body, "max_output_tokens", LEAST_OUTPUT)?;
    if let Some(most) = asked.max_output.filter(|most| *most > entry.max_output_tokens) {
        let message = format!(
            "Invalid 'max_output_tokens': integer above maximum value. Expected a value <= {}, but got {most} instead.",
            entry.max_output_tokens
        );
        return Err(Wrong::new("max_output_tokens", Some("integer_above_max_value"), message));
    }
    params::sampling(body, entry, |name, _| Wrong { code: None, ..Wrong::unsupported(name, "") })?;
    tools(body, asked)?;
    format(&body["text"]["format"], asked)?;
    effort(body, entry, asked)
}

fn tools<'a>(body: &'a Value, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    for (place, tool) in body["tools"].as_array().into_iter().flatten().enumerate() {
        let at = format!("tools[{place}]");
        match tool["type"].as_str() {
            Some("function") => params::function(tool, &at, asked)?,
            Some(
                "web_search" | "file_search" | "code_interpreter" | "image_generation" | "mcp" | "custom",
            ) => {}
            Some(other) => {
                let choices = "'function', 'mcp', 'file_search', 'code_interpreter', 'web_search', 'image_generation', and 'custom'";
                return Err(Wrong::choice(&format!("{at}.type"), other, choices));
            }
            None => return Err(Wrong::missing(&format!("{at}.type"))),
        }
    }
    let choice = &body["tool_choice"];
    params::choice(choice, &choice["name"], asked)
}

fn format<'a>(format: &'a Value, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    match format["type"].as_str() {
        None if format.is_null() => Ok(()),
        Some("text") => Ok(()),
        Some("json_object") => {
            asked.json = true;
            Ok(())
        }
        Some("json_schema") => params::json_schema(format, "text.format", Some("invalid_json_schema"), asked),
        Some(other) => {
            let choices = "'json_object', 'json_schema', and 'text'";
            Err(Wrong::choice("text.format.type", other, choices))
        }
        None => Err(Wrong::missing("text.format.type")),
    }
}

fn effort(body: &Value, entry: &CatalogModel, asked: &mut Asked<'_>) -> Result<(), Wrong> {
    let effort = &body["reasoning"]["effort"];
    if !effort.is_null() && !entry.capabilities.reasoning {
        return Err(Wrong {
            code: Some("unsupported_parameter"),
            ..Wrong::unsupported("reasoning.effort", "")
        });
    }
    asked.thinks = params::effort(effort, "reasoning.effort", entry)?;
    Ok(())
}
