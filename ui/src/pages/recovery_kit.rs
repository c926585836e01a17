//! A new recovery kit from the settings: what it is and what it voids, then its words.

use std::rc::Rc;

use model::{Failure, FailureCode, command::MakeRecoveryKit, security::NewKit};
use yew::prelude::*;

use crate::{
    browser,
    components::{icon::icon, modal::Modal},
    pages::{change_password::refusal, kit_shown::KitShown},
    shell,
    state::workspace::Action,
    t,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct RecoveryKitDialogProps {
    /// A way to ask for things.
    pub work: Work,
}

/// The dialog.
#[component]
pub fn RecoveryKitDialog(props: &RecoveryKitDialogProps) -> Html {
    let kit = use_state(|| Option::<Rc<NewKit>>::None);
    let busy = use_state(|| false);
    let have = use_state(|| false);
    let failure = use_state(|| Option::<Failure>::None);
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    // A click beside it must not take the words away before there is a copy.
    let may_close = kit.is_none() || *have;
    let on_close = {
        let close = close.clone();
        Callback::from(move |()| {
            if may_close {
                close.emit(());
            }
        })
    };
    let make = {
        let (work, kit, busy, failure) = (props.work.clone(), kit.setter(), busy.setter(), failure.setter());
        move |_: MouseEvent| {
            let (kit, busy, failure) = (kit.clone(), busy.clone(), failure.clone());
            busy.set(true);
            failure.set(None);
            work.run(async move |work| {
                match shell::call(MakeRecoveryKit {}).await {
                    Ok(made) => {
                        kit.set(Some(Rc::new(made)));
                        browser::painted().await;
                        browser::focus("#save-kit");
                    }
                    Err(refused) if refused.code == FailureCode::Locked => work.refused(&refused),
                    Err(refused) => failure.set(Some(refused)),
                }
                busy.set(false);
            });
        }
    };
    let (title, lede) = match &*kit {
        None => (t!("kit-title"), t!("kit-lede")),
        Some(_) => (t!("kit-shown-title"), t!("kit-shown-lede")),
    };
    let body = match &*kit {
        None => html! {
            <>
                <div class="note">{ icon("info") }<div><p>{ t!("kit-voids") }</p></div></div>
                { failure.as_ref().map(refusal).unwrap_or_default() }
            </>
        },
        Some(kit) => {
            let have = have.setter();
            html! { <KitShown kit={kit.clone()} on_have={Callback::from(move |is| have.set(is))} /> }
        }
    };
    html! {
        <Modal class="dialog wide" labelled_by="kit-title" described_by="kit-lede" first="#confirm-kit" {on_close}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("shield") }</span>
                <div><h2 id="kit-title">{ title }</h2><p class="t2" id="kit-lede">{ lede }</p></div>
            </header>
            <div class="dialog-b"><div class="form">{ body }</div></div>
            <footer class="dialog-f">
                if kit.is_none() {
                    <button type="button" class="btn" id="cancel-kit" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                    <button type="button" class="btn primary" id="confirm-kit" disabled={*busy} aria-busy={busy.to_string()} onclick={make}>
                        if *busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("kit-make") }</span>
                    </button>
                } else {
                    <button type="button" class="btn primary" id="kit-done" disabled={!*have} onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("kit-done") }</span></button>
                }
            </footer>
        </Modal>
    }
}
