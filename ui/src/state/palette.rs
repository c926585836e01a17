//! The command palette: what can be found, and in which order it is shown. Deliberately not here: running what is chosen.

mod matching;
mod press;
#[cfg(test)]
mod tests;

use model::{ProviderId, ProviderType, ProviderView, TaskView, provider::ProviderList, set_up::SetUp};

pub use self::{
    matching::marks,
    press::{Press, Touch},
};
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
    /// Show the usage of a provider.
    Usage(ProviderId),
    /// Try out on paper what a provider's failure would do.
    Simulate(ProviderId),
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

impl Deed {
    /// Which provider it is about.
    pub fn provider(self) -> Option<ProviderId> {
        match self {
            Self::Edit(id)
            | Self::Key(id)
            | Self::Test(id)
            | Self::SetActive(id, _)
            | Self::MakeDefault(id)
            | Self::Duplicate(id)
            | Self::Delete(id)
            | Self::Usage(id)
            | Self::Simulate(id)
            | Self::Move(id, _) => Some(id),
            Self::Go(_)
            | Self::Add(_)
            | Self::First
            | Self::SetUp(_)
            | Self::Open(_)
            | Self::OwnOrder
            | Self::ClearSelection
            | Self::ClearFilters
            | Self::Undo
            | Self::TestAll
            | Self::CheckHealth
            | Self::SaveRoutes
            | Self::CheckUsage(_)
            | Self::AddTask
            | Self::Press(_)
            | Self::Lock
            | Self::Help => None,
        }
    }
}

/// A dialog that is opened from a page, or from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// A new budget.
    Budget,
    /// A new quota of a user.
    Quota,
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
    /// Another name that the search knows it by; nothing shows it.
    pub also: String,
    /// Name of an icon, where no provider's tile stands.
    pub icon: &'static str,
    /// Whose tile stands before it.
    pub tile: Option<ProviderType>,
    /// The shortcut, key by key.
    pub keys: &'static [&'static str],
    /// What it does.
    pub deed: Deed,
}

/// Under which heading lines stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// What was chosen here lately.
    Recent,
    /// Providers.
    Providers,
    /// Tasks that they serve.
    Tasks,
    /// What can be done.
    Actions,
    /// Where one can go.
    Places,
}

/// Lines under one heading, the best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: Heading,
    /// The lines.
    pub entries: Vec<Entry>,
}

/// What the palette shows for a search: the section with the best line first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results(pub Vec<Section>);

/// More would need scrolling, and another letter narrows sooner. Who asks for actions alone gets all that are about no provider.
const MOST_PROVIDERS: usize = 6;
const MOST_TASKS: usize = 4;
const MOST_ACTIONS: usize = 16;
const MOST_PLACES: usize = 11;
/// Providers whose actions are looked through: each has a dozen, and a list may have hundreds of providers.
const MOST_ASKED: usize = 40;
/// Chosen lately, as many as are remembered while the vault is open.
pub const MOST_RECENT: usize = 5;

/// An entry and how well it fits; less is better.
type Ranked = (u32, Entry);

impl Results {
    /// The results of a search; one that starts with `>` is for actions only. Before anything is typed, what was chosen lately is first.
    pub fn of(list: &ProviderList, search: &str, recent: &[Deed]) -> Self {
        let (actions_only, words) = matching::words(search);
        let (all, typed) = (!actions_only, !words.is_empty());
        let providers = list.providers.iter().filter(|_| all).map(provider_entry);
        let tasks = list.tasks.iter().filter(|_| all && typed).map(|task| task_entry(task, list));
        let asked = asked(list, &words);
        let mut actions = ranked(general_actions().into_iter(), &words, usize::MAX);
        actions.extend(ranked(asked.iter().copied().flat_map(provider_actions), &words, MOST_ACTIONS));
        actions.sort_by_key(|(rank, _)| *rank);
        actions.truncate(if actions_only { usize::MAX } else { MOST_ACTIONS });
        let mut to = ranked(places().into_iter(), &words, MOST_PLACES);
        to.extend(ranked(asked.iter().copied().map(usage_of), &words, MOST_PROVIDERS));
        to.sort_by_key(|(rank, _)| *rank);
        let recent = if all && !typed { recent } else { &[] };
        let recent = recent.iter().filter_map(|deed| Some((0, entry_of(list, *deed)?))).collect();
        let mut found = [
            (Heading::Recent, recent),
            (Heading::Providers, ranked(providers, &words, MOST_PROVIDERS)),
            (Heading::Tasks, ranked(tasks, &words, MOST_TASKS)),
            (Heading::Actions, actions),
            (Heading::Places, to),
        ];
        found.sort_by_key(|(_, entries): &(Heading, Vec<Ranked>)| {
            entries.first().map_or(0, |(rank, _)| *rank)
        });
        let section = |(heading, entries): (Heading, Vec<Ranked>)| Section {
            heading,
            entries: entries.into_iter().map(|(_, entry)| entry).collect(),
        };
        Self(found.into_iter().filter(|(_, entries)| !entries.is_empty()).map(section).collect())
    }

    /// All entries in the order of lines.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter().flat_map(|section| &section.entries)
    }

    /// Number of lines.
    pub fn len(&self) -> usize {
        self.entries().count()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What fits, the best first and otherwise in the order in which it came.
fn ranked(entries: impl Iterator<Item = Entry>, words: &[String], most: usize) -> Vec<Ranked> {
    let mut fitting: Vec<Ranked> =
        entries.filter_map(|entry| Some((matching::rank(&entry, words)?, entry))).collect();
    fitting.sort_by_key(|(rank, _)| *rank);
    fitting.truncate(most);
    fitting
}

/// The providers whose actions are looked through: those that are named first, in the list's order.
fn asked<'a>(list: &'a ProviderList, words: &[String]) -> Vec<&'a ProviderView> {
    let unnamed = |provider: &&ProviderView| {
        !words.iter().any(|word| matching::fits(&provider.display_name.to_lowercase(), word))
    };
    let mut asked: Vec<&ProviderView> = list.providers.iter().filter(|_| !words.is_empty()).collect();
    asked.sort_by_key(unnamed);
    asked.truncate(MOST_ASKED);
    asked
}

/// The line by which something is chosen again; nothing where it is gone, or done.
fn entry_of(list: &ProviderList, deed: Deed) -> Option<Entry> {
    let about = deed.provider().and_then(|id| list.providers.iter().find(|provider| provider.id == id));
    let of_one = about.into_iter().flat_map(|provider| {
        [provider_entry(provider), usage_of(provider)].into_iter().chain(provider_actions(provider))
    });
    let others = deed.provider().is_none().then(|| general_actions().into_iter().chain(places()));
    of_one.chain(others.into_iter().flatten()).find(|entry| entry.deed == deed)
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
        also: String::new(),
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
    let also = String::new();
    Entry { title, detail, also, icon: "route", tile: None, keys: &[], deed: Deed::Go(Place::Routing) }
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
    actions.push(action("route", t!("act-simulate", name = shown), &[], Deed::Simulate(id)));
    actions.push(action("copy", t!("act-duplicate", name = shown), &["D"], Deed::Duplicate(id)));
    actions.push(action("up", t!("act-move-up", name = shown), &[], Deed::Move(id, true)));
    actions.push(action("down", t!("act-move-down", name = shown), &[], Deed::Move(id, false)));
    actions.push(action("trash", t!("act-delete", name = shown), &["Del"], Deed::Delete(id)));
    actions
}

fn usage_of(provider: &ProviderView) -> Entry {
    let title = t!("act-usage", name = name(&provider.display_name));
    action("chart", title, &["S"], Deed::Usage(provider.id))
}

fn places() -> [Entry; 11] {
    Place::ALL.map(|place| {
        let title = t!("palette-go", page = place.title());
        Entry { also: place.title(), ..action(place.icon(), title, place.keys(), Deed::Go(place)) }
    })
}

fn general_actions() -> Vec<Entry> {
    let add = |provider_type: ProviderType| {
        let keys: &[&str] = if provider_type == ProviderType::Gemini { &["N"] } else { &[] };
        action("plus", t!("palette-add", kind = provider_type.label()), keys, Deed::Add(provider_type))
    };
    let mut actions = vec![action("bolt", t!("test-all"), &[], Deed::TestAll)];
    actions.extend(ProviderType::ALL.map(add));
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

fn dialogs() -> [Entry; 14] {
    [
        ("gauge", t!("act-new-budget"), Opens::Budget),
        ("gauge", t!("act-new-quota"), Opens::Quota),
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

fn action(icon: &'static str, title: String, keys: &'static [&'static str], deed: Deed) -> Entry {
    Entry { title, detail: String::new(), also: String::new(), icon, tile: None, keys, deed }
}
