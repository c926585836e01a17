//! What a call's row holds, and that it is written once whoever writes it how often.

use std::sync::Arc;

use futures::future::join_all;
use model::{
    ErrorClass, PicoUsd, ProviderType, Timestamp, TokenUsage,
    routing::Rule,
    usage::{Price, Rates},
};
use rig_postgres::Postgres;
use serde_json::{Value, json};
use store::{CallRow, Priced, Spender, UsageStatus};

use crate::{
    away::counts,
    house::{House, NOON, call, open, with_two},
};

fn by_hand(house: &House, sql: &str) -> String {
    Postgres::by_hand(house.postgres.as_ref().unwrap(), &house.url, sql)
}

/// Every column has a value that no other one has, so that two that change places are noticed.
fn whole() -> CallRow {
    let rates = Rates {
        input: PicoUsd(1),
        audio_input: PicoUsd(2),
        cache_read: PicoUsd(3),
        cache_write: PicoUsd(4),
        cache_write_1h: PicoUsd(5),
        output: PicoUsd(6),
    };
    let price = Price { standard: rates, long_context: None };
    CallRow {
        request_id: "request".into(),
        attempt: 2,
        provider_config_id: 3,
        provider_type: ProviderType::Claude,
        user_id: "Zoë\0".into(),
        client: "client".into(),
        task_type: "task".into(),
        model_requested: "asked".into(),
        model_returned: Some("returned".into()),
        usage: Some(TokenUsage {
            input: 100,
            audio_input: 11,
            cache_read: 12,
            cache_write: 13,
            cache_write_1h: 14,
            output: 50,
            reasoning: 15,
            service_tier: Some("tier".into()),
            approximate: false,
        }),
        cost: Some(PicoUsd(1_234_567_890_123)),
        priced: Some(Arc::new(Priced { version: "v1".into(), effective: "2026-11-01".into(), price })),
        cost_is_estimate: true,
        status: UsageStatus::Error,
        error_class: Some(ErrorClass::Overloaded),
        http_status: Some(529),
        latency_ms: 77,
        first_token_ms: Some(33),
        vendor_request_id: Some("vendor's".into()),
        rule: Some(Rule::Split),
        fallback_from: Some(4),
        created_at: NOON,
    }
}

#[tokio::test]
async fn a_row_has_every_value_of_its_call_in_its_own_column() {
    let house = House::postgres().await;
    with_two(&house.database).await;
    house.database.log_calls(&[whole(), call("bare")]).await.unwrap();
    let row = |request: &str| -> Value {
        let select = format!(
            "SELECT to_jsonb(l) - 'id' - 'price_id' FROM ai_provider_usage_logs l WHERE request_id = '{request}'"
        );
        serde_json::from_str(&by_hand(&house, &select)).unwrap()
    };
    let expected = json!({
        "request_id": "request", "attempt": 2, "provider_config_id": 3, "provider_type": "claude", "user_id": "Zoë\u{fffd}",
        "client": "client", "task_type": "task", "model_requested": "asked", "model_returned": "returned", "usage_known": true,
        "input_tokens": 150, "output_tokens": 50, "total_tokens": 200, "uncached_tokens": 100, "audio_tokens": 11,
        "cache_read_tokens": 12, "cache_write_tokens": 13, "cache_write_1h_tokens": 14, "reasoning_tokens": 15,
        "service_tier": "tier", "cost_pico_usd": 1_234_567_890_123_i64, "cost_is_estimate": true, "status": "error",
        "error_class": "overloaded", "http_status": 529, "latency_ms": 77, "first_token_ms": 33, "vendor_request_id": "vendor's",
        "route_rule": "split", "fallback_from": 4, "created_at": NOON.0,
    });
    assert_eq!(row("request"), expected);
    let bare = row("bare");
    for nothing in
        ["model_returned", "service_tier", "cost_pico_usd", "error_class", "first_token_ms", "route_rule"]
    {
        assert_eq!(bare[nothing], Value::Null, "{nothing}");
    }
    let priced =
        "SELECT version || ' ' || effective FROM prices p JOIN ai_provider_usage_logs l ON l.price_id = p.id";
    assert_eq!(by_hand(&house, priced), "v1 2026-11-01", "of one call alone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn batches_that_share_calls_and_are_written_by_three_servers_at_once_are_in_the_log_once() {
    let house = House::postgres().await;
    with_two(&house.database).await;
    let servers = [open(&house.url, None).await, open(&house.url, None).await, open(&house.url, None).await];
    // Each batch shares half of its calls with the next one, and comes from every server.
    let batch = |number: usize| -> Vec<CallRow> {
        let of = |call_of: usize| CallRow { latency_ms: 1, ..call(&format!("request {call_of:04}")) };
        (number * 50..number * 50 + 100).rev().map(of).collect()
    };
    let writers = (0..24).map(|writer| {
        let (server, calls) = (Arc::clone(&servers[writer % 3]), batch(writer / 3));
        tokio::spawn(async move { server.log_calls(&calls).await })
    });
    for written in join_all(writers).await {
        written.unwrap().unwrap();
    }
    assert_eq!(counts(&house.url, &servers[0]).await, [450; 3]);
    assert_eq!(house.database.verify_statistics().await.unwrap().first_difference, None);
    assert_eq!(by_hand(&house, "SELECT count(*) FROM usage_requests"), "450");
}

#[tokio::test]
async fn a_batch_of_many_pieces_with_one_call_of_before_leaves_nothing_of_itself_out() {
    let house = House::postgres().await;
    with_two(&house.database).await;
    // Some 4 KB each, so that the database is told of its last id long after the first piece was handed on.
    let of = |number: usize| CallRow {
        client: "c".repeat(4_000).into(),
        created_at: Timestamp(NOON.0 + number as i64),
        ..call(&format!("{number:05}"))
    };
    let last = CallRow { latency_ms: 1_000_000, ..of(9_999) };
    house.database.log_calls(std::slice::from_ref(&last)).await.unwrap();
    let batch: Vec<CallRow> = (8_000..10_000).map(of).collect();
    house.database.log_calls(&batch).await.unwrap();
    let spent = house.database.spent_since(Spender::Everyone, Timestamp(0)).await.unwrap();
    assert_eq!((spent.calls, spent.tokens), (2_000, 300_000));
    assert_eq!(
        by_hand(&house, "SELECT latency_ms FROM ai_provider_usage_logs WHERE request_id = '09999'"),
        "1000000"
    );
    // Its connection is as good as any.
    house.database.log_calls(&[call("later")]).await.unwrap();
    assert_eq!(house.database.spent_since(Spender::Everyone, Timestamp(0)).await.unwrap().calls, 2_001);
}

#[tokio::test]
async fn a_database_of_before_keeps_its_calls_and_takes_none_of_them_again() {
    let house = House::postgres().await;
    with_two(&house.database).await;
    house.database.log_calls(&[call("of before"), call("Of before")]).await.unwrap();
    // As the version before left it.
    by_hand(
        &house,
        "DELETE FROM _sqlx_migrations WHERE version = 26;
         ALTER TABLE usage_requests ALTER COLUMN request_id TYPE TEXT COLLATE \"default\";
         ALTER TABLE usage_quarters RESET (fillfactor); ALTER TABLE usage_days RESET (fillfactor)",
    );
    let store = open(&house.url, None).await;
    let collation = "SELECT collation_name FROM information_schema.columns
                     WHERE table_name = 'usage_requests' AND column_name = 'request_id'";
    assert_eq!(by_hand(&house, collation), "C");
    store.log_calls(&[call("of before"), call("new")]).await.unwrap();
    assert_eq!(counts(&house.url, &store).await, [3; 3]);
}
