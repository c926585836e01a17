//! A failure tried out on paper: whose and how, and what becomes of each task.

use std::rc::Rc;

use model::{TaskName, routing::SimulatedFailure};
use yew::prelude::*;

use crate::{
    components::{
        icon::{icon, tile},
        member_combobox::MemberCombobox,
        segmented::{Segmented, segmented},
    },
    state::{
        routing::{
            Edit, Routing,
            preview::{self, Effect, Then},
        },
        toast::sentence_case,
        workspace::Load,
    },
    t,
};

/// The card.
pub fn failure_preview(routing: &Routing, on_edit: &Callback<Edit>) -> Html {
    let members: Rc<[_]> = routing.view.members.as_slice().into();
    let kinds = segmented(Segmented {
        id: "failure-kind".into(),
        label: t!("simulate-kind"),
        controls: None,
        options: vec![
            (SimulatedFailure::Down, t!("failure-down")),
            (SimulatedFailure::RateLimit, t!("failure-rate-limit")),
            (SimulatedFailure::Slow, t!("failure-slow")),
        ],
        value: Some(routing.preview.failure),
        on_choose: on_edit.reform(|failure| Edit::Preview(preview::Edit::Failure(failure))),
    });
    let outcome = match &routing.preview.outcome {
        Load::Waiting => Html::default(),
        Load::Failed(failure) => html! {
            <div class="note danger mt3" role="alert">{ icon("alert") }
                <div><p><b>{ sentence_case(&failure.message) }</b></p><p>{ failure.advice.clone() }</p></div></div>
        },
        Load::Ready(outcome) => {
            html! { <ul class="sim mt3" aria-live="polite">{ for routing.effects(outcome).iter().map(effect) }</ul> }
        }
    };
    html! {
        <section class="card" id="simulate">
            <div class="card-h line"><h2>{ t!("simulate-failure") }</h2></div>
            <div class="card-b">
                <div class="stack g3">
                    <div class="field">
                        <label for="simulate-provider">{ t!("simulate-provider") }</label>
                        <MemberCombobox id="simulate-provider" label={t!("simulate-provider")} {members} value={routing.preview.provider}
                            on_pick={on_edit.reform(|id| Edit::Preview(preview::Edit::Provider(id)))} />
                    </div>
                    <div class="field"><span class="lab">{ t!("simulate-kind") }</span>{ kinds }</div>
                </div>
                { outcome }
                <div class="note mt2">{ icon("info") }<div><p>{ t!("preview-note") }</p></div></div>
            </div>
        </section>
    }
}

fn effect(effect: &Effect) -> Html {
    let tasks: Vec<&str> = effect.tasks.iter().map(TaskName::as_str).collect();
    let then = match &effect.then {
        Then::Unchanged => html! { <span class="st ok">{ icon("okc") }{ t!("no-change") }</span> },
        Then::Nobody => html! { <span class="st danger">{ icon("xc") }{ t!("nobody") }</span> },
        Then::Member(member) => {
            html! { <span class="to">{ tile(member.provider_type, "s") }<span dir="auto">{ &member.display_name }</span></span> }
        }
    };
    let line = |(warns, text): &(bool, String)| html! { <p class={classes!("num", warns.then_some("warn-t"))}>{ text }</p> };
    html! {
        <li>
            <div class="row between"><span class="mono">{ tasks.join(", ") }</span>{ then }</div>
            { for effect.lines.iter().map(line) }
        </li>
    }
}
