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
pub(super) fn presses() -> [Entry; 55] {
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
        press(Place::Playground, "#saved-prompts", "list", Touch::Press, t!("reach-saved-prompts")),
        press(Place::Usage, "#show-all-calls", "list", Touch::Press, t!("reach-all-calls")),
        press(Place::Usage, "#clear-usage-filters", "x", Touch::Press, t!("reach-all-usage")),
        press(Place::Usage, "#source", "link", Touch::Press, t!("reach-source")),
        press(Place::Usage, "#usage-export", "download", Touch::Press, t!("reach-export-usage")),
        press(Place::Budgets, "#see-alerts", "check", Touch::Press, t!("reach-see-alerts")),
        press(Place::Insights, "#see-jumps", "check", Touch::Press, t!("reach-see-jumps")),
        press(Place::Bundles, "#export-bundle", "box", Touch::Press, t!("reach-export-bundle")),
        press(Place::Bundles, "#verify-file", "shield", Touch::Focus, t!("reach-verify-bundle")),
        press(Place::Bundles, "#save-key", "download", Touch::Press, t!("reach-save-key")),
        press(Place::Bundles, "#copy-key", "copy", Touch::Press, t!("reach-copy-key")),
        press(Place::Bundles, "#change-key", "sync", Touch::Press, t!("reach-change-key")),
        press(Place::Sync, "#check-now", "sync", Touch::Press, t!("reach-check-now")),
        // Not pressed from here: the differences, which are looked at first, stand below them.
        press(Place::Sync, "#push", "rise", Touch::Focus, t!("reach-push")),
        press(Place::Sync, "#pull", "fall", Touch::Focus, t!("reach-pull")),
        press(Place::Sync, "#sync-all", "sync", Touch::Focus, t!("reach-sync-all")),
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
        press(Place::Settings, "#renew-codes", "shield", Touch::Press, t!("reach-renew-codes")),
        press(Place::Settings, "#remove-totp", "shield", Touch::Press, t!("reach-remove-totp")),
        press(Place::Settings, "#key-reminds", "lock", Touch::Focus, t!("reach-key-settings")),
        press(
            Place::Settings,
            "#limit-zone-kind [tabindex='0']",
            "gauge",
            Touch::Focus,
            t!("reach-limit-zone"),
        ),
        press(
            Place::Settings,
            "#usage-zone-kind [tabindex='0']",
            "chart",
            Touch::Focus,
            t!("reach-usage-zone"),
        ),
        press(Place::Settings, "#idle-lock", "lock", Touch::Focus, t!("reach-idle")),
        press(Place::Settings, "#theme [tabindex='0']", "sliders", Touch::Focus, t!("reach-theme")),
        press(Place::Settings, "#rows [tabindex='0']", "sliders", Touch::Focus, t!("reach-rows")),
        press(Place::Settings, "#language", "sliders", Touch::Focus, t!("reach-language")),
        press(Place::Settings, "#reduce-motion", "sliders", Touch::Focus, t!("reach-motion")),
        press(Place::Settings, "#single-keys", "sliders", Touch::Focus, t!("reach-single-keys")),
        press(Place::Settings, "#open-logs", "file", Touch::Press, t!("reach-open-logs")),
        press(Place::Settings, "#open-data", "file", Touch::Press, t!("reach-open-data")),
        press(Place::Settings, "#log-level", "list", Touch::Focus, t!("reach-log")),
        press(Place::Settings, "#show-licences", "info", Touch::Press, t!("reach-licences")),
        press(Place::Settings, "#make-recipient", "link", Touch::Press, t!("reach-recipient")),
        press(Place::Settings, "#copy-recipient", "copy", Touch::Press, t!("reach-copy-recipient")),
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

    /// What is no part of a page although it is no dialog by itself; everything else that draws buttons is.
    const NO_PAGES: [(&str, &str); 14] = [
        ("components/import_preview", "a part of the dialog of imports"),
        ("components/key_field", "a part of the drawer"),
        ("components/key_parts", "a part of a key's dialog"),
        ("components/new_task", "a part of the drawer, with an entry of its own"),
        ("components/provider_form", "a part of the drawer"),
        ("components/test_region", "a part of the drawer"),
        ("pages/create_vault", "before a vault is open"),
        ("pages/first_kit", "before a vault is in use"),
        ("pages/kit_shown", "a part of a kit's dialog"),
        ("pages/recover", "before a vault is open"),
        ("pages/rescue", "before a vault is open"),
        ("pages/restore_locked", "before a vault is open"),
        ("pages/unlock", "before a vault is open"),
        ("pages/unusable", "before a vault is open"),
    ];

    /// Buttons of pages that the palette needs no entry for, or has one of another kind for; each with the reason.
    const OTHERWISE: [(&str, &str); 62] = [
        ("add-provider", "an entry for each vendor"),
        ("test-all", "an entry of its own"),
        ("first-provider", "an entry of its own"),
        ("retry-list", "it is there where something was not read, with the focus near"),
        ("test", "an entry for each provider"),
        ("edit", "an entry for each provider"),
        ("stats", "an entry for each provider"),
        ("bulk-export", "an entry of its own, which exports what is marked"),
        ("remind-later", "the answer to a note"),
        ("remind-replace", "the answer to a note"),
        ("new-budget", "an entry of its own"),
        ("first-budget", "the same on an empty page"),
        ("new-quota", "an entry of its own"),
        ("check-all", "an entry of its own"),
        ("open-routing", "the page itself"),
        ("save-routes", "an entry of its own"),
        ("keep-routes", "the answer to a question"),
        ("reload-routes", "the answer to a question"),
        ("add", "each chain has its own"),
        ("explain", "each chain has its own"),
        ("settings", "each chain has its own"),
        ("copy", "each answer has its own"),
        ("run", "each answer has its own"),
        ("stop", "each answer has its own"),
        ("make-route", "each answer has its own"),
        ("connect-server", "an entry of its own"),
        ("stop-sync", "it is there while something runs, with the focus near"),
        ("choose-again", "each difference has its own"),
        ("sync-only", "each difference has its own"),
        ("apply-choices", "each difference has its own"),
        ("ask-again", "it is there where a server did not answer"),
        ("told-log-in", "it is there where a server asks who one is"),
        ("add-server", "an entry of its own"),
        ("replace-token", "an entry of its own"),
        ("apply-port", "it ends what the field began"),
        ("apply-zone", "it ends what the field began"),
        ("apply-limit-zone", "it ends what the field began"),
        ("range-apply", "it ends what the fields began"),
        ("save-key-settings", "it ends what the fields began"),
        ("confirm-totp", "it ends what the field began"),
        ("factor-confirm", "it ends what the field began"),
        ("backup-there", "it stands beside the field that is reached"),
        ("restore-there", "it stands beside the field that is reached"),
        ("reprice", "an entry of its own"),
        ("restore-catalogue", "an entry of its own"),
        ("make-key", "a bundle's own dialog offers it"),
        ("cancel-totp", "it leaves what was begun"),
        ("codes-kept", "it leaves what was shown"),
        ("clear-filters", "an entry of its own"),
        ("whole-budget", "it leaves one budget's chart"),
        ("back-to-charts", "it leaves a list"),
        ("any-record", "it leaves a record"),
        ("older", "it goes on with the list"),
        ("more-calls", "it goes on with the list"),
        ("show-contents", "it opens what was judged"),
        ("more", "it opens fields beside it"),
        ("open-palette", "it is this"),
        ("open-help", "an entry of its own"),
        ("lock-now", "an entry of its own"),
        ("change-password", "an entry of its own"),
        ("make-kit", "an entry of its own"),
        ("replace-key", "an entry of its own"),
    ];

    /// What draws pages: all of the page's sources but dialogs and their parts, so that a new page is one of them by itself.
    fn pages() -> impl Iterator<Item = (String, String)> {
        let draws = |path: &str| path.starts_with("components/") || path.starts_with("pages/");
        let apart = |path: &str| NO_PAGES.iter().any(|(one, _)| *one == path);
        let all = sources::all().into_iter();
        all.filter(move |(path, source)| draws(path) && !apart(path) && !source.contains("<Modal "))
    }

    fn buttons() -> BTreeSet<String> {
        let mut ids = BTreeSet::new();
        for (_, source) in pages() {
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
        assert!(ids.len() > 80, "{ids:?}");
        let reached = |id: &str| {
            let selectors = [format!("#{id}"), format!("[data-action='{id}']")];
            presses()
                .iter()
                .any(|entry| matches!(entry.deed, Deed::Press(press) if selectors.iter().any(|one| one == press.on)))
        };
        let otherwise = |id: &str| OTHERWISE.iter().any(|(one, _)| *one == id);
        let lacking: Vec<&String> = ids.iter().filter(|id| !reached(id) && !otherwise(id)).collect();
        assert!(lacking.is_empty(), "without an entry: {lacking:?}");
        let both: Vec<&str> = OTHERWISE.iter().map(|(id, _)| *id).filter(|id| reached(id)).collect();
        assert!(both.is_empty(), "with an entry, all the same: {both:?}");
        let gone: Vec<&str> = OTHERWISE.iter().map(|(id, _)| *id).filter(|id| !ids.contains(*id)).collect();
        assert!(gone.is_empty(), "a reason for nothing: {gone:?}");
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
