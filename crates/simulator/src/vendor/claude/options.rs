//! Everything of a Messages request but its messages.

use ::model::CatalogModel;
use serde_json::Value;

use super::{failure::Wrong, tools};
use crate::generate::Asked;

const KNOWN: [&str; 20] = [
    "cache_control",
    "container",
    "context_management",
    "inference_geo",
    "max_tokens",
    "mcp_servers",
    "messages",
    "metadata",
    "model",
    "output_config",
    "service_tier",
    "speed",
    "stop_sequences",
    "stream",
    "system",
    "temperature",
    "thinking",
    "tool_choice",
    "tools",
    "top_k",
];
/// What counting does not have.
const NOT_COUNTED: [&str; 8] =
    ["max_tokens", "metadata", "service_tier", "stop_sequences", "stream", "temperature", "top_k", "top_p"];

pub(super) fn read<'a>(
    body: &'a Value,
    entry: &CatalogModel,
    counts: bool,
    asked: &mut Asked<'a>,
) -> Result<(), Wrong> {
    let is_known =
        |name: &str| (KNOWN.contains(&name) || name == "top_p") && !(counts && NOT_COUNTED.contains(&name));
    if let Some(name) = body.as_object().and_then(|body| body.keys().find(|name| !is_known(name))) {
        return Err(Wrong::new(format!("{name}: Extra inputs are not permitted")));
    }
    if !counts {
        most_tokens(body, entry, asked)?;
    }
    sampling(body, entry)?;
    stop(&body["stop_sequences"], asked)?;
    tools::read(body, asked)?;
    thinking(body, entry, asked)?;
    output(&body["output_config"], body, entry, asked)
}

fn most_tokens(body: &Value, entry: &CatalogModel, asked: &mut Asked<'_>) -> Result<(), Wrong> {
    let value = &body["max_tokens"];
    if value.is_null() {
        return Err(Wrong::missing("max_tokens"));
    }
    let number = value.as_i64().ok_or_else(|| Wrong::new("max_tokens: Input should be a valid integer"))?;
    let most = u64::try_from(number)
        .ok()
        .filter(|most| *most >= 1)
        .ok_or_else(|| Wrong::new("max_tokens: Input should be greater than or equal to 1"))?;
    if most > entry.max_output_tokens {
        return Err(Wrong::new(format!(
            "max_tokens: {most} > {}, which is the maximum allowed number of output tokens for {}",
            entry.max_output_tokens,
            crate::models::dated(&entry.model_name).unwrap_or(&entry.model_name)
        )));
    }
    asked.max_output = Some(most);
    Ok(())
}

fn sampling(body: &Value, entry: &CatalogModel) -> Result<(), Wrong> {
    for name in ["temperature", "top_p", "top_k"] {
        let value = &body[name];
        if value.is_null() {
            continue;
        }
        let number =
            value.as_f64().ok_or_else(|| Wrong::new(format!("{name}: Input should be a valid number")))?;
        if name != "top_k" && !(0.0..=1.0).contains(&number) {
            return Err(Wrong::new(format!("{name}: range: 0..1")));
        }
        // The default is taken even by models that know nothing else.
        if !entry.capabilities.sampling_params && (name == "top_k" || number != 1.0) {
            return Err(Wrong::new(format!("`{name}` is deprecated for this model.")));
        }
    }
    if !body["temperature"].is_null() && !body["top_p"].is_null() {
        let message =
            "`temperature` and `top_p` cannot both be specified for this model. Please use only one.";
        return Err(Wrong::new(message));
    }
    Ok(())
}

fn stop<'a>(value: &'a Value, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    if value.is_null() {
        return Ok(());
    }
    let texts = value.as_array().ok_or_else(|| Wrong::new("stop_sequences: Input should be a valid list"))?;
    asked.stop = texts.iter().filter_map(Value::as_str).collect();
    if asked.stop.iter().any(|stop| stop.trim().is_empty()) {
        return Err(Wrong::new("stop_sequences: each stop sequence must contain non-whitespace"));
    }
    Ok(())
}

/// Older models have a budget, newer ones an effort; those between take both.
fn thinking(body: &Value, entry: &CatalogModel, asked: &mut Asked<'_>) -> Result<(), Wrong> {
    let thinking = &body["thinking"];
    match thinking["type"].as_str() {
        None if thinking.is_null() => return Ok(()),
        Some("disabled") => return Ok(()),
        Some("adaptive") if is_old(entry) => {
            return Err(Wrong::new("adaptive thinking is not supported on this model"));
        }
        Some("adaptive") => {}
        Some("enabled") if !entry.capabilities.sampling_params => {
            return Err(Wrong::new(
                "\"thinking.type.enabled\" is not supported for this model. Use \"thinking.type.adaptive\" and \"output_config.effort\" to control thinking behavior.",
            ));
        }
        Some("enabled") => budget(&thinking["budget_tokens"], asked.max_output)?,
        _ => {
            let message = "thinking: Input tag found using 'type' does not match any of the expected tags: 'adaptive', 'disabled', 'enabled'";
            return Err(Wrong::new(message));
        }
    }
    if body["temperature"].as_f64().is_some_and(|temperature| temperature != 1.0) {
        let message = "`temperature` may only be set to 1 when thinking is enabled.";
        return Err(Wrong::new(message));
    }
    if ["any", "tool"].iter().any(|kind| body["tool_choice"]["type"] == *kind) {
        return Err(Wrong::new("Thinking may not be enabled when tool_choice forces tool use."));
    }
    asked.thinks = true;
    Ok(())
}

fn budget(value: &Value, max_tokens: Option<u64>) -> Result<(), Wrong> {
    let budget = value.as_u64().ok_or_else(|| Wrong::missing("thinking.enabled.budget_tokens"))?;
    if budget < 1024 {
        let message = "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024";
        return Err(Wrong::new(message));
    }
    if max_tokens.is_some_and(|most| most <= budget) {
        return Err(Wrong::new("`max_tokens` must be greater than `thinking.budget_tokens`."));
    }
    Ok(())
}

fn output<'a>(
    config: &'a Value,
    body: &Value,
    entry: &CatalogModel,
    asked: &mut Asked<'a>,
) -> Result<(), Wrong> {
    if let Some(name) = config.as_object().and_then(|config| {
        config.keys().find(|name| !["effort", "format", "task_budget"].contains(&name.as_str()))
    }) {
        return Err(Wrong::new(format!("output_config.{name}: Extra inputs are not permitted")));
    }
    if let Some(effort) = config["effort"].as_str() {
        effort_known(effort, entry)?;
        let disabled = body["thinking"]["type"] == "disabled";
        asked.thinks |= !entry.capabilities.sampling_params && !disabled;
    }
    let format = &config["format"];
    if format.is_null() {
        return Ok(());
    }
    if format["type"] != "json_schema" {
        return Err(Wrong::new("output_config.format.type: Input should be 'json_schema'"));
    }
    let schema = format.get("schema").ok_or_else(|| Wrong::missing("output_config.format.schema"))?;
    if let Some(fault) = tools::open_object(schema) {
        return Err(Wrong::new(format!("output_config.format.schema: {fault}")));
    }
    asked.schema = Some(schema);
    Ok(())
}

fn effort_known(effort: &str, entry: &CatalogModel) -> Result<(), Wrong> {
    let levels: &[&str] = match entry.model_name.as_str() {
        name if name.contains("opus-4-5") => &["high", "low", "medium"],
        _ if is_old(entry) => return Err(Wrong::new("This model does not support the effort parameter.")),
        name if name.contains("-4-6") => &["high", "low", "max", "medium"],
        _ => &["high", "low", "max", "medium", "xhigh"],
    };
    if levels.contains(&effort) {
        return Ok(());
    }
    let message = format!(
        "This model does not support effort level '{effort}'. Supported levels: {}.",
        levels.join(", ")
    );
    Err(Wrong::new(message))
}

/// The models of 200,000 tokens.
fn is_old(entry: &CatalogModel) -> bool {
    entry.context_window <= 200_000
}

/// Whether the input fits the window, and at older models with the output asked for.
pub(super) fn fits(entry: &CatalogModel, asked: &Asked<'_>) -> Result<(), Wrong> {
    let (input, window) = (asked.input_tokens(), entry.context_window);
    let most = asked.max_output.unwrap_or(0);
    if input > window {
        return Err(Wrong::new(format!("prompt is too long: {input} tokens > {window} maximum")));
    }
    if is_old(entry) && input + most > window {
        return Err(Wrong::new(format!(
            "input length and `max_tokens` exceed context limit: {input} + {most} > {window}, decrease input length or `max_tokens` and try again"
        )));
    }
    Ok(())
}
