//! Help in place: a word on a field that its label cannot say.

use crate::t;

/// What only this says; it comes with pages and with layers.
pub const ENGLISH: &str = include_str!("../../locales/help.ftl");

/// What there is to say of a field, by the id of its input.
pub fn text(id: &str) -> Option<String> {
    Some(match id {
        "api-key" => t!("help-api-key"),
        "base-url" => t!("help-base-url"),
        "model-name" => t!("help-model-name"),
        "display-name" => t!("help-display-name"),
        "description" => t!("help-description"),
        "daily-limit" => t!("help-daily-limit"),
        "monthly-limit" => t!("help-monthly-limit"),
        "call-timeout" => t!("help-call-timeout"),
        "call-retries" => t!("help-call-retries"),
        "requests-per-minute" => t!("help-requests-per-minute"),
        "tokens-per-minute" => t!("help-tokens-per-minute"),
        "concurrent-calls" => t!("help-concurrent-calls"),
        "daily-cost" => t!("help-daily-cost"),
        "monthly-cost" => t!("help-monthly-cost"),
        "quality" => t!("help-quality"),
        "input-price" => t!("help-input-price"),
        "output-price" => t!("help-output-price"),
        "cached-price" => t!("help-cached-price"),
        "budget-amount" => t!("help-budget-amount"),
        "remote-name" => t!("help-remote-name"),
        "remote-address" => t!("help-remote-address"),
        "remote-pin" => t!("help-remote-pin"),
        "remote-user" => t!("help-remote-user"),
        _ => return None,
    })
}

/// Id of a field's help, where there is some.
pub fn id_of(id: &str) -> Option<String> {
    text(id).map(|_| format!("{id}-help"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources;

    /// Fields that are chosen and not typed into, and the master password, whose page says everything.
    const WITHOUT: [&str; 4] = ["create-password", "task-0", "is-default", "budget-who"];

    #[test]
    fn every_field_of_a_form_that_is_typed_into_has_help() {
        let all = sources::all();
        let (_, source) = all.iter().find(|(path, _)| path == "components/field").unwrap();
        let fields: Vec<&str> = sources::quoted(source, "=> (").collect();
        assert!(fields.len() > 20, "{fields:?}");
        for id in fields.into_iter().filter(|id| !WITHOUT.contains(id)) {
            assert!(id_of(id).is_some(), "{id}");
        }
        assert_eq!(id_of("no-such-field"), None);
    }
}
