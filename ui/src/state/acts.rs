//! What entries of History are called. The log has short names for acts and fields, which are the same for ever; a person reads them
//! in the language that is spoken.

use crate::texts;

/// What only this says; it comes with the pages.
pub const ENGLISH: &str = include_str!("../../locales/en/acts.ftl");

/// An act by its name in the log, such as `provider.create`. One that is not known, of a newer server, is said as it is.
pub fn act(name: &str) -> String {
    named("log-act-", name).unwrap_or_else(|| name.to_owned())
}

/// A field by its name in the log; fields within fields have a dot.
pub fn field(name: &str) -> String {
    let parts = name.split('.').map(|part| named("log-field-", part).unwrap_or_else(|| part.to_owned()));
    parts.collect::<Vec<_>>().join(" · ")
}

fn named(start: &str, name: &str) -> Option<String> {
    let key = format!("{start}{}", name.replace(['.', '_'], "-"));
    let said = texts::say(&key, &[]);
    (said != key).then_some(said)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    /// Acts are written with a dot, and so are some names that are none.
    const OTHERS: [&str; 2] = ["import.act", "import.begin"];

    /// Every literal such as `provider.create` in the sources of a folder that stands where acts do.
    fn acts(folder: &Path, found: &mut BTreeSet<String>) {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                acts(&path, found);
                continue;
            }
            let source = fs::read_to_string(&path).unwrap_or_default();
            let own = source.split("#[cfg(test)]").next().unwrap();
            for call in ["act(\"", "act(&caller, \"", "act(action, \"", "Act::new(\""] {
                let names = own.split(call).skip(1).map(|after| after.split('"').next().unwrap());
                found.extend(names.map(str::to_owned));
            }
        }
    }

    #[test]
    fn every_act_that_the_log_gets_has_a_name() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
        let mut found = BTreeSet::new();
        for room in ["desk", "server", "store"] {
            acts(&crates.join(room).join("src"), &mut found);
        }
        found.retain(|name| name.contains('.') && !OTHERS.contains(&name.as_str()));
        assert!(found.len() > 60, "{found:?}");
        let unnamed: Vec<&String> = found.iter().filter(|name| act(name) == **name).collect();
        assert!(unnamed.is_empty(), "without a name: {unnamed:?}");
    }

    #[test]
    fn fields_are_named_one_within_the_other_and_unknown_ones_stay() {
        assert_eq!(field("daily_token_limit"), "Tokens per day");
        assert_eq!(field("calls.retries"), "Calls · Retries");
        assert_eq!(field("calls.of_tomorrow"), "Calls · of_tomorrow");
        assert_eq!(act("of.tomorrow"), "of.tomorrow");
    }
}
