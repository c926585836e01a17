//! The keyboard in the list and across the page: which row has the focus, where it moves, what a key does to it.

use std::cell::Cell;

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use model::ProviderId;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

use crate::{
    browser, parts,
    state::{
        layout::Layout,
        list::Moved,
        place::Place,
        shortcut::{Motion, Press, Shortcut, shortcut},
        workspace::{Action, Layer, Workspace},
    },
    work::{Store, Work},
};

/// Rows that a page key passes.
const PAGE: usize = 10;
/// Where F6 goes, in this order; what is not there is passed over.
const REGIONS: [&str; 6] = [
    "#open-palette",
    ".top-a .btn:not([disabled])",
    "#search",
    "tr[tabindex='0']",
    ".content [data-region]",
    ".toast button",
];
/// How long G waits for the letter after it.
const AFTER_G_MS: f64 = 1_500.0;

/// Listens until the listener is dropped. Layers stop the keys that are theirs.
pub fn listen(work: Work, store: impl Fn() -> Store + 'static) -> Option<EventListener> {
    let options = EventListenerOptions { phase: EventListenerPhase::Bubble, passive: false };
    let window = web_sys::window()?;
    let g_until = Cell::new(0.0);
    Some(EventListener::new_with_options(&window, "keydown", options, move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>().filter(|event| !event.default_prevented()) {
            let key = event.key();
            let press = Press {
                key: &key,
                command: event.ctrl_key() || event.meta_key(),
                alt: event.alt_key(),
                shift: event.shift_key(),
                typing: browser::is_typing(),
                after_g: browser::steady_ms() < g_until.replace(0.0),
                single: browser::has_single_keys(),
            };
            let asked = shortcut(&press);
            if asked == Some(Shortcut::Leader) {
                g_until.set(browser::steady_ms() + AFTER_G_MS);
            }
            if asked.is_some_and(|asked| obey(asked, &work, &store().0)) {
                event.prevent_default();
            }
        }
    }))
}

/// Does what a key asks for; `false` leaves the key to the browser.
fn obey(asked: Shortcut, work: &Work, state: &Workspace) -> bool {
    let covered = state.layer != Layer::None;
    match asked {
        Shortcut::Lock => work.lock(),
        Shortcut::Save if !covered && state.place == Place::Routing => parts::save_routes(work),
        // The drawer saves by itself; the browser must not offer to save the page.
        Shortcut::Save => {}
        Shortcut::Palette if covered => {}
        Shortcut::Palette => work.act(Action::Open(Layer::Palette)),
        _ if covered => return false,
        // The playground takes it before a button that has the focus does.
        Shortcut::Run => return false,
        Shortcut::Leader => {}
        Shortcut::Go(place) => work.act(Action::Go(place)),
        Shortcut::Search => search(),
        Shortcut::Undo => work.undo_newest(),
        Shortcut::Escape => escape(work, state),
        Shortcut::NextRegion => next_region(),
        Shortcut::New => work.act(Action::Open(Layer::Add(model::ProviderType::Gemini))),
        Shortcut::Help => work.act(Action::Open(Layer::Help)),
        Shortcut::Move(motion, _) if state.place == Place::Health => return step_sibling(motion),
        Shortcut::Move(motion, extends) if state.place == Place::Providers => {
            return step(motion, extends, work, state);
        }
        _ => return on_row(asked, work, state),
    }
    true
}

fn on_row(asked: Shortcut, work: &Work, state: &Workspace) -> bool {
    let Some((id, row_itself)) = focused_row() else { return false };
    let Some(provider) = state.provider(id) else { return false };
    // Space and Enter on a button of the row belong to the button.
    if matches!(asked, Shortcut::Open) && !row_itself {
        return false;
    }
    match asked {
        Shortcut::Select if state.place != Place::Providers => return false,
        Shortcut::Select
            if !row_itself && browser::active().is_some_and(|active| active.tag_name() == "BUTTON") =>
        {
            return false;
        }
        Shortcut::Select => work.act(Action::Toggle(id)),
        Shortcut::Open | Shortcut::Edit => work.act(Action::Open(Layer::Edit(Box::new(provider.clone())))),
        Shortcut::Test => work.test(id),
        Shortcut::Stats => work.show_usage(id),
        Shortcut::Duplicate => work.duplicate(id),
        Shortcut::Reorder(up) if state.place == Place::Providers => {
            work.move_provider(id, if up { Moved::Up } else { Moved::Down });
        }
        Shortcut::Delete => work.ask_deletion(id),
        _ => return false,
    }
    true
}

/// The row with the focus on it or in it, and whether it is the row itself.
fn focused_row() -> Option<(ProviderId, bool)> {
    let active = browser::active()?;
    let row = active.closest("tr[data-provider-id]").ok()??;
    let id = row.get_attribute("data-provider-id")?.parse().ok()?;
    Some((id, row == *active.unchecked_ref::<Element>()))
}

fn step(motion: Motion, extends: bool, work: &Work, state: &Workspace) -> bool {
    let Some(list) = state.providers() else { return false };
    let from = focused_row();
    let nowhere = !browser::has_focus() || browser::active().is_some_and(|active| active.tag_name() == "H1");
    if from.is_none() && !(nowhere && matches!(motion, Motion::Up | Motion::Down)) {
        return false;
    }
    let layout = Layout::new(&state.query.groups(list), browser::is_compact());
    let rows: Vec<usize> = layout.rows().collect();
    let at = from.and_then(|(id, _)| rows.iter().position(|&row| list.providers[row].id == id));
    let Some(last) = rows.len().checked_sub(1) else { return false };
    let to = match (motion, at) {
        (Motion::First, _) | (_, None) => 0,
        (Motion::Last, _) => last,
        (Motion::Up, Some(at)) => at.saturating_sub(1),
        (Motion::Down, Some(at)) => (at + 1).min(last),
        (Motion::PageUp, Some(at)) => at.saturating_sub(PAGE),
        (Motion::PageDown, Some(at)) => (at + PAGE).min(last),
    };
    let id = list.providers[rows[to]].id;
    if extends {
        let from = at.unwrap_or(to);
        let passed = &rows[from.min(to)..=from.max(to)];
        work.act(Action::Select(passed.iter().map(|&row| list.providers[row].id).collect()));
    }
    work.act(Action::Focus(id));
    focus_row(id, layout.place_of(rows[to]).map_or(0, |(top, _)| top));
    true
}

/// To a neighbour of the focused row, in a table that has all its rows in the document.
fn step_sibling(motion: Motion) -> bool {
    let Some((id, _)) = focused_row() else { return false };
    let Some(document) = browser::document() else { return false };
    let Ok(Some(row)) = document.query_selector(&format!("tr[data-provider-id='{id}']")) else {
        return false;
    };
    let next = match motion {
        Motion::Up | Motion::PageUp => row.previous_element_sibling(),
        Motion::Down | Motion::PageDown => row.next_element_sibling(),
        Motion::First => row.parent_element().and_then(|body| body.first_element_child()),
        Motion::Last => row.parent_element().and_then(|body| body.last_element_child()),
    };
    if let Some(next) = next {
        browser::focus_element(&next);
    }
    true
}

/// A row that is not in the document comes into it by scrolling there first.
fn focus_row(id: ProviderId, top: u32) {
    let selector = format!("tr[data-provider-id='{id}']");
    let document = browser::document();
    if document.as_ref().is_some_and(|document| matches!(document.query_selector(&selector), Ok(Some(_)))) {
        return browser::focus(&selector);
    }
    if let Some(content) = document.and_then(|document| document.query_selector(".content").ok().flatten()) {
        content.set_scroll_top(i32::try_from(top).unwrap_or(i32::MAX));
    }
    spawn_local(async move {
        browser::painted().await;
        browser::focus(&selector);
    });
}

fn search() {
    browser::focus("#search");
    if let Some(field) = browser::active().and_then(|active| active.dyn_into::<HtmlInputElement>().ok()) {
        field.select();
    }
}

fn escape(work: &Work, state: &Workspace) {
    match state.toasts.shown().last() {
        Some(toast) => work.act(Action::Dismiss(toast.id)),
        None if state.place == Place::Providers && !state.selected.is_empty() => {
            work.act(Action::ClearSelection)
        }
        None => {
            if let Some(active) = browser::active().filter(|active| active.id() == "search") {
                work.act(Action::Search(String::new()));
                let _ = active.blur();
            }
        }
    }
}

fn next_region() {
    let Some(document) = browser::document() else { return };
    let find = |selector: &str| document.query_selector(selector).ok().flatten();
    let regions: Vec<Element> = REGIONS.iter().filter_map(|selector| find(selector)).collect();
    let active = browser::active();
    let holds = |region: &Element| {
        let around = region.closest(".side, .top, .bar-row, table, .card, .content, .toasts").ok().flatten();
        active.as_ref().is_some_and(|active| around.is_some_and(|around| around.contains(Some(active))))
    };
    let next = regions.iter().position(holds).map_or(0, |at| (at + 1) % regions.len().max(1));
    if let Some(region) = regions.get(next) {
        browser::focus_element(region);
    }
}
