//! The calls behind a mark: a table of what the log says about each, and more of it on demand.

use model::statistics::CallView;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        empty_list::not_read,
        field::{Frame, described_by, framed},
        icon::{icon, tile},
    },
    state::{
        toast::sentence_case,
        usage::calls::{CallRow, Calls, Least},
        workspace::Load,
    },
    t,
};

/// The list.
pub struct CallList<'a> {
    /// The calls.
    pub calls: &'a Calls,
    /// By which zone's clock they are told.
    pub zone: &'a str,
    /// Back to where they were asked for.
    pub on_back: Callback<()>,
    /// A further page, or the first one again.
    pub on_more: Callback<()>,
    /// Only calls that took and cost at least so much, or the one of a request.
    pub on_narrow: Callback<Least>,
}

/// Draws the list.
pub fn call_list(list: &CallList<'_>) -> Html {
    let back = list.on_back.reform(|_: MouseEvent| ());
    let title = t!("calls-behind", words = list.calls.behind.words());
    let body = match &list.calls.list {
        Load::Waiting => html! {
            <div class="card-b" aria-busy="true" role="status">
                <span class="vh">{ t!("reading-calls") }</span>
                <div class="chart-sk tall late" aria-hidden="true"><span class="sk"></span></div>
            </div>
        },
        Load::Failed(failure) => not_read(failure, &list.on_more),
        Load::Ready(calls) if calls.is_empty() => {
            html! { <p class="chart-0 t3">{ t!("no-calls-behind") }</p> }
        }
        Load::Ready(calls) => table(calls, &title, list.zone),
    };
    html! {
        <section class="card" aria-labelledby="calls-behind">
            <div class="card-h line">
                <h2 id="calls-behind" tabindex="-1" dir="auto">{ title.clone() }</h2>
                <span class="sub" role="status">{ list.calls.shown() }</span>
                <button type="button" class="btn sm push" id="back-to-charts" onclick={back}>{ t!("back-to-charts") }</button>
            </div>
            { narrowed(list) }
            { body }
            { more(list) }
        </section>
    }
}

fn narrowed(list: &CallList<'_>) -> Html {
    let least = &list.calls.least;
    let on_change = |change: fn(Least, String) -> Least| {
        let least = least.clone();
        list.on_narrow.reform(move |event: Event| {
            change(least.clone(), event.target_unchecked_into::<HtmlInputElement>().value())
        })
    };
    let input = |id: &'static str, value: &str, suffix, wrong: bool, onchange| {
        html! {
            <div class="inp-w sfx">
                <input class="inp num" {id} value={value.to_owned()} inputmode="decimal" autocomplete="off"
                    aria-invalid={wrong.to_string()} aria-describedby={described_by(id)} {onchange} />
                <span class="suffix" aria-hidden="true">{ suffix }</span>
            </div>
        }
    };
    let field = |id, label, error: Option<String>, suffix, value: &str, onchange| {
        let input = input(id, value, suffix, error.is_some(), onchange);
        framed(
            Frame { id, label, remark: String::new(), error: error.as_deref(), hint: String::new() },
            input,
        )
    };
    html! {
        <div class="card-b calls-least">
            { field("calls-latency", t!("calls-latency-from"), least.latency_ms().err(), "s", &least.latency,
                on_change(|least, latency| Least { latency, ..least })) }
            { field("calls-cost", t!("calls-cost-from"), least.cost().err(), "$", &least.cost,
                on_change(|least, cost| Least { cost, ..least })) }
            { framed(
                Frame { id: "calls-request", label: t!("column-request-id"), remark: String::new(), error: None, hint: String::new() },
                html! {
                    <input class="inp mono" id="calls-request" value={least.request.clone()} autocomplete="off" spellcheck="false"
                        aria-describedby={described_by("calls-request")} onchange={on_change(|least, request| Least { request, ..least })} />
                },
            ) }
        </div>
    }
}

fn more(list: &CallList<'_>) -> Html {
    let calls = list.calls;
    if calls.next.is_none() {
        return Html::default();
    }
    let onclick = list.on_more.reform(|_: MouseEvent| ());
    html! {
        <div class="card-b calls-more">
            { for calls.failure.iter().map(|failure| html! {
                <p class="err" role="alert">{ sentence_case(&failure.message) }{ ". " }{ failure.advice.clone() }</p>
            }) }
            <button type="button" class="btn" id="more-calls" disabled={calls.reading} aria-busy={calls.reading.to_string()} {onclick}>{ t!("more-calls") }</button>
        </div>
    }
}

fn table(calls: &[CallView], title: &str, zone: &str) -> Html {
    let head =
        |word: String, number: bool| html! { <th scope="col" class={number.then_some("n")}>{ word }</th> };
    html! {
        <div class="scroll-x" tabindex="0" role="group" aria-label={title.to_owned()}>
            <table class="tbl two" id="calls">
                <thead><tr>
                    { head(t!("column-time"), false) }{ head(t!("column-provider"), false) }
                    { head(t!("column-task"), false) }{ head(t!("column-user"), false) }{ head(t!("column-status"), false) }
                    { head(t!("column-tokens-in-out"), true) }{ head(t!("cost"), true) }{ head(t!("latency"), true) }
                    { head(t!("column-request-id"), false) }
                </tr></thead>
                <tbody>{ for calls.iter().map(|call| row(call, zone)) }</tbody>
            </table>
        </div>
    }
}

fn row(call: &CallView, zone: &str) -> Html {
    let row = CallRow::of(call);
    let tokens = row.tokens.unwrap_or_else(|| t!("unknown"));
    let status = if row.succeeded { "" } else { "danger-t" };
    html! {
        <tr key={call.id}>
            <td class="nowrap">{ browser::clock_in(row.at, zone) }</td>
            <td>
                <div class="pn">{ row.vendor.map_or_else(|| icon("info"), |vendor| tile(vendor, "s")) }
                    <div class="pn-t"><b dir="auto">{ row.provider }</b>{ for row.model.map(|model| html! { <span class="mono">{ model }</span> }) }</div></div>
            </td>
            <td dir="auto">{ row.task }</td><td dir="auto">{ row.user }</td>
            <td class={status}>{ row.status }</td>
            <td class="n">{ tokens }</td><td class="n">{ row.cost }</td><td class="n">{ row.latency }</td>
            <td class="mono" dir="auto">{ row.request_id }</td>
        </tr>
    }
}
