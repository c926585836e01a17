//! A few choices side by side, one of them pressed: a radio group, or tabs when the choice swaps content.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// The choices.
pub struct Segmented<T> {
    /// Id of the group.
    pub id: AttrValue,
    /// Its name.
    pub label: String,
    /// For tabs, the id of what they swap.
    pub controls: Option<&'static str>,
    /// The choices and their words.
    pub options: Vec<(T, String)>,
    /// The one in force.
    pub value: Option<T>,
    /// Another one is chosen.
    pub on_choose: Callback<T>,
}

/// Draws the choices. Left and Right choose, as in any radio group.
pub fn segmented<T: Clone + PartialEq + 'static>(props: Segmented<T>) -> Html {
    let Segmented { id, label, controls, options, value, on_choose } = props;
    let tabs = controls.is_some();
    let (role, item) = if tabs { ("tablist", "tab") } else { ("radiogroup", "radio") };
    let at = options.iter().position(|(option, _)| Some(option) == value.as_ref());
    let button = |(place, (option, word)): (usize, &(T, String))| {
        let onclick = {
            let (on_choose, option) = (on_choose.clone(), option.clone());
            move |_: MouseEvent| on_choose.emit(option.clone())
        };
        let on = at == Some(place);
        let tabindex = if on || (at.is_none() && place == 0) { "0" } else { "-1" };
        let on = on.to_string();
        let (selected, checked) = if tabs { (Some(on), None) } else { (None, Some(on)) };
        html! {
            <button type="button" role={item} aria-selected={selected} aria-checked={checked} aria-controls={controls} {tabindex} {onclick}>{ word }</button>
        }
    };
    let buttons: Html = options.iter().enumerate().map(button).collect();
    let onkeydown = {
        let values: Vec<T> = options.iter().map(|(option, _)| option.clone()).collect();
        move |event: KeyboardEvent| {
            let Some(count) = (!values.is_empty()).then_some(values.len()) else { return };
            let to = match (event.key().as_str(), at) {
                ("ArrowRight" | "ArrowDown", at) => at.map_or(0, |at| (at + 1) % count),
                ("ArrowLeft" | "ArrowUp", at) => at.map_or(count - 1, |at| (at + count - 1) % count),
                ("Home", _) => 0,
                ("End", _) => count - 1,
                _ => return,
            };
            event.prevent_default();
            on_choose.emit(values[to].clone());
            focus_nth(&event, to);
        }
    };
    html! { <div class="seg" {role} {id} aria-label={label} {onkeydown}>{ buttons }</div> }
}

fn focus_nth(event: &KeyboardEvent, place: usize) {
    let button = event.target_dyn_into::<Element>().and_then(|target| target.parent_element());
    let place = u32::try_from(place).unwrap_or(0);
    let next = button.and_then(|group| group.children().item(place)?.dyn_into::<HtmlElement>().ok());
    if let Some(next) = next {
        let _ = next.focus();
    }
}
