//! Every shortcut with what it does, as the list of shortcuts shows them.

use super::place::Place;
use crate::t;

/// One line: the keys, and what they do.
pub type Line = (&'static [&'static str], String);

/// All lines, in the list's order.
pub fn lines() -> Vec<Line> {
    let line = |keys: &'static [&'static str], text: String| (keys, text);
    let mut lines: Vec<Line> = vec![
        line(&["Ctrl", "K"], t!("keys-palette")),
        line(&["N"], t!("keys-new")),
        line(&["Ctrl", "L"], t!("keys-lock")),
        line(&["E"], t!("keys-edit")),
        line(&["Ctrl", "S"], t!("keys-save")),
        line(&["T"], t!("keys-test")),
        line(&["Ctrl", "Z"], t!("keys-undo")),
        line(&["S"], t!("keys-stats")),
        line(&["Ctrl", "F"], t!("keys-search")),
        line(&["D"], t!("keys-duplicate")),
        line(&["/"], t!("keys-search")),
        line(&["Del"], t!("keys-delete")),
        line(&["Ctrl", "Enter"], t!("keys-run")),
        line(&["X"], t!("keys-select")),
        line(&["Esc"], t!("keys-close")),
        line(&["Space"], t!("keys-select")),
        line(&["F6"], t!("keys-region")),
        line(&["Enter"], t!("keys-open")),
        line(&["?"], t!("keys-help")),
        line(&["↑", "↓"], t!("keys-move")),
        line(&["Home", "End"], t!("keys-ends")),
        line(&["PgUp", "PgDn"], t!("keys-pages")),
        line(&["Shift", "↑", "↓"], t!("keys-extend")),
        line(&["Shift", "Home", "End"], t!("keys-extend")),
        line(&["Shift", "PgUp", "PgDn"], t!("keys-extend")),
        line(&["Alt", "↑", "↓"], t!("keys-reorder")),
        line(&["Space"], t!("keys-move-node")),
    ];
    lines.extend(Place::ALL.map(|place| (place.keys(), t!("palette-go", page = place.title()))));
    lines
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            list::tests as sample,
            palette::Results,
            shortcut::{Press, Shortcut, shortcut},
        },
        *,
    };

    /// What is held, or was pressed just before.
    const HELD: [&str; 4] = ["Ctrl", "Alt", "Shift", "G"];

    fn press(key: &str, held: &[&str]) -> Option<Shortcut> {
        let is_held = |one: &str| held.contains(&one);
        shortcut(&Press {
            key,
            command: is_held("Ctrl"),
            alt: is_held("Alt"),
            shift: is_held("Shift"),
            typing: false,
            after_g: is_held("G"),
            single: true,
        })
    }

    /// What each key of a line asks for, while those before it that can be are held.
    fn asked(keys: &[&str]) -> Vec<Option<Shortcut>> {
        let key = |cap: &str| match cap {
            "Del" => "Delete".to_owned(),
            "Esc" => "Escape".to_owned(),
            "Space" => " ".to_owned(),
            "↑" => "ArrowUp".to_owned(),
            "↓" => "ArrowDown".to_owned(),
            "PgUp" => "PageUp".to_owned(),
            "PgDn" => "PageDown".to_owned(),
            "Enter" | "F6" | "Home" | "End" => cap.to_owned(),
            cap => cap.to_lowercase(),
        };
        let held: Vec<&str> =
            keys[..keys.len() - 1].iter().copied().filter(|cap| HELD.contains(cap)).collect();
        keys[held.len()..].iter().map(|cap| press(&key(cap), &held)).collect()
    }

    #[test]
    fn every_line_names_keys_that_do_something() {
        for (keys, text) in lines() {
            assert!(asked(keys).iter().all(Option::is_some), "{keys:?} {text}");
        }
    }

    #[test]
    fn every_key_that_does_something_has_a_line() {
        let listed: Vec<Shortcut> = lines().iter().flat_map(|(keys, _)| asked(keys)).flatten().collect();
        let letters = ('a'..='z').map(String::from);
        let others = [
            "ArrowUp",
            "ArrowDown",
            "Home",
            "End",
            "PageUp",
            "PageDown",
            "Delete",
            "/",
            "?",
            " ",
            "Enter",
            "Escape",
            "F6",
        ];
        let all_held: [&[&str]; 5] = [&[], &["Ctrl"], &["Alt"], &["Shift"], &["G"]];
        for key in letters.chain(others.map(str::to_owned)) {
            for held in all_held {
                // G alone waits for the letter after it.
                let Some(found) = press(&key, held).filter(|found| *found != Shortcut::Leader) else {
                    continue;
                };
                assert!(listed.contains(&found), "{key} {held:?}: {found:?}");
            }
        }
    }

    #[test]
    fn two_ways_to_the_same_are_both_listed() {
        let caps: Vec<&[&str]> = lines().into_iter().map(|(keys, _)| keys).collect();
        for keys in [&["Ctrl", "F"][..], &["/"], &["X"], &["Space"], &["Ctrl", "Enter"]] {
            assert!(caps.contains(&keys), "{keys:?}");
        }
    }

    #[test]
    fn what_the_palette_shows_as_keys_is_in_the_list() {
        let list = sample::list(vec![sample::provider(1, "A", model::ProviderType::OpenAi)]);
        let listed: Vec<&[&str]> = lines().into_iter().map(|(keys, _)| keys).collect();
        let searches = ["", "a", "go", ">"].map(|search| Results::of(&list, search, &[]));
        for entry in searches.iter().flat_map(Results::entries).filter(|entry| !entry.keys.is_empty()) {
            assert!(listed.contains(&entry.keys), "{} {:?}", entry.title, entry.keys);
        }
    }
}
