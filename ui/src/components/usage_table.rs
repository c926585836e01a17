//! The table by provider and model.

use model::text;
use yew::prelude::*;

use crate::{
    components::{
        icon::{icon, tile},
        usage_tiles::arrow,
    },
    state::usage::{
        behind::Behind,
        breakdown::{self, Column, Order},
        figures::{Figures, ProviderFigures, Totals},
    },
    t,
};

/// The table.
pub struct UsageTable<'a> {
    /// All figures.
    pub figures: &'a Figures,
    /// Its order.
    pub order: Order,
    /// A head was clicked.
    pub on_order: Callback<Column>,
    /// The calls of a configuration are asked for.
    pub on_open: Callback<Behind>,
}

/// Draws the table.
pub fn usage_table(table: &UsageTable<'_>) -> Html {
    let rows = breakdown::rows(table.figures, table.order);
    let (week, month) = (
        breakdown::sum(table.figures, |provider| &provider.week),
        breakdown::sum(table.figures, |provider| &provider.month),
    );
    html! {
        <section class="card" id="breakdown">
            <div class="card-h line"><h2>{ t!("by-provider") }</h2><span class="sub">{ t!("by-provider-sub") }</span></div>
            <div class="scroll-x" tabindex="0" role="group" aria-label={t!("by-provider")}>
                <table class="tbl two">
                    <thead>{ head(table) }</thead>
                    <tbody>{ for rows.iter().map(|provider| row(provider, table)) }</tbody>
                    <tfoot><tr><td>{ t!("all-providers") }</td>{ cells(&week, &month) }</tr></tfoot>
                </table>
            </div>
        </section>
    }
}

fn head(table: &UsageTable<'_>) -> Html {
    let sorted = |column: Column, word: String, number: bool| {
        let on = table.order.by == column;
        // Largest first, but names from A.
        let ascending = (column == Column::Name) != table.order.reversed;
        let sort = on.then_some(if ascending { "ascending" } else { "descending" });
        let onclick = table.on_order.reform(move |_: MouseEvent| column);
        html! {
            <th scope="col" class={number.then_some("n")} aria-sort={sort}>
                <button type="button" class={classes!("sort", on.then_some("on"))} {onclick}>{ word }
                    if on { { icon(if ascending { "rise" } else { "fall" }) } }</button>
            </th>
        }
    };
    let plain = |word: String| html! { <th scope="col" class="n">{ word }</th> };
    html! {
        <tr>
            { sorted(Column::Name, t!("column-provider"), false) }
            { plain(t!("calls-7d")) }{ sorted(Column::Calls, t!("calls-30d"), true) }
            { plain(t!("tokens-7d")) }{ sorted(Column::Tokens, t!("tokens-30d"), true) }
            { plain(t!("cost-7d")) }{ sorted(Column::Cost, t!("cost-30d"), true) }
            { plain(t!("trend")) }
            { sorted(Column::Success, t!("success"), true) }
            { sorted(Column::Latency, "p50 / p95".to_owned(), true) }
        </tr>
    }
}

fn row(provider: &ProviderFigures, table: &UsageTable<'_>) -> Html {
    let behind = Behind::provider(table.figures, provider);
    let onclick = table.on_open.reform(move |_: MouseEvent| behind.clone());
    html! {
        <tr>
            <td>
                <div class="pn">{ provider.vendor.map_or_else(|| icon("info"), |vendor| tile(vendor, "")) }
                    <div class="pn-t"><button type="button" class="row-link" title={t!("show-calls")} {onclick}><b dir="auto">{ &provider.name }</b></button><span class="mono">{ &provider.model }</span></div></div>
            </td>
            { cells(&provider.week, &provider.month) }
        </tr>
    }
}

fn cells(week: &Totals, month: &Totals) -> Html {
    let number = |text: String| html! { <td class="n">{ text }</td> };
    let count = |count: u64| number(text::group_digits(count.into()));
    let trend = breakdown::trend(week, month);
    html! {
        <>
            { count(week.calls) }{ count(month.calls) }
            { number(text::short_count(week.tokens)) }{ number(text::short_count(month.tokens)) }
            { cost(week) }{ cost(month) }
            <td class="n">{ for trend.map(|(words, up)| html! { <span class="delta flat">{ arrow(up) }{ words }</span> }) }</td>
            { figure(breakdown::success(month)) }
            { figure(breakdown::latency(month)) }
        </>
    }
}

fn cost(totals: &Totals) -> Html {
    let (words, unpriced) = breakdown::cost_cell(totals);
    let remark = unpriced.map(|count| t!("plus-unknown", count = count));
    html! { <td class="n">{ words }{ for remark.map(|remark| html! { <small class="t3">{ " " }{ remark }</small> }) }</td> }
}

fn figure(value: Option<String>) -> Html {
    match value {
        Some(value) => html! { <td class="n">{ value }</td> },
        None => {
            html! { <td class="n t3"><span aria-hidden="true">{ t!("no-figure") }</span><span class="vh">{ t!("no-data") }</span></td> }
        }
    }
}
