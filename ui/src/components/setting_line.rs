//! One line of the settings: what it is, what follows from it, and the control at its end.

use yew::prelude::*;

use crate::components::field::checked;

/// A line.
pub fn setting_line(title: String, text: Html, control: Html) -> Html {
    html! { <div class="si"><div><b>{ title }</b><div class="si-t">{ text }</div></div>{ control }</div> }
}

/// A switch that stands at the end of a line.
pub fn toggle(id: &'static str, label: String, on: bool, disabled: bool, on_change: &Callback<bool>) -> Html {
    let onchange = on_change.reform(|event: Event| checked(&event));
    html! { <input class="sw" type="checkbox" role="switch" {id} aria-label={label} checked={on} {disabled} {onchange} /> }
}
