//! The log, its sums and its prices.

use std::sync::Arc;

use model::{
    ErrorClass, PicoUsd, ProviderType, Timestamp,
    routing::Rule,
    usage::{LongRates, Price, Rates, TokenUsage},
};

use super::{act, refused, with_two};
use crate::{Act, CallRow, Priced, Spender, Store, UsageRow, UsageStatus};

const DAY: Timestamp = Timestamp(1_795_444_320_000);

fn rates(input: i128) -> Rates {
    let price = |factor| PicoUsd(input * factor);
    Rates {
        input: price(1),
        audio_input: price(2),
        cache_read: price(3),
        cache_write: price(5),
        cache_write_1h: price(7),
        output: price(11),
    }
}

fn priced(version: &str, input: i128) -> Arc<Priced> {
    let long_context = Some(LongRates { above_input_tokens: 1_000_000, rates: rates(input * 2) });
    let price = Price { standard: rates(input), long_context };
    Arc::new(Priced { version: version.into(), effective: "2026-11-20".into(), price })
}

fn usage() -> TokenUsage {
    TokenUsage {
        input: 1,
        audio_input: 10,
        cache_read: 100,
        cache_write: 1_000,
        cache_write_1h: 10_000,
        output: 100_000,
        reasoning: 7,
        service_tier: Some("default".into()),
        approximate: false,
    }
}

fn call(request: &str) -> CallRow {
    let priced = priced("2026-11", 1_000);
    CallRow {
        request_id: request.into(),
        attempt: 1,
        provider_config_id: 1,
        provider_type: ProviderType::OpenAi,
        user_id: "u-1".into(),
        client: "tests".into(),
        task_type: "extraction".into(),
        model_requested: "gpt-6-sol".into(),
        model_returned: Some("gpt-6-sol-2026-10-01".into()),
        usage: Some(usage()),
        cost: Some(priced.price.cost(&usage())),
        priced: Some(priced),
        cost_is_estimate: false,
        status: UsageStatus::Success,
        error_class: None,
        http_status: Some(200),
        latency_ms: 900,
        first_token_ms: Some(120),
        vendor_request_id: Some("req_1".into()),
        rule: Some(Rule::Split),
        fallback_from: Some(2),
        created_at: DAY,
    }
}

fn failed(request: &str) -> CallRow {
    CallRow {
        usage: None,
        cost: None,
        priced: None,
        status: UsageStatus::Error,
        error_class: Some(ErrorClass::Overloaded),
        http_status: Some(529),
        ..call(request)
    }
}

fn before_the_ledger(request: &str) -> UsageRow {
    UsageRow {
        request_id: request.into(),
        provider_config_id: 2,
        user_id: "u-1".into(),
        task_type: "extraction".into(),
        input_tokens: 10,
        output_tokens: 20,
        cost: None,
        status: UsageStatus::Success,
        latency_ms: 5,
        created_at: DAY,
    }
}

async fn number(store: &Store, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&mut *store.connection().await.unwrap()).await.unwrap()
}

async fn costs(store: &Store) -> Vec<(String, Option<i64>, bool)> {
    let select =
        "SELECT request_id, cost_pico_usd, cost_is_estimate FROM ai_provider_usage_logs ORDER BY request_id";
    sqlx::query_as(select).fetch_all(&mut *store.connection().await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn the_database_forbids_rows_that_must_not_be() {
    let (_data, store) = with_two().await;
    store.log_calls(&[call("a"), failed("b")]).await.unwrap();
    for (rule, sql) in [
        ("negative tokens", "UPDATE ai_provider_usage_logs SET cache_read_tokens = -1"),
        ("an attempt before the first", "UPDATE ai_provider_usage_logs SET attempt = 0"),
        (
            "tokens of an unknown usage",
            "UPDATE ai_provider_usage_logs SET usage_known = 0 WHERE request_id = 'a'",
        ),
        (
            "a success with an error",
            "UPDATE ai_provider_usage_logs SET error_class = 'server' WHERE request_id = 'a'",
        ),
        ("a price that nobody has", "UPDATE ai_provider_usage_logs SET price_id = 99"),
        ("an unknown rule", "UPDATE ai_provider_usage_logs SET route_rule = 'luck'"),
        ("a status of no HTTP", "UPDATE ai_provider_usage_logs SET http_status = 7"),
        ("an unknown type", "UPDATE ai_provider_usage_logs SET provider_type = 'other'"),
        ("an estimate of 2", "UPDATE ai_provider_usage_logs SET cost_is_estimate = 2"),
        ("a changed price", "UPDATE prices SET unit = '{}'"),
    ] {
        assert!(refused(&store, sql).await, "{rule}");
    }
}

#[tokio::test]
async fn a_call_written_twice_is_there_once_also_in_batches_of_any_size() {
    let (_data, store) = with_two().await;
    let rows: Vec<CallRow> = (0..150).map(|number| call(&format!("r-{}", number % 140))).collect();
    store.log_calls(&rows).await.unwrap();
    store.log_calls(&rows).await.unwrap();
    store.log_calls(&[]).await.unwrap();
    let spent = store.spent_since(Spender::Config(1), DAY).await.unwrap();
    assert_eq!((spent.calls, spent.tokens), (140, 140 * 111_111));
    assert_eq!(number(&store, "SELECT count(*) FROM prices").await, 1, "one price is kept once");
}

#[tokio::test]
async fn every_field_of_a_call_is_in_its_own_column() {
    let (_data, store) = with_two().await;
    store.log_calls(&[call("a"), failed("b")]).await.unwrap();
    let matches = "SELECT count(*) FROM ai_provider_usage_logs l JOIN prices p ON p.id = l.price_id WHERE
        request_id = 'a' AND attempt = 1 AND provider_config_id = 1 AND provider_type = 'openai' AND user_id = 'u-1'
        AND client = 'tests' AND task_type = 'extraction' AND model_requested = 'gpt-6-sol'
        AND model_returned = 'gpt-6-sol-2026-10-01' AND usage_known = 1 AND input_tokens = 11111
        AND output_tokens = 100000 AND total_tokens = 111111 AND uncached_tokens = 1 AND audio_tokens = 10
        AND cache_read_tokens = 100 AND cache_write_tokens = 1000 AND cache_write_1h_tokens = 10000
        AND reasoning_tokens = 7 AND service_tier = 'default' AND cost_pico_usd = 1175321000 AND version = '2026-11'
        AND effective = '2026-11-20' AND cost_is_estimate = 0 AND status = 'success' AND error_class IS NULL
        AND http_status = 200 AND latency_ms = 900 AND first_token_ms = 120 AND vendor_request_id = 'req_1'
        AND route_rule = 'split' AND fallback_from = 2 AND created_at = 1795444320000";
    assert_eq!(number(&store, matches).await, 1);
    let unknown = "SELECT count(*) FROM ai_provider_usage_logs WHERE request_id = 'b' AND usage_known = 0
        AND total_tokens = 0 AND uncached_tokens IS NULL AND cost_pico_usd IS NULL AND price_id IS NULL
        AND status = 'error' AND error_class = 'overloaded' AND http_status = 529";
    assert_eq!(number(&store, unknown).await, 1);
    let unit: String = sqlx::query_scalar("SELECT unit FROM prices")
        .fetch_one(&mut *store.connection().await.unwrap())
        .await
        .unwrap();
    assert_eq!(serde_json::from_str::<Price>(&unit).unwrap(), priced("2026-11", 1_000).price);
}

#[tokio::test]
async fn sums_go_on_where_64_bits_end() {
    let (_data, store) = with_two().await;
    let huge = |request: &str| CallRow {
        usage: Some(TokenUsage { output: u64::MAX, ..TokenUsage::default() }),
        cost: Some(PicoUsd(i128::from(i64::MAX))),
        ..call(request)
    };
    store.log_calls(&[huge("a"), huge("b"), huge("c")]).await.unwrap();
    let sum = PicoUsd(3 * i128::from(i64::MAX));
    assert_eq!(store.usage_of(1).await.unwrap(), (3, sum));
    let usage = store.list(DAY).await.unwrap().providers[0].usage.clone();
    assert_eq!((usage.cost_today, usage.tokens_today, usage.tokens_this_month), (sum, u64::MAX, u64::MAX));
    for spender in [Spender::Config(1), Spender::User("u-1"), Spender::Everyone] {
        let spent = store.spent_since(spender, DAY).await.unwrap();
        assert_eq!((spent.calls, spent.cost, spent.tokens), (3, sum, u64::MAX));
    }
}

#[tokio::test]
async fn what_is_spent_is_counted_by_spender_and_from_the_moment_on() {
    let (_data, store) = with_two().await;
    let rows = [
        call("a"),
        CallRow { provider_config_id: 2, ..call("b") },
        CallRow { user_id: "u-2".into(), ..call("c") },
        CallRow { created_at: Timestamp(DAY.0 - 1), ..call("d") },
        failed("e"),
    ];
    store.log_calls(&rows).await.unwrap();
    let calls = async |spender| {
        let spent = store.spent_since(spender, DAY).await.unwrap();
        (spent.calls, spent.unknown, spent.tokens, spent.cost)
    };
    let (tokens, cost) = (111_111, 1_175_321_000);
    assert_eq!(calls(Spender::Config(1)).await, (3, 1, 2 * tokens, PicoUsd(2 * cost)));
    assert_eq!(calls(Spender::User("u-1")).await, (3, 1, 2 * tokens, PicoUsd(2 * cost)));
    assert_eq!(calls(Spender::Everyone).await, (4, 1, 3 * tokens, PicoUsd(3 * cost)));
    assert_eq!(calls(Spender::User("nobody")).await, (0, 0, 0, PicoUsd(0)));
}

#[tokio::test]
async fn repricing_is_exact_leaves_what_is_unknown_and_has_its_entry() {
    let (_data, store) = with_two().await;
    let other = CallRow { model_requested: "unknown".into(), ..call("c") };
    let later = CallRow { created_at: DAY.plus_days(1), ..call("d") };
    store.log_calls(&[call("a"), failed("b"), other, later]).await.unwrap();
    store.log_usage(&[before_the_ledger("e")]).await.unwrap();
    let price_for =
        |billed: crate::Billed<'_>| (billed.model_name != "unknown").then(|| priced("2026-12", 2_000));
    let act = Act { action: "usage.reprice", ..act() };
    let (before, entries) = (costs(&store).await, store.audit_entries(99).await.unwrap().len());
    let tried = store.try_repricing(price_for, DAY..DAY.plus_days(1)).await.unwrap();
    assert_eq!((costs(&store).await, store.audit_entries(99).await.unwrap().len()), (before, entries));
    let done = store.reprice(price_for, DAY..DAY.plus_days(1), &act).await.unwrap();
    let (old, new) = (1_175_321_000, 2_350_642_000);
    // Ten of input at 2,000 and twenty of output at 22,000: a row of before the ledger has no more than these.
    let guessed = 460_000;
    assert_eq!((done.rows, done.changed, done.left), (4, 2, 2));
    assert_eq!(tried, done, "trying it says what it comes to");
    assert_eq!(
        (done.before, done.after),
        (PicoUsd(i128::from(2 * old)), PicoUsd(i128::from(new + old + guessed)))
    );
    let row = |request: &str, cost, estimate| (request.to_owned(), cost, estimate);
    assert_eq!(
        costs(&store).await,
        [
            row("a", Some(new), false),
            row("b", None, false),
            row("c", Some(old), false),
            row("d", Some(old), false),
            row("e", Some(guessed), true),
        ]
    );
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!(
        (entry.action.as_str(), entry.before.unwrap()),
        ("usage.reprice", r#"{"cost_pico_usd":"2350642000"}"#.into())
    );
    assert!(entry.after.unwrap().contains(r#""changed":2"#));
}

#[tokio::test]
async fn repricing_by_the_same_price_changes_nothing_and_a_long_log_is_taken_whole() {
    let (_data, store) = with_two().await;
    let rows: Vec<CallRow> = (0..2_100).map(|number| call(&format!("r-{number}"))).collect();
    store.log_calls(&rows).await.unwrap();
    let done =
        store.reprice(|_| Some(priced("2026-11", 1_000)), DAY..DAY.plus_days(1), &act()).await.unwrap();
    assert_eq!((done.rows, done.changed, done.left), (2_100, 0, 0));
    assert_eq!(done.before, done.after);
}

#[tokio::test]
async fn a_repricing_whose_entry_cannot_be_written_does_not_happen() {
    let (_data, store) = with_two().await;
    store.log_calls(&[call("a")]).await.unwrap();
    let block =
        "CREATE TRIGGER full BEFORE INSERT ON admin_action_log BEGIN SELECT RAISE(ABORT, 'full'); END";
    sqlx::query(block).execute(&mut *store.connection().await.unwrap()).await.unwrap();
    let before = costs(&store).await;
    assert!(store.reprice(|_| Some(priced("x", 1)), DAY..DAY.plus_days(1), &act()).await.is_err());
    assert_eq!(costs(&store).await, before);
}
