//! Gemini's older form of a schema, a subset of OpenAPI 3.0, as JSON Schema: types in capitals, `nullable`, and whole
//! numbers as text.

use serde_json::{Map, Value, json};

/// The same schema as JSON Schema.
pub(super) fn json_schema(schema: Value) -> Value {
    let Value::Object(fields) = schema else { return schema };
    let nullable = fields.get("nullable") == Some(&Value::Bool(true));
    let mut converted: Map<String, Value> = fields.into_iter().filter_map(field).collect();
    if nullable && let Some(Value::String(of)) = converted.remove("type") {
        converted.insert("type".to_owned(), json!([of, "null"]));
    }
    Value::Object(converted)
}

fn field((name, value): (String, Value)) -> Option<(String, Value)> {
    let (name, value) = match (name.as_str(), value) {
        ("nullable" | "propertyOrdering" | "property_ordering", _) => return None,
        ("type", Value::String(of)) => (name, Value::String(of.to_ascii_lowercase())),
        ("properties" | "$defs" | "defs", Value::Object(fields)) => {
            (name, fields.into_iter().map(|(key, one)| (key, json_schema(one))).collect())
        }
        ("anyOf" | "any_of", Value::Array(all)) => {
            ("anyOf".to_owned(), all.into_iter().map(json_schema).collect())
        }
        ("items", one) => (name, json_schema(one)),
        ("minItems" | "maxItems" | "minLength" | "maxLength" | "minProperties" | "maxProperties", one) => {
            (name, number(one))
        }
        (_, value) => (name, value),
    };
    Some((name, value))
}

fn number(value: Value) -> Value {
    let read = value.as_str().and_then(|text| text.parse::<u64>().ok());
    read.map_or(value, Value::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_form_becomes_json_schema() {
        let older = json!({"type": "OBJECT", "propertyOrdering": ["a"], "required": ["a"], "properties": {
            "a": {"type": "ARRAY", "minItems": "1", "items": {"type": "STRING", "nullable": true}},
            "type": {"anyOf": [{"type": "INTEGER"}, {"type": "NULL"}]}}});
        assert_eq!(
            json_schema(older),
            json!({"type": "object", "required": ["a"], "properties": {
                "a": {"type": "array", "minItems": 1, "items": {"type": ["string", "null"]}},
                "type": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}})
        );
    }
}
