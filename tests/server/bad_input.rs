//! What is wrong with a request, and that each wrong has its documented answer.

use model::ProviderType::{OpenAi, OpenAiCompatible};
use serde_json::{Value, json};

use crate::{
    client::{CONFIGS, Request},
    room::Room,
};

#[tokio::test]
async fn a_body_over_one_mebibyte_is_413_whether_it_says_so_or_not() {
    let (room, _, session) = Room::open().await;
    let large = json!({ "description": "x".repeat(1024 * 1024) }).to_string().into_bytes();
    for path in [CONFIGS, "/api/v1/auth/login"] {
        let request =
            Request::new("POST", path).bearer(&session.access).header("content-type", "application/json");
        let reply = room.send(request.raw(large.clone())).await;
        assert_eq!((reply.status, reply.code()), (413, "body_too_large"), "{path}");
    }
    let chunk = format!("{:x}\r\n{}\r\n", large.len(), String::from_utf8(large).unwrap());
    let request =
        Request::new("POST", CONFIGS).bearer(&session.access).header("content-type", "application/json");
    let request = request.header("transfer-encoding", "chunked");
    let reply = request.send_as_is(room.address(), format!("{chunk}0\r\n\r\n").as_bytes()).await;
    assert_eq!((reply.status, reply.code()), (413, "body_too_large"));
}

#[tokio::test]
async fn a_bundle_may_have_its_mebibyte_although_there_is_json_around_it() {
    let (room, _, session) = Room::open().await;
    let upload = async |length: usize| {
        let bundle = json!({ "bundle": "A".repeat(length) });
        room.ask(&session, "POST", "/api/v1/super-admin/bundles", Some(&bundle)).await
    };
    // It is looked at, and is none.
    let looked_at = upload(1024 * 1024).await;
    assert_eq!((looked_at.status, looked_at.code()), (422, "bundle_refused"), "{}", looked_at.text);
    let large = upload(1024 * 1024 + 64).await;
    assert_eq!((large.status, large.code()), (413, "body_too_large"));
}

#[tokio::test]
async fn an_unknown_field_is_refused_with_the_nearest_name() {
    let (room, _, session) = Room::open().await;
    let mut body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    body["modle_name"] = json!("gpt-4o");
    let reply = room.create(&session, &body).await;
    assert_eq!((reply.status, reply.code()), (422, "invalid"));
    let fault = &reply.body["error"]["fields"][0];
    assert_eq!(fault["field"], "modle_name");
    assert!(fault["message"].as_str().unwrap().contains("`model_name`"), "{fault}");
    let reply = room.get(&session, "/api/v1/super-admin/providers/usage/stats?day=7").await;
    assert!(
        reply.body["error"]["fields"][0]["message"].as_str().unwrap().contains("`days`"),
        "{}",
        reply.text
    );
}

#[tokio::test]
async fn a_parameter_of_a_wrong_value_is_named_and_its_value_is_not() {
    let (room, _, session) = Room::open().await;
    for (query, field) in [
        ("providers/usage/stats?days=zehn", "days"),
        ("providers/usage/stats?days=5&days=6", "days"),
        ("providers/configs?is_active=maybe", "is_active"),
        ("providers/configs?limit=-1", "limit"),
        ("audit-log?limit=1e3", "limit"),
    ] {
        let reply = room.get(&session, &format!("/api/v1/super-admin/{query}")).await;
        assert_eq!((reply.status, reply.code()), (422, "invalid"), "{query}");
        assert_eq!(reply.body["error"]["fields"][0]["field"], field, "{query}: {}", reply.text);
        assert!(!["zehn", "maybe", "1e3"].iter().any(|sent| reply.text.contains(sent)), "{}", reply.text);
    }
}

#[tokio::test]
async fn wrong_kinds_missing_fields_and_no_json_say_what_is_wrong() {
    let (room, _, session) = Room::open().await;
    let post = |body: &str| {
        let request =
            Request::new("POST", CONFIGS).bearer(&session.access).header("content-type", "application/json");
        room.send(request.raw(body.into()))
    };
    for (body, status, code, field) in [
        ("", 400, "not_json", ""),
        ("{", 400, "not_json", ""),
        ("{} {}", 422, "invalid", "provider_type"),
        ("[]", 422, "invalid", "body"),
        (" [1]", 422, "invalid", "body"),
        ("[1", 400, "not_json", ""),
        ("\"x\"", 422, "invalid", "body"),
        (r#"{"provider_type": "openai"}"#, 422, "invalid", "model_name"),
        (r#"{"provider_type": "nobody", "model_name": "m"}"#, 422, "invalid", "provider_type"),
        (r#"{"provider_type": "openai", "model_name": 5}"#, 422, "invalid", "model_name"),
        (
            r#"{"provider_type": "openai", "model_name": "m", "is_active": "yes"}"#,
            422,
            "invalid",
            "is_active",
        ),
        (
            r#"{"provider_type": "openai", "model_name": "m", "daily_token_limit": -1}"#,
            422,
            "invalid",
            "daily_token_limit",
        ),
        (
            r#"{"provider_type": "openai", "model_name": "m", "model_name": "n"}"#,
            422,
            "invalid",
            "model_name",
        ),
        (r#"{"provider_type": "openai", "model_name": "m"}"#, 422, "invalid", "api_key"),
    ] {
        let reply = post(body).await;
        assert_eq!((reply.status, reply.code()), (status, code), "{body}");
        let named = reply.body["error"]["fields"][0]["field"].as_str().unwrap_or_default();
        assert_eq!(named, field, "{body}");
    }
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    for (body, field) in [(deep.clone(), "body"), (format!(r#"{{"model_name": {deep}}}"#), "model_name")] {
        let reply = post(&body).await;
        assert_eq!((reply.status, &reply.body["error"]["fields"][0]["field"]), (422, &json!(field)));
    }
    assert_eq!(post(&"[".repeat(200_000)).await.code(), "not_json");
    let text = Request::new("POST", CONFIGS).bearer(&session.access).header("content-type", "text/plain");
    assert_eq!(room.send(text.raw(b"{}".to_vec())).await.code(), "unsupported_media_type");
}

#[tokio::test]
async fn every_field_at_fault_is_named_at_once() {
    let (room, _, session) = Room::open().await;
    let mut body = room.create_body(OpenAi, "two words", "schlüssel");
    body.as_object_mut().unwrap().extend(
        json!({ "display_name": "x".repeat(81), "daily_token_limit": 0, "is_active": false, "is_default": true,
                "base_url": "ftp://127.0.0.1" }).as_object().unwrap().clone(),
    );
    let reply = room.create(&session, &body).await;
    let fields = reply.body["error"]["fields"].as_array().unwrap();
    let named: Vec<&str> = fields.iter().map(|fault| fault["field"].as_str().unwrap()).collect();
    assert_eq!(
        named,
        ["api_key", "base_url", "model_name", "display_name", "daily_token_limit", "is_default"]
    );
}

#[tokio::test]
async fn ids_that_do_not_exist_are_404() {
    let (room, _, session) = Room::open().await;
    for id in
        ["1", "0", "-1", "9223372036854775807", "99999999999999999999", "x", "1%00", "%27%20OR%201%3D1--"]
    {
        let path = format!("{CONFIGS}/{id}");
        for request in [
            Request::new("GET", &path),
            Request::new("DELETE", &path),
            Request::new("PUT", &path).json(&json!({})),
            Request::new("POST", &format!("{path}/test")),
        ] {
            let reply = room.send(request.bearer(&session.access)).await;
            assert_eq!((reply.status, reply.code()), (404, "not_found"), "{id}");
        }
    }
}

#[tokio::test]
async fn a_change_of_another_revision_is_412_with_the_current_one() {
    let (room, _, session) = Room::open().await;
    let body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    let created = room.create(&session, &body).await;
    assert_eq!(created.header("etag"), Some("\"1\""));
    let path = format!("{CONFIGS}/{}", created.data()["id"]);
    let put = |tag: &str, text: &str| {
        let request = Request::new("PUT", &path).bearer(&session.access).header("if-match", tag);
        room.send(request.json(&json!({ "description": text })))
    };
    assert_eq!(put("\"1\"", "first").await.header("etag"), Some("\"2\""));
    assert_eq!(put("\"2\"", "first").await.header("etag"), Some("\"2\""), "nothing changed");
    for stale in ["\"1\"", "W/\"2\"", "2", "\"\"", "\"1\", \"3\""] {
        let reply = put(stale, "second").await;
        assert_eq!((reply.status, reply.code()), (412, "revision_changed"), "{stale}");
        assert_eq!(
            (&reply.body["error"]["current_revision"], reply.header("etag")),
            (&json!(2), Some("\"2\""))
        );
    }
    assert_eq!(put("\"1\", \"2\"", "third").await.status, 200);
    assert_eq!(put("*", "fourth").await.data()["revision"], 4);
    let delete = Request::new("DELETE", &path).bearer(&session.access).header("if-match", "\"3\"");
    assert_eq!(room.send(delete).await.status, 412);
}

#[tokio::test]
async fn of_two_admins_who_edit_at_once_one_is_told() {
    let (room, admin, session) = Room::open().await;
    let other = room.log_in(&admin).await;
    let body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    let path = format!("{CONFIGS}/{}", room.create(&session, &body).await.data()["id"]);
    let edit = |token: &str, text: &str| {
        let request = Request::new("PUT", &path).bearer(token).header("if-match", "\"1\"");
        room.send(request.json(&json!({ "description": text })))
    };
    let (one, two) = tokio::join!(edit(&session.access, "one"), edit(&other.access, "two"));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let kept = room.get(&session, &path).await;
    let winner = if one.status == 200 { "one" } else { "two" };
    assert_eq!((&kept.data()["description"], &kept.data()["revision"]), (&json!(winner), &json!(2)));
}

#[tokio::test]
async fn a_request_with_a_key_is_done_once_however_often_it_comes() {
    let (room, _, session) = Room::open().await;
    let mut body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    let post = |key: &str, body: &Value| {
        room.send(
            Request::new("POST", CONFIGS).bearer(&session.access).header("idempotency-key", key).json(body),
        )
    };
    // What was refused did nothing, and may be tried again under the same key.
    let mut wrong = body.clone();
    wrong["api_key"] = json!("test-openai-bad-key-0001");
    assert_eq!(post("a", &wrong).await.status, 422);
    let first = post("a", &body).await;
    assert_eq!((first.status, first.header("idempotency-replayed")), (201, None));
    let again = post("a", &body).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, Some("true")));
    assert_eq!((&again.body, again.header("etag")), (&first.body, first.header("etag")));
    assert_eq!(room.get(&session, CONFIGS).await.data().as_array().unwrap().len(), 1);
    body["display_name"] = json!("another");
    assert_eq!(post("a", &body).await.code(), "idempotency_key_reused");
    assert_eq!(post("b", &body).await.data()["id"], 2);
    assert_eq!(post(&"k".repeat(256), &body).await.code(), "idempotency_key");
}

#[tokio::test]
async fn a_name_that_is_taken_is_409_and_a_default_that_is_off_is_refused() {
    let (room, _, session) = Room::open().await;
    let mut body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    body["display_name"] = json!("Fast");
    let id = room.create(&session, &body).await.data()["id"].clone();
    body["display_name"] = json!("FAST");
    let reply = room.create(&session, &body).await;
    assert_eq!((reply.status, reply.code()), (409, "name_taken"));
    room.put(&session, &id, &json!({ "is_default": true })).await.data();
    let reply = room.put(&session, &id, &json!({ "is_active": false })).await;
    assert_eq!((reply.status, &reply.body["error"]["fields"][0]["field"]), (422, &json!("is_default")));
    let reply = room.put(&session, &id, &json!({ "provider_type": "gemini" })).await;
    assert_eq!(reply.body["error"]["fields"][0]["field"], "provider_type");
}

#[tokio::test]
async fn a_key_is_not_sent_to_another_address_than_it_was_entered_for() {
    let (room, _, session) = Room::open().await;
    let body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    let id = room.create(&session, &body).await.data()["id"].clone();
    let elsewhere = room.simulator.base_url(OpenAiCompatible);
    room.simulator.clear_journal();
    let reply = room.put(&session, &id, &json!({ "base_url": elsewhere })).await;
    assert_eq!((reply.status, &reply.body["error"]["fields"][0]["field"]), (422, &json!("api_key")));
    assert!(room.simulator.journal().is_empty());
}

#[tokio::test]
async fn a_vendor_that_does_not_answer_is_said_apart_and_nothing_is_stored() {
    let (room, _, session) = Room::open().await;
    let mut body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    body["base_url"] = json!("http://127.0.0.1:1/v1");
    let reply = room.create(&session, &body).await;
    assert_eq!((reply.status, reply.code()), (422, "provider_unreachable"));
    assert_eq!(room.get(&session, CONFIGS).await.data(), &json!([]));
}

#[tokio::test]
async fn the_list_is_filtered_and_paged() {
    let (room, _, session) = Room::open().await;
    for (number, kind) in [OpenAi, OpenAiCompatible, OpenAi, OpenAi].into_iter().enumerate() {
        let mut body = match kind {
            OpenAi => room.create_body(kind, "gpt-4o-mini", "test-openai-key-0001"),
            _ => room.create_body(kind, "qwen3-32b-instruct", "test-compatible-key-0001"),
        };
        body["display_name"] = json!(format!("number {number}"));
        body["is_active"] = json!(number != 2);
        room.create(&session, &body).await.data();
    }
    let ids = async |query: &str| {
        let reply = room.get(&session, &format!("{CONFIGS}{query}")).await;
        let ids: Vec<i64> =
            reply.data().as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect();
        (ids, reply.header("link").map(str::to_owned))
    };
    assert_eq!(ids("?provider_type=openai").await.0, [1, 3, 4]);
    assert_eq!(ids("?provider_type=openai&is_active=true").await.0, [1, 4]);
    let (first, link) = ids("?limit=2").await;
    assert_eq!(first, [1, 2]);
    let link = link.unwrap();
    let next = link.split_once("configs").unwrap().1.split_once('>').unwrap().0.to_owned();
    assert_eq!(ids(&next).await, (vec![3, 4], None));
    for wrong in ["?limit=0", "?limit=1001", "?limit=x", "?provider_type=nobody", "?is_active=2"] {
        assert_eq!(room.get(&session, &format!("{CONFIGS}{wrong}")).await.status, 422, "{wrong}");
    }
}

/// Texts that would do something if anyone took them for more than texts.
const HOSTILE: [&str; 6] = [
    "'; DROP TABLE users; --",
    "\" OR 1=1 --",
    "<script>alert(1)</script>",
    "{{7*7}} ${7*7} %s %n",
    "../../../../etc/passwd",
    "ünïcödé 数据 🔑",
];

#[tokio::test]
async fn hostile_texts_come_back_as_they_were() {
    let (room, _, session) = Room::open().await;
    for text in HOSTILE {
        let mut body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
        body["display_name"] = json!(text);
        body["description"] = json!(text);
        let created = room.create(&session, &body).await;
        assert_eq!(
            (&created.data()["display_name"], &created.data()["description"]),
            (&json!(text), &json!(text))
        );
        let log = format!("/api/v1/super-admin/audit-log?actor={}", percent(text));
        assert_eq!(room.get(&session, &log).await.data(), &json!([]));
    }
    assert_eq!(room.get(&session, CONFIGS).await.data().as_array().unwrap().len(), HOSTILE.len());
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
