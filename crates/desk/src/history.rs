//! Entries of the log of acts as people and their files see them: field by field, secrets masked.

use model::{
    Failure, Timestamp,
    audit::{AuditLine, FieldChange},
    statistics::DataFormat,
};
use serde_json::{Map, Value, json};
use store::AuditEntry;

use crate::export::table;

/// Fields within fields of fields are shown as they are written.
const DEEPEST: usize = 3;
/// Longest value that is shown; the export has the whole.
pub(crate) const LONGEST: usize = 2_000;
const MASK: &str = "••••";

/// An entry with its differences.
pub(crate) fn line(entry: &AuditEntry) -> AuditLine {
    let mac = entry.mac.iter().map(|byte| format!("{byte:02x}")).collect();
    AuditLine {
        id: entry.id,
        at: Timestamp(entry.at),
        actor: entry.actor.clone(),
        machine: entry.machine.clone(),
        ip_address: entry.ip_address.clone(),
        action: entry.action.clone(),
        record: entry.target.clone(),
        record_name: entry.target_name.clone(),
        changes: changes(entry.before.as_deref(), entry.after.as_deref()),
        mac,
    }
}

/// Entries as a file.
pub(crate) fn file(lines: &[AuditLine], format: DataFormat) -> Result<Vec<u8>, Failure> {
    if format == DataFormat::Json {
        return table::pretty(&json!({ "entries": lines }));
    }
    let head = [
        "entry",
        "at",
        "actor",
        "machine",
        "ip_address",
        "action",
        "record",
        "record_name",
        "field",
        "before",
        "after",
        "mac",
    ];
    let safe = |text: &Option<String>| table::safe(text.as_deref().unwrap_or_default());
    let nothing = [FieldChange { field: String::new(), before: None, after: None }];
    let rows = lines.iter().flat_map(|line| {
        let changes = if line.changes.is_empty() { &nothing[..] } else { &line.changes };
        changes.iter().map(move |change| {
            vec![
                line.id.to_string(),
                table::instant(line.at),
                table::safe(&line.actor),
                table::safe(&line.machine),
                safe(&line.ip_address),
                table::safe(&line.action),
                safe(&line.record),
                safe(&line.record_name),
                table::safe(&change.field),
                safe(&change.before),
                safe(&change.after),
                line.mac.clone(),
            ]
        })
    });
    table::written(&head, &rows.collect::<Vec<_>>())
}

/// The fields that changed, from both values as JSON.
pub(crate) fn changes(before: Option<&str>, after: Option<&str>) -> Vec<FieldChange> {
    let [before, after] = [before, after].map(|text| {
        let mut fields = Map::new();
        if let Some(value) = text.and_then(|text| serde_json::from_str(text).ok()) {
            flatten("", value, 0, &mut fields);
        }
        fields
    });
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let shown =
        |name: &str, value: Option<&Value>| value.filter(|value| !value.is_null()).map(|v| text(name, v));
    let change = |name: &String| FieldChange {
        field: name.clone(),
        before: shown(name, before.get(name)),
        after: shown(name, after.get(name)),
    };
    names.into_iter().map(change).filter(|change| change.before != change.after).collect()
}

fn flatten(name: &str, value: Value, depth: usize, into: &mut Map<String, Value>) {
    match value {
        Value::Object(fields) if depth < DEEPEST => {
            for (field, value) in fields {
                let name = if name.is_empty() { field } else { format!("{name}.{field}") };
                flatten(&name, value, depth + 1, into);
            }
        }
        value => {
            into.insert(if name.is_empty() { "value".to_owned() } else { name.to_owned() }, value);
        }
    }
}

/// Nobody writes a secret into the log; should one ever be there all the same, it is not shown.
fn text(name: &str, value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let last = name.rsplit('.').next().unwrap_or(name);
    let is_secret = ["api_key", "kept_key", "password", "secret", "token", "code"].contains(&last);
    let is_known = text == "set" || text.starts_with("set, ends in ");
    match text.char_indices().nth(LONGEST) {
        _ if is_secret && !is_known => MASK.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(before: &Value, after: &Value) -> Vec<(String, Option<String>, Option<String>)> {
        let changes = changes(Some(&before.to_string()), Some(&after.to_string()));
        changes.into_iter().map(|change| (change.field, change.before, change.after)).collect()
    }

    #[test]
    fn fields_within_fields_are_told_apart_and_what_did_not_change_is_left_out() {
        let before = json!({ "calls": { "retries": 1, "timeout_s": null }, "name": "a", "tasks": ["x"] });
        let after = json!({ "calls": { "retries": 2, "timeout_s": 9 }, "name": "a", "tasks": [] });
        let of = |text: &str| Some(text.to_owned());
        assert_eq!(
            changed(&before, &after),
            [
                ("calls.retries".to_owned(), of("1"), of("2")),
                ("calls.timeout_s".to_owned(), None, of("9")),
                ("tasks".to_owned(), of(r#"["x"]"#), of("[]")),
            ]
        );
    }

    #[test]
    fn a_secret_that_should_not_be_there_is_not_shown_and_its_last_characters_are() {
        let before = json!({ "api_key": "set, ends in 4f2a", "deep": { "password": "plain" } });
        let after = json!({ "api_key": "sk-plain", "deep": {} });
        let masked = changed(&before, &after);
        assert_eq!(masked[0].1.as_deref(), Some("set, ends in 4f2a"));
        assert_eq!((masked[0].2.as_deref(), masked[1].1.as_deref()), (Some(MASK), Some(MASK)));
    }

    #[test]
    fn entries_that_are_no_json_or_no_object_are_shown_as_far_as_they_go() {
        assert_eq!(changes(Some("no json"), None), []);
        assert_eq!(changes(None, Some("7"))[0].after.as_deref(), Some("7"));
    }
}
