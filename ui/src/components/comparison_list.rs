//! Splits, each with what its members have shown since its shares were saved, and what can be said of that.

use model::{
    ProviderId, TaskName,
    insights::{Against, Arm, Comparison, Judgement},
    text::{group_digits, latency},
};
use yew::prelude::*;

use crate::{
    browser,
    components::icon::{classed, icon, tile},
    state::insights::compared::{intervals, kind, sign, success, verdict},
    t,
};

/// A card for each split. A click says who shall be a task's route.
pub fn comparison_list(compared: &[Comparison], on_route: &Callback<(TaskName, ProviderId)>) -> Html {
    compared.iter().map(|one| card(one, on_route)).collect()
}

fn card(compared: &Comparison, on_route: &Callback<(TaskName, ProviderId)>) -> Html {
    let arms = std::iter::once(&compared.present).chain(compared.others.iter().map(|other| &other.arm));
    let number = |word: String| html! { <th class="n" scope="col">{ word }</th> };
    html! {
        <section class="card" data-split={compared.task.to_string()}>
            <div class="card-h line">
                <h2>{ t!("split-of", task = compared.task.as_str()) }</h2>
                <span class="sub">{ t!("split-since", since = browser::clock_within(compared.since)) }</span>
            </div>
            <div class="scroll-x">
                <table class="tbl mid sp" aria-label={t!("split-of", task = compared.task.as_str())}>
                    <thead><tr>
                        <th scope="col">{ t!("column-member") }</th>
                        { number(t!("column-share")) }
                        { number(t!("column-calls-made")) }
                        { number(t!("column-succeeded")) }
                        { number(t!("column-cost-each")) }
                        { number(t!("column-p50")) }
                        { number(t!("column-p95")) }
                    </tr></thead>
                    <tbody>{ for arms.map(row) }</tbody>
                </table>
            </div>
            <ul class="tl fl">{ for compared.others.iter().map(|other| judged(&compared.task, other, on_route)) }</ul>
        </section>
    }
}

fn row(arm: &Arm) -> Html {
    let or_none = |text: Option<String>| match text {
        Some(text) => html! { <td class="n">{ text }</td> },
        None => {
            html! { <td class="n t3"><span aria-hidden="true">{ "–" }</span><span class="vh">{ t!("no-data") }</span></td> }
        }
    };
    html! {
        <tr>
            <td><span class="pn">{ tile(arm.provider_type, "s") }<span class="pn-t"><b dir="auto">{ &arm.name }</b><span class="mono">{ &arm.model }</span></span></span></td>
            <td class="n">{ format!("{}%", arm.share) }</td>
            <td class="n">{ group_digits(u128::from(arm.calls)) }</td>
            { or_none(success(arm)) }
            { or_none(arm.cost_per_success.map(|cost| cost.display())) }
            { or_none(arm.p50_ms.map(latency)) }
            { or_none(arm.p95_ms.map(latency)) }
        </tr>
    }
}

fn judged(task: &TaskName, against: &Against, on_route: &Callback<(TaskName, ProviderId)>) -> Html {
    let onclick = {
        let (on_route, who) = (on_route.clone(), (task.clone(), against.arm.provider));
        move |_: MouseEvent| on_route.emit(who.clone())
    };
    let (name, class) = sign(against.judgement);
    let label = t!("split-make-route", name = &*against.arm.name, task = task.as_str());
    let may = !matches!(against.judgement, Judgement::Worse);
    html! {
        <li data-judgement={kind(against.judgement)}>
            { classed(name, class) }
            <div><b dir="auto">{ verdict(against) }</b><p dir="auto">{ intervals(against) }</p></div>
            if may { <button type="button" class="btn sm" aria-label={label} {onclick}>{ icon("route") }<span>{ t!("split-make-it-route") }</span></button> }
        </li>
    }
}
