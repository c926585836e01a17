//! The specification's own examples, request by request and field by field.

use model::ProviderType::{Gemini, OpenAi};
use model::{ProviderId, ProviderType, TokenUsage};
use serde_json::{Value, json};
use store::{CallRow, UsageStatus};

use crate::{
    client::{CONFIGS, Request},
    room::{Room, Session},
};

const STATS: &str = "/api/v1/super-admin/providers/usage/stats";

/// The specification's two configurations; the second is its own request, word for word but for key and address.
async fn with_two() -> (Room, Session) {
    let (room, _, session) = Room::open().await;
    let mut first = room.create_body(Gemini, "gemini-2.5-flash", "test-gemini-key-0001");
    first.as_object_mut().unwrap().extend(
        json!({ "display_name": "Gemini Fast (Budget)", "is_default": true, "default_for_extraction": true })
            .as_object()
            .unwrap()
            .clone(),
    );
    room.create(&session, &first).await.data();
    let second = create_request(&room);
    room.create(&session, &second).await.data();
    (room, session)
}

fn create_request(room: &Room) -> Value {
    json!({
        "provider_type": "openai",
        "api_key": "test-openai-key-0001",
        "model_name": "gpt-4o-mini",
        "display_name": "OpenAI GPT-4 Mini",
        "description": "Cheaper model for CV drafting",
        "is_active": true,
        "is_default": false,
        "default_for_cv_draft": true,
        "default_for_cover_letter": true,
        "daily_token_limit": 1000000,
        "monthly_token_limit": 30000000,
        "base_url": room.simulator.base_url(OpenAi),
    })
}

/// Every member that the specification shows is there, with its value.
#[track_caller]
fn holds(answer: &Value, shown: &Value) {
    for (name, value) in shown.as_object().unwrap() {
        assert_eq!(&answer[name], value, "{name} of {answer}");
    }
}

/// `2024-01-15T10:30:00Z`, as the specification writes instants.
#[track_caller]
fn is_instant(value: &Value) {
    let text = value.as_str().unwrap();
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    assert_eq!(shape, "0000-00-00T00:00:00Z");
}

#[tokio::test]
async fn list_shows_every_field_of_the_schema_but_the_key() {
    let (room, session) = with_two().await;
    let reply = room.get(&session, CONFIGS).await;
    assert_eq!(reply.status, 200);
    let list = reply.data().as_array().unwrap();
    assert_eq!(list.len(), 2);
    holds(
        &list[0],
        &json!({
            "id": 1, "provider_type": "gemini", "model_name": "gemini-2.5-flash",
            "display_name": "Gemini Fast (Budget)", "is_active": true, "is_default": true,
            "default_for_extraction": true, "default_for_cv_draft": false, "last_test_success": true,
        }),
    );
    holds(
        &list[1],
        &json!({
            "id": 2, "provider_type": "openai", "model_name": "gpt-4o-mini", "is_active": true, "is_default": false,
            "default_for_cv_draft": true, "default_for_cover_letter": true, "last_test_success": true,
        }),
    );
    let schema = "id provider_type model_name display_name description is_active is_default default_for_extraction
        default_for_cv_draft default_for_cover_letter default_for_validation daily_token_limit monthly_token_limit
        last_tested_at last_test_success created_by_id created_at updated_at";
    for config in list {
        for field in schema.split_whitespace() {
            assert!(config.get(field).is_some(), "{field}");
        }
        assert!(config.get("api_key").is_none() && config.get("api_key_encrypted").is_none());
        is_instant(&config["created_at"]);
        is_instant(&config["last_tested_at"]);
        assert_eq!(config["created_by_id"], 1);
    }
}

#[tokio::test]
async fn create_answers_as_the_specification_shows() {
    let (room, _, session) = Room::open().await;
    let reply = room.create(&session, &create_request(&room)).await;
    assert_eq!(reply.status, 201);
    let shown = json!({
        "id": 1, "provider_type": "openai", "model_name": "gpt-4o-mini", "is_active": true, "last_test_success": true,
        "daily_token_limit": 1000000, "monthly_token_limit": 30000000, "description": "Cheaper model for CV drafting",
    });
    holds(reply.data(), &shown);
    is_instant(&reply.data()["created_at"]);
    let read = room.get(&session, &format!("{CONFIGS}/1")).await;
    assert_eq!(read.data(), reply.data());
    assert_eq!(read.header("etag"), Some("\"1\""));
}

#[tokio::test]
async fn a_key_is_shown_to_the_vendor_before_it_is_stored() {
    let (room, _, session) = Room::open().await;
    let body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-bad-key-0001");
    let reply = room.create(&session, &body).await;
    assert_eq!((reply.status, reply.code()), (422, "credentials_refused"));
    assert_eq!(room.get(&session, CONFIGS).await.data(), &json!([]));
}

#[tokio::test]
async fn update_is_the_specifications_example_and_an_empty_key_keeps_the_key() {
    let (room, session) = with_two().await;
    let example = json!({
        "api_key": "", "model_name": "gpt-4o", "is_active": false, "default_for_cv_draft": false,
        "daily_token_limit": 500000,
    });
    let reply = room.put(&session, &json!(2), &example).await;
    assert_eq!(reply.status, 200);
    let shown = json!({
        "id": 2, "model_name": "gpt-4o", "is_active": false, "default_for_cv_draft": false,
        "default_for_cover_letter": true, "daily_token_limit": 500000, "monthly_token_limit": 30000000,
        "display_name": "OpenAI GPT-4 Mini", "has_key": true, "revision": 2,
    });
    holds(reply.data(), &shown);
    // The vendor accepts the key that was kept, for the model that is new.
    let tested = room.send(Request::new("POST", &format!("{CONFIGS}/2/test")).bearer(&session.access)).await;
    assert_eq!(tested.data()["is_valid"], true);
}

#[tokio::test]
async fn test_says_what_the_specification_says() {
    let (room, session) = with_two().await;
    let path = format!("{CONFIGS}/2/test");
    let reply = room.send(Request::new("POST", &path).bearer(&session.access)).await;
    assert_eq!(reply.status, 200);
    holds(reply.data(), &json!({ "is_valid": true, "message": "Provider credentials are valid" }));
    is_instant(&reply.data()["tested_at"]);
    room.simulator.set_fault("test-openai-key-0001", Some(simulator::Fault::BadKey));
    let reply = room.send(Request::new("POST", &path).bearer(&session.access)).await;
    assert_eq!((reply.status, &reply.data()["is_valid"]), (200, &json!(false)));
    assert_eq!(room.get(&session, &format!("{CONFIGS}/2")).await.data()["last_test_success"], false);
}

#[tokio::test]
async fn delete_says_which_id_is_gone_and_it_is_never_used_again() {
    let (room, session) = with_two().await;
    let reply = room.delete(&session, &json!(2)).await;
    assert_eq!((reply.status, reply.data()), (200, &json!({ "deleted_id": 2 })));
    assert_eq!(room.get(&session, &format!("{CONFIGS}/2")).await.code(), "not_found");
    let again = room.create(&session, &create_request(&room)).await;
    assert_eq!(again.data()["id"], 3);
}

#[tokio::test]
async fn the_default_is_not_deleted_and_the_answer_says_what_would_lose_its_route() {
    let (room, session) = with_two().await;
    let reply = room.delete(&session, &json!(1)).await;
    assert_eq!((reply.status, reply.code()), (409, "is_default"));
    let loses = &reply.body["error"]["loses"];
    assert_eq!(
        loses,
        &json!([{ "task": "extraction", "then": null }, { "task": "validation", "then": null }])
    );
    room.put(&session, &json!(2), &json!({ "is_default": true })).await.data();
    assert_eq!(room.delete(&session, &json!(1)).await.status, 200);
}

fn call(config: i64, kind: ProviderType, model: &str, (number, at): (i64, model::Timestamp)) -> CallRow {
    CallRow {
        request_id: format!("{model}-{number}"),
        attempt: 1,
        provider_config_id: config,
        provider_type: kind,
        user_id: "u".into(),
        client: "tests".into(),
        task_type: "extraction".into(),
        model_requested: model.into(),
        model_returned: None,
        usage: Some(TokenUsage { input: 300, output: 100, ..TokenUsage::default() }),
        cost: Some(model::PicoUsd(2_250_000_000)),
        priced: None,
        cost_is_estimate: false,
        status: if number == 0 { UsageStatus::Error } else { UsageStatus::Success },
        error_class: None,
        http_status: Some(200),
        latency_ms: 850,
        first_token_ms: None,
        vendor_request_id: None,
        rule: None,
        fallback_from: None,
        created_at: at,
    }
}

#[tokio::test]
async fn statistics_have_the_specifications_fields_and_sums() {
    let (mut room, session) = with_two().await;
    let now = room.now();
    let rows: Vec<CallRow> = (0..10)
        // Seven of this week, three of twenty days ago.
        .map(|number| {
            call(1, Gemini, "gemini-2.5-flash", (number, now.plus_days(if number < 7 { 0 } else { -20 })))
        })
        .collect();
    room.at_console(async |site, _| site.store().log_calls(&rows).await.unwrap()).await;
    let reply = room.get(&session, &format!("{STATS}?days=30")).await;
    assert_eq!(
        reply.data(),
        &json!([{
            "provider_type": "gemini", "model_name": "gemini-2.5-flash", "total_calls": 10, "total_tokens": 4000,
            "total_cost_usd": 0.0225, "success_rate": 90.0, "avg_latency_ms": 850, "last_7_days_calls": 7,
            "last_30_days_calls": 10, "unpriced_calls": 0,
        }])
    );
    let week = room.get(&session, &format!("{STATS}?days=7")).await;
    assert_eq!(week.data()[0]["total_calls"], 7);
    assert_eq!(week.data()[0]["success_rate"], 85.7, "six of seven, with one decimal");
    // Without a number, the specification's thirty.
    assert_eq!(room.get(&session, STATS).await.data(), reply.data());
}

#[tokio::test]
async fn every_change_is_in_the_log_of_acts_with_who_and_from_where() {
    let (room, session) = with_two().await;
    room.put(&session, &json!(2), &json!({ "description": "other" })).await.data();
    room.send(Request::new("POST", &format!("{CONFIGS}/2/test")).bearer(&session.access)).await.data();
    room.delete(&session, &json!(2)).await.data();
    let log = room.get(&session, "/api/v1/super-admin/audit-log").await;
    let entries = log.data().as_array().unwrap();
    for action in [
        "provider.delete",
        "provider.test",
        "provider.update",
        "provider.create",
        "session.begin",
        "user.take_up",
    ] {
        let entry = entries.iter().find(|entry| entry["action"] == action).unwrap();
        assert_eq!(
            (&entry["actor"], &entry["ip_address"]),
            (&json!("admin"), &json!("127.0.0.1")),
            "{action}"
        );
    }
    let made = entries.iter().find(|entry| entry["action"] == "user.invite").unwrap();
    assert_eq!((&made["actor"], &made["ip_address"]), (&json!("console"), &Value::Null));
    let update = entries.iter().find(|entry| entry["action"] == "provider.update").unwrap();
    assert_eq!(update["after"], json!({ "description": "other" }));
    let ids: Vec<i64> = entries.iter().map(|entry| entry["id"].as_i64().unwrap()).collect();
    assert!(ids.is_sorted_by(|one, next| *one == next + 1) && ids.last() == Some(&1), "{ids:?}");
}

#[tokio::test]
async fn configurations_keep_a_stable_uuid() {
    let (room, session) = with_two().await;
    let list = room.get(&session, CONFIGS).await;
    for config in list.data().as_array().unwrap() {
        config["uuid"].as_str().unwrap().parse::<ProviderId>().unwrap();
    }
}
