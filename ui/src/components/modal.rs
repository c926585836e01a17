//! What lies over the page and keeps the focus: scrim, focus trap, and the focus given back when it closes. The page
//! below is inert meanwhile, which its owner says.

use std::{cell::RefCell, rc::Rc};

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::{browser, focus};

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
    let latest = use_mut_ref(|| None::<HtmlElement>);
    use_effect_with((), {
        let first = props.first;
        move |()| {
            let before = focus::holder();
            browser::focus(first);
            move || focus::give_back(before)
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
    use_effect_with(props.on_close.clone(), {
        let (frame, latest) = (frame.clone(), latest.clone());
        move |on_close| {
            let listener = lost_keys(frame, latest, on_close.clone());
            move || drop(listener)
        }
    });
    let onfocusin = move |event: FocusEvent| *latest.borrow_mut() = event.target_dyn_into();
    html! {
        <>
            <div class="scrim" aria-hidden="true" onclick={props.on_close.reform(|_: MouseEvent| ())}></div>
            <section class={props.class.clone()} role={props.role} aria-modal="true" aria-labelledby={props.labelled_by.clone()}
                aria-label={props.label.clone()} aria-describedby={props.described_by.clone()} tabindex="-1" ref={frame.clone()} {onkeydown} {onfocusin}>
                { props.children.clone() }
            </section>
        </>
    }
}

/// A button that is disabled while it works loses the focus, and the keys go to the document then. They are still this layer's,
/// if no other one lies over it; Tab goes on from where the focus was.
fn lost_keys(
    frame: NodeRef,
    latest: Rc<RefCell<Option<HtmlElement>>>,
    on_close: Callback<()>,
) -> Option<EventListener> {
    let window = web_sys::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&window, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>().filter(|event| !event.default_prevented()) else {
            return;
        };
        if browser::has_focus() || !is_uppermost(&frame) {
            return;
        }
        match event.key().as_str() {
            "Tab" => {
                if let Some(latest) = &*latest.borrow() {
                    let _ = latest.focus();
                }
                trap(&frame, event);
            }
            "Escape" => {
                event.prevent_default();
                on_close.emit(());
            }
            _ => {}
        }
    }))
}

fn is_uppermost(frame: &NodeRef) -> bool {
    let uppermost = browser::last("[aria-modal='true']");
    uppermost.is_some() && uppermost == frame.cast::<Element>()
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
