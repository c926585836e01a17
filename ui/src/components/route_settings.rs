//! What is open below a chain to set it: mode, weights or bounds, what the task needs, and its instructions.

use std::rc::Rc;

use model::{
    TaskName,
    routing::{AutoBounds, Needs, RouteMode, TaskRoute, WEIGHT_LIMIT},
};
use yew::prelude::*;

use crate::{
    components::{
        number_field::NumberField,
        segmented::{Segmented, segmented},
        task_prompt::task_prompt,
    },
    state::routing::{Edit, Routing, words::share},
    t,
};

/// More than any model's window, so that a typing error is seen.
const MOST_TOKENS: u64 = 100_000_000;
/// Ten minutes.
const MOST_MS: u64 = 600_000;

/// The panel.
pub fn route_settings(
    routing: &Rc<Routing>,
    route: &TaskRoute,
    on_edit: &Callback<Edit>,
    on_prompt: &Callback<(TaskName, Option<String>)>,
) -> Html {
    let hint = match route.mode {
        RouteMode::Chain => t!("mode-chain-hint"),
        RouteMode::Split => t!("mode-split-hint"),
        RouteMode::Auto => t!("mode-auto-hint"),
    };
    let task = route.task.clone();
    let modes = segmented(Segmented {
        id: format!("mode-{task}").into(),
        label: t!("route-mode"),
        controls: None,
        options: vec![
            (RouteMode::Chain, t!("mode-chain")),
            (RouteMode::Split, t!("mode-split")),
            (RouteMode::Auto, t!("mode-auto")),
        ],
        value: Some(route.mode),
        on_choose: on_edit.reform(move |mode| Edit::Mode(task.clone(), mode)),
    });
    html! {
        <div class="chain-x set-x">
            <div class="field">
                <span class="lab">{ t!("route-mode") }</span>{ modes }<p class="hint">{ hint }</p>
                if route.mode == RouteMode::Split { { weights(routing, route, on_edit) } }
                if route.mode == RouteMode::Auto { { bounds(route, on_edit) } }
            </div>
            { needs(route, on_edit) }
            if let Some(prompt) = routing.prompt(&route.task) { { task_prompt(prompt, on_edit, on_prompt) } }
        </div>
    }
}

fn weights(routing: &Rc<Routing>, route: &TaskRoute, on_edit: &Callback<Edit>) -> Html {
    let field = |member: &model::routing::ChainMember| {
        let (task, provider) = (route.task.clone(), member.provider);
        let name = routing.name(provider);
        let on_change = on_edit.reform(move |weight: Option<u64>| {
            Edit::Weight(task.clone(), provider, u32::try_from(weight.unwrap_or(0)).unwrap_or(WEIGHT_LIMIT))
        });
        let id = format!("weight-{}-{provider}", route.task);
        html! {
            <NumberField key={provider.to_string()} {id} label={name} value={u64::from(member.weight)} suffix={share(route, member).unwrap_or_default()}
                range={(0, u64::from(WEIGHT_LIMIT))} outside={t!("error-weight")} {on_change} />
        }
    };
    html! {
        <fieldset class="fields" aria-label={t!("weights")}>{ for route.chain.iter().map(field) }</fieldset>
    }
}

fn bounds(route: &TaskRoute, on_edit: &Callback<Edit>) -> Html {
    let with = |change: fn(&mut AutoBounds, Option<u64>)| {
        let (task, bounds) = (route.task.clone(), route.bounds);
        on_edit.reform(move |value| {
            let mut bounds = bounds;
            change(&mut bounds, value);
            Edit::Bounds(task.clone(), bounds)
        })
    };
    let task = &route.task;
    html! {
        <div class="fields">
            <NumberField id={format!("latency-{task}")} label={t!("bound-latency")} value={route.bounds.max_latency_ms} suffix={t!("milliseconds")}
                placeholder={t!("no-bound")} range={(1, MOST_MS)} outside={t!("error-limit-small")}
                on_change={with(|bounds, value| bounds.max_latency_ms = value)} />
            <NumberField id={format!("quality-{task}")} label={t!("bound-quality")} value={route.bounds.min_quality.map(u64::from)} suffix={t!("grade-range")}
                placeholder={t!("no-bound")} range={(1, 5)} outside={t!("error-grade")}
                on_change={with(|bounds, value| bounds.min_quality = value.and_then(|value| u8::try_from(value).ok()))} />
        </div>
    }
}

fn needs(route: &TaskRoute, on_edit: &Callback<Edit>) -> Html {
    let (task, now) = (route.task.clone(), route.needs);
    let change = on_edit.reform(move |change: fn(&mut Needs)| {
        let mut needs = now;
        change(&mut needs);
        Edit::Needs(task.clone(), needs)
    });
    let switch = |label: String, on: bool, flip: fn(&mut Needs)| {
        let onchange = change.reform(move |_: Event| flip);
        html! { <label class="cbl"><input class="cb" type="checkbox" checked={on} {onchange} /><span>{ label }</span></label> }
    };
    let context = {
        let (task, needs) = (route.task.clone(), route.needs);
        on_edit.reform(move |context_tokens| Edit::Needs(task.clone(), Needs { context_tokens, ..needs }))
    };
    html! {
        <fieldset class="field">
            <legend class="lab">{ t!("route-needs") }</legend>
            <div class="needs">
                { switch(t!("capability-pdf"), route.needs.pdf, |needs| needs.pdf = !needs.pdf) }
                { switch(t!("capability-vision"), route.needs.vision, |needs| needs.vision = !needs.vision) }
                { switch(t!("capability-json"), route.needs.json_schema, |needs| needs.json_schema = !needs.json_schema) }
                { switch(t!("capability-tools"), route.needs.tools, |needs| needs.tools = !needs.tools) }
            </div>
            <NumberField id={format!("context-{}", route.task)} label={t!("needs-context")} value={route.needs.context_tokens} suffix={t!("tokens")}
                placeholder={t!("needs-any")} range={(1, MOST_TOKENS)} outside={t!("error-limit-small")} on_change={context} />
        </fieldset>
    }
}
