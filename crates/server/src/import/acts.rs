//! A row of the source's log of acts. The specification names the log and none of its columns, so all of them are kept as they are, in
//! an entry of ours that says from where it came: it is bound into our chain from then on. What may be a secret is left out.

use model::text;
use serde_json::{Map, Value, json};
use store::SourceRow;

/// Characters of one value, and of all values of a row.
const MOST: usize = 4_000;
const MOST_OF_ALL: usize = 32_000;
/// A column, or a member of JSON in one, of such a name is not kept.
const SECRET: [&str; 7] = ["key", "token", "secret", "password", "passwd", "credential", "authorization"];
/// How keys of the vendors begin, and Fernet tokens.
const KEYS: [&str; 5] = ["sk-", "AIza", "gAAAA", "Bearer ", "eyJ"];
/// In its place.
const LEFT_OUT: &str = "(left out: it may be a secret)";
/// Members within members.
const DEPTH: usize = 8;

/// What our entry says.
pub(super) fn entry(source: &str, row: &SourceRow) -> Value {
    let mut left = MOST_OF_ALL;
    let mut members = Map::new();
    for (name, value) in row.values() {
        let name: String = name.chars().take(100).collect();
        let kept = match serde_json::from_str::<Value>(value) {
            Ok(json @ (Value::Object(_) | Value::Array(_))) if value.len() <= left => veiled(&name, json, 0),
            _ => veiled(&name, Value::String(value.to_owned()), 0),
        };
        left = left.saturating_sub(kept.to_string().len());
        if left == 0 {
            members.insert(name, json!("(left out: the row is too long)"));
            break;
        }
        members.insert(name, kept);
    }
    json!({ "source": source, "row": row.id, "entry": members })
}

fn veiled(name: &str, value: Value, depth: usize) -> Value {
    let folded = name.to_lowercase();
    // Numbers of tokens are no secret, and are what a limit is about.
    let may_be = SECRET.iter().any(|secret| folded.contains(secret)) && !folded.contains("limit");
    match value {
        _ if may_be && !is_plain(&value) => json!(LEFT_OUT),
        _ if depth > DEPTH => json!(LEFT_OUT),
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| {
                let kept = veiled(&name, value, depth + 1);
                (name.chars().take(100).collect(), kept)
            });
            Value::Object(members.collect())
        }
        Value::Array(values) => values.into_iter().map(|value| veiled("", value, depth + 1)).collect(),
        Value::String(text) => Value::String(shown(&text)),
        other => other,
    }
}

fn is_plain(value: &Value) -> bool {
    matches!(value, Value::Null | Value::Bool(_) | Value::Number(_))
}

fn shown(text: &str) -> String {
    if KEYS.iter().any(|key| text.contains(key)) {
        return LEFT_OUT.to_owned();
    }
    let cut: String = text.chars().take(MOST).collect();
    text::check(&cut, MOST, true).unwrap_or_else(|_| "(left out: it has invisible characters)".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_secret_is_left_out_wherever_it_lies() {
        let details = json!({
            "changes": [{ "api_key": "CANARY-1", "model_name": "m", "api_key_changed": true }],
            "note": "was sk-CANARY-2", "daily_token_limit": 500, "Authorization": { "value": "CANARY-3" },
        });
        let kept = veiled("details", details, 0).to_string();
        assert!(!kept.contains("CANARY"), "{kept}");
        assert!(
            kept.contains("\"daily_token_limit\":500") && kept.contains("\"model_name\":\"m\""),
            "{kept}"
        );
        assert!(kept.contains("\"api_key_changed\":true"), "{kept}");
    }
}
