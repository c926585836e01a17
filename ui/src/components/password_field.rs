//! A field for a secret, with an eye that shows what is being typed. What is typed stays in the field: whoever needs
//! it reads it through the reference at the moment of sending.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{components::icon::icon, t};

/// How the field looks and what it tells.
#[derive(Properties, PartialEq)]
pub struct PasswordFieldProps {
    /// Id of the input.
    pub id: AttrValue,
    /// Where the caller reads what was typed.
    pub input: NodeRef,
    /// The browser's hint: `current-password`, `new-password`, `off`.
    pub autocomplete: &'static str,
    /// Ghost text.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// Whether it needs a change.
    #[prop_or_default]
    pub invalid: bool,
    /// Id of what describes it.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Whether it takes the focus when it appears.
    #[prop_or_default]
    pub focused: bool,
    /// Whether it is an API key: monospace, smaller, and called a key.
    #[prop_or_default]
    pub is_key: bool,
    /// Something was typed.
    #[prop_or_default]
    pub oninput: Callback<()>,
}

/// A field for a secret.
#[component]
pub fn PasswordField(props: &PasswordFieldProps) -> Html {
    let shown = use_state(|| false);
    use_effect_with((), {
        let (input, focused) = (props.input.clone(), props.focused);
        move |()| {
            if let Some(element) = input.cast::<HtmlElement>().filter(|_| focused) {
                let _ = element.focus();
            }
        }
    });
    let toggle = {
        let shown = shown.clone();
        move |_: MouseEvent| shown.set(!*shown)
    };
    let label = match (props.is_key, *shown) {
        (true, false) => t!("show-key"),
        (true, true) => t!("hide-key"),
        (false, false) => t!("show-password"),
        (false, true) => t!("hide-password"),
    };
    let look = if props.is_key { "inp mono" } else { "inp lg" };
    html! {
        <div class="inp-w eye">
            <input class={look} id={props.id.clone()} ref={props.input.clone()} type={if *shown { "text" } else { "password" }}
                placeholder={props.placeholder.clone()} autocomplete={props.autocomplete} spellcheck="false" autocapitalize="off"
                aria-invalid={props.invalid.to_string()} aria-describedby={props.described_by.clone()}
                oninput={props.oninput.reform(|_: InputEvent| ())} />
            <button type="button" class="ib" aria-label={label.clone()} title={label} aria-pressed={shown.to_string()} onclick={toggle}>
                { icon("eye") }
            </button>
        </div>
    }
}
