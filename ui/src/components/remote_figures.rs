//! Usage as a server says it: sums by model, and its newest calls where it tells them.

use model::{
    PicoUsd, text,
    told::{RemoteCall, RemoteLine, RemoteUsage},
};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        icon::{icon, tile},
        usage_table::figure,
    },
    t,
};

/// Draws them.
pub fn remote_figures(usage: &RemoteUsage) -> Html {
    html! {
        <>
            { sums(usage) }
            <section class="card" id="remote-usage">
                <div class="card-h line"><h2>{ t!("told-by-model") }</h2><span class="sub">{ t!("told-days", count = usage.days) }</span></div>
                if usage.lines.is_empty() {
                    <p class="card-b t3">{ t!("told-no-calls") }</p>
                } else {
                    { by_model(&usage.lines) }
                }
            </section>
            <section class="card" id="remote-calls">
                <div class="card-h line"><h2>{ t!("told-newest-calls") }</h2></div>
                { calls(usage.calls.as_deref()) }
            </section>
        </>
    }
}

fn sums(usage: &RemoteUsage) -> Html {
    let calls: u64 = usage.lines.iter().map(|line| line.calls).sum();
    let tokens = usage.lines.iter().filter_map(|line| line.tokens).reduce(u64::saturating_add);
    let cost = usage.lines.iter().filter_map(|line| line.cost).reduce(PicoUsd::plus);
    let unpriced: u64 = usage.lines.iter().map(|line| line.unpriced_calls).sum();
    let note = (unpriced > 0).then(|| t!("told-unpriced", count = unpriced));
    let one = |id: &'static str, label: String, value: Option<String>, note: Option<String>| {
        html! {
            <div class="kpi" data-tile={id}>
                <dt>{ label }</dt>
                <dd><div class="kpi-v num">{ value.unwrap_or_else(|| t!("no-figure")) }</div>
                    <div class="kpi-d">{ for note.map(|note| html! { <span class="warn-t">{ note }</span> }) }</div></dd>
            </div>
        }
    };
    html! {
        <dl class="kpis" id="remote-tiles">
            { one("cost", t!("told-cost"), cost.map(PicoUsd::display), note) }
            { one("calls", t!("told-calls"), Some(text::group_digits(calls.into())), None) }
            { one("tokens", t!("told-tokens"), tokens.map(|tokens| text::group_digits(tokens.into())), None) }
        </dl>
    }
}

fn head(word: String, number: bool) -> Html {
    html! { <th scope="col" class={number.then_some("n")}>{ word }</th> }
}

fn by_model(lines: &[RemoteLine]) -> Html {
    let row = |line: &RemoteLine| {
        let sign = line.provider_type.map_or_else(|| icon("info"), |kind| tile(kind, "s"));
        html! {
            <tr data-model={line.model_name.clone()}>
                <td><div class="pn">{ sign }<div class="pn-t"><span class="mono" dir="auto">{ &line.model_name }</span></div></div></td>
                { figure(Some(text::group_digits(line.calls.into()))) }
                { figure(line.tokens.map(|tokens| text::group_digits(tokens.into()))) }
                { figure(line.cost.map(PicoUsd::display)) }
                { figure(line.success_rate.map(|rate| format!("{rate:.1}%"))) }
                { figure(line.latency_ms.map(text::latency)) }
            </tr>
        }
    };
    html! {
        <div class="scroll-x" tabindex="0" role="group" aria-label={t!("told-by-model")}>
            <table class="tbl mid">
                <thead><tr>
                    { head(t!("told-model"), false) }{ head(t!("told-calls"), true) }{ head(t!("told-tokens"), true) }
                    { head(t!("told-cost"), true) }{ head(t!("told-success"), true) }{ head(t!("told-latency"), true) }
                </tr></thead>
                <tbody>{ for lines.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

fn calls(calls: Option<&[RemoteCall]>) -> Html {
    let Some(calls) = calls else { return html! { <p class="card-b t3">{ t!("told-sums-alone") }</p> } };
    if calls.is_empty() {
        return html! { <p class="card-b t3">{ t!("told-no-calls") }</p> };
    }
    let row = |call: &RemoteCall| {
        let (class, word) =
            if call.succeeded { ("", t!("told-succeeded")) } else { ("danger-t", t!("told-failed")) };
        let sign = call.provider_type.map_or_else(|| icon("info"), |kind| tile(kind, "s"));
        let provider = call.provider.clone().unwrap_or_else(|| t!("told-deleted"));
        html! {
            <tr>
                <td class="nowrap">{ browser::clock_of(call.at) }</td>
                <td><div class="pn">{ sign }<div class="pn-t"><b dir="auto">{ provider }</b>{ for call.model_name.clone().map(|model| html! { <span class="mono">{ model }</span> }) }</div></div></td>
                <td dir="auto">{ &call.task }</td><td dir="auto">{ &call.user }</td>
                <td {class}>{ word }</td>
                { figure(call.tokens.map(|tokens| text::group_digits(tokens.into()))) }
                { figure(call.cost.map(PicoUsd::display)) }
                { figure(Some(text::latency(call.latency_ms))) }
            </tr>
        }
    };
    html! {
        <div class="scroll-x" tabindex="0" role="group" aria-label={t!("told-newest-calls")}>
            <table class="tbl two">
                <thead><tr>
                    { head(t!("told-time"), false) }{ head(t!("told-provider"), false) }{ head(t!("told-task"), false) }
                    { head(t!("told-user"), false) }{ head(t!("told-status"), false) }{ head(t!("told-tokens"), true) }
                    { head(t!("told-cost"), true) }{ head(t!("told-latency"), true) }
                </tr></thead>
                <tbody>{ for calls.iter().map(row) }</tbody>
            </table>
        </div>
    }
}
