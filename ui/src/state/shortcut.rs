//! Which keys do what. Deliberately not here: doing it.

use super::place::Place;

/// What a key press asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Open the palette.
    Palette,
    /// Lock the vault.
    Lock,
    /// Save the drawer.
    Save,
    /// Take the last step back.
    Undo,
    /// Ask every column of the playground.
    Run,
    /// Go to the search field.
    Search,
    /// Close the top layer, or dismiss the newest message.
    Escape,
    /// Go to the next region.
    NextRegion,
    /// Start a new provider.
    New,
    /// Edit the focused row.
    Edit,
    /// Test the focused row.
    Test,
    /// Show the usage of the focused row.
    Stats,
    /// Move the focused row one place up, or down.
    Reorder(bool),
    /// Duplicate the focused row.
    Duplicate,
    /// Delete the focused row.
    Delete,
    /// Select the focused row.
    Select,
    /// Open the focused row.
    Open,
    /// Show the list of shortcuts.
    Help,
    /// The first of two keys: the next one says where to go.
    Leader,
    /// Go to a page.
    Go(Place),
    /// Move between rows: by how many, or to an end.
    Move(Motion, bool),
}

/// A move between rows; the shortcut's flag says whether the selection extends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
}

/// A key press as the browser reports it.
#[derive(Clone, Debug)]
pub struct Press<'a> {
    /// `KeyboardEvent.key`.
    pub key: &'a str,
    /// Ctrl, or Cmd on macOS.
    pub command: bool,
    /// Alt.
    pub alt: bool,
    /// Shift.
    pub shift: bool,
    /// Whether a text field has the focus: single keys are text then.
    pub typing: bool,
    /// Whether G was pressed just before.
    pub after_g: bool,
    /// Whether letters and signs are shortcuts by themselves; who dictates, or leans on a key, switches that off (WCAG 2.1.4).
    pub single: bool,
}

/// What a key press asks for, if anything.
pub fn shortcut(press: &Press) -> Option<Shortcut> {
    match press {
        Press { alt: true, command: false, typing: false, key: "ArrowUp", .. } => {
            Some(Shortcut::Reorder(true))
        }
        Press { alt: true, command: false, typing: false, key: "ArrowDown", .. } => {
            Some(Shortcut::Reorder(false))
        }
        Press { alt: true, .. } => None,
        Press { command: true, .. } => with_command(press),
        Press { key: "Escape", .. } => Some(Shortcut::Escape),
        Press { key: "F6", .. } => Some(Shortcut::NextRegion),
        Press { typing: true, .. } => None,
        Press { single: false, key, .. } if key.chars().count() == 1 && *key != " " => None,
        Press { after_g: true, key, .. } if Place::after_g(key).is_some() => {
            Place::after_g(key).map(Shortcut::Go)
        }
        _ => alone(press),
    }
}

fn with_command(press: &Press) -> Option<Shortcut> {
    match press.key.to_ascii_lowercase().as_str() {
        "k" => Some(Shortcut::Palette),
        "l" => Some(Shortcut::Lock),
        "s" => Some(Shortcut::Save),
        "f" => Some(Shortcut::Search),
        "enter" => Some(Shortcut::Run),
        "z" if !press.typing && !press.shift => Some(Shortcut::Undo),
        _ => None,
    }
}

fn alone(press: &Press) -> Option<Shortcut> {
    let motion = |motion| Some(Shortcut::Move(motion, press.shift));
    match press.key {
        "ArrowUp" => motion(Motion::Up),
        "ArrowDown" => motion(Motion::Down),
        "Home" => motion(Motion::First),
        "End" => motion(Motion::Last),
        "PageUp" => motion(Motion::PageUp),
        "PageDown" => motion(Motion::PageDown),
        "Delete" => Some(Shortcut::Delete),
        "/" => Some(Shortcut::Search),
        "?" => Some(Shortcut::Help),
        " " => Some(Shortcut::Select),
        "Enter" => Some(Shortcut::Open),
        key => letter(key),
    }
}

fn letter(key: &str) -> Option<Shortcut> {
    match key {
        "g" | "G" => Some(Shortcut::Leader),
        "n" | "N" => Some(Shortcut::New),
        "e" | "E" => Some(Shortcut::Edit),
        "t" | "T" => Some(Shortcut::Test),
        "s" | "S" => Some(Shortcut::Stats),
        "d" | "D" => Some(Shortcut::Duplicate),
        "x" | "X" => Some(Shortcut::Select),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str, command: bool, typing: bool) -> Option<Shortcut> {
        shortcut(&Press { key, command, typing, ..ALONE })
    }

    const ALONE: Press = Press {
        key: "",
        command: false,
        alt: false,
        shift: false,
        typing: false,
        after_g: false,
        single: true,
    };

    #[test]
    fn single_keys_are_text_while_a_field_has_the_focus() {
        assert_eq!(press("n", false, false), Some(Shortcut::New));
        assert_eq!(press("n", false, true), None);
        assert_eq!(press("Delete", false, true), None);
        assert_eq!(press("Escape", false, true), Some(Shortcut::Escape));
    }

    #[test]
    fn undo_in_a_text_field_belongs_to_the_field() {
        assert_eq!(press("z", true, false), Some(Shortcut::Undo));
        assert_eq!(press("z", true, true), None);
        assert_eq!(press("K", true, true), Some(Shortcut::Palette));
    }

    #[test]
    fn g_and_a_letter_lead_to_a_page_unless_a_field_has_the_focus() {
        let after_g = |key, typing| shortcut(&Press { key, typing, after_g: true, ..ALONE });
        assert_eq!(press("g", false, false), Some(Shortcut::Leader));
        assert_eq!(after_g("r", false), Some(Shortcut::Go(Place::Routing)));
        assert_eq!(after_g("n", false), Some(Shortcut::New));
        assert_eq!(after_g("r", true), None);
    }

    #[test]
    fn letters_and_signs_do_nothing_by_themselves_once_that_is_switched_off() {
        let press =
            |key, command, after_g| shortcut(&Press { key, command, after_g, single: false, ..ALONE });
        for key in ["n", "E", "g", "s", "x", "/", "?"] {
            assert_eq!(press(key, false, false), None, "{key}");
            assert!(shortcut(&Press { key, ..ALONE }).is_some(), "{key} does something otherwise");
        }
        assert_eq!(press("r", false, true), None);
        // What no letter or sign is, and what Ctrl is held for, stays.
        assert_eq!(press("k", true, false), Some(Shortcut::Palette));
        for key in ["Delete", "Escape", "F6", "Enter", " ", "ArrowDown"] {
            assert!(press(key, false, false).is_some(), "{key}");
        }
    }

    #[test]
    fn keys_with_alt_belong_to_the_system() {
        let press = Press { key: "e", alt: true, ..ALONE };
        assert_eq!(shortcut(&press), None);
        let up = Press { key: "ArrowUp", ..press };
        assert_eq!(shortcut(&up), Some(Shortcut::Reorder(true)), "but for the one that moves a row");
        assert_eq!(shortcut(&Press { typing: true, ..up }), None);
    }
}
