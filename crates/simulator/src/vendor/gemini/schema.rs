//! Gemini's own schema, a part of OpenAPI's: it knows few words and refuses all others.

use serde_json::Value;

use super::{failure::Wrong, field};

const WORDS: [&str; 21] = [
    "anyOf",
    "default",
    "description",
    "enum",
    "example",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "nullable",
    "pattern",
    "properties",
    "propertyOrdering",
    "required",
    "title",
];
const TYPES: [&str; 7] = ["STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL"];

/// `place` is where in the body.
pub(super) fn check(schema: &Value, place: &str) -> Result<(), Wrong> {
    field::known(schema, &[&WORDS[..], &["type"]].concat(), place)?;
    match &schema["type"] {
        Value::Null => {}
        Value::String(name) if TYPES.contains(&name.to_ascii_uppercase().as_str()) => {}
        other => {
            let name = other.as_str().map_or_else(|| other.to_string(), str::to_owned);
            return Err(Wrong::argument(format!(
                "Invalid value at '{place}.type' (type.googleapis.com/google.ai.generativelanguage.v1beta.Type), \"{name}\""
            )));
        }
    }
    for (number, (_, inner)) in schema["properties"].as_object().into_iter().flatten().enumerate() {
        check(inner, &format!("{place}.properties[{number}].value"))?;
    }
    if let Some(items) = schema.get("items") {
        check(items, &format!("{place}.items"))?;
    }
    for (number, choice) in field::get(schema, "anyOf").as_array().into_iter().flatten().enumerate() {
        check(choice, &format!("{place}.any_of[{number}]"))?;
    }
    Ok(())
}
