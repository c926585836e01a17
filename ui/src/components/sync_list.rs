//! Every difference of a look, one of them open.

use model::sync::{SyncDifference, SyncLook};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::{
    components::{
        filter_bar::FilterPill,
        icon::{icon, small_icon, tile},
        menu::Item,
    },
    state::sync::{self, Ahead},
    t,
};

/// The list.
pub struct SyncList<'a> {
    /// What is listed.
    pub look: &'a SyncLook,
    /// The one that is open, by its place.
    pub open: Option<usize>,
    /// One kind only.
    pub kind: Option<Ahead>,
    /// Another one is opened.
    pub on_open: Callback<usize>,
    /// Another kind is asked for.
    pub on_kind: Callback<Option<Ahead>>,
}

/// Draws the list. Up and Down move in it.
pub fn sync_list(props: &SyncList) -> Html {
    let shown: Vec<(usize, &SyncDifference)> = props
        .look
        .differences
        .iter()
        .enumerate()
        .filter(|(_, one)| props.kind.is_none_or(|kind| Ahead::of(one) == kind))
        .collect();
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
            if shown.is_empty() {
                <p class="sd-n t3">{ t!("sync-no-kind") }</p>
            }
            <ul class="sy-l" onkeydown={|event: KeyboardEvent| moves(&event)}>{ for shown.into_iter().map(|(place, one)| line(place, one, props)) }</ul>
        </section>
    }
}

fn line(place: usize, one: &SyncDifference, props: &SyncList) -> Html {
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
            <button type="button" aria-pressed={pressed} data-difference={place.to_string()} {onclick}>
                { sign }
                <span class="sy-n"><b dir="auto">{ sync::title(one) }</b><span>{ sync::summary(one) }</span></span>
                <span class={classes!("badge", warn)}>{ small_icon(ahead.icon()) }{ word }</span>
            </button>
        </li>
    }
}

fn moves(event: &KeyboardEvent) {
    let by = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let Some(line) = event.target_dyn_into::<Element>().and_then(|button| button.closest("li").ok()?) else {
        return;
    };
    let next = if by > 0 { line.next_element_sibling() } else { line.previous_element_sibling() };
    let button = next.and_then(|line| line.query_selector("button").ok()?);
    if let Some(button) = button.and_then(|button| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(button).ok())
    {
        event.prevent_default();
        let _ = button.focus();
        button.click();
    }
}
