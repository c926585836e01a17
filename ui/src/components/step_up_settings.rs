//! Settings of the second factor: enrolling an authenticator app, replacing and ending it, and the recovery codes.

use std::rc::Rc;

use model::{
    Failure, FailureCode, Secret,
    command::{BeginTotp, ConfirmTotp, RemoveTotp, RenewRecoveryCodes, ViewStepUp},
    step_up::{RecoveryCodes, StepUpView, TotpEnrolment},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        empty_list::not_read,
        field::{Frame, describing, framed},
        icon::icon,
        page_skeleton::{Outline, page_skeleton},
        setting_line::setting_line,
    },
    shell,
    state::toast::in_a_line,
    t,
    work::Work,
};

/// The card.
#[derive(Properties, PartialEq)]
pub struct StepUpSettingsProps {
    /// A way to ask for things.
    pub work: Work,
}

/// What is being done.
enum Stage {
    Resting,
    Enrolling(Rc<TotpEnrolment>, Option<Failure>),
    Codes(Rc<RecoveryCodes>),
}

/// What a person asks for.
#[derive(Clone, Copy, PartialEq)]
enum Deed {
    Begin,
    Confirm,
    Remove,
    Renew,
    Rest,
}

/// The card. What it shows is its own, and gone with it: secret and codes are shown once.
#[component]
pub fn StepUpSettings(props: &StepUpSettingsProps) -> Html {
    let view = use_state(|| Option::<Result<StepUpView, Failure>>::None);
    let stage = use_state(|| Rc::new(Stage::Resting));
    let input = use_node_ref();
    let read = use_callback((), {
        let (work, view) = (props.work.clone(), view.setter());
        move |(), ()| {
            let view = view.clone();
            work.run(async move |work| match shell::call(ViewStepUp {}).await {
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                reply => view.set(Some(reply)),
            });
        }
    });
    use_effect_with((), {
        let read = read.clone();
        move |()| read.emit(())
    });
    let deed = use_callback((), {
        let (work, stage, read, input) = (props.work.clone(), stage.clone(), read.clone(), input.clone());
        move |deed: Deed, ()| perform(deed, &work, &stage, &read, &input)
    });
    let view = match &*view {
        None => return page_skeleton(t!("reading-step-up"), Outline::Lines(2)),
        Some(Err(failure)) => return not_read(failure, &read),
        Some(Ok(view)) => view,
    };
    html! {
        <div class="card" id="step-up-card">
            { app_line(view, &deed) }
            {
                match &**stage {
                    Stage::Resting => codes_line(view, &deed),
                    Stage::Enrolling(enrolment, failure) => enrolling(enrolment, failure.as_ref(), view.totp.is_some(), &input, &deed),
                    Stage::Codes(codes) => new_codes(codes, &deed),
                }
            }
        </div>
    }
}

fn perform(deed: Deed, work: &Work, stage: &UseStateHandle<Rc<Stage>>, read: &Callback<()>, input: &NodeRef) {
    let (set, read, input) = (stage.setter(), read.clone(), input.clone());
    let to = move |stage: Stage| set.set(Rc::new(stage));
    let before = stage.clone();
    work.run(async move |work| {
        let failed = match deed {
            Deed::Rest => return to(Stage::Resting),
            Deed::Begin => {
                shell::call(BeginTotp {}).await.map(|made| to(Stage::Enrolling(Rc::new(made), None)))
            }
            Deed::Remove => shell::call(RemoveTotp {}).await.map(|_| to(Stage::Resting)),
            Deed::Renew => {
                shell::call(RenewRecoveryCodes {}).await.map(|codes| to(Stage::Codes(Rc::new(codes))))
            }
            Deed::Confirm => {
                let typed = input.cast::<HtmlInputElement>();
                let code = Secret::new(typed.as_ref().map(HtmlInputElement::value).unwrap_or_default());
                match shell::call(ConfirmTotp { code }).await {
                    Ok(codes) => {
                        to(Stage::Codes(Rc::new(codes)));
                        Ok(())
                    }
                    Err(failure) if failure.code == FailureCode::WrongPassword => {
                        // By a fresh handle: that of the callback is as old as the card.
                        let now = (*before.clone()).clone();
                        if let (Stage::Enrolling(made, _), Some(typed)) = (&*now, typed) {
                            to(Stage::Enrolling(made.clone(), Some(failure)));
                            typed.select();
                            let _ = typed.focus();
                        }
                        Ok(())
                    }
                    Err(failure) => Err(failure),
                }
            }
        };
        if let Err(failure) = &failed {
            return work.refused(failure);
        }
        read.emit(());
        browser::painted().await;
        match deed {
            Deed::Begin => browser::focus("#totp-code"),
            Deed::Confirm | Deed::Renew => browser::focus("#codes-kept"),
            Deed::Remove | Deed::Rest => browser::focus("#enrol-totp"),
        }
    });
}

fn button(id: &'static str, word: String, deed: Deed, on_deed: &Callback<Deed>) -> Html {
    let onclick = on_deed.reform(move |_: MouseEvent| deed);
    html! { <button type="button" class="btn sm" {id} {onclick}><span>{ word }</span></button> }
}

fn app_line(view: &StepUpView, on_deed: &Callback<Deed>) -> Html {
    match &view.totp {
        None => setting_line(
            t!("authenticator"),
            html! { { t!("authenticator-none") } },
            button("enrol-totp", t!("authenticator-enrol"), Deed::Begin, on_deed),
        ),
        Some(totp) => setting_line(
            t!("authenticator"),
            html! { { t!("authenticator-since", day = browser::date_of(totp.since)) } },
            html! {
                <span class="acts">
                    { button("remove-totp", t!("authenticator-remove"), Deed::Remove, on_deed) }{ " " }
                    { button("enrol-totp", t!("authenticator-replace"), Deed::Begin, on_deed) }
                </span>
            },
        ),
    }
}

fn codes_line(view: &StepUpView, on_deed: &Callback<Deed>) -> Html {
    let Some(totp) = &view.totp else { return Html::default() };
    setting_line(
        t!("recovery-codes"),
        html! { { t!("recovery-codes-left", count = totp.codes_left) } },
        button("renew-codes", t!("recovery-codes-renew"), Deed::Renew, on_deed),
    )
}

fn enrolling(
    made: &TotpEnrolment,
    failure: Option<&Failure>,
    replaces: bool,
    input: &NodeRef,
    on_deed: &Callback<Deed>,
) -> Html {
    let error = failure.map(in_a_line);
    let frame = Frame {
        id: "totp-code",
        label: t!("totp-code"),
        remark: String::new(),
        error: error.as_deref(),
        hint: t!("totp-asked-for"),
    };
    let field = html! {
        <input class="inp lg mono otp" id="totp-code" ref={input.clone()} inputmode="numeric" autocomplete="one-time-code" maxlength="7"
            aria-invalid={error.is_some().to_string()} aria-describedby={describing("totp-code")} />
    };
    let onsubmit = on_deed.reform(|event: SubmitEvent| {
        event.prevent_default();
        Deed::Confirm
    });
    let view_box = format!("0 0 {0} {0}", made.size);
    html! {
        <form class="si enrol" {onsubmit} id="enrol">
            <svg class="qr" viewBox={view_box} role="img" aria-label={t!("totp-picture")} shape-rendering="crispEdges">
                <rect class="qr-bg" width={made.size.to_string()} height={made.size.to_string()} /><path class="qr-fg" d={made.picture.clone()} />
            </svg>
            <div class="stack g4">
                <div>
                    <b>{ if replaces { t!("totp-replace-title") } else { t!("totp-title") } }</b>
                    <p class="si-t">{ t!("totp-scan") }{ " " }<code class="mono pick-all" id="totp-secret">{ made.secret.clone() }</code></p>
                </div>
                { framed(frame, field) }
                <div class="acts-l">
                    <button type="submit" class="btn primary sm" id="confirm-totp"><span>{ t!("totp-confirm") }</span></button>
                    { button("cancel-totp", t!("cancel"), Deed::Rest, on_deed) }
                </div>
            </div>
        </form>
    }
}

fn new_codes(codes: &RecoveryCodes, on_deed: &Callback<Deed>) -> Html {
    html! {
        <div class="si codes" id="new-codes">
            <div class="stack g4">
                <p class="note warn">{ icon("alert") }<span>{ t!("recovery-codes-once") }</span></p>
                <ul class="code-l">{ for codes.codes.iter().map(|code| html! { <li><code class="mono pick-all">{ code.clone() }</code></li> }) }</ul>
                <div>{ button("codes-kept", t!("recovery-codes-kept"), Deed::Rest, on_deed) }</div>
            </div>
        </div>
    }
}
