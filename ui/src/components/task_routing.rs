//! Check boxes for tasks, each with whoever holds its first place now.

use std::rc::Rc;

use model::{ProviderId, TaskName, TaskView, provider::ProviderList};
use yew::prelude::*;

use crate::{
    components::{
        field::checked,
        icon::{icon, tile},
        new_task::new_task,
    },
    state::new_task::{Edit, NewTask},
    t,
};

/// The tasks.
pub struct TaskRoutingProps {
    /// All tasks and providers.
    pub list: Rc<ProviderList>,
    /// The provider that the form is about, unless it is new.
    pub own: Option<ProviderId>,
    /// Tasks that are checked.
    pub chosen: Vec<TaskName>,
    /// What needs a change.
    pub error: Option<String>,
    /// The field for one more task, while it is open.
    pub new_task: Option<NewTask>,
    /// That field changes.
    pub on_new_task: Callback<Edit>,
    /// Add the task that was named.
    pub on_add: Callback<()>,
    /// A box was clicked.
    pub on_change: Callback<(TaskName, bool)>,
}

/// The check boxes.
pub fn task_routing(props: &TaskRoutingProps) -> Html {
    let line = |(place, task): (usize, &TaskView)| {
        let name = task.name.clone();
        let on = props.chosen.contains(&name);
        let onchange = props.on_change.reform(move |event: Event| (name.clone(), checked(&event)));
        html! {
            <li key={task.name.to_string()}>
                <label class="row">
                    <input class="cb" type="checkbox" id={format!("task-{place}")} name="task" value={task.name.to_string()} checked={on} {onchange} />
                    <span class="mono">{ task.name.to_string() }</span>
                </label>
                { holder(props, task, on) }
            </li>
        }
    };
    html! {
        <fieldset class="field">
            <legend class="lab"><span>{ t!("field-tasks") }</span><span class="opt">{ t!("tasks-remark") }</span></legend>
            <ul class="routes-l divide">
                { for props.list.tasks.iter().enumerate().map(line) }
                <li key="+" class="new-task">{ new_task(&props.new_task, &props.on_new_task, &props.on_add) }</li>
            </ul>
            if let Some(error) = &props.error { <p class="err" role="alert">{ icon("alert") }<span>{ error }</span></p> }
        </fieldset>
    }
}

fn holder(props: &TaskRoutingProps, task: &TaskView, on: bool) -> Html {
    let is_own = task.holder.is_some() && task.holder == props.own;
    let held_by = task.holder.and_then(|id| props.list.providers.iter().find(|provider| provider.id == id));
    match held_by {
        _ if is_own && on => html! { <span class="hold"><b>{ t!("held-here") }</b></span> },
        _ if is_own => html! { <span class="hold">{ t!("gives-up") }</span> },
        Some(holder) => html! {
            <span class="hold">{ if on { t!("takes-from") } else { t!("held-by") } }{ tile(holder.provider_type, "s") }<b dir="auto">{ &holder.display_name }</b></span>
        },
        None if on => html! { <span class="hold"><b>{ t!("takes-free") }</b></span> },
        None => html! { <span class="hold">{ t!("held-by-nobody") }</span> },
    }
}
