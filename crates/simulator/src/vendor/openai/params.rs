//! Parameters that Chat Completions and Responses have in common: numbers, effort, tools and their choice.

use model::CatalogModel;
use serde_json::Value;

use super::{failure::Wrong, schema};
use crate::generate::{Asked, Choice, Tool};

/// The first name that the endpoint does not have.
pub(super) fn unknown<'a>(body: &'a Value, known: &[&str]) -> Option<&'a str> {
    body.as_object()?.keys().map(String::as_str).find(|name| !known.contains(name))
}

/// A whole number within bounds; `null` counts as missing.
pub(super) fn whole(body: &Value, name: &str, least: u64) -> Result<Option<u64>, Wrong> {
    let value = &body[name];
    if value.is_null() {
        return Ok(None);
    }
    let number = value.as_i64().ok_or_else(|| Wrong::kind(name, "an integer", value))?;
    let below = || {
        let message = format!(
            "Invalid '{name}': integer below minimum value. Expected a value >= {least}, but got {number} instead."
        );
        Wrong::new(name, Some("integer_below_min_value"), message)
    };
    u64::try_from(number).ok().filter(|number| *number >= least).map(Some).ok_or_else(below)
}

/// Temperature and `top_p`: within their bounds, and where a model has no sampling, not at all. `refused` makes the
/// refusal, which differs between the endpoints.
pub(super) fn sampling(
    body: &Value,
    entry: &CatalogModel,
    refused: impl Fn(&str, &Value) -> Wrong,
) -> Result<(), Wrong> {
    for (name, most) in [("temperature", 2.0), ("top_p", 1.0)] {
        let value = &body[name];
        if value.is_null() {
            continue;
        }
        let number = value.as_f64().ok_or_else(|| Wrong::kind(name, "a decimal", value))?;
        let out = |code, relation, sign, bound| {
            let message = format!(
                "Invalid '{name}': decimal {relation} value. Expected a value {sign} {bound}, but got {value} instead."
            );
            Wrong::new(name, Some(code), message)
        };
        if number < 0.0 {
            return Err(out("decimal_below_min_value", "below minimum", ">=", 0.0));
        }
        if number > most {
            return Err(out("decimal_above_max_value", "above maximum", "<=", most));
        }
        // The default is taken even by models that know nothing else.
        if !entry.capabilities.sampling_params && number != 1.0 {
            return Err(refused(name, value));
        }
    }
    Ok(())
}

/// Whether the effort asks for thinking. `value` is the field at `param`.
pub(super) fn effort(value: &Value, param: &str, entry: &CatalogModel) -> Result<bool, Wrong> {
    if value.is_null() {
        return Ok(false);
    }
    let effort = value.as_str().ok_or_else(|| Wrong::kind(param, "a string", value))?;
    if !["none", "minimal", "low", "medium", "high", "xhigh", "max"].contains(&effort) {
        let choices = "'none', 'minimal', 'low', 'medium', 'high', 'xhigh', and 'max'";
        return Err(Wrong::choice(param, effort, choices));
    }
    let newest = ["gpt-6.1", "gpt-6.2"].iter().any(|family| entry.model_name.starts_with(family));
    if effort == "none" && newest {
        let message = format!(
            "Unsupported value: '{param}' does not support 'none' with this model. Supported values are: 'low', 'medium', 'high', 'xhigh', and 'max'."
        );
        return Err(Wrong::new(param, Some("unsupported_value"), message));
    }
    Ok(effort != "none")
}

/// One function. `fields` holds name and parameters, `param` is where.
pub(super) fn function<'a>(fields: &'a Value, param: &str, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    let name = fields["name"].as_str().ok_or_else(|| Wrong::missing(&format!("{param}.name")))?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if name.is_empty() || name.len() > 64 || !name.bytes().all(is_name) {
        let message = format!(
            "Invalid '{param}.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'."
        );
        return Err(Wrong::new(&format!("{param}.name"), Some("invalid_value"), message));
    }
    let schema = fields.get("parameters").filter(|schema| !schema.is_null());
    let strict = fields["strict"] == true;
    let fault = schema
        .and_then(|schema| if strict { schema::not_strict(schema) } else { schema::not_an_object(schema) });
    if let Some(fault) = fault {
        let message = format!("Invalid schema for function '{name}': {fault}");
        return Err(Wrong::new(&format!("{param}.parameters"), Some("invalid_function_parameters"), message));
    }
    asked.tools.push(Tool { name, schema });
    Ok(())
}

/// `name` is that of the function, where the value names one.
pub(super) fn choice<'a>(value: &'a Value, name: &'a Value, asked: &mut Asked<'a>) -> Result<(), Wrong> {
    if value.is_null() {
        return Ok(());
    }
    if asked.tools.is_empty() && value != "none" {
        let message =
            "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.";
        return Err(Wrong::new("tool_choice", None, message));
    }
    asked.choice = match (value.as_str(), name.as_str()) {
        (Some("auto"), _) => Choice::Auto,
        (Some("none"), _) => Choice::None,
        (Some("required"), _) => Choice::Any,
        (None, Some(name)) if asked.tools.iter().any(|tool| tool.name == name) => Choice::Named(name),
        (None, Some(name)) => {
            let message = format!("Tool choice 'function' not found in 'tools' parameter: '{name}'.");
            return Err(Wrong::new("tool_choice", None, message));
        }
        (Some(other), _) => {
            return Err(Wrong::choice("tool_choice", other, "'none', 'auto', and 'required'"));
        }
        (None, None) => return Err(Wrong::missing("tool_choice.name")),
    };
    Ok(())
}

/// The schema of a `json_schema` format. `format` holds name, schema and `strict`; `param` is where.
pub(super) fn json_schema<'a>(
    format: &'a Value,
    param: &str,
    schema_code: Option<&'static str>,
    asked: &mut Asked<'a>,
) -> Result<(), Wrong> {
    if asked.entry.is_some_and(|entry| !entry.capabilities.json_schema) {
        let message =
            format!("Invalid parameter: '{param}' of type 'json_schema' is not supported with this model.");
        return Err(Wrong::new(param, None, message));
    }
    let name = format["name"].as_str().ok_or_else(|| Wrong::missing(&format!("{param}.name")))?;
    let schema = format.get("schema").ok_or_else(|| Wrong::missing(&format!("{param}.schema")))?;
    let fault = if format["strict"] == true { schema::not_strict(schema) } else { None };
    if let Some(fault) = fault {
        let place = if schema_code.is_some() { format!("{param}.schema") } else { param.to_owned() };
        let message = format!("Invalid schema for response_format '{name}': {fault}");
        return Err(Wrong::new(&place, schema_code, message));
    }
    asked.schema = Some(schema);
    Ok(())
}
