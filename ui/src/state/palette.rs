//! The command palette: what can be found, and how it is matched. Deliberately not here: running what is chosen.

use model::{ProviderId, ProviderType, ProviderView, provider::ProviderList};

use super::place::Place;
use crate::{t, texts::name};

/// What an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Show a page.
    Go(Place),
    /// Open a provider's drawer.
    Edit(ProviderId),
    /// Open what can be done with a provider's key.
    Key(ProviderId),
    /// Test a provider.
    Test(ProviderId),
    /// Switch a provider on or off.
    SetActive(ProviderId, bool),
    /// Start a new provider of a type.
    Add(ProviderType),
    /// Test every active provider.
    TestAll,
    /// Probe every active provider.
    CheckHealth,
    /// Save the routes that were changed.
    SaveRoutes,
    /// Lock the vault.
    Lock,
    /// Show the shortcuts.
    Help,
}

/// One line of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The line itself, which the search matches.
    pub title: String,
    /// Beside it, which the search matches too.
    pub detail: String,
    /// Name of an icon, where no provider's tile stands.
    pub icon: &'static str,
    /// Whose tile stands before it.
    pub tile: Option<ProviderType>,
    /// The shortcut, key by key.
    pub keys: &'static [&'static str],
    /// What it does.
    pub deed: Deed,
}

/// What the palette shows for a search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// Providers, first.
    pub providers: Vec<Entry>,
    /// Actions, below.
    pub actions: Vec<Entry>,
}

/// More would need scrolling, and another letter narrows sooner.
const MOST_PROVIDERS: usize = 6;
const MOST_ACTIONS: usize = 16;

impl Results {
    /// The results of a search; one that starts with `>` is for actions only.
    pub fn of(list: &ProviderList, search: &str) -> Self {
        let (actions_only, words) = match search.trim_start().strip_prefix('>') {
            Some(rest) => (true, rest),
            None => (false, search),
        };
        let words: Vec<String> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let matching = |entry: &Entry| {
            let text = format!("{} {}", entry.title, entry.detail).to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        let providers = list.providers.iter().filter(|_| !actions_only).map(provider_entry).filter(matching);
        let about_one = list.providers.iter().filter(|_| !words.is_empty()).flat_map(provider_actions);
        Self {
            providers: providers.take(MOST_PROVIDERS).collect(),
            actions: general_actions()
                .into_iter()
                .chain(about_one)
                .filter(matching)
                .take(MOST_ACTIONS)
                .collect(),
        }
    }

    /// All entries in the order of lines.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.providers.iter().chain(&self.actions)
    }

    /// Number of lines.
    pub fn len(&self) -> usize {
        self.providers.len() + self.actions.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn provider_entry(provider: &ProviderView) -> Entry {
    let mut detail = provider.model_name.clone();
    if !provider.tasks.is_empty() {
        let tasks: Vec<&str> = provider.tasks.iter().map(model::TaskName::as_str).collect();
        detail = t!("palette-primary-for", model = detail, tasks = tasks.join(", "));
    }
    if !provider.is_active {
        detail = t!("palette-off", detail = detail);
    }
    let title = provider.display_name.clone();
    Entry {
        title,
        detail,
        icon: "edit",
        tile: Some(provider.provider_type),
        keys: &[],
        deed: Deed::Edit(provider.id),
    }
}

fn provider_actions(provider: &ProviderView) -> [Entry; 4] {
    let (id, shown) = (provider.id, name(&provider.display_name));
    let switch = if provider.is_active {
        t!("palette-turn-off", name = shown.as_str())
    } else {
        t!("palette-turn-on", name = shown.as_str())
    };
    [
        action("bolt", t!("palette-test", name = shown.as_str()), &["T"], Deed::Test(id)),
        action("edit", t!("palette-edit", name = shown.as_str()), &["E"], Deed::Edit(id)),
        action("lock", t!("palette-key", name = shown.as_str()), &[], Deed::Key(id)),
        action("dash", switch, &[], Deed::SetActive(id, !provider.is_active)),
    ]
}

fn general_actions() -> Vec<Entry> {
    let add = |provider_type: ProviderType| {
        let keys: &[&str] = if provider_type == ProviderType::Gemini { &["N"] } else { &[] };
        action("plus", t!("palette-add", kind = provider_type.label()), keys, Deed::Add(provider_type))
    };
    let mut actions = vec![action("bolt", t!("test-all"), &[], Deed::TestAll)];
    actions.extend(ProviderType::ALL.map(add));
    actions.extend(Place::ALL.map(|place| {
        let title = t!("palette-go", page = place.title());
        action(place.icon(), title, place.keys(), Deed::Go(place))
    }));
    actions.push(action("pulse", t!("check-all-providers"), &[], Deed::CheckHealth));
    actions.push(action("route", t!("save-routes"), &["Ctrl", "S"], Deed::SaveRoutes));
    actions.push(action("lock", t!("palette-lock"), &["Ctrl", "L"], Deed::Lock));
    actions.push(action("info", t!("palette-help"), &["?"], Deed::Help));
    actions
}

fn action(icon: &'static str, title: String, keys: &'static [&'static str], deed: Deed) -> Entry {
    Entry { title, detail: String::new(), icon, tile: None, keys, deed }
}

#[cfg(test)]
mod tests {
    use super::{super::list::tests as sample, *};

    fn list() -> ProviderList {
        let claude = sample::provider(1, "Claude Production", ProviderType::Claude);
        let mut off = sample::provider(2, "Claude Opus trial", ProviderType::Claude);
        off.is_active = false;
        sample::list(vec![claude, off, sample::provider(3, "Lab vLLM", ProviderType::OpenAiCompatible)])
    }

    #[test]
    fn a_search_finds_providers_and_what_can_be_done_with_them() {
        let results = Results::of(&list(), "cla prod");
        assert_eq!(results.providers.len(), 1);
        assert_eq!(results.actions[0].deed, Deed::Test(list().providers[0].id));
    }

    #[test]
    fn an_angle_bracket_leaves_only_actions() {
        let results = Results::of(&list(), "> claude");
        assert!(results.providers.is_empty());
        assert_eq!(results.actions[0].deed, Deed::Add(ProviderType::Claude));
    }

    #[test]
    fn a_page_is_found_by_its_name() {
        let results = Results::of(&list(), "go rout");
        assert_eq!(results.actions[0].deed, Deed::Go(Place::Routing));
        assert_eq!(results.len(), 1);
    }

    #[test]
    fn an_empty_search_shows_providers_and_general_actions() {
        let results = Results::of(&list(), "");
        assert_eq!(results.providers.len(), 3);
        assert_eq!(results.actions[0].deed, Deed::TestAll);
        assert!(Results::of(&list(), "no such thing").is_empty());
    }
}
