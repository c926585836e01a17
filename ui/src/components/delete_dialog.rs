//! The question before a deletion: what it changes, in numbers, and the name typed to confirm.

use model::{
    ProviderType,
    command::{DeletionPreview, LostTask},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    components::{field, icon::icon, modal::Modal},
    t,
    texts::name,
};

/// The question.
#[derive(Properties, PartialEq)]
pub struct DeleteDialogProps {
    /// What the deletion would change.
    pub preview: DeletionPreview,
    /// Delete, with the name as it was typed.
    pub on_confirm: Callback<String>,
    /// Leave it.
    pub on_close: Callback<()>,
}

/// The question before a deletion.
#[component]
pub fn DeleteDialog(props: &DeleteDialogProps) -> Html {
    let typed = use_state(String::new);
    let provider = &props.preview.provider;
    let ready = typed.trim() == provider.display_name.trim();
    let oninput = {
        let typed = typed.clone();
        move |event: InputEvent| {
            use yew::TargetCast;
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                typed.set(input.value());
            }
        }
    };
    let onsubmit = {
        let (typed, on_confirm) = (typed.clone(), props.on_confirm.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if ready {
                on_confirm.emit((*typed).clone());
            }
        }
    };
    let lede = match provider.provider_type {
        _ if !provider.has_key => t!("delete-lede-no-key"),
        ProviderType::Gemini => t!("delete-lede", vendor = "Google"),
        ProviderType::OpenAi => t!("delete-lede", vendor = "OpenAI"),
        ProviderType::Claude => t!("delete-lede", vendor = "Anthropic"),
        ProviderType::OpenAiCompatible => t!("delete-lede-compatible"),
    };
    html! {
        <Modal class="dialog" role="alertdialog" labelled_by="delete-title" described_by="delete-lede" first="#confirm-name"
            on_close={props.on_close.clone()}>
            <form {onsubmit} id="delete-dialog">
                <header class="dialog-h">
                    <span class="tile danger l">{ icon("trash") }</span>
                    <div>
                        <h2 id="delete-title" dir="auto">{ t!("delete-title", name = name(&provider.display_name)) }</h2>
                        <p class="t2" id="delete-lede">{ lede }</p>
                    </div>
                </header>
                <div class="dialog-b">
                    <div class="form">
                        { consequences(&props.preview) }
                        <div class="field">
                            <label for="confirm-name">{ t!("type-name") }<span class="opt" dir="auto">{ &provider.display_name }</span></label>
                            <input class="inp" id="confirm-name" dir="auto" autocomplete="off" spellcheck="false"
                                aria-describedby={field::described_by("confirm-name")} value={(*typed).clone()} {oninput} />
                            <p class="hint" id={field::described_by("confirm-name")}>{ t!("delete-undo") }</p>
                        </div>
                    </div>
                </div>
                <footer class="dialog-f">
                    <button type="button" class="btn" onclick={props.on_close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                    <button type="submit" class={classes!("btn", ready.then_some("danger"))} id="confirm-delete" disabled={!ready}>
                        { icon("trash") }<span>{ t!("delete-provider") }</span>
                    </button>
                </footer>
            </form>
        </Modal>
    }
}

fn consequences(preview: &DeletionPreview) -> Html {
    let calls = preview.usage_calls;
    let kept = if calls == 0 { String::new() } else { t!("delete-keeps-usage", count = calls) };
    let harmless = preview.lost_tasks.is_empty() && !preview.loses_default;
    if harmless && kept.is_empty() {
        return Html::default();
    }
    html! {
        <div class={classes!("note", (!harmless).then_some("danger"))} id="delete-consequences">
            { icon(if harmless { "info" } else { "alert" }) }
            <div>
                if !preview.lost_tasks.is_empty() {
                    <p><b>{ t!("tasks-lose-primary", count = preview.lost_tasks.len()) }</b>{ for preview.lost_tasks.iter().map(moved) }</p>
                }
                if preview.loses_default { <p>{ t!("delete-loses-default") }</p> }
                if !kept.is_empty() { <p>{ kept }</p> }
            </div>
        </div>
    }
}

fn moved(lost: &LostTask) -> Html {
    let then = match &lost.then {
        Some(holder) => t!("task-moves-to", name = name(holder)),
        None => t!("task-has-nobody"),
    };
    html! { <>{ " " }<span class="mono">{ lost.task.to_string() }</span>{ format!(" {then}") }</> }
}
