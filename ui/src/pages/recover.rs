//! The lock screen's other ways in: the keyring, and the recovery kit. The latter asks for a new password with it, and shows the new kit before the
//! vault is shown.

use std::rc::Rc;

use model::{
    Failure, FailureCode, Secret,
    command::{Opened, RecoverVault, UnlockWithKeyring},
    security::NewKit,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::{
    browser,
    components::icon::{brand_mark, icon},
    pages::{
        change_password::refusal,
        kit_shown::KitShown,
        new_password::{NewPasswordFields, secret_of},
        restore_locked::RestoreLocked,
    },
    parts::{OtherWay, Way},
    shell, t,
};

/// What stands in the lock screen's place.
#[derive(Properties, PartialEq)]
struct WayProps {
    /// The vault is open, and its new kit is kept.
    on_open: Callback<Opened>,
    /// Back to the password, with what was wrong.
    on_back: Callback<Option<Failure>>,
}

/// The way that was asked for.
pub fn other_way(way: OtherWay) -> Html {
    let OtherWay { way, on_open, on_back } = way;
    match way {
        Way::Keyring => html! { <KeyringPage {on_open} {on_back} /> },
        Way::Kit => html! { <RecoverPage {on_open} {on_back} /> },
        Way::Backup => html! { <RestoreLocked {on_back} /> },
    }
}

/// Asks the keyring, which may take three seconds.
#[component]
fn KeyringPage(props: &WayProps) -> Html {
    use_effect_with((), {
        let (on_open, on_back) = (props.on_open.clone(), props.on_back.clone());
        move |()| {
            spawn_local(async move {
                match shell::call(UnlockWithKeyring {}).await {
                    Ok(opened) => on_open.emit(opened),
                    Err(failure) => on_back.emit(Some(failure)),
                }
            });
        }
    });
    html! {
        <div class="lock"><main class="lock-c">
            { brand_mark() }
            <h1>{ t!("keyring-line") }</h1>
            <p class="lede" role="status"><span class="spin late" aria-hidden="true"></span>{ " " }{ t!("keyring-asked") }</p>
        </main></div>
    }
}

/// The open vault and its new kit.
struct Done {
    opened: Opened,
    kit: Rc<NewKit>,
}

/// The page.
#[component]
fn RecoverPage(props: &WayProps) -> Html {
    let (words, password) = (use_node_ref(), use_node_ref());
    let ready = use_state(|| false);
    let busy = use_state(|| false);
    let failure = use_state(|| Option::<Failure>::None);
    let done = use_state(|| Option::<Done>::None);
    use_effect_with((), |()| browser::focus("#kit-typed"));
    let onsubmit = {
        let (words, password) = (words.clone(), password.clone());
        let (may, on_back) = (*ready && !*busy, props.on_back.clone());
        let (busy, failure, done) = (busy.setter(), failure.setter(), done.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = words.cast::<HtmlTextAreaElement>().filter(|_| may) else { return };
            let request = RecoverVault { words: Secret::new(field.value()), password: secret_of(&password) };
            let (busy, failure, done, on_back) =
                (busy.clone(), failure.clone(), done.clone(), on_back.clone());
            busy.set(true);
            failure.set(None);
            spawn_local(async move {
                match shell::call(request).await {
                    Ok(recovered) => {
                        field.set_value("");
                        let kit = Rc::new(recovered.kit);
                        done.set(Some(Done { opened: recovered.opened, kit }));
                        browser::painted().await;
                        browser::focus("#save-kit");
                    }
                    // Only the lock screen says how long to wait, or what is wrong with the files.
                    Err(refused) if matches!(refused.code, FailureCode::Unusable | FailureCode::Wait) => {
                        on_back.emit(Some(refused));
                    }
                    Err(refused) => failure.set(Some(refused)),
                }
                busy.set(false);
            });
        })
    };
    let body = match &*done {
        Some(done) => {
            html! { <Shown opened={done.opened.clone()} kit={done.kit.clone()} on_open={props.on_open.clone()} /> }
        }
        None => html! {
            <>
                <h1>{ t!("recover-title") }</h1>
                <p class="lede">{ t!("recover-lede") }</p>
                <form class="form" {onsubmit}>
                    <div class="field">
                        <label for="kit-typed">{ t!("recover-words") }</label>
                        <textarea class="inp mono" id="kit-typed" ref={words} rows="4" autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby="kit-hint" />
                        <p class="hint" id="kit-hint">{ t!("recover-words-hint") }</p>
                    </div>
                    <NewPasswordFields label={t!("new-password")} input={password} on_ready={let ready = ready.setter(); Callback::from(move |is| ready.set(is))} />
                    <div id="recover-refused">{ failure.as_ref().map(refusal).unwrap_or_default() }</div>
                    <button type="submit" class="btn primary lg block" id="confirm-recovery" disabled={!*ready || *busy} aria-busy={busy.to_string()}>
                        if *busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("recover-confirm") }</span>
                    </button>
                    <button type="button" class="btn link" id="recover-back" onclick={props.on_back.reform(|_: MouseEvent| None)}>{ t!("recover-back") }</button>
                </form>
            </>
        },
    };
    html! { <div class="lock"><main class="lock-c wide" id="recover">{ brand_mark() }{ body }</main></div> }
}

#[derive(Properties)]
struct ShownProps {
    opened: Opened,
    kit: Rc<NewKit>,
    on_open: Callback<Opened>,
}

impl PartialEq for ShownProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.kit, &other.kit)
    }
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    let have = use_state(|| false);
    let onclick = {
        let (on_open, opened) = (props.on_open.clone(), props.opened.clone());
        move |_: MouseEvent| on_open.emit(opened.clone())
    };
    let on_have = {
        let have = have.setter();
        Callback::from(move |is| have.set(is))
    };
    html! {
        <>
            <h1>{ t!("kit-shown-title") }</h1>
            <p class="lede">{ t!("kit-shown-lede") }</p>
            <div class="form">
                <KitShown kit={props.kit.clone()} {on_have} />
                <button type="button" class="btn primary lg block" id="enter-vault" disabled={!*have} {onclick}>{ icon("unlock") }<span>{ t!("recover-enter") }</span></button>
            </div>
        </>
    }
}
