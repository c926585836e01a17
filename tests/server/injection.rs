//! Texts that would do something if anyone took them for more than texts: in every field, path, query and header of every operation.

use std::time::Duration;

use model::ProviderType::OpenAi;
use serde_json::{Value, json};

use crate::{
    applications,
    canary::{everywhere, is_own_failure},
    client::{CONFIGS, Request},
    room::Room,
};

const ADMIN: &str = "/api/v1/super-admin";
/// The last is no name, because of its direction mark.
const HOSTILE: [&str; 3] =
    ["'; DROP TABLE users; --", "\" OR 1=1 $1 ?1 :a %s %n {0} --", "ünïcödé 数据 \u{202e}🔑"];

/// What makes a body whole but for one field.
fn whole(room: &Room, path: &str) -> Value {
    match path.rsplit('/').next() {
        Some("configs") => room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001"),
        Some("users") => json!({ "user_name": "ann", "role": "user" }),
        Some("tokens") => json!({ "name": "shop", "expires_in_days": 1 }),
        Some("tasks") => json!({ "name": "summary" }),
        Some("budgets") => json!({ "scope": "user", "user_id": "ann", "period": "day", "amount_usd": 5 }),
        Some("{user_id}") => json!({ "requests_per_minute": 100_000 }),
        Some("completions" | "messages" | "count_tokens") => {
            json!({ "model": "gpt-4o-mini", "max_tokens": 5, "messages": [{ "role": "user", "content": "Hello." }] })
        }
        Some("responses") => json!({ "model": "gpt-4o-mini", "input": "Hello." }),
        Some("extraction") => json!({ "text": "A text." }),
        Some("cv_draft" | "cover_letter") => json!({ "job": "A job.", "profile": "A life." }),
        _ => json!({}),
    }
}

/// Each field in turn, and one that there is not.
fn bodies(room: &Room, path: &str, names: &[&str], text: &str) -> Vec<Value> {
    let with = |name: &str, value: Value| {
        let mut body = whole(room, path);
        body[name] = value;
        body
    };
    let fields = names.iter().flat_map(|name| [with(name, json!(text)), with(name, json!([text]))]);
    fields.chain([with(text, json!(text)), json!(text)]).collect()
}

#[tokio::test]
async fn hostile_texts_in_every_field_path_query_and_header_break_nothing() {
    let (mut room, admin, session) = Room::open().await;
    let mut body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    body["is_default"] = json!(true);
    room.create(&session, &body).await.data();
    let application = applications::token(&room, &session, &json!({ "name": "shop" })).await;
    let mut replies = Vec::new();
    for text in HOSTILE {
        for (path, body) in [
            ("login", json!({ "user_name": text, "password": text, "code": text })),
            ("refresh", json!({ "refresh_token": text })),
            ("take-up", json!({ "token": text, "password": text })),
        ] {
            let request = Request::new("POST", &format!("/api/v1/auth/{path}")).json(&body);
            replies.push((path.to_owned(), room.send(request).await));
        }
        let tokens = [&*session.access, &application];
        replies.extend(everywhere(&room, tokens, text, |path, names| bodies(&room, path, names, text)).await);
    }
    assert!(replies.len() > 3_000, "{}", replies.len());
    for (asked, reply) in &replies {
        assert!(reply.status >= 200 && !is_own_failure(asked, reply), "{asked}: {}", reply.text);
    }
    // Everything is there, under the names that it was given.
    room.pass(Duration::from_secs(60));
    let session = room.log_in(&admin).await;
    for (path, field) in [("users", "user_name"), ("tokens", "name"), ("providers/configs", "display_name")] {
        let list = room.get(&session, &format!("{ADMIN}/{path}?limit=1000")).await;
        let named: Vec<_> = list.data().as_array().unwrap().iter().map(|one| one[field].clone()).collect();
        for text in &HOSTILE[..2] {
            assert!(named.contains(&json!(text)), "{path}: {text} in {named:?}");
        }
    }
    let calls = room.get(&session, &format!("{ADMIN}/providers/usage/logs?limit=500")).await;
    for text in &HOSTILE[..2] {
        let is_its = |call: &Value| call["user_id"] == *text;
        assert!(calls.data().as_array().unwrap().iter().any(is_its), "{text}");
    }
    for list in ["tasks", "quotas", "budgets", "audit-log", "bundles", "catalog/models"] {
        room.get(&session, &format!("{ADMIN}/{list}")).await.data();
    }
    room.get(&session, &format!("{CONFIGS}/1")).await.data();
    let verified = room.at_console(async |site, _| site.store().verify_audit(Vec::new()).await.unwrap()).await;
    assert_eq!(verified.broken, None);
    assert!(verified.entries > 20, "{}", verified.entries);
}
