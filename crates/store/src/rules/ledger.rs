//! The log, its sums and its prices.

use std::sync::Arc;

use model::{
    ErrorClass, PicoUsd, ProviderType, Timestamp,
    routing::Rule,
    statistics::{CallFilter, Retention},
    usage::{LongRates, Price, Rates, TokenUsage},
};

use super::{act, refused, with_two};
use crate::{
    Act, CallRow, Priced, Spender, Store, UsageStatus,
    log::{self, Buckets, Figures, Kind, Logged, Names},
};

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

async fn number(store: &Store, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&mut *store.connection().await.unwrap()).await.unwrap()
}

async fn costs(store: &Store) -> Vec<(String, Option<i64>, bool)> {
    let call = |call: &Logged<'_>| {
        let request = log::unpack_request(&call.names.request).unwrap().into_owned();
        (request, call.figures.cost, call.figures.estimated)
    };
    let mut costs = log::all(&mut store.connection().await.unwrap(), call).await.unwrap();
    costs.sort();
    costs
}

#[tokio::test]
async fn the_database_forbids_what_no_log_has() {
    let (_data, store) = with_two().await;
    store.log_calls(&[call("a"), failed("b")]).await.unwrap();
    for (rule, sql) in [
        ("a changed price", "UPDATE prices SET unit = '{}'"),
        ("a request of two calls", "UPDATE usage_requests SET request = x'00'"),
        ("a segment without calls", "UPDATE ai_provider_usage_logs SET calls = 0"),
        ("more calls than numbers", "UPDATE ai_provider_usage_logs SET calls = 3"),
        ("numbers that fall", "UPDATE ai_provider_usage_logs SET last = first - 1"),
        ("times that fall", "UPDATE ai_provider_usage_logs SET last_at = first_at - 1"),
    ] {
        assert!(refused(&store, sql).await, "{rule}");
    }
}

#[tokio::test]
async fn calls_that_come_one_by_one_end_up_in_full_segments_and_each_is_there_once() {
    let (_data, store) = with_two().await;
    for number in 0..300 {
        store.log_calls(&[call(&format!("r-{number:04}"))]).await.unwrap();
    }
    assert!(number(&store, "SELECT count(*) FROM ai_provider_usage_logs").await <= 9);
    let many: Vec<CallRow> = (250..3_000).map(|number| call(&format!("r-{number:04}"))).collect();
    store.log_calls(&many).await.unwrap();
    let ids: Vec<String> = costs(&store).await.into_iter().map(|(id, ..)| id).collect();
    assert!(ids.into_iter().eq((0..3_000).map(|number| format!("r-{number:04}"))));
    assert_eq!(number(&store, "SELECT max(calls) FROM ai_provider_usage_logs").await, 1_024);
    assert_eq!(number(&store, "SELECT sum(calls) FROM ai_provider_usage_logs").await, 3_000);
    assert_eq!(number(&store, "SELECT count(*) FROM usage_requests").await, 3_000);
}

#[tokio::test]
async fn calls_of_a_file_in_any_order_lie_in_the_order_of_time_and_the_first_of_two_alike_stays() {
    let (_data, store) = with_two().await;
    let at = |number: i64| Timestamp(DAY.0 + number * 7_919_000 % 86_400_000);
    let mut rows: Vec<CallRow> =
        (0..2_500).map(|number| CallRow { created_at: at(number), ..call(&format!("r-{number}")) }).collect();
    rows.push(CallRow { created_at: Timestamp(DAY.0 - 1), ..call("r-7") });
    store.log_calls(&rows).await.unwrap();
    let times = log::all(&mut store.connection().await.unwrap(), |call| call.kind.at).await.unwrap();
    assert!(times.is_sorted() && times.len() == 2_500 && times[0] >= DAY.0);
    assert_eq!(store.verify_statistics().await.unwrap().first_difference, None);
}

#[tokio::test]
async fn a_segment_whose_parts_do_not_belong_together_is_said_to_be_damaged() {
    let (_data, store) = with_two().await;
    store.log_calls(&[call("a"), call("b")]).await.unwrap();
    for wound in [
        "UPDATE ai_provider_usage_logs SET kinds = x''",
        "UPDATE ai_provider_usage_logs SET kinds = x'01'",
        "UPDATE ai_provider_usage_logs SET kinds = CAST(x'02' || substr(kinds, 2) AS BLOB)",
        "UPDATE ai_provider_usage_logs SET figures = kinds",
        "UPDATE ai_provider_usage_logs SET calls = 1",
    ] {
        let mut connection = store.connection().await.unwrap();
        let mut transaction = sqlx::Connection::begin(&mut *connection).await.unwrap();
        sqlx::query(wound).execute(&mut *transaction).await.unwrap();
        let read = log::all(&mut transaction, |_| ()).await;
        assert!(matches!(read, Err(crate::StoreError::Damaged)), "{wound}");
        transaction.rollback().await.unwrap();
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
async fn every_field_of_a_call_comes_back() {
    let (_data, store) = with_two().await;
    store.log_calls(&[call("a"), failed("b")]).await.unwrap();
    let of_a = Logged {
        kind: Kind {
            number: 1,
            at: DAY.0,
            attempt: 1,
            config: 1,
            provider_type: Some("openai"),
            model: Some("gpt-6-sol"),
            task: "extraction",
            user: "u-1",
            client: Some("tests"),
            status: "success",
            error: None,
        },
        figures: Figures {
            usage_known: true,
            input: 11_111,
            output: 100_000,
            total: 111_111,
            buckets: Some(Buckets {
                uncached: 1,
                audio: 10,
                cache_read: 100,
                cache_write: 1_000,
                cache_write_1h: 10_000,
                reasoning: 7,
            }),
            service_tier: Some("default"),
            returned: Some("gpt-6-sol-2026-10-01"),
            cost: Some(1_175_321_000),
            price: Some(1),
            estimated: false,
            latency: 900,
            first_token: Some(120),
            http_status: Some(200),
            rule: Some("split"),
            fallback_from: Some(2),
        },
        names: Names { request: log::pack_request("a").into(), vendor_request: Some("req_1") },
    };
    let of_b = Logged {
        kind: Kind { number: 2, status: "error", error: Some("overloaded"), ..of_a.kind },
        figures: Figures {
            usage_known: false,
            input: 0,
            output: 0,
            total: 0,
            buckets: None,
            service_tier: None,
            cost: None,
            price: None,
            http_status: Some(529),
            ..of_a.figures
        },
        names: Names { request: log::pack_request("b").into(), vendor_request: Some("req_1") },
    };
    let mut expected = [of_a, of_b].into_iter();
    let compare = |call: &Logged<'_>| assert_eq!(*call, expected.next().unwrap());
    assert_eq!(log::all(&mut store.connection().await.unwrap(), compare).await.unwrap().len(), 2);
    assert_eq!(
        number(&store, "SELECT count(*) FROM prices WHERE id = 1 AND effective = '2026-11-20'").await,
        1
    );
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
    let price_for =
        |billed: crate::Billed<'_>| (billed.model_name != "unknown").then(|| priced("2026-12", 2_000));
    let act = Act { action: "usage.reprice", ..act() };
    let (before, entries) = (costs(&store).await, store.audit_entries(99).await.unwrap().len());
    let tried = store.try_repricing(price_for, DAY..DAY.plus_days(1)).await.unwrap();
    assert_eq!((costs(&store).await, store.audit_entries(99).await.unwrap().len()), (before, entries));
    let done = store.reprice(price_for, DAY..DAY.plus_days(1), &act).await.unwrap();
    let (old, new) = (1_175_321_000, 2_350_642_000);
    assert_eq!((done.rows, done.changed, done.left), (3, 1, 2));
    assert_eq!(tried, done, "trying it says what it comes to");
    assert_eq!((done.before, done.after), (PicoUsd(i128::from(2 * old)), PicoUsd(i128::from(new + old))));
    let row = |request: &str, cost, estimate| (request.to_owned(), cost, estimate);
    assert_eq!(
        costs(&store).await,
        [
            row("a", Some(new), false),
            row("b", None, false),
            row("c", Some(old), false),
            row("d", Some(old), false),
        ]
    );
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!(
        (entry.action.as_str(), entry.before.unwrap()),
        ("usage.reprice", r#"{"cost_pico_usd":"2350642000"}"#.into())
    );
    assert!(entry.after.unwrap().contains(r#""changed":1"#));
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
async fn a_log_of_many_pieces_is_priced_as_its_calls_one_by_one() {
    let (_data, store) = with_two().await;
    // Segments of a few calls each, so that there are more than one piece has; the second model comes late.
    for batch in 0..40_u32 {
        let model: Arc<str> = if batch < 30 { "early".into() } else { "late".into() };
        let rows: Vec<CallRow> = (0..40 - batch)
            .map(|number| CallRow {
                model_requested: Arc::clone(&model),
                ..call(&format!("r-{batch}-{number}"))
            })
            .collect();
        store.log_calls(&rows).await.unwrap();
    }
    let asked = std::sync::Mutex::new(Vec::new());
    let price_for = |billed: crate::Billed<'_>| {
        asked.lock().unwrap().push(billed.model_name.to_owned());
        Some(priced("2026-12", if billed.model_name == "late" { 3_000_000 } else { 2_000 }))
    };
    let done = store.reprice(price_for, DAY..DAY.plus_days(1), &act()).await.unwrap();
    assert_eq!((done.rows, done.changed, done.left), (820, 820, 0));
    assert_eq!(asked.into_inner().unwrap(), ["early", "late"], "each price is asked for once");
    let (early, late) = (2_350_642_000, 3_525_963_000_000);
    let costs = costs(&store).await;
    assert_eq!(costs.iter().filter(|(_, cost, _)| *cost == Some(early)).count(), 765);
    assert_eq!(costs.iter().filter(|(_, cost, _)| *cost == Some(late)).count(), 55);
    assert_eq!(done.after, PicoUsd(765 * i128::from(early) + 55 * i128::from(late)));
    assert_eq!(store.verify_statistics().await.unwrap().first_difference, None);
}

#[tokio::test]
async fn a_segment_keeps_its_length_while_its_new_costs_have_room_in_it() {
    let (_data, store) = with_two().await;
    let rows: Vec<CallRow> = (0..1_024).map(|number| call(&format!("r-{number}"))).collect();
    store.log_calls(&rows).await.unwrap();
    let length = async || -> i64 {
        let length = "SELECT length(figures) FROM ai_provider_usage_logs";
        sqlx::query_scalar(length).fetch_one(&mut *store.connection().await.unwrap()).await.unwrap()
    };
    let reprice = async |price| {
        let price = priced(&format!("v{price}"), price);
        store.reprice(|_| Some(Arc::clone(&price)), DAY..DAY.plus_days(1), &act()).await.unwrap();
        assert_eq!(store.verify_statistics().await.unwrap().first_difference, None);
    };
    let before = length().await;
    for price in [20_000, 1, 900] {
        reprice(price).await;
        assert_eq!(length().await, before, "at {price}");
    }
    reprice(1_000_000_000).await;
    assert!(length().await > before);
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

/// What the log says of how many calls there were, and shows of them.
async fn told(store: &Store) -> (u64, Vec<String>) {
    let spent = store.spent_since(Spender::Everyone, Timestamp(0)).await.unwrap();
    let page = store.calls(&CallFilter::default(), None, 50).await.unwrap();
    (spent.calls, page.calls.into_iter().map(|call| call.request_id).collect())
}

#[tokio::test]
async fn calls_after_a_clock_that_was_ahead_are_taken_again() {
    let (_folder, store) = with_two().await;
    let at = |request: &str, minutes: i64| CallRow {
        created_at: Timestamp(DAY.0 + minutes * 60_000),
        ..call(request)
    };
    store.log_calls(&[at("before", 0)]).await.unwrap();
    store.set_retention(Retention { days: Some(90) }, &act()).await.unwrap();
    // A year ahead: everything is too old, one call is made, and the clock goes back.
    let ahead = Timestamp(DAY.0 + 2 * 60_000).plus_days(365);
    store.log_calls(&[CallRow { created_at: ahead, ..call("ahead") }]).await.unwrap();
    assert_eq!(store.delete_old_rows(ahead).await.unwrap(), 1);
    store.log_calls(&[at("at once", 5)]).await.unwrap();
    store.log_calls(&[at("later", 60)]).await.unwrap();
    store.log_calls(&[at("later", 60), at("later still", 61)]).await.unwrap();
    // The sums have every call once. Of the quarter of an hour whose rows are gone, the log shows none.
    assert_eq!(told(&store).await, (5, ["ahead", "later still", "later"].map(str::to_owned).into()));
    assert_eq!(store.verify_statistics().await.unwrap().first_difference, None);
    store.rebuild_statistics(&act()).await.unwrap();
    assert_eq!(told(&store).await.0, 5);
    // The right clock deletes nothing of them.
    assert_eq!(store.delete_old_rows(Timestamp(DAY.0 + 3_700_000)).await.unwrap(), 0);
    assert_eq!(store.delete_old_rows(Timestamp(DAY.0).plus_days(100)).await.unwrap(), 3);
}
