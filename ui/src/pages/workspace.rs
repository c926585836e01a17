//! The open vault: sidebar, the page, what lies over it, and messages. Drawn beneath the lock screen before it opens, and
//! dropped as a whole when the vault locks.

use std::{cell::Cell, rc::Rc};

use gloo_timers::callback::Timeout;
use model::{
    command::{PagePainted, PaintedScreen, StayAwake},
    program::Language,
    provider::ProviderList,
    remembered::{Remembered, RememberedList},
    vault::{AppView, DeskEvent},
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{
    asking, browser,
    components::{
        sidebar::{Mark, SidebarProps, sidebar},
        toast_stack::{ToastStackProps, toast_stack},
    },
    pages::{providers::ProvidersPage, routed::LaterPage, row_keys},
    parts::{self, Part},
    shell,
    state::{
        heard::heard,
        place::Place,
        toast::Toast,
        workspace::{Action, Layer, Load, Workspace as Everything},
    },
    t,
    work::{Store, Work},
};

/// How long changes of health are collected.
const HEALTH_AFTER_MS: u32 = 250;
/// How long after the last change of filters or order they are kept.
const REMEMBER_AFTER_MS: u32 = 800;
/// How often activity is told to the shell, at most.
const AWAKE_EVERY_MS: f64 = 10_000.0;
/// What a person does; nothing that the page does by itself.
const ACTIVITY: [&str; 4] = ["pointerdown", "pointermove", "keydown", "wheel"];

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
    let work = Work::new(state.clone(), props.on_locked.clone());
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

/// Whether something lies over the page and can be drawn. Until then the page keeps the focus, to which the focus comes
/// back when the layer closes.
#[hook]
fn use_layers(state: &Store, work: &Work) -> bool {
    let wanted = state.0.layer != Layer::None;
    let redraw = use_force_update();
    use_effect_with(wanted, {
        let work = work.clone();
        move |wanted| {
            if *wanted && !Part::Layers.is_here() {
                work.run(async move |work| match Part::Layers.fetch().await {
                    Ok(()) => redraw.force_update(),
                    Err(failure) => {
                        work.act(Action::Close);
                        work.act(Action::Say(Toast::failure(&failure)));
                    }
                });
            }
        }
    });
    wanted && Part::Layers.is_here()
}

/// Asks for a proof when a sensitive command needs one: whether it is asked, and who hears the answer. What was typed lies
/// beneath meanwhile, and has the focus again afterwards.
#[hook]
fn use_proof(work: &Work) -> (bool, Callback<bool>) {
    let asked = use_state(|| false);
    let before = use_mut_ref(|| Option::<web_sys::HtmlElement>::None);
    use_effect_with((), {
        let (work, asked, before) = (work.clone(), asked.setter(), before.clone());
        move |()| {
            asking::shown_by(Some(Callback::from(move |()| {
                let (asked, before) = (asked.clone(), before.clone());
                work.run(async move |work| match Part::Layers.fetch().await {
                    Ok(()) => {
                        if before.borrow().is_none() {
                            *before.borrow_mut() = browser::active();
                        }
                        asked.set(true);
                    }
                    Err(failure) => {
                        asking::answer(false);
                        work.act(Action::Say(Toast::failure(&failure)));
                    }
                });
            })));
            || asking::shown_by(None)
        }
    });
    let on_proof = {
        let asked = asked.setter();
        Callback::from(move |proven| {
            asked.set(false);
            asking::answer(proven);
            let before = before.borrow_mut().take();
            // After the page has been drawn without the question: what is inert takes no focus.
            Timeout::new(0, move || {
                if let Some(element) =
                    before.filter(|element| element.is_connected() && !browser::has_focus())
                {
                    let _ = element.focus();
                }
            })
            .forget();
        })
    };
    (*asked, on_proof)
}

/// What stands beside the pages' names.
fn marks(state: &Store, without_kit: bool) -> Vec<(Place, Mark)> {
    let providers = state.0.providers().map(|list| (Place::Providers, Mark::Count(list.providers.len())));
    let unsaved = state.0.unsaved_routes();
    let routing = (unsaved > 0)
        .then(|| (Place::Routing, Mark::Attention(unsaved, t!("unsaved-routes", count = unsaved))));
    let unwell = state.0.unwell();
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

/// Names the page.
#[hook]
fn use_title(open: bool, place: Place, language: Language) {
    use_effect_with((open, place, language), |(open, place, _)| {
        if *open {
            browser::set_title(&t!("window-title", page = place.title()));
        }
    });
}

/// Takes the focus to the page's heading when a person came from another one.
#[hook]
fn use_arrival(open: bool, place: Place) {
    let first = use_mut_ref(|| true);
    use_effect_with((open, place), move |(open, _)| {
        if *open && !first.replace(false) {
            browser::focus(".top h1");
        }
    });
}

/// Goes where the address says.
fn arrive(state: &UseReducerHandle<Store>) {
    if let Some((place, kept)) = Place::read(&browser::address()) {
        state.dispatch(Action::Arrive(place, kept.into()));
    }
}

/// Keeps the page that is shown in the address, and goes back and forth with it. Nothing of it is left when the vault locks.
#[hook]
fn use_address(state: &UseReducerHandle<Store>) {
    let shown = state.0.open.then(|| (state.0.place, state.0.usage.clone()));
    let before = use_mut_ref(|| Option::<Place>::None);
    use_effect_with(shown, move |shown| {
        let Some((place, kept)) = shown else { return };
        let address = match place {
            Place::Usage if !kept.is_empty() => format!("{}?{kept}", place.as_str()),
            place => place.as_str().to_owned(),
        };
        let step = before.borrow_mut().replace(*place).is_some_and(|before| before != *place);
        if browser::address() != address {
            browser::set_address(&address, step);
        }
    });
    let state = state.clone();
    use_effect_with(state.0.open, move |open| {
        let steps = open.then(|| browser::on_window("popstate", move |_| arrive(&state.clone())));
        let open = *open;
        move || {
            drop(steps);
            if open {
                browser::set_address("", false);
            }
        }
    });
}

/// Keeps how lists are looked at, a moment after the last change of it.
#[hook]
fn use_memory(state: &UseReducerHandle<Store>, work: &Work, remembered: &Rc<Remembered>) {
    let kept = use_mut_ref(|| remembered.0.clone());
    use_effect_with(remembered.clone(), {
        let kept = kept.clone();
        move |remembered| *kept.borrow_mut() = remembered.0.clone()
    });
    let now = state.0.open.then(|| {
        [
            (RememberedList::Providers, state.0.query.kept()),
            (RememberedList::Usage, state.0.usage.to_string()),
            (RememberedList::History, state.0.history.to_string()),
            (RememberedList::Bundles, state.0.bundle_search.to_string()),
        ]
    });
    let work = work.clone();
    use_effect_with(now, move |now| {
        let changed: Vec<(RememberedList, String)> = now
            .iter()
            .flatten()
            .filter(|(list, text)| kept.borrow().get(list).map_or("", String::as_str) != text)
            .cloned()
            .collect();
        let later = (!changed.is_empty()).then(|| {
            Timeout::new(REMEMBER_AFTER_MS, move || {
                for (list, text) in changed {
                    kept.borrow_mut().insert(list, text.clone());
                    work.remember(list, text);
                }
            })
        });
        move || drop(later)
    });
}

/// Takes a link that waits, as soon as nothing lies over the page: a form that is being filled in is not taken away.
#[hook]
fn use_links(state: &UseReducerHandle<Store>, work: &Work) {
    let ready = state.0.open && state.0.painted && state.0.link_waits && state.0.layer == Layer::None;
    let work = work.clone();
    use_effect_with(ready, move |ready| {
        if *ready {
            work.act(Action::LinkTaken);
            work.take_link();
        }
    });
}

/// The list if it is not here, then keys, activity and the shell's events, from opening to locking.
#[hook]
fn use_listeners(work: &Work, state: &UseReducerHandle<Store>, on_view: &Callback<AppView>) {
    let (work, state, on_view) = (work.clone(), state.clone(), on_view.clone());
    use_effect_with(state.0.open, move |open| {
        let listeners = open.then(|| listen(work, state, on_view));
        move || drop(listeners)
    });
}

fn listen(work: Work, state: UseReducerHandle<Store>, on_view: Callback<AppView>) -> impl Sized {
    if state.clone().0.list == Load::Waiting {
        work.list();
    }
    // Read by fresh handles, since each keeps every state that was read through it.
    let events = {
        let (work, state) = (work.clone(), state.clone());
        let waiting = Rc::new(Cell::new(false));
        shell::on_event(move |event| {
            match event {
                // A test that this page started brings its own answer.
                DeskEvent::ProviderTested { id, .. } if !state.clone().0.is_testing(id) => work.list(),
                DeskEvent::HealthChanged => read_soon(&work, &waiting),
                DeskEvent::Told { by, unread, news } => {
                    work.act(Action::Told(by, Some(unread)));
                    if let Some(news) = news {
                        work.act(Action::Say(Toast::attention(heard(&news.title), heard(&news.text))));
                    }
                }
                DeskEvent::LinkCame => work.act(Action::LinkCame),
                DeskEvent::DefaultSwitched { name, undo } => work.default_switched(&name, undo),
                DeskEvent::AttemptsFailed { count, last_at } => {
                    let detail = t!("attempts-told-detail", when = browser::clock_within(last_at));
                    work.act(Action::Say(Toast::attention(t!("attempts-told", count = count), detail)));
                }
                DeskEvent::Trouble { failure } => work.act(Action::Say(Toast::failure(&failure))),
                event => work.hear(event),
            }
        })
    };
    let keys = row_keys::listen(work, move || (*state.clone()).clone());
    let told_at = Rc::new(Cell::new(browser::steady_ms()));
    let activity = ACTIVITY.map(|event| {
        let (told_at, on_view) = (told_at.clone(), on_view.clone());
        browser::on_window(event, move |event| {
            if event.is_trusted() && browser::steady_ms() - told_at.get() >= AWAKE_EVERY_MS {
                told_at.set(browser::steady_ms());
                stay_awake(on_view.clone());
            }
        })
    });
    (events, keys, activity)
}

/// Many calls at once change it many times; it is read once for all of them.
fn read_soon(work: &Work, waiting: &Rc<Cell<bool>>) {
    if waiting.replace(true) {
        return;
    }
    let (work, waiting) = (work.clone(), waiting.clone());
    Timeout::new(HEALTH_AFTER_MS, move || {
        waiting.set(false);
        work.read_health();
    })
    .forget();
}

fn stay_awake(on_view: Callback<AppView>) {
    spawn_local(async move {
        if let Ok(view) = shell::call(StayAwake {}).await {
            on_view.emit(view);
        }
    });
}

/// Says which screen this is, and once, when the list is painted.
#[hook]
fn use_announcement(state: &UseReducerHandle<Store>, work: &Work) {
    let open = state.0.open;
    let ready = open && state.0.list != Load::Waiting;
    let (place, shown) = (state.0.place, ready && state.0.painted);
    use_effect_with((open, place, shown), |(open, place, shown)| match place {
        _ if !*open => {}
        Place::Providers => browser::set_screen(place.as_str(), *shown),
        // These say so themselves.
        Place::Routing
        | Place::Playground
        | Place::Usage
        | Place::Health
        | Place::Budgets
        | Place::Insights
        | Place::Bundles
        | Place::Sync
        | Place::History
        | Place::Settings => {}
    });
    let work = work.clone();
    use_effect_with(ready, move |ready| {
        if *ready {
            work.run(async |work| {
                browser::painted().await;
                let _ = shell::call(PagePainted { screen: PaintedScreen::Providers }).await;
                work.act(Action::Painted);
                // For the sidebar; after the list, for which a person waits.
                work.read_health();
                // Likely next; if it fails, whoever opens one is told.
                let _ = Part::Layers.fetch().await;
                // Drawn anew, with what stands beside the list.
                work.act(Action::Painted);
            });
        }
    });
}

fn toasts(state: &Store, work: &Work) -> Html {
    let with = |work: &Work| work.clone();
    let (dismiss, undo, copy) = (with(work), with(work), with(work));
    toast_stack(&ToastStackProps {
        toasts: state.0.toasts.shown().to_vec(),
        on_dismiss: Callback::from(move |id| dismiss.act(Action::Dismiss(id))),
        on_undo: Callback::from(move |toast| undo.undo(toast)),
        on_copy: Callback::from(move |text| copy.copy(text)),
    })
}
