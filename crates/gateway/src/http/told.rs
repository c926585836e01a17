//! What an answer's headers tell about how it came about.

use http::{HeaderMap, HeaderName};
use model::{PicoUsd, call::Degradation, gateway::Fallback, limits::LimitState};

use super::{fault::instant, reply::put};
use crate::{Counted, Served, ServedStream};

const PROVIDER: HeaderName = HeaderName::from_static("x-signalbox-provider");
const FALLBACKS: HeaderName = HeaderName::from_static("x-signalbox-fallbacks");
const COST: HeaderName = HeaderName::from_static("x-signalbox-cost-usd");
const DEGRADED: HeaderName = HeaderName::from_static("x-signalbox-degraded");
const WARNING: HeaderName = HeaderName::from_static("x-signalbox-limit-warning");
const IGNORED: HeaderName = HeaderName::from_static("x-signalbox-ignored");

/// Of a whole answer.
pub(crate) fn whole(headers: &mut HeaderMap, served: &Served) {
    put(headers, PROVIDER, &served.provider.to_string());
    fallbacks(headers, &served.fallbacks);
    if let Some(cost) = served.cost {
        put(headers, COST, &usd(cost));
    }
    degraded(headers, &served.answer.degraded);
    warnings(headers, &served.warnings);
}

/// Of a stream; its cost is known only at its end.
pub(crate) fn streamed(headers: &mut HeaderMap, served: &ServedStream) {
    put(headers, PROVIDER, &served.provider().to_string());
    fallbacks(headers, served.fallbacks());
    degraded(headers, served.degraded());
    warnings(headers, served.warnings());
}

/// Of a count.
pub(crate) fn counted(headers: &mut HeaderMap, counted: Counted) {
    put(headers, PROVIDER, &counted.provider.to_string());
}

/// Fields of the request that were left out.
pub(crate) fn ignored(headers: &mut HeaderMap, fields: &str) {
    if !fields.is_empty() {
        put(headers, IGNORED, fields);
    }
}

fn fallbacks(headers: &mut HeaderMap, fallbacks: &[Fallback]) {
    headers.insert(FALLBACKS, fallbacks.len().into());
}

fn degraded(headers: &mut HeaderMap, degraded: &[Degradation]) {
    if !degraded.is_empty() {
        let names: Vec<&str> = degraded.iter().map(|one| name(*one)).collect();
        put(headers, DEGRADED, &names.join(", "));
    }
}

fn warnings(headers: &mut HeaderMap, warnings: &[LimitState]) {
    if !warnings.is_empty() {
        let warnings: Vec<String> = warnings.iter().map(warning).collect();
        put(headers, WARNING, &warnings.join(", "));
    }
}

fn warning(limit: &LimitState) -> String {
    let percent = limit.warning().unwrap_or(0);
    let resets = limit.resets_at.map(|at| format!(";resets={}", instant(at))).unwrap_or_default();
    format!("{};used={percent}%;left={}{resets}", limit.kind.as_str(), limit.left())
}

fn name(degradation: Degradation) -> &'static str {
    match degradation {
        Degradation::SchemaByInstruction => "schema_by_instruction",
        Degradation::PdfAsText => "pdf_as_text",
        Degradation::TemperatureDropped => "temperature_dropped",
        Degradation::EffortChanged => "effort_changed",
        Degradation::StopDropped => "stop_dropped",
    }
}

/// An exact decimal number of dollars: `0.00045`.
fn usd(cost: PicoUsd) -> String {
    let sign = if cost.0 < 0 { "-" } else { "" };
    let (whole, pico) =
        (cost.0.unsigned_abs() / 1_000_000_000_000, cost.0.unsigned_abs() % 1_000_000_000_000);
    let text = format!("{sign}{whole}.{pico:012}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use model::{Timestamp, limits::LimitKind};

    use super::*;

    #[test]
    fn a_cost_has_all_its_digits_and_no_more() {
        let shown = [450_000_000, 0, 1_000_000_000_000, 1, 12_340_000_000_000].map(|pico| usd(PicoUsd(pico)));
        assert_eq!(shown, ["0.00045", "0", "1", "0.000000000001", "12.34"]);
    }

    #[test]
    fn a_warning_names_its_limit() {
        let resets_at = Some(Timestamp(1_795_564_800_000));
        let limit = LimitState { kind: LimitKind::DailyTokens, cap: 100, used: 96, resets_at };
        assert_eq!(warning(&limit), "daily_tokens;used=95%;left=4;resets=2026-11-25T00:00:00Z");
    }
}
