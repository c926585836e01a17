//! Messages in the corner, each with its own clock.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::{
    components::icon::{icon, keys},
    state::toast::{Toast, Tone},
    t,
};

/// The messages.
pub struct ToastStackProps {
    /// Oldest first.
    pub toasts: Vec<Toast>,
    /// The one that the shortcut takes back, shown or not.
    pub by_keys: Option<u64>,
    /// Take one away.
    pub on_dismiss: Callback<u64>,
    /// Take back what one is about.
    pub on_undo: Callback<Toast>,
    /// Put one's text on the clipboard.
    pub on_copy: Callback<String>,
}

/// All messages.
pub fn toast_stack(props: &ToastStackProps) -> Html {
    let one = |toast: &Toast| {
        html! {
            <ToastCard key={toast.id} toast={toast.clone()} by_keys={props.by_keys == Some(toast.id)} on_dismiss={props.on_dismiss.clone()}
                on_undo={props.on_undo.clone()} on_copy={props.on_copy.clone()} />
        }
    };
    html! { <div class="toasts" role="region" aria-label={t!("messages")}>{ for props.toasts.iter().map(one) }</div> }
}

#[derive(Properties, PartialEq)]
struct ToastCardProps {
    toast: Toast,
    /// Whether the shortcut takes back this one: it takes back the newest step.
    by_keys: bool,
    on_dismiss: Callback<u64>,
    on_undo: Callback<Toast>,
    on_copy: Callback<String>,
}

#[component]
fn ToastCard(props: &ToastCardProps) -> Html {
    let toast = &props.toast;
    // Nobody reads against a clock: it stands while the pointer or the focus is on the message, and starts anew afterwards.
    let (pointed, focused) = (use_state_eq(|| false), use_state_eq(|| false));
    use_effect_with((toast.id, toast.stays_ms(), *pointed || *focused), {
        let on_dismiss = props.on_dismiss.clone();
        move |&(id, stays, held)| {
            let clock = stays.filter(|_| !held).map(|ms| Timeout::new(ms, move || on_dismiss.emit(id)));
            move || drop(clock)
        }
    });
    let hold = |by: &UseStateHandle<bool>, held: bool| {
        let by = by.setter();
        move || by.set(held)
    };
    let (enter, leave) = (hold(&pointed, true), hold(&pointed, false));
    let (focus, blur) = (hold(&focused, true), hold(&focused, false));
    let (tone, role, name) = match toast.tone {
        Tone::Success => ("ok", "status", "okc"),
        Tone::Undoable => ("", "status", "check"),
        Tone::Attention => ("warn", "alert", "alert"),
        Tone::Danger => ("danger", "alert", "alert"),
    };
    let dismiss = {
        let (on_dismiss, id) = (props.on_dismiss.clone(), toast.id);
        move |_: MouseEvent| on_dismiss.emit(id)
    };
    html! {
        <div class={classes!("toast", tone)} {role} data-tone={tone}
            onmouseenter={move |_: MouseEvent| enter()} onmouseleave={move |_: MouseEvent| leave()}
            onfocusin={move |_: FocusEvent| focus()} onfocusout={move |_: FocusEvent| blur()}>
            { icon(name) }
            <div class="grow">
                <b dir="auto">{ &toast.title }</b>
                if !toast.detail.is_empty() { <p dir="auto">{ &toast.detail }</p> }
                { acts(props) }
            </div>
            if props.by_keys { { keys(&["Ctrl", "Z"]) } }
            <button type="button" class="ib" data-action="dismiss" aria-label={t!("dismiss")} title={t!("dismiss")} onclick={dismiss}>
                { icon("x") }
            </button>
        </div>
    }
}

fn acts(props: &ToastCardProps) -> Html {
    let toast = props.toast.clone();
    match toast.tone {
        Tone::Success | Tone::Attention => Html::default(),
        Tone::Undoable => {
            let on_undo = props.on_undo.clone();
            let undoing = toast.undoing;
            let onclick = move |_: MouseEvent| on_undo.emit(toast.clone());
            html! {
                <div class="acts">
                    <button type="button" class="btn link sm" data-action="undo" disabled={undoing} aria-busy={undoing.to_string()} {onclick}>{ t!("undo") }</button>
                </div>
            }
        }
        Tone::Danger => {
            let on_copy = props.on_copy.clone();
            let onclick = move |_: MouseEvent| on_copy.emit(format!("{}\n{}", toast.title, toast.detail));
            html! { <div class="acts"><button type="button" class="btn link sm" data-action="copy" {onclick}>{ t!("copy-details") }</button></div> }
        }
    }
}
