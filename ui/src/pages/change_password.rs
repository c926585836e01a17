//! Another master password: the old one, the new one twice, and what follows from it.

use model::{Failure, FailureCode, command::ChangePassword};
use yew::prelude::*;

use crate::{
    components::{icon::icon, modal::Modal, password_field::PasswordField},
    pages::new_password::{NewPasswordFields, secret_of},
    shell,
    state::{
        toast::{Toast, sentence_case},
        workspace::Action,
    },
    t,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct ChangePasswordDialogProps {
    /// A way to ask for things.
    pub work: Work,
}

/// The dialog.
#[component]
pub fn ChangePasswordDialog(props: &ChangePasswordDialogProps) -> Html {
    let (old, new) = (use_node_ref(), use_node_ref());
    let ready = use_state(|| false);
    let busy = use_state(|| false);
    let failure = use_state(|| Option::<Failure>::None);
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let onsubmit = {
        let (work, old, new) = (props.work.clone(), old.clone(), new.clone());
        let (may, busy, failure) = (*ready && !*busy, busy.setter(), failure.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !may {
                return;
            }
            let request = ChangePassword { old: secret_of(&old), new: secret_of(&new) };
            let (busy, failure) = (busy.clone(), failure.clone());
            busy.set(true);
            failure.set(None);
            work.run(async move |work| match shell::call(request).await {
                Ok(_) => {
                    work.act(Action::Close);
                    work.act(Action::Say(Toast::success(
                        t!("password-is-changed"),
                        t!("password-is-changed-detail"),
                    )));
                }
                Err(refused) if refused.code == FailureCode::Locked => work.refused(&refused),
                Err(refused) => {
                    busy.set(false);
                    failure.set(Some(refused));
                }
            });
        })
    };
    let wrong = failure.as_ref().is_some_and(|failure| failure.code == FailureCode::WrongPassword);
    html! {
        <Modal class="dialog" labelled_by="password-title" described_by="password-lede" first="#current-password" on_close={close.clone()}>
            <form {onsubmit}>
                <header class="dialog-h">
                    <span class="tile acc l">{ icon("lock") }</span>
                    <div><h2 id="password-title">{ t!("change-password") }</h2><p class="t2" id="password-lede">{ t!("change-password-lede") }</p></div>
                </header>
                <div class="dialog-b"><div class="form">
                    <div class={classes!("field", wrong.then_some("invalid"))}>
                        <label for="current-password">{ t!("current-password") }</label>
                        <PasswordField id="current-password" input={old} autocomplete="current-password" invalid={wrong} described_by="password-refused" />
                    </div>
                    <NewPasswordFields label={t!("new-password")} input={new} on_ready={let ready = ready.setter(); Callback::from(move |is| ready.set(is))} />
                    <div id="password-refused">{ failure.as_ref().map(refusal).unwrap_or_default() }</div>
                </div></div>
                <footer class="dialog-f">
                    <button type="button" class="btn" id="cancel-password" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                    <button type="submit" class="btn primary" id="confirm-password" disabled={!*ready || *busy} aria-busy={busy.to_string()}>
                        if *busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("change-confirm") }</span>
                    </button>
                </footer>
            </form>
        </Modal>
    }
}

/// Why it was refused, in the words of the field at fault where there is one.
pub fn refusal(failure: &Failure) -> Html {
    let said = failure.fields.first().map(|field| field.message.clone());
    html! {
        <div class="note danger" role="alert">
            { icon("alert") }
            <div>
                if let Some(said) = said { <p>{ said }</p> } else {
                    <p><b>{ sentence_case(&failure.message) }</b></p><p>{ failure.advice.clone() }</p>
                }
            </div>
        </div>
    }
}
