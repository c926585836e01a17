//! Help in place: a word on a field that its label cannot say.

use crate::t;

/// What only this says; it comes with pages and with layers.
pub const ENGLISH: &str = include_str!("../../locales/en/help.ftl");

/// How the ids begin of fields that are there several times, and what they are.
const OF_MANY: [(&str, &str); 6] = [
    ("set-up-key-", "set-up-key"),
    ("set-up-address-", "set-up-address"),
    ("weight-", "weight"),
    ("latency-", "latency"),
    ("quality-", "route-quality"),
    ("context-", "context"),
];

/// What there is to say of a field, by the id of its input.
pub fn text(id: &str) -> Option<String> {
    Some(match kind(id) {
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
        "first-key" => t!("help-first-key"),
        "first-address" => t!("help-first-address"),
        "new-key" => t!("help-new-key"),
        "keep-days" => t!("help-keep-days"),
        "prompt-name" => t!("help-prompt-name"),
        "retention-days" => t!("help-retention-days"),
        "totp-code" => t!("help-totp-code"),
        "remote-secret" | "login-secret" => t!("help-remote-secret"),
        "remote-code" | "login-code" | "factor-code" => t!("help-remote-code"),
        "reach-url" => t!("help-reach-url"),
        "reach-pin" => t!("help-reach-pin"),
        "reach-user" => t!("help-reach-user"),
        "reach-password" => t!("help-reach-password"),
        "reach-code" => t!("help-reach-code"),
        "server-text" => t!("help-server-text"),
        "share-to" => t!("help-share-to"),
        "shared-passphrase" => t!("help-shared-passphrase"),
        "new-password" => t!("help-new-password"),
        "set-up-key" => t!("help-set-up-key"),
        "weight" => t!("help-weight"),
        "latency" => t!("help-latency"),
        "context" => t!("help-context"),
        "temperature" => t!("help-temperature"),
        "max-output" => t!("help-max-output"),
        "set-up-address" => t!("help-base-url"),
        "route-quality" => t!("help-route-quality"),
        _ => return None,
    })
}

/// What a field is that is there once for each task, member or vendor; any other is its own kind.
fn kind(id: &str) -> &str {
    OF_MANY.iter().find(|(start, _)| id.starts_with(start)).map_or(id, |(_, kind)| *kind)
}

/// Id of a field's help, where there is some.
pub fn id_of(id: &str) -> Option<String> {
    text(id).map(|_| format!("{id}-help"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::sources;

    /// Fields that are typed into and say everything themselves, each with the reason.
    const WITHOUT: [(&str, &str); 28] = [
        ("create-password", "its page says everything"),
        ("repeat-password", "the same once more"),
        ("unlock-password", "there is nothing else on its screen"),
        ("prove-answer", "its dialog asks for one thing, with a hint"),
        ("current-password", "it is the one in force"),
        ("rotate-password", "it is the one in force"),
        ("rescue-password", "its screen asks for one thing"),
        ("kit-typed", "its page says everything"),
        ("vault-location", "it is only read"),
        ("search", "it narrows a list"),
        ("remote-search", "it narrows a list"),
        ("sync-search", "it narrows a list"),
        ("palette-search", "it narrows a list"),
        ("calls-request", "it narrows a list"),
        ("range-first", "it narrows a list"),
        ("range-last", "it narrows a list"),
        ("confirm-name", "its label says what to type"),
        ("confirm-count", "its label says what to type"),
        ("gateway-port", "its line says everything"),
        ("usage-zone", "its line says everything"),
        ("backup-path", "its line says everything"),
        ("restore-path", "its line says everything"),
        ("limit-zone", "its line says everything"),
        ("quota-user", "its hint says everything"),
        ("restore-password", "it is the one of then, as its dialog says"),
        ("budget-who", "it is chosen"),
        ("task-0", "it is chosen"),
        ("is-default", "it is chosen"),
    ];

    /// What is chosen and not typed into.
    const CHOSEN: [&str; 5] =
        ["type=\"checkbox\"", "type=\"radio\"", "type=\"file\"", "class=\"sw\"", "class=\"cb"];

    /// The ids of everything that is typed into, as they are in the page's sources: those of elements, and those that are handed to
    /// what draws a field. Of an id that is formed, its beginning.
    fn typed_into() -> BTreeSet<String> {
        let mut ids = BTreeSet::new();
        let all = sources::all().into_iter().filter(|(path, _)| path != "state/help");
        for (path, source) in all {
            for tag in ["<input ", "<textarea ", "<PasswordField ", "<NumberField "] {
                let elements = source.split(tag).skip(1).map(|after| after.split("/>").next().unwrap());
                let typed = elements.filter(|element| !CHOSEN.iter().any(|sign| element.contains(sign)));
                for element in typed {
                    ids.extend(sources::quoted(element, "id=").map(str::to_owned));
                    ids.extend(sources::quoted(element, "id={format!(").map(str::to_owned));
                }
            }
            ids.extend(sources::quoted(&source, "text_input(").map(str::to_owned));
            let own = match path.as_str() {
                "components/route_settings" | "components/set_up_keys" => "let id = format!(",
                "pages/bundle_reach" => "text(",
                "components/playground_prompt" => "number(",
                "components/field" => "=> (",
                _ => continue,
            };
            ids.extend(sources::quoted(&source, own).map(str::to_owned));
        }
        // A formed id is known by what it begins with.
        ids.into_iter()
            .map(|id| id.split('{').next().unwrap().to_owned())
            .filter(|id| !id.is_empty())
            .collect()
    }

    #[test]
    fn every_field_that_is_typed_into_has_help_or_a_reason_for_none() {
        let ids = typed_into();
        assert!(ids.len() > 60, "{ids:?}");
        let without = |id: &str| WITHOUT.iter().any(|(one, _)| id.trim_end_matches('-') == *one);
        let lacking: Vec<&String> = ids.iter().filter(|id| id_of(id).is_none() && !without(id)).collect();
        assert!(lacking.is_empty(), "without help: {lacking:?}");
        let there = |id: &str| ids.iter().any(|one| one.trim_end_matches('-') == id);
        let idle = WITHOUT.iter().map(|(id, _)| *id).filter(|id| id_of(id).is_some() || !there(id));
        assert_eq!(idle.collect::<Vec<_>>(), Vec::<&str>::new(), "these have help, or are gone");
        assert_eq!(id_of("no-such-field"), None);
    }
}
