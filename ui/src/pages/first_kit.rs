//! The first run's last step: a recovery kit, made now or later.

use std::rc::Rc;

use model::{Failure, command::MakeRecoveryKit, command::Opened, security::NewKit};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{
    browser,
    components::icon::icon,
    pages::{change_password::refusal, kit_shown::KitShown},
    shell, t,
};

/// The open vault.
#[derive(Properties, PartialEq)]
pub struct FirstKitProps {
    /// What the page goes on with.
    pub opened: Opened,
    /// On to the vault.
    pub on_open: Callback<Opened>,
}

/// The step.
#[component]
pub fn FirstKit(props: &FirstKitProps) -> Html {
    let kit = use_state(|| Option::<Rc<NewKit>>::None);
    let failure = use_state(|| Option::<Failure>::None);
    let have = use_state(|| false);
    use_effect_with((), |()| browser::focus("#first-kit"));
    let enter = {
        let (on_open, mut opened) = (props.on_open.clone(), props.opened.clone());
        opened.view.without_kit = kit.is_none();
        move |_: MouseEvent| on_open.emit(opened.clone())
    };
    let make = {
        let (kit, failure) = (kit.setter(), failure.setter());
        move |_: MouseEvent| {
            let (kit, failure) = (kit.clone(), failure.clone());
            spawn_local(async move {
                match shell::call(MakeRecoveryKit {}).await {
                    Ok(made) => kit.set(Some(Rc::new(made))),
                    Err(refused) => failure.set(Some(refused)),
                }
            });
        }
    };
    let body = match &*kit {
        None => {
            html! { <button type="button" class="btn primary lg" id="first-kit" onclick={make}>{ icon("shield") }<span>{ t!("make-kit") }</span></button> }
        }
        Some(kit) => {
            let on_have = {
                let have = have.setter();
                Callback::from(move |is| have.set(is))
            };
            html! {
                <>
                    <KitShown kit={kit.clone()} {on_have} />
                    <button type="button" class="btn primary lg" id="enter-vault" disabled={!*have} onclick={enter.clone()}><span>{ t!("first-kit-enter") }</span></button>
                </>
            }
        }
    };
    html! {
        <div class="gate-c" id="kit-offer">
            <h1>{ t!("first-kit-title") }</h1>
            <p>{ t!("first-kit-lede") }</p>
            <div class="form">
                { body }
                { failure.as_ref().map(refusal).unwrap_or_default() }
                if !*have {
                    <div>
                        <button type="button" class="btn link" id="kit-later" onclick={enter}>{ t!("first-kit-later") }</button>
                        <p class="hint">{ t!("first-kit-later-text") }</p>
                    </div>
                }
            </div>
        </div>
    }
}
