//! Everything that changes what the page holds.

use std::rc::Rc;

use model::{
    Catalog, Failure, ProviderId, ProviderType, ProviderView,
    health::HealthView,
    prices::CatalogView,
    provider::ProviderList,
    remembered::{Remembered, RememberedList},
    sync::{RemoteId, RemoteView},
    vault::Teller,
};

use super::Layer;
use crate::state::{
    gateway_settings,
    list::{Column, Sort, Status, TaskFilter},
    palette::Deed,
    place::Place,
    playground, routing,
    toast::{Step, Toast},
};

/// A change.
#[derive(Clone, Debug)]
pub enum Action {
    /// How lists were looked at before; comes just before the vault is open.
    Recalled(Rc<Remembered>),
    /// A link came in.
    LinkCame,
    /// It is being taken.
    LinkTaken,
    /// Usage is counted by the days of another zone.
    Zone(Rc<str>),
    /// A page that keeps it to itself is looked at in another way.
    Looked(RememberedList, Rc<str>),
    /// The vault is open, with its list or without.
    Opened(Option<Rc<ProviderList>>),
    /// Show another page.
    Go(Place),
    /// Show the page of an address, and what the usage page then keeps in it.
    Arrive(Place, Rc<str>),
    /// The list is asked for anew, with nothing to show meanwhile.
    Waiting,
    /// The list came.
    Listed(ProviderList),
    /// The list did not come.
    NotListed(Failure),
    /// The list is on the screen.
    Painted,
    /// The catalogue came.
    Catalogued(Catalog),
    /// The routes came, or something of their page changes.
    Routing(routing::Edit),
    /// The routes did not come.
    NotRouted(Failure),
    /// The health came.
    Health(HealthView),
    /// So many are not well.
    Unwell(usize),
    /// The health did not come.
    NotHealth(Failure),
    /// Every provider is being probed, or not any more.
    Checking(bool),
    /// Somebody told something, or a person saw it: so many are unread. `None`: what they tell of is to be read anew.
    Told(Teller, Option<u64>),
    /// The servers were read.
    Remotes(Vec<RemoteView>),
    /// A server was looked at, and so many conflicts wait for a person.
    Compared(RemoteId, usize),
    /// Usage, health and history are shown from there; `None` is this computer.
    From(Option<RemoteId>),
    /// Something of the playground.
    Playground(playground::Edit),
    /// Something of the gateway's settings.
    Gateway(gateway_settings::Edit),
    /// The gateway's settings did not come.
    NotGateway(Failure),
    /// The catalogue in force came, or could not be read.
    Prices(Result<CatalogView, Failure>),
    /// Users' quotas are others: whoever shows them reads them anew.
    QuotasChanged,
    /// Words to search for.
    Search(String),
    /// One type only.
    FilterType(Option<ProviderType>),
    /// One state only.
    FilterStatus(Option<Status>),
    /// One task only.
    FilterTask(Option<TaskFilter>),
    /// Show everything again.
    ClearQuery,
    /// The order of the list, as it was chosen elsewhere than at a column.
    Sorted(Sort),
    /// A click on a column's header.
    SortBy(Column),
    /// Mark a row, or take its mark away.
    Toggle(ProviderId),
    /// Mark exactly these as well.
    Select(Vec<ProviderId>),
    /// Take all marks away.
    ClearSelection,
    /// A row has the keyboard's focus.
    Focus(ProviderId),
    /// A test runs.
    TestBegan(ProviderId, u64),
    /// A test has ended, with the provider as it is now unless it failed.
    TestEnded(ProviderId, Option<Box<ProviderView>>),
    /// Several tests run.
    BatchBegan(usize),
    /// One of several has ended, and whether it passed.
    BatchStep(bool),
    /// No further one of several is to be started.
    BatchStop,
    /// Several tests have ended.
    BatchEnded,
    /// Something lies over the list.
    Open(Layer),
    /// Nothing lies over the list any more.
    Close,
    /// Something was chosen in the palette.
    Chosen(Deed),
    /// Show a message.
    Say(Toast),
    /// Take a message away. What it is about can be taken back all the same.
    Dismiss(u64),
    /// Take a message away with its steps: another one has them now.
    Forget(u64),
    /// What a message is about is being taken back.
    UndoBegan(u64),
    /// Taking back has ended, with these steps left.
    UndoEnded(u64, Vec<Step>),
}
