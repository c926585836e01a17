//! The question before several are deleted: who, what it changes, and their number typed to confirm.

use std::rc::Rc;

use model::{ProviderId, TaskName, provider::ProviderList};
use yew::prelude::*;

use crate::{
    components::{
        field::{described_by, typed},
        icon::icon,
        modal::Modal,
    },
    state::workspace::Action,
    t,
    texts::name,
    work::Work,
};

/// Names that are said; of more, their number.
const NAMED: usize = 8;

/// The question.
#[derive(Properties, PartialEq)]
pub struct DeleteManyDialogProps {
    /// Whom.
    pub ids: Rc<[ProviderId]>,
    /// The list as it is.
    pub list: Rc<ProviderList>,
    /// A way to ask for things.
    pub work: Work,
}

/// The question.
#[component]
pub fn DeleteManyDialog(props: &DeleteManyDialogProps) -> Html {
    let entered = use_state(String::new);
    let busy = use_state(|| false);
    let there: Vec<ProviderId> =
        props.list.providers.iter().map(|one| one.id).filter(|id| props.ids.contains(id)).collect();
    let count = there.len();
    let ready = entered.trim() == count.to_string() && count > 0 && !*busy;
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let oninput = {
        let entered = entered.clone();
        move |event: InputEvent| entered.set(typed(&event))
    };
    let onsubmit = {
        let (work, busy) = (props.work.clone(), busy.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if ready {
                busy.set(true);
                let busy = busy.setter();
                work.delete_many(there.clone(), Callback::from(move |()| busy.set(false)));
            }
        }
    };
    html! {
        <Modal class="dialog" role="alertdialog" labelled_by="delete-many-title" described_by="delete-many-lede" first="#confirm-count" on_close={close.clone()}>
            <form {onsubmit} id="delete-many">
                <header class="dialog-h">
                    <span class="tile danger l">{ icon("trash") }</span>
                    <div><h2 id="delete-many-title">{ t!("delete-many-title", count = count) }</h2><p class="t2" id="delete-many-lede">{ t!("delete-many-lede") }</p></div>
                </header>
                <div class="dialog-b">
                    <div class="form">
                        { who(props) }
                        { consequences(props) }
                        <div class="field">
                            <label for="confirm-count">{ t!("delete-many-type", count = count) }</label>
                            <input class="inp num" id="confirm-count" inputmode="numeric" autocomplete="off" value={(*entered).clone()}
                                aria-describedby={described_by("confirm-count")} {oninput} />
                            <p class="hint" id={described_by("confirm-count")}>{ t!("delete-undo") }</p>
                        </div>
                    </div>
                </div>
                <footer class="dialog-f">
                    <button type="button" class="btn" id="cancel-delete-many" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                    <button type="submit" class={classes!("btn", ready.then_some("danger"))} id="confirm-delete-many" disabled={!ready}>
                        { icon("trash") }<span>{ t!("delete-many-confirm", count = count) }</span>
                    </button>
                </footer>
            </form>
        </Modal>
    }
}

fn who(props: &DeleteManyDialogProps) -> Html {
    let names: Vec<String> = props
        .list
        .providers
        .iter()
        .filter(|one| props.ids.contains(&one.id))
        .map(|one| name(&one.display_name))
        .collect();
    let more = names.len().saturating_sub(NAMED);
    let mut said = names.into_iter().take(NAMED).collect::<Vec<_>>().join(", ");
    if more > 0 {
        said = format!("{said} {}", t!("delete-many-more", count = more));
    }
    html! { <p dir="auto" id="delete-many-names">{ said }</p> }
}

fn consequences(props: &DeleteManyDialogProps) -> Html {
    let lost = props.list.tasks.iter().filter(|task| task.holder.is_some_and(|id| props.ids.contains(&id)));
    let lost: Vec<&str> = lost.map(|task| TaskName::as_str(&task.name)).collect();
    let default = props.list.providers.iter().any(|one| one.is_default && props.ids.contains(&one.id));
    if lost.is_empty() && !default {
        return Html::default();
    }
    html! {
        <div class="note danger">
            { icon("alert") }
            <div>
                if !lost.is_empty() { <p>{ t!("delete-many-tasks", count = lost.len(), tasks = lost.join(", ")) }</p> }
                if default { <p>{ t!("delete-many-default") }</p> }
            </div>
        </div>
    }
}
