//! The shapes of refusals, one of each face.

use serde_json::{Map, Value, json};

use crate::http::fault::Face;

/// The name of a face's schema.
pub(super) fn name(face: Face) -> &'static str {
    match face {
        Face::OpenAi => "OpenAiError",
        Face::Claude => "AnthropicError",
        Face::Gemini => "GeminiError",
        Face::Tasks => "TaskRefusal",
    }
}

pub(super) fn schemas() -> Map<String, Value> {
    let text = json!({ "type": "string" });
    let limit = json!({ "$ref": "#/components/schemas/LimitReached" });
    let open_ai = object(
        &[
            ("message", &text),
            ("type", &text),
            ("param", &json!({ "type": ["string", "null"] })),
            ("code", &text),
        ],
        &[("limit", &limit)],
    );
    let claude = object(&[("type", &text), ("message", &text)], &[("details", &limit)]);
    let details = json!({ "type": "array", "items": { "type": "object" } });
    let gemini = object(
        &[("code", &json!({ "type": "integer" })), ("message", &text), ("status", &text)],
        &[("details", &details)],
    );
    let task = object(
        &[("code", &text), ("message", &text), ("advice", &text)],
        &[("field", &text), ("limit", &limit)],
    );
    let limit = object(
        &[
            ("kind", &text),
            ("cap", &text),
            ("used", &text),
            ("left", &text),
            ("resets_at", &json!({ "type": ["string", "null"] })),
        ],
        &[],
    );
    let schemas = [
        (name(Face::OpenAi), object(&[("error", &open_ai)], &[])),
        (
            name(Face::Claude),
            object(&[("type", &json!({ "const": "error" })), ("error", &claude), ("request_id", &text)], &[]),
        ),
        (name(Face::Gemini), object(&[("error", &gemini)], &[])),
        (name(Face::Tasks), object(&[("success", &json!({ "const": false })), ("error", &task)], &[])),
        ("LimitReached", limit),
    ];
    schemas.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

/// An object with these fields, and others at times.
fn object(always: &[(&str, &Value)], at_times: &[(&str, &Value)]) -> Value {
    let required: Vec<&str> = always.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> =
        always.iter().chain(at_times).map(|(name, schema)| ((*name).to_owned(), (*schema).clone())).collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

#[cfg(test)]
mod tests {
    use model::limits::{LimitKind, LimitState};

    use super::*;
    use crate::http::fault::{Fault, Kind, body};

    /// Fields that a schema demands are there, and those that are there are known to it.
    fn assert_holds(schemas: &Map<String, Value>, schema: &Value, value: &Value) {
        let named = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
        let schema = named.map_or(schema, |name| &schemas[name]);
        let Some(properties) = schema["properties"].as_object() else { return };
        for name in schema["required"].as_array().into_iter().flatten() {
            assert!(value.get(name.as_str().unwrap()).is_some(), "{name} in {value}");
        }
        for (name, field) in value.as_object().unwrap() {
            assert_holds(schemas, properties.get(name).unwrap_or_else(|| panic!("{name} in {value}")), field);
        }
    }

    #[test]
    fn refusals_are_of_the_shape_that_is_described() {
        let schemas = schemas();
        let limit = LimitState { kind: LimitKind::DailyTokens, cap: 10, used: 10, resets_at: None };
        let mut of_limit = Fault::new(Kind::LimitReached, "a limit is reached", "Wait.").after(Some(1));
        of_limit.limit = Some(Box::new(limit));
        for fault in [of_limit, Fault::bad("model", "model is missing", "Send it.")] {
            for face in [Face::OpenAi, Face::Claude, Face::Gemini, Face::Tasks] {
                let written = serde_json::from_slice(&body(&fault, face, "r")).unwrap();
                assert_holds(&schemas, &schemas[name(face)], &written);
            }
        }
    }
}
