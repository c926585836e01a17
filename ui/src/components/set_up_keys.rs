//! One field for each vendor's key that an example set-up takes, with what was wrong with it, and the vendor's page.

use model::{
    ProviderType,
    set_up::{SetUpEntry, SetUpPreview, SetUpRefusal},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    components::{
        field::{described_by, describing},
        help::help,
        icon::{icon, small_icon},
        password_field::PasswordField,
    },
    state::{heard::heard, set_up::refusal_of, toast::sentence_case},
    t,
};

/// The fields of one vendor.
#[derive(Clone, PartialEq)]
pub struct Fields {
    /// Whose.
    pub vendor: ProviderType,
    /// Its key.
    pub key: NodeRef,
    /// Where it is reached instead.
    pub address: NodeRef,
}

/// What is drawn, and who hears of it.
pub struct KeysProps<'a> {
    /// What would be made.
    pub seen: &'a SetUpPreview,
    /// The fields of every vendor.
    pub fields: &'a [Fields],
    /// Keys that were refused.
    pub refused: &'a [SetUpRefusal],
    /// A vendor's field has something in it, or nothing.
    pub on_typed: Callback<(ProviderType, bool)>,
    /// Show the vendor's page for keys.
    pub on_console: Callback<ProviderType>,
}

/// Draws the fields.
pub fn set_up_keys(props: KeysProps) -> Html {
    let field = |entry: &SetUpEntry| {
        let fields = props.fields.iter().find(|fields| fields.vendor == entry.provider_type)?;
        Some(key(fields, refusal_of(props.refused, entry.provider_type), &props))
    };
    html! { <div class="form" id="set-up-keys">{ for props.seen.entries.iter().filter_map(field) }</div> }
}

fn key(fields: &Fields, refusal: Option<&SetUpRefusal>, props: &KeysProps) -> Html {
    let vendor = fields.vendor;
    let id = format!("set-up-key-{}", vendor.as_str());
    let note = described_by(&id);
    let oninput = {
        let (input, on_typed) = (fields.key.clone(), props.on_typed.clone());
        Callback::from(move |()| {
            let input = input.cast::<HtmlInputElement>();
            on_typed.emit((vendor, input.is_some_and(|input| !input.value().trim().is_empty())));
        })
    };
    let console = props.on_console.reform(move |_: MouseEvent| vendor);
    html! {
        <div class={classes!("field", refusal.is_some().then_some("invalid"))} key={vendor.as_str()}>
            <label for={id.clone()}>{ t!("set-up-key", vendor = vendor.label()) }<span class="opt">{ t!("set-up-key-optional") }</span></label>
            <PasswordField id={id.clone()} input={fields.key.clone()} autocomplete="off" is_key={true} invalid={refusal.is_some()} described_by={describing(&id)} {oninput} />
            <div id={note}>
                if let Some(refusal) = refusal {
                    <p class="err" role="alert">{ icon("alert") }<span dir="auto">{ sentence_case(&heard(&refusal.message)) }{ " " }{ heard(&refusal.advice) }</span></p>
                }
            </div>
            <div class="under">
                if vendor.console_url().is_some() {
                    <button type="button" class="btn link sm" data-console={vendor.as_str()} onclick={console}>{ small_icon("link") }{ t!("set-up-key-get") }</button>
                }
            </div>
            { address(fields) }
            { help(&id, &t!("set-up-key", vendor = vendor.label())) }
        </div>
    }
}

fn address(fields: &Fields) -> Html {
    let id = format!("set-up-address-{}", fields.vendor.as_str());
    let note = described_by(&id);
    html! {
        <details class="advanced">
            <summary class="form-sec">{ icon("right") }{ t!("set-up-address") }</summary>
            <div class="field">
                <input class="inp mono" id={id.clone()} ref={fields.address.clone()} aria-label={t!("set-up-address")} aria-describedby={describing(&id)}
                    autocomplete="off" spellcheck="false" placeholder={fields.vendor.default_base_url().unwrap_or_default()} />
                <p class="hint" id={note}>{ t!("set-up-address-hint") }</p>
                { help(&id, &t!("set-up-address")) }
            </div>
        </details>
    }
}
