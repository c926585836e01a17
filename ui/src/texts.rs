//! The page's words, from one Fluent catalogue per language. Deliberately not here: messages of failures and
//! tests, which the shell sends ready to show.

use std::cell::RefCell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

const ENGLISH: &str = include_str!("../locales/en.ftl");
/// Words of budgets and insights. Named behind the doors of parts that are fetched later alone, so that they come with them.
pub const BUDGETS: &str = include_str!("../locales/en-budgets.ftl");
/// Words of imports, likewise.
pub const IMPORT: &str = include_str!("../locales/en-import.ftl");

thread_local! {
    static BUNDLE: RefCell<FluentBundle<FluentResource>> = RefCell::new(bundle(ENGLISH));
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

/// More words, of a part of the page that came later. Twice is as good as once.
pub fn add(source: &str) {
    BUNDLE.with_borrow_mut(|bundle| bundle.add_resource_overriding(resource(source)));
}

/// A name inside a sentence. Right-to-left text is isolated (Unicode TR 9), or it would reorder the words around
/// it; other text stays as it is, so that it can be searched and copied.
pub fn name(text: &str) -> String {
    let right_to_left = |c: char| matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}');
    if text.chars().any(right_to_left) { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}

fn bundle(source: &str) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec![unic_langid::LanguageIdentifier::default()]);
    // Isolation marks around every number would be copied and read out with it; `name` isolates what needs it.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource(source));
    // In tests no part is fetched.
    #[cfg(test)]
    LATER.iter().for_each(|source| bundle.add_resource_overriding(resource(source)));
    bundle
}

#[cfg(test)]
const LATER: [&str; 3] = [BUDGETS, IMPORT, crate::state::usage::ENGLISH];

fn resource(source: &str) -> FluentResource {
    FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource)
}

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeSet,
        fs,
        path::{Path, PathBuf},
    };

    use super::*;

    #[test]
    fn the_catalogues_have_no_syntax_error() {
        for catalogue in LATER.into_iter().chain([ENGLISH]) {
            assert!(FluentResource::try_new(catalogue.to_owned()).is_ok());
        }
    }

    #[test]
    fn every_key_in_the_sources_has_one_text_and_every_text_is_used() {
        let used: BTreeSet<String> = said().into_iter().map(|(_, key)| key).collect();
        let mut known = BTreeSet::new();
        for key in LATER.into_iter().chain([ENGLISH]).flat_map(keys) {
            assert!(known.insert(key.clone()), "{key} has two texts");
        }
        assert_eq!(used.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "without a text");
        assert_eq!(known.difference(&used).collect::<Vec<_>>(), Vec::<&String>::new(), "never used");
    }

    fn keys(catalogue: &str) -> impl Iterator<Item = String> {
        let lines = catalogue.lines().filter_map(|line| line.split_once(" ="));
        let keys = lines.filter(|(key, _)| key.starts_with(|c: char| c.is_ascii_lowercase()));
        keys.map(|(key, _)| key.to_owned())
    }

    /// Sources that come with the usage page, and so may say what it says.
    fn comes_with_usage(path: &Path) -> bool {
        const ALONE: [&str; 5] =
            ["chart.rs", "chart_card.rs", "range_picker.rs", "call_list.rs", "calls_behind.rs"];
        let named = |part: &std::ffi::OsStr| part.to_string_lossy().starts_with("usage");
        path.iter().any(named) || ALONE.iter().any(|name| path.ends_with(name))
    }

    #[test]
    fn what_comes_with_the_usage_page_is_said_by_nothing_else() {
        let of_usage: BTreeSet<String> = keys(crate::state::usage::ENGLISH).collect();
        let elsewhere = said().into_iter().filter(|(path, _)| !comes_with_usage(path));
        let wrong: Vec<_> = elsewhere.filter(|(_, key)| of_usage.contains(key)).collect();
        assert_eq!(wrong, Vec::new());
    }

    /// Every key in the sources, and the file that says it.
    fn said() -> Vec<(PathBuf, String)> {
        let mut said = Vec::new();
        collect_keys(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut said);
        said
    }

    fn collect_keys(folder: &Path, said: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect_keys(&path, said);
            } else if !path.ends_with("texts.rs") {
                let source = fs::read_to_string(&path).unwrap();
                let calls = source
                    .match_indices("t!(")
                    .filter(|(at, _)| !source[..*at].ends_with(char::is_alphanumeric));
                let quoted = calls
                    .filter_map(|(at, call)| source[at + call.len()..].strip_prefix('"')?.split_once('"'));
                said.extend(quoted.map(|(key, _)| (path.clone(), key.to_owned())));
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
