//! The login at a server: password or token where none is kept, and the code of the account there.

use model::{
    Failure, FailureCode,
    command::ConnectRemote,
    sync::{RemoteId, RemoteWay},
};
use yew::prelude::*;

use crate::{
    components::{field::describing, help::help, icon::icon, modal::Modal, password_field::PasswordField},
    pages::{change_password::refusal, new_password::secret_of},
    shell,
    state::{
        sync::{self, News},
        workspace::Action,
    },
    t,
    texts::name,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct RemoteLoginDialogProps {
    /// Where.
    pub id: RemoteId,
    /// A way to ask for things.
    pub work: Work,
}

/// The dialog.
#[component]
pub fn RemoteLoginDialog(props: &RemoteLoginDialogProps) -> Html {
    let remote = use_memo(props.id, |id| sync::known().iter().find(|one| one.id == *id).cloned());
    let (secret, code) = (use_node_ref(), use_node_ref());
    let fault = use_state(|| Option::<Failure>::None);
    let busy = use_state(|| false);
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let onsubmit = {
        let (work, id) = (props.work.clone(), props.id);
        let (secret, code, fault, busy) = (secret.clone(), code.clone(), fault.setter(), busy.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if *busy {
                return;
            }
            let typed = Some(secret_of(&secret)).filter(|secret| !secret.is_empty());
            let request = ConnectRemote { id, secret: typed, code: Some(secret_of(&code)) };
            let (fault, busy) = (fault.clone(), busy.clone());
            busy.set(true);
            fault.set(None);
            work.run(async move |work| {
                let connected = shell::call(request).await;
                busy.set(false);
                match connected {
                    Ok(remote) => {
                        work.act(Action::Close);
                        sync::tell(News::Connected(Box::new(remote)));
                    }
                    Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                    Err(failure) => fault.set(Some(failure)),
                }
            });
        }
    };
    let Some(remote) = (*remote).as_ref() else { return Html::default() };
    let by_password = remote.way == RemoteWay::Password;
    let word = if by_password { t!("remote-password") } else { t!("remote-token") };
    let first = if remote.has_secret && by_password { "#login-code" } else { "#login-secret" };
    let hint = if remote.has_secret { t!("remote-login-kept") } else { String::new() };
    html! {
        <Modal class="dialog" labelled_by="login-title" {first} on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("link") }</span>
                <div><h2 id="login-title">{ t!("remote-login-title", name = name(&remote.name)) }</h2><p class="t2">{ sync::host(&remote.address) }</p></div>
            </header>
            <form class="dialog-b" id="login-form" {onsubmit} aria-busy={busy.to_string()}>
                <div class="form">
                    <div class="field">
                        <label for="login-secret">{ word.clone() }</label>
                        <PasswordField id="login-secret" input={secret} autocomplete="off" described_by={describing("login-secret")} />
                        <p class="hint" id="login-secret-note">{ hint }</p>
                        { help("login-secret", &word) }
                    </div>
                    <div class="field" hidden={!by_password}>
                        <label for="login-code">{ t!("remote-code") }</label>
                        <input class="inp otp mono" id="login-code" ref={code} inputmode="numeric" autocomplete="one-time-code" maxlength="19" aria-describedby={describing("login-code")} />
                        <p class="hint" id="login-code-note">{ t!("remote-code-hint") }</p>
                        { help("login-code", &t!("remote-code")) }
                    </div>
                    <div>{ for fault.as_ref().map(refusal) }</div>
                </div>
            </form>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-login" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="submit" form="login-form" class="btn primary" id="confirm-login" disabled={*busy} aria-busy={busy.to_string()}>
                    if *busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("sync-log-in") }</span>
                </button>
            </footer>
        </Modal>
    }
}
