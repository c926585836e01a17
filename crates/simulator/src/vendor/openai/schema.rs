//! What OpenAI demands of a schema: of any function's, an object; of a strict one, that it leaves nothing open.

use serde_json::Value;

/// Keywords that a strict schema may not have.
const NOT_PERMITTED: [&str; 10] = [
    "allOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "dependentRequired",
    "dependentSchemas",
    "patternProperties",
    "unevaluatedProperties",
];

/// Why a schema is not that of an object.
pub(super) fn not_an_object(schema: &Value) -> Option<String> {
    let kind = &schema["type"];
    (kind != "object").then(|| {
        let got = kind.as_str().map_or("\"None\"".to_owned(), |kind| format!("\"{kind}\""));
        format!("schema must be a JSON Schema of 'type: \"object\"', got 'type: {got}'.")
    })
}

/// Why a schema is not strict enough.
pub(super) fn not_strict(schema: &Value) -> Option<String> {
    not_an_object(schema).or_else(|| walk(schema, &mut Vec::new()))
}

fn walk<'a>(schema: &'a Value, path: &mut Vec<&'a str>) -> Option<String> {
    if let Some(word) = NOT_PERMITTED.iter().find(|word| schema.get(**word).is_some()) {
        return Some(format!("In context={}, '{word}' is not permitted.", context(path)));
    }
    if let Some(fault) = object(schema, path) {
        return Some(fault);
    }
    for holder in ["properties", "$defs", "definitions"] {
        for (name, inner) in schema[holder].as_object().into_iter().flatten() {
            path.extend([holder, name]);
            let fault = walk(inner, path);
            path.truncate(path.len() - 2);
            if fault.is_some() {
                return fault;
            }
        }
    }
    let items = schema.get("items").into_iter().map(|items| ("items", items));
    let choices = schema["anyOf"].as_array().into_iter().flatten().map(|choice| ("anyOf", choice));
    items.chain(choices).find_map(|(word, inner)| {
        path.push(word);
        let fault = walk(inner, path);
        path.pop();
        fault
    })
}

fn object(schema: &Value, path: &[&str]) -> Option<String> {
    let is_object = match &schema["type"] {
        Value::String(kind) => kind == "object",
        Value::Array(kinds) => kinds.iter().any(|kind| kind == "object"),
        _ => schema.get("properties").is_some(),
    };
    if !is_object {
        return None;
    }
    if schema["additionalProperties"] != false {
        return Some(format!(
            "In context={}, 'additionalProperties' is required to be supplied and to be false.",
            context(path)
        ));
    }
    let required =
        |name: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
    let missing = schema["properties"].as_object()?.keys().find(|name| !required(name))?;
    Some(format!(
        "In context={}, 'required' is required to be supplied and to be an array including every key in properties. Missing '{missing}'.",
        context(path)
    ))
}

/// As Python writes a tuple.
fn context(path: &[&str]) -> String {
    let parts: Vec<String> = path.iter().map(|part| format!("'{part}'")).collect();
    match parts.as_slice() {
        [only] => format!("({only},)"),
        _ => format!("({})", parts.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_strict_schema_leaves_nothing_open() {
        let inner = |inner: Value| json!({"type": "object", "properties": {"a": inner}, "required": ["a"], "additionalProperties": false});
        let open = json!({"type": "object", "properties": {}});
        assert_eq!(not_strict(&inner(json!({"type": "string"}))), None);
        assert_eq!(
            not_strict(&open).unwrap(),
            "In context=(), 'additionalProperties' is required to be supplied and to be false."
        );
        assert!(
            not_strict(&inner(open.clone())).unwrap().starts_with("In context=('properties', 'a'), 'add")
        );
        assert!(
            not_strict(&inner(json!({"type": "array", "items": open})))
                .unwrap()
                .starts_with("In context=('properties', 'a', 'items'), ")
        );
        assert!(not_strict(&inner(json!({"oneOf": []}))).unwrap().ends_with("'oneOf' is not permitted."));
        let optional = json!({"type": "object", "properties": {"b": {}}, "additionalProperties": false});
        assert!(not_strict(&optional).unwrap().ends_with("Missing 'b'."));
        assert!(not_strict(&json!({"type": "array"})).unwrap().contains("got 'type: \"array\"'"));
    }
}
