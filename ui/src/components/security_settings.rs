//! The lines of what opens the vault: password, recovery kit, system keyring, vault key.

use model::{Failure, security::SecurityView};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        icon::icon,
        setting_line::{setting_line, toggle},
    },
    state::{security::Dialog, toast::sentence_case},
    t,
};

/// What the lines show and tell.
pub struct Lines<'a> {
    /// What opens the vault.
    pub view: &'a SecurityView,
    /// Whether the keyring is being asked just now.
    pub asking: bool,
    /// Why it did not do as it was asked.
    pub fault: Option<&'a Failure>,
    /// A button.
    pub on_open: &'a Callback<Dialog>,
    /// The switch.
    pub on_keyring: &'a Callback<bool>,
}

/// The lines.
pub fn security_settings(lines: Lines) -> Html {
    let view = lines.view;
    let button = |id: &'static str, label: String, dialog: Dialog| {
        let onclick = lines.on_open.reform(move |_: MouseEvent| dialog);
        html! { <button type="button" class="btn sm" {id} {onclick}><span>{ label }</span></button> }
    };
    let line = |title, text: String, control| setting_line(title, html! { { text } }, control);
    let kit_button = if view.has_kit { t!("make-new-kit") } else { t!("make-kit") };
    let keyring = toggle("keyring-on", t!("keyring-line"), view.keyring, lines.asking, lines.on_keyring);
    html! {
        <>
            { lines.fault.map(fault).unwrap_or_default() }
            <div class="card" id="security-card" aria-busy={lines.asking.to_string()}>
                { line(t!("password-line"), password(view), button("change-password", t!("change-password"), Dialog::Password)) }
                { line(t!("kit-line"), kit(view), button("make-kit", kit_button, Dialog::Kit)) }
                { line(t!("keyring-line"), keyring_text(view), keyring) }
                { line(t!("key-line"), key(view), button("replace-key", t!("replace-key"), Dialog::Key)) }
            </div>
        </>
    }
}

fn password(view: &SecurityView) -> String {
    match view.password_changed_at {
        None => t!("password-first"),
        Some(at) => t!("password-changed", when = browser::clock_within(at)),
    }
}

fn kit(view: &SecurityView) -> String {
    match (view.has_kit, view.kit_made_at) {
        (false, _) => t!("kit-none"),
        (true, None) => t!("kit-there"),
        (true, Some(at)) if !view.kit_checked => t!("kit-made-unchecked", when = browser::date_of(at)),
        (true, Some(at)) => t!("kit-made", when = browser::date_of(at)),
    }
}

fn keyring_text(view: &SecurityView) -> String {
    match view.keyring_until.filter(|_| view.keyring) {
        None => t!("keyring-text"),
        Some(at) => t!("keyring-on", when = browser::date_of(at)),
    }
}

fn key(view: &SecurityView) -> String {
    match view.key_changed_at {
        None => t!("key-first"),
        Some(at) => t!("key-changed", when = browser::clock_within(at), number = view.key_number),
    }
}

fn fault(failure: &Failure) -> Html {
    html! {
        <div class="note danger" role="alert" id="keyring-refused">
            { icon("alert") }<div><p><b>{ sentence_case(&failure.message) }</b></p><p>{ failure.advice.clone() }</p></div>
        </div>
    }
}
