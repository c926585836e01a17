//! Everything of a `generateContent` request but its contents.

use model::CatalogModel;
use serde_json::Value;

use super::{failure::Wrong, field, schema};
use crate::generate::{Asked, Choice, Tool};

pub(super) const TOP: [&str; 10] = [
    "model",
    "contents",
    "systemInstruction",
    "generationConfig",
    "safetySettings",
    "tools",
    "toolConfig",
    "cachedContent",
    "labels",
    "serviceTier",
];
const CONFIG: [&str; 22] = [
    "candidateCount",
    "enableEnhancedCivicAnswers",
    "frequencyPenalty",
    "imageConfig",
    "logprobs",
    "maxOutputTokens",
    "mediaResolution",
    "presencePenalty",
    "responseFormat",
    "responseJsonSchema",
    "responseLogprobs",
    "responseMimeType",
    "responseModalities",
    "responseSchema",
    "seed",
    "speechConfig",
    "stopSequences",
    "temperature",
    "thinkingConfig",
    "topK",
    "topP",
    "_responseJsonSchema",
];

pub(super) fn read<'a>(body: &'a Value, entry: &CatalogModel, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    field::known(body, &TOP, "")?;
    let config = field::get(body, "generationConfig");
    field::known(config, &CONFIG, "generation_config")?;
    let temperature = &config["temperature"];
    if !temperature.is_null() && !temperature.as_f64().is_some_and(|number| (0.0..=2.0).contains(&number)) {
        return Err(Wrong::argument(
            "* GenerateContentRequest.generation_config.temperature: temperature must be in the range [0.0, 2.0].\n",
        ));
    }
    most_tokens(field::get(config, "maxOutputTokens"), entry, asked)?;
    stop(field::get(config, "stopSequences"), asked)?;
    format(config, asked)?;
    thinking(field::get(config, "thinkingConfig"), entry, asked)?;
    tools(&body["tools"], asked)?;
    choice(field::get(field::get(body, "toolConfig"), "functionCallingConfig"), asked)
}

fn most_tokens(value: &Value, entry: &CatalogModel, asked: &mut Asked<'_>) -> Result<(), Wrong> {
    if value.is_null() {
        return Ok(());
    }
    let cap = entry.max_output_tokens;
    let out_of_range = || {
        Wrong::argument(format!(
            "* GenerateContentRequest.generation_config.max_output_tokens: max_output_tokens must be in the range [1, {cap}].\n"
        ))
    };
    asked.max_output = Some(value.as_u64().filter(|most| (1..=cap).contains(most)).ok_or_else(out_of_range)?);
    Ok(())
}

fn stop<'a>(value: &'a Value, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    asked.stop = value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if asked.stop.len() > 5 {
        return Err(Wrong::argument(
            "* GenerateContentRequest.generation_config.stop_sequences: the number of stop_sequences must be at most 5.\n",
        ));
    }
    Ok(())
}

/// Of the two kinds of schema, one may be set, and only for JSON.
fn format<'a>(config: &'a Value, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    let own = field::get(config, "responseSchema");
    let json = match field::get(config, "responseJsonSchema") {
        Value::Null => &config["_responseJsonSchema"],
        schema => schema,
    };
    let media_type = field::get(config, "responseMimeType").as_str().unwrap_or("text/plain");
    let wanted = match (own, json) {
        (Value::Null, Value::Null) => None,
        (own, Value::Null) => {
            schema::check(own, "generation_config.response_schema")?;
            Some(own)
        }
        (Value::Null, json) => Some(json),
        _ => {
            return Err(Wrong::argument(
                "Only one of `response_schema` and `response_json_schema` may be set in generation_config.",
            ));
        }
    };
    if !["text/plain", "application/json", "text/x.enum"].contains(&media_type) {
        return Err(Wrong::argument(format!(
            "* GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are `text/plain`, `application/json`, `application/xml`, `application/yaml` and `text/x.enum`. Got `{media_type}`.\n"
        )));
    }
    if wanted.is_some() && media_type == "text/plain" {
        return Err(Wrong::argument(
            "* GenerateContentRequest.generation_config.response_schema: only allowed when response_mime_type is `application/json`.\n",
        ));
    }
    asked.schema = wanted;
    asked.json = media_type == "application/json";
    Ok(())
}

/// A budget up to 2.5, a level from 3 on, and never both.
fn thinking(config: &Value, entry: &CatalogModel, asked: &mut Asked<'_>) -> Result<(), Wrong> {
    field::known(
        config,
        &["includeThoughts", "thinkingBudget", "thinkingLevel"],
        "generation_config.thinking_config",
    )?;
    let budget = field::get(config, "thinkingBudget");
    let level = field::get(config, "thinkingLevel");
    if !budget.is_null() && !level.is_null() {
        return Err(Wrong::argument("You can only set only one of thinking budget and thinking level."));
    }
    let by_budget = entry.model_name.starts_with("gemini-2.5");
    if !level.is_null() && by_budget {
        return Err(Wrong::argument("Thinking level is not supported for this model."));
    }
    if !level.is_null() {
        let name = level.as_str().unwrap_or_default().to_ascii_uppercase();
        if !["MINIMAL", "LOW", "MEDIUM", "HIGH"].contains(&name.as_str()) {
            return Err(Wrong::argument(format!(
                "Invalid value at 'generation_config.thinking_config.thinking_level' (type.googleapis.com/google.ai.generativelanguage.v1beta.ThinkingConfig.ThinkingLevel), \"{name}\""
            )));
        }
    }
    let budget = budget.as_i64();
    if budget == Some(0) && entry.model_name.contains("2.5-pro") {
        return Err(Wrong::argument("Budget 0 is invalid. This model only works in thinking mode."));
    }
    let shown = field::get(config, "includeThoughts") == true;
    asked.thinks =
        !level.is_null() || budget.is_some_and(|budget| budget != 0) || (shown && budget != Some(0));
    Ok(())
}

fn tools<'a>(tools: &'a Value, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    for (place, tool) in tools.as_array().into_iter().flatten().enumerate() {
        let at = format!("tools[{place}]");
        let known = [
            "functionDeclarations",
            "googleSearch",
            "googleSearchRetrieval",
            "codeExecution",
            "urlContext",
            "computerUse",
            "fileSearch",
            "googleMaps",
        ];
        field::known(tool, &known, &at)?;
        let functions = field::get(tool, "functionDeclarations").as_array().into_iter().flatten();
        for (number, function) in functions.enumerate() {
            declaration(function, &format!("{at}.function_declarations[{number}]"), asked)?;
        }
    }
    Ok(())
}

fn declaration<'a>(function: &'a Value, at: &str, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    let known = [
        "name",
        "description",
        "parameters",
        "parametersJsonSchema",
        "response",
        "responseJsonSchema",
        "behavior",
    ];
    field::known(function, &known, at)?;
    let name = function["name"].as_str().unwrap_or_default();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte);
    let begins = name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    if !begins || name.len() > 128 || !name.bytes().all(is_name) {
        return Err(Wrong::argument(format!(
            "* GenerateContentRequest.{at}.name: Invalid function name. Must start with a letter or an underscore. Must be alphameric (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum length of 128.\n"
        )));
    }
    let own = field::get(function, "parameters");
    let json = field::get(function, "parametersJsonSchema");
    let schema = match (own, json) {
        (Value::Null, Value::Null) => None,
        (own, Value::Null) => {
            schema::check(own, &format!("{at}.parameters"))?;
            Some(own)
        }
        (Value::Null, json) => Some(json),
        _ => {
            return Err(Wrong::argument(format!(
                "* GenerateContentRequest.{at}: parameters and parameters_json_schema must not both be set.\n"
            )));
        }
    };
    asked.tools.push(Tool { name, schema });
    Ok(())
}

fn choice<'a>(config: &'a Value, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    let allowed: Vec<&str> = field::get(config, "allowedFunctionNames")
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if let Some(unknown) = allowed.iter().find(|name| !asked.tools.iter().any(|tool| tool.name == **name)) {
        return Err(Wrong::argument(format!(
            "* GenerateContentRequest.tool_config.function_calling_config.allowed_function_names: \"{unknown}\" is not among the declared functions.\n"
        )));
    }
    asked.choice = match config["mode"].as_str().unwrap_or("AUTO") {
        "AUTO" | "MODE_UNSPECIFIED" if allowed.is_empty() => Choice::Auto,
        "NONE" => Choice::None,
        "ANY" | "VALIDATED" => allowed.first().map_or(Choice::Any, |name| Choice::Named(name)),
        "AUTO" | "MODE_UNSPECIFIED" => {
            return Err(Wrong::argument(
                "Please set allowed_function_names only when function calling mode is ANY.",
            ));
        }
        other => {
            return Err(Wrong::argument(format!(
                "Invalid value at 'tool_config.function_calling_config.mode' (type.googleapis.com/google.ai.generativelanguage.v1beta.FunctionCallingConfig.Mode), \"{other}\""
            )));
        }
    };
    Ok(())
}
