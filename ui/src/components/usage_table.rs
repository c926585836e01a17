//! The table by provider and model, or by what else was chosen.

use std::rc::Rc;

use model::{statistics::Grouping, text};
use yew::prelude::*;

use crate::{
    components::{
        icon::{icon, tile},
        long_rows::LongRows,
        segmented::{Segmented, segmented},
        usage_tiles::arrow,
    },
    state::usage::{
        behind::Behind,
        breakdown::{self, Column, Order},
        chosen::GROUPINGS,
        figures::{Figures, GroupFigures, ProviderFigures, Totals},
    },
    t,
};

/// The table.
pub struct UsageTable<'a> {
    /// All figures.
    pub figures: &'a Rc<Figures>,
    /// What its rows are.
    pub by: Grouping,
    /// Its order.
    pub order: Order,
    /// Whether the figures are those of another choice, for a moment.
    pub stale: bool,
    /// Other rows are chosen.
    pub on_by: Callback<Grouping>,
    /// A head was clicked.
    pub on_order: Callback<Column>,
    /// The calls of a configuration are asked for.
    pub on_open: Callback<Behind>,
}

/// Draws the table.
pub fn usage_table(table: &UsageTable<'_>) -> Html {
    let by_provider = table.by == Grouping::Provider;
    let sub = if by_provider {
        t!("by-provider-sub")
    } else {
        t!("by-group-sub", span = table.figures.span.words())
    };
    let choices = Segmented {
        id: "usage-by".into(),
        label: t!("rows-by"),
        controls: None,
        options: GROUPINGS.map(|by| (by, grouping_words(by))).to_vec(),
        value: Some(table.by),
        on_choose: table.on_by.clone(),
    };
    html! {
        <section class={classes!("card", table.stale.then_some("stale"))} id="breakdown" aria-busy={table.stale.to_string()}>
            <div class="card-h line"><h2>{ t!("breakdown") }</h2><span class="sub">{ sub }</span><div class="push">{ segmented(choices) }</div></div>
            <div class="scroll-x" tabindex="0" role="group" aria-label={t!("breakdown")}>
                { if by_provider { by_configuration(table) } else { by_group(table) } }
            </div>
        </section>
    }
}

fn grouping_words(by: Grouping) -> String {
    match by {
        Grouping::Provider | Grouping::ProviderType => t!("column-provider"),
        Grouping::Model => t!("filter-model"),
        Grouping::Task => t!("column-task"),
        Grouping::User => t!("column-user"),
        Grouping::Status => t!("column-status"),
    }
}

fn by_configuration(table: &UsageTable<'_>) -> Html {
    let rows: Rc<[ProviderFigures]> =
        breakdown::rows(table.figures, table.order).into_iter().cloned().collect();
    let draw = {
        let (figures, on_open) = (table.figures.clone(), table.on_open.clone());
        Callback::from(move |provider: ProviderFigures| row(&provider, &figures, &on_open))
    };
    let (week, month) = (
        breakdown::sum(table.figures, |provider| &provider.week),
        breakdown::sum(table.figures, |provider| &provider.month),
    );
    html! {
        <table class="tbl two">
            <thead>{ head(table) }</thead>
            <tbody><LongRows<ProviderFigures> {rows} {draw} /></tbody>
            <tfoot><tr><td>{ t!("all-providers") }</td>{ cells(&week, &month) }</tr></tfoot>
        </table>
    }
}

/// Users may be many; who is not among the largest is found by the filter.
const MOST_ROWS: usize = 200;

fn by_group(table: &UsageTable<'_>) -> Html {
    let all = breakdown::groups(table.figures, table.order);
    let left = all.len().saturating_sub(MOST_ROWS);
    let rows: Rc<[GroupFigures]> = all.into_iter().take(MOST_ROWS).cloned().collect();
    let draw = {
        let (figures, on_open, by) = (table.figures.clone(), table.on_open.clone(), table.by);
        Callback::from(move |group: GroupFigures| group_row(&group, &figures, by, &on_open))
    };
    html! {
        <>
            <table class="tbl">
                <thead><tr>
                    { sorted(table, Column::Name, grouping_words(table.by), false) }
                    { sorted(table, Column::Calls, t!("calls"), true) }{ plain(t!("change")) }
                    { sorted(table, Column::Tokens, t!("usage-tokens"), true) }
                    { sorted(table, Column::Cost, t!("cost"), true) }{ plain(t!("change")) }
                    { sorted(table, Column::Success, t!("success"), true) }
                    { sorted(table, Column::Latency, "p50 / p95".to_owned(), true) }
                    { further_heads() }
                </tr></thead>
                <tbody><LongRows<GroupFigures> {rows} {draw} /></tbody>
            </table>
            if left > 0 { <p class="chart-0 t3">{ t!("rows-left-out", count = left) }</p> }
        </>
    }
}

fn group_row(group: &GroupFigures, figures: &Figures, by: Grouping, on_open: &Callback<Behind>) -> Html {
    let behind = Behind::group(figures, by, group);
    let onclick = on_open.reform(move |_: MouseEvent| behind.clone());
    let (now, before) = (&group.now, &group.before);
    let number = |text: String| html! { <td class="n">{ text }</td> };
    let change = |change: Option<(String, Option<bool>)>| {
        html! {
            <td class="n">{ for change.map(|(words, up)| html! { <span class="delta flat">{ arrow(up) }{ words }</span> }) }</td>
        }
    };
    html! {
        <tr key={group.key.clone()}>
            <td><button type="button" class="row-link" title={t!("show-calls")} {onclick}><b dir="auto">{ &group.name }</b></button></td>
            { number(text::group_digits(now.calls.into())) }{ change(breakdown::change(Some(now.calls as f64), Some(before.calls as f64))) }
            { number(text::short_count(now.tokens)) }
            { cost(now) }{ change(breakdown::change(breakdown::known(now), breakdown::known(before))) }
            { figure(breakdown::success(now)) }
            { figure(breakdown::latency(now)) }
            { further(now) }
        </tr>
    }
}

fn sorted(table: &UsageTable<'_>, column: Column, word: String, number: bool) -> Html {
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
}

fn plain(word: String) -> Html {
    html! { <th scope="col" class="n">{ word }</th> }
}

/// What nobody orders by.
fn further_heads() -> Html {
    html! { <>{ plain("p99".to_owned()) }{ plain(t!("column-per-success")) }{ plain(t!("column-unknown-cost")) }</> }
}

fn further(totals: &Totals) -> Html {
    html! {
        <>
            { figure(breakdown::slowest(totals)) }
            { figure(breakdown::per_success(totals)) }
            { figure(breakdown::unknown(totals)) }
        </>
    }
}

fn head(table: &UsageTable<'_>) -> Html {
    html! {
        <tr>
            { sorted(table, Column::Name, t!("column-provider"), false) }
            { plain(t!("calls-7d")) }{ sorted(table, Column::Calls, t!("calls-30d"), true) }
            { plain(t!("tokens-7d")) }{ sorted(table, Column::Tokens, t!("tokens-30d"), true) }
            { plain(t!("cost-7d")) }{ sorted(table, Column::Cost, t!("cost-30d"), true) }
            { plain(t!("trend")) }
            { sorted(table, Column::Success, t!("success"), true) }
            { sorted(table, Column::Latency, "p50 / p95".to_owned(), true) }
            { further_heads() }
        </tr>
    }
}

fn row(provider: &ProviderFigures, figures: &Figures, on_open: &Callback<Behind>) -> Html {
    let behind = Behind::provider(figures, provider);
    let onclick = on_open.reform(move |_: MouseEvent| behind.clone());
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
            { further(month) }
        </>
    }
}

fn cost(totals: &Totals) -> Html {
    let (words, unpriced) = breakdown::cost_cell(totals);
    let remark = unpriced.map(|count| t!("plus-unknown", count = count));
    html! { <td class="n">{ words }{ for remark.map(|remark| html! { <small class="t3">{ " " }{ remark }</small> }) }</td> }
}

/// A cell with a figure, or with the sign that there is none.
pub fn figure(value: Option<String>) -> Html {
    match value {
        Some(value) => html! { <td class="n">{ value }</td> },
        None => {
            html! { <td class="n t3"><span aria-hidden="true">{ t!("no-figure") }</span><span class="vh">{ t!("no-data") }</span></td> }
        }
    }
}
