//! The page's words, from Fluent catalogues: one for all, and one that comes with the usage page. Deliberately not here:
//! messages of failures and tests, which the shell sends ready to show.

use std::cell::RefCell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

const ENGLISH: &str = include_str!("../locales/en.ftl");

thread_local! {
    static BUNDLE: RefCell<FluentBundle<FluentResource>> = RefCell::new(bundle());
}

/// The text of a key: `t!("lock-now")`, `t!("delete-title", name = name)`.
#[macro_export]
macro_rules! t {
    ($key:literal $(,)?) => { $crate::texts::say($key, &[]) };
    ($key:literal $(, $name:ident = $value:expr)+ $(,)?) => {
        $crate::texts::say($key, &[$((stringify!($name), ::fluent_bundle::FluentValue::from($value))),+])
    };
}

/// The text of a key with its arguments; the key itself when the catalogue lacks it, which a test excludes.
pub fn say(key: &str, args: &[(&'static str, FluentValue)]) -> String {
    let args: FluentArgs = args.iter().cloned().collect();
    BUNDLE.with_borrow(|bundle| {
        let pattern = bundle.get_message(key).and_then(|message| message.value());
        pattern.map_or_else(
            || key.to_owned(),
            |pattern| bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned(),
        )
    })
}

/// A name inside a sentence. Right-to-left text is isolated (Unicode TR 9), or it would reorder the words around
/// it; other text stays as it is, so that it can be searched and copied.
pub fn name(text: &str) -> String {
    let right_to_left = |c: char| matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}');
    if text.chars().any(right_to_left) { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}

/// Adds the words of a part of the page, which comes with them.
pub fn add(source: &str) {
    BUNDLE.with_borrow_mut(|bundle| add_to(bundle, source));
}

fn bundle() -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec![unic_langid::LanguageIdentifier::default()]);
    // Isolation marks around every number would be copied and read out with it; `name` isolates what needs it.
    bundle.set_use_isolating(false);
    add_to(&mut bundle, ENGLISH);
    // No parts are fetched there, and what they say is tested.
    #[cfg(not(target_arch = "wasm32"))]
    add_to(&mut bundle, crate::state::usage::ENGLISH);
    bundle
}

fn add_to(bundle: &mut FluentBundle<FluentResource>, source: &str) {
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;
    use crate::state::usage::ENGLISH as USAGE;

    #[test]
    fn the_catalogues_have_no_syntax_error() {
        assert!([ENGLISH, USAGE].iter().all(|text| FluentResource::try_new((*text).to_owned()).is_ok()));
    }

    /// Sources that come with the usage page, and so may say what it says.
    fn comes_with_usage(path: &Path) -> bool {
        const ALONE: [&str; 5] =
            ["chart.rs", "chart_card.rs", "range_picker.rs", "call_list.rs", "calls_behind.rs"];
        let named = |part: &std::ffi::OsStr| part.to_string_lossy().starts_with("usage");
        path.iter().any(named) || ALONE.iter().any(|name| path.ends_with(name))
    }

    #[test]
    fn every_key_in_the_sources_has_a_text_there_and_every_text_is_used() {
        let (mut used, mut beside) = (BTreeSet::new(), BTreeSet::new());
        collect_keys(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut used, &mut beside);
        let (known, of_usage) = (keys(ENGLISH), keys(USAGE));
        let none = Vec::<&String>::new();
        assert_eq!(known.intersection(&of_usage).collect::<Vec<_>>(), none, "twice");
        assert_eq!(used.difference(&known).collect::<Vec<_>>(), none, "without a text");
        let both: BTreeSet<String> = known.union(&of_usage).cloned().collect();
        assert_eq!(beside.difference(&both).collect::<Vec<_>>(), none, "without a text");
        assert_eq!(of_usage.difference(&beside).collect::<Vec<_>>(), none, "never used");
        used.extend(beside);
        assert_eq!(known.difference(&used).collect::<Vec<_>>(), none, "never used");
    }

    fn keys(catalogue: &str) -> BTreeSet<String> {
        let lines = catalogue.lines().filter_map(|line| line.split_once(" ="));
        let keys = lines.filter(|(key, _)| key.starts_with(|c: char| c.is_ascii_lowercase()));
        keys.map(|(key, _)| key.to_owned()).collect()
    }

    fn collect_keys(folder: &Path, keys: &mut BTreeSet<String>, of_usage: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect_keys(&path, keys, of_usage);
            } else if !path.ends_with("texts.rs") {
                let source = fs::read_to_string(&path).unwrap();
                let calls = source
                    .match_indices("t!(")
                    .filter(|(at, _)| !source[..*at].ends_with(char::is_alphanumeric));
                let quoted = calls
                    .filter_map(|(at, call)| source[at + call.len()..].strip_prefix('"')?.split_once('"'));
                let quoted = quoted.map(|(key, _)| key.to_owned());
                if comes_with_usage(&path) { of_usage.extend(quoted) } else { keys.extend(quoted) }
            }
        }
    }

    #[test]
    fn plural_forms_follow_the_number() {
        let selected = |count: i32| t!("bulk-selected", count = count);
        assert_eq!([selected(1), selected(2)], ["1 selected", "2 selected"]);
    }

    #[test]
    fn only_right_to_left_names_are_isolated() {
        assert_eq!(name("Lab vLLM"), "Lab vLLM");
        assert_eq!(name("مزود"), "\u{2068}مزود\u{2069}");
    }
}
