//! Every sum equals what a plain walk over the rows adds up to, whatever was written, replayed, priced anew or deleted.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{ToSpan, civil::Date, tz::TimeZone};
use model::{
    ErrorClass, PicoUsd, ProviderType, Timestamp, TokenUsage,
    routing::Rule,
    statistics::{Bucket, CallFilter, Grouping, Measures, Retention, UsageFilter, UsageQuery, UsageView},
    usage::{Price, Rates},
};
use proptest::{prelude::*, test_runner::TestRunner};

use super::{act, plain, with_two};
use crate::{
    CallRow, Priced, Spender, Store, UsageStatus,
    log::{self, NewFigures},
};

/// Around the day on which Europe's clocks are set back in 2026.
const AUTUMN: i64 = 1_792_540_800_000;
const DAY: i64 = 86_400_000;

pub(super) fn priced(input: i128) -> Arc<Priced> {
    let price = |factor| PicoUsd(input * factor);
    let rates = Rates {
        input: price(1),
        audio_input: price(2),
        cache_read: price(3),
        cache_write: price(5),
        cache_write_1h: price(7),
        output: price(11),
    };
    let price = Price { standard: rates, long_context: None };
    Arc::new(Priced { version: format!("v{input}"), effective: "2026-11-20".into(), price })
}

fn rows() -> impl Strategy<Value = Vec<CallRow>> {
    let row = (
        (0_usize..3, 0_usize..2, 0_usize..3, 0_u32..10),
        (0_i64..8 * DAY, 0_u64..200_000, 0_u64..100_000, 0_u64..90_000),
        (any::<bool>(), any::<bool>(), 0_u32..200),
    );
    prop::collection::vec(row, 1..120).prop_map(|rows| rows.into_iter().map(call).collect())
}

type Dice = ((usize, usize, usize, u32), (i64, u64, u64, u64), (bool, bool, u32));

fn call(((config, task, user, end), (at, input, output, latency), (known, has_price, id)): Dice) -> CallRow {
    let (status, error_class) = match end {
        0 => (UsageStatus::Error, Some(ErrorClass::Overloaded)),
        1 => (UsageStatus::Timeout, Some(ErrorClass::Timeout)),
        _ => (UsageStatus::Success, None),
    };
    let usage = known.then(|| TokenUsage { input, cache_read: 7, output, ..TokenUsage::default() });
    let price = priced(1_000);
    let cost = usage.as_ref().filter(|_| has_price).map(|usage| price.price.cost(usage));
    CallRow {
        // Few numbers, so that many are written twice.
        request_id: format!("r-{id}"),
        attempt: 1,
        provider_config_id: [1, 2, 9][config],
        provider_type: [ProviderType::OpenAi, ProviderType::Claude, ProviderType::Gemini][config],
        user_id: ["u-1", "u-2", ""][user].into(),
        client: "tests".into(),
        task_type: ["extraction", ""][task].into(),
        model_requested: ["m-1", "m-2", "m-3"][config].into(),
        model_returned: None,
        priced: cost.is_some().then_some(price),
        cost,
        usage,
        cost_is_estimate: id % 7 == 0,
        status,
        error_class,
        http_status: None,
        latency_ms: latency,
        first_token_ms: None,
        vendor_request_id: None,
        rule: Some(Rule::Chain),
        fallback_from: None,
        created_at: Timestamp(AUTUMN + at),
    }
}

fn query(zone: &str, bucket: Bucket, grouping: Grouping) -> UsageQuery {
    UsageQuery {
        first_day: "2026-10-23".into(),
        last_day: "2026-10-26".into(),
        zone: zone.into(),
        bucket,
        grouping,
        filter: UsageFilter::default(),
    }
}

/// The rows that a log keeps of what was written: the first of each request.
fn kept(rows: &[CallRow]) -> Vec<&CallRow> {
    let mut first: BTreeMap<&str, &CallRow> = BTreeMap::new();
    for row in rows {
        first.entry(&row.request_id).or_insert(row);
    }
    first.into_values().collect()
}

fn date(zone: &str, at: Timestamp) -> String {
    let instant = jiff::Timestamp::from_millisecond(at.0).unwrap();
    instant.to_zoned(TimeZone::get(zone).unwrap()).date().to_string()
}

fn naive<'a>(rows: impl Iterator<Item = &'a CallRow>) -> Measures {
    let rows: Vec<&CallRow> = rows.collect();
    let count = |test: fn(&CallRow) -> bool| rows.iter().filter(|row| test(row)).count() as u64;
    let tokens = |of: fn(&TokenUsage) -> u64| rows.iter().filter_map(|row| row.usage.as_ref()).map(of).sum();
    let costs: Vec<PicoUsd> = rows.iter().filter_map(|row| row.cost).collect();
    let mut latencies: Vec<u64> = rows.iter().map(|row| row.latency_ms).collect();
    latencies.sort_unstable();
    let percentile =
        |percent: usize| latencies.get((latencies.len() * percent).div_ceil(100).max(1) - 1).copied();
    Measures {
        calls: rows.len() as u64,
        succeeded: count(|row| row.status == UsageStatus::Success),
        timeouts: count(|row| row.status == UsageStatus::Timeout),
        unpriced: count(|row| row.cost.is_none()),
        succeeded_unpriced: count(|row| row.status == UsageStatus::Success && row.cost.is_none()),
        estimated: count(|row| row.cost_is_estimate),
        unknown_usage: count(|row| row.usage.is_none()),
        input_tokens: tokens(TokenUsage::total_input),
        output_tokens: tokens(|usage| usage.output),
        total_tokens: tokens(TokenUsage::total),
        cost: (!costs.is_empty()).then(|| costs.iter().fold(PicoUsd(0), |sum, cost| sum.plus(*cost))),
        latency_sum_ms: latencies.iter().sum(),
        latency_p50_ms: percentile(50),
        latency_p95_ms: percentile(95),
        latency_p99_ms: percentile(99),
    }
}

/// Exact but for the percentiles, which are within the sketch's bound.
fn same(said: &Measures, right: &Measures, of: &str) {
    let near = |said: Option<u64>, right: Option<u64>| match (said, right) {
        (Some(said), Some(right)) => said.abs_diff(right) * 256 <= right,
        (said, right) => said == right,
    };
    assert!(near(said.latency_p50_ms, right.latency_p50_ms), "p50 of {of}: {said:?} {right:?}");
    assert!(near(said.latency_p95_ms, right.latency_p95_ms), "p95 of {of}: {said:?} {right:?}");
    assert!(near(said.latency_p99_ms, right.latency_p99_ms), "p99 of {of}: {said:?} {right:?}");
    let exact = |one: &Measures| Measures {
        latency_p50_ms: None,
        latency_p95_ms: None,
        latency_p99_ms: None,
        ..one.clone()
    };
    assert_eq!(exact(said), exact(right), "{of}");
    let spent = right.cost.filter(|_| right.succeeded > 0 && right.succeeded_unpriced == 0);
    let for_each = spent.map(|cost| PicoUsd(cost.0 / i128::from(right.succeeded)));
    assert_eq!(said.cost_per_success(), for_each, "a success of {of}");
    let unknown = (right.calls > 0).then(|| right.unpriced as f64 * 100.0 / right.calls as f64);
    assert_eq!(said.unpriced_rate(), unknown, "without a price of {of}");
}

fn key(grouping: Grouping, row: &CallRow) -> String {
    match grouping {
        Grouping::ProviderType => row.provider_type.as_str().to_owned(),
        Grouping::Provider => row.provider_config_id.to_string(),
        Grouping::Model => row.model_requested.to_string(),
        Grouping::Task => row.task_type.to_string(),
        Grouping::User => row.user_id.to_string(),
        Grouping::Status => row.status.as_str().to_owned(),
    }
}

fn check(view: &UsageView, query: &UsageQuery, rows: &[&CallRow]) {
    let [first, last] = [&query.first_day, &query.last_day].map(|day| day.parse::<Date>().unwrap());
    let days = (last - first).get_days() + 1;
    let between = |row: &CallRow, back: i32, days: i32| {
        let last = last.checked_sub(back.days()).unwrap();
        let first = last.checked_sub((days - 1).days()).unwrap();
        (first..=last).contains(&date(&query.zone, row.created_at).parse().unwrap())
    };
    let is_now = |row: &CallRow| between(row, 0, days);
    let is_before = |row: &CallRow| between(row, days, days);
    let of = |test: &dyn Fn(&CallRow) -> bool| naive(rows.iter().copied().filter(|row| test(row)));
    same(&view.now, &of(&is_now), "now");
    same(&view.before, &of(&is_before), "before");
    for group in &view.groups {
        let its = |row: &CallRow| key(query.grouping, row) == group.key;
        same(&group.now, &of(&|row| its(row) && is_now(row)), &group.key);
        same(&group.before, &of(&|row| its(row) && is_before(row)), &group.key);
    }
    let grouped: u64 = view.groups.iter().map(|group| group.now.calls + group.before.calls).sum();
    assert_eq!(grouped, view.now.calls + view.before.calls, "no row is in no group");
    for one in &view.providers {
        let its = |row: &CallRow| {
            (row.provider_config_id, &*row.model_requested) == (one.number, one.model.as_str())
        };
        same(&one.now, &of(&|row| its(row) && is_now(row)), &one.model);
        same(&one.last_7_days, &of(&|row| its(row) && between(row, 0, 7)), "7 days");
        same(&one.last_30_days, &of(&|row| its(row) && between(row, 0, 30)), "30 days");
    }
    for (place, piece) in view.pieces.iter().enumerate() {
        let end = view.starts.get(place + 1).map_or(view.to, |next| *next);
        let its = |row: &CallRow| is_now(row) && row.created_at >= view.starts[place] && row.created_at < end;
        same(piece, &of(&its), &view.days[place]);
        for part in &view.parts {
            let right = of(&|row| its(row) && key(query.grouping, row) == part.key);
            assert_eq!((part.calls[place], part.tokens[place]), (right.calls, right.total_tokens));
            let cost = if right.calls == 0 { Some(PicoUsd(0)) } else { right.cost };
            assert_eq!(part.cost[place], cost);
            assert_eq!(part.succeeded_unpriced[place], right.succeeded_unpriced);
            assert_eq!((part.succeeded[place], part.unpriced[place]), (right.succeeded, right.unpriced));
        }
    }
    for task in &view.tasks {
        let its = |row: &CallRow| *row.task_type == *task.key;
        same(&task.now, &of(&|row| its(row) && is_now(row)), &task.key);
        same(&task.before, &of(&|row| its(row) && is_before(row)), &task.key);
    }
    let of_tasks: u64 = view.tasks.iter().map(|task| task.now.calls + task.before.calls).sum();
    assert_eq!(of_tasks, view.now.calls + view.before.calls, "no row is of no task");
    for error in &view.errors {
        let right = of(&|row| is_now(row) && class(row) == Some(error.class.as_str()));
        assert_eq!(error.calls, right.calls, "{}", error.class);
    }
    let failed: u64 = view.errors.iter().map(|error| error.calls).sum();
    assert_eq!(failed, view.now.calls - view.now.succeeded);
}

/// Why a call failed, as errors are counted.
fn class(row: &CallRow) -> Option<&'static str> {
    (row.status != UsageStatus::Success)
        .then(|| row.error_class.map_or(row.status.as_str(), ErrorClass::as_str))
}

/// Any part of what the rows have, and values that none has.
fn filters() -> impl Strategy<Value = UsageFilter> {
    fn some_of<T: Clone + std::fmt::Debug + 'static>(all: &[T]) -> impl Strategy<Value = Vec<T>> + use<T> {
        // Most often nothing, which does not narrow: six lists that all narrow leave no row.
        prop_oneof![3 => Just(Vec::new()), 2 => prop::sample::subsequence(all.to_vec(), 1..=all.len())]
    }
    let texts = |all: &[&str]| some_of(&all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
    let lists = (
        some_of(&[1_i64, 2, 9, 77]),
        texts(&["extraction", "", "gone"]),
        texts(&["u-1", "u-2", ""]),
        texts(&["success", "error", "timeout"]),
        texts(&["m-1", "m-2", "m-3"]),
        texts(&["overloaded", "timeout"]),
    );
    lists.prop_map(|(providers, tasks, users, statuses, models, errors)| UsageFilter {
        providers,
        tasks,
        users,
        statuses,
        models,
        errors,
    })
}

fn passes(filter: &UsageFilter, row: &CallRow) -> bool {
    let among = |list: &[String], value: &str| list.is_empty() || list.iter().any(|one| one == value);
    (filter.providers.is_empty() || filter.providers.contains(&row.provider_config_id))
        && among(&filter.tasks, &row.task_type)
        && among(&filter.users, &row.user_id)
        && among(&filter.statuses, row.status.as_str())
        && among(&filter.models, &row.model_requested)
        && (filter.errors.is_empty() || class(row).is_some_and(|class| among(&filter.errors, class)))
}

/// The specification's statistics over the last days, against the rows.
async fn check_provider_statistics(store: &Store, rows: &[&CallRow], days: u32, now: Timestamp) {
    let since = |days: u32| date("UTC", now.plus_days(1 - i64::from(days)));
    let last = date("UTC", now);
    let of = |vendor: Option<ProviderType>, model: &str, days: u32| {
        let first = since(days);
        let its = |row: &&&CallRow| {
            let day = date("UTC", row.created_at);
            (vendor, model) == (Some(row.provider_type), &*row.model_requested) && first <= day && day <= last
        };
        naive(rows.iter().filter(its).copied())
    };
    let lines = store.provider_statistics(days, now).await.unwrap();
    for line in &lines {
        let right = of(line.provider_type, &line.model_name, days);
        let said = (line.total_calls, line.total_tokens, line.total_cost, line.unpriced_calls);
        assert_eq!(said, (right.calls, right.total_tokens, right.cost, right.unpriced), "{days} days");
        let share = (right.calls > 0).then(|| right.succeeded as f64 * 100.0 / right.calls as f64);
        let mean = right.latency_sum_ms.checked_div(right.calls);
        assert_eq!((line.success_rate, line.avg_latency_ms), (share, mean), "{days} days");
        let lately = [7, 30].map(|days| of(line.provider_type, &line.model_name, days).calls);
        assert_eq!([line.last_7_days_calls, line.last_30_days_calls], lately, "{days} days");
    }
    let (first, said) = (since(days), lines.iter().map(|line| line.total_calls).sum::<u64>());
    let all = rows.iter().map(|row| date("UTC", row.created_at)).filter(|day| first <= *day && *day <= last);
    assert_eq!(said, all.count() as u64, "no row is in no line");
}

async fn check_all(store: &Store, rows: &[&CallRow]) {
    let verified = store.verify_statistics().await.unwrap();
    assert_eq!(verified.first_difference, None);
    for zone in ["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"] {
        for (bucket, grouping) in [
            (Bucket::Day, Grouping::ProviderType),
            (Bucket::Day, Grouping::User),
            (Bucket::Hour, Grouping::Task),
            (Bucket::Week, Grouping::Status),
            (Bucket::Month, Grouping::Provider),
            (Bucket::Day, Grouping::Model),
        ] {
            let query = query(zone, bucket, grouping);
            check(&store.usage(&query).await.unwrap(), &query, rows);
        }
    }
}

/// What was spent since the start of a day, of a quarter of an hour, and since any other instant.
async fn check_spent(store: &Store, rows: &[&CallRow]) {
    for from in [0, AUTUMN, AUTUMN + 3 * DAY, AUTUMN + 3 * DAY + 900_000, AUTUMN + 4 * DAY + 1_234_567] {
        for (spender, whose) in [
            (Spender::Config(1), (|row| row.provider_config_id == 1) as fn(&CallRow) -> bool),
            (Spender::User("u-2"), |row| &*row.user_id == "u-2"),
            // Configuration 9 is none of those that there are.
            (Spender::Everyone, |row| row.provider_config_id != 9),
        ] {
            let spent = store.spent_since(spender, Timestamp(from)).await.unwrap();
            let right = naive(rows.iter().copied().filter(|row| row.created_at.0 >= from && whose(row)));
            let said = (spent.calls, spent.tokens, spent.unknown, spent.cost);
            let cost = right.cost.unwrap_or_default();
            assert_eq!(
                said,
                (right.calls, right.total_tokens, right.unknown_usage, cost),
                "{spender:?} {from}"
            );
        }
    }
}

/// Runs a body on some random logs, each on a database of its own.
fn on_random_logs(cases: u32, body: impl AsyncFn(Store, Vec<CallRow>)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(ProptestConfig { cases, ..ProptestConfig::default() });
    let ran = runner.run(&rows(), |rows| {
        runtime.block_on(async {
            let (_data, store) = with_two().await;
            body(store, rows).await;
        });
        Ok(())
    });
    ran.unwrap();
}

#[test]
fn every_statistic_of_a_random_log_is_what_its_rows_add_up_to_in_every_zone() {
    on_random_logs(24, async |store, rows| {
        for batch in rows.chunks(50) {
            store.log_calls(batch).await.unwrap();
        }
        check_all(&store, &kept(&rows)).await;
        check_spent(&store, &kept(&rows)).await;
        assert!(store.set_statistics_zone("Europe/Berlin").await.unwrap());
        check_all(&store, &kept(&rows)).await;
        check_spent(&store, &kept(&rows)).await;
    });
}

#[test]
fn any_choice_of_calls_over_any_days_is_what_its_rows_add_up_to() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(ProptestConfig { cases: 24, ..ProptestConfig::default() });
    // From one day to some weeks, some of them before the first call or behind the last, over the day on which clocks are set.
    let spans = prop::collection::vec((-10_i32..12, 0_i32..30), 6);
    let asked = (rows(), prop::collection::vec(filters(), 6), spans, 1_u32..45, 0_i64..12);
    let ran = runner.run(&asked, |(rows, filters, spans, days, later)| {
        runtime.block_on(async {
            let (_data, store) = with_two().await;
            store.log_calls(&rows).await.unwrap();
            let rows = kept(&rows);
            let groupings = [Grouping::Provider, Grouping::Task, Grouping::User];
            let buckets = [Bucket::Day, Bucket::Hour, Bucket::Week, Bucket::Month];
            let asked = filters
                .into_iter()
                .zip(spans)
                .zip(groupings.into_iter().cycle().zip(buckets.into_iter().cycle()));
            for ((filter, (first, length)), (grouping, bucket)) in asked {
                let chosen: Vec<&CallRow> = rows.iter().copied().filter(|row| passes(&filter, row)).collect();
                let day = |day: i32| Timestamp(AUTUMN + i64::from(day) * DAY);
                for zone in ["UTC", "Europe/Berlin", "Asia/Kathmandu"] {
                    let query = UsageQuery {
                        first_day: date("UTC", day(first)),
                        last_day: date("UTC", day(first + length)),
                        filter: filter.clone(),
                        ..query(zone, bucket, grouping)
                    };
                    check(&store.usage(&query).await.unwrap(), &query, &chosen);
                }
            }
            check_provider_statistics(&store, &rows, days, Timestamp(AUTUMN + later * DAY)).await;
        });
        Ok(())
    });
    ran.unwrap();
}

#[test]
fn a_replayed_batch_changes_nothing_and_sums_made_anew_are_the_same() {
    on_random_logs(12, async |store, rows| {
        store.log_calls(&rows).await.unwrap();
        let query = query("UTC", Bucket::Day, Grouping::User);
        let before = store.usage(&query).await.unwrap();
        store.log_calls(&rows).await.unwrap();
        store.log_calls(&rows[rows.len() / 2..]).await.unwrap();
        assert_eq!(store.usage(&query).await.unwrap(), before);
        store.rebuild_statistics(&act()).await.unwrap();
        assert_eq!(store.usage(&query).await.unwrap(), before);
        assert_eq!(store.verify_statistics().await.unwrap().first_difference, None);
    });
}

#[test]
fn sums_follow_a_repricing() {
    on_random_logs(12, async |store, rows| {
        store.log_calls(&rows).await.unwrap();
        let from = Timestamp(AUTUMN + 2 * DAY);
        let end = Timestamp(AUTUMN + 6 * DAY);
        store
            .reprice(|billed| (billed.model_name != "m-2").then(|| priced(3_000)), from..end, &act())
            .await
            .unwrap();
        let repriced: Vec<CallRow> = kept(&rows)
            .into_iter()
            .map(|row| {
                let falls = &*row.model_requested != "m-2" && (from..end).contains(&row.created_at);
                let cost = row.usage.as_ref().filter(|_| falls).map(|usage| priced(3_000).price.cost(usage));
                CallRow { cost: cost.or(row.cost), ..row.clone() }
            })
            .collect();
        check_all(&store, &repriced.iter().collect::<Vec<_>>()).await;
    });
}

#[test]
fn sums_survive_their_rows_which_do_not_come_back() {
    on_random_logs(12, async |store, mut rows| {
        // One that is kept, whatever the others are: a batch in which even the newest is too old for the log is taken for what a
        // clock that was set back brings, and is counted (`log::append_new`).
        rows.push(CallRow { created_at: Timestamp(AUTUMN + 7 * DAY), ..plain("kept") });
        store.log_calls(&rows).await.unwrap();
        store.set_retention(Retention { days: Some(40) }, &act()).await.unwrap();
        let now = Timestamp(AUTUMN + 44 * DAY);
        let left = kept(&rows).into_iter().filter(|row| row.created_at.0 >= AUTUMN + 4 * DAY).count();
        let gone = store.delete_old_rows(now).await.unwrap();
        assert_eq!(gone as usize, kept(&rows).len() - left);
        // A replay of what was deleted is not counted again.
        let once: Vec<CallRow> = kept(&rows).into_iter().cloned().collect();
        store.log_calls(&once).await.unwrap();
        store.reprice(|_| None, Timestamp(0)..now, &act()).await.unwrap();
        check_all(&store, &kept(&rows)).await;
        store.rebuild_statistics(&act()).await.unwrap();
        check_all(&store, &kept(&rows)).await;
        let page = store.calls(&CallFilter::default(), None, 500).await.unwrap();
        assert_eq!(page.calls.len(), left);
    });
}

#[test]
fn the_log_paged_at_any_size_is_the_whole_log_newest_first() {
    on_random_logs(12, async |store, rows| {
        store.log_calls(&rows).await.unwrap();
        let filter = CallFilter {
            usage: UsageFilter { users: vec!["u-1".into(), "".into()], ..UsageFilter::default() },
            ..CallFilter::default()
        };
        let mut right: Vec<_> = kept(&rows).into_iter().filter(|row| &*row.user_id != "u-2").collect();
        right.sort_by_key(|row| std::cmp::Reverse(row.created_at));
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = store.calls(&filter, after, 7).await.unwrap();
            seen.extend(page.calls);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let times: Vec<Timestamp> = right.iter().map(|row| row.created_at).collect();
        assert_eq!(seen.iter().map(|call| call.at).collect::<Vec<_>>(), times);
        let failed =
            UsageFilter { statuses: vec!["error".into(), "timeout".into()], ..UsageFilter::default() };
        let page =
            store.calls(&CallFilter { usage: failed, ..CallFilter::default() }, None, 500).await.unwrap();
        let failures = kept(&rows).iter().filter(|row| row.status != UsageStatus::Success).count();
        assert_eq!(page.calls.len(), failures);
    });
}

/// The ids that pages of seven have.
async fn paged(store: &Store, filter: &CallFilter) -> Vec<String> {
    let (mut ids, mut after) = (Vec::new(), None);
    loop {
        let page = store.calls(filter, after, 7).await.unwrap();
        ids.extend(page.calls.into_iter().map(|call| call.request_id));
        after = page.next;
        if after.is_none() {
            return ids;
        }
    }
}

#[tokio::test]
async fn calls_that_are_rare_or_large_are_found_wherever_they_lie() {
    let (_data, store) = with_two().await;
    let mut rows = Vec::new();
    for day in 0..14_i64 {
        let batch: Vec<CallRow> = (0..520)
            .map(|number| CallRow {
                request_id: format!("{day:02}-{number:03}"),
                // Days overlap, so that no segment has a time of its own.
                created_at: Timestamp(AUTUMN + day * DAY + number * 190_000),
                user_id: if (day * 520 + number) % 397 == 0 { "rare" } else { "u" }.into(),
                latency_ms: u64::try_from(number).unwrap() * 10,
                cost: (number % 3 > 0).then_some(PicoUsd(i128::from(day * 1_000 + number))),
                ..plain("")
            })
            .collect();
        store.log_calls(&batch).await.unwrap();
        rows.extend(batch);
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.created_at));
    let of = |usage: UsageFilter| CallFilter { usage, ..CallFilter::default() };
    let rare = || UsageFilter { users: vec!["rare".into()], ..UsageFilter::default() };
    let middle = CallFilter {
        from: Some(Timestamp(AUTUMN + 3 * DAY + 7)),
        to: Some(Timestamp(AUTUMN + 9 * DAY)),
        ..of(rare())
    };
    let slow = CallFilter { latency_from_ms: Some(5_180), ..CallFilter::default() };
    let dear = CallFilter { cost_from: Some(PicoUsd(13_000)), ..of(rare()) };
    let nobody = of(UsageFilter { users: vec!["nobody".into()], ..UsageFilter::default() });
    let passes = |filter: &CallFilter, row: &CallRow| {
        (filter.usage.users.is_empty() || filter.usage.users.iter().any(|user| **user == *row.user_id))
            && filter.from.is_none_or(|from| row.created_at >= from)
            && filter.to.is_none_or(|to| row.created_at < to)
            && filter.latency_from_ms.is_none_or(|least| row.latency_ms >= least)
            && filter.cost_from.is_none_or(|least| row.cost.is_some_and(|cost| cost >= least))
    };
    for (filter, some) in [(of(rare()), true), (middle, true), (slow, true), (dear, true), (nobody, false)] {
        let right = rows.iter().filter(|row| passes(&filter, row)).map(|row| row.request_id.clone());
        let right: Vec<String> = right.collect();
        assert_eq!(paged(&store, &filter).await, right, "{filter:?}");
        assert_eq!(!right.is_empty(), some, "{filter:?}");
    }
}

#[test]
fn a_cause_has_as_many_calls_in_the_log_as_the_dashboard_counts() {
    on_random_logs(8, async |store, rows| {
        store.log_calls(&rows).await.unwrap();
        let all = UsageQuery {
            first_day: "2026-01-01".into(),
            last_day: "2027-06-30".into(),
            ..query("UTC", Bucket::Month, Grouping::Task)
        };
        for one in store.usage(&all).await.unwrap().errors {
            let usage = UsageFilter { errors: vec![one.class], ..UsageFilter::default() };
            let page = CallFilter { usage: usage.clone(), ..CallFilter::default() };
            let calls = store.calls(&page, None, 500).await.unwrap().calls;
            let counted = store.usage(&UsageQuery { filter: usage, ..all.clone() }).await.unwrap().now;
            assert_eq!((calls.len() as u64, counted.calls), (one.calls, one.calls));
        }
    });
}

#[tokio::test]
async fn a_sum_that_is_wrong_is_named_and_made_right() {
    let (_data, store) = with_two().await;
    let row = call(((0, 0, 0, 5), (DAY, 10, 20, 30), (true, true, 1)));
    store.log_calls(&[row]).await.unwrap();
    {
        let mut connection = store.connection().await.unwrap();
        let always = Timestamp(i64::MIN)..Timestamp(i64::MAX);
        let segment = log::figures_behind(&mut connection, 0, &always, 1).await.unwrap().remove(0);
        let (_, mut figures) = segment.unpack().unwrap();
        let cost = figures.get(0).unwrap().cost.unwrap();
        figures.price(0, cost + 1, 1, false);
        NewFigures::write(&mut connection, [segment.with(&figures).unwrap()]).await.unwrap();
    }
    let difference = store.verify_statistics().await.unwrap().first_difference.unwrap();
    assert_eq!((difference.sum.as_str(), difference.provider_config_id), ("cost", 1));
    let (rows, sums): (i128, i128) =
        (difference.rows_say.parse().unwrap(), difference.sums_say.parse().unwrap());
    assert_eq!(rows - sums, 1);
    store.rebuild_statistics(&act()).await.unwrap();
    assert_eq!(store.verify_statistics().await.unwrap().first_difference, None);
}
