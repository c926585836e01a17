//! Every difference of a look, one of them open. There may be thousands.

use model::sync::{SyncDifference, SyncLook};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        filter_bar::FilterPill,
        icon::{icon, small_icon, tile},
        menu::Item,
    },
    state::sync::{self, Ahead},
    t,
};

/// More than these are searched and not looked through.
const MANY: usize = 8;

/// The list.
pub struct SyncList<'a> {
    /// What is listed.
    pub look: &'a SyncLook,
    /// The one that is open, by its place.
    pub open: Option<usize>,
    /// One kind only.
    pub kind: Option<Ahead>,
    /// A part of a name, for those that have it.
    pub search: &'a str,
    /// Another one is opened.
    pub on_open: Callback<usize>,
    /// Another kind is asked for.
    pub on_kind: Callback<Option<Ahead>>,
    /// Something is typed into the search.
    pub on_search: Callback<InputEvent>,
}

/// Draws the list. It is one stop of the keyboard, however long it is; Up, Down, Home and End move in it.
pub fn sync_list(props: &SyncList) -> Html {
    // A search that was kept does nothing where its field is not shown.
    let is_searched = props.look.differences.len() > MANY;
    let search = if is_searched { props.search } else { "" };
    let shown: Vec<(usize, &SyncDifference)> = props
        .look
        .differences
        .iter()
        .enumerate()
        .filter(|(_, one)| props.kind.is_none_or(|kind| Ahead::of(one) == kind))
        .filter(|(_, one)| sync::is_called(one, search))
        .collect();
    // The one that is open, or the first where a kind hides that.
    let is_open = |(place, _): &&(usize, &SyncDifference)| Some(*place) == props.open;
    let stop = shown.iter().find(is_open).or(shown.first()).map(|(place, _)| *place);
    let kinds = Ahead::ALL.iter().enumerate().map(|(place, kind)| Item {
        checked: Some(props.kind == Some(*kind)),
        ..Item::new(place.to_string(), kind.word(), "")
    });
    let on_choose = props.on_kind.reform(|chosen: AttrValue| {
        chosen.parse::<usize>().ok().and_then(|place| Ahead::ALL.get(place).copied())
    });
    html! {
        <section class="card" id="differences" aria-label={t!("sync-list")}>
            <div class="card-h line">
                <h2>{ t!("sync-differences", count = props.look.differences.len()) }</h2><span class="push"></span>
                <FilterPill id="sync-kind" name={t!("sync-kinds")} items={kinds.collect::<Vec<_>>()} {on_choose} />
            </div>
            if is_searched {
                <div class="sy-f inp-w">{ icon("search") }
                    <input class="inp" id="sync-search" type="text" placeholder={t!("sync-search")} aria-label={t!("sync-search")} value={props.search.to_owned()}
                        autocomplete="off" spellcheck="false" dir="auto" oninput={props.on_search.clone()} />
                </div>
            }
            if shown.is_empty() {
                <p class="sd-n t3" role="status">{ t!("sync-no-kind") }</p>
            }
            <ul class="sy-l" onkeydown={|event: KeyboardEvent| moves(&event)}>{ for shown.into_iter().map(|(place, one)| line(place, one, Some(place) == stop, props)) }</ul>
        </section>
    }
}

fn line(place: usize, one: &SyncDifference, is_stop: bool, props: &SyncList) -> Html {
    let ahead = Ahead::of(one);
    let sign = match one.provider_type {
        Some(kind) => tile(kind, ""),
        None => html! { <span class="tile neutral">{ icon("route") }</span> },
    };
    let onclick = props.on_open.reform(move |_: MouseEvent| place);
    let pressed = (props.open == Some(place)).to_string();
    let warn = (ahead == Ahead::Conflict || one.waits.is_some()).then_some("warn");
    let word = if one.waits.is_some() { t!("sync-kind-waits") } else { ahead.word() };
    html! {
        <li key={place}>
            <button type="button" tabindex={if is_stop { "0" } else { "-1" }} aria-pressed={pressed} data-difference={place.to_string()} {onclick}>
                { sign }
                <span class="sy-n"><b dir="auto">{ sync::title(one) }</b><span>{ sync::summary(one) }</span></span>
                <span class={classes!("badge", warn)}>{ small_icon(ahead.icon()) }{ word }</span>
            </button>
        </li>
    }
}

/// Brings the one that is open into sight of the list, which alone is scrolled.
pub fn show_open(place: usize) {
    let css = format!("[data-difference='{place}']");
    let button = browser::document().and_then(|document| document.query_selector(&css).ok()?);
    let line = button.and_then(|button| button.closest("li").ok()?);
    let Some(line) = line.and_then(|line| line.dyn_into::<HtmlElement>().ok()) else { return };
    let Some(list) = line.parent_element() else { return };
    let (top, end) = (line.offset_top(), line.offset_top() + line.offset_height());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if end > list.scroll_top() + list.client_height() {
        list.set_scroll_top(end - list.client_height());
    }
}

fn moves(event: &KeyboardEvent) {
    let Some(line) = event.target_dyn_into::<Element>().and_then(|button| button.closest("li").ok()?) else {
        return;
    };
    let next = match event.key().as_str() {
        "ArrowDown" => line.next_element_sibling(),
        "ArrowUp" => line.previous_element_sibling(),
        "Home" => line.parent_element().and_then(|list| list.first_element_child()),
        "End" => line.parent_element().and_then(|list| list.last_element_child()),
        _ => return,
    };
    let button = next.and_then(|line| line.query_selector("button").ok()?);
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = button.focus();
        button.click();
    }
}
