//! Usage from files: all of it or nothing, once, and sums beside the log.

use std::collections::HashSet;

use model::{PicoUsd, ProviderType, Timestamp, TokenUsage, statistics::Retention, time::DAY_MS};

use super::{act, refused, with_two};
use crate::{
    Act, CallRow, ReportedRow, Store, StoreError, UsageImport, UsageStatus,
    log::{self, Logged},
};

const DAY: Timestamp = Timestamp(1_795_444_320_000);
const COST: i128 = 450_000_000;

fn call(number: usize) -> CallRow {
    CallRow {
        request_id: format!("r-{number}"),
        attempt: 1,
        provider_config_id: 1,
        provider_type: ProviderType::OpenAi,
        user_id: format!("u-{}", number % 3).into(),
        client: "import/usage_logs".into(),
        task_type: "extraction".into(),
        model_requested: "m".into(),
        model_returned: None,
        usage: Some(TokenUsage { input: 1_000, output: 500, ..TokenUsage::default() }),
        cost: (!number.is_multiple_of(4)).then_some(PicoUsd(COST)),
        priced: None,
        cost_is_estimate: !number.is_multiple_of(4),
        status: UsageStatus::Success,
        error_class: None,
        http_status: None,
        latency_ms: 10,
        first_token_ms: None,
        vendor_request_id: None,
        rule: None,
        fallback_from: None,
        created_at: Timestamp(DAY.0 + number as i64 * 60_000),
    }
}

fn calls(numbers: std::ops::Range<usize>) -> Vec<CallRow> {
    numbers.map(call).collect()
}

fn sum(day: i64, cost: i128) -> ReportedRow {
    ReportedRow {
        key: [u8::try_from(day).unwrap(); 32],
        provider_type: ProviderType::Claude,
        from: DAY.start_of_utc_day().plus_days(day),
        until: DAY.start_of_utc_day().plus_days(day + 1),
        model: "m".into(),
        account: "Default".into(),
        item: "input".into(),
        requests: None,
        usage: Some(TokenUsage { input: 10, cache_read: 5, output: 3, ..TokenUsage::default() }),
        cost: Some(PicoUsd(cost)),
    }
}

fn of<'a>(calls: &'a [CallRow], reported: &'a [ReportedRow]) -> UsageImport<'a> {
    UsageImport { source: "usage_logs", digest: [7; 32], calls, reported, left_out: 2 }
}

fn importing() -> Act {
    Act { action: "usage.import", ..act() }
}

async fn sound(store: &Store) -> bool {
    store.verify_statistics().await.unwrap().first_difference.is_none()
}

async fn imports(store: &Store) -> Vec<(Option<i64>, Option<i64>)> {
    let select = "SELECT first_id, last_id FROM usage_imports ORDER BY id";
    sqlx::query_as(select).fetch_all(&mut *store.connection().await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn an_import_is_in_the_log_and_the_sums_and_the_same_again_changes_nothing() {
    let (_data, store) = with_two().await;
    let rows = calls(0..200);
    let imported = store.import_usage(of(&rows, &[]), &importing()).await.unwrap();
    assert_eq!((imported.written, imported.known, imported.cost), (200, 0, PicoUsd(COST * 150)));
    assert_eq!(store.usage_of(1).await.unwrap(), (200, PicoUsd(COST * 150)));
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!(entry.action, "usage.import");
    let after: serde_json::Value = serde_json::from_str(&entry.after.unwrap()).unwrap();
    assert_eq!((&after["written"], &after["left_out"]), (&200.into(), &2.into()));
    assert!(sound(&store).await);

    let again = store.import_usage(of(&rows, &[]), &importing()).await.unwrap();
    assert_eq!((again.written, again.known, again.cost), (0, 200, PicoUsd(0)));
    assert_eq!(
        store.audit_entries(1).await.unwrap()[0].id,
        entry.id,
        "nothing happened, so nothing is written"
    );
    assert_eq!(store.usage_of(1).await.unwrap().0, 200);
    assert_eq!(imports(&store).await.len(), 1);
    assert!(sound(&store).await);
}

#[tokio::test]
async fn an_import_takes_what_is_new_and_knows_its_rows_by_their_numbers() {
    let (_data, store) = with_two().await;
    store.log_calls(&calls(0..70)).await.unwrap();
    let imported = store.import_usage(of(&calls(50..150), &[]), &importing()).await.unwrap();
    assert_eq!((imported.written, imported.known), (80, 20));
    store.log_calls(&calls(150..160)).await.unwrap();
    store.import_usage(of(&calls(155..161), &[]), &importing()).await.unwrap();
    assert_eq!(imports(&store).await.len(), 2);
    for (place, expected) in [(0, 70..150), (1, 160..161)] {
        let (first, last) = imports(&store).await[place];
        let request = |call: &Logged<'_>| {
            let is_one = (first..=last).contains(&Some(call.kind.number));
            is_one.then(|| log::unpack_request(&call.names.request).unwrap().into_owned())
        };
        let ids = log::all(&mut store.connection().await.unwrap(), request).await.unwrap();
        let ids: Vec<String> = ids.into_iter().flatten().collect();
        assert_eq!(ids, calls(expected).into_iter().map(|call| call.request_id).collect::<Vec<_>>());
    }
    assert!(sound(&store).await);
}

#[tokio::test]
async fn an_import_that_fails_at_its_last_row_leaves_nothing() {
    let (_data, store) = with_two().await;
    let entries = store.audit_entries(9).await.unwrap().len();
    let backwards = ReportedRow { until: DAY.start_of_utc_day().plus_days(2), ..sum(3, 1) };
    let refused = store.import_usage(of(&calls(0..100), &[sum(1, 1), backwards]), &importing()).await;
    assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    assert_eq!(store.usage_of(1).await.unwrap().0, 0);
    assert_eq!(store.audit_entries(9).await.unwrap().len(), entries);
    assert_eq!((imports(&store).await.len(), store.reported(9).await.unwrap().len()), (0, 0));
    assert!(sound(&store).await);
}

#[tokio::test]
async fn rows_older_than_the_log_is_kept_are_not_taken() {
    let (_data, store) = with_two().await;
    store.set_retention(Retention { days: Some(32) }, &act()).await.unwrap();
    store.delete_old_rows(DAY.plus_days(40)).await.unwrap();
    let kept_from = store.log_kept_from().await.unwrap();
    assert!(kept_from > DAY);
    let fresh = CallRow { created_at: kept_from, ..call(99) };
    let rows: Vec<CallRow> = calls(0..3).into_iter().chain([fresh]).collect();
    let imported = store.import_usage(of(&rows, &[]), &importing()).await.unwrap();
    assert_eq!((imported.written, imported.too_old, imported.known), (1, 3, 0));
}

#[tokio::test]
async fn sums_of_vendors_stay_beside_the_log_and_the_latest_export_holds() {
    let (_data, store) = with_two().await;
    let first = [sum(0, 100), sum(1, 200)];
    let imported = store.import_usage(of(&[], &first), &importing()).await.unwrap();
    assert_eq!((imported.written, imported.cost), (2, PicoUsd(300)));
    let later = [sum(1, 250), sum(2, -30)];
    let would = store.compare_reported(&later).await.unwrap();
    assert_eq!((would.written, would.replaced, would.known), (1, 1, 0));
    let imported = store.import_usage(of(&[], &later), &importing()).await.unwrap();
    assert_eq!((imported.written, imported.replaced, imported.cost), (1, 1, PicoUsd(220)));
    let again = store.import_usage(of(&[], &later), &importing()).await.unwrap();
    assert_eq!((again.written, again.replaced, again.known), (0, 0, 2));
    let [month] = &store.reported(9).await.unwrap()[..] else { panic!("one month") };
    assert_eq!(
        (month.sums.cost, month.sums.requests),
        (Some(PicoUsd(320)), None),
        "what is not told is not zero"
    );
    assert_eq!((month.sums.input_tokens, month.sums.output_tokens), (Some(45), Some(9)));
    assert_eq!(month.until.0 - month.from.0, 3 * DAY_MS);
    assert_eq!(store.usage_of(1).await.unwrap().0, 0, "no sum becomes a call");
    assert!(refused(&store, "UPDATE reported_usage SET ends_at = starts_at").await);
}

#[tokio::test]
async fn the_calls_that_the_log_has_are_found_however_many_are_asked_for() {
    let (_data, store) = with_two().await;
    store.log_calls(&calls(0..2)).await.unwrap();
    store.log_calls(&[call(2_300)]).await.unwrap();
    let ids: Vec<String> = (0..2_500).map(|number| format!("r-{number}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    assert_eq!(store.known_calls(&ids).await.unwrap(), HashSet::from(["r-0", "r-1", "r-2300"]));
    assert!(store.known_calls(&[]).await.unwrap().is_empty());
}
