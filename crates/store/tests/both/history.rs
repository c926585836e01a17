//! Pages of the usage log, and pricing it anew: each compared with what plain code makes of the same rows.

use std::sync::Arc;

use model::{
    Catalog, ErrorClass, PicoUsd, Timestamp, TokenUsage,
    statistics::{CallFilter, CallPlace, UsageFilter},
    usage::Price,
};
use store::{Billed, CallRow, Database, Priced, UsageStatus};

use crate::{
    house::{NOON, act, call, with_two},
    on_both,
};

on_both! {
    a_page_goes_on_behind_its_last_call_whatever_was_added_meanwhile
    every_filter_finds_what_plain_code_finds
    a_call_is_found_by_its_id_and_by_nothing_like_it
    pricing_anew_changes_rows_and_sums_alike_and_a_trial_changes_nothing
    calls_without_usage_or_price_keep_what_they_had
}

/// Calls of all kinds over three days, two at every instant.
fn all_kinds() -> Vec<CallRow> {
    let kind = |number: i64| {
        let failed = number % 5 == 0;
        let error_class = (number % 10 == 0).then_some(ErrorClass::RateLimit);
        CallRow {
            user_id: format!("u{}", number % 3).into(),
            task_type: if number % 2 == 0 { "extraction".into() } else { "".into() },
            model_requested: format!("m{}", number % 4).into(),
            provider_config_id: 1 + number % 3,
            status: if failed { UsageStatus::Error } else { UsageStatus::Success },
            error_class,
            usage: (number % 7 != 0).then(|| TokenUsage {
                input: 100,
                output: number.unsigned_abs(),
                ..TokenUsage::default()
            }),
            cost: (number % 7 != 0).then_some(PicoUsd(i128::from(number) * 1_000)),
            latency_ms: number.unsigned_abs() % 50,
            created_at: Timestamp(NOON.0 - (number / 2) * 1_000_000),
            ..call(&format!("request {number}"))
        }
    };
    (0..400).map(kind).collect()
}

async fn walk(store: &Database, filter: &CallFilter, limit: u32) -> Vec<String> {
    let (mut ids, mut after): (Vec<String>, Option<CallPlace>) = (Vec::new(), None);
    loop {
        let page = store.calls(filter, after, limit).await.unwrap();
        assert!(page.calls.len() <= limit as usize);
        ids.extend(page.calls.into_iter().map(|call| call.request_id));
        after = page.next;
        if after.is_none() {
            return ids;
        }
    }
}

async fn a_page_goes_on_behind_its_last_call_whatever_was_added_meanwhile(store: &Database) {
    with_two(store).await;
    store.log_calls(&all_kinds()).await.unwrap();
    let whole = walk(store, &CallFilter::default(), 500).await;
    assert_eq!(whole.len(), 400);
    assert_eq!(walk(store, &CallFilter::default(), 7).await, whole);
    let page = store.calls(&CallFilter::default(), None, 10).await.unwrap();
    let newer = CallRow { created_at: Timestamp(NOON.0 + 1), ..call("newer") };
    store.log_calls(&[newer]).await.unwrap();
    let next = store.calls(&CallFilter::default(), page.next, 10).await.unwrap();
    let ids: Vec<String> = next.calls.into_iter().map(|call| call.request_id).collect();
    assert_eq!(ids, whole[10..20]);
    assert!(store.calls(&CallFilter::default(), None, u32::MAX).await.unwrap().calls.len() <= 500);
}

async fn every_filter_finds_what_plain_code_finds(store: &Database) {
    with_two(store).await;
    let mut rows = all_kinds();
    store.log_calls(&rows).await.unwrap();
    // The newest first, and of one instant the one that was written last.
    rows.reverse();
    rows.sort_by_key(|row| std::cmp::Reverse(row.created_at));
    let one = |text: &str| vec![text.to_owned()];
    let of = |usage| CallFilter { usage, ..CallFilter::default() };
    let class = |row: &CallRow| row.error_class.map_or("error", ErrorClass::as_str);
    type Plain<'a> = Box<dyn Fn(&CallRow) -> bool + 'a>;
    let limited = ErrorClass::RateLimit.as_str();
    let filters: Vec<(CallFilter, Plain<'_>)> = vec![
        (
            of(UsageFilter { users: one("u1"), ..UsageFilter::default() }),
            Box::new(|row| &*row.user_id == "u1"),
        ),
        (
            of(UsageFilter { tasks: one(""), ..UsageFilter::default() }),
            Box::new(|row| row.task_type.is_empty()),
        ),
        (
            of(UsageFilter { models: one("m3"), ..UsageFilter::default() }),
            Box::new(|row| &*row.model_requested == "m3"),
        ),
        (
            of(UsageFilter { providers: vec![2, 3], ..UsageFilter::default() }),
            Box::new(|row| row.provider_config_id != 1),
        ),
        (
            of(UsageFilter { statuses: one("error"), ..UsageFilter::default() }),
            Box::new(|row| row.status == UsageStatus::Error),
        ),
        (
            of(UsageFilter { errors: one(limited), ..UsageFilter::default() }),
            Box::new(|row| row.status == UsageStatus::Error && class(row) == limited),
        ),
        (
            of(UsageFilter { errors: one("error"), ..UsageFilter::default() }),
            Box::new(|row| row.status == UsageStatus::Error && class(row) == "error"),
        ),
        (
            of(UsageFilter {
                users: one("u0"),
                models: one("m0"),
                tasks: one("extraction"),
                ..UsageFilter::default()
            }),
            Box::new(|row| {
                &*row.user_id == "u0" && &*row.model_requested == "m0" && !row.task_type.is_empty()
            }),
        ),
        (of(UsageFilter { users: one("nobody"), ..UsageFilter::default() }), Box::new(|_| false)),
        (
            CallFilter { latency_from_ms: Some(40), ..CallFilter::default() },
            Box::new(|row| row.latency_ms >= 40),
        ),
        (
            CallFilter { cost_from: Some(PicoUsd(300_000)), ..CallFilter::default() },
            Box::new(|row| row.cost.is_some_and(|cost| cost.0 >= 300_000)),
        ),
        (
            CallFilter {
                from: Some(Timestamp(NOON.0 - 50_000_000)),
                to: Some(Timestamp(NOON.0 - 10_000_000)),
                ..of(UsageFilter { users: one("u2"), ..UsageFilter::default() })
            },
            Box::new(|row| {
                let time = NOON.0 - 50_000_000..NOON.0 - 10_000_000;
                time.contains(&row.created_at.0) && &*row.user_id == "u2"
            }),
        ),
    ];
    for (filter, plain) in filters {
        let expected: Vec<&str> =
            rows.iter().filter(|row| plain(row)).map(|row| row.request_id.as_str()).collect();
        assert_eq!(walk(store, &filter, 9).await, expected, "{filter:?}");
    }
}

async fn a_call_is_found_by_its_id_and_by_nothing_like_it(store: &Database) {
    with_two(store).await;
    store.log_calls(&all_kinds()).await.unwrap();
    let by = |id: &str| CallFilter { request_id: Some(id.to_owned()), ..CallFilter::default() };
    let found = store.calls(&by("request 123"), None, 10).await.unwrap();
    assert_eq!(found.next, None);
    let call = &found.calls[0];
    assert_eq!((found.calls.len(), call.request_id.as_str(), call.number), (1, "request 123", 1));
    assert_eq!((call.display_name.as_deref(), call.output_tokens), (Some("one"), Some(123)));
    for other in ["request 1234", "REQUEST 123", "%", "request 123\0", ""] {
        assert!(store.calls(&by(other), None, 10).await.unwrap().calls.is_empty(), "{other:?}");
    }
    let usage = UsageFilter { users: vec!["u1".into()], ..UsageFilter::default() };
    let narrowed = CallFilter { usage, ..by("request 123") };
    assert!(store.calls(&narrowed, None, 10).await.unwrap().calls.is_empty(), "it is another user's");
}

fn price(times: u32) -> Priced {
    let model = &Catalog::bundled().unwrap().models[0];
    let mut price = Price::of(model).unwrap();
    price.standard.output = PicoUsd(i128::from(times) * 1_000_000);
    Priced { version: format!("v{times}"), effective: "2026-11-01".into(), price }
}

async fn costs(store: &Database) -> (i128, Vec<Option<i128>>) {
    let page = store.calls(&CallFilter::default(), None, 500).await.unwrap();
    let lines = store.provider_statistics(30, NOON).await.unwrap();
    let sum = lines.iter().filter_map(|line| line.total_cost).map(|cost| cost.0).sum();
    (sum, page.calls.iter().map(|call| call.cost.map(|cost| cost.0)).collect())
}

async fn pricing_anew_changes_rows_and_sums_alike_and_a_trial_changes_nothing(store: &Database) {
    with_two(store).await;
    let rows = all_kinds();
    store.log_calls(&rows).await.unwrap();
    let before = costs(store).await;
    let price_for = |billed: Billed<'_>| {
        // What is served by the third has no price.
        (billed.provider_config_id != 3)
            .then(|| Arc::new(price(if billed.model_name == "m1" { 7 } else { 3 })))
    };
    let cost = |row: &CallRow| {
        let usage = row.usage.as_ref()?;
        let billed = Billed {
            provider_config_id: row.provider_config_id,
            provider_type: row.provider_type,
            model_name: &row.model_requested,
            returned: None,
        };
        price_for(billed).map(|priced| priced.price.cost(usage).0)
    };
    let expected: i128 = rows.iter().map(|row| cost(row).or(row.cost.map(|cost| cost.0)).unwrap_or(0)).sum();
    let all = Timestamp(0)..Timestamp(i64::MAX);
    let tried = store.try_repricing(price_for, all.clone()).await.unwrap();
    assert_eq!(costs(store).await, before);
    let done = store.reprice(price_for, all.clone(), &act("usage.reprice")).await.unwrap();
    assert_eq!(done, tried);
    assert_eq!((done.rows, done.after.0), (400, expected));
    let (sum, each) = costs(store).await;
    assert_eq!((sum, each.iter().flatten().sum::<i128>()), (expected, expected));
    // A part of the time alone.
    let later = Timestamp(NOON.0 - 10_000_000)..Timestamp(i64::MAX);
    let free = |_: Billed<'_>| Some(Arc::new(price(0)));
    let part = store.reprice(free, later.clone(), &act("usage.reprice")).await.unwrap();
    assert_eq!(part.rows, rows.iter().filter(|row| later.contains(&row.created_at)).count() as u64);
    let (sum, each) = costs(store).await;
    assert_eq!(each.iter().flatten().sum::<i128>(), sum);
    assert_eq!(store.verify_audit(Vec::new()).await.unwrap().broken, None);
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!(entry.action, "usage.reprice");
}

async fn calls_without_usage_or_price_keep_what_they_had(store: &Database) {
    with_two(store).await;
    let kept = CallRow { usage: None, cost: Some(PicoUsd(5)), ..call("kept") };
    store.log_calls(&[kept, call("unpriced")]).await.unwrap();
    let all = Timestamp(0)..Timestamp(i64::MAX);
    let none = store.reprice(|_| None, all.clone(), &act("usage.reprice")).await.unwrap();
    assert_eq!((none.rows, none.changed, none.left), (2, 0, 2));
    let one = store.reprice(|_| Some(Arc::new(price(1))), all, &act("usage.reprice")).await.unwrap();
    assert_eq!((one.rows, one.changed, one.left), (2, 1, 1));
    let lines = store.provider_statistics(1, NOON).await.unwrap();
    assert_eq!(lines[0].unpriced_calls, 0, "the one that was unpriced has a price now");
    let (sum, mut each) = costs(store).await;
    each.sort();
    assert_eq!((each[0], sum), (Some(5), each[0].unwrap() + each[1].unwrap()));
}
