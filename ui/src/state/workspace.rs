//! Everything the page holds while the vault is open. It is dropped as a whole when the vault locks.

mod action;
mod layer;

use std::{collections::BTreeMap, rc::Rc};

use model::{
    Catalog, Failure, ProviderId, ProviderView,
    health::HealthView,
    prices::CatalogView,
    provider::ProviderList,
    remembered::{Remembered, RememberedList},
    sync::{RemoteId, RemoteView},
    vault::Teller,
};

pub use self::{
    action::Action,
    layer::{CatalogFile, Layer},
};
use super::{
    gateway_settings::{self, Gateway},
    list::Query,
    palette::{Deed, MOST_RECENT},
    place::Place,
    playground::Playground,
    prepared::{self, Lines},
    routing::{self, Routing},
    toast::{Toast, Toasts},
};

/// Everything the page holds while the vault is open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workspace {
    /// Whether the vault is open. Before, all of this is drawn beneath the lock screen.
    pub open: bool,
    /// The page that is shown.
    pub place: Place,
    /// What the usage page keeps in the address, in words that only it reads.
    pub usage: Rc<str>,
    /// By which zone's days usage is counted: an IANA name, and nothing for the computer's own.
    pub zone: Rc<str>,
    /// How History is looked at, in words that only it reads.
    pub history: Rc<str>,
    /// What is searched for among bundles.
    pub bundle_search: Rc<str>,
    /// How differences with servers are looked at, in words that only their page reads.
    pub sync: Rc<str>,
    /// The providers.
    pub list: Load,
    /// Where each provider's line was drawn first.
    pub lines: Rc<Lines>,
    /// Whether it has been on the screen.
    pub painted: bool,
    /// The catalogue of models, once it was asked for.
    pub catalog: Option<Rc<Catalog>>,
    /// The routes.
    pub routing: Load<Routing>,
    /// How every provider is.
    pub health: Load<HealthView>,
    /// How many providers that are switched on are not well, as far as is known.
    pub unwell: usize,
    /// Whether every provider is being probed.
    pub checking: bool,
    /// What budgets told.
    pub alerts: Alerts,
    /// What was told of jumps of usage.
    pub jumps: Alerts,
    /// What was told of bundles that run out.
    pub bundles: Alerts,
    /// How many conflicts with each server waited for a person when it was last looked at.
    pub conflicts: Rc<BTreeMap<RemoteId, usize>>,
    /// Servers whose usage, health and history can be shown instead of this computer's.
    pub remotes: Rc<Vec<RemoteView>>,
    /// The one that is shown; `None` is this computer.
    pub source: Option<RemoteId>,
    /// The playground.
    pub playground: Rc<Playground>,
    /// The local gateway.
    pub gateway: Load<Gateway>,
    /// The catalogue of prices that is in force.
    pub prices: Load<CatalogView>,
    /// How often users' quotas were changed by what does not show them.
    pub quotas_changed: u32,
    /// What narrows and orders the list.
    pub query: Query,
    /// Rows that are marked for a bulk action.
    pub selected: Vec<ProviderId>,
    /// The row that has, or had last, the keyboard's focus.
    pub focused: Option<ProviderId>,
    /// Tests that run, each with the number by which it can be cancelled.
    pub testing: Vec<(ProviderId, u64)>,
    /// A test of several that runs.
    pub batch: Option<Batch>,
    /// Whether a link may wait for a person.
    pub link_waits: bool,
    /// What lies over the list.
    pub layer: Layer,
    /// What was chosen in the palette lately, the latest first.
    pub recent: Rc<[Deed]>,
    /// Messages in the corner.
    pub toasts: Toasts,
}

/// Something that is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Load<T = ProviderList> {
    /// Not there yet.
    #[default]
    Waiting,
    /// It could not be read.
    Failed(Failure),
    /// Here it is.
    Ready(Rc<T>),
}

/// What budgets told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alerts {
    /// What nobody has seen yet.
    pub unread: u64,
    /// How often something of budgets changed: whoever shows them reads them anew.
    pub changed: u32,
}

/// How far a test of several is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Tests that have ended.
    pub done: usize,
    /// Of these, how many passed.
    pub passed: usize,
    /// All of them.
    pub total: usize,
    /// Whether no further one is started.
    pub stopping: bool,
}

impl Workspace {
    /// What is drawn beneath the lock screen.
    pub fn prepared() -> Self {
        Self { list: Load::Ready(Rc::new(prepared::list())), ..Self::default() }
    }

    /// The list, when it is there.
    pub fn providers(&self) -> Option<&Rc<ProviderList>> {
        match &self.list {
            Load::Ready(list) => Some(list),
            Load::Waiting | Load::Failed(_) => None,
        }
    }

    /// How many tasks have unsaved changes of their routes.
    pub fn unsaved_routes(&self) -> usize {
        match &self.routing {
            Load::Ready(routing) => routing.changed().len(),
            Load::Waiting | Load::Failed(_) => 0,
        }
    }

    /// Whether a provider's test runs.
    pub fn is_testing(&self, id: ProviderId) -> bool {
        self.testing.iter().any(|(tested, _)| *tested == id)
    }

    /// A provider of the list.
    pub fn provider(&self, id: ProviderId) -> Option<&ProviderView> {
        self.providers()?.providers.iter().find(|provider| provider.id == id)
    }

    /// The state after a change.
    pub fn reduce(mut self, action: Action) -> Self {
        match action {
            Action::Recalled(remembered) => self.recalled(&remembered),
            Action::Zone(zone) => self.zone = zone,
            Action::Looked(list, text) => self.looked(list, text),
            Action::LinkCame => self.link_waits = true,
            Action::LinkTaken => self.link_waits = false,
            Action::Opened(list) => self.opened(list),
            Action::Go(place) => self.place = place,
            Action::Arrive(place, kept) => {
                self.place = place;
                if place == Place::Usage {
                    self.usage = kept;
                }
            }
            Action::Waiting => self.list = Load::Waiting,
            Action::Listed(list) => self.listed(list),
            // A list that is already shown is better than none.
            Action::NotListed(failure) if self.providers().is_none() => self.list = Load::Failed(failure),
            Action::NotListed(failure) => self.toasts.push(Toast::failure(&failure)),
            Action::Painted => self.painted = true,
            Action::Catalogued(catalog) => self.catalog = Some(Rc::new(catalog)),
            Action::Focus(id) => self.focused = Some(id),
            Action::Open(layer) => self.layer = layer,
            Action::Close => self.layer = Layer::None,
            Action::Chosen(deed) => self.chosen(deed),
            Action::Say(toast) => self.toasts.push(toast),
            Action::Dismiss(id) => self.toasts.dismiss(id),
            Action::Forget(id) => self.toasts.forget(id),
            Action::UndoBegan(id) => self.toasts.undo_began(id),
            Action::UndoEnded(id, left) => self.toasts.undo_ended(id, &left),
            other => self.watch(other),
        }
        self
    }

    fn watch(&mut self, action: Action) {
        match action {
            Action::Routing(edit) => match (&mut self.routing, edit) {
                (Load::Ready(routing), edit) => Rc::make_mut(routing).apply(edit),
                (waiting, routing::Edit::Read(view) | routing::Edit::Replaced(view)) => {
                    *waiting = Load::Ready(Rc::new(Routing::new(view)));
                }
                _ => {}
            },
            Action::NotRouted(failure) if !matches!(self.routing, Load::Ready(_)) => {
                self.routing = Load::Failed(failure);
            }
            Action::Health(view) => {
                self.unwell = super::health::unwell(&view);
                self.health = Load::Ready(Rc::new(view));
            }
            Action::Unwell(count) => self.unwell = count,
            Action::NotHealth(failure) if !matches!(self.health, Load::Ready(_)) => {
                self.health = Load::Failed(failure);
            }
            Action::NotRouted(failure) | Action::NotHealth(failure) => {
                self.toasts.push(Toast::failure(&failure));
            }
            Action::Told(by, unread) => {
                let told = match by {
                    Teller::Budgets => &mut self.alerts,
                    Teller::Usage => &mut self.jumps,
                    Teller::Bundles => &mut self.bundles,
                };
                told.unread = unread.unwrap_or(told.unread);
                told.changed = told.changed.wrapping_add(1);
            }
            Action::Checking(checking) => self.checking = checking,
            Action::Remotes(remotes) => {
                // One that was forgotten shows nothing any more.
                let is_left = |id: &RemoteId| remotes.iter().any(|remote| remote.id == *id);
                self.source = self.source.filter(is_left);
                Rc::make_mut(&mut self.conflicts).retain(|id, _| is_left(id));
                self.remotes = Rc::new(remotes);
            }
            Action::Compared(id, conflicts) => _ = Rc::make_mut(&mut self.conflicts).insert(id, conflicts),
            Action::From(source) => self.source = source,
            other => self.call(other),
        }
    }

    fn call(&mut self, action: Action) {
        match action {
            Action::Playground(edit) => Rc::make_mut(&mut self.playground).apply(edit),
            Action::Gateway(edit) => match (&mut self.gateway, edit) {
                (Load::Ready(gateway), edit) => Rc::make_mut(gateway).apply(edit),
                (waiting, gateway_settings::Edit::Seen(view)) => {
                    *waiting = Load::Ready(Rc::new(Gateway::new(view)));
                }
                _ => {}
            },
            Action::NotGateway(failure) if !matches!(self.gateway, Load::Ready(_)) => {
                self.gateway = Load::Failed(failure);
            }
            Action::NotGateway(failure) => self.toasts.push(Toast::failure(&failure)),
            Action::Prices(Ok(view)) => self.prices = Load::Ready(Rc::new(view)),
            Action::Prices(Err(failure)) => self.prices = Load::Failed(failure),
            Action::QuotasChanged => self.quotas_changed = self.quotas_changed.wrapping_add(1),
            other => self.narrow(other),
        }
    }

    fn narrow(&mut self, action: Action) {
        match action {
            Action::Search(text) => self.query.search = text,
            Action::FilterType(provider_type) => self.query.provider_type = provider_type,
            Action::FilterStatus(status) => self.query.status = status,
            Action::FilterTask(task) => self.query.task = task,
            Action::ClearQuery => self.query = Query { sort: self.query.sort, ..Query::default() },
            Action::Sorted(sort) => self.query.sort = sort,
            Action::SortBy(column) => self.query.sort = self.query.sort.clicked(column),
            Action::Toggle(id) if self.selected.contains(&id) => self.selected.retain(|marked| *marked != id),
            Action::Toggle(id) => self.selected.push(id),
            Action::Select(ids) => {
                let fresh: Vec<ProviderId> =
                    ids.into_iter().filter(|id| !self.selected.contains(id)).collect();
                self.selected.extend(fresh);
            }
            Action::ClearSelection => self.selected.clear(),
            other => self.test(other),
        }
    }

    fn test(&mut self, action: Action) {
        match action {
            Action::TestBegan(id, run) => self.testing.push((id, run)),
            Action::TestEnded(id, provider) => {
                self.testing.retain(|(tested, _)| *tested != id);
                if let Some(provider) = provider {
                    self.replace(*provider);
                }
            }
            Action::BatchBegan(total) => {
                self.batch = Some(Batch { done: 0, passed: 0, total, stopping: false })
            }
            Action::BatchStep(passed) => {
                if let Some(batch) = &mut self.batch {
                    batch.done += 1;
                    batch.passed += usize::from(passed);
                }
            }
            Action::BatchStop => {
                if let Some(batch) = &mut self.batch {
                    batch.stopping = true;
                }
            }
            Action::BatchEnded => self.batch = None,
            _ => {}
        }
    }

    fn recalled(&mut self, remembered: &Remembered) {
        for (list, text) in &remembered.0 {
            match list {
                RememberedList::Providers => self.query = Query::recalled(text),
                RememberedList::Usage => self.usage = text.as_str().into(),
                RememberedList::Zone => self.zone = text.as_str().into(),
                RememberedList::Source => self.source = text.parse().ok(),
                RememberedList::History | RememberedList::Bundles | RememberedList::Sync => {
                    self.looked(*list, text.as_str().into());
                }
            }
        }
    }

    /// A page that keeps to itself how it is looked at says it here, to be found again.
    fn looked(&mut self, list: RememberedList, text: Rc<str>) {
        match list {
            RememberedList::History => self.history = text,
            RememberedList::Bundles => self.bundle_search = text,
            RememberedList::Sync => self.sync = text,
            RememberedList::Providers
            | RememberedList::Usage
            | RememberedList::Zone
            | RememberedList::Source => {}
        }
    }

    /// The same chosen again moves to the front.
    fn chosen(&mut self, deed: Deed) {
        let others = self.recent.iter().copied().filter(|one| *one != deed);
        self.recent = std::iter::once(deed).chain(others).take(MOST_RECENT).collect();
    }

    fn opened(&mut self, list: Option<Rc<ProviderList>>) {
        if let (Load::Ready(drawn), Some(list)) = (&self.list, &list) {
            self.lines = Rc::new(Lines::moved(drawn, list));
        }
        self.open = true;
        // One may have come before there was anybody to look at it.
        self.link_waits = true;
        // Nothing of a list that did not come is waited for: the rest of the window can be used meanwhile.
        self.painted = list.is_none();
        self.list = list.map_or(Load::Waiting, Load::Ready);
    }

    fn listed(&mut self, list: ProviderList) {
        let known = |id: &ProviderId| list.providers.iter().any(|provider| provider.id == *id);
        self.selected.retain(known);
        self.focused = self.focused.filter(known);
        self.list = Load::Ready(Rc::new(list));
    }

    fn replace(&mut self, provider: ProviderView) {
        let Load::Ready(list) = &mut self.list else { return };
        let list = Rc::make_mut(list);
        if let Some(place) = list.providers.iter_mut().find(|old| old.id == provider.id) {
            *place = provider;
        }
    }
}

#[cfg(test)]
mod tests;
