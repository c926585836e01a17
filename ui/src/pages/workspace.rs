//! The open vault: sidebar, the page, what lies over it, and messages. Drawn beneath the lock screen before it opens, and
//! dropped as a whole when the vault locks.

mod hooks;

use std::rc::Rc;

use model::{program::Language, provider::ProviderList, remembered::Remembered, vault::AppView};
use yew::prelude::*;

use self::hooks::{
    arrive, use_address, use_announcement, use_arrival, use_forgotten_focus, use_layers, use_links,
    use_listeners, use_memory, use_proof, use_title,
};
use crate::{
    components::{
        sidebar::{Mark, SidebarProps, sidebar},
        toast_stack::{ToastStackProps, toast_stack},
    },
    pages::{providers::ProvidersPage, routed::LaterPage},
    parts,
    state::{
        place::Place,
        workspace::{Action, Layer, Workspace as Everything},
    },
    t,
    work::{Shelf, Store, Work},
};

/// The open vault.
#[derive(Properties, PartialEq)]
pub struct WorkspaceProps {
    /// Which opening of a vault it is for.
    pub visit: u32,
    /// What is spoken. In another language all is drawn anew from nothing: what did not change otherwise would keep its words.
    pub language: Language,
    /// Unlocked, with the time left; or locked, and then nothing of this can be seen or used.
    pub view: AppView,
    /// The list that came when the vault opened; without one it is asked for.
    pub first: Option<Rc<ProviderList>>,
    /// How lists were looked at before.
    pub remembered: Rc<Remembered>,
    /// The vault's state is known anew.
    pub on_view: Callback<AppView>,
    /// The vault is locked, or may be: ask.
    pub on_locked: Callback<()>,
}

/// The open vault.
#[component]
pub fn Workspace(props: &WorkspaceProps) -> Html {
    let state = use_reducer(|| Store(Everything::prepared()));
    let shelf = use_memo((), |()| Shelf::default());
    let work = Work::new(state.clone(), props.on_locked.clone(), (*shelf).clone());
    let is_open = props.view.is_open();
    use_effect_with(is_open, {
        let (state, first, remembered) = (state.clone(), props.first.clone(), props.remembered.clone());
        move |is_open| {
            if *is_open {
                state.dispatch(Action::Recalled(remembered));
                state.dispatch(Action::Opened(first));
                arrive(&state);
            }
        }
    });
    use_listeners(&work, &state, &props.on_view);
    use_announcement(&state, &work);
    use_title(state.0.open, state.0.place, props.language);
    use_forgotten_focus();
    use_arrival(state.0.open, state.0.place);
    use_address(&state);
    use_memory(&state, &work, &props.remembered);
    use_links(&state, &work);
    let open = |layer: Layer| {
        let work = work.clone();
        Callback::from(move |()| work.act(Action::Open(layer.clone())))
    };
    let covered = use_layers(&state, &work);
    let lock = {
        let work = work.clone();
        Callback::from(move |()| work.lock())
    };
    let side = sidebar(&SidebarProps {
        view: props.view.clone(),
        place: state.0.place,
        marks: marks(&state, props.view.without_kit),
        on_go: {
            let work = work.clone();
            Callback::from(move |place| work.act(Action::Go(place)))
        },
        on_palette: open(Layer::Palette),
        on_help: open(Layer::Help),
        on_over: props.on_locked.clone(),
        on_lock: lock,
    });
    // Used only once it is painted: `inert` is inherited, and taking it away styles everything anew.
    let (asked, on_proof) = use_proof(&work);
    let inert = covered || asked || !state.0.painted;
    html! {
        <>
            <div key={props.language.tag()} class={classes!("app", (!is_open).then_some("beneath"))} {inert}>
                { side }
                { page(&state, &work) }
            </div>
            if covered { <div class="over" inert={asked}>{ parts::layers(((*state).clone(), work.clone())) }</div> }
            if state.0.painted && !inert && state.0.place == Place::Providers { { parts::reminder(((*state).clone(), work.clone())) } }
            if asked { { parts::prove(on_proof) } }
            { toasts(&state, &work) }
        </>
    }
}

fn page(state: &Store, work: &Work) -> Html {
    let work = work.clone();
    match state.0.place {
        Place::Providers => html! { <ProvidersPage state={state.0.clone()} {work} /> },
        _ => html! { <LaterPage state={state.clone()} {work} /> },
    }
}

/// What stands beside the pages' names.
fn marks(state: &Store, without_kit: bool) -> Vec<(Place, Mark)> {
    let providers = state.0.providers().map(|list| (Place::Providers, Mark::Count(list.providers.len())));
    let unsaved = state.0.unsaved_routes();
    let routing = (unsaved > 0)
        .then(|| (Place::Routing, Mark::Attention(unsaved, t!("unsaved-routes", count = unsaved))));
    let unwell = state.0.unwell;
    let unread = |place, count: u64| {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        (count > 0).then(|| (place, Mark::Attention(count, t!("unread-alerts", count = count))))
    };
    let budgets = unread(Place::Budgets, state.0.alerts.unread);
    let insights = unread(Place::Insights, state.0.jumps.unread);
    let due = usize::try_from(state.0.bundles.unread).unwrap_or(usize::MAX);
    let bundles = (due > 0).then(|| (Place::Bundles, Mark::Attention(due, t!("bundles-due", count = due))));
    let asked = state.0.conflicts.values().sum::<usize>();
    let sync = (asked > 0).then(|| (Place::Sync, Mark::Attention(asked, t!("sync-asked", count = asked))));
    let health =
        (unwell > 0).then(|| (Place::Health, Mark::Attention(unwell, t!("not-well", count = unwell))));
    let kit = without_kit.then(|| (Place::Settings, Mark::Attention(1, t!("no-kit"))));
    providers
        .into_iter()
        .chain(routing)
        .chain(health)
        .chain(budgets)
        .chain(insights)
        .chain(bundles)
        .chain(sync)
        .chain(kit)
        .collect()
}

fn toasts(state: &Store, work: &Work) -> Html {
    let with = |work: &Work| work.clone();
    let (dismiss, undo, copy) = (with(work), with(work), with(work));
    toast_stack(&ToastStackProps {
        toasts: state.0.toasts.shown().to_vec(),
        by_keys: state.0.toasts.newest_undoable().map(|toast| toast.id),
        on_dismiss: Callback::from(move |id| dismiss.act(Action::Dismiss(id))),
        on_undo: Callback::from(move |toast| undo.undo(toast)),
        on_copy: Callback::from(move |text| copy.copy(text)),
    })
}
