//! The log of calls over HTTP, and pricing it anew.

use std::time::Duration;

use model::{PicoUsd, ProviderType::OpenAi, Timestamp, TokenUsage};
use serde_json::{Value, json};
use store::{CallRow, UsageStatus};

use crate::room::{Room, Session};

const LOGS: &str = "/api/v1/super-admin/providers/usage/logs";
const REPRICING: &str = "/api/v1/super-admin/providers/usage/repricing";

/// Ten calls, one a minute, the last one now; the fourth failed and the last one's usage is not known.
async fn with_ten() -> (Room, Session) {
    let (mut room, _, session) = Room::open().await;
    let body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    room.create(&session, &body).await.data();
    let now = room.now();
    let rows: Vec<CallRow> = (1..=10).map(|number| row(number, now)).collect();
    room.at_console(async |site, _| site.store().log_calls(&rows).await.unwrap()).await;
    (room, session)
}

pub fn row(number: i64, now: Timestamp) -> CallRow {
    let failed = number == 4;
    CallRow {
        request_id: format!("request-{number}"),
        attempt: 1,
        provider_config_id: 1,
        provider_type: OpenAi,
        user_id: if number % 2 == 0 { "ann".into() } else { "bob".into() },
        client: "tests".into(),
        task_type: "extraction".into(),
        model_requested: "gpt-4o-mini".into(),
        model_returned: None,
        usage: (number != 10).then(|| TokenUsage { input: 1000, output: 500, ..TokenUsage::default() }),
        cost: (number != 10).then_some(PicoUsd(1_000_000_000)),
        priced: None,
        cost_is_estimate: false,
        status: if failed { UsageStatus::Timeout } else { UsageStatus::Success },
        error_class: None,
        http_status: Some(200),
        latency_ms: 100 * number.unsigned_abs(),
        first_token_ms: Some(7),
        vendor_request_id: Some("vendor-1".into()),
        rule: None,
        fallback_from: None,
        created_at: Timestamp(now.0 - (10 - number) * 60_000),
    }
}

fn ids(reply: &crate::client::Reply) -> Vec<i64> {
    reply.data().as_array().unwrap().iter().map(|call| call["id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn a_call_has_the_specifications_fields_and_what_was_added() {
    let (room, session) = with_ten().await;
    let logs = room.get(&session, &format!("{LOGS}?request_id=request-9")).await;
    assert_eq!(
        logs.data(),
        &json!([{
            "id": 9, "provider_config_id": 1, "user_id": "bob", "task_type": "extraction", "input_tokens": 1000,
            "output_tokens": 500, "total_tokens": 1500, "estimated_cost_usd": 0.001, "status": "success",
            "latency_ms": 900, "created_at": "2026-11-25T11:59:30Z", "request_id": "request-9", "attempt": 1,
            "display_name": "OpenAI gpt-4o-mini", "provider_type": "openai", "model_name": "gpt-4o-mini",
            "client": "tests", "error_class": null, "http_status": 200, "cost_is_estimate": false,
            "first_piece_ms": 7, "vendor_request_id": "vendor-1",
        }])
    );
    // What the vendor did not say is null, and never 0.
    let unknown = room.get(&session, &format!("{LOGS}?request_id=request-10")).await;
    let call = &unknown.data()[0];
    assert_eq!(
        [&call["input_tokens"], &call["total_tokens"], &call["estimated_cost_usd"]],
        [&Value::Null; 3]
    );
}

#[tokio::test]
async fn the_log_is_filtered() {
    let (room, session) = with_ten().await;
    for (query, expected) in [
        ("", (1..=10).rev().collect::<Vec<i64>>()),
        ("?user_id=ann&status=success", vec![10, 8, 6, 2]),
        ("?status=timeout", vec![4]),
        ("?latency_from_ms=900", vec![10, 9]),
        ("?cost_from_usd=0.001&latency_from_ms=800", vec![9, 8]),
        ("?cost_from_usd=0.0011", vec![]),
        ("?from=2026-11-25T11:58:30Z&to=2026-11-25T12:00:30Z", vec![9, 8]),
        ("?from=2026-11-25T12:58:30%2B01:00", vec![10, 9, 8]),
        ("?provider_config_id=2", vec![]),
        ("?task_type=cv_draft", vec![]),
        ("?model_name=gpt-4o-mini&task_type=extraction&limit=1", vec![10]),
        ("?user_id=%27%20OR%201%3D1--", vec![]),
    ] {
        let logs = room.get(&session, &format!("{LOGS}{query}")).await;
        assert_eq!(ids(&logs), expected, "{query}");
    }
    let long = format!("?user_id={}", "x".repeat(201));
    for wrong in [
        "?limit=0",
        "?limit=501",
        "?status=fine",
        "?from=yesterday",
        "?after=x",
        "?after=5",
        "?cost_from_usd=-1",
        "?latency_from_ms=-1",
        "?user=ann",
        &long,
    ] {
        let reply = room.get(&session, &format!("{LOGS}{wrong}")).await;
        assert_eq!((reply.status, reply.code()), (422, "invalid"), "{wrong}");
    }
}

#[tokio::test]
async fn pages_go_on_behind_the_last_call_whatever_was_added_meanwhile() {
    let (mut room, session) = with_ten().await;
    let first = room.get(&session, &format!("{LOGS}?user_id=ann&limit=2")).await;
    assert_eq!(ids(&first), [10, 8]);
    let link = first.header("link").unwrap().to_owned();
    room.pass(Duration::from_secs(60));
    let newer = [row(12, Timestamp(room.now().0 + 120_000))];
    room.at_console(async |site, _| site.store().log_calls(&newer).await.unwrap()).await;
    let follow = async |link: &str| {
        let path = link.trim_start_matches('<').split_once('>').unwrap().0.to_owned();
        room.get(&session, &path).await
    };
    let second = follow(&link).await;
    assert_eq!(ids(&second), [6, 4]);
    let third = follow(second.header("link").unwrap()).await;
    assert_eq!((ids(&third), third.header("link")), (vec![2], None));
}

#[tokio::test]
async fn the_log_is_priced_anew_on_paper_first_and_then_in_one_written_act() {
    let (room, session) = with_ten().await;
    let own = json!({ "input_usd_per_mtok": "1", "output_usd_per_mtok": "2" });
    room.ask(&session, "PUT", "/api/v1/super-admin/providers/configs/1/price", Some(&own)).await.data();
    // A call costs 1000 x 1 and 500 x 2 millionths of a dollar.
    let expected = |dry_run: bool| {
        json!({
            "dry_run": dry_run, "entries": 10, "changed": 9, "left": 1, "cost_before_usd": 0.009,
            "cost_after_usd": 0.018,
        })
    };
    let cost = async || {
        let logs = room.get(&session, &format!("{LOGS}?request_id=request-9")).await;
        logs.data()[0]["estimated_cost_usd"].clone()
    };
    let paper = room.ask(&session, "POST", REPRICING, Some(&json!({}))).await;
    assert_eq!((paper.data(), cost().await), (&expected(true), json!(0.001)));
    let done = room.ask(&session, "POST", REPRICING, Some(&json!({ "dry_run": false, "days": 1 }))).await;
    assert_eq!((done.data(), cost().await), (&expected(false), json!(0.002)));
    let log = room.get(&session, "/api/v1/super-admin/audit-log?action=usage.reprice").await;
    assert_eq!((log.data().as_array().unwrap().len(), &log.data()[0]["after"]["changed"]), (1, &json!(9)));
    for (wrong, field) in [
        (json!({ "days": 0 }), "days"),
        (json!({ "days": 3661 }), "days"),
        (json!({ "dry_run": "no" }), "dry_run"),
        (json!({ "dryrun": false }), "dryrun"),
    ] {
        let reply = room.ask(&session, "POST", REPRICING, Some(&wrong)).await;
        assert_eq!(
            (reply.status, &reply.body["error"]["fields"][0]["field"]),
            (422, &json!(field)),
            "{wrong}"
        );
    }
    room.pass(Duration::from_secs(299));
    assert_eq!(room.ask(&session, "POST", REPRICING, Some(&json!({}))).await.status, 200);
}
