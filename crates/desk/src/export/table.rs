//! Figures and calls as tables for spreadsheets and as JSON for programs. Amounts are exact in both; what is not known is
//! an empty cell, never 0.

use std::collections::BTreeMap;

use model::{
    Failure, PicoUsd, Timestamp,
    statistics::{CallView, DataFormat, Measures, Part, UsageQuery, UsageView},
};
use serde_json::json;

use crate::failures;

/// The extension of a format.
pub(crate) fn extension(format: DataFormat) -> &'static str {
    match format {
        DataFormat::Csv => "csv",
        DataFormat::Json => "json",
    }
}

/// The figures of a question: one row for each piece and part with calls.
pub(crate) fn usage(
    query: &UsageQuery,
    view: &UsageView,
    format: DataFormat,
) -> Result<(Vec<u8>, u64), Failure> {
    if format == DataFormat::Json {
        let rates = json!({ "now": rates(&view.now), "before": rates(&view.before), "groups": by_key(view) });
        return pretty(&json!({ "query": query, "usage": view, "rates": rates }))
            .map(|bytes| (bytes, view.pieces.len() as u64));
    }
    let names: BTreeMap<String, &str> = view
        .providers
        .iter()
        .filter_map(|one| Some((one.number.to_string(), one.display_name.as_deref()?)))
        .collect();
    let by_number = query.grouping == model::statistics::Grouping::Provider;
    let mut rows = Vec::new();
    for (place, day) in view.days.iter().enumerate() {
        for part in &view.parts {
            let at = |list: &[u64]| list.get(place).copied().unwrap_or(0);
            if at(&part.calls) == 0 {
                continue;
            }
            let name = names.get(&part.key).filter(|_| by_number).copied().unwrap_or_default();
            let of = part_of(part, place);
            let p99 = view.pieces.get(place).and_then(|piece| piece.latency_p99_ms);
            rows.push(vec![
                day.clone(),
                safe(&part.key),
                safe(name),
                at(&part.calls).to_string(),
                at(&part.tokens).to_string(),
                dollars(part.cost.get(place).copied().flatten()),
                at(&part.succeeded_unpriced).to_string(),
                of.succeeded.to_string(),
                dollars(of.cost_per_success()),
                percent(of.unpriced_rate()),
                p99.map(|p99| p99.to_string()).unwrap_or_default(),
                view.starts.get(place).map(|start| instant(*start)).unwrap_or_default(),
            ]);
        }
    }
    let head = [
        "day",
        "key",
        "name",
        "calls",
        "tokens",
        "cost_usd",
        "calls_without_price",
        "succeeded",
        "cost_per_success_usd",
        "unknown_cost_percent",
        // Percentiles cannot be added, so it is that of the day's calls of all keys.
        "day_latency_p99_ms",
        // Hours of one day are told apart by it.
        "begins_at",
    ];
    written(&head, &rows).map(|bytes| (bytes, rows.len() as u64))
}

/// Calls, newest first.
pub(crate) fn calls(calls: &[CallView], format: DataFormat) -> Result<Vec<u8>, Failure> {
    if format == DataFormat::Json {
        return pretty(&json!({ "calls": calls }));
    }
    let text = |value: &Option<String>| safe(value.as_deref().unwrap_or_default());
    let number = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
    let row = |call: &CallView| {
        vec![
            instant(call.at),
            safe(&call.request_id),
            call.attempt.to_string(),
            call.number.to_string(),
            text(&call.display_name),
            text(&call.provider_type),
            text(&call.model),
            safe(&call.task),
            safe(&call.user),
            text(&call.client),
            safe(&call.status),
            text(&call.error_class),
            number(call.http_status.map(u64::from)),
            number(call.input_tokens),
            number(call.output_tokens),
            dollars(call.cost),
            call.cost_is_estimate.to_string(),
            call.latency_ms.to_string(),
            number(call.first_token_ms),
            text(&call.vendor_request_id),
        ]
    };
    let head = [
        "ended_at",
        "request_id",
        "attempt",
        "configuration",
        "name",
        "vendor",
        "model",
        "task",
        "user",
        "client",
        "status",
        "error",
        "http_status",
        "input_tokens",
        "output_tokens",
        "cost_usd",
        "cost_is_estimate",
        "latency_ms",
        "first_token_ms",
        "vendor_request_id",
    ];
    written(&head, &calls.iter().map(row).collect::<Vec<_>>())
}

/// A spreadsheet takes a text that begins so for a formula, and runs it (OWASP, CSV injection).
pub(crate) fn safe(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

/// What a part's piece says of its calls, as far as rates are made of it.
fn part_of(part: &Part, place: usize) -> Measures {
    let at = |list: &[u64]| list.get(place).copied().unwrap_or(0);
    Measures {
        calls: at(&part.calls),
        succeeded: at(&part.succeeded),
        unpriced: at(&part.unpriced),
        succeeded_unpriced: at(&part.succeeded_unpriced),
        cost: part.cost.get(place).copied().flatten(),
        ..Measures::default()
    }
}

/// What is not a sum, and so is not in the figures themselves.
fn rates(of: &Measures) -> serde_json::Value {
    json!({
        "success_percent": of.success_rate(),
        "unknown_cost_percent": of.unpriced_rate(),
        "cost_per_success_usd": of.cost_per_success().map(|cost| dollars(Some(cost))),
        "latency_p99_ms": of.latency_p99_ms,
    })
}

fn by_key(view: &UsageView) -> BTreeMap<&str, serde_json::Value> {
    view.groups.iter().map(|group| (group.key.as_str(), rates(&group.now))).collect()
}

fn percent(share: Option<f64>) -> String {
    share.map(|share| format!("{share:.2}")).unwrap_or_default()
}

/// All digits that there are, and no others.
fn dollars(cost: Option<PicoUsd>) -> String {
    let Some(PicoUsd(pico)) = cost else { return String::new() };
    let (sign, size) = (if pico < 0 { "-" } else { "" }, pico.unsigned_abs());
    let one = PicoUsd::ONE_USD.unsigned_abs();
    let rest = format!("{:012}", size % one);
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{rest}", size / one)
}

/// RFC 3339 in UTC.
pub(crate) fn instant(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|at| at.to_string()).unwrap_or_default()
}

pub(crate) fn written(head: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, Failure> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let broken = |_| failures::broken_off();
    table.write_record(head).map_err(broken)?;
    for row in rows {
        table.write_record(row).map_err(broken)?;
    }
    table.into_inner().map_err(|_| failures::broken_off())
}

pub(crate) fn pretty(value: &serde_json::Value) -> Result<Vec<u8>, Failure> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|_| failures::broken_off())?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_a_formula() {
        for text in ["=1+1", "+x", "-x", "@x", "\tx", "\rx"] {
            assert_eq!(safe(text), format!("'{text}"));
        }
        assert_eq!((safe("cv_draft"), safe("")), ("cv_draft".to_owned(), String::new()));
    }

    #[test]
    fn an_unknown_cost_is_an_empty_cell_and_a_known_one_exact() {
        assert_eq!(dollars(None), "");
        assert_eq!(dollars(Some(PicoUsd(1_234_567_890_123))), "1.234567890123");
        assert_eq!(
            [0, 1, -5 * PicoUsd::ONE_USD / 2].map(|cost| dollars(Some(PicoUsd(cost)))),
            ["0", "0.000000000001", "-2.5"]
        );
    }

    #[test]
    fn a_rate_of_nothing_is_an_empty_cell() {
        let part = Part {
            key: "cv".to_owned(),
            calls: vec![4, 0],
            succeeded: vec![2, 0],
            unpriced: vec![1, 0],
            cost: vec![Some(PicoUsd(PicoUsd::ONE_USD)), Some(PicoUsd(0))],
            succeeded_unpriced: vec![0, 0],
            tokens: vec![9, 0],
        };
        let read = |place| {
            let of = part_of(&part, place);
            (dollars(of.cost_per_success()), percent(of.unpriced_rate()))
        };
        assert_eq!(read(0), ("0.5".to_owned(), "25.00".to_owned()));
        assert_eq!(read(1), (String::new(), String::new()));
        assert_eq!(read(7), (String::new(), String::new()));
    }

    #[test]
    fn instants_are_those_of_utc() {
        assert_eq!(instant(Timestamp(1_795_444_320_000)), "2026-11-23T14:32:00Z");
    }
}
