//! Questions before what cannot be taken back: a server is forgotten, or another key signs.

use model::{
    Failure, FailureCode,
    command::{RemoveServer, ReplaceSigningKey, ViewBundles},
};
use yew::prelude::*;

use crate::{
    components::{icon::icon, modal::Modal},
    pages::change_password::refusal,
    shell,
    state::{
        bundles::{Dialog, server},
        toast::Toast,
        workspace::Action,
    },
    t,
    texts::name,
    work::Work,
};

/// The question.
#[derive(Properties, PartialEq)]
pub struct BundleConfirmProps {
    /// Which one: [`Dialog::RemoveServer`] or [`Dialog::ReplaceKey`].
    pub dialog: Dialog,
    /// A way to ask for things.
    pub work: Work,
}

/// The question.
#[component]
pub fn BundleConfirm(props: &BundleConfirmProps) -> Html {
    let (busy, failure) = (use_state(|| false), use_state(|| Option::<Failure>::None));
    let called = use_state(String::new);
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    use_effect_with(props.dialog.clone(), {
        let (work, called) = (props.work.clone(), called.setter());
        move |dialog| {
            let Dialog::RemoveServer(id) = dialog else { return };
            let id = id.clone();
            work.run(async move |_| {
                if let Ok(view) = shell::call(ViewBundles {}).await {
                    called.set(server(&view, &id).map(|one| name(&one.name)).unwrap_or_default());
                }
            });
        }
    });
    let on_confirm = {
        let (work, dialog, busy, failure) =
            (props.work.clone(), props.dialog.clone(), busy.setter(), failure.setter());
        Callback::from(move |_: MouseEvent| confirm(&work, dialog.clone(), busy.clone(), failure.clone()))
    };
    let (title, text, word, class) = match &props.dialog {
        Dialog::RemoveServer(_) => (
            t!("bundle-server-remove-title", name = (*called).clone()),
            t!("bundle-server-remove-text"),
            t!("bundle-server-remove", name = (*called).clone()),
            "btn danger",
        ),
        _ => (
            t!("bundle-key-change-title"),
            t!("bundle-key-change-text"),
            t!("bundle-key-change"),
            "btn danger",
        ),
    };
    html! {
        <Modal class="dialog" role="alertdialog" labelled_by="bundle-confirm-t" described_by="bundle-confirm-l" first="#cancel-bundle" on_close={close.clone()}>
            <header class="dialog-h"><span class="tile acc l">{ icon("alert") }</span><div><h2 id="bundle-confirm-t">{ title }</h2></div></header>
            <div class="dialog-b"><div class="form">
                <p id="bundle-confirm-l">{ text }</p>
                { for failure.as_ref().map(refusal) }
            </div></div>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-bundle" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="button" {class} id="confirm-bundle" disabled={*busy} aria-busy={busy.to_string()} onclick={on_confirm}>
                    if *busy { <span class="spin" aria-hidden="true"></span> }<span>{ word }</span>
                </button>
            </footer>
        </Modal>
    }
}

fn confirm(
    work: &Work,
    dialog: Dialog,
    busy: UseStateSetter<bool>,
    failure: UseStateSetter<Option<Failure>>,
) {
    busy.set(true);
    failure.set(None);
    work.run(async move |work| {
        let done = match dialog {
            Dialog::RemoveServer(id) => {
                let removed = shell::call(RemoveServer { id: id.to_string() }).await;
                removed.map(|_| Toast::success(t!("bundle-server-removed"), String::new()))
            }
            // Stays until it is read: the file has to be brought to the servers.
            _ => shell::call(ReplaceSigningKey {}).await.map(|file| {
                Toast::attention(t!("bundle-key-changed", file = file.name), t!("bundle-key-changed-detail"))
            }),
        };
        busy.set(false);
        match done {
            Ok(said) => {
                work.act(Action::Close);
                work.act(Action::Say(said));
            }
            Err(refused) if refused.code == FailureCode::Locked => work.refused(&refused),
            Err(refused) if refused.code == FailureCode::Cancelled => {}
            Err(refused) => failure.set(Some(refused)),
        }
    });
}
