//! What a file of usage is and would come to: its form, counts, the first rows, and those that cannot be imported.

use model::{
    import::{FaultFile, ImportFault, ImportFormat, ImportPreview, ImportedRow},
    text::{self, short_count},
};
use yew::prelude::*;

use crate::{
    browser,
    components::icon::{icon, tile},
    state::heard::heard,
    t,
    texts::name,
};

/// The name of a form.
pub fn form_name(format: ImportFormat) -> String {
    match format {
        ImportFormat::UsageLogs => t!("form-usage-logs"),
        ImportFormat::LitellmSpendLogs => t!("form-litellm"),
        ImportFormat::OtherCalls => t!("form-other"),
        ImportFormat::OpenaiUsage => t!("form-openai-usage"),
        ImportFormat::OpenaiCosts => t!("form-openai-costs"),
        ImportFormat::ClaudeUsage => t!("form-claude-usage"),
        ImportFormat::ClaudeCosts => t!("form-claude-costs"),
        ImportFormat::GoogleBilling => t!("form-google"),
    }
}

/// A count with its separators.
pub fn grouped(number: u64) -> String {
    text::group_digits(number.into())
}

/// A figure and its word.
pub fn figure(word: String, value: String) -> Html {
    html! { <div><dt>{ word }</dt><dd class="num">{ value }</dd></div> }
}

/// The form, the figures, and what is to be known about them.
pub fn overview(preview: &ImportPreview) -> Html {
    let of_a_vendor = preview.format.reported_by().is_some();
    let span = match (preview.first, preview.last) {
        (Some(first), Some(last)) => match (browser::date_of(first), browser::date_of(last)) {
            (first, last) if first == last => first,
            (first, last) => t!("import-span", first = first, last = last),
        },
        _ => String::new(),
    };
    html! {
        <>
            <p id="import-form" role="status">
                <b>{ form_name(preview.format) }</b>{ format!(" · {}", t!("import-row-count", count = preview.rows, shown = grouped(preview.rows))) }
                if !span.is_empty() { { format!(" · {span}") } }
            </p>
            if preview.missing.is_empty() {
                <dl class="sums" id="import-sums">
                    { figure(t!("rows-new"), grouped(preview.new + preview.replaced)) }
                    { figure(t!("rows-known"), grouped(preview.known)) }
                    { figure(t!("rows-bad"), grouped(preview.bad)) }
                    { figure(t!("cost-of-new"), preview.cost.display()) }
                </dl>
            }
            if of_a_vendor { <p class="note" id="import-sums-note">{ icon("info") }<span>{ t!("import-sums-note") }</span></p> }
            <ul class="hints">{ for hints(preview).into_iter().map(|hint| html! { <li class="hint">{ hint }</li> }) }</ul>
        </>
    }
}

fn hints(preview: &ImportPreview) -> Vec<String> {
    let hint = |count: u64, text: fn(u64, String) -> String| (count > 0).then(|| text(count, grouped(count)));
    [
        hint(preview.replaced, |count, shown| t!("rows-replaced", count = count, shown = shown)),
        hint(preview.too_old, |count, shown| t!("rows-too-old", count = count, shown = shown)),
        hint(preview.empty, |count, shown| t!("rows-empty", count = count, shown = shown)),
        hint(preview.unpriced, |count, shown| t!("rows-unpriced", count = count, shown = shown)),
        hint(preview.rounded, |count, shown| t!("rows-rounded", count = count, shown = shown)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The first rows as they would be imported.
pub fn sample(preview: &ImportPreview) -> Html {
    if preview.sample.is_empty() {
        return Html::default();
    }
    let head =
        |word: String, numeric: bool| html! { <th scope="col" class={numeric.then_some("n")}>{ word }</th> };
    html! {
        <div class="scrolls" tabindex="0" role="region" aria-label={t!("first-rows")}>
            <table class="tbl" id="import-sample">
                <thead><tr>
                    { head(t!("line"), true) }{ head(t!("row-time"), false) }{ head(t!("row-model"), false) }
                    { head(t!("row-who"), false) }{ head(t!("row-tokens"), true) }{ head(t!("row-cost"), true) }
                </tr></thead>
                <tbody>{ for preview.sample.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

fn row(row: &ImportedRow) -> Html {
    let unknown = || t!("import-unknown");
    let tokens = match (row.input_tokens, row.output_tokens) {
        (Some(input), Some(output)) => format!("{} / {}", short_count(input), short_count(output)),
        _ => unknown(),
    };
    let who: Vec<&str> =
        [row.user.as_str(), row.task.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
    html! {
        <tr>
            <td class="n num">{ grouped(row.line) }</td>
            <td class="num">{ format!("{} {}", browser::date_of(row.at), browser::time_of(row.at)) }</td>
            <th scope="row"><span class="row">{ tile(row.provider_type, "s") }<span class="mono clip">{ name(&row.model) }</span></span></th>
            <td><span class="clip">{ name(&who.join(" · ")) }</span></td>
            <td class="n num">{ tokens }</td>
            <td class="n num">{ row.cost.map_or_else(unknown, model::PicoUsd::display) }</td>
        </tr>
    }
}

/// The rows that cannot be imported, and a way to have all of them in a file.
pub fn faults(
    preview: &ImportPreview,
    saved: Option<&FaultFile>,
    saving: bool,
    on_save: &Callback<()>,
) -> Html {
    if preview.faults.is_empty() {
        return Html::default();
    }
    let more = preview.bad - preview.faults.len() as u64;
    html! {
        <>
            <div class="note warn" id="import-faults-note">
                { icon("alert") }
                <div class="grow">
                    <p><b>{ t!("rows-cannot", count = preview.bad, shown = grouped(preview.bad)) }</b></p>
                    if let Some(file) = saved {
                        <p role="status" id="faults-saved">{ t!("faults-saved", path = file.path.as_str()) }</p>
                    } else {
                        <p>{ t!("rows-cannot-text") }</p>
                    }
                </div>
                <button type="button" class="btn sm" id="save-faults" disabled={saving} aria-busy={saving.to_string()} onclick={on_save.reform(|_: MouseEvent| ())}>
                    <span>{ t!("save-faults") }</span>
                </button>
            </div>
            <div class="scrolls" tabindex="0" role="region" aria-label={t!("rows-bad")}>
                <table class="tbl" id="import-faults">
                    <thead><tr><th scope="col" class="n">{ t!("line") }</th><th scope="col">{ t!("column") }</th><th scope="col">{ t!("fault") }</th></tr></thead>
                    <tbody>{ for preview.faults.iter().map(fault) }</tbody>
                </table>
                if more > 0 { <p class="hint">{ t!("and-more", count = more) }</p> }
            </div>
        </>
    }
}

fn fault(fault: &ImportFault) -> Html {
    html! {
        <tr>
            <td class="n num">{ grouped(fault.line) }</td>
            <td class="mono">{ fault.column.clone() }</td>
            <td class="wraps">{ crate::state::toast::sentence_case(&fault.message) }{ ". " }<span class="t3">{ heard(&fault.advice) }</span></td>
        </tr>
    }
}
