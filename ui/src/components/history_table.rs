//! Entries of the log of acts, each with what changed in it, field by field.

use model::{
    audit::{AuditLine, FieldChange},
    text,
};
use yew::prelude::*;

use crate::{browser, components::icon::icon, state::acts, t};

/// The entries.
pub struct HistoryTable<'a> {
    /// Newest first.
    pub entries: &'a [AuditLine],
    /// The one that is opened.
    pub open: Option<i64>,
    /// The one that the verification named.
    pub broken: Option<i64>,
    /// Open one, or close it.
    pub on_open: Callback<i64>,
    /// Show this record alone.
    pub on_record: Callback<String>,
    /// Copy one as JSON.
    pub on_copy: Callback<String>,
}

/// Draws the entries.
pub fn history_table(table: &HistoryTable<'_>) -> Html {
    let head = |word: String| html! { <th scope="col">{ word }</th> };
    html! {
        <div class="scroll-x" tabindex="0" role="group" aria-label={t!("history")}>
            <table class="tbl history" id="history">
                <thead><tr>
                    { head(t!("history-entry")) }{ head(t!("history-time")) }{ head(t!("history-actor")) }
                    { head(t!("history-action")) }{ head(t!("history-record")) }{ head(t!("history-detail")) }
                </tr></thead>
                <tbody>{ for table.entries.iter().map(|entry| rows(entry, table)) }</tbody>
            </table>
        </div>
    }
}

fn rows(entry: &AuditLine, table: &HistoryTable<'_>) -> Html {
    let (id, open) = (entry.id, table.open == Some(entry.id));
    let onclick = table.on_open.reform(move |_: MouseEvent| id);
    let number = text::group_digits(id.unsigned_abs().into());
    let broken = table.broken == Some(id);
    let record = entry.record_name.clone().or_else(|| entry.record.clone()).unwrap_or_default();
    html! {
        <>
            <tr key={id} data-entry={id.to_string()} class={classes!(open.then_some("sel"))}>
                <td>
                    <button type="button" class="entry" aria-expanded={open.to_string()} aria-label={t!("history-open", entry = number.as_str())} {onclick}>
                        { icon(if open { "down" } else { "right" }) }<span>{ number.clone() }</span>
                    </button>
                </td>
                <td class="nowrap">{ browser::clock_of(entry.at) }</td>
                <td dir="auto">{ &entry.actor }</td>
                <td title={entry.action.clone()}>{ acts::act(&entry.action) }</td>
                <td dir="auto">{ record }</td>
                <td>
                    if broken { <span class="st danger">{ icon("alert") }{ t!("history-broken-here") }</span> }
                    else { { detail(entry) } }
                </td>
            </tr>
            if open { <tr class="sel diff-r"><td colspan="6">{ opened(entry, table) }</td></tr> }
        </>
    }
}

fn detail(entry: &AuditLine) -> Html {
    match entry.changes.as_slice() {
        [] => Html::default(),
        // A list is for what opens below, where it is whole.
        [one] if one.after.as_deref().is_none_or(|value| !value.starts_with(['[', '{'])) => {
            html! { <span class="t2" dir="auto">{ short(one) }</span> }
        }
        many => html! { <span class="t2">{ t!("fields-changed", count = many.len()) }</span> },
    }
}

fn short(change: &FieldChange) -> String {
    let value = change.after.as_deref().unwrap_or("–");
    let cut: String = value.chars().take(40).collect();
    format!("{}: {cut}", acts::field(&change.field))
}

fn opened(entry: &AuditLine, table: &HistoryTable<'_>) -> Html {
    let copy = {
        let json = serde_json::to_string_pretty(entry).unwrap_or_default();
        table.on_copy.reform(move |_: MouseEvent| json.clone())
    };
    let only = entry.record.clone().map(|record| {
        let onclick = table.on_record.reform(move |_: MouseEvent| record.clone());
        html! { <button type="button" class="btn link sm" data-only="" {onclick}>{ t!("history-only-record") }</button> }
    });
    let fact = |name: String, value: String| html! { <span>{ name }{ " " }<span class="mono">{ value }</span></span> };
    html! {
        <div class="diff">
            if !entry.changes.is_empty() {
                <table>
                    <thead><tr>
                        <th scope="col">{ t!("history-field") }</th><th scope="col">{ t!("history-before") }</th><th scope="col">{ t!("history-after") }</th>
                    </tr></thead>
                    <tbody>{ for entry.changes.iter().map(change) }</tbody>
                </table>
            }
            <div class="diff-f">
                { fact(t!("history-action"), entry.action.clone()) }
                { fact(t!("history-mac"), entry.mac.chars().take(16).collect()) }
                { fact(t!("history-machine"), entry.machine.clone()) }
                { for entry.ip_address.clone().map(|address| fact(t!("history-address"), address)) }
                { fact(t!("history-at"), format!("{}, {}", browser::date_of(entry.at), browser::zone())) }
                <span class="push"></span>
                { for only }
                <button type="button" class="btn link sm" data-copy="" onclick={copy}>{ icon("copy") }<span>{ t!("history-copy") }</span></button>
            </div>
        </div>
    }
}

fn change(change: &FieldChange) -> Html {
    let cell = |class: &'static str, value: &Option<String>, none: String| match value {
        Some(value) => html! { <td class={classes!("mono", class)} dir="auto">{ value }</td> },
        None => {
            html! { <td class={class}><span aria-hidden="true">{ "–" }</span><span class="vh">{ none }</span></td> }
        }
    };
    html! {
        <tr>
            <th scope="row" title={change.field.clone()}>{ acts::field(&change.field) }</th>
            { cell("was", &change.before, t!("history-none")) }
            { cell("is", &change.after, t!("history-none")) }
        </tr>
    }
}
