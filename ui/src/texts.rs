//! The page's words, from Fluent catalogues. English is in the page; another language lies over it once its files are
//! fetched, and English shows where it has no word. Deliberately not here: messages of failures and tests, which the shell
//! sends ready to show.

use std::cell::{Cell, RefCell};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use model::{program::Language, writing};
use unic_langid::LanguageIdentifier;

const ENGLISH: &str = include_str!("../locales/en/first.ftl");
/// Words of pages and layers. Named behind the doors of those parts alone, so that they come with them.
pub const LATER: &str = include_str!("../locales/en/later.ftl");

/// A translation's files, by what of the page says them: the lock screen, the list and what stands beside it…
pub const WITH_FIRST: [&str; 1] = ["first"];
/// …pages and layers…
pub const WITH_PAGES: [&str; 8] = ["later", "security", "keys", "bundles", "sync", "set_up", "help", "acts"];
/// …and the usage page.
pub const WITH_USAGE: [&str; 1] = ["usage"];
/// What the shell says, which is there in English as well, to know it again by.
pub const OF_SHELL: &str = "shell";

thread_local! {
    static BUNDLE: RefCell<FluentBundle<FluentResource>> = RefCell::new(bundle(ENGLISH));
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
    /// The words of the language that is spoken, as far as they are here; none of English.
    static TRANSLATED: RefCell<Option<FluentBundle<FluentResource>>> = const { RefCell::new(None) };
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
    let translated =
        TRANSLATED.with_borrow(|bundle| bundle.as_ref().and_then(|bundle| read(bundle, key, &args)));
    translated
        .or_else(|| BUNDLE.with_borrow(|bundle| read(bundle, key, &args)))
        .unwrap_or_else(|| key.to_owned())
}

fn read(bundle: &FluentBundle<FluentResource>, key: &str, args: &FluentArgs) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
}

/// A text of the language that is spoken, and of no other.
pub fn translated(key: &str, args: &[(&str, FluentValue)]) -> Option<String> {
    let args: FluentArgs = args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    TRANSLATED.with_borrow(|bundle| bundle.as_ref().and_then(|bundle| read(bundle, key, &args)))
}

/// The language of words, numbers and days.
pub fn spoken() -> Language {
    SPOKEN.get()
}

/// Speaks another language from now on. Its words are still to come, by [`translate`].
pub fn speak(language: Language) {
    SPOKEN.set(language);
    writing::write_as(language);
    let bundle = (language != Language::English).then(|| empty(language.tag().parse().unwrap_or_default()));
    TRANSLATED.set(bundle);
}

/// More words of the language that is spoken.
pub fn translate(source: &str) {
    TRANSLATED.with_borrow_mut(|bundle| {
        if let Some(bundle) = bundle {
            bundle.add_resource_overriding(resource(source));
        }
    });
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

fn empty(language: LanguageIdentifier) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec![language]);
    // Isolation marks around every number would be copied and read out with it; `name` isolates what needs it.
    bundle.set_use_isolating(false);
    bundle
}

fn bundle(source: &str) -> FluentBundle<FluentResource> {
    let mut bundle = empty(LanguageIdentifier::default());
    bundle.add_resource_overriding(resource(source));
    // In tests no part is fetched.
    #[cfg(test)]
    COME_LATER.iter().for_each(|source| bundle.add_resource_overriding(resource(source)));
    bundle
}

#[cfg(test)]
const COME_LATER: [&str; 9] = [
    LATER,
    crate::state::usage::ENGLISH,
    crate::state::security::ENGLISH,
    crate::state::keys::ENGLISH,
    crate::state::bundles::ENGLISH,
    crate::state::sync::ENGLISH,
    crate::state::set_up::ENGLISH,
    crate::state::help::ENGLISH,
    crate::state::acts::ENGLISH,
];

fn resource(source: &str) -> FluentResource {
    FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource)
}

#[cfg(test)]
mod shell_sentences;
#[cfg(test)]
mod translations;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::sources;

    #[test]
    fn the_catalogues_have_no_syntax_error() {
        for catalogue in COME_LATER.into_iter().chain([ENGLISH]) {
            assert!(FluentResource::try_new(catalogue.to_owned()).is_ok());
        }
    }

    #[test]
    fn every_key_in_the_sources_has_one_text_and_every_text_is_used() {
        // Those of History are looked up by the names that the log has, which a test of their own goes through.
        let of_log = keys(crate::state::acts::ENGLISH);
        let used: BTreeSet<String> = said().into_iter().map(|(_, key)| key).chain(of_log).collect();
        let mut known = BTreeSet::new();
        for key in COME_LATER.into_iter().chain([ENGLISH]).flat_map(keys) {
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
    fn comes_with_usage(path: &str) -> bool {
        const ALONE: [&str; 5] = ["chart", "chart_card", "range_picker", "call_list", "calls_behind"];
        path.split('/').any(|part| part.starts_with("usage") || ALONE.contains(&part))
    }

    /// Sources that come with the settings, with layers or with the recovery page.
    fn comes_with_security(path: &str) -> bool {
        const ALONE: [&str; 14] = [
            "change_password",
            "export_providers",
            "first_kit",
            "import_shared",
            "kit_shown",
            "new_password",
            "recover",
            "recovery_kit",
            "rotate_key",
            "security",
            "security_settings",
            "settings",
            "shared_entries",
            "sharing",
        ];
        path.split('/').nth(1).is_some_and(|name| ALONE.contains(&name))
    }

    /// Sources that come with the settings or with layers; the palette is drawn there alone.
    fn comes_with_keys(path: &str) -> bool {
        const ALONE: [&str; 6] =
            ["key_field", "key_parts", "key_reminder", "key_settings", "palette", "provider_key"];
        path.split('/').nth(1).is_some_and(|name| ALONE.contains(&name) || name == "settings")
    }

    /// Sources of the page Bundles and its dialogs, which come with pages or layers.
    fn comes_with_bundles(path: &str) -> bool {
        path.split('/').nth(1).is_some_and(|name| name.starts_with("bundle"))
    }

    /// Sources of the page of sync and its dialogs.
    fn comes_with_sync(path: &str) -> bool {
        path.split('/').nth(1).is_some_and(|name| name.starts_with("sync") || name.starts_with("remote"))
    }

    /// Sources of the dialogs around a first or a fuller list, and the palette, which comes with the layers, too.
    fn comes_with_set_up(path: &str) -> bool {
        const ALONE: [&str; 5] = ["delete_many", "first_provider", "layers", "link_offer", "palette"];
        path.split('/').nth(1).is_some_and(|name| ALONE.contains(&name) || name.starts_with("set_up"))
    }

    /// Sources that come with pages or layers. A field's name is said when a form was refused, which one of them shows.
    fn comes_with_pages(path: &str) -> bool {
        const PAGES: &str =
            "budget_dialog budgets catalog_dialogs create_vault delete_many gateway_token health history import_shared import_usage insights make_route
            playground prove provider_drawer quota_dialog reprice rescue restore restore_locked retention routed routing save_prompt security settings try_split";
        const COMPONENTS: &str = "alert_list answer_text backup_settings budget_table call_settings capability_matrix cheaper_list comparison_list delete_dialog
            failure_preview field file_field health_table history_table import_mapping import_preview import_report incident_list jump_list member_combobox
            model_combobox new_task node_drag number_field palette playground_column playground_prompt price_settings
            provider_form route_chain route_explanation route_settings setting_line shortcut_list step_up_settings strength_meter target_combobox
            task_prompt task_routing";
        const STATE: &str = "budgets form gateway_settings import insights models new_task playground quotas routing shortcut_table usage_log";
        let names = match path.split('/').next() {
            Some("pages") => PAGES,
            Some("components") => COMPONENTS,
            Some("state") => STATE,
            Some("work") => "budgets insights",
            _ => "",
        };
        comes_with_bundles(path)
            || path.split('/').nth(1).is_some_and(|name| names.split_whitespace().any(|one| one == name))
    }

    #[test]
    fn words_that_come_later_are_said_by_what_comes_with_them_alone() {
        let parts = [
            (LATER, comes_with_pages as fn(&str) -> bool),
            (crate::state::usage::ENGLISH, comes_with_usage),
            (crate::state::security::ENGLISH, comes_with_security),
            (crate::state::keys::ENGLISH, comes_with_keys),
            (crate::state::bundles::ENGLISH, comes_with_bundles),
            (crate::state::sync::ENGLISH, comes_with_sync),
            (crate::state::set_up::ENGLISH, comes_with_set_up),
            (crate::state::help::ENGLISH, |path| path.ends_with("/help")),
        ];
        for (catalogue, comes_with) in parts {
            let of_part: BTreeSet<String> = keys(catalogue).collect();
            let elsewhere = said().into_iter().filter(|(path, _)| !comes_with(path));
            let wrong: Vec<_> = elsewhere.filter(|(_, key)| of_part.contains(key)).collect();
            assert_eq!(wrong, Vec::new());
        }
    }

    /// Every key in the sources, and the file that says it, such as `pages/usage`.
    fn said() -> Vec<(String, String)> {
        let others =
            sources::all().into_iter().filter(|(path, _)| !path.starts_with("texts") && path != "sources");
        others
            .flat_map(|(path, source)| {
                let keys: Vec<String> = sources::quoted(&source, "t!(").map(str::to_owned).collect();
                keys.into_iter().map(move |key| (path.clone(), key))
            })
            .collect()
    }

    #[test]
    fn plural_forms_follow_the_number() {
        let selected = |count: i32| t!("bulk-selected", count = count);
        assert_eq!([selected(1), selected(2)], ["1 selected", "2 selected"]);
    }

    #[test]
    fn english_shows_where_the_spoken_language_has_no_word() {
        speak(Language::German);
        translate("bulk-selected = { $count ->\n    [one] eins\n   *[other] { $count } gewählt\n}");
        let count = |count: i32| t!("bulk-selected", count = count);
        assert_eq!([count(1), count(2), t!("unlock")], ["eins", "2 gewählt", "Unlock"]);
        speak(Language::English);
        assert_eq!(t!("bulk-selected", count = 2), "2 selected");
    }

    #[test]
    fn only_right_to_left_names_are_isolated() {
        assert_eq!(name("Lab vLLM"), "Lab vLLM");
        assert_eq!(name("مزود"), "\u{2068}مزود\u{2069}");
    }
}
