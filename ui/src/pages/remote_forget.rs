//! The question before a server is forgotten: what is lost with it, in the words of what this connection has.

use std::rc::Rc;

use model::{Failure, FailureCode, command::RemoveRemote, sync::RemoteId};
use yew::prelude::*;

use crate::{
    components::{icon::icon, modal::Modal},
    pages::change_password::refusal,
    shell,
    state::{
        sync::{self, News},
        toast::Toast,
        workspace::Action,
    },
    t,
    texts::name,
    work::Work,
};

/// The question.
#[derive(Properties, PartialEq)]
pub struct ForgetRemoteProps {
    /// Which one.
    pub id: RemoteId,
    /// A way to ask for things.
    pub work: Work,
}

/// The question.
#[component]
pub fn ForgetRemoteDialog(props: &ForgetRemoteProps) -> Html {
    let remote = use_memo(props.id, |id| sync::known().iter().find(|one| one.id == *id).cloned());
    let (busy, fault) = (use_state(|| false), use_state(|| Option::<Failure>::None));
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let on_confirm = {
        let (work, id, busy, fault) = (props.work.clone(), props.id, busy.setter(), fault.setter());
        move |_: MouseEvent| {
            let (busy, fault) = (busy.clone(), fault.clone());
            busy.set(true);
            fault.set(None);
            work.run(async move |work| {
                let left = shell::call(RemoveRemote { id }).await;
                busy.set(false);
                match left {
                    Ok(remotes) => {
                        work.act(Action::Close);
                        work.act(Action::Remotes(remotes.clone()));
                        work.act(Action::Say(Toast::success(t!("sync-forgotten"), t!("sync-forget-text"))));
                        sync::tell(News::Forgotten(Rc::new(remotes)));
                    }
                    Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                    Err(failure) if failure.code == FailureCode::Cancelled => {}
                    Err(failure) => fault.set(Some(failure)),
                }
            });
        }
    };
    let Some(remote) = (*remote).as_ref() else { return Html::default() };
    let lost = [
        remote.completed_at.map(|_| t!("remote-forget-agreed")),
        Some(t!("remote-forget-pending")),
        remote.has_secret.then(|| t!("remote-forget-secret")),
        remote.session.as_ref().map(|_| t!("remote-forget-session")),
    ];
    html! {
        <Modal class="dialog" role="alertdialog" labelled_by="forget-title" described_by="forget-lede" first="#cancel-forget" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile danger l">{ icon("trash") }</span>
                <div><h2 id="forget-title" dir="auto">{ t!("remote-forget-title", name = name(&remote.name)) }</h2><p class="t2">{ sync::host(&remote.address) }</p></div>
            </header>
            <div class="dialog-b"><div class="form">
                <p id="forget-lede">{ t!("remote-forget-lede") }</p>
                <ul class="scope" id="forget-lost">{ for lost.into_iter().flatten().map(|line| html! { <li>{ line }</li> }) }</ul>
                <div>{ for fault.as_ref().map(refusal) }</div>
            </div></div>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-forget" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="button" class="btn danger" id="confirm-forget" disabled={*busy} aria-busy={busy.to_string()} onclick={on_confirm}>
                    if *busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("remote-forget-confirm") }</span>
                </button>
            </footer>
        </Modal>
    }
}
