//! What goes on beside what is drawn: the address, what is remembered, listeners, and who asks for a proof.

use std::{cell::Cell, rc::Rc};

use gloo_timers::callback::Timeout;
use model::{
    command::{PagePainted, PaintedScreen, StayAwake},
    program::Language,
    remembered::{Remembered, RememberedList},
    vault::{AppView, DeskEvent},
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{
    asking, browser, focus,
    pages::row_keys,
    parts::Part,
    shell,
    state::{
        heard::heard,
        place::Place,
        toast::Toast,
        workspace::{Action, Layer, Load},
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

/// Whether something lies over the page and can be drawn. Until then the page keeps the focus, to which the focus comes
/// back when the layer closes.
#[hook]
pub(super) fn use_layers(state: &Store, work: &Work) -> bool {
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
pub(super) fn use_proof(work: &Work) -> (bool, Callback<bool>) {
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
                            *before.borrow_mut() = focus::holder();
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
            focus::give_back(before.borrow_mut().take());
        })
    };
    (*asked, on_proof)
}

/// Names the page.
#[hook]
pub(super) fn use_title(open: bool, place: Place, language: Language) {
    use_effect_with((open, place, language), |(open, place, _)| {
        if *open {
            browser::set_title(&t!("window-title", page = place.title()));
        }
    });
}

/// Who had the focus is forgotten with the vault that was left.
#[hook]
pub(super) fn use_forgotten_focus() {
    use_effect_with((), |()| focus::forget);
}

/// Takes the focus to the page's heading when a person came from another one.
#[hook]
pub(super) fn use_arrival(open: bool, place: Place) {
    let first = use_mut_ref(|| true);
    use_effect_with((open, place), move |(open, _)| {
        if *open && !first.replace(false) {
            browser::focus(".top h1");
        }
    });
}

/// Goes where the address says.
pub(super) fn arrive(state: &UseReducerHandle<Store>) {
    if let Some((place, kept)) = Place::read(&browser::address()) {
        state.dispatch(Action::Arrive(place, kept.into()));
    }
}

/// Keeps the page that is shown in the address, and goes back and forth with it. Nothing of it is left when the vault locks.
#[hook]
pub(super) fn use_address(state: &UseReducerHandle<Store>) {
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
pub(super) fn use_memory(state: &UseReducerHandle<Store>, work: &Work, remembered: &Rc<Remembered>) {
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
            (RememberedList::Sync, state.0.sync.to_string()),
            (RememberedList::Source, state.0.source.map(|id| id.to_string()).unwrap_or_default()),
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
pub(super) fn use_links(state: &UseReducerHandle<Store>, work: &Work) {
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
pub(super) fn use_listeners(work: &Work, state: &UseReducerHandle<Store>, on_view: &Callback<AppView>) {
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
                // Elsewhere only the number is shown.
                DeskEvent::HealthChanged { unwell } => match state.clone().0.place {
                    Place::Health | Place::Routing => read_soon(&work, &waiting),
                    _ if state.clone().0.unwell == unwell => {}
                    _ => work.act(Action::Unwell(unwell)),
                },
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
pub(super) fn use_announcement(state: &UseReducerHandle<Store>, work: &Work) {
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
