//! The usage log and its sums.

use std::sync::Arc;

use model::{Catalog, PicoUsd, Timestamp, TokenUsage, usage::Price};
use store::{CallRow, Database, Priced, Spender, UsageStatus};

use crate::{
    house::{NOON, call, with_two},
    on_both,
};

on_both! {
    a_call_that_comes_twice_counts_once
    statistics_are_as_the_specification_has_them
    an_unknown_price_is_unknown_and_not_nothing
    what_was_used_since_a_moment_counts_from_that_very_moment
    absurd_numbers_and_unprintable_names_keep_no_later_call_out
    calls_of_all_months_are_counted_where_they_belong
}

fn cheap(row: CallRow, pico: i128) -> CallRow {
    let price = Price::of(&Catalog::bundled().unwrap().models[0]).unwrap();
    let price = Priced { version: "v1".into(), effective: "2026-11-01".into(), price };
    CallRow { cost: Some(PicoUsd(pico)), priced: Some(Arc::new(price)), ..row }
}

async fn everyone(store: &Database) -> u64 {
    store.spent_since(Spender::Everyone, Timestamp(0)).await.unwrap().calls
}

async fn a_call_that_comes_twice_counts_once(store: &Database) {
    with_two(store).await;
    let later = CallRow { created_at: NOON.plus_days(40), latency_ms: 9, ..call("a") };
    store.log_calls(&[call("a"), call("b"), call("a")]).await.unwrap();
    store.log_calls(&[call("b"), later, call("c")]).await.unwrap();
    let spent = store.spent_since(Spender::Config(1), Timestamp(0)).await.unwrap();
    assert_eq!((spent.calls, spent.tokens), (3, 450));
    let statistics = store.provider_statistics(30, NOON).await.unwrap();
    assert_eq!((statistics[0].total_calls, statistics[0].avg_latency_ms), (3, Some(5)));
}

async fn statistics_are_as_the_specification_has_them(store: &Database) {
    with_two(store).await;
    let mut rows = Vec::new();
    for day in 0..40 {
        let at = NOON.plus_days(-day);
        let failed =
            CallRow { status: UsageStatus::Error, usage: None, latency_ms: 25, ..call(&format!("e{day}")) };
        rows.push(cheap(CallRow { created_at: at, ..call(&format!("s{day}")) }, 1_500_000_000));
        rows.push(CallRow { created_at: at, ..failed });
    }
    rows.push(CallRow { model_requested: "other".into(), created_at: NOON, ..call("other") });
    store.log_calls(&rows).await.unwrap();
    let lines = store.provider_statistics(10, NOON).await.unwrap();
    assert_eq!(lines.len(), 2);
    let line = &lines[0];
    assert_eq!((line.total_calls, line.total_tokens, line.success_rate), (20, 1_500, Some(50.0)));
    assert_eq!((line.avg_latency_ms, line.unpriced_calls), (Some(15), 10));
    assert_eq!((line.total_cost, line.total_cost_usd), (Some(PicoUsd(15_000_000_000)), Some(0.015)));
    assert_eq!((line.last_7_days_calls, line.last_30_days_calls), (14, 60));
    assert_eq!((lines[1].model_name.as_str(), lines[1].total_cost), ("other", None));
    let day = store.provider_statistics(1, NOON.plus_days(1)).await.unwrap();
    assert_eq!((day[0].total_calls, day[0].success_rate, day[0].last_7_days_calls), (0, None, 12));
}

async fn an_unknown_price_is_unknown_and_not_nothing(store: &Database) {
    with_two(store).await;
    let free = CallRow { model_requested: "free".into(), ..cheap(call("free"), 0) };
    store.log_calls(&[call("unknown"), free]).await.unwrap();
    let lines = store.provider_statistics(1, NOON).await.unwrap();
    let of = |model: &str| lines.iter().find(|line| line.model_name == model).unwrap();
    assert_eq!((of("m").total_cost, of("m").unpriced_calls), (None, 1));
    assert_eq!((of("free").total_cost, of("free").unpriced_calls), (Some(PicoUsd(0)), 0));
}

async fn what_was_used_since_a_moment_counts_from_that_very_moment(store: &Database) {
    with_two(store).await;
    let at = |offset: i64| CallRow { created_at: Timestamp(NOON.0 + offset), ..call(&offset.to_string()) };
    let other = CallRow { user_id: "v".into(), provider_config_id: 2, usage: None, ..at(10) };
    store.log_calls(&[at(-1), at(0), at(1), at(899_999), at(900_000), other]).await.unwrap();
    let since =
        async |spender, offset: i64| store.spent_since(spender, Timestamp(NOON.0 + offset)).await.unwrap();
    assert_eq!(since(Spender::Config(1), 0).await.calls, 4);
    assert_eq!(since(Spender::Config(1), 1).await.calls, 3);
    assert_eq!(since(Spender::Config(1), 2).await.calls, 2);
    assert_eq!(since(Spender::User("u"), 900_000).await.tokens, 150);
    let other = since(Spender::User("v"), 0).await;
    assert_eq!((other.calls, other.tokens, other.unknown), (1, 0, 1));
    assert_eq!(since(Spender::Everyone, 0).await.calls, 5);
}

async fn absurd_numbers_and_unprintable_names_keep_no_later_call_out(store: &Database) {
    with_two(store).await;
    let most =
        TokenUsage { input: u64::MAX, output: u64::MAX, cache_read: u64::MAX, ..TokenUsage::default() };
    for number in 0..4 {
        let absurd =
            CallRow { usage: Some(most.clone()), latency_ms: u64::MAX, ..call(&format!("absurd {number}")) };
        store.log_calls(&[cheap(absurd, i128::MAX)]).await.unwrap();
    }
    let names = CallRow {
        user_id: "a\0b".into(),
        client: "\0".into(),
        model_returned: Some("\0".into()),
        vendor_request_id: Some("\u{1}\0'".into()),
        ..call("names")
    };
    store.log_calls(&[names, call("later")]).await.unwrap();
    assert_eq!(everyone(store).await, 6);
    assert_eq!(store.provider_statistics(1, NOON).await.unwrap()[0].total_tokens, u64::MAX);
}

async fn calls_of_all_months_are_counted_where_they_belong(store: &Database) {
    with_two(store).await;
    // The last instant of a year and the first of the next, a leap day, long ago, far away, and what no calendar knows.
    let instants =
        [1_798_761_599_999, 1_798_761_600_000, 1_835_395_200_000, 0, 4_102_444_800_000, 253_402_300_799_000];
    let rows: Vec<CallRow> =
        instants.iter().map(|at| CallRow { created_at: Timestamp(*at), ..call(&at.to_string()) }).collect();
    store.log_calls(&rows).await.unwrap();
    store.log_calls(&rows).await.unwrap();
    assert_eq!(everyone(store).await, 6);
    let of_day = store.provider_statistics(1, Timestamp(1_798_761_600_000)).await.unwrap();
    assert_eq!((of_day[0].total_calls, of_day[0].last_7_days_calls >= 2), (1, true));
}
