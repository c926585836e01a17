//! The command palette: what can be found, and how it is matched. Deliberately not here: running what is chosen.

mod press;

use model::{ProviderId, ProviderType, ProviderView, TaskView, provider::ProviderList, set_up::SetUp};

pub use self::press::{Press, Touch};
use super::{place::Place, set_up, usage_log::Check};
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
    /// Make a provider the default.
    MakeDefault(ProviderId),
    /// Copy a provider.
    Duplicate(ProviderId),
    /// Ask before a provider is deleted.
    Delete(ProviderId),
    /// Start a new provider of a type.
    Add(ProviderType),
    /// The short way to a first provider.
    First,
    /// Start from an example.
    SetUp(SetUp),
    /// Open a dialog of one of the pages.
    Open(Opens),
    /// Move a provider one place up, or down.
    Move(ProviderId, bool),
    /// Show the list as it was ordered by hand.
    OwnOrder,
    /// Take all marks of the list away.
    ClearSelection,
    /// Show the whole list again.
    ClearFilters,
    /// Take the last change back.
    Undo,
    /// Test every active provider.
    TestAll,
    /// Probe every active provider.
    CheckHealth,
    /// Save the routes that were changed.
    SaveRoutes,
    /// Compare the usage log's sums with its calls, or make them anew.
    CheckUsage(Check),
    /// Add a task, in the form of a new provider.
    AddTask,
    /// Go to something that stands on a page.
    Press(Press),
    /// Lock the vault.
    Lock,
    /// Show the shortcuts.
    Help,
}

/// A dialog that is opened from a page, or from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// A new budget.
    Budget,
    /// Usage from a file.
    ImportUsage,
    /// Past calls at another price.
    Reprice,
    /// How long calls stay in the log.
    Retention,
    /// The catalogue that came with the program.
    RestoreCatalog,
    /// A token for the gateway's clients.
    GatewayToken,
    /// Another password.
    Password,
    /// A recovery kit.
    Kit,
    /// Another vault key.
    VaultKey,
    /// Configurations for another vault.
    Export,
    /// Configurations from another vault.
    Import,
    /// A server to synchronise with.
    Connect,
    /// A server for bundles.
    BundleServer,
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
    /// Providers, first, and the tasks that they serve.
    pub providers: Vec<Entry>,
    /// Actions, below.
    pub actions: Vec<Entry>,
}

/// More would need scrolling, and another letter narrows sooner. Who asks for actions alone gets all that are about no provider.
const MOST_PROVIDERS: usize = 6;
const MOST_TASKS: usize = 4;
const MOST_ACTIONS: usize = 16;

impl Results {
    /// The results of a search; one that starts with `>` is for actions only.
    pub fn of(list: &ProviderList, search: &str) -> Self {
        let (actions_only, words) = match search.trim_start().strip_prefix('>') {
            Some(rest) => (true, rest),
            None => (false, search),
        };
        let words: Vec<String> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let found = Self::matching(list, &words, actions_only, contains);
        // Letters in their order, with others between: for who abbreviates, and only where nothing has the words whole.
        if found.is_empty() { Self::matching(list, &words, actions_only, has_letters) } else { found }
    }

    fn matching(
        list: &ProviderList,
        words: &[String],
        actions_only: bool,
        has: fn(&str, &str) -> bool,
    ) -> Self {
        let matching = |entry: &Entry| {
            let text = format!("{} {}", entry.title, entry.detail).to_lowercase();
            words.iter().all(|word| has(&text, word))
        };
        let providers = list.providers.iter().filter(|_| !actions_only).map(provider_entry).filter(matching);
        let tasks = list.tasks.iter().filter(|_| !actions_only && !words.is_empty());
        let tasks = tasks.map(|task| task_entry(task, list)).filter(matching);
        let about_one = list.providers.iter().filter(|_| !words.is_empty()).flat_map(provider_actions);
        Self {
            providers: providers.take(MOST_PROVIDERS).chain(tasks.take(MOST_TASKS)).collect(),
            actions: general_actions()
                .into_iter()
                .filter(matching)
                .chain(about_one.filter(matching).take(MOST_ACTIONS))
                .take(if actions_only { usize::MAX } else { MOST_ACTIONS })
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

fn task_entry(task: &TaskView, list: &ProviderList) -> Entry {
    let holder = list.providers.iter().find(|provider| Some(provider.id) == task.holder);
    let detail = match holder {
        Some(holder) => t!("act-task", name = name(&holder.display_name)),
        None => t!("act-task-nobody"),
    };
    let title = task.name.to_string();
    Entry { title, detail, icon: "route", tile: None, keys: &[], deed: Deed::Go(Place::Routing) }
}

fn provider_actions(provider: &ProviderView) -> Vec<Entry> {
    let (id, shown) = (provider.id, name(&provider.display_name));
    let shown = shown.as_str();
    let switch = if provider.is_active {
        t!("palette-turn-off", name = shown)
    } else {
        t!("palette-turn-on", name = shown)
    };
    let mut actions = vec![
        action("bolt", t!("palette-test", name = shown), &["T"], Deed::Test(id)),
        action("edit", t!("palette-edit", name = shown), &["E"], Deed::Edit(id)),
        action("lock", t!("palette-key", name = shown), &[], Deed::Key(id)),
        action("dash", switch, &[], Deed::SetActive(id, !provider.is_active)),
    ];
    // What is off serves nothing, and what is the default is so already.
    if provider.is_active && !provider.is_default {
        actions.push(action("check", t!("act-default", name = shown), &[], Deed::MakeDefault(id)));
    }
    actions.push(action("copy", t!("act-duplicate", name = shown), &["D"], Deed::Duplicate(id)));
    actions.push(action("up", t!("act-move-up", name = shown), &[], Deed::Move(id, true)));
    actions.push(action("down", t!("act-move-down", name = shown), &[], Deed::Move(id, false)));
    actions.push(action("trash", t!("act-delete", name = shown), &["Del"], Deed::Delete(id)));
    actions
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
    actions.push(action("lock", t!("act-first"), &[], Deed::First));
    actions.extend(
        SetUp::ALL
            .map(|one| action("stack", t!("act-set-up", name = set_up::title(one)), &[], Deed::SetUp(one))),
    );
    actions.extend(dialogs());
    actions.push(action("plus", t!("act-add-task"), &[], Deed::AddTask));
    actions.extend(press::presses());
    actions.push(action("check", t!("act-verify-usage"), &[], Deed::CheckUsage(Check::Verify)));
    actions.push(action("sync", t!("act-rebuild-usage"), &[], Deed::CheckUsage(Check::Rebuild)));
    actions.push(action("up", t!("act-undo"), &["Ctrl", "Z"], Deed::Undo));
    actions.push(action("drag", t!("act-own-order"), &[], Deed::OwnOrder));
    actions.push(action("x", t!("act-clear-filters"), &[], Deed::ClearFilters));
    actions.push(action("x", t!("act-select-none"), &[], Deed::ClearSelection));
    actions.push(action("lock", t!("palette-lock"), &["Ctrl", "L"], Deed::Lock));
    actions.push(action("info", t!("palette-help"), &["?"], Deed::Help));
    actions
}

fn dialogs() -> [Entry; 13] {
    [
        ("gauge", t!("act-new-budget"), Opens::Budget),
        ("upload", t!("act-import-usage"), Opens::ImportUsage),
        ("chart", t!("act-reprice"), Opens::Reprice),
        ("trash", t!("act-retention"), Opens::Retention),
        ("chart", t!("act-restore-catalogue"), Opens::RestoreCatalog),
        ("server", t!("act-gateway-token"), Opens::GatewayToken),
        ("lock", t!("act-password"), Opens::Password),
        ("file", t!("act-kit"), Opens::Kit),
        ("sync", t!("act-vault-key"), Opens::VaultKey),
        ("download", t!("act-export"), Opens::Export),
        ("upload", t!("act-import"), Opens::Import),
        ("server", t!("act-connect"), Opens::Connect),
        ("box", t!("act-add-server"), Opens::BundleServer),
    ]
    .map(|(icon, title, opens)| action(icon, title, &[], Deed::Open(opens)))
}

fn contains(text: &str, word: &str) -> bool {
    text.contains(word)
}

/// Whether a text has a word's letters in their order, whatever stands between them.
fn has_letters(text: &str, word: &str) -> bool {
    let mut letters = text.chars();
    word.chars().all(|wanted| letters.any(|letter| letter == wanted))
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
        assert!(Results::of(&list(), "zzz qqq").is_empty());
    }

    #[test]
    fn letters_in_their_order_are_enough_where_no_word_is_whole() {
        let results = Results::of(&list(), "gtroutng");
        assert_eq!(results.actions[0].deed, Deed::Go(Place::Routing));
        // Where a word is whole, what only has its letters stays away.
        assert!(Results::of(&list(), "vllm").entries().all(|entry| entry.title.contains("vLLM")));
    }

    #[test]
    fn only_what_is_on_and_not_the_default_can_become_it() {
        let mut list = list();
        list.providers[0].is_default = true;
        let deeds: Vec<Deed> =
            Results::of(&list, "> the default").entries().map(|entry| entry.deed).collect();
        assert_eq!(deeds, [Deed::MakeDefault(list.providers[2].id)]);
    }

    #[test]
    fn a_task_is_found_with_who_is_first() {
        let mut list = list();
        let task = "cv_draft".parse().unwrap();
        list.tasks = vec![TaskView { name: task, holder: Some(list.providers[0].id) }];
        let results = Results::of(&list, "cv_dr");
        assert_eq!(results.providers.len(), 1);
        assert!(results.providers[0].detail.contains("Claude Production"));
    }

    #[test]
    fn every_general_action_is_shown_to_who_asks_for_actions_alone() {
        let shown = Results::of(&list(), ">").actions;
        assert_eq!(shown, general_actions());
    }

    #[test]
    fn every_page_dialog_template_and_type_is_found() {
        let all = general_actions();
        assert!(Place::ALL.iter().all(|place| all.iter().any(|entry| entry.deed == Deed::Go(*place))));
        assert!(SetUp::ALL.iter().all(|one| all.iter().any(|entry| entry.deed == Deed::SetUp(*one))));
        assert!(ProviderType::ALL.iter().all(|kind| all.iter().any(|entry| entry.deed == Deed::Add(*kind))));
        for entry in &all {
            let found = Results::of(&list(), &format!("> {}", entry.title));
            assert!(found.entries().any(|other| other == entry), "{}", entry.title);
        }
    }
}
