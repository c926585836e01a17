//! The parts of the page that come after the lock screen. Each is a file of its own, fetched when it is first needed, so
//! that the window has little to read before its first paint. The functions marked as splits are the only doors to what
//! is behind them: a component that is named elsewhere, too, is back in the file with the lock screen.

use std::{cell::Cell, future::Future, thread::LocalKey};

use model::{Failure, FailureCode, command::Opened};
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

use crate::{
    pages::{
        create_vault::{CreateVaultPage, CreateVaultProps},
        layers::{layer, reminder as draw_reminder},
        prove::ProveDialog,
        recover::other_way as draw_other_way,
        rescue::{Rescue, RescueProps},
        routed::routed,
        usage::UsagePage,
        workspace::{Workspace, WorkspaceProps},
    },
    state::{
        acts, bundles, help, keys, place::Place, security, set_up, sync, toast::Step, usage, workspace::Layer,
    },
    t, texts, words,
    work::{
        Store, Work,
        undo::{self, TakenBack},
    },
};

/// A part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The open vault, with the list of providers.
    Workspace,
    /// The pages beside the list, but one.
    Pages,
    /// The usage page, which brings the charts.
    Usage,
    /// What can lie over a page: drawer, palette, dialogs.
    Layers,
}

/// What pages and layers draw from.
pub type Shown = (Store, Work);

/// What is behind a door.
type Draw<P> = fn(P) -> Html;
type Loaded<T> = Result<T, SplitLoaderError>;

/// What the pages draw, and what they can do that is also asked for from elsewhere.
#[derive(Clone, Copy)]
struct Pages {
    draw: Draw<Shown>,
    save_routes: fn(&Work),
    take_back: fn(Work, Step) -> TakenBack,
}

/// What lies over a page, and what replaces the lock screen.
#[derive(Clone, Copy)]
struct Layers {
    draw: Draw<Shown>,
    other_way: Draw<OtherWay>,
    /// The question for a proof, with who hears whether there is one.
    prove: Draw<Callback<bool>>,
    /// The note about old keys.
    reminder: Draw<Shown>,
    /// The way out of a damaged vault.
    rescue: Draw<RescueProps>,
    /// The first run.
    create: Draw<CreateVaultProps>,
}

/// What there is beside the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The system keyring opens the vault.
    Keyring,
    /// The recovery kit does.
    Kit,
    /// A backup takes the vault's place.
    Backup,
}

/// A way beside the password, as the lock screen asks for it.
pub struct OtherWay {
    /// Which one.
    pub way: Way,
    /// The vault is open.
    pub on_open: Callback<Opened>,
    /// Back to the password, with what was wrong.
    pub on_back: Callback<Option<Failure>>,
}

thread_local! {
    static WORKSPACE: Cell<Option<Draw<WorkspaceProps>>> = const { Cell::new(None) };
    static PAGES: Cell<Option<Pages>> = const { Cell::new(None) };
    static USAGE: Cell<Option<Draw<Shown>>> = const { Cell::new(None) };
    static LAYERS: Cell<Option<Layers>> = const { Cell::new(None) };
}

impl Part {
    /// The part of a page beside the list. What a server says of its usage needs no charts.
    pub fn of(place: Place, from_server: bool) -> Self {
        if place == Place::Usage && !from_server { Self::Usage } else { Self::Pages }
    }

    /// Whether it can be drawn.
    pub fn is_here(self) -> bool {
        match self {
            Self::Workspace => WORKSPACE.get().is_some(),
            Self::Pages => PAGES.get().is_some(),
            Self::Usage => USAGE.get().is_some(),
            Self::Layers => LAYERS.get().is_some(),
        }
    }

    /// Fetches it, unless it is here.
    ///
    /// # Errors
    /// What to tell a person. The next call tries again.
    pub async fn fetch(self) -> Result<(), Failure> {
        let fetched = match self {
            _ if self.is_here() => return Ok(()),
            Self::Workspace => keep(&WORKSPACE, workspace_part()).await,
            Self::Pages => keep(&PAGES, pages_part()).await,
            Self::Usage => keep(&USAGE, usage_part()).await,
            Self::Layers => keep(&LAYERS, layers_part()).await,
        };
        words::come_with(self).await;
        fetched.map_err(|_| Failure::new(FailureCode::Other, t!("part-unread"), t!("part-unread-advice")))
    }
}

/// The open vault, if it is here.
pub fn workspace(props: WorkspaceProps) -> Html {
    WORKSPACE.get().map(|draw| draw(props)).unwrap_or_default()
}

/// The page beside the list that is shown, if it is here.
pub fn page(shown: Shown) -> Html {
    let draw = match Part::of(shown.0.0.place, shown.0.0.source.is_some()) {
        Part::Usage => USAGE.get(),
        _ => PAGES.get().map(|pages| pages.draw),
    };
    draw.map(|draw| draw(shown)).unwrap_or_default()
}

/// Saves the routes that were changed; without the pages there are none.
pub fn save_routes(work: &Work) {
    if let Some(pages) = PAGES.get() {
        (pages.save_routes)(work);
    }
}

/// Takes back a step that was taken on one of the pages, and so with them here.
///
/// # Errors
/// What the shell answered.
pub async fn take_back(work: Work, step: Step) -> Result<(), Failure> {
    match PAGES.get() {
        Some(pages) => (pages.take_back)(work, step).await,
        None => Ok(()),
    }
}

/// What lies over the page, if it is here.
pub fn layers(shown: Shown) -> Html {
    LAYERS.get().map(|layers| (layers.draw)(shown)).unwrap_or_default()
}

/// The note about old keys, if it is here.
pub fn reminder(shown: Shown) -> Html {
    LAYERS.get().map(|layers| (layers.reminder)(shown)).unwrap_or_default()
}

/// The page of the first run, if it is here: whoever has a vault never reads it.
pub fn create_vault(props: CreateVaultProps) -> Html {
    LAYERS.get().map(|layers| (layers.create)(props)).unwrap_or_default()
}

/// Another way than the password, if it is here. It is drawn by what comes with the layers.
pub fn other_way(way: OtherWay) -> Html {
    LAYERS.get().map(|layers| (layers.other_way)(way)).unwrap_or_default()
}

/// The question for a proof, if it is here.
pub fn prove(on_done: Callback<bool>) -> Html {
    LAYERS.get().map(|layers| (layers.prove)(on_done)).unwrap_or_default()
}

/// The way out of a damaged vault, fetched when it is first shown.
#[component]
pub fn RescueDoor(props: &RescueProps) -> Html {
    let here = use_state(|| Part::Layers.is_here());
    use_effect_with((), {
        let here = here.setter();
        move |()| {
            wasm_bindgen_futures::spawn_local(async move { here.set(Part::Layers.fetch().await.is_ok()) })
        }
    });
    LAYERS.get().filter(|_| *here).map(|layers| (layers.rescue)(props.clone())).unwrap_or_default()
}

async fn keep<T>(
    kept: &'static LocalKey<Cell<Option<T>>>,
    part: impl Future<Output = Loaded<T>>,
) -> Result<(), SplitLoaderError> {
    part.await.map(|part| kept.set(Some(part)))
}

#[wasm_split(workspace, fallible)]
fn workspace_part() -> Loaded<Draw<WorkspaceProps>> {
    Ok(|props| {
        let visit = props.visit.to_string();
        html! { <Workspace key={visit} ..props /> }
    })
}

#[wasm_split(pages, fallible)]
fn pages_part() -> Loaded<Pages> {
    texts::add(texts::LATER);
    texts::add(security::ENGLISH);
    texts::add(keys::ENGLISH);
    texts::add(bundles::ENGLISH);
    texts::add(sync::ENGLISH);
    texts::add(help::ENGLISH);
    texts::add(acts::ENGLISH);
    Ok(Pages { draw: routed, save_routes: Work::save_routes, take_back: undo::take_back })
}

#[wasm_split(usage, fallible)]
fn usage_part() -> Loaded<Draw<Shown>> {
    texts::add(usage::ENGLISH);
    Ok(|(state, work)| {
        let covered = state.0.layer != Layer::None;
        html! { <UsagePage kept={state.0.usage} remotes={state.0.remotes} {covered} {work} /> }
    })
}

#[wasm_split(layers, fallible)]
fn layers_part() -> Loaded<Layers> {
    texts::add(texts::LATER);
    texts::add(security::ENGLISH);
    texts::add(keys::ENGLISH);
    texts::add(bundles::ENGLISH);
    texts::add(sync::ENGLISH);
    texts::add(help::ENGLISH);
    texts::add(set_up::ENGLISH);
    Ok(Layers {
        draw: layer,
        reminder: draw_reminder,
        other_way: draw_other_way,
        prove: |on_done| html! { <ProveDialog {on_done} /> },
        rescue: |props| html! { <Rescue ..props /> },
        create: |props| html! { <CreateVaultPage ..props /> },
    })
}
