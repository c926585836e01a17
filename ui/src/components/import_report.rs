//! What an import came to; for a vendor's export, what the vendor says beside what the log knows.

use model::import::{ImportReport, ReportedMonth, ReportedSums, ReportedUsage};
use model::text::short_count;
use yew::prelude::*;

use crate::{
    components::{
        icon::{icon, tile},
        import_preview::{figure, form_name, grouped},
    },
    t,
};

/// The figures, and the comparison when it is there.
pub fn report(done: &ImportReport, reported: Option<&ReportedUsage>) -> Html {
    let rows = done.written + done.replaced;
    html! {
        <>
            <p class="note ok" role="status" id="import-done">{ icon("okc") }<span>{ t!("imported", count = rows, shown = grouped(rows), form = form_name(done.format)) }</span></p>
            <dl class="sums">
                { figure(t!("rows-written"), grouped(rows)) }
                { figure(t!("rows-known"), grouped(done.known)) }
                { figure(t!("import-left-out"), grouped(done.left_out + done.too_old)) }
                { figure(t!("cost-of-new"), done.cost.display()) }
            </dl>
            if let Some(reported) = reported { { compared(reported) } }
        </>
    }
}

fn compared(reported: &ReportedUsage) -> Html {
    html! {
        <div class="scrolls" tabindex="0" role="region" aria-label={t!("reported")}>
            <table class="tbl" id="reported-usage">
                <caption class="hint">{ t!("reported-text") }</caption>
                <thead><tr>
                    <th scope="col">{ t!("reported-by") }</th><th scope="col">{ t!("reported-days") }</th>
                    <th scope="col" class="n">{ t!("reported-tokens") }</th><th scope="col" class="n">{ t!("reported-cost") }</th>
                </tr></thead>
                <tbody>{ for reported.months.iter().map(month) }</tbody>
            </table>
        </div>
    }
}

fn days(month: &ReportedMonth) -> String {
    if month.first_day == month.last_day {
        return month.first_day.clone();
    }
    format!("{} – {}", month.first_day, month.last_day)
}

fn month(month: &ReportedMonth) -> Html {
    let tokens = |sums: &ReportedSums| match (sums.input_tokens, sums.output_tokens) {
        (Some(input), Some(output)) => short_count(input.saturating_add(output)),
        _ => t!("import-unknown"),
    };
    let cost = |sums: &ReportedSums| sums.cost.map_or_else(|| t!("import-unknown"), model::PicoUsd::display);
    let pair = |said: String, logged: String| html! { <td class="n num">{ said }<span class="t3">{ format!(" / {logged}") }</span></td> };
    html! {
        <tr>
            <th scope="row"><span class="row">{ tile(month.provider_type, "s") }<span>{ form_name(month.format) }</span></span></th>
            <td class="num">{ days(month) }</td>
            { pair(tokens(&month.reported), tokens(&month.logged)) }
            { pair(cost(&month.reported), cost(&month.logged)) }
        </tr>
    }
}
