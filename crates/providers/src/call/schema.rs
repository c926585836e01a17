//! JSON schemas: whether one is strict enough for OpenAI, closed as Claude wants it, and whether an answer holds to
//! one where the vendor does not see to it.

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Map, Value, json};

/// Keywords that OpenAI takes in no strict schema.
const NOT_STRICT: [&str; 10] = [
    "allOf",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "not",
    "oneOf",
    "patternProperties",
    "then",
    "unevaluatedProperties",
];
/// Where a schema holds schemas by name.
const NAMED: [&str; 3] = ["properties", "$defs", "definitions"];
/// Where a schema holds a list of schemas.
const LISTED: [&str; 3] = ["anyOf", "allOf", "oneOf"];

/// Whether OpenAI takes it as strict: an object that leaves nothing open. Anything else is sent as not strict, which
/// holds the model less but never changes what the schema means.
pub(crate) fn is_strict(schema: &Value) -> bool {
    schema["type"] == "object" && is_strict_within(schema)
}

fn is_strict_within(schema: &Value) -> bool {
    let Some(fields) = schema.as_object() else { return false };
    if NOT_STRICT.iter().any(|word| fields.contains_key(*word)) {
        return false;
    }
    if is_object(schema) && (schema["additionalProperties"] != false || !requires_all(schema)) {
        return false;
    }
    inner(schema).all(is_strict_within)
}

fn requires_all(schema: &Value) -> bool {
    let required = |name: &String| {
        schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name.as_str()))
    };
    schema["properties"].as_object().is_none_or(|properties| properties.keys().all(required))
}

fn is_object(schema: &Value) -> bool {
    match &schema["type"] {
        Value::String(kind) => kind == "object",
        Value::Array(kinds) => kinds.iter().any(|kind| kind == "object"),
        _ => schema.get("properties").is_some(),
    }
}

fn inner(schema: &Value) -> impl Iterator<Item = &Value> {
    let named = NAMED.iter().filter_map(|name| schema[*name].as_object()).flat_map(Map::values);
    let listed = LISTED.iter().filter_map(|name| schema[*name].as_array()).flatten();
    named.chain(listed).chain(schema.get("items"))
}

/// Whether an object is left open on purpose, so that it cannot be closed without changing what is asked for.
pub(crate) fn is_open(schema: &Value) -> bool {
    let open = |value: &Value| !value.is_null() && value != false;
    (is_object(schema) && open(&schema["additionalProperties"])) || inner(schema).any(is_open)
}

/// The schema with every object closed that says nothing about it. What fits it fits the original.
pub(crate) fn closed(schema: &Value) -> Value {
    let Value::Object(fields) = schema else { return schema.clone() };
    let mut fields = fields.clone();
    if is_object(schema) && !fields.contains_key("additionalProperties") {
        fields.insert("additionalProperties".to_owned(), json!(false));
    }
    for name in NAMED {
        if let Some(Value::Object(held)) = fields.get_mut(name) {
            held.values_mut().for_each(|inner| *inner = closed(inner));
        }
    }
    for name in LISTED {
        if let Some(Value::Array(held)) = fields.get_mut(name) {
            held.iter_mut().for_each(|inner| *inner = closed(inner));
        }
    }
    if let Some(items) = fields.get_mut("items") {
        *items = closed(items);
    }
    fields.into()
}

/// A schema that answers are checked against.
pub(crate) struct Check {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Check {
    /// `None` when it is no schema. Nothing outside of it is loaded, whatever it refers to.
    pub(crate) fn new(schema: &Value) -> Option<Self> {
        const PLACE: &str = "signalbox:/answer.json";
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.use_loader(Box::new(Nothing));
        compiler.add_resource(PLACE, schema.clone()).ok()?;
        let index = compiler.compile(PLACE, &mut schemas).ok()?;
        Some(Self { schemas, index })
    }

    /// Whether the text is JSON that fits.
    pub(crate) fn holds(&self, text: &str) -> bool {
        let value = serde_json::from_str(text);
        value.is_ok_and(|value| self.schemas.validate(&value, self.index).is_ok())
    }
}

/// Whether an answer is JSON that holds to a schema. What is no schema asks for JSON and nothing more.
pub fn holds(schema: &Value, text: &str) -> bool {
    match Check::new(schema) {
        Some(check) => check.holds(text),
        None => serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(),
    }
}

struct Nothing;

impl boon::UrlLoader for Nothing {
    fn load(&self, _: &str) -> Result<Value, Box<dyn std::error::Error>> {
        Err("nothing is loaded".into())
    }
}

/// The JSON of an answer that was only told to be JSON: models like to put it into a fence.
pub(crate) fn unfenced(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix("```").and_then(|rest| rest.strip_suffix("```"));
    inner.map_or(text, |inner| inner.strip_prefix("json").unwrap_or(inner).trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(properties: &Value, required: &Value) -> Value {
        json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
    }

    #[test]
    fn a_schema_is_strict_when_it_leaves_nothing_open() {
        let text = json!({"type": "string"});
        let strict = object(&json!({"a": text}), &json!(["a"]));
        assert!(is_strict(&strict));
        let open = json!({"type": "object", "properties": {"a": text}, "required": ["a"]});
        for loose in [
            open.clone(),
            object(&json!({"a": text}), &json!([])),
            object(&json!({"a": open}), &json!(["a"])),
            object(&json!({"a": {"type": "array", "items": open}}), &json!(["a"])),
            object(&json!({"a": {"oneOf": []}}), &json!(["a"])),
            json!({"type": "array", "items": strict}),
            json!(true),
        ] {
            assert!(!is_strict(&loose), "{loose}");
        }
    }

    #[test]
    fn closing_leaves_alone_what_is_open_on_purpose() {
        let schema =
            json!({"type": "object", "properties": {"a": {"type": "array", "items": {"properties": {}}}}});
        let shut = closed(&schema);
        assert_eq!((&shut["additionalProperties"], is_open(&schema)), (&json!(false), false));
        assert_eq!(shut["properties"]["a"]["items"]["additionalProperties"], false);
        let map = json!({"type": "object", "additionalProperties": {"type": "string"}});
        assert!(is_open(&map));
        assert_eq!(closed(&map), map);
    }

    #[test]
    fn an_answer_is_checked_against_the_whole_schema() {
        let schema = object(&json!({"age": {"type": "integer", "minimum": 3}}), &json!(["age"]));
        let check = Check::new(&schema).unwrap();
        assert!(check.holds(r#"{"age": 3}"#));
        for bad in [r#"{"age": 2}"#, r#"{"age": "3"}"#, "{}", r#"{"age": 3, "b": 1}"#, "{\"age\": 3", "sorry"]
        {
            assert!(!check.holds(bad), "{bad}");
        }
        assert!(Check::new(&json!({"type": "no such type"})).is_none());
        assert!(Check::new(&json!({"$ref": "https://example.com/schema.json"})).is_none());
        assert!(Check::new(&json!({"$ref": "file:///etc/passwd"})).is_none());
    }

    #[test]
    fn what_is_no_schema_asks_for_json_and_nothing_more() {
        let none = json!({"type": "no such type"});
        assert!(holds(&none, r#"{"age": 2}"#) && !holds(&none, "{\"age\": 2"));
        let some = json!({"type": "array"});
        assert!(holds(&some, "[]") && !holds(&some, "{}"));
    }

    #[test]
    fn a_fence_around_json_is_taken_off() {
        assert_eq!(unfenced("```json\n{\"a\":1}\n```\n"), "{\"a\":1}");
        assert_eq!(unfenced("```\n[]\n```"), "[]");
        assert_eq!(unfenced(" {} "), "{}");
    }
}
