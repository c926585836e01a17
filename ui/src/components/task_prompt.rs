//! The instructions of a task's endpoint: the built-in ones or a person's own, in a field with its own buttons, because
//! they are saved by themselves and not with the routes.

use model::{TaskName, gateway::PROMPT_LIMIT};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::{
    components::{field::described_by, icon::icon},
    state::{
        routing::{
            Edit,
            prompt::{self, Prompt},
        },
        toast::in_a_line,
    },
    t,
};

/// The field. `on_set` is asked to save other instructions, or to go back to the built-in ones.
pub fn task_prompt(
    prompt: &Prompt,
    on_edit: &Callback<Edit>,
    on_set: &Callback<(TaskName, Option<String>)>,
) -> Html {
    let task = prompt.task().clone();
    if prompt.view.built_in.is_none() {
        return html! { <p class="hint span">{ t!("prompt-of-callers") }</p> };
    }
    let id = format!("instructions-{task}");
    let with = |edit: fn() -> prompt::Edit| {
        let task = task.clone();
        on_edit.reform(move |_: MouseEvent| Edit::Prompt(task.clone(), edit()))
    };
    let oninput = {
        let task = task.clone();
        on_edit.reform(move |event: InputEvent| {
            let text = event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value());
            Edit::Prompt(task.clone(), prompt::Edit::Typed(text.unwrap_or_default()))
        })
    };
    let set = |prompt: Option<String>| {
        let task = task.clone();
        on_set.reform(move |_: MouseEvent| (task.clone(), prompt.clone()))
    };
    let invalid = prompt.fault.is_some();
    let whose = if prompt.view.own.is_some() { t!("prompt-own") } else { t!("prompt-built-in") };
    html! {
        <div class={classes!("field", "span", invalid.then_some("invalid"))}>
            <label for={id.clone()}>{ t!("task-instructions") }<span class="opt">{ whose }</span></label>
            <textarea class="ta" id={id.clone()} rows="8" dir="auto" spellcheck="false" maxlength={PROMPT_LIMIT.to_string()}
                aria-invalid={invalid.to_string()} aria-describedby={described_by(&id)} value={prompt.text.clone()} {oninput} />
            <div class="row wrap">
                <p class="hint grow" id={described_by(&id)}>
                    if let Some(fault) = &prompt.fault {
                        <span class="err" role="alert">{ icon("alert") }<span>{ in_a_line(fault) }</span></span>
                    } else {
                        { t!("task-instructions-hint") }
                    }
                </p>
                if prompt.view.own.is_some() {
                    <button type="button" class="btn ghost sm" data-action="built-in-prompt" disabled={prompt.saving} onclick={set(None)}>{ t!("use-built-in-prompt") }</button>
                }
                if prompt.is_changed() {
                    <button type="button" class="btn ghost sm" disabled={prompt.saving} onclick={with(|| prompt::Edit::PutBack)}>{ t!("discard") }</button>
                }
                <button type="button" class="btn sm" data-action="save-prompt" disabled={!prompt.can_be_saved()} aria-busy={prompt.saving.to_string()}
                    onclick={set(Some(prompt.text.clone()))}>
                    if prompt.saving { <span class="spin" aria-hidden="true"></span> }<span>{ t!("save-task-prompt") }</span>
                </button>
            </div>
        </div>
    }
}
