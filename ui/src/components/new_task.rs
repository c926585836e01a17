//! The last line of the task routing: a button, and in its place while it is asked the field for one more task.

use yew::prelude::*;

use crate::{
    components::{
        field::{described_by, typed},
        icon::icon,
    },
    state::new_task::{Edit, NewTask},
    t,
};

const FIELD: &str = "new-task-name";

/// The button or the field.
pub fn new_task(field: &Option<NewTask>, on_edit: &Callback<Edit>, on_add: &Callback<()>) -> Html {
    match field {
        Some(field) => open(field, on_edit, on_add),
        None => {
            let onclick = on_edit.reform(|_: MouseEvent| Edit::Open);
            html! {
                <button type="button" class="btn ghost sm" id="add-task" {onclick}>{ icon("plus") }<span>{ t!("add-task") }</span></button>
            }
        }
    }
}

fn open(field: &NewTask, on_edit: &Callback<Edit>, on_add: &Callback<()>) -> Html {
    let NewTask { name, error, adding } = field;
    let close = on_edit.reform(|()| Edit::Close);
    let onkeydown = keys(on_add.clone(), close.clone());
    let oninput = on_edit.reform(|event: InputEvent| Edit::Name(typed(&event)));
    let (add, cancel) = (on_add.reform(|_: MouseEvent| ()), close.reform(|_: MouseEvent| ()));
    html! {
        <div class={classes!("field", "grow", error.is_some().then_some("invalid"))}>
            <div class="row">
                <input class="inp mono" id={FIELD} value={name.clone()} autocomplete="off" spellcheck="false" autocapitalize="off"
                    aria-label={t!("new-task-name")} placeholder={t!("new-task-name")} aria-invalid={error.is_some().to_string()}
                    aria-describedby={described_by(FIELD)} readonly={*adding} {oninput} {onkeydown} />
                <button type="button" class="btn sm" id="confirm-task" disabled={*adding} aria-busy={adding.to_string()} onclick={add}>{ t!("add") }</button>
                <button type="button" class="btn ghost sm" id="cancel-task" onclick={cancel}>{ t!("cancel") }</button>
            </div>
            <div id={described_by(FIELD)}>
                if let Some(error) = error {
                    <p class="err" role="alert">{ icon("alert") }<span>{ error }</span></p>
                } else {
                    <p class="hint">{ t!("new-task-hint") }</p>
                }
            </div>
        </div>
    }
}

/// Enter and Escape are the field's own: the form is not saved and the drawer stays open.
fn keys(on_add: Callback<()>, on_close: Callback<()>) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let verb = match event.key().as_str() {
            "Enter" if !event.is_composing() => &on_add,
            "Escape" => &on_close,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        verb.emit(());
    })
}
