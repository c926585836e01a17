//! Limits, prices and quotas over HTTP.

use std::time::Duration;

use model::ProviderType::{OpenAi, OpenAiCompatible};
use serde_json::{Value, json};

use crate::{
    client::{CONFIGS, Reply},
    room::{Room, Session},
};

const QUOTAS: &str = "/api/v1/super-admin/quotas";

async fn with_one() -> (Room, Session) {
    let (room, _, session) = Room::open().await;
    let body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    room.create(&session, &body).await.data();
    (room, session)
}

fn at(part: &str) -> String {
    format!("{CONFIGS}/1/{part}")
}

fn faults(reply: &Reply) -> Vec<&str> {
    assert_eq!((reply.status, reply.code()), (422, "invalid"), "{}", reply.text);
    let fields = reply.body["error"]["fields"].as_array().unwrap();
    fields.iter().map(|fault| fault["field"].as_str().unwrap()).collect()
}

/// Lets the second factor of the login grow old.
async fn later(room: &Room, session: Session) -> Session {
    room.pass(Duration::from_secs(301));
    let refresh = json!({ "refresh_token": session.refresh });
    let request = crate::client::Request::new("POST", "/api/v1/auth/refresh").json(&refresh);
    Session::of(&room.send(request).await)
}

#[tokio::test]
async fn limits_are_read_changed_and_ended_field_by_field() {
    let (room, session) = with_one().await;
    let read = room.get(&session, &at("limits")).await;
    let mut expected = json!({
        "config_id": 1, "daily_token_limit": null, "monthly_token_limit": null, "daily_cost_limit_usd": null,
        "monthly_cost_limit_usd": null, "requests_per_minute": null, "tokens_per_minute": null,
        "concurrent_calls": null, "timeout_s": null, "retries": null, "quality": null, "tokens_today": 0,
        "tokens_this_month": 0, "revision": 1,
    });
    assert_eq!((read.data(), read.header("etag")), (&expected, Some("\"1\"")));
    let change = json!({
        "daily_token_limit": 1000, "monthly_token_limit": 20000, "daily_cost_limit_usd": 0.1,
        "monthly_cost_limit_usd": 12.5, "requests_per_minute": 60, "tokens_per_minute": 5000, "concurrent_calls": 4,
        "timeout_s": 30, "retries": 0, "quality": 5,
    });
    let changed = room.ask(&session, "PUT", &at("limits"), Some(&change)).await;
    expected.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    expected["revision"] = json!(2);
    assert_eq!((changed.data(), changed.header("etag")), (&expected, Some("\"2\"")));
    let ended =
        room.ask(&session, "PUT", &at("limits"), Some(&json!({ "daily_cost_limit_usd": null }))).await;
    expected["daily_cost_limit_usd"] = Value::Null;
    expected["revision"] = json!(3);
    assert_eq!(ended.data(), &expected);
    // The specification's own fields of the configuration are the same limits.
    assert_eq!(room.get(&session, &format!("{CONFIGS}/1")).await.data()["daily_token_limit"], 1000);
    let nothing = room.ask(&session, "PUT", &at("limits"), Some(&json!({}))).await;
    assert_eq!(nothing.data(), &expected);
}

#[tokio::test]
async fn limits_that_make_no_sense_are_named_as_they_were_sent() {
    let (room, session) = with_one().await;
    for (body, field) in [
        (json!({ "daily_token_limit": 0 }), "daily_token_limit"),
        (json!({ "daily_cost_limit_usd": -1 }), "daily_cost_limit_usd"),
        (json!({ "daily_cost_limit_usd": 0 }), "daily_cost_limit_usd"),
        (json!({ "monthly_cost_limit_usd": 10_000_001 }), "monthly_cost_limit_usd"),
        (json!({ "monthly_cost_limit_usd": 1e-13 }), "monthly_cost_limit_usd"),
        (json!({ "requests_per_minute": 0 }), "requests_per_minute"),
        (json!({ "timeout_s": 3601 }), "timeout_s"),
        (json!({ "retries": 6 }), "retries"),
        (json!({ "retries": 256 }), "retries"),
        (json!({ "quality": 0 }), "quality"),
        (json!({ "quality": "best" }), "quality"),
        (json!({ "daily_tokens_limit": 5 }), "daily_tokens_limit"),
    ] {
        let reply = room.ask(&session, "PUT", &at("limits"), Some(&body)).await;
        assert_eq!(faults(&reply), [field], "{body}");
    }
    let unknown = room.ask(&session, "PUT", &at("limits"), Some(&json!({ "daily_tokens_limit": 5 }))).await;
    assert!(unknown.text.contains("`daily_token_limit`"), "{}", unknown.text);
    for path in ["limits", "price"] {
        assert_eq!(room.get(&session, &format!("{CONFIGS}/9/{path}")).await.code(), "not_found");
    }
}

#[tokio::test]
async fn a_higher_limit_another_price_and_a_wider_quota_need_the_second_factor() {
    let (room, session) = with_one().await;
    let strict = json!({ "requests_per_minute": 10 });
    room.ask(&session, "PUT", &at("limits"), Some(&strict)).await.data();
    room.ask(&session, "PUT", &format!("{QUOTAS}/*"), Some(&json!({ "daily_tokens": 100 }))).await.data();
    let session = later(&room, session).await;
    let price = json!({ "input_usd_per_mtok": "0", "output_usd_per_mtok": "0" });
    for (method, path, body) in [
        ("PUT", at("limits"), Some(json!({ "requests_per_minute": 11 }))),
        ("PUT", at("limits"), Some(json!({ "requests_per_minute": null }))),
        ("PUT", at("price"), Some(price)),
        ("DELETE", at("price"), None),
        ("PUT", format!("{QUOTAS}/*"), Some(json!({ "daily_tokens": 101 }))),
        // An own quota is instead of everyone's, and this one leaves the tokens open.
        ("PUT", format!("{QUOTAS}/ann"), Some(json!({ "requests_per_minute": 5 }))),
        ("DELETE", format!("{QUOTAS}/*"), None),
    ] {
        let reply = room.ask(&session, method, &path, body.as_ref()).await;
        assert_eq!((reply.status, reply.code()), (403, "mfa_required"), "{method} {path} {body:?}");
    }
    for (path, body) in [
        (at("limits"), json!({ "requests_per_minute": 9, "tokens_per_minute": 5 })),
        (format!("{QUOTAS}/*"), json!({ "daily_tokens": 99, "requests_per_minute": 1 })),
        (format!("{QUOTAS}/bob"), json!({ "daily_tokens": 50, "requests_per_minute": 1 })),
    ] {
        assert_eq!(room.ask(&session, "PUT", &path, Some(&body)).await.status, 200, "{path} {body}");
    }
}

#[tokio::test]
async fn a_price_is_the_catalogues_or_its_own_or_not_known() {
    let (room, session) = with_one().await;
    let listed = room.get(&session, &at("price")).await;
    assert_eq!(
        (&listed.data()["source"], &listed.data()["input_usd_per_mtok"]),
        (&json!("catalog"), &json!("0.15"))
    );
    let own = json!({ "input_usd_per_mtok": "0.25", "output_usd_per_mtok": "1", "cached_input_usd_per_mtok": "0.01" });
    let set = room.ask(&session, "PUT", &at("price"), Some(&own)).await;
    let mut expected = json!({ "config_id": 1, "source": "own", "revision": 2 });
    expected.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    assert_eq!((set.data(), set.header("etag")), (&expected, Some("\"2\"")));
    let bad = json!({ "input_usd_per_mtok": "1,5", "output_usd_per_mtok": "free" });
    let reply = room.ask(&session, "PUT", &at("price"), Some(&bad)).await;
    assert_eq!(faults(&reply), ["input_usd_per_mtok", "output_usd_per_mtok"]);
    let missing = room.ask(&session, "PUT", &at("price"), Some(&json!({ "input_usd_per_mtok": "1" }))).await;
    assert_eq!(faults(&missing), ["output_usd_per_mtok"]);
    let stale = room.ask_if(&session, "DELETE", (&at("price"), "\"1\""), None).await;
    assert_eq!((stale.status, &stale.body["error"]["current_revision"]), (412, &json!(2)));
    let back = room.ask_if(&session, "DELETE", (&at("price"), "\"2\""), None).await;
    assert_eq!(back.data()["source"], "catalog");
    let unknown = room.create_body(OpenAiCompatible, "qwen3-32b-instruct", "test-compatible-key-0001");
    room.create(&session, &unknown).await.data();
    let price = room.get(&session, &format!("{CONFIGS}/2/price")).await;
    assert_eq!(
        (&price.data()["source"], &price.data()["input_usd_per_mtok"]),
        (&json!("unknown"), &Value::Null)
    );
}

#[tokio::test]
async fn quotas_are_set_listed_in_pages_and_taken_away() {
    let (room, session) = with_one().await;
    let body = json!({ "daily_tokens": 1000, "requests_per_minute": 6 });
    for user in ["*", "ann", "bob", "%2Fetc%2F..%20x%C3%BC"] {
        let set = room.ask(&session, "PUT", &format!("{QUOTAS}/{user}"), Some(&body)).await;
        assert_eq!((set.status, &set.data()["daily_tokens"]), (200, &json!(1000)), "{user}");
    }
    let read = room.get(&session, &format!("{QUOTAS}/ann")).await;
    let revision = read.data()["revision"].clone();
    assert_eq!(
        read.data(),
        &json!({
            "user_id": "ann", "daily_tokens": 1000, "monthly_tokens": null, "requests_per_minute": 6,
            "revision": revision,
        })
    );
    let names = async |query: &str| {
        let page = room.get(&session, &format!("{QUOTAS}{query}")).await;
        let names: Vec<String> =
            page.data().as_array().unwrap().iter().map(|one| one["user_id"].to_string()).collect();
        (names, page.header("link").map(str::to_owned))
    };
    let (first, link) = names("?limit=2").await;
    let next = link.unwrap().split_once("quotas").unwrap().1.split_once('>').unwrap().0.to_owned();
    let (second, link) = names(&next).await;
    assert_eq!((first.len(), second.len(), link), (2, 2, None));
    assert_eq!([first, second].concat(), names("").await.0);
    let path = format!("{QUOTAS}/ann");
    let tag = read.header("etag").unwrap();
    let more = json!({ "monthly_tokens": 5 });
    room.ask_if(&session, "PUT", (&path, tag), Some(&more)).await.data();
    let stale = room.ask_if(&session, "PUT", (&path, tag), Some(&body)).await;
    assert_eq!((stale.status, stale.code()), (412, "revision_changed"));
    assert_eq!(room.ask_if(&session, "DELETE", (&path, tag), None).await.status, 412);
    let gone = room.ask(&session, "DELETE", &path, None).await;
    assert_eq!(gone.data(), &json!({ "deleted_user_id": "ann" }));
    assert_eq!(room.ask(&session, "DELETE", &path, None).await.code(), "not_found");
    assert_eq!(room.get(&session, &path).await.code(), "not_found");
    // Whoever saw the one of before does not overwrite the one that was made since.
    assert_eq!(room.ask_if(&session, "PUT", (&path, tag), Some(&body)).await.status, 412);
    room.ask(&session, "PUT", &path, Some(&body)).await.data();
    assert_eq!(room.ask_if(&session, "PUT", (&path, tag), Some(&more)).await.status, 412);
}

#[tokio::test]
async fn of_two_who_set_a_quota_at_once_one_is_told() {
    let (room, session) = with_one().await;
    let path = format!("{QUOTAS}/ann");
    let first = room.ask(&session, "PUT", &path, Some(&json!({ "daily_tokens": 9 }))).await;
    let tag = first.header("etag").unwrap();
    let (one, two) = (json!({ "daily_tokens": 1 }), json!({ "daily_tokens": 2 }));
    let (one, two) = tokio::join!(
        room.ask_if(&session, "PUT", (&path, tag), Some(&one)),
        room.ask_if(&session, "PUT", (&path, tag), Some(&two)),
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
}

#[tokio::test]
async fn quotas_that_hold_nobody_are_refused() {
    let (room, session) = with_one().await;
    for (body, fields) in [
        (json!({}), vec!["daily_tokens"]),
        (json!({ "daily_tokens": 0 }), vec!["daily_tokens"]),
        (json!({ "daily_tokens": 9_007_199_254_740_992_u64 }), vec!["daily_tokens"]),
        (
            json!({ "monthly_tokens": 0, "requests_per_minute": 0 }),
            vec!["monthly_tokens", "requests_per_minute"],
        ),
        (json!({ "requests_per_minute": -1 }), vec!["requests_per_minute"]),
        (json!({ "daily_token": 5 }), vec!["daily_token"]),
    ] {
        let reply = room.ask(&session, "PUT", &format!("{QUOTAS}/ann"), Some(&body)).await;
        assert_eq!(faults(&reply), fields, "{body}");
    }
    let long = "x".repeat(201);
    for user in ["%20ann", "a%E2%80%AEb", &long] {
        let reply =
            room.ask(&session, "PUT", &format!("{QUOTAS}/{user}"), Some(&json!({ "daily_tokens": 5 }))).await;
        assert_eq!(faults(&reply), ["user_id"], "{user}");
    }
    let log = room.get(&session, "/api/v1/super-admin/audit-log?action=quota.set").await;
    assert_eq!(log.data(), &json!([]));
}
