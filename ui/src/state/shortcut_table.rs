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
        line(&["D"], t!("keys-duplicate")),
        line(&["Ctrl", "F"], t!("keys-search")),
        line(&["Del"], t!("keys-delete")),
        line(&["Esc"], t!("keys-close")),
        line(&["X"], t!("keys-select")),
        line(&["F6"], t!("keys-region")),
        line(&["↑", "↓"], t!("keys-move")),
        line(&["Alt", "↑", "↓"], t!("keys-reorder")),
        line(&["?"], t!("keys-help")),
        line(&["Enter"], t!("keys-open")),
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

    fn press(key: &str, command: bool, after_g: bool) -> Option<Shortcut> {
        shortcut(&Press { key, command, alt: false, shift: false, typing: false, after_g })
    }

    /// What the keys of a line ask for.
    fn asked(keys: &[&str]) -> Option<Shortcut> {
        let key = |cap: &str| match cap {
            "Del" => "Delete".to_owned(),
            "Esc" => "Escape".to_owned(),
            "Space" => " ".to_owned(),
            "↑" => "ArrowUp".to_owned(),
            "↓" => "ArrowDown".to_owned(),
            "Enter" | "F6" => cap.to_owned(),
            cap => cap.to_lowercase(),
        };
        match keys {
            ["Ctrl", cap] => press(&key(cap), true, false),
            ["Alt", cap, ..] => shortcut(&Press {
                key: &key(cap),
                command: false,
                alt: true,
                shift: false,
                typing: false,
                after_g: false,
            }),
            ["G", cap] => press(&key(cap), false, true),
            [cap, ..] => press(&key(cap), false, false),
            [] => None,
        }
    }

    /// A shortcut without what it moves by: the arrows' line stands for Home, End and the page keys, too.
    fn kind(shortcut: Shortcut) -> String {
        match shortcut {
            Shortcut::Move(..) => "Move".to_owned(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn every_line_names_keys_that_do_something() {
        for (keys, text) in lines() {
            assert!(asked(keys).is_some(), "{keys:?} {text}");
        }
    }

    #[test]
    fn every_key_that_does_something_has_a_line() {
        let listed: Vec<String> = lines().iter().filter_map(|(keys, _)| asked(keys)).map(kind).collect();
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
        for key in letters.chain(others.map(str::to_owned)) {
            for (command, after_g) in [(false, false), (true, false), (false, true)] {
                // G alone waits for the letter after it.
                let Some(found) = press(&key, command, after_g).filter(|found| *found != Shortcut::Leader)
                else {
                    continue;
                };
                assert!(listed.contains(&kind(found)), "{key} {command} {after_g}: {found:?}");
            }
        }
    }

    #[test]
    fn what_the_palette_shows_as_keys_is_in_the_list() {
        let list = sample::list(vec![sample::provider(1, "A", model::ProviderType::OpenAi)]);
        let listed: Vec<&[&str]> = lines().into_iter().map(|(keys, _)| keys).collect();
        let searches = ["", "a", "go", ">"].map(|search| Results::of(&list, search));
        for entry in searches.iter().flat_map(Results::entries).filter(|entry| !entry.keys.is_empty()) {
            assert!(listed.contains(&entry.keys), "{} {:?}", entry.title, entry.keys);
        }
    }
}
