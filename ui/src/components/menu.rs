//! A small menu below the button that opened it: arrow keys move, Enter and Space choose, Escape closes.

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::{browser, components::icon};

/// One line.
#[derive(Clone, PartialEq)]
pub struct Item {
    /// What `data-action` says.
    pub action: AttrValue,
    /// The line.
    pub label: AttrValue,
    /// Name of an icon; empty for none.
    pub icon: &'static str,
    /// Its shortcut.
    pub keys: &'static [&'static str],
    /// Whether it cannot be taken back; it stands apart.
    pub danger: bool,
    /// For a choice: whether it is the one in force.
    pub checked: Option<bool>,
}

impl Item {
    /// A plain line.
    pub fn new(action: impl Into<AttrValue>, label: String, icon: &'static str) -> Self {
        Self { action: action.into(), label: label.into(), icon, keys: &[], danger: false, checked: None }
    }
}

/// The menu.
#[derive(Properties, PartialEq)]
pub struct MenuProps {
    /// Its name.
    pub label: AttrValue,
    /// Its lines.
    pub items: Vec<Item>,
    /// Whether it opens upwards, near the end of the view.
    #[prop_or_default]
    pub upwards: bool,
    /// A line was chosen, by its action.
    pub on_choose: Callback<AttrValue>,
    /// It is to be closed; `true` when the focus goes back to its button.
    pub on_close: Callback<bool>,
}

/// A menu.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let list = use_node_ref();
    use_effect_with((), {
        let list = list.clone();
        move |()| move_to(&list, |_, count| if count > 0 { Some(0) } else { None })
    });
    let onkeydown = {
        let (list, on_close) = (list.clone(), props.on_close.clone());
        move |event: KeyboardEvent| key(&event, &list, &on_close)
    };
    let onfocusout = {
        let (list, on_close) = (list.clone(), props.on_close.clone());
        move |event: FocusEvent| {
            let to = event
                .related_target()
                .and_then(|target| wasm_bindgen::JsCast::dyn_into::<Element>(target).ok());
            let inside =
                list.cast::<Element>().is_some_and(|list| to.is_some_and(|to| list.contains(Some(&to))));
            if !inside {
                on_close.emit(false);
            }
        }
    };
    html! {
        <ul class={classes!("menu", props.upwards.then_some("up"))} role="menu" aria-label={props.label.clone()} ref={list} {onkeydown} {onfocusout}>
            { for props.items.iter().map(|item| line(item, &props.on_choose)) }
        </ul>
    }
}

fn line(item: &Item, on_choose: &Callback<AttrValue>) -> Html {
    let onclick = {
        let (on_choose, action) = (on_choose.clone(), item.action.clone());
        move |event: MouseEvent| {
            event.stop_propagation();
            on_choose.emit(action.clone());
        }
    };
    let role = if item.checked.is_some() { "menuitemradio" } else { "menuitem" };
    html! {
        <>
            if item.danger { <li class="sep" role="separator"></li> }
            <li {role} tabindex="-1" class={classes!(item.danger.then_some("danger"))} data-action={item.action.clone()}
                aria-checked={item.checked.map(|checked| checked.to_string())} {onclick}>
                if !item.icon.is_empty() { { icon::icon(item.icon) } }
                <span dir="auto">{ item.label.clone() }</span>
                if item.checked == Some(true) { { icon::classed("check", "ic tick") } }
                { icon::keys(item.keys) }
            </li>
        </>
    }
}

fn key(event: &KeyboardEvent, list: &NodeRef, on_close: &Callback<bool>) {
    match event.key().as_str() {
        "ArrowDown" => move_to(list, |at, count| Some(at.map_or(0, |at| (at + 1) % count))),
        "ArrowUp" => move_to(list, |at, count| Some(at.map_or(count - 1, |at| (at + count - 1) % count))),
        "Home" => move_to(list, |_, _| Some(0)),
        "End" => move_to(list, |_, count| Some(count - 1)),
        "Enter" | " " => {
            if let Some(active) = browser::active() {
                active.click();
            }
        }
        "Escape" => on_close.emit(true),
        "Tab" => return on_close.emit(true),
        _ => {}
    }
    event.prevent_default();
    event.stop_propagation();
}

fn move_to(list: &NodeRef, choose: impl Fn(Option<usize>, usize) -> Option<usize>) {
    let Some(found) =
        list.cast::<Element>().and_then(|list| list.query_selector_all("[role^='menuitem']").ok())
    else {
        return;
    };
    let items: Vec<HtmlElement> = (0..found.length())
        .filter_map(|place| wasm_bindgen::JsCast::dyn_into(found.get(place)?).ok())
        .collect();
    if items.is_empty() {
        return;
    }
    let active = browser::active();
    let at = items.iter().position(|item| Some(item) == active.as_ref());
    if let Some(item) = choose(at, items.len()).and_then(|place| items.get(place)) {
        let _ = item.focus();
    }
}
