//! Role × route × method, over every route that the server describes and every method that there is.

use serde_json::{Value, json};
use server::Role;

use crate::{
    client::{Reply, Request},
    room::{Room, Session},
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
const OWN: [&str; 6] = [
    "/api/v1/auth/me",
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
