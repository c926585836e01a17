//! Help in place: a sign beside a field that mouse and keyboard open. Whoever hears the page is told it with the field.

use yew::prelude::*;

use crate::{state::help::text, t};

/// The sign and what is behind it; nothing for a field that says everything itself. A `details` of the browser: it opens by
/// Enter and Space and needs no state of ours.
pub fn help(id: &str, label: &str) -> Html {
    let Some(text) = text(id) else { return Html::default() };
    let name = t!("help-about", field = label);
    html! {
        <details class="help">
            <summary aria-label={name.clone()} title={name}>{ "?" }</summary>
            <p id={format!("{id}-help")}>{ text }</p>
        </details>
    }
}
