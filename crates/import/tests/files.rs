//! Exports of every form that is known, and what becomes of their rows.

#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

use std::path::Path;

use import::{Call, CallStatus, FileError, Reading, Sum, faults_file, read};
use model::{
    PicoUsd, ProviderType, Timestamp, TokenUsage,
    import::{FILE_LIMIT, ImportField, ImportFormat, ImportMapping},
};
use proptest::prelude::*;

/// 28 Nov 2026, 12:00 UTC.
const NOW: Timestamp = Timestamp(1_795_867_200_000);
const HOUR: i64 = 3_600_000;
/// 1 Nov 2026, 00:00 UTC.
const NOVEMBER: i64 = 1_793_491_200_000;

fn day(day: i64) -> Timestamp {
    Timestamp(NOVEMBER).plus_days(day - 1)
}

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name);
    std::fs::read_to_string(path).unwrap()
}

fn plain(text: &str) -> Result<Reading, FileError> {
    read(text.as_bytes(), &ImportMapping::default(), NOW)
}

fn file(name: &str) -> Reading {
    plain(&text(name)).unwrap()
}

fn faults(reading: &Reading) -> Vec<(u64, Option<&str>, &str)> {
    let faults = reading.faults.iter();
    faults.map(|fault| (fault.line, fault.column.as_deref(), fault.message.as_str())).collect()
}

fn usd(text: &str) -> Option<PicoUsd> {
    let (whole, fraction) = text.split_once('.').unwrap();
    Some(PicoUsd(format!("{whole}{fraction:0<12}").parse().unwrap()))
}

fn tokens(input: u64, output: u64) -> TokenUsage {
    TokenUsage { input, output, ..TokenUsage::default() }
}

/// What identifies calls and what they say, in an order of its own.
fn said(reading: &Reading) -> Vec<Call> {
    let mut calls = reading.calls.clone();
    calls.iter_mut().for_each(|call| (call.line, call.source) = (0, 0));
    calls.sort_by(|one, other| one.request_id.cmp(&other.request_id));
    calls
}

#[test]
fn the_specifications_logs_are_calls() {
    let reading = file("usage_logs.csv");
    assert_eq!((reading.format, reading.rows, faults(&reading)), (ImportFormat::UsageLogs, 4, vec![]));
    let [one, twin, slow, failed] = &reading.calls[..] else { panic!("{reading:?}") };
    assert_eq!(
        (one.at, one.latency_ms, one.status),
        (Timestamp(day(2).0 + 9 * HOUR + HOUR / 4), 812, CallStatus::Success)
    );
    assert_eq!((one.user.as_str(), one.task.as_str(), one.cost), ("42", "extraction", usd("0.00045")));
    assert_eq!(one.usage, Some(tokens(1_000, 500)));
    assert_ne!(one.request_id, twin.request_id, "two calls that say the same are two calls");
    assert_eq!((slow.status, slow.cost, &slow.usage), (CallStatus::Timeout, None, &Some(tokens(2_000, 0))));
    assert_eq!((failed.status, &failed.usage, failed.line), (CallStatus::Error, &None, 5));
    let sources: Vec<_> = reading.sources.iter().map(|source| (source.configuration, source.calls)).collect();
    assert_eq!(sources, [(Some(1), 2), (Some(2), 2)]);
}

#[test]
fn the_same_calls_have_the_same_ids_in_either_syntax_and_any_order() {
    assert_eq!(said(&file("usage_logs.csv")), said(&file("usage_logs.jsonl")));
}

#[test]
fn each_wound_is_named_by_its_line_and_column_and_never_quoted() {
    let reading = file("usage_logs_every_wound.csv");
    assert_eq!(
        faults(&reading),
        [
            (3, Some("input_tokens"), "the number is not a whole one"),
            (4, Some("total_tokens"), "the total is not the sum of input and output"),
            (5, Some("estimated_cost_usd"), "the cost is below zero"),
            (6, Some("status"), "the status is not known"),
            (7, Some("created_at"), "the time is not understood"),
            (8, Some("created_at"), "the cell is empty"),
            (9, None, "the row has another number of cells than the header"),
            (10, Some("provider_config_id"), "the configuration is not a whole number"),
            (11, Some("input_tokens"), "the cell is empty"),
            (12, Some("task_type"), "the text has an invisible character"),
            (13, Some("latency_ms"), "the latency is not a number of milliseconds"),
            (14, Some("created_at"), "the time is in the future"),
        ]
    );
    assert_eq!((reading.calls.len(), reading.rows), (1, 13));
    let written = faults_file(&reading.faults);
    assert_eq!(written.lines().count(), 13);
    for quoted in ["many", "perhaps", "02/11/2026", "soon"] {
        assert!(!written.contains(quoted), "{written}");
    }
}

#[test]
fn litellms_spend_logs_are_calls_with_what_came_from_the_cache() {
    let reading = file("litellm_spend_logs.jsonl");
    assert_eq!(
        (reading.format, faults(&reading), reading.rounded),
        (ImportFormat::LitellmSpendLogs, vec![], 1)
    );
    let [one, two, three] = &reading.calls[..] else { panic!("{reading:?}") };
    assert_eq!((one.request_id.as_str(), one.latency_ms, one.cost), ("chatcmpl-A1", 1_250, usd("0.000135")));
    assert_eq!(one.usage, Some(TokenUsage { cache_read: 120, ..tokens(380, 200) }));
    assert_eq!((one.user.as_str(), two.user.as_str()), ("default_user_id", "u-7"));
    assert_eq!(two.usage, Some(TokenUsage { cache_read: 1_500, cache_write: 400, ..tokens(600, 500) }));
    assert_eq!((two.status, three.status), (CallStatus::Success, CallStatus::Error));
    let vendors: Vec<_> = reading.sources.iter().map(|source| source.provider_type).collect();
    assert_eq!(vendors, [ProviderType::OpenAi, ProviderType::Claude, ProviderType::Gemini]);
}

#[test]
fn openais_usage_stays_a_sum_and_an_empty_day_is_no_fault() {
    let reading = file("openai_usage.csv");
    assert_eq!((reading.format, reading.empty, reading.calls.len()), (ImportFormat::OpenaiUsage, 1, 0));
    assert_eq!(
        faults(&reading),
        [(4, Some("input_cached_tokens"), "more input came from the cache than there was")]
    );
    let [sum] = &reading.sums[..] else { panic!("{reading:?}") };
    assert_eq!((sum.from, sum.until, sum.requests, sum.cost), (day(1), day(2), Some(10), None));
    assert_eq!(sum.usage, Some(TokenUsage { cache_read: 5_760, ..tokens(53_440, 10_646) }));
    assert_eq!(
        (sum.model.as_str(), sum.account.as_str(), sum.item.as_str()),
        ("gpt-4o-mini", "proj_a", "default · FALSE · user-a · key_a")
    );
}

#[test]
fn pages_of_openais_interface_are_sums_of_their_buckets() {
    let reading = file("openai_usage_pages.jsonl");
    let spans: Vec<_> = reading.sums.iter().map(|sum| (sum.line, sum.from, sum.requests)).collect();
    assert_eq!((spans, faults(&reading)), (vec![(1, day(1), Some(10)), (2, day(3), Some(1))], vec![]));
}

#[test]
fn openais_costs_are_in_dollars_or_refused() {
    let reading = file("openai_costs.csv");
    assert_eq!((reading.format, reading.empty), (ImportFormat::OpenaiCosts, 1));
    assert_eq!(
        (reading.sums[0].cost, reading.sums[0].item.as_str()),
        (usd("0.895874"), "gpt-4o-mini, input")
    );
    assert_eq!(faults(&reading), [(4, Some("amount_currency"), "the amount is not in US dollars")]);
    let page = file("openai_costs_page.json");
    assert_eq!((page.sums[0].cost, page.sums[0].line, page.sums.len()), (usd("0.06"), 9, 1));
}

#[test]
fn anthropics_usage_has_its_caches_beside_the_input() {
    let expected =
        TokenUsage { cache_read: 2_000, cache_write: 15_969, cache_write_1h: 100, ..tokens(46_981, 16_932) };
    let reading = file("claude_usage.csv");
    assert_eq!(
        (reading.format, faults(&reading), reading.sums.len()),
        (ImportFormat::ClaudeUsage, vec![], 2)
    );
    assert_eq!(
        (&reading.sums[0].usage, reading.sums[0].from, reading.sums[0].until),
        (&Some(expected), day(5), day(6))
    );
    let expected =
        TokenUsage { cache_read: 200, cache_write: 500, cache_write_1h: 1_000, ..tokens(1_500, 500) };
    let report = file("claude_usage_report.json");
    assert_eq!((report.format, &report.sums[0].usage), (ImportFormat::ClaudeUsage, &Some(expected)));
}

#[test]
fn anthropics_report_of_costs_is_in_cents_and_its_export_in_dollars() {
    let report = file("claude_cost_report.json");
    assert_eq!((report.format, report.sums[0].cost), (ImportFormat::ClaudeCosts, usd("1.2378912")));
    let export = file("claude_costs.csv");
    let costs: Vec<_> = export.sums.iter().map(|sum| sum.cost).collect();
    assert_eq!((export.format, costs), (ImportFormat::ClaudeCosts, vec![usd("1.25"), usd("0.50")]));
}

#[test]
fn googles_billing_is_read_where_it_is_of_models_and_may_correct_itself() {
    let reading = file("google_billing.jsonl");
    assert_eq!((reading.format, reading.empty, faults(&reading)), (ImportFormat::GoogleBilling, 1, vec![]));
    let costs: Vec<_> = reading.sums.iter().map(|sum| sum.cost.unwrap().0).collect();
    assert_eq!(costs, [123_000_000, -10_000_000]);
    assert_eq!(
        (reading.sums[0].from, reading.sums[0].account.as_str()),
        (Timestamp(day(5).0 + 10 * HOUR), "demo-project")
    );
}

#[test]
fn a_person_can_map_columns_and_leave_them_out() {
    let text = "when;timestamp;model;ins;input_tokens;output_tokens;total_tokens\n2026-11-05;x;m;7;y;3;999\n";
    let refused = plain(text).unwrap();
    assert_eq!((refused.format, refused.faults.len()), (ImportFormat::OtherCalls, 1));
    let columns = [
        (ImportField::Time, Some("when".to_owned())),
        (ImportField::Input, Some("ins".to_owned())),
        (ImportField::Total, None),
    ];
    let mapping = ImportMapping { columns: columns.into(), ..ImportMapping::default() };
    let reading = read(text.as_bytes(), &mapping, NOW).unwrap();
    assert_eq!((reading.calls[0].at, &reading.calls[0].usage), (day(5), &Some(tokens(7, 3))));
    let columns = [(ImportField::Time, Some("nowhere".to_owned()))];
    let mapping = ImportMapping { columns: columns.into(), ..ImportMapping::default() };
    let reading = read(text.as_bytes(), &mapping, NOW).unwrap();
    assert_eq!((reading.missing, reading.rows, reading.faults), (vec![ImportField::Time], 1, vec![]));
}

#[test]
fn an_id_that_comes_twice_is_the_same_call_or_a_fault() {
    let header = "created_at,request_id,input_tokens,output_tokens";
    let same = plain(&format!("{header}\n2026-11-05,a,1,2\n2026-11-05,a,1,2\n")).unwrap();
    assert_eq!((same.calls.len(), same.repeated, same.faults.len()), (1, 1, 0));
    let other = plain(&format!("{header}\n2026-11-05,a,1,2\n2026-11-05,a,1,3\n")).unwrap();
    assert_eq!(
        faults(&other),
        [(3, Some("request_id"), "an earlier row has the same id and says something else")]
    );
}

#[test]
fn what_is_no_export_is_refused_and_not_quoted() {
    for (text, error) in [
        ("", FileError::Empty),
        (" \n ", FileError::Empty),
        ("sk-secret-123", FileError::Unknown),
        ("name,phone\nsk-secret,1\n", FileError::Unknown),
        ("{\"key\": \"sk-secret\"}", FileError::Unknown),
        ("{\n\"key\"", FileError::NotJson { line: 1 }),
    ] {
        let refused = plain(text).unwrap_err();
        assert_eq!(refused, error, "{text}");
        assert!(!format!("{refused} {refused:?} {}", refused.advice()).contains("sk-"));
    }
    let latin = read(b"created_at,cost\n2026-11-05,caf\xe9\n", &ImportMapping::default(), NOW);
    assert_eq!(latin, Err(FileError::NotText { line: 2 }));
    let large = vec![b' '; FILE_LIMIT + 1];
    assert_eq!(read(&large, &ImportMapping::default(), NOW), Err(FileError::TooLarge));
}

#[test]
fn a_sums_key_stays_when_its_numbers_change() {
    let keys = |text: &str| plain(text).unwrap().sums.iter().map(|sum: &Sum| sum.key).collect::<Vec<_>>();
    let before = text("claude_costs.csv");
    let after = before.replace("1.25", "2.75");
    assert_eq!(keys(&before), keys(&after));
    assert_ne!(keys(&before)[0], keys(&before)[1]);
}

proptest! {
    #[test]
    fn rows_that_are_written_read_back_to_the_last_unit(
        rows in prop::collection::vec((0..2_000_000_i64, 0..1_000_000_u64, 0..1_000_000_u64, prop::option::of(0..1_000_000_000_000_000_u64)), 1..40)
    ) {
        let mut csv = "created_at,model,input_tokens,output_tokens,cost_usd\n".to_owned();
        let mut jsonl = String::new();
        for (seconds, input, output, cost) in &rows {
            let at = NOVEMBER / 1_000 + seconds;
            let cost = cost.map(|pico| format!("{}.{:012}", pico / 1_000_000_000_000, pico % 1_000_000_000_000));
            let cell = cost.clone().unwrap_or_default();
            csv += &format!("{at},gpt-4o-mini,{input},{output},{cell}\n");
            let number = cost.unwrap_or_else(|| "null".to_owned());
            jsonl += &format!("{{\"created_at\":{at},\"model\":\"gpt-4o-mini\",\"input_tokens\":{input},\"output_tokens\":{output},\"cost_usd\":{number}}}\n");
        }
        let reading = plain(&csv).unwrap();
        prop_assert_eq!(faults(&reading), vec![]);
        let read: Vec<_> = reading.calls.iter().map(|call| {
            let usage = call.usage.as_ref().unwrap();
            ((call.at.0 - NOVEMBER) / 1_000, usage.input, usage.output, call.cost.map(|cost| cost.0 as u64))
        }).collect();
        prop_assert_eq!(read, rows);
        prop_assert_eq!(said(&reading), said(&plain(&jsonl).unwrap()));
    }

    #[test]
    fn no_file_makes_the_reader_panic(body in "(\\PC|\n|\t|,|\"|\\{|\\}|\\[|\\]|:){0,200}", known in any::<bool>()) {
        let header = if known { "created_at,input_tokens,output_tokens,cost\n" } else { "" };
        if let Ok(reading) = plain(&format!("{header}{body}")) {
            prop_assert!(reading.rows >= reading.calls.len() as u64 + reading.faults.len() as u64);
        }
    }

    #[test]
    fn a_damaged_file_never_has_more_rows_than_it_had(at in 0..2_000_usize, byte in any::<u8>()) {
        for name in ["litellm_spend_logs.jsonl", "openai_usage_pages.jsonl", "google_billing.jsonl", "usage_logs.csv"] {
            let mut bytes = text(name).into_bytes();
            let at = at % bytes.len();
            bytes[at] = byte;
            if let Ok(reading) = read(&bytes, &ImportMapping::default(), NOW) {
                prop_assert!(reading.calls.len() + reading.sums.len() <= 6);
            }
        }
    }
}
