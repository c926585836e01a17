//! The table of budgets: what is spent of each, where it will end, and how that stands.

use model::budgets::BudgetView;
use yew::prelude::*;

use crate::{
    components::icon::icon,
    state::{
        age::catalog_date,
        budgets::{forecast, lasting, percent, percent_word, standing, unpriced, whose},
    },
    t,
};

/// What can be asked of a budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BudgetDeed {
    /// Draw what is left of it, day by day.
    Draw,
    /// Change it.
    Edit,
    /// Delete it.
    Delete,
}

/// The table.
pub fn budget_table(budgets: &[BudgetView], on_deed: &Callback<(i64, BudgetDeed)>) -> Html {
    html! {
        <section class="card scroll-x">
            <table class="tbl mid bg" aria-label={t!("budgets")}>
                <thead><tr>
                    <th scope="col">{ t!("column-budget") }</th>
                    <th scope="col" class="w-spent">{ t!("column-spent") }</th>
                    <th scope="col">{ t!("column-forecast") }</th>
                    <th scope="col">{ t!("column-ends") }</th>
                    <th scope="col">{ t!("column-status") }</th>
                    <th scope="col"><span class="vh">{ t!("column-actions") }</span></th>
                </tr></thead>
                <tbody>{ for budgets.iter().map(|budget| row(budget, on_deed)) }</tbody>
            </table>
        </section>
    }
}

fn row(budget: &BudgetView, on_deed: &Callback<(i64, BudgetDeed)>) -> Html {
    let shown = whose(&budget.draft.scope, budget.name.as_deref());
    let (tone, sign, word) = standing(budget);
    let id = budget.id;
    let draw = on_deed.reform(move |_: MouseEvent| (id, BudgetDeed::Draw));
    let act = |deed, name: &'static str, label: String| {
        let onclick = on_deed.reform(move |_: MouseEvent| (id, deed));
        let sign = if deed == BudgetDeed::Edit { "edit" } else { "trash" };
        html! { <button type="button" class="ib" data-action={name} aria-label={label.clone()} title={label} {onclick}>{ icon(sign) }</button> }
    };
    html! {
        <tr key={id.to_string()} data-budget-id={id.to_string()}>
            <td><div class="pn-t"><button type="button" class="row-link" data-action="draw" title={t!("draw-budget", name = shown.as_str())} onclick={draw}><b dir="auto">{ &shown }</b></button>
                <span>{ lasting(&budget.draft) }</span></div></td>
            <td class="w-spent">{ spent(budget, tone, &shown) }</td>
            <td>{ expected(budget) }</td>
            <td class="nw">{ catalog_date(&budget.last_day) }</td>
            <td data-cell="status"><span class={classes!("st", tone)}>{ icon(sign) }{ word }</span></td>
            <td class="acts">
                { act(BudgetDeed::Edit, "edit", t!("edit-name", name = shown.as_str())) }
                { act(BudgetDeed::Delete, "delete", t!("delete-name", name = shown.as_str())) }
            </td>
        </tr>
    }
}

fn spent(budget: &BudgetView, tone: &'static str, shown: &str) -> Html {
    let percent = percent(budget);
    let tone = match percent {
        100.. => "danger",
        80.. => "warn",
        _ if tone == "ok" => "",
        _ => tone,
    };
    let unknown = unpriced(budget.unpriced);
    // Of nothing but unknown prices, nothing is known.
    let amount =
        if budget.spent.0 == 0 && unknown.is_some() { t!("unknown") } else { budget.spent.display() };
    html! {
        <>
            <div class="meter-t"><b>{ amount }</b>
                <span>{ t!("budget-of", amount = budget.draft.amount.display(), percent = percent_word(percent)) }</span></div>
            <svg class={classes!("meter", tone)} role="meter" viewBox="0 0 100 4" preserveAspectRatio="none"
                aria-label={t!("budget-meter", name = shown, percent = percent)}
                aria-valuemin="0" aria-valuemax="100" aria-valuenow={percent.min(100).to_string()}>
                <rect class="track" width="100" height="4" />
                <rect class="fill" width={percent.min(100).to_string()} height="4" />
            </svg>
            if let Some(unknown) = unknown { <p class="unpriced" title={t!("budget-unpriced-hint")}>{ unknown }</p> }
        </>
    }
}

fn expected(budget: &BudgetView) -> Html {
    let (amount, line) = forecast(&budget.forecast);
    let hint = amount.is_some().then(|| t!("forecast-hint"));
    html! {
        <div class="cell2" title={hint}>
            if let Some(amount) = amount { <span class="num">{ amount }</span> } else {
                <span class="t3"><span aria-hidden="true">{ t!("no-figure") }</span><span class="vh">{ t!("no-data") }</span></span>
            }
            <span>{ line }</span>
        </div>
    }
}
