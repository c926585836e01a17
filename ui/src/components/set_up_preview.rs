//! What an example set-up would make: configurations with prices and limits, and the routes between them.

use model::{
    TaskName,
    set_up::{SetUpEntry, SetUpPreview, SetUpRoute},
};
use yew::prelude::*;

use crate::{
    components::icon::tile,
    state::{age::catalog_date, models::round_count, set_up::prices},
    t,
    texts::name,
};

/// Draws it.
pub fn set_up_preview(seen: &SetUpPreview) -> Html {
    html! {
        <>
            <section class="field" aria-labelledby="set-up-makes">
                <span class="lab" id="set-up-makes">{ t!("set-up-makes") }<span class="opt">{ t!("set-up-prices-of", day = catalog_date(&seen.as_of)) }</span></span>
                <ul class="scope" id="set-up-entries">{ for seen.entries.iter().map(entry) }</ul>
            </section>
            if !seen.routes.is_empty() {
                <section class="field" aria-labelledby="set-up-routes-label">
                    <span class="lab" id="set-up-routes-label">{ t!("set-up-routes") }</span>
                    <ul class="scope" id="set-up-routes">{ for seen.routes.iter().map(route) }</ul>
                </section>
            }
            if let Some(was) = &seen.default_was { <p class="hint">{ t!("set-up-default-was", name = name(was)) }</p> }
        </>
    }
}

fn entry(entry: &SetUpEntry) -> Html {
    let tasks: Vec<&str> = entry.tasks.iter().map(TaskName::as_str).collect();
    let limits = entry.daily_token_limit.zip(entry.monthly_token_limit).map(|(daily, monthly)| {
        t!("set-up-limits", daily = round_count(daily), monthly = round_count(monthly))
    });
    let instead = entry.instead_of.as_ref().map(|model| t!("set-up-instead", model = model.as_str()));
    let first = (!tasks.is_empty()).then(|| t!("set-up-tasks", tasks = tasks.join(", ")));
    let more: Vec<String> = first.into_iter().chain(limits).chain(instead).collect();
    html! {
        <li data-vendor={entry.provider_type.as_str()}>
            <div class="line">
                { tile(entry.provider_type, "s") }
                <span><b dir="auto">{ &entry.display_name }</b>{ " " }<code class="sm">{ &entry.model_name }</code>
                    if entry.is_default { { " " }<span class="chip">{ t!("set-up-default") }</span> }
                    if !more.is_empty() { <br /><span class="sm t3">{ more.join(" · ") }</span> }
                </span>
                <span class="how num">{ prices(&entry.input_usd_per_mtok, &entry.output_usd_per_mtok) }</span>
            </div>
        </li>
    }
}

fn route(route: &SetUpRoute) -> Html {
    let chain: Vec<String> = route.chain.iter().map(|one| name(one)).collect();
    html! {
        <li data-task={route.task.to_string()}>
            <div class="line">
                <code>{ route.task.as_str() }</code>
                <span class="how">{ chain.join(" → ") }
                    if let Some(was) = &route.was { <br /><span class="sm t3">{ t!("set-up-route-was", name = name(was)) }</span> }
                </span>
            </div>
        </li>
    }
}
