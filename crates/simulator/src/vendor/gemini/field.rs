//! Fields of a request, which may be written in camel case or in snake case. Both are one field.

use serde_json::{Map, Value};

use super::failure::Wrong;

/// The field of this name in camel case; `null` when it is missing.
pub(super) fn get<'a>(object: &'a Value, name: &str) -> &'a Value {
    match object.get(name) {
        Some(value) => value,
        None => &object[snake(name)],
    }
}

/// Refuses names that are not among those known, which are in camel case. `place` is where in the body.
pub(super) fn known(object: &Value, names: &[&str], place: &str) -> Result<(), Wrong> {
    let is_known = |name: &String| names.iter().any(|known| known == name || snake(known) == *name);
    let fields = object.as_object().into_iter().flat_map(Map::keys);
    match fields.into_iter().find(|name| !is_known(name)) {
        Some(name) => Err(Wrong::unknown_field(name, place)),
        None => Ok(()),
    }
}

pub(super) fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(character.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn both_spellings_are_one_field() {
        for body in [json!({"maxOutputTokens": 3}), json!({"max_output_tokens": 3})] {
            assert_eq!(get(&body, "maxOutputTokens"), &json!(3));
            assert!(known(&body, &["maxOutputTokens"], "").is_ok());
        }
        let wrong = known(&json!({"max_tokens": 3}), &["maxOutputTokens"], "generation_config").unwrap_err();
        assert_eq!(
            wrong.message,
            "Invalid JSON payload received. Unknown name \"max_tokens\" at 'generation_config': Cannot find field."
        );
    }
}
