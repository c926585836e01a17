//! The list of shortcuts.

use yew::prelude::*;

use crate::{
    components::{
        icon::{icon, keys},
        modal::Modal,
    },
    state::shortcut_table::lines,
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
        <Modal class="dialog wizard" labelled_by="shortcuts-title" first="#close-shortcuts" on_close={props.on_close.clone()}>
            <header class="dialog-h">
                <h2 id="shortcuts-title">{ t!("shortcuts") }</h2><span class="push"></span>
                <button type="button" class="ib" id="close-shortcuts" aria-label={close.clone()} title={close}
                    onclick={props.on_close.reform(|_: MouseEvent| ())}>{ icon("x") }</button>
            </header>
            <div class="dialog-b" tabindex="0" role="region" aria-labelledby="shortcuts-title">
                <dl class="shortcuts">
                    { for lines().into_iter().map(|(keys, text)| line(keys, text)) }
                </dl>
                <p class="hint">{ t!("keys-note") }</p>
            </div>
        </Modal>
    }
}
