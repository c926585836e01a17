//! The command palette.

use std::rc::Rc;

use model::provider::ProviderList;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field,
        icon::{icon, keys, tile},
        modal::Modal,
    },
    state::{
        models::occurrence,
        palette::{Deed, Entry, Heading, Results, marks},
    },
    t,
};

/// The palette.
#[derive(Properties, PartialEq)]
pub struct PaletteProps {
    /// What can be found.
    pub list: Rc<ProviderList>,
    /// What was chosen lately, the latest first.
    pub recent: Rc<[Deed]>,
    /// An entry was chosen.
    pub on_choose: Callback<Deed>,
    /// Leave it.
    pub on_close: Callback<()>,
}

/// The command palette.
#[component]
pub fn Palette(props: &PaletteProps) -> Html {
    let search = use_state(String::new);
    let at = use_state(|| 0usize);
    let asked = (props.list.clone(), (*search).clone(), props.recent.clone());
    let results = use_memo(asked, |(list, search, recent)| Results::of(list, search, recent));
    let oninput = {
        let (search, at) = (search.clone(), at.clone());
        move |event: InputEvent| {
            search.set(field::typed(&event));
            at.set(0);
        }
    };
    let onkeydown = {
        let (results, at, on_choose) = (results.clone(), at.clone(), props.on_choose.clone());
        move |event: KeyboardEvent| {
            let count = results.len().max(1);
            match event.key().as_str() {
                "ArrowDown" => at.set((*at + 1) % count),
                "ArrowUp" => at.set((*at + count - 1) % count),
                "Enter" => {
                    if let Some(entry) = results.entries().nth(*at) {
                        // With Ctrl, whatever would be done to a provider: its form.
                        let about = entry.deed.provider().filter(|_| event.ctrl_key() || event.meta_key());
                        on_choose.emit(about.map_or(entry.deed, Deed::Edit));
                    }
                }
                _ => return,
            }
            event.prevent_default();
        }
    };
    use_effect_with(*at, |at| browser::reveal(&format!("entry-{at}")));
    let mut from = 0;
    let sections = results.0.iter().map(|one| {
        let first = from;
        from += one.entries.len();
        section(title(one.heading), &one.entries, first, *at, &search, &props.on_choose)
    });
    let sections: Html = sections.collect();
    html! {
        <Modal class="palette" label={t!("palette-title")} first="#palette-search" on_close={props.on_close.clone()}>
            <div class="pal-in">
                { icon("search") }
                <input id="palette-search" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list"
                    aria-activedescendant={(!results.is_empty()).then(|| format!("entry-{}", *at))} aria-label={t!("search-or-run")}
                    autocomplete="off" spellcheck="false" value={(*search).clone()} {oninput} {onkeydown} />
                { keys(&["Esc"]) }
            </div>
            <div id="palette-list" class="pal-l" role="listbox" aria-label={t!("palette-results")}>
                { sections }
            </div>
            if results.is_empty() { <p class="pal-none" role="status">{ t!("palette-none") }</p> }
            <div class="pal-f" aria-hidden="true">
                <span>{ keys(&["↑", "↓"]) }{ t!("palette-move") }</span>
                <span>{ keys(&["Enter"]) }{ t!("palette-open") }</span>
                <span>{ keys(&["Ctrl", "Enter"]) }{ t!("palette-open-in-edit") }</span>
                <span>{ keys(&[">"]) }{ t!("palette-only-actions") }</span>
            </div>
        </Modal>
    }
}

fn title(heading: Heading) -> String {
    match heading {
        Heading::Recent => t!("palette-recent"),
        Heading::Providers => t!("providers"),
        Heading::Tasks => t!("palette-tasks"),
        Heading::Actions => t!("palette-actions"),
        Heading::Places => t!("palette-places"),
    }
}

fn section(
    title: String,
    entries: &[Entry],
    from: usize,
    at: usize,
    search: &str,
    on_choose: &Callback<Deed>,
) -> Html {
    let lines =
        entries.iter().enumerate().map(|(place, entry)| line(entry, from + place, at, search, on_choose));
    html! {
        <div role="group" aria-label={title.clone()}>
            <div class="pal-h" aria-hidden="true">{ title }</div>
            { for lines }
        </div>
    }
}

fn line(entry: &Entry, place: usize, at: usize, search: &str, on_choose: &Callback<Deed>) -> Html {
    let deed = entry.deed;
    // The field keeps the focus: pressing must not move it.
    let onmousedown = |event: MouseEvent| event.prevent_default();
    let onclick = on_choose.reform(move |_: MouseEvent| deed);
    html! {
        <div class="pal-i" role="option" id={format!("entry-{place}")} aria-selected={(place == at).to_string()} {onmousedown} {onclick}>
            { entry.tile.map_or_else(|| icon(entry.icon), |kind| tile(kind, "s")) }
            <span class="pal-t" dir="auto">{ all_marked(&entry.title, search) }</span>
            <span class="sub">{ all_marked(&entry.detail, search) }</span>
            <span class="r">{ if place == at && entry.keys.is_empty() { keys(&["Enter"]) } else { keys(entry.keys) } }</span>
        </div>
    }
}

/// The text with each word of the search marked in it.
fn all_marked(text: &str, search: &str) -> Html {
    let piece = |(found, piece): (bool, &str)| {
        if found {
            html! { <mark>{ piece }</mark> }
        } else {
            html! { { piece } }
        }
    };
    marks(text, search).into_iter().map(piece).collect()
}

/// The text with what was searched for marked in it.
pub fn marked(text: &str, search: &str) -> Html {
    match occurrence(text, search.trim_start_matches('>')) {
        Some((before, found, after)) => html! { <>{ before }<mark>{ found }</mark>{ after }</> },
        None => html! { { text } },
    }
}
