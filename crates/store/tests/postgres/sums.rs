//! Sums of the usage log that are compared with the calls, and made anew from them.

use model::Timestamp;
use rig_postgres::Postgres;
use store::CallRow;

use crate::house::{House, NOON, act, call, with_two};

const QUARTER_MS: i64 = 15 * 60 * 1_000;

/// Calls of two users, of two quarters and of two days, one of them failed.
async fn with_calls() -> House {
    let house = House::postgres().await;
    with_two(&house.database).await;
    let at = |request: &str, at: i64| CallRow { created_at: Timestamp(at), ..call(request) };
    let rows = [
        at("yesterday", NOON.0 - 86_400_000),
        at("a", NOON.0),
        CallRow { user_id: "v".into(), ..at("b", NOON.0) },
        CallRow { cost: Some(model::PicoUsd(7)), ..at("c", NOON.0 + QUARTER_MS) },
        CallRow { usage: None, status: store::UsageStatus::Error, ..at("d", NOON.0 + QUARTER_MS) },
    ];
    house.database.log_calls(&rows).await.unwrap();
    house
}

fn by_hand(house: &House, sql: &str) {
    Postgres::by_hand(house.postgres.as_ref().unwrap(), &house.url, sql);
}

#[tokio::test]
async fn sums_that_are_right_are_found_right() {
    let house = with_calls().await;
    let report = house.database.verify_statistics().await.unwrap();
    assert_eq!((report.rows, report.cells, report.first_difference), (5, 5 + 3, None));
}

#[tokio::test]
async fn a_row_and_a_sum_that_somebody_changed_are_found_and_made_anew() {
    for (sql, of_a_day, sum, said) in [
        (
            "UPDATE ai_provider_usage_logs SET total_tokens = 151 WHERE request_id = 'a'",
            false,
            "tokens",
            ("151", "150"),
        ),
        (
            "UPDATE ai_provider_usage_logs SET cost_pico_usd = 8 WHERE request_id = 'c'",
            false,
            "cost",
            ("8", "7"),
        ),
        ("DELETE FROM ai_provider_usage_logs WHERE request_id = 'b'", false, "calls", ("0", "1")),
        ("DELETE FROM usage_quarters WHERE user_id = 'v'", false, "calls", ("1", "0")),
        ("UPDATE usage_quarters SET latency_ms = 6 WHERE user_id = 'v'", false, "latency", ("5", "6")),
        (
            "UPDATE usage_days SET output_tokens = 0 WHERE status = 'success' AND calls = 1",
            true,
            "output tokens",
            ("50", "0"),
        ),
    ] {
        let house = with_calls().await;
        by_hand(&house, sql);
        let report = house.database.verify_statistics().await.unwrap();
        let first = report.first_difference.unwrap_or_else(|| panic!("not found: {sql}"));
        assert_eq!((first.of_a_day, &*first.sum), (of_a_day, sum), "{sql}");
        assert_eq!((&*first.rows_say, &*first.sums_say), said, "{sql}");
        let made = house.database.rebuild_statistics(&act("usage.rebuild")).await.unwrap();
        let report = house.database.verify_statistics().await.unwrap();
        assert_eq!(
            (report.rows, report.cells, report.first_difference),
            (made.rows, made.cells, None),
            "{sql}"
        );
        let entry = house.database.audit_entries(1).await.unwrap().remove(0);
        assert_eq!(entry.action, "usage.rebuild");
    }
}

#[tokio::test]
async fn sums_of_months_whose_rows_were_let_go_of_are_kept_and_compared_with_each_other() {
    let house = with_calls().await;
    by_hand(&house, "DELETE FROM ai_provider_usage_logs WHERE request_id = 'yesterday'");
    assert_eq!(house.database.verify_statistics().await.unwrap().first_difference, None);
    house.database.rebuild_statistics(&act("usage.rebuild")).await.unwrap();
    let all = house.database.provider_statistics(2, NOON).await.unwrap();
    assert_eq!(all.iter().map(|line| line.total_calls).sum::<u64>(), 5, "what was summed stays summed");
    let change = format!("UPDATE usage_days SET calls = 2 WHERE start_at < {}", NOON.0 - 86_400_000);
    by_hand(&house, &change);
    let first = house.database.verify_statistics().await.unwrap().first_difference.unwrap();
    assert_eq!((first.of_a_day, &*first.rows_say, &*first.sums_say), (true, "1", "2"));
}
