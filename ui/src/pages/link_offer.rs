//! A provider that a link proposes: all that it says, what to look at twice, and the way into the form. Nothing is saved
//! here.

use std::rc::Rc;

use model::{
    TaskName,
    link::{LinkFlag, ProposedProvider},
    provider::ProviderList,
};
use yew::prelude::*;

use crate::{
    components::{
        icon::{icon, tile},
        modal::Modal,
    },
    state::{
        set_up::proposed_draft,
        workspace::{Action, Layer},
    },
    t,
    work::Work,
};

/// The question.
#[derive(Properties, PartialEq)]
pub struct LinkDialogProps {
    /// What the link proposes.
    pub proposed: Rc<ProposedProvider>,
    /// For its tasks.
    pub list: Rc<ProviderList>,
    /// A way to ask for things.
    pub work: Work,
}

/// The question.
#[component]
pub fn LinkDialog(props: &LinkDialogProps) -> Html {
    let proposed = &props.proposed;
    let tasks: Vec<TaskName> = props.list.tasks.iter().map(|task| task.name.clone()).collect();
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let onclick = {
        let (work, draft) = (props.work.clone(), proposed_draft(proposed, &tasks));
        move |_: MouseEvent| work.act(Action::Open(Layer::AddFrom(Box::new(draft.clone()))))
    };
    let warn = |flag: &LinkFlag| {
        let said = match flag {
            LinkFlag::NotTheVendor => t!("link-not-vendor", vendor = proposed.provider_type.label()),
            LinkFlag::PrivateHost => t!("link-private"),
            LinkFlag::PlainHttp => t!("link-plain"),
        };
        html! { <p>{ said }</p> }
    };
    html! {
        <Modal class="dialog" labelled_by="link-title" described_by="link-lede" first="#cancel-link" on_close={close.clone()}>
            <header class="dialog-h">
                { tile(proposed.provider_type, "l") }
                <div><h2 id="link-title">{ t!("link-title") }</h2><p class="t2" id="link-lede">{ t!("link-lede") }</p></div>
            </header>
            <div class="dialog-b">
                <div class="form">
                    { said(proposed, &tasks) }
                    if !proposed.flags.is_empty() {
                        <div class="note warn" id="link-flags">{ icon("alert") }<div>{ for proposed.flags.iter().map(warn) }</div></div>
                    }
                </div>
            </div>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-link" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="button" class="btn primary" id="confirm-link" {onclick}><span>{ t!("link-continue") }</span></button>
            </footer>
        </Modal>
    }
}

fn said(proposed: &ProposedProvider, tasks: &[TaskName]) -> Html {
    let or = |value: &str, otherwise: String| if value.is_empty() { otherwise } else { value.to_owned() };
    let vendor = proposed.provider_type.label();
    let task = match &proposed.task {
        None => t!("link-task-none"),
        Some(task) if tasks.contains(task) => task.to_string(),
        Some(task) => t!("link-task-unknown", task = task.as_str()),
    };
    let lines = [
        (t!("link-vendor"), vendor.to_owned()),
        (t!("link-name"), or(&proposed.display_name, t!("link-name-made"))),
        (t!("link-model"), or(&proposed.model_name, t!("link-model-open"))),
        (t!("link-address"), or(&proposed.base_url, t!("link-address-own", vendor = vendor))),
        (t!("link-task"), task),
    ];
    html! {
        <ul class="scope" id="link-says">
            { for lines.map(|(name, value)| html! { <li><div class="line"><span class="t2">{ name }</span><span class="how" dir="auto">{ value }</span></div></li> }) }
        </ul>
    }
}
