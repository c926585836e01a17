//! A button with a menu below it: of choices, with the one in force on its face, or of actions.

use web_sys::Element;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        icon::{icon, small_icon},
        menu::{Item, Menu},
    },
};

/// The button.
#[derive(Properties, PartialEq)]
pub struct MenuButtonProps {
    /// Its id.
    pub id: AttrValue,
    /// Its name, and the menu's.
    pub label: AttrValue,
    /// What stands on it; nothing makes it a button of three dots.
    #[prop_or_default]
    pub face: Option<AttrValue>,
    /// Name of an icon before that.
    #[prop_or_default]
    pub sign: &'static str,
    /// The menu's lines.
    pub items: Vec<Item>,
    /// Whether it cannot be opened just now.
    #[prop_or_default]
    pub disabled: bool,
    /// A line was chosen, by its action.
    pub on_choose: Callback<AttrValue>,
}

/// The button and its menu.
#[component]
pub fn MenuButton(props: &MenuButtonProps) -> Html {
    let open = use_state(|| false);
    let button = use_node_ref();
    let on_close = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |focus: bool| {
            open.set(false);
            if let Some(button) = button.cast::<Element>().filter(|_| focus) {
                browser::focus_element(&button);
            }
        })
    };
    let on_choose = {
        let (on_close, on_choose) = (on_close.clone(), props.on_choose.clone());
        Callback::from(move |action: AttrValue| {
            on_close.emit(true);
            on_choose.emit(action);
        })
    };
    let onclick = {
        let open = open.clone();
        move |_: MouseEvent| open.set(!*open)
    };
    let onkeydown = {
        let open = open.clone();
        move |event: KeyboardEvent| {
            if event.key() == "ArrowDown" && !*open {
                event.prevent_default();
                event.stop_propagation();
                open.set(true);
            }
        }
    };
    let face = match &props.face {
        Some(face) => html! {
            <>if !props.sign.is_empty() { { small_icon(props.sign) } }<span dir="auto">{ face.clone() }</span>{ icon("down") }</>
        },
        None => icon("dots"),
    };
    let (class, label) = match props.face {
        Some(_) => ("select auto", None),
        None => ("ib", Some(props.label.clone())),
    };
    html! {
        <div class="anchor">
            <button type="button" {class} id={props.id.clone()} ref={button} aria-haspopup="menu" aria-expanded={open.to_string()}
                aria-label={label} title={props.label.clone()} disabled={props.disabled} {onclick} {onkeydown}>{ face }</button>
            if *open { <Menu label={props.label.clone()} items={props.items.clone()} {on_choose} {on_close} /> }
        </div>
    }
}
