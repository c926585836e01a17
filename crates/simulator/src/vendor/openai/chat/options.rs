//! Everything of a Chat Completions request but its messages.

use model::CatalogModel;
use serde_json::Value;

use super::super::{failure::Wrong, params};
use crate::generate::Asked;

const KNOWN: [&str; 37] = [
    "audio",
    "frequency_penalty",
    "function_call",
    "functions",
    "logit_bias",
    "logprobs",
    "max_completion_tokens",
    "max_tokens",
    "messages",
    "metadata",
    "modalities",
    "model",
    "moderation",
    "n",
    "parallel_tool_calls",
    "prediction",
    "presence_penalty",
    "prompt_cache_key",
    "prompt_cache_options",
    "prompt_cache_retention",
    "reasoning_effort",
    "response_format",
    "safety_identifier",
    "seed",
    "service_tier",
    "stop",
    "store",
    "stream",
    "stream_options",
    "temperature",
    "tool_choice",
    "tools",
    "top_logprobs",
    "top_p",
    "user",
    "verbosity",
    "web_search_options",
];

pub(super) fn read<'a>(body: &'a Value, entry: &CatalogModel, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    if let Some(name) = params::unknown(body, &KNOWN) {
        return Err(Wrong::new("", None, format!("Unrecognized request argument supplied: {name}")));
    }
    if !body["stream_options"].is_null() && body["stream"] != true {
        let message = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
        return Err(Wrong::new("stream_options", None, message));
    }
    if body["n"].as_u64().is_some_and(|count| count != 1) {
        return Err(Wrong::new("n", None, "This simulator serves one choice only."));
    }
    most_tokens(body, entry, asked)?;
    params::sampling(body, entry, |name, value| match name {
        "temperature" => Wrong::new(
            name,
            Some("unsupported_value"),
            format!(
                "Unsupported value: '{name}' does not support {value} with this model. Only the default (1) value is supported."
            ),
        ),
        _ => Wrong::unsupported(name, ""),
    })?;
    stop(&body["stop"], entry, asked)?;
    tools(body, asked)?;
    format(body, asked)?;
    effort(body, entry, asked)
}

fn most_tokens(body: &Value, entry: &CatalogModel, asked: &mut Asked<'_>) -> Result<(), Wrong> {
    let old = params::whole(body, "max_tokens", 1)?;
    let new = params::whole(body, "max_completion_tokens", 1)?;
    if old.is_some() && entry.capabilities.reasoning {
        return Err(Wrong::unsupported("max_tokens", " Use 'max_completion_tokens' instead."));
    }
    let (name, most) = match (old, new) {
        (Some(_), Some(_)) => {
            let message =
                "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.";
            return Err(Wrong::new("max_tokens", Some("invalid_parameter_combination"), message));
        }
        (Some(most), None) => ("max_tokens", most),
        (None, Some(most)) => ("max_completion_tokens", most),
        (None, None) => return Ok(()),
    };
    if most > entry.max_output_tokens {
        let message = format!(
            "{name} is too large: {most}. This model supports at most {} completion tokens, whereas you provided {most}.",
            entry.max_output_tokens
        );
        return Err(Wrong::new(name, Some("invalid_value"), message));
    }
    asked.max_output = Some(most);
    Ok(())
}

fn stop<'a>(value: &'a Value, entry: &CatalogModel, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    if value.is_null() {
        return Ok(());
    }
    if entry.capabilities.reasoning {
        return Err(Wrong::unsupported("stop", ""));
    }
    asked.stop = match value {
        Value::String(text) => vec![text],
        Value::Array(texts) => texts.iter().filter_map(Value::as_str).collect(),
        other => return Err(Wrong::kind("stop", "one of a string or array of strings", other)),
    };
    if asked.stop.len() > 4 {
        let message = format!(
            "Invalid 'stop': array too long. Expected an array with maximum length 4, but got an array with length {} instead.",
            asked.stop.len()
        );
        return Err(Wrong::new("stop", Some("array_above_max_length"), message));
    }
    Ok(())
}

pub(in crate::vendor) fn tools<'a>(body: &'a Value, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    for (place, tool) in body["tools"].as_array().into_iter().flatten().enumerate() {
        let at = format!("tools[{place}]");
        if tool["type"] != "function" {
            let got = tool["type"].as_str().unwrap_or_default();
            return Err(Wrong::choice(&format!("{at}.type"), got, "'function' and 'custom'"));
        }
        if !tool["function"].is_object() {
            return Err(Wrong::missing(&format!("{at}.function")));
        }
        params::function(&tool["function"], &format!("{at}.function"), asked)?;
    }
    let choice = &body["tool_choice"];
    params::choice(choice, &choice["function"]["name"], asked)
}

pub(in crate::vendor) fn format<'a>(body: &'a Value, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    let format = &body["response_format"];
    match format["type"].as_str() {
        None if format.is_null() => Ok(()),
        Some("text") => Ok(()),
        Some("json_object") if super::mentions(body, "json") => {
            asked.json = true;
            Ok(())
        }
        Some("json_object") => Err(Wrong::new(
            "messages",
            None,
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
        )),
        Some("json_schema") if !format["json_schema"].is_object() => {
            Err(Wrong::missing("response_format.json_schema"))
        }
        Some("json_schema") => params::json_schema(&format["json_schema"], "response_format", None, asked),
        Some(other) => {
            let choices = "'json_object', 'json_schema', and 'text'";
            Err(Wrong::choice("response_format.type", other, choices))
        }
        None => Err(Wrong::missing("response_format.type")),
    }
}

fn effort(body: &Value, entry: &CatalogModel, asked: &mut Asked<'_>) -> Result<(), Wrong> {
    let effort = &body["reasoning_effort"];
    if !effort.is_null() && !entry.capabilities.reasoning {
        return Err(Wrong::new("", None, "Unrecognized request argument supplied: reasoning_effort"));
    }
    asked.thinks = params::effort(effort, "reasoning_effort", entry)?;
    // https://developers.openai.com/api/docs/models/gpt-6-sol
    if entry.model_name.starts_with("gpt-6") && !asked.tools.is_empty() && effort != "none" {
        let message = "Function tools with reasoning_effort are not supported for this model in /v1/chat/completions. Please use /v1/responses instead.";
        return Err(Wrong::new("reasoning_effort", None, message));
    }
    Ok(())
}

/// Whether the input fits the window, known only when all is read.
pub(super) fn fits(body: &Value, entry: &CatalogModel, asked: &Asked<'_>) -> Result<(), Wrong> {
    let (window, tokens) = (entry.context_window, asked.input_tokens());
    if tokens <= window {
        return Ok(());
    }
    let place = if body["messages"].is_array() { "messages" } else { "input" };
    let message = format!(
        "This model's maximum context length is {window} tokens. However, your messages resulted in {tokens} tokens. Please reduce the length of the messages."
    );
    Err(Wrong::new(place, Some("context_length_exceeded"), message))
}
