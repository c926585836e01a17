//! What is done with something that stands on a page: the palette goes there, and presses or finds it. So there is one way in which it
//! is done, and the page says what comes of it.

use super::{Deed, Entry, action};
use crate::{state::place::Place, t};

/// What becomes of it when it is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// It is pressed.
    Press,
    /// It gets the keyboard's focus; a person goes on from there.
    Focus,
}

/// Something that stands on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    /// Where.
    pub place: Place,
    /// What, by a selector of the page.
    pub on: &'static str,
    /// What becomes of it.
    pub touch: Touch,
}

/// All of them.
pub(super) fn presses() -> [Entry; 34] {
    [
        press(Place::Providers, "[data-action='bulk-test']", "bolt", Touch::Press, t!("reach-marked-test")),
        press(Place::Providers, "[data-action='bulk-on']", "okc", Touch::Press, t!("reach-marked-on")),
        press(Place::Providers, "[data-action='bulk-off']", "dash", Touch::Press, t!("reach-marked-off")),
        press(
            Place::Providers,
            "[data-action='bulk-delete']",
            "trash",
            Touch::Press,
            t!("reach-marked-delete"),
        ),
        press(Place::Providers, "#stop-tests", "stop", Touch::Press, t!("reach-stop-tests")),
        press(Place::Routing, "#discard-routes", "x", Touch::Press, t!("reach-discard-routes")),
        press(Place::Playground, "#run-all", "play", Touch::Press, t!("reach-run")),
        press(Place::Playground, "#stop-all", "stop", Touch::Press, t!("reach-stop-run")),
        press(Place::Playground, "#add-model", "plus", Touch::Press, t!("reach-add-model")),
        press(Place::Usage, "#usage-export", "download", Touch::Press, t!("reach-export-usage")),
        press(Place::Bundles, "#export-bundle", "box", Touch::Press, t!("reach-export-bundle")),
        press(Place::Bundles, "#verify-file", "shield", Touch::Focus, t!("reach-verify-bundle")),
        press(Place::Sync, "#check-now", "sync", Touch::Press, t!("reach-check-now")),
        press(Place::History, "#verify", "shield", Touch::Press, t!("reach-verify-history")),
        press(Place::History, "#export-history", "download", Touch::Press, t!("reach-export-history")),
        press(Place::Settings, "#back-up-now", "download", Touch::Press, t!("reach-back-up")),
        press(Place::Settings, "#backup-automatic", "sliders", Touch::Focus, t!("reach-back-ups")),
        press(Place::Settings, "#undo-restore", "up", Touch::Press, t!("reach-undo-restore")),
        press(Place::Settings, "#backup-path", "file", Touch::Focus, t!("reach-back-up-there")),
        press(Place::Settings, "#open-backups", "file", Touch::Press, t!("reach-open-backups")),
        press(Place::Settings, "#catalogue-file", "upload", Touch::Focus, t!("reach-import-catalogue")),
        press(Place::Settings, "#gateway-enabled", "server", Touch::Focus, t!("reach-gateway")),
        press(Place::Settings, "#gateway-port", "server", Touch::Focus, t!("reach-port")),
        press(Place::Settings, "#keyring-on", "lock", Touch::Focus, t!("reach-keyring")),
        press(Place::Settings, "#enrol-totp", "shield", Touch::Press, t!("reach-enrol")),
        press(Place::Settings, "#idle-lock", "lock", Touch::Focus, t!("reach-idle")),
        press(Place::Settings, "#theme [tabindex='0']", "sliders", Touch::Focus, t!("reach-theme")),
        press(Place::Settings, "#rows [tabindex='0']", "sliders", Touch::Focus, t!("reach-rows")),
        press(Place::Settings, "#language", "sliders", Touch::Focus, t!("reach-language")),
        press(Place::Settings, "#reduce-motion", "sliders", Touch::Focus, t!("reach-motion")),
        press(Place::Settings, "#log-level", "list", Touch::Focus, t!("reach-log")),
        press(Place::Settings, "#show-licences", "info", Touch::Press, t!("reach-licences")),
        press(Place::Settings, "#make-recipient", "link", Touch::Press, t!("reach-recipient")),
        press(Place::Settings, "#copy-address", "copy", Touch::Press, t!("reach-address")),
    ]
}

fn press(place: Place, on: &'static str, icon: &'static str, touch: Touch, title: String) -> Entry {
    action(icon, title, &[], Deed::Press(Press { place, on, touch }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::sources;

    /// What draws the pages themselves; dialogs, forms and rows have what is theirs.
    const PAGES: [&str; 26] = [
        "components/backup_settings",
        "components/bundle_cards",
        "components/filter_bar",
        "components/key_settings",
        "components/playground_prompt",
        "components/price_settings",
        "components/security_settings",
        "components/sidebar",
        "components/step_up_settings",
        "components/sync_remote",
        "components/vault_countdown",
        "pages/budgets",
        "pages/bundle_verify",
        "pages/bundles",
        "pages/health",
        "pages/history",
        "pages/playground",
        "pages/providers",
        "pages/routing",
        "pages/settings",
        "pages/settings/backups",
        "pages/settings/program",
        "pages/settings/program/about",
        "pages/settings/usage_log",
        "pages/sharing",
        "pages/sync",
    ];

    /// Buttons of these that the palette needs no entry for, or has one of another kind for; each with the reason.
    const OTHERWISE: [(&str, &str); 45] = [
        ("add-provider", "an entry for each vendor"),
        ("test-all", "an entry of its own"),
        ("new-budget", "an entry of its own"),
        ("first-budget", "the same on an empty page"),
        ("check-all", "an entry of its own"),
        ("open-routing", "the page itself"),
        ("save-routes", "an entry of its own"),
        ("keep-routes", "the answer to a question"),
        ("reload-routes", "the answer to a question"),
        ("connect-server", "an entry of its own"),
        ("stop-sync", "it is there while something runs, with the focus near"),
        ("add-server", "an entry of its own"),
        ("replace-token", "an entry of its own"),
        ("apply-port", "it ends what the field began"),
        ("apply-zone", "it ends what the field began"),
        ("save-key-settings", "it ends what the fields began"),
        ("confirm-totp", "it ends what the field began"),
        ("factor-confirm", "it ends what the field began"),
        ("backup-there", "it stands beside the field that is reached"),
        ("restore-there", "it stands beside the field that is reached"),
        ("reprice", "an entry of its own"),
        ("restore-catalogue", "an entry of its own"),
        ("make-key", "a bundle's own dialog offers it"),
        ("save-key", "it stands beside the key on its page"),
        ("copy-key", "it stands beside the key on its page"),
        ("change-key", "it stands beside the key on its page"),
        ("remove-totp", "it stands beside what enrols"),
        ("renew-codes", "it stands beside what enrols"),
        ("cancel-totp", "it leaves what was begun"),
        ("codes-kept", "it leaves what was shown"),
        ("copy-recipient", "it stands beside the recipient"),
        ("clear-filters", "an entry of its own"),
        ("any-record", "it leaves a record"),
        ("older", "it goes on with the list"),
        ("show-contents", "it opens what was judged"),
        ("more", "it opens fields beside it"),
        ("open-palette", "it is this"),
        ("open-help", "an entry of its own"),
        ("lock-now", "an entry of its own"),
        ("change-password", "an entry of its own"),
        ("make-kit", "an entry of its own"),
        ("replace-key", "an entry of its own"),
        ("push", "it stands beside the differences, which are looked at first"),
        ("pull", "it stands beside the differences, which are looked at first"),
        ("sync-all", "it stands beside the differences, which are looked at first"),
    ];

    fn buttons() -> BTreeSet<String> {
        let mut ids = BTreeSet::new();
        for (_, source) in sources::all().into_iter().filter(|(path, _)| PAGES.contains(&path.as_str())) {
            for element in source.split("<button ").skip(1) {
                ids.extend(sources::quoted(element.split('>').next().unwrap(), "id=").map(str::to_owned));
            }
            ids.extend(sources::quoted(&source, "button(").map(str::to_owned));
        }
        ids
    }

    #[test]
    fn every_button_of_a_page_is_reached_from_the_palette_or_has_a_reason_not_to_be() {
        let ids = buttons();
        assert!(ids.len() > 40, "{ids:?}");
        let reached = |id: &str| {
            let selector = format!("#{id}");
            presses().iter().any(|entry| matches!(entry.deed, Deed::Press(press) if press.on == selector))
        };
        let otherwise = |id: &str| OTHERWISE.iter().any(|(one, _)| *one == id);
        let lacking: Vec<&String> = ids.iter().filter(|id| !reached(id) && !otherwise(id)).collect();
        assert!(lacking.is_empty(), "without an entry: {lacking:?}");
        let both: Vec<&str> = OTHERWISE.iter().map(|(id, _)| *id).filter(|id| reached(id)).collect();
        assert!(both.is_empty(), "with an entry, all the same: {both:?}");
    }

    #[test]
    fn what_is_reached_is_drawn_somewhere() {
        let all: String = sources::all()
            .into_iter()
            .filter(|(path, _)| !path.contains("palette"))
            .map(|(_, source)| source)
            .collect();
        for entry in presses() {
            let Deed::Press(press) = entry.deed else { continue };
            let name = press.on.trim_matches(|c: char| !c.is_ascii_alphanumeric()).split(' ').next().unwrap();
            let name = name.trim_start_matches("data-action='").trim_end_matches(['\'', ']']);
            assert!(all.contains(&format!("\"{name}\"")), "nothing draws {}", press.on);
        }
    }
}
