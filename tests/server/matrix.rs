//! Role × route × method, over every route that the server describes and every method that there is.

use std::{collections::BTreeSet, time::Duration};

use model::{Catalog, ProviderType::OpenAi};
use serde_json::{Value, json};
use server::Role;

use crate::{
    client::{Reply, Request},
    room::{ADMIN_PASSWORD, Room, Session},
};

const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/// What anyone may ask for, and what anyone who is logged in may.
const OPEN: [&str; 7] = [
    "/healthz",
    "/readyz",
    "/api/v1/docs",
    "/api/v1/openapi.json",
    "/api/v1/auth/take-up",
    "/api/v1/auth/login",
    "/api/v1/auth/refresh",
];
const OWN: [&str; 7] = [
    "/api/v1/auth/me",
    "/api/v1/auth/me/recovery-codes",
    "/api/v1/auth/step-up",
    "/api/v1/auth/password",
    "/api/v1/auth/logout",
    "/api/v1/auth/sessions",
    "/api/v1/auth/sessions/1",
];
/// What ends the session that asks.
const ENDS: [(&str, &str); 2] =
    [("POST", "/api/v1/auth/logout"), ("DELETE", "/api/v1/super-admin/users/1/sessions")];

/// A described path with 1 in every place that is open.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "1" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Whether a described path is answered by the administration, and not by the gateway or where figures are.
fn is_of_admin(item: &Value) -> bool {
    item.as_object().unwrap().values().all(|operation| {
        operation["tags"].as_array().unwrap().iter().all(|tag| tag != "gateway" && tag != "figures")
    })
}

/// Every path with a number in it, and some that nobody thought of; those of the gateway with them, which is not at this address.
fn paths() -> Vec<String> {
    let described = server::openapi()["paths"].as_object().unwrap().keys();
    let described = described.map(|path| filled(path));
    let others = [
        "/",
        "/api",
        "/api/v1/super-admin",
        "/api/v1/super-admin/everything",
        "/api/v1/auth/sessions/1/2",
        "/api/v1/auth/sessions/",
        "/API/V1/DOCS",
        "/healthz/",
        "/api/v1/docs/../x",
    ];
    described.chain(others.map(str::to_owned)).collect()
}

async fn ask(room: &Room, method: &str, path: &str, session: Option<&Session>) -> Reply {
    let request = Request::new(method, path);
    let request = session.map_or(request.clone(), |session| request.bearer(&session.access));
    room.send(request).await
}

#[tokio::test]
async fn without_a_session_nothing_answers_but_what_is_open() {
    let (room, _, _) = Room::open().await;
    let mut asked = 0;
    for path in paths() {
        for method in METHODS {
            let status = ask(&room, method, &path, None).await.status;
            match OPEN.contains(&path.as_str()) {
                true => assert!(![401, 403].contains(&status), "{method} {path}: {status}"),
                false => assert_eq!(status, 401, "{method} {path}"),
            }
            asked += 1;
        }
    }
    assert!(asked >= 150, "{asked}");
}

#[tokio::test]
async fn a_user_without_the_role_is_refused_everything_but_what_is_the_own() {
    let (mut room, _, _) = Room::open().await;
    let token = room
        .at_console(async |site, options| {
            server::invite(site, "plain", Role::User, &options.now).await.ok().unwrap().token.to_string()
        })
        .await;
    let plain = room.take_up(&token, "plain plover lantern").await;
    let mut session = room.log_in(&plain).await;
    for path in paths() {
        for method in METHODS {
            let status = ask(&room, method, &path, Some(&session)).await.status;
            let is_his = OPEN.contains(&path.as_str()) || OWN.contains(&path.as_str());
            match is_his {
                true => assert!(![401, 403].contains(&status), "{method} {path}: {status}"),
                false => assert_eq!(status, 403, "{method} {path}"),
            }
            if ENDS.contains(&(method, path.as_str())) {
                session = room.log_in(&plain).await;
            }
        }
    }
}

#[tokio::test]
async fn a_super_admin_is_refused_nothing_and_a_wrong_method_says_so() {
    let (room, admin, mut session) = Room::open().await;
    let document = server::openapi();
    for path in paths() {
        for method in METHODS {
            let reply = ask(&room, method, &path, Some(&session)).await;
            assert!(![401, 403].contains(&reply.status), "{method} {path}: {}", reply.status);
            assert!(reply.status < 500, "{method} {path}: {}", reply.status);
            let described = document["paths"].as_object().unwrap().iter();
            let mut described = described.filter(|(one, item)| filled(one) == path && is_of_admin(item));
            let item = described.next().map(|(_, item)| item);
            if item.is_some_and(|item| item.get(method.to_lowercase()).is_none())
                && method != "HEAD"
            {
                assert_eq!((reply.status, reply.code()), (405, "method_not_allowed"), "{method} {path}");
            }
            if ENDS.contains(&(method, path.as_str())) {
                session = room.log_in(&admin).await;
            }
        }
    }
}

#[tokio::test]
async fn an_applications_token_opens_nothing_of_the_administration() {
    let (room, _, session) = Room::open().await;
    let asked = json!({ "name": "shop" });
    let made = room.ask(&session, "POST", "/api/v1/super-admin/tokens", Some(&asked)).await;
    let token = made.data()["token"].as_str().unwrap();
    let mut refused = 0;
    for path in paths() {
        for method in METHODS {
            let reply = room.send(Request::new(method, &path).bearer(token)).await;
            match OPEN.contains(&path.as_str()) {
                true => assert!(![401, 403].contains(&reply.status), "{method} {path}: {}", reply.status),
                false => {
                    assert_eq!(reply.status, 401, "{method} {path}");
                    refused += 1;
                }
            }
        }
    }
    assert!(refused >= 150, "{refused}");
    // It was good all the while, where it is for.
    let models = Request::new("GET", "/v1/models").bearer(token).send(room.gateway()).await;
    assert_eq!(models.status, 200, "{}", models.text);
}

#[tokio::test]
async fn what_applications_ask_for_takes_a_token_of_theirs_and_no_session() {
    let (room, _, session) = Room::open().await;
    let document = server::openapi()["paths"].as_object().unwrap();
    let of_gateway = document.iter().filter(|(_, item)| item.to_string().contains("\"gateway\""));
    let mut asked = 0;
    for (path, _) in of_gateway {
        for method in METHODS {
            let request = Request::new(method, &path.replace("{model}", "gpt-4o-mini"));
            let with_session = request.clone().bearer(&session.access);
            for request in [request, with_session] {
                let reply = request.send(room.gateway()).await;
                assert_eq!(reply.status, 401, "{method} {path}: {}", reply.text);
                asked += 1;
            }
        }
    }
    assert!(asked >= 150, "{asked}");
}

/// A request that is described, to something that is there, and whether it asks for the second factor of the last five minutes. Of
/// those that ask for it at times, one of these times.
struct Sensitive {
    operation: &'static str,
    at: &'static str,
    body: Value,
    asks: bool,
}

fn asks(operation: &'static str, at: &'static str, body: Value) -> Sensitive {
    Sensitive { operation, at, body, asks: true }
}

fn exempt(operation: &'static str, at: &'static str, body: Value) -> Sensitive {
    Sensitive { operation, at, body, asks: false }
}

/// Every change that is described of the administration.
fn changes(room: &Room) -> Vec<Sensitive> {
    const CONFIG: &str = "/api/v1/super-admin/providers/configs/1";
    let config = room.create_body(OpenAi, "gpt-4o", "test-openai-key-0002");
    let catalog = serde_json::to_value(Catalog::bundled().unwrap()).unwrap();
    let none = Value::Null;
    vec![
        asks("POST /api/v1/super-admin/providers/configs", "/api/v1/super-admin/providers/configs", config),
        asks(
            "PUT /api/v1/super-admin/providers/configs/{config_id}",
            CONFIG,
            json!({ "api_key": "test-openai-key-0002" }),
        ),
        asks("DELETE /api/v1/super-admin/providers/configs/{config_id}", CONFIG, none.clone()),
        asks(
            "PUT /api/v1/super-admin/providers/configs/{config_id}/limits",
            "/api/v1/super-admin/providers/configs/1/limits",
            json!({ "daily_token_limit": 2_000 }),
        ),
        asks(
            "PUT /api/v1/super-admin/providers/configs/{config_id}/price",
            "/api/v1/super-admin/providers/configs/1/price",
            json!({ "input_usd_per_mtok": "1", "output_usd_per_mtok": "2" }),
        ),
        asks(
            "DELETE /api/v1/super-admin/providers/configs/{config_id}/price",
            "/api/v1/super-admin/providers/configs/1/price",
            none.clone(),
        ),
        asks(
            "POST /api/v1/super-admin/providers/usage/repricing",
            "/api/v1/super-admin/providers/usage/repricing",
            json!({ "dry_run": false }),
        ),
        asks(
            "PUT /api/v1/super-admin/quotas/{user_id}",
            "/api/v1/super-admin/quotas/ann",
            json!({ "daily_tokens": 2_000 }),
        ),
        asks("DELETE /api/v1/super-admin/quotas/{user_id}", "/api/v1/super-admin/quotas/ann", none.clone()),
        asks(
            "PUT /api/v1/super-admin/budgets/{budget_id}",
            "/api/v1/super-admin/budgets/1",
            json!({ "amount_usd": 50 }),
        ),
        asks("DELETE /api/v1/super-admin/budgets/{budget_id}", "/api/v1/super-admin/budgets/1", none.clone()),
        asks("DELETE /api/v1/super-admin/tasks/{task}", "/api/v1/super-admin/tasks/summary", none.clone()),
        asks("PUT /api/v1/super-admin/catalog", "/api/v1/super-admin/catalog", catalog.clone()),
        asks("DELETE /api/v1/super-admin/catalog", "/api/v1/super-admin/catalog", none.clone()),
        asks(
            "POST /api/v1/super-admin/users",
            "/api/v1/super-admin/users",
            json!({ "user_name": "another", "role": "user" }),
        ),
        asks(
            "PUT /api/v1/super-admin/users/{user_id}",
            "/api/v1/super-admin/users/2",
            json!({ "is_active": false }),
        ),
        asks("DELETE /api/v1/super-admin/users/{user_id}", "/api/v1/super-admin/users/2", none.clone()),
        asks(
            "POST /api/v1/super-admin/users/{user_id}/invitation",
            "/api/v1/super-admin/users/2/invitation",
            none.clone(),
        ),
        asks("POST /api/v1/super-admin/tokens", "/api/v1/super-admin/tokens", json!({ "name": "another" })),
        asks("DELETE /api/v1/super-admin/tokens/{token_id}", "/api/v1/super-admin/tokens/1", none.clone()),
        asks(
            "POST /api/v1/auth/password",
            "/api/v1/auth/password",
            json!({ "current_password": ADMIN_PASSWORD, "new_password": "another plover lantern" }),
        ),
        asks("POST /api/v1/auth/me/recovery-codes", "/api/v1/auth/me/recovery-codes", none.clone()),
        // These use what is stored, look, or make what narrows.
        exempt(
            "POST /api/v1/super-admin/providers/configs/{config_id}/test",
            "/api/v1/super-admin/providers/configs/1/test",
            none.clone(),
        ),
        exempt(
            "POST /api/v1/super-admin/providers/health/check",
            "/api/v1/super-admin/providers/health/check",
            none.clone(),
        ),
        exempt("POST /api/v1/super-admin/catalog/preview", "/api/v1/super-admin/catalog/preview", catalog),
        exempt(
            "POST /api/v1/super-admin/audit-log/verify",
            "/api/v1/super-admin/audit-log/verify",
            none.clone(),
        ),
        exempt(
            "POST /api/v1/super-admin/budgets",
            "/api/v1/super-admin/budgets",
            json!({ "scope": "whole", "period": "day", "amount_usd": 5 }),
        ),
        // A route and what a task is told are no secret, cost what their configurations may cost, and are put back by a request.
        exempt("POST /api/v1/super-admin/tasks", "/api/v1/super-admin/tasks", json!({ "name": "other" })),
        exempt(
            "PUT /api/v1/super-admin/tasks/{task}",
            "/api/v1/super-admin/tasks/summary",
            json!({ "chain": [{ "config_id": 1 }] }),
        ),
        exempt(
            "PUT /api/v1/super-admin/tasks/{task}/prompt",
            "/api/v1/super-admin/tasks/extraction/prompt",
            json!({ "prompt": "Only facts." }),
        ),
        exempt(
            "DELETE /api/v1/super-admin/tasks/{task}/prompt",
            "/api/v1/super-admin/tasks/extraction/prompt",
            none.clone(),
        ),
        // The signature is the proof: docs/decisions/0036. This one has none.
        exempt("POST /api/v1/super-admin/bundles", "/api/v1/super-admin/bundles", json!({ "bundle": "a.b.c" })),
        // Who sees a thief must not look for a phone first.
        exempt(
            "DELETE /api/v1/super-admin/users/{user_id}/sessions",
            "/api/v1/super-admin/users/2/sessions",
            none.clone(),
        ),
        exempt("DELETE /api/v1/auth/sessions/{session_id}", "/api/v1/auth/sessions/1", none.clone()),
        // It is the proof. This code is none, which is another 403.
        exempt("POST /api/v1/auth/step-up", "/api/v1/auth/step-up", json!({ "code": "no code" })),
        // The last, because it ends the session.
        exempt("POST /api/v1/auth/logout", "/api/v1/auth/logout", none),
    ]
}

/// What there is to change, made while the second factor is fresh.
async fn furnished(room: &Room, session: &Session) {
    let config = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    room.create(session, &config).await.data();
    for (method, path, body) in [
        ("PUT", "/api/v1/super-admin/providers/configs/1/limits", json!({ "daily_token_limit": 1_000 })),
        ("PUT", "/api/v1/super-admin/quotas/ann", json!({ "daily_tokens": 1_000 })),
        (
            "POST",
            "/api/v1/super-admin/budgets",
            json!({ "scope": "whole", "period": "month", "amount_usd": 5 }),
        ),
        ("POST", "/api/v1/super-admin/tasks", json!({ "name": "summary" })),
        ("POST", "/api/v1/super-admin/users", json!({ "user_name": "plain", "role": "user" })),
        ("POST", "/api/v1/super-admin/tokens", json!({ "name": "shop" })),
    ] {
        room.ask(session, method, path, Some(&body)).await.data();
    }
}

#[tokio::test]
async fn with_a_second_factor_of_long_ago_exactly_the_sensitive_changes_are_refused() {
    let (room, _, session) = Room::open().await;
    furnished(&room, &session).await;
    // An access token is good for as long as the proof, so the session goes on by its refresh token.
    room.pass(Duration::from_secs(299));
    let refreshed = json!({ "refresh_token": session.refresh });
    let refreshed = room.send(Request::new("POST", "/api/v1/auth/refresh").json(&refreshed)).await;
    let session = Session::of(&refreshed);
    room.pass(Duration::from_secs(2));
    let changes = changes(&room);
    let described: BTreeSet<String> = server::openapi()["paths"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(path, item)| is_of_admin(item) && !OPEN.contains(&path.as_str()))
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().keys().filter(|method| *method != "get");
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let listed: BTreeSet<String> = changes.iter().map(|one| one.operation.to_owned()).collect();
    assert_eq!(listed, described, "each change that is described says whether it asks for a proof");
    for Sensitive { operation, at, body, asks } in changes {
        let (method, _) = operation.split_once(' ').unwrap();
        let reply = room.ask(&session, method, at, Some(&body).filter(|body| !body.is_null())).await;
        let told = reply.body["error"]["code"].as_str().unwrap_or_default();
        assert_eq!((reply.status, told) == (403, "mfa_required"), asks, "{operation}: {}", reply.text);
        // A path or body that is wrong would be refused before it is asked for.
        let is_good = ![400, 415].contains(&reply.status) && told != "invalid" && reply.status < 500;
        assert!(is_good, "{operation}: {}", reply.text);
    }
}

/// Names that no answer may have a field of, but for the tokens of a login.
fn forbidden(name: &str) -> bool {
    let name = name.to_lowercase();
    ["password", "hash", "secret", "api_key", "encrypted", "digest"].iter().any(|word| name.contains(word))
        || name.ends_with("token")
}

fn fields<'a>(document: &'a Value, schema: &'a Value, seen: &mut Vec<&'a str>, found: &mut Vec<&'a str>) {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        if !seen.contains(&name) {
            seen.push(name);
            fields(document, &document["components"]["schemas"][name], seen, found);
        }
        return;
    }
    for (name, of) in schema["properties"].as_object().into_iter().flatten() {
        found.push(name);
        fields(document, of, seen, found);
    }
    for inner in [&schema["items"], &schema["additionalProperties"]] {
        if inner.is_object() {
            fields(document, inner, seen, found);
        }
    }
    for kind in ["oneOf", "anyOf", "allOf"] {
        for one in schema[kind].as_array().into_iter().flatten() {
            fields(document, one, seen, found);
        }
    }
}

#[test]
fn no_answer_has_a_field_for_a_key_a_hash_or_a_token() {
    let document = server::openapi();
    let mut looked_at = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        // These hand out what they are for.
        if ["/api/v1/auth/login", "/api/v1/auth/refresh", "/api/v1/auth/take-up"].contains(&path.as_str()) {
            continue;
        }
        for (method, operation) in item.as_object().unwrap() {
            // So do these, this once.
            let hands_out = ["/api/v1/super-admin/users", "/api/v1/super-admin/tokens"]
                .contains(&path.as_str())
                || path.ends_with("/invitation");
            if hands_out && method == "post" {
                continue;
            }
            for (status, response) in operation["responses"].as_object().unwrap() {
                let schema = &response["content"]["application/json"]["schema"];
                let mut found = Vec::new();
                fields(document, schema, &mut Vec::new(), &mut found);
                looked_at += found.len();
                let bad: Vec<_> = found.into_iter().filter(|name| forbidden(name)).collect();
                assert!(bad.is_empty(), "{method} {path} {status}: {bad:?}");
            }
        }
    }
    assert!(looked_at > 100, "{looked_at}");
}

fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str));
            members.values().for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[test]
fn every_reference_of_the_description_leads_somewhere() {
    let document = server::openapi();
    let mut found = Vec::new();
    references(document, &mut found);
    assert!(found.len() > 100, "{}", found.len());
    let lost: Vec<&str> =
        found.into_iter().filter(|path| document.pointer(path.trim_start_matches('#')).is_none()).collect();
    assert!(lost.is_empty(), "{lost:?}");
}
