//! The name under which the playground's prompt is kept.

use std::rc::Rc;

use model::{Failure, FailureCode, command::SavePrompt};
use yew::prelude::*;

use crate::{
    components::{
        field::{Frame, framed, text_input},
        modal::Modal,
    },
    shell,
    state::{
        playground::{Edit, Playground},
        toast::{Toast, in_a_line},
        workspace::Action,
    },
    t,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct SavePromptDialogProps {
    /// The playground.
    pub state: Rc<Playground>,
    /// A way to ask for things.
    pub work: Work,
}

/// The dialog.
#[component]
pub fn SavePromptDialog(props: &SavePromptDialogProps) -> Html {
    let opened = props.state.opened();
    let typed = use_state(|| opened.map(|opened| opened.name.clone()).unwrap_or_default());
    let saving = use_state(|| false);
    let fault = use_state(|| Option::<Failure>::None);
    let wrong = props.state.prompt.request().err().map(|fault| fault.message);
    let taken = props.state.saved.iter().any(|prompt| prompt.name == typed.trim());
    let ready = wrong.is_none() && !typed.trim().is_empty() && !*saving;
    let onsubmit = {
        let (work, state, name) = (props.work.clone(), props.state.clone(), typed.trim().to_owned());
        let (saving, fault) = (saving.setter(), fault.setter());
        move |event: SubmitEvent| {
            event.prevent_default();
            if ready {
                save(&work, &state, name.clone(), saving.clone(), fault.clone());
            }
        }
    };
    let oninput = {
        let (typed, fault) = (typed.clone(), fault.setter());
        Callback::from(move |text| {
            fault.set(None);
            typed.set(text);
        })
    };
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let error = fault.as_ref().map(in_a_line);
    let error = wrong.as_deref().or(error.as_deref());
    let hint = if taken { t!("prompt-replaces") } else { t!("prompt-kept-hint") };
    let input = text_input("prompt-name", "inp", &typed, error.is_some(), oninput);
    let frame = Frame { id: "prompt-name", label: t!("prompt-name"), remark: String::new(), error, hint };
    html! {
        <Modal class="dialog" labelled_by="save-prompt-title" first="#prompt-name" on_close={close.clone()}>
            <form id="save-prompt-dialog" novalidate=true {onsubmit}>
                <header class="dialog-h"><div><h2 id="save-prompt-title">{ t!("save-prompt-title") }</h2></div></header>
                <div class="dialog-b">{ framed(frame, input) }</div>
                <footer class="dialog-f">
                    <button type="button" class="btn" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                    <button type="submit" class="btn primary" id="confirm-prompt" disabled={!ready} aria-busy={saving.to_string()}>
                        if *saving { <span class="spin" aria-hidden="true"></span> }<span>{ if taken { t!("replace-prompt") } else { t!("save-prompt-short") } }</span>
                    </button>
                </footer>
            </form>
        </Modal>
    }
}

fn save(
    work: &Work,
    state: &Playground,
    name: String,
    saving: UseStateSetter<bool>,
    fault: UseStateSetter<Option<Failure>>,
) {
    let Ok(request) = state.prompt.request() else { return };
    let task = state.task.clone();
    saving.set(true);
    work.run(async move |work| {
        let reply = shell::call(SavePrompt { name: name.clone(), task, request }).await;
        saving.set(false);
        match reply {
            Ok(saved) => {
                let id = saved.iter().find(|prompt| prompt.name == name).map(|prompt| prompt.id);
                work.edit_playground(Edit::Saved(saved));
                id.into_iter().for_each(|id| work.edit_playground(Edit::Open(id)));
                work.act(Action::Close);
                work.act(Action::Say(Toast::success(
                    t!("prompt-saved", name = name.as_str()),
                    String::new(),
                )));
            }
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            Err(failure) => fault.set(Some(failure)),
        }
    });
}
