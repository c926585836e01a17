//! The list of shortcuts.

use yew::prelude::*;

use crate::{
    components::{
        icon::{icon, keys},
        modal::Modal,
    },
    state::place::Place,
    t,
};

/// The list's owner.
pub struct ShortcutListProps {
    /// Close it.
    pub on_close: Callback<()>,
}

/// The list of shortcuts.
pub fn shortcut_list(props: &ShortcutListProps) -> Html {
    let line = |caps: &[&'static str], text: String| {
        let spoken = caps.join(" ");
        html! { <div><dt>{ keys(caps) }<span class="vh">{ spoken }</span></dt><dd>{ text }</dd></div> }
    };
    let close = t!("close");
    html! {
        <Modal class="dialog wide" labelled_by="shortcuts-title" first="#close-shortcuts" on_close={props.on_close.clone()}>
            <header class="dialog-h">
                <h2 id="shortcuts-title">{ t!("shortcuts") }</h2><span class="push"></span>
                <button type="button" class="ib" id="close-shortcuts" aria-label={close.clone()} title={close}
                    onclick={props.on_close.reform(|_: MouseEvent| ())}>{ icon("x") }</button>
            </header>
            <div class="dialog-b">
                <dl class="shortcuts">
                    { line(&["Ctrl", "K"], t!("keys-palette")) }
                    { line(&["N"], t!("keys-new")) }
                    { line(&["Ctrl", "L"], t!("keys-lock")) }
                    { line(&["E"], t!("keys-edit")) }
                    { line(&["Ctrl", "S"], t!("keys-save")) }
                    { line(&["T"], t!("keys-test")) }
                    { line(&["Ctrl", "Z"], t!("keys-undo")) }
                    { line(&["D"], t!("keys-duplicate")) }
                    { line(&["Ctrl", "F"], t!("keys-search")) }
                    { line(&["Del"], t!("keys-delete")) }
                    { line(&["Esc"], t!("keys-close")) }
                    { line(&["X"], t!("keys-select")) }
                    { line(&["F6"], t!("keys-region")) }
                    { line(&["↑", "↓"], t!("keys-move")) }
                    { line(&["?"], t!("keys-help")) }
                    { line(&["Enter"], t!("keys-open")) }
                    { line(&["Space"], t!("keys-move-node")) }
                    { for Place::ALL.map(|place| line(place.keys(), t!("palette-go", page = place.title()))) }
                </dl>
                <p class="hint">{ t!("keys-note") }</p>
            </div>
        </Modal>
    }
}
