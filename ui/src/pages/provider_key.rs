//! The key of one provider: another one is tested and put in force, the one before is gone back to or destroyed, and it is
//! copied by the shell. What is typed is read at the moment of sending and kept nowhere else.

mod desk;

use model::{
    Failure, Field, ProviderView,
    keys::{KeySettings, KeyView},
};
use yew::prelude::*;

use self::desk::{Desk, Stage, Which};
use crate::{
    components::{
        empty_list::not_read,
        field::{Frame, describing, framed},
        icon::{icon, tile},
        key_parts::{self, KeptDeed},
        modal::Modal,
        number_field::NumberField,
        page_skeleton::{Outline, page_skeleton},
        password_field::PasswordField,
    },
    state::{toast::sentence_case, workspace::Action},
    t,
    texts::name,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct ProviderKeyDialogProps {
    /// Whose key, as it is now.
    pub provider: ProviderView,
    /// A way to ask for things.
    pub work: Work,
}

/// The dialog.
#[component]
pub fn ProviderKeyDialog(props: &ProviderKeyDialogProps) -> Html {
    let view = use_state(|| Option::<Result<KeyView, Failure>>::None);
    let stage = use_state(|| Stage::Resting);
    let days = use_state(|| Option::<u32>::None);
    let input = use_node_ref();
    let in_force = match &*view {
        Some(Ok(view)) => view.settings.keep_days,
        _ => KeySettings::default().keep_days,
    };
    let desk = Desk {
        provider: props.provider.clone(),
        view: view.setter(),
        stage: stage.setter(),
        input,
        keep_days: days.unwrap_or(in_force),
        work: props.work.clone(),
    };
    use_effect_with((), {
        let desk = desk.clone();
        move |()| desk.read()
    });
    let close = {
        let (desk, stage) = (desk.clone(), (*stage).clone());
        Callback::from(move |()| match stage {
            Stage::Testing(_, run) => desk.work.cancel(run),
            _ => desk.work.act(Action::Close),
        })
    };
    let onsubmit = {
        let (desk, busy) = (desk.clone(), matches!(*stage, Stage::Testing(..)));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !busy {
                desk.replace();
            }
        })
    };
    let lede = match &*view {
        Some(Ok(view)) => key_parts::lede(view),
        _ => t!("reading-key"),
    };
    let body = match &*view {
        None => page_skeleton(t!("reading-key"), Outline::Lines(3)),
        Some(Err(failure)) => {
            let desk = desk.clone();
            not_read(failure, &Callback::from(move |()| desk.read()))
        }
        Some(Ok(shown)) => {
            let on_days = {
                let days = days.setter();
                Callback::from(move |number: Option<u64>| {
                    days.set(number.and_then(|number| u32::try_from(number).ok()));
                })
            };
            body(shown, &stage, &desk, on_days)
        }
    };
    html! {
        <Modal class="dialog wide key" labelled_by="key-title" described_by="key-lede" first="#close-key" on_close={close.clone()}>
            <form {onsubmit} id="key-dialog" novalidate=true>
                <header class="dialog-h">
                    { tile(props.provider.provider_type, "l") }
                    <div>
                        <h2 id="key-title" dir="auto">{ t!("key-title", name = name(&props.provider.display_name)) }</h2>
                        <p class="t2" id="key-lede">{ lede }</p>
                    </div>
                </header>
                <div class="dialog-b"><div class="form">{ body }</div></div>
                { footer(&stage, &desk, &close) }
            </form>
        </Modal>
    }
}

fn body(view: &KeyView, stage: &Stage, desk: &Desk, on_days: Callback<Option<u64>>) -> Html {
    let busy = matches!(stage, Stage::Testing(..));
    let on_kept = {
        let desk = desk.clone();
        Callback::from(move |deed| match deed {
            KeptDeed::GoBack => desk.go_back(false),
            KeptDeed::Ask(asks) => desk.stage.set(if asks { Stage::AsksDestroy } else { Stage::Resting }),
            KeptDeed::Destroy => desk.destroy(),
        })
    };
    let asks = *stage == Stage::AsksDestroy;
    html! {
        <>
            { key_parts::age(view) }
            { key_parts::facts(&view.used) }
            { for view.kept.as_ref().map(|kept| key_parts::kept(kept, busy, asks, &on_kept)) }
            { new_key(view, stage, desk, on_days) }
            { said(stage, desk) }
        </>
    }
}

fn new_key(view: &KeyView, stage: &Stage, desk: &Desk, on_days: Callback<Option<u64>>) -> Html {
    let fault = match stage {
        Stage::Failed(failure) => failure.fields.iter().find(|fault| fault.field == Field::ApiKey),
        _ => None,
    };
    let provider_type = desk.provider.provider_type;
    let hint = match (view.kept.is_some(), provider_type.needs_key()) {
        (true, _) => t!("key-replaces-kept"),
        (false, true) => t!("key-new-hint", vendor = provider_type.label()),
        (false, false) => t!("key-new-hint-server"),
    };
    let frame = Frame {
        id: "new-key",
        label: t!("key-new"),
        remark: String::new(),
        error: fault.map(|fault| fault.message.as_str()),
        hint,
    };
    let field = html! {
        <PasswordField id="new-key" input={desk.input.clone()} autocomplete="off" is_key={true} invalid={fault.is_some()} described_by={describing("new-key")} />
    };
    let (least, most) = KeySettings::KEEP_DAYS;
    html! {
        <div class="key-new">
            { framed(frame, field) }
            if view.entered_at.is_some() {
                <NumberField id="keep-days" label={t!("key-keep-days")} value={u64::from(desk.keep_days)} suffix={t!("key-days-unit")}
                    range={(u64::from(least), u64::from(most))} outside={t!("key-days-outside")} on_change={on_days} />
            }
        </div>
    }
}

/// What is going on, or what came of it.
fn said(stage: &Stage, desk: &Desk) -> Html {
    match stage {
        Stage::Testing(which, _) => {
            let word = if *which == Which::New { t!("key-testing-new") } else { t!("key-testing-old") };
            html! { <p class="hint st" role="status" id="key-testing"><span class="spin" aria-hidden="true"></span>{ word }</p> }
        }
        Stage::Refused(which, test) => {
            let untested = (*which == Which::Before && test.outcome.is_offline()).then(|| {
                let desk = desk.clone();
                Callback::from(move |()| desk.go_back(true))
            });
            key_parts::refused(test, &desk.provider, untested)
        }
        Stage::Failed(failure) if failure.fields.is_empty() => html! {
            <div class="note danger" role="alert" id="key-failed">
                { icon("alert") }<div><p><b>{ sentence_case(&failure.message) }</b></p><p dir="auto">{ failure.advice.clone() }</p></div>
            </div>
        },
        Stage::Failed(_) | Stage::Resting | Stage::AsksDestroy => Html::default(),
    }
}

fn footer(stage: &Stage, desk: &Desk, close: &Callback<()>) -> Html {
    let busy = matches!(stage, Stage::Testing(..));
    let copy = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.copy()
    };
    html! {
        <footer class="dialog-f">
            if desk.provider.has_key {
                <button type="button" class="btn ghost" id="copy-key" disabled={busy} onclick={copy}>{ icon("copy") }<span>{ t!("key-copy") }</span></button>
            }
            <span class="push"></span>
            <button type="button" class="btn" id="close-key" onclick={close.reform(|_: MouseEvent| ())}>
                <span>{ if busy { t!("cancel") } else { t!("key-close") } }</span>
            </button>
            <button type="submit" class="btn primary" id="replace-api-key" disabled={busy} aria-busy={busy.to_string()}>
                if busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("key-replace") }</span>
            </button>
        </footer>
    }
}
