//! A new vault key: what follows from it, the password, how far it is, and what is void afterwards.

use model::{
    Failure, FailureCode,
    command::RotateVaultKey,
    security::{Rotated, RotationStep},
    vault::DeskEvent,
};
use yew::prelude::*;

use crate::{
    components::{icon::icon, modal::Modal, password_field::PasswordField},
    pages::{change_password::refusal, new_password::secret_of},
    shell,
    state::{
        security::Dialog,
        workspace::{Action, Layer},
    },
    t,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct RotateKeyDialogProps {
    /// A way to ask for things.
    pub work: Work,
}

#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Asking(Option<Failure>),
    Turning(RotationStep),
    Done(Rotated),
}

/// The dialog.
#[component]
pub fn RotateKeyDialog(props: &RotateKeyDialogProps) -> Html {
    let password = use_node_ref();
    let stage = use_state(|| Stage::Asking(None));
    use_effect_with((), {
        let stage = stage.setter();
        move |()| {
            let listener = shell::on_event(move |event| {
                if let DeskEvent::KeyRotates { step } = event {
                    stage.set(Stage::Turning(step));
                }
            });
            move || drop(listener)
        }
    });
    let turning = matches!(*stage, Stage::Turning(_));
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| {
            if !turning {
                work.act(Action::Close);
            }
        })
    };
    let onsubmit = {
        let (work, password, stage) = (props.work.clone(), password.clone(), stage.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if turning {
                return;
            }
            let request = RotateVaultKey { password: secret_of(&password) };
            stage.set(Stage::Turning(RotationStep::Closing));
            let stage = stage.clone();
            work.run(async move |work| match shell::call(request).await {
                Ok(rotated) => stage.set(Stage::Done(rotated)),
                Err(refused) if refused.code == FailureCode::Locked => work.refused(&refused),
                Err(refused) => stage.set(Stage::Asking(Some(refused))),
            });
        })
    };
    let done = matches!(*stage, Stage::Done(_));
    let (title, lede) = if done {
        (t!("rotate-done-title"), t!("rotate-done"))
    } else {
        (t!("rotate-title"), t!("rotate-lede"))
    };
    let body = match &*stage {
        Stage::Done(rotated) => void(rotated),
        Stage::Asking(_) | Stage::Turning(_) => asking(&password, &stage),
    };
    html! {
        <Modal class="dialog" labelled_by="rotate-title" described_by="rotate-lede" first="#rotate-password" on_close={close.clone()}>
            <form {onsubmit}>
                <header class="dialog-h">
                    <span class="tile acc l">{ icon("sync") }</span>
                    <div><h2 id="rotate-title">{ title }</h2><p class="t2" id="rotate-lede">{ lede }</p></div>
                </header>
                <div class="dialog-b"><div class="form">{ body }</div></div>
                <footer class="dialog-f">{ buttons(&stage, &close, &props.work) }</footer>
            </form>
        </Modal>
    }
}

fn asking(password: &NodeRef, stage: &Stage) -> Html {
    let failure = match stage {
        Stage::Asking(failure) => failure.as_ref(),
        _ => None,
    };
    let wrong = failure.is_some_and(|failure| failure.code == FailureCode::WrongPassword);
    html! {
        <>
            <div class="note warn">{ icon("alert") }<div><p>{ t!("rotate-calls") }</p><p>{ t!("rotate-kit") }</p></div></div>
            <div class={classes!("field", wrong.then_some("invalid"))}>
                <label for="rotate-password">{ t!("vault-password") }</label>
                <PasswordField id="rotate-password" input={password.clone()} autocomplete="current-password" invalid={wrong} described_by="rotate-refused" />
            </div>
            <div id="rotate-refused">{ failure.map(refusal).unwrap_or_default() }</div>
            <div role="status" id="rotate-step">
                if let Stage::Turning(step) = stage { <p class="hint">{ said(*step) }</p> }
            </div>
        </>
    }
}

fn said(step: RotationStep) -> String {
    match step {
        RotationStep::Closing => t!("rotate-closing"),
        RotationStep::Copying => t!("rotate-copying"),
        RotationStep::Sealing => t!("rotate-sealing"),
        RotationStep::Checking => t!("rotate-checking"),
        RotationStep::Switching => t!("rotate-switching"),
    }
}

fn void(rotated: &Rotated) -> Html {
    html! {
        <div role="status" id="rotate-void">
            if rotated.kit_void { <div class="note warn">{ icon("alert") }<div><p>{ t!("rotate-kit-void") }</p></div></div> }
            if rotated.keyring_void { <div class="note warn">{ icon("alert") }<div><p>{ t!("rotate-keyring-void") }</p></div></div> }
            <p class="hint">{ t!("rotate-backups") }</p>
        </div>
    }
}

fn buttons(stage: &Stage, close: &Callback<()>, work: &Work) -> Html {
    let turning = matches!(stage, Stage::Turning(_));
    let onclick = close.reform(|_: MouseEvent| ());
    match stage {
        Stage::Done(rotated) => {
            let work = work.clone();
            let make = move |_: MouseEvent| work.act(Action::Open(Layer::Security(Dialog::Kit)));
            html! {
                <>
                    <button type="button" class="btn" id="close-rotation" {onclick}><span>{ t!("rotate-close") }</span></button>
                    if rotated.kit_void {
                        <button type="button" class="btn primary" id="kit-after-rotation" onclick={make}><span>{ t!("make-new-kit") }</span></button>
                    }
                </>
            }
        }
        Stage::Asking(_) | Stage::Turning(_) => html! {
            <>
                <button type="button" class="btn" id="cancel-rotation" disabled={turning} {onclick}><span>{ t!("cancel") }</span></button>
                <button type="submit" class="btn primary" id="confirm-rotation" disabled={turning} aria-busy={turning.to_string()}>
                    if turning { <span class="spin" aria-hidden="true"></span> }<span>{ t!("rotate-confirm") }</span>
                </button>
            </>
        },
    }
}
