//! A frame that takes a file which is dropped on it, around the button that opens the system's own dialog. A file that is dropped
//! beside it is refused by the window (`src-tauri/src/window.rs`).

use web_sys::File;
use yew::prelude::*;

use crate::browser;

/// The frame.
#[derive(Properties, PartialEq)]
pub struct FileDropProps {
    /// Its id.
    pub id: &'static str,
    /// While something is done with a file of before.
    pub disabled: bool,
    /// A file was dropped; of several, the first.
    pub on_drop: Callback<File>,
    /// What is in it.
    pub children: Html,
}

/// Draws it.
#[component]
pub fn FileDrop(props: &FileDropProps) -> Html {
    let over = use_state_eq(|| false);
    let takes = !props.disabled;
    let ondragover = {
        let over = over.setter();
        move |event: DragEvent| {
            // Text that is dragged across is not for it.
            if takes && browser::drags_files(&event) {
                event.prevent_default();
                over.set(true);
            }
        }
    };
    let ondragleave = {
        let over = over.setter();
        move |_: DragEvent| over.set(false)
    };
    let ondrop = {
        let (over, on_drop) = (over.setter(), props.on_drop.clone());
        move |event: DragEvent| {
            over.set(false);
            if let Some(file) = browser::dropped_file(&event).filter(|_| takes) {
                event.prevent_default();
                on_drop.emit(file);
            }
        }
    };
    html! {
        <div class={classes!("drop", over.then_some("over"))} id={props.id} {ondragover} {ondragleave} {ondrop}>{ props.children.clone() }</div>
    }
}
