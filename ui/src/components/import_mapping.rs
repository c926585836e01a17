//! What a person can decide about a file: which column is which field, and which provider calls go to.

use model::import::{ImportColumn, ImportField, ImportPreview, ImportSource};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::{
    components::{icon::icon, import_preview::grouped},
    state::import::Edit,
    t,
    texts::name,
};

/// Sources that are listed; the mapping of more is left as it is.
const SOURCES: usize = 60;

fn field_name(field: ImportField) -> String {
    match field {
        ImportField::Time => t!("field-time"),
        ImportField::Until => t!("field-until"),
        ImportField::Started => t!("field-started"),
        ImportField::RequestId => t!("field-request-id"),
        ImportField::Provider => t!("field-vendor"),
        ImportField::Configuration => t!("field-configuration"),
        ImportField::Model => t!("row-model"),
        ImportField::User => t!("field-user"),
        ImportField::Task => t!("field-task"),
        ImportField::Input => t!("field-input"),
        ImportField::CacheRead => t!("field-cache-read"),
        ImportField::CacheWrite => t!("field-cache-write"),
        ImportField::CacheWrite1h => t!("field-cache-write-1h"),
        ImportField::Output => t!("field-output"),
        ImportField::Total => t!("field-total"),
        ImportField::Requests => t!("field-requests"),
        ImportField::Cost => t!("field-cost"),
        ImportField::CostCents => t!("field-cost-cents"),
        ImportField::Currency => t!("field-currency"),
        ImportField::Status => t!("field-status"),
        ImportField::Latency => t!("field-latency"),
        ImportField::Account => t!("field-account"),
        ImportField::Item => t!("field-item"),
        ImportField::Service => t!("field-service"),
        ImportField::Details => t!("field-details"),
        ImportField::Notes => t!("field-notes"),
    }
}

fn chosen(event: &Event) -> String {
    event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default()
}

/// Which column is which field. Closed unless one is missing.
pub fn columns(preview: &ImportPreview, decide: &Callback<Edit>) -> Html {
    let missing: Vec<String> = preview.missing.iter().map(|field| field_name(*field)).collect();
    let line = |(place, column): (usize, &ImportColumn)| column_field(place, column, preview, decide);
    html! {
        <>
            if !missing.is_empty() {
                <p class="note warn" role="alert" id="import-missing">{ icon("alert") }<span>{ t!("columns-missing", names = missing.join(", ")) }</span></p>
            }
            <details class="advanced" id="import-columns" open={!missing.is_empty()}>
                <summary class="form-sec">{ icon("right") }{ t!("columns") }</summary>
                <div class="fields">{ for preview.fields.iter().enumerate().map(line) }</div>
            </details>
        </>
    }
}

fn column_field(
    place: usize,
    column: &ImportColumn,
    preview: &ImportPreview,
    decide: &Callback<Edit>,
) -> Html {
    let field = column.field;
    let id = format!("column-{place}");
    let onchange = decide.reform(move |event: Event| {
        Edit::Column(field, Some(chosen(&event)).filter(|name| !name.is_empty()))
    });
    let option = |name: &String| {
        html! { <option value={name.clone()} selected={column.column.as_ref() == Some(name)}>{ name }</option> }
    };
    html! {
        <div class={classes!("field", (column.needed && column.column.is_none()).then_some("invalid"))}>
            <label for={id.clone()}>{ field_name(field) }</label>
            <select class="inp" {id} {onchange}>
                <option value="" selected={column.column.is_none()}>{ t!("no-column") }</option>
                { for preview.columns.iter().map(option) }
            </select>
        </div>
    }
}

/// Which provider the calls of each vendor and model go to.
pub fn sources(preview: &ImportPreview, decide: &Callback<Edit>) -> Html {
    if preview.sources.is_empty() {
        return Html::default();
    }
    let more = preview.sources.len().saturating_sub(SOURCES);
    let line = |(place, source): (usize, &ImportSource)| source_line(place, source, preview, decide);
    html! {
        <div class="scrolls" tabindex="0" role="region" aria-label={t!("sources")}>
            <table class="tbl" id="import-sources">
                <thead><tr><th scope="col">{ t!("import-source-name") }</th><th scope="col" class="n">{ t!("source-calls") }</th><th scope="col">{ t!("goes-to") }</th></tr></thead>
                <tbody>{ for preview.sources.iter().take(SOURCES).enumerate().map(line) }</tbody>
            </table>
            if more > 0 { <p class="hint">{ t!("and-more", count = more) }</p> }
        </div>
    }
}

fn source_line(
    place: usize,
    source: &ImportSource,
    preview: &ImportPreview,
    decide: &Callback<Edit>,
) -> Html {
    let number = source.configuration.map(|number| t!("configuration-number", number = number));
    let parts: Vec<&str> = [source.provider.as_deref(), number.as_deref(), source.model.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let said = if parts.is_empty() { t!("source-unnamed") } else { name(&parts.join(" · ")) };
    let key = source.key.clone();
    let onchange = decide.reform(move |event: Event| Edit::GoesTo(key.clone(), chosen(&event).parse().ok()));
    let option = |target: &model::import::ImportTarget| {
        let selected = source.goes_to == Some(target.number);
        html! { <option value={target.number.to_string()} {selected}>{ name(&target.display_name) }</option> }
    };
    html! {
        <tr>
            <th scope="row"><span class="mono clip">{ &said }</span></th>
            <td class="n num">{ grouped(source.calls) }</td>
            <td>
                <select class="inp" id={format!("goes-to-{place}")} aria-label={t!("goes-to-of", source = said)} {onchange}>
                    <option value="" selected={source.goes_to.is_none()}>{ t!("no-provider") }</option>
                    { for preview.targets.iter().map(option) }
                </select>
            </td>
        </tr>
    }
}
