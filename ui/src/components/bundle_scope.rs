//! What goes into a bundle: configurations, routes, limits and prices, and until when it can be applied.

use model::{ProviderView, TaskName, Timestamp, routing::RoutingView};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field::checked,
        icon::tile,
        segmented::{Segmented, segmented},
    },
    state::{
        base_url::is_private,
        bundles::{Choice, DAYS, Draft, lacks_key},
    },
    t,
};

const DAY_MS: i64 = 86_400_000;

/// The form. What is told is each choice by itself.
pub fn bundle_scope(
    draft: &Draft,
    providers: &[ProviderView],
    routing: &RoutingView,
    now: Timestamp,
    on_choose: &Callback<Choice>,
) -> Html {
    let routes = t!("bundle-routes", count = draft.routes(routing).len());
    let counted =
        t!("bundle-scope-count", chosen = draft.chosen.len(), all = providers.len(), routes = routes);
    let until = Timestamp(now.0 + i64::from(draft.days) * DAY_MS);
    let days = Segmented {
        id: "bundle-days".into(),
        label: t!("bundle-expires"),
        controls: None,
        options: DAYS.map(|days| (days, t!("bundle-days", count = days))).to_vec(),
        value: Some(draft.days),
        on_choose: on_choose.reform(Choice::Days),
    };
    let own_route = |route: &&model::routing::TaskRoute| !route.chain.is_empty();
    html! {
        <>
            <fieldset class="field">
                <legend class="lab">{ t!("bundle-scope") }<span class="opt" role="status">{ counted }</span></legend>
                <ul class="scope" id="bundle-scope">{ for providers.iter().map(|one| provider(one, draft, routing, on_choose)) }</ul>
            </fieldset>
            <fieldset class="field">
                <legend class="lab">{ t!("bundle-which-routes") }</legend>
                <ul class="scope" id="bundle-routes">{ for routing.routes.iter().filter(own_route).map(|one| route(&one.task, draft, routing, on_choose)) }</ul>
                <p class="hint">{ t!("bundle-which-routes-hint") }</p>
            </fieldset>
            <div class="field"><span class="lab">{ t!("bundle-expires") }</span>
                <div class="row-w">{ segmented(days) }<span class="t2 sm num">{ browser::clock_of(until) }</span></div>
            </div>
            { tick("with-limits", t!("bundle-with-limits"), draft.with_limits, on_choose.reform(Choice::Limits)) }
            { tick("with-prices", t!("bundle-with-prices"), draft.with_prices, on_choose.reform(Choice::Prices)) }
            { tick("with-prompts", t!("bundle-with-prompts"), draft.with_prompts, on_choose.reform(Choice::Prompts)) }
        </>
    }
}

fn tick(id: &'static str, label: String, on: bool, on_change: Callback<bool>) -> Html {
    let onchange = on_change.reform(|event: Event| checked(&event));
    html! { <label class="cbl"><input class="cb" type="checkbox" {id} checked={on} {onchange} /><span>{ label }</span></label> }
}

fn provider(one: &ProviderView, draft: &Draft, routing: &RoutingView, on_choose: &Callback<Choice>) -> Html {
    let (id, keyless) = (one.id, lacks_key(one));
    let onchange = on_choose.reform(move |event: Event| Choice::Provider(id, checked(&event)));
    let serves = routing.routes.iter().filter(|route| route.chain.iter().any(|member| member.provider == id));
    let tasks: Vec<&str> = serves.map(|route| route.task.as_str()).collect();
    let beside = match one {
        _ if keyless => t!("bundle-without-key"),
        one if !one.is_active => t!("bundle-switched-off"),
        one if is_private(&one.base_url) => t!("bundle-private"),
        _ => tasks.join(", "),
    };
    html! {
        <li key={id.to_string()}><label>
            <input class="cb" type="checkbox" name="bundle-provider" value={id.to_string()} checked={draft.chosen.contains(&id)}
                disabled={keyless && !draft.chosen.contains(&id)} {onchange} />
            { tile(one.provider_type, "s") }<span class="clip" dir="auto">{ &one.display_name }</span><span class="push t3 sm">{ beside }</span>
        </label></li>
    }
}

fn route(task: &TaskName, draft: &Draft, routing: &RoutingView, on_choose: &Callback<Choice>) -> Html {
    let goes = !draft.left_out.contains(task);
    let onchange = {
        let task = task.clone();
        on_choose.reform(move |event: Event| Choice::Route(task.clone(), checked(&event)))
    };
    let chain = routing.routes.iter().find(|route| route.task == *task).map(|route| &route.chain);
    let serving =
        chain.into_iter().flatten().filter(|member| draft.chosen.contains(&member.provider)).count();
    html! {
        <li key={task.to_string()}><label>
            <input class="cb" type="checkbox" name="bundle-route" value={task.to_string()} checked={goes} {onchange} />
            <span class="clip mono">{ task.as_str() }</span><span class="push t3 sm">{ t!("bundle-route-by", count = serving) }</span>
        </label></li>
    }
}
