//! Two fields for a new password, judged while the first is typed, as on the page that makes a vault.

use model::Secret;
use yew::prelude::*;

use crate::{
    components::{
        field::value_of, help::help, icon::icon, password_field::PasswordField,
        strength_meter::strength_meter,
    },
    pages::create_vault::{suggestion, use_entry},
    state::password::NewPassword,
    t,
};

/// The fields.
#[derive(Properties, PartialEq)]
pub struct NewPasswordFieldsProps {
    /// What the first is called.
    pub label: AttrValue,
    /// What the second is called.
    #[prop_or_else(|| t!("repeat-password").into())]
    pub repeat: AttrValue,
    /// Where the caller reads the password.
    pub input: NodeRef,
    /// Whether both hold the same and it is good enough.
    pub on_ready: Callback<bool>,
}

/// The fields.
#[component]
pub fn NewPasswordFields(props: &NewPasswordFieldsProps) -> Html {
    let second = use_node_ref();
    let entry = use_state(NewPassword::default);
    let failure = use_state(|| None);
    let words = use_state(|| Option::<String>::None);
    let oninput = use_entry(&props.input, &second, &entry, &failure);
    use_effect_with(entry.is_ready(), {
        let on_ready = props.on_ready.clone();
        move |ready| on_ready.emit(*ready)
    });
    let differs = entry.differs();
    html! {
        <>
            <div class="field">
                <label for="new-password">{ props.label.clone() }</label>
                <PasswordField id="new-password" input={props.input.clone()} autocomplete="new-password"
                    described_by="password-judgement new-password-help" oninput={oninput.reform(|()| true)} />
                { strength_meter(&entry) }
                { suggestion(&words) }
                { help("new-password", &props.label) }
            </div>
            <div class={classes!("field", differs.then_some("invalid"))}>
                <label for="repeat-password">{ props.repeat.clone() }</label>
                <PasswordField id="repeat-password" input={second} autocomplete="new-password" invalid={differs}
                    described_by="repeat-error" oninput={oninput.reform(|()| false)} />
                <div id="repeat-error" role="status">
                    if differs { <p class="err">{ icon("alert") }<span>{ t!("passwords-differ") }</span></p> }
                </div>
            </div>
        </>
    }
}

/// What was typed, on its way to the shell.
pub fn secret_of(field: &NodeRef) -> Secret {
    Secret::new(value_of(field))
}
