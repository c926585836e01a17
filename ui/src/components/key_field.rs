//! The field of the API key in the drawer, and the way to have none any more. A stored key is never shown.

use model::{Field, ProviderView};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field::{Frame, Switch, describing, framed, switch},
        password_field::PasswordField,
        provider_form::Parts,
    },
    state::{
        form::{Edit, Form},
        keys::days_between,
    },
    t,
};

/// The key; empty keeps the stored one.
pub fn key_field(parts: &Parts) -> Html {
    let form = parts.form;
    let stored = form.provider.as_ref().filter(|provider| provider.has_key);
    let remark = match stored.and_then(|provider| provider.key_changed_at) {
        Some(entered) => t!("key-entered", age = browser::age_of(entered)),
        None if stored.is_some() => String::new(),
        None => t!("key-remark"),
    };
    let error = form.error(Field::ApiKey);
    let key_field = parts.key_field.clone();
    let oninput = parts.on_edit.reform(move |()| {
        let input = key_field.cast::<HtmlInputElement>();
        Edit::KeyTyped(input.is_some_and(|input| !input.value().trim().is_empty()))
    });
    let field = framed(
        Frame { id: "api-key", label: t!("field-api-key"), remark, error, hint: String::new() },
        html! {
            <PasswordField id="api-key" input={parts.key_field.clone()} autocomplete="off" is_key={true} placeholder={placeholder(form, stored)}
                invalid={error.is_some()} described_by={describing("api-key")} {oninput} />
        },
    );
    html! { <>{ field }{ stored.map(|stored| aged(stored, parts)).unwrap_or_default() }if form.offers_key_removal() { { removal(parts) } }</> }
}

/// How old the stored key is, and the way to what can be done with it.
fn aged(stored: &ProviderView, parts: &Parts) -> Html {
    let days = stored.key_changed_at.map(|entered| days_between(entered, browser::now()));
    html! {
        <div class="under">
            { for days.map(|days| html! { <span id="key-days">{ t!("key-days", count = days) }</span> }) }
            <button type="button" class="btn link sm" id="open-key" onclick={parts.on_key.reform(|_: MouseEvent| ())}>{ t!("key-manage") }</button>
        </div>
    }
}

fn placeholder(form: &Form, stored: Option<&ProviderView>) -> String {
    match stored.filter(|_| !form.remove_key).map(|provider| provider.key_last_four.as_deref()) {
        Some(Some(last_four)) => t!("key-stored", last = last_four),
        Some(None) => t!("key-stored-short"),
        None if !form.draft.provider_type.needs_key() => t!("key-optional"),
        None => String::new(),
    }
}

fn removal(parts: &Parts) -> Html {
    let form = parts.form;
    let removal = Switch {
        id: "remove-key",
        label: t!("remove-key"),
        hint: if form.key_typed { t!("remove-key-typed") } else { t!("remove-key-hint") },
        on: form.remove_key,
        disabled: form.key_typed,
    };
    switch(removal, parts.on_edit.reform(Edit::RemoveKey))
}
