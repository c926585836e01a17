//! The question before a sensitive act: the vault's password, or a code once an authenticator app is enrolled.

use model::{
    Failure, FailureCode, Secret,
    command::{ProveStepUp, ViewStepUp},
    step_up::{ProofKind, StepUpView},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field::{Frame, described_by, framed},
        icon::icon,
        modal::Modal,
        password_field::PasswordField,
    },
    shell,
    state::toast::in_a_line,
    t,
};

/// The question.
#[derive(Properties, PartialEq)]
pub struct ProveDialogProps {
    /// There is a proof, or the person leaves it.
    pub on_done: Callback<bool>,
}

/// The question.
#[component]
pub fn ProveDialog(props: &ProveDialogProps) -> Html {
    let view = use_state(|| Option::<StepUpView>::None);
    let failure = use_state(|| Option::<Failure>::None);
    let busy = use_state(|| false);
    let by_code = use_state(|| false);
    let input = use_node_ref();
    use_effect_with((), {
        let (view, failure, on_done) = (view.setter(), failure.setter(), props.on_done.clone());
        move |()| {
            wasm_bindgen_futures::spawn_local(async move {
                match shell::call(ViewStepUp {}).await {
                    Ok(now) => view.set(Some(now)),
                    Err(refused) if refused.code == FailureCode::Locked => on_done.emit(false),
                    Err(refused) => failure.set(Some(refused)),
                }
            });
        }
    });
    // The field is another one once it is known what is asked for.
    use_effect_with((view.is_some(), *by_code), |_| browser::focus("#prove-answer"));
    if view.is_none() && failure.is_none() {
        return Html::default();
    }
    let kind = kind(view.as_ref(), *by_code);
    let onsubmit = {
        let (failure, busy, input, on_done) =
            (failure.setter(), busy.clone(), input.clone(), props.on_done.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = input.cast::<HtmlInputElement>().filter(|_| !*busy) else { return };
            send(kind, field, busy.setter(), failure.clone(), on_done.clone());
        }
    };
    let other = {
        let (by_code, failure, input) = (by_code.clone(), failure.setter(), input.clone());
        move |_: MouseEvent| {
            if let Some(field) = input.cast::<HtmlInputElement>() {
                field.set_value("");
                let _ = field.focus();
            }
            failure.set(None);
            by_code.set(!*by_code);
        }
    };
    let close = props.on_done.reform(|_: MouseEvent| false);
    let error = failure.as_ref().map(in_a_line);
    html! {
        <div class="proof">
            <Modal class="dialog" labelled_by="prove-title" described_by="prove-lede" first="#prove-answer" on_close={props.on_done.reform(|()| false)}>
                <form {onsubmit} id="prove-dialog">
                    <header class="dialog-h">
                        <span class="tile acc l">{ icon("shield") }</span>
                        <div><h2 id="prove-title">{ t!("prove-title") }</h2><p class="t2" id="prove-lede">{ t!("prove-lede") }</p></div>
                    </header>
                    <div class="dialog-b"><div class="form">
                        { answer_field(kind, error.as_deref(), &input) }
                        if kind != ProofKind::Password {
                            <div><button type="button" class="btn link sm" id="prove-other" onclick={other}>
                                { if *by_code { t!("prove-by-app") } else { t!("prove-by-code") } }
                            </button></div>
                        }
                    </div></div>
                    <footer class="dialog-f">
                        <button type="button" class="btn" id="prove-cancel" onclick={close}><span>{ t!("cancel") }</span></button>
                        <button type="submit" class="btn primary" id="prove" disabled={*busy} aria-busy={busy.to_string()}>
                            if *busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("prove") }</span>
                        </button>
                    </footer>
                </form>
            </Modal>
        </div>
    }
}

/// What is asked for.
fn kind(view: Option<&StepUpView>, by_code: bool) -> ProofKind {
    match view {
        Some(StepUpView { totp: Some(_), .. }) if by_code => ProofKind::RecoveryCode,
        Some(StepUpView { totp: Some(_), .. }) => ProofKind::Totp,
        _ => ProofKind::Password,
    }
}

fn send(
    by: ProofKind,
    field: HtmlInputElement,
    busy: UseStateSetter<bool>,
    failure: UseStateSetter<Option<Failure>>,
    on_done: Callback<bool>,
) {
    let answer = Secret::new(field.value());
    busy.set(true);
    wasm_bindgen_futures::spawn_local(async move {
        let proven = shell::call(ProveStepUp { by, answer }).await;
        busy.set(false);
        match proven {
            Ok(_) => on_done.emit(true),
            Err(refused) if refused.code == FailureCode::Locked => on_done.emit(false),
            Err(refused) => {
                failure.set(Some(refused));
                field.select();
                let _ = field.focus();
            }
        }
    });
}

fn answer_field(kind: ProofKind, error: Option<&str>, input: &NodeRef) -> Html {
    let label = match kind {
        ProofKind::Password => t!("vault-password"),
        ProofKind::Totp => t!("authenticator-code"),
        ProofKind::RecoveryCode => t!("recovery-code"),
    };
    let hint = match kind {
        ProofKind::RecoveryCode => t!("recovery-code-hint"),
        _ => t!("prove-remembered"),
    };
    let frame = Frame { id: "prove-answer", label, remark: String::new(), error, hint };
    let field = match kind {
        ProofKind::Password => html! {
            <PasswordField id="prove-answer" input={input.clone()} autocomplete="current-password" invalid={error.is_some()}
                described_by={Some(AttrValue::from(described_by("prove-answer")))} focused={true} />
        },
        _ => html! {
            <input class="inp lg mono otp" id="prove-answer" ref={input.clone()} spellcheck="false" autocapitalize="off"
                autocomplete={if kind == ProofKind::Totp { "one-time-code" } else { "off" }}
                inputmode={if kind == ProofKind::Totp { "numeric" } else { "text" }}
                maxlength={if kind == ProofKind::Totp { "7" } else { "32" }}
                aria-invalid={error.is_some().to_string()} aria-describedby={described_by("prove-answer")} />
        },
    };
    framed(frame, field)
}
