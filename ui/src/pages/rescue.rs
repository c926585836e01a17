//! Where a vault does not open because it is damaged: the newest backup that the password opens, and putting it in place.
//! A part of its own, since hardly anybody ever sees it.

use model::{
    Failure, Secret,
    backups::BackupView,
    command::{OfferBackup, RestoreAtUnlock},
};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    browser,
    components::{icon::icon, password_field::PasswordField},
    shell,
    state::toast::sentence_case,
    t,
};

/// What it needs.
#[derive(Clone, Properties, PartialEq)]
pub struct RescueProps {
    /// The field with the password, if the page has one.
    pub input: Option<NodeRef>,
    /// A backup is in place.
    pub on_done: Callback<()>,
}

#[derive(Clone, PartialEq)]
enum Offer {
    Unasked,
    Busy,
    None,
    Found(BackupView),
    Refused(Failure),
}

/// The offer.
#[component]
pub fn Rescue(props: &RescueProps) -> Html {
    let own = use_node_ref();
    let offer = use_state(|| Offer::Unasked);
    let input = props.input.clone().unwrap_or_else(|| own.clone());
    let password = move || {
        let typed = input.cast::<HtmlInputElement>().map(|input| input.value());
        Secret::new(typed.unwrap_or_default())
    };
    let look = {
        let (offer, password) = (offer.setter(), password.clone());
        move |_: MouseEvent| {
            let (offer, password) = (offer.clone(), password());
            offer.set(Offer::Busy);
            spawn_local(async move {
                offer.set(match shell::call(OfferBackup { password }).await {
                    Ok(Some(found)) => Offer::Found(found),
                    Ok(None) => Offer::None,
                    Err(failure) => Offer::Refused(failure),
                });
            });
        }
    };
    let restore = {
        let (offer, on_done) = (offer.clone(), props.on_done.clone());
        move |_: MouseEvent| {
            let Offer::Found(found) = &*offer else { return };
            let (place, password, on_done, offer) =
                (found.place.clone(), password(), on_done.clone(), offer.setter());
            offer.set(Offer::Busy);
            spawn_local(async move {
                match shell::call(RestoreAtUnlock { password, place }).await {
                    Ok(_) => on_done.emit(()),
                    Err(failure) => offer.set(Offer::Refused(failure)),
                }
            });
        }
    };
    let busy = *offer == Offer::Busy;
    let note = |tone: &'static str, text: Html| html! { <div class={classes!("note", tone)} role="status" id="rescue-says">{ icon("info") }<div>{ text }</div></div> };
    let said = match &*offer {
        Offer::Unasked | Offer::Busy => Html::default(),
        Offer::None => note("warn", html! { <p>{ t!("rescue-none") }</p> }),
        Offer::Found(found) => {
            note("", html! { <p>{ t!("rescue-found", time = browser::clock_within(found.made_at)) }</p> })
        }
        Offer::Refused(failure) => note(
            "danger",
            html! { <p><b>{ sentence_case(&failure.message) }</b>{ " " }{ failure.advice.clone() }</p> },
        ),
    };
    let found = matches!(&*offer, Offer::Found(_));
    html! {
        <div class="form" id="rescue">
            if props.input.is_none() {
                <div class="field"><label for="rescue-password">{ t!("rescue-password") }</label>
                    <PasswordField id="rescue-password" input={own} autocomplete="current-password" /></div>
            }
            { said }
            if found {
                <button type="button" class="btn primary lg block" id="rescue-restore" onclick={restore}><span>{ t!("rescue-restore") }</span></button>
            } else {
                <button type="button" class="btn lg block" id="rescue-look" disabled={busy} aria-busy={busy.to_string()} onclick={look}>
                    if busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("rescue-look") }</span>
                </button>
            }
        </div>
    }
}
