//! What lies over the page and keeps the focus: scrim, focus trap, and the focus given back when it closes. The page
//! below is inert meanwhile, which its owner says.

use gloo_timers::callback::Timeout;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::browser;

/// Times that the focus is given back before nobody takes it, a frame longer apart each time.
const FRAMES: u32 = 10;
const FRAME_MS: u32 = 16;

/// What the layer is.
#[derive(Properties, PartialEq)]
pub struct ModalProps {
    /// `drawer`, `dialog` or `palette`.
    pub class: Classes,
    /// `dialog` or `alertdialog`.
    #[prop_or("dialog")]
    pub role: &'static str,
    /// Id of its title.
    #[prop_or_default]
    pub labelled_by: Option<AttrValue>,
    /// Its name, where it has no title.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Id of its explanation.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Selector of what has the focus first.
    pub first: &'static str,
    /// Escape, or a click beside it.
    pub on_close: Callback<()>,
    /// What is in it.
    pub children: Html,
}

/// A layer over the page.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let frame = use_node_ref();
    use_effect_with((), {
        let first = props.first;
        move |()| {
            let before = browser::active();
            browser::focus(first);
            move || give_back(before, FRAMES)
        }
    });
    let onkeydown = {
        let (frame, on_close) = (frame.clone(), props.on_close.clone());
        move |event: KeyboardEvent| match event.key().as_str() {
            "Tab" => trap(&frame, &event),
            "Escape" => {
                event.stop_propagation();
                on_close.emit(());
            }
            _ => {}
        }
    };
    html! {
        <>
            <div class="scrim" aria-hidden="true" onclick={props.on_close.reform(|_: MouseEvent| ())}></div>
            <section class={props.class.clone()} role={props.role} aria-modal="true" aria-labelledby={props.labelled_by.clone()}
                aria-label={props.label.clone()} aria-describedby={props.described_by.clone()} tabindex="-1" ref={frame.clone()} {onkeydown}>
                { props.children.clone() }
            </section>
        </>
    }
}

/// After the page has been drawn without the layer, since it cannot take the focus while it is inert; that may be some
/// frames later. Something that took the focus meanwhile keeps it.
fn give_back(before: Option<HtmlElement>, tries: u32) {
    let Some(element) = before.filter(|_| tries > 0) else { return };
    Timeout::new(FRAME_MS * (FRAMES - tries), move || {
        if !browser::has_focus() && element.is_connected() {
            let _ = element.focus();
            give_back(Some(element), tries - 1);
        }
    })
    .forget();
}

fn trap(frame: &NodeRef, event: &KeyboardEvent) {
    let Some(frame) = frame.cast::<Element>() else { return };
    let inside = browser::focusable(&frame);
    let (Some(first), Some(last)) = (inside.first(), inside.last()) else { return };
    let active = browser::active();
    let (edge, other) = if event.shift_key() { (first, last) } else { (last, first) };
    if active.as_ref() == Some(edge) || active.is_none_or(|active| !frame.contains(Some(&active))) {
        event.prevent_default();
        let _ = other.focus();
    }
}
