//! JSON made up to satisfy a schema: every property, one item per array, the smallest number, the first choice.
//! Not here: `pattern`, `not` and conditions, which a made-up value may break.

use serde_json::{Map, Value, json};

/// Deeper than this, only what is required is filled in, so that a schema that holds itself comes to an end.
const OPTIONAL_DEPTH: usize = 5;
const DEPTH: usize = 24;

pub(super) fn of_schema(schema: &Value) -> Value {
    Maker { root: schema }.make(schema, "value", 0)
}

/// JSON that breaks almost any schema of this type.
pub(super) fn breaking(schema: &Value) -> Value {
    match kind(schema).as_str() {
        "object" => json!(["not what was asked for"]),
        _ => json!({"unexpected": true}),
    }
}

struct Maker<'a> {
    root: &'a Value,
}

impl Maker<'_> {
    /// `name` is that of the property, for texts.
    fn make(&self, schema: &Value, name: &str, depth: usize) -> Value {
        if depth > DEPTH {
            return Value::Null;
        }
        if let Some(target) = schema["$ref"].as_str().and_then(|path| self.target(path)) {
            return self.make(target, name, depth + 1);
        }
        if let Some(fixed) = schema.get("const").or_else(|| schema["enum"].get(0)) {
            return fixed.clone();
        }
        if let Some(first) = first_choice(schema) {
            return self.make(first, name, depth + 1);
        }
        match kind(schema).as_str() {
            "object" => self.object(schema, depth),
            "array" => self.array(schema, name, depth),
            "string" => Value::String(text(schema, name)),
            "integer" => json!(number(schema).ceil() as i64),
            "number" => json!(number(schema)),
            "boolean" => json!(true),
            _ => Value::Null,
        }
    }

    fn target(&self, path: &str) -> Option<&Value> {
        self.root.pointer(path.strip_prefix('#')?)
    }

    fn object(&self, schema: &Value, depth: usize) -> Value {
        let mut out = Map::new();
        for part in schemas_of(schema) {
            let required =
                |name: &str| part["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
            for (name, property) in part["properties"].as_object().into_iter().flatten() {
                if depth < OPTIONAL_DEPTH || required(name) {
                    out.insert(name.clone(), self.make(property, name, depth + 1));
                }
            }
        }
        Value::Object(out)
    }

    fn array(&self, schema: &Value, name: &str, depth: usize) -> Value {
        if let Some(places) = schema["prefixItems"].as_array() {
            return places.iter().map(|place| self.make(place, name, depth + 1)).collect();
        }
        let least = schema["minItems"].as_u64().unwrap_or(0);
        let most = schema["maxItems"].as_u64().unwrap_or(u64::MAX);
        let wished = if depth < OPTIONAL_DEPTH && schema["items"].is_object() { 1 } else { 0 };
        let count = least.max(wished).min(most.max(least));
        (0..count).map(|_| self.make(&schema["items"], name, depth + 1)).collect()
    }
}

/// The schema itself and what `allOf` adds to it.
fn schemas_of(schema: &Value) -> impl Iterator<Item = &Value> {
    std::iter::once(schema).chain(schema["allOf"].as_array().into_iter().flatten())
}

/// The first of several schemas that is not null's.
fn first_choice(schema: &Value) -> Option<&Value> {
    let choices = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array())?;
    choices.iter().find(|choice| kind(choice) != "null").or(choices.first())
}

/// The first type that is not null, in lower case: Gemini's own schemas write `OBJECT`.
fn kind(schema: &Value) -> String {
    let several = schema["type"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let named = schema["type"].as_str().or_else(|| several.clone().find(|name| *name != "null"));
    match named {
        Some(name) => name.to_ascii_lowercase(),
        None if schemas_of(schema).any(|part| part.get("properties").is_some()) => "object".to_owned(),
        None if schema.get("items").is_some() => "array".to_owned(),
        None => "string".to_owned(),
    }
}

fn text(schema: &Value, name: &str) -> String {
    let of_format = match schema["format"].as_str().unwrap_or_default() {
        "date" => "2026-11-24",
        "date-time" => "2026-11-24T09:30:00Z",
        "time" => "09:30:00Z",
        "email" => "someone@example.com",
        "uri" | "url" => "https://example.com/",
        "uuid" => "5f1d6c0e-0f6b-4a53-9c69-0d7f8a2b1c3d",
        _ => "",
    };
    let mut text = if of_format.is_empty() { name.replace('_', " ") } else { of_format.to_owned() };
    let length = |name: &str| schema[name].as_u64().and_then(|length| usize::try_from(length).ok());
    while text.chars().count() < length("minLength").unwrap_or(0) {
        text.push('x');
    }
    text.chars().take(length("maxLength").unwrap_or(usize::MAX)).collect()
}

/// The smallest number allowed, from 1 where nothing is said.
fn number(schema: &Value) -> f64 {
    let bound = |name: &str| schema[name].as_f64();
    let least = bound("minimum").or_else(|| bound("exclusiveMinimum").map(|least| least + 1.0));
    let most = bound("maximum").or_else(|| bound("exclusiveMaximum").map(|most| most - 1.0));
    let wanted = least.unwrap_or_else(|| most.map_or(1.0, |most| most.min(1.0)));
    let chosen = most.map_or(wanted, |most| wanted.min(most));
    bound("multipleOf").map_or(chosen, |step| (chosen / step).ceil() * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_follows_the_schema() {
        let schema = json!({"type": "object", "properties": {
            "job_title": {"type": "string"}, "level": {"enum": ["senior", "junior"]},
            "salary": {"type": ["null", "integer"], "minimum": 3}, "remote": {"type": "boolean"},
            "skills": {"type": "array", "items": {"$ref": "#/$defs/skill"}, "minItems": 2},
            "end": {"anyOf": [{"type": "null"}, {"type": "string", "format": "date"}]},
            "ratio": {"type": "number", "exclusiveMinimum": 0, "maximum": 0.5},
        }, "$defs": {"skill": {"type": "string", "maxLength": 3}}});
        assert_eq!(
            of_schema(&schema),
            json!({"job_title": "job title", "level": "senior", "salary": 3, "remote": true,
                "skills": ["ski", "ski"], "end": "2026-11-24", "ratio": 0.5})
        );
        assert_eq!(breaking(&schema), json!(["not what was asked for"]));
    }

    #[test]
    fn geminis_own_types_are_read_and_a_schema_that_holds_itself_ends() {
        assert_eq!(of_schema(&json!({"type": "ARRAY", "items": {"type": "INTEGER"}})), json!([1]));
        let tree = json!({"type": "object", "required": ["name"], "properties": {
            "name": {"type": "string"}, "children": {"type": "array", "items": {"$ref": "#"}}}});
        let made = of_schema(&tree);
        assert_eq!(
            (made["name"].as_str(), made["children"][0]["name"].as_str()),
            (Some("name"), Some("name"))
        );
    }
}
