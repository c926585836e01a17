//! Budgets over HTTP: made, changed against their revision, deleted, and how they stand by what calls cost.

use std::time::Duration;

use model::{PicoUsd, ProviderType::OpenAi, Timestamp};
use serde_json::{Value, json};
use store::CallRow;

use crate::{
    room::{Room, Session},
    usage_log::row,
};

const BUDGETS: &str = "/api/v1/super-admin/budgets";
const DAY_MS: i64 = 86_400_000;

async fn room() -> (Room, Session) {
    let (room, _, session) = Room::open().await;
    let body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    room.create(&session, &body).await.data();
    (room, session)
}

async fn made(room: &Room, session: &Session, more: &Value) -> Value {
    let mut body = json!({ "scope": "whole", "period": "month", "amount_usd": 5 });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    let made = room.ask(session, "POST", BUDGETS, Some(&body)).await;
    assert_eq!((made.status, made.header("etag")), (201, Some("\"1\"")), "{}", made.text);
    made.data().clone()
}

fn path(budget: &Value) -> String {
    format!("{BUDGETS}/{}", budget["id"])
}

/// A call of so many days ago that cost so many thousandths of a dollar.
fn spent(now: Timestamp, days_ago: i64, thousandths: i128) -> CallRow {
    CallRow {
        request_id: format!("spent-{days_ago}"),
        cost: Some(PicoUsd(thousandths * 1_000_000_000)),
        created_at: Timestamp(now.0 - days_ago * DAY_MS),
        ..row(1, now)
    }
}

#[tokio::test]
async fn a_budget_is_made_listed_changed_against_its_revision_and_deleted() {
    let (room, session) = room().await;
    let whole = made(&room, &session, &json!({})).await;
    assert_eq!((&whole["scope"], &whole["amount_usd"], &whole["spent_usd"]), (&json!("whole"), &json!(5.0), &json!(0.0)));
    assert_eq!((&whole["first_day"], &whole["last_day"]), (&json!("2026-11-01"), &json!("2026-11-30")));
    assert_eq!((&whole["time_zone"], &whole["ends_at"]), (&json!("UTC"), &json!("2026-12-01T00:00:00Z")));
    assert_eq!(whole["forecast"], json!({ "state": "too_early", "days": 0, "needed": 14 }));
    let of_config = made(&room, &session, &json!({ "scope": "config", "config_id": 1, "period": "day" })).await;
    assert_eq!(of_config["forecast"], json!({ "state": "of_no_day" }));
    assert!(of_config["display_name"].is_string() && of_config["level"].is_null(), "{of_config}");
    made(&room, &session, &json!({ "scope": "task", "task": "extraction" })).await;
    made(&room, &session, &json!({ "scope": "user", "user_id": "ann" })).await;
    let first = room.get(&session, &format!("{BUDGETS}?limit=3")).await;
    assert_eq!(first.data()[0], whole);
    let next = first.header("link").unwrap().trim_start_matches('<').split('>').next().unwrap().to_owned();
    let second = room.get(&session, &next).await;
    assert_eq!((second.data()[0]["user_id"].as_str(), second.header("link")), (Some("ann"), None));
    let lower = json!({ "amount_usd": 4.25 });
    let changed = room.ask_if(&session, "PUT", (&path(&whole), "\"1\""), Some(&lower)).await;
    assert_eq!((&changed.data()["amount_usd"], changed.header("etag")), (&json!(4.25), Some("\"2\"")));
    // Who saw the one before hears which revision is there now, and changes nothing.
    for (method, body) in [("PUT", Some(&lower)), ("DELETE", None)] {
        let stale = room.ask_if(&session, method, (&path(&whole), "\"1\""), body).await;
        assert_eq!((stale.status, stale.code()), (412, "revision_changed"));
        assert_eq!((&stale.body["error"]["current_revision"], stale.header("etag")), (&json!(2), Some("\"2\"")));
    }
    assert_eq!(room.get(&session, &path(&whole)).await.data(), changed.data());
    let gone = room.ask_if(&session, "DELETE", (&path(&whole), "\"2\""), None).await;
    assert_eq!(gone.data(), &json!({ "deleted_id": whole["id"] }));
    assert_eq!(room.get(&session, &path(&whole)).await.status, 404);
    let log = room.get(&session, "/api/v1/super-admin/audit-log?text=budget&limit=10").await;
    let actions: Vec<_> = log.data().as_array().unwrap().iter().map(|entry| entry["action"].clone()).collect();
    assert_eq!(
        actions,
        ["budget.delete", "budget.update", "budget.create", "budget.create", "budget.create", "budget.create"]
    );
}

#[tokio::test]
async fn a_budget_that_is_none_is_refused_with_the_field_at_fault() {
    let (room, session) = room().await;
    for (more, field) in [
        (json!({ "amount_usd": 0 }), "amount_usd"),
        (json!({ "amount_usd": -1 }), "amount_usd"),
        (json!({ "amount_usd": 10_000_000.01 }), "amount_usd"),
        (json!({ "scope": "config" }), "config_id"),
        (json!({ "scope": "config", "config_id": 77 }), "config_id"),
        (json!({ "scope": "task", "task": "" }), "task"),
        (json!({ "scope": "task", "task": "t", "user_id": "ann" }), "user_id"),
        (json!({ "scope": "user", "user_id": " ann" }), "user_id"),
        (json!({ "scope": "user", "user_id": "a".repeat(201) }), "user_id"),
        (json!({ "config_id": 1 }), "config_id"),
        (json!({ "amount": 5 }), "amount"),
        (json!({ "period": "year" }), "period"),
        (json!({ "scope": "vendor" }), "scope"),
    ] {
        let mut body = json!({ "scope": "whole", "period": "month", "amount_usd": 5 });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        let refused = room.ask(&session, "POST", BUDGETS, Some(&body)).await;
        assert_eq!((refused.status, refused.code()), (422, "invalid"), "{more}: {}", refused.text);
        assert_eq!(refused.body["error"]["fields"][0]["field"], field, "{more}: {}", refused.text);
    }
    made(&room, &session, &json!({})).await;
    let again = json!({ "scope": "whole", "period": "month", "amount_usd": 9 });
    let again = room.ask(&session, "POST", BUDGETS, Some(&again)).await;
    assert_eq!((again.status, again.code()), (409, "budget_exists"));
    for nowhere in ["9", "none"] {
        for (method, body) in [("GET", None), ("PUT", Some(json!({ "amount_usd": 1 }))), ("DELETE", None)] {
            let reply = room.ask(&session, method, &format!("{BUDGETS}/{nowhere}"), body.as_ref()).await;
            assert_eq!((reply.status, reply.code()), (404, "not_found"), "{method} {nowhere}");
        }
    }
}

#[tokio::test]
async fn what_may_be_spent_more_of_asks_for_the_second_factor_and_less_does_not() {
    let (room, admin, session) = Room::open().await;
    let budget = made(&room, &session, &json!({})).await;
    room.pass(Duration::from_secs(4 * 60));
    // The session is renewed, the second factor is not.
    let renewed = json!({ "refresh_token": session.refresh });
    let renewed = room.ask(&session, "POST", "/api/v1/auth/refresh", Some(&renewed)).await;
    let session = Session::of(&renewed);
    room.pass(Duration::from_secs(2 * 60));
    let lower = room.ask(&session, "PUT", &path(&budget), Some(&json!({ "amount_usd": 4 }))).await;
    assert_eq!(lower.data()["amount_usd"], 4.0);
    for (method, body) in [
        ("PUT", Some(json!({ "amount_usd": 4.01 }))),
        ("PUT", Some(json!({ "period": "day" }))),
        ("DELETE", None),
    ] {
        let refused = room.ask(&session, method, &path(&budget), body.as_ref()).await;
        assert_eq!((refused.status, refused.code()), (403, "mfa_required"), "{method} {body:?}");
    }
    let session = room.log_in(&admin).await;
    let higher = room.ask(&session, "PUT", &path(&budget), Some(&json!({ "amount_usd": 6 }))).await;
    assert_eq!(higher.data()["amount_usd"], 6.0);
}

#[tokio::test]
async fn how_a_budget_stands_is_what_its_calls_cost_and_where_the_month_will_end() {
    let (mut room, session) = room().await;
    let now = room.now();
    // 20 days alike, a tenth of a dollar each: of them 2026-11-05 is the first.
    let mut rows: Vec<CallRow> = (0..=20).map(|days_ago| spent(now, days_ago, 100)).collect();
    rows.push(CallRow { request_id: "unpriced".into(), cost: None, ..row(1, now) });
    room.at_console(async |site, _| site.store().log_calls(&rows).await.unwrap()).await;
    let month = made(&room, &session, &json!({ "amount_usd": 2.5 })).await;
    assert_eq!((&month["spent_usd"], &month["unpriced_calls"]), (&json!(2.1), &json!(1)));
    assert_eq!(month["by_day_usd"].as_array().unwrap().len(), 25);
    assert_eq!(month["by_day_usd"][4], json!(0.1));
    let end = |name: &str| month["forecast"][name].as_f64().unwrap();
    assert_eq!(month["forecast"]["state"], "range");
    // Five and a half days are still to come.
    assert!((end("expected_usd") - 2.65).abs() < 0.001, "{month}");
    assert!(2.1 <= end("low_usd") && end("low_usd") <= end("expected_usd"), "{month}");
    assert!(end("expected_usd") <= end("high_usd") && end("high_usd") < 3.0, "{month}");
    assert_eq!(month["level"], "forecast", "84% are spent, and the whole range lies above");
    let day = made(&room, &session, &json!({ "period": "day", "amount_usd": 0.1 })).await;
    assert_eq!((&day["spent_usd"], &day["level"], &day["first_day"]), (&json!(0.1), &json!("all"), &json!("2026-11-25")));
    let user = made(&room, &session, &json!({ "scope": "user", "user_id": "bob" })).await;
    assert_eq!((&user["spent_usd"], &user["level"]), (&json!(2.1), &Value::Null));
    let other = made(&room, &session, &json!({ "scope": "user", "user_id": "ann" })).await;
    assert_eq!((&other["spent_usd"], &other["unpriced_calls"]), (&json!(0.0), &json!(0)));
    let task = made(&room, &session, &json!({ "scope": "task", "task": "extraction", "amount_usd": 4.2 })).await;
    assert_eq!((&task["spent_usd"], &task["level"]), (&json!(2.1), &json!("half")));
}
