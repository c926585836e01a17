//! A key, a password and tokens that were planted are in no answer and in no file, whatever goes wrong.

use std::{fs, path::Path, sync::Arc};

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use memchr::memmem;
use model::ProviderType::OpenAi;
use rig_postgres::Postgres;
use serde_json::{Value, json};
use simulator::Fault;

use crate::{
    applications,
    client::{CONFIGS, Reply, Request},
    room::{ON_POSTGRES, Room},
};

pub const KEY: &str = "sk-CANARY-7f3a9c51e2d84b06";
const PASSWORD: &str = "CANARY copper meadow violin";

/// Forms in which a secret might slip out.
fn disguises(secret: &str) -> Vec<Vec<u8>> {
    let bytes = secret.as_bytes();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let escaped: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
    let utf16: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut all =
        vec![bytes.to_vec(), utf16, hex.to_uppercase().into_bytes(), hex.into_bytes(), escaped.into_bytes()];
    for skip in 0..3 {
        let encoded = STANDARD_NO_PAD.encode(&bytes[skip..]);
        all.push(encoded.as_bytes()[..encoded.len() - 3].to_vec());
    }
    all
}

pub fn find(haystack: &[u8], secret: &str, place: &str) {
    for needle in disguises(secret) {
        assert!(memmem::find(haystack, &needle).is_none(), "{place} holds {}", String::from_utf8_lossy(&needle));
    }
}

fn search_files(folder: &Path, secrets: &[&str]) -> usize {
    let mut searched = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            searched += search_files(&path, secrets);
        } else {
            let bytes = fs::read(&path).unwrap();
            secrets.iter().for_each(|secret| find(&bytes, secret, &path.display().to_string()));
            searched += 1;
        }
    }
    searched
}

pub const FAULTS: [Fault; 15] = [
    Fault::BadKey,
    Fault::Expired,
    Fault::NoPermission,
    Fault::Restricted,
    Fault::RateLimit,
    Fault::Quota,
    Fault::Overloaded,
    Fault::ServerError,
    Fault::BadGatewayHtml,
    Fault::Cut,
    Fault::HangUp,
    Fault::Garbage,
    Fault::Html,
    Fault::Redirect,
    Fault::EchoKey,
];

/// Every operation that the server describes, at the address that answers it, but for those that would end the session or the records: with
/// a text in the path, in the query, in headers and in bodies, and as it should be.
pub async fn everywhere(
    room: &Room,
    [session, application]: [&str; 2],
    text: &str,
    bodies: impl Fn(&str, &[&str]) -> Vec<Value>,
) -> Vec<(String, Reply)> {
    let (document, in_url) = (server::openapi(), in_url(text));
    let mut replies = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let is_gateway = operation["tags"][0] == "gateway";
            let (address, token) =
                if is_gateway { (room.gateway(), application) } else { (room.address(), session) };
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
            let schema = schema.as_str().and_then(|path| path.rsplit('/').next());
            let fields = schema.map(|name| &document["components"]["schemas"][name]["properties"]);
            let names: Vec<&str> =
                fields.and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.as_str()).collect();
            let bodies = if schema.is_some() { bodies(path, &names) } else { Vec::new() };
            for place in ["1", &in_url] {
                let ends = path.starts_with("/api/v1/auth/") && method != "get"
                    || method == "delete" && (place == "1" || !path.contains('{'));
                // A model that there is not is told back by its name, as the vendors do.
                if ends || is_gateway && place == KEY {
                    continue;
                }
                let filled = filled(path, place);
                let method = method.to_uppercase();
                let asked = format!("{method} {filled}");
                let request = |query: &str| Request::new(&method, &format!("{filled}{query}")).bearer(token);
                let mut requests = vec![request(""), request(&format!("?limit={in_url}&{in_url}=1"))];
                for name in ["if-match", "idempotency-key", "x-signalbox-held-by", "x-signalbox-user", "x-request-id"] {
                    requests.push(request("").header(name, text).json(&json!({})));
                }
                requests.extend(bodies.iter().map(|body| request("").json(body)));
                for request in requests {
                    replies.push((asked.clone(), request.send(address).await));
                }
            }
        }
    }
    replies
}

/// Whether the server itself failed. Behind the gateway a vendor may, or say what is not in a task's form, or there may be none.
pub fn is_own_failure(asked: &str, reply: &Reply) -> bool {
    let is_gateway = [" /v1/", " /v1beta/", " /api/v1/tasks/"].iter().any(|path| asked.contains(path));
    reply.status >= 500 && !(is_gateway && [502, 503, 504].contains(&reply.status))
}

/// A described path with this in every place that is open.
fn filled(path: &str, place: &str) -> String {
    let part = |part: &str| match (part.find('{'), part.find('}')) {
        (Some(from), Some(to)) => format!("{}{place}{}", &part[..from], &part[to + 1..]),
        _ => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn in_url(text: &str) -> String {
    let letter = |byte: u8| match byte {
        b'-' | b'.' | b'_' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(letter).collect()
}

/// The key in each field and in all of them.
pub fn with_the_key(path: &str, names: &[&str]) -> Vec<Value> {
    // Of a configuration many fields are texts that are shown as they are; it is tried by hand. So is a model that is asked for.
    // And what a task is given goes to its vendor, who may say it again.
    if path.starts_with("/api/v1/tasks/") || path.contains("/configs") && !path.contains("}/") {
        return Vec::new();
    }
    let names = names.iter().filter(|name| **name != "model");
    let whole: serde_json::Map<_, _> = names.clone().map(|name| ((*name).to_owned(), json!(KEY))).collect();
    let mut bodies: Vec<_> = names.map(|name| json!({ *name: KEY })).collect();
    bodies.extend([json!(whole), json!({ KEY: KEY }), json!({})]);
    // An application may be called whatever one likes, and its name is shown.
    bodies.retain(|body| !path.ends_with("/tokens") || *body != json!({ "name": KEY }));
    bodies
}

#[tokio::test]
async fn what_is_secret_is_in_no_answer_and_in_no_file() {
    // One of its own: that of all tests holds gigabytes by the time that this one searches it.
    let postgres = ON_POSTGRES.then(|| Arc::new(Postgres::start()));
    let (mut room, token) = Room::on(postgres).await;
    let person = room.take_up(&token, PASSWORD).await;
    let session = room.log_in(&person).await;
    let mut replies: Vec<(String, Reply)> = Vec::new();
    let body = room.create_body(OpenAi, "gpt-4o-mini", KEY);
    replies.push(("create".into(), room.create(&session, &body).await));
    let id = replies[0].1.data()["id"].clone();
    let one = format!("{CONFIGS}/{id}");
    for fault in FAULTS {
        room.simulator.set_fault(KEY, Some(fault));
        let test = Request::new("POST", &format!("{one}/test")).bearer(&session.access);
        replies.push((format!("test {fault:?}"), room.send(test).await));
        replies.push((format!("create {fault:?}"), room.create(&session, &body).await));
        let change = json!({ "api_key": KEY, "model_name": "gpt-4o" });
        replies.push((format!("update {fault:?}"), room.put(&session, &id, &change).await));
    }
    room.simulator.set_fault(KEY, None);
    // The key in every place where it does not belong.
    for wrong in [
        json!({ "api_key": { KEY: KEY } }),
        json!({ "api_key": [KEY] }),
        json!({ KEY: KEY }),
        json!({ "provider_type": KEY }),
        json!({ "is_active": KEY }),
        json!({ "daily_token_limit": KEY }),
        json!({ "model_name": [KEY] }),
        json!({ "base_url": format!("ftp://{KEY}"), "api_key": KEY }),
        json!({ "base_url": format!("https://user:{KEY}@127.0.0.1"), "api_key": KEY }),
        json!(KEY),
        json!([KEY]),
    ] {
        let mut create = body.clone();
        create["model_name"] = json!("gpt-4o");
        if let Some(fields) = wrong.as_object() {
            create.as_object_mut().unwrap().extend(fields.clone());
        } else {
            create = wrong.clone();
        }
        replies.push((format!("create {wrong}"), room.create(&session, &create).await));
        replies.push((format!("update {wrong}"), room.put(&session, &id, &wrong).await));
    }
    for request in [
        Request::new("POST", CONFIGS)
            .header("content-type", "application/json")
            .raw(format!("{{\"{KEY}").into_bytes()),
        Request::new("POST", CONFIGS).header("content-type", KEY).raw(KEY.into()),
        Request::new("GET", &format!("{CONFIGS}/{KEY}")),
        Request::new("GET", &format!("{CONFIGS}?{KEY}={KEY}")),
        Request::new("GET", &format!("{CONFIGS}?provider_type={KEY}")),
        Request::new("GET", &format!("/{KEY}")),
        Request::new("PUT", &one).header("if-match", KEY).json(&json!({})),
        Request::new("POST", CONFIGS).header("idempotency-key", KEY).json(&json!({ "api_key": KEY })),
        Request::new("GET", CONFIGS),
        Request::new("GET", &one),
        Request::new("GET", "/api/v1/super-admin/audit-log?limit=1000"),
        Request::new("GET", "/api/v1/auth/me"),
        Request::new("GET", "/api/v1/openapi.json"),
        Request::new("GET", "/api/v1/docs"),
    ] {
        replies.push(("request".into(), room.send(request.bearer(&session.access)).await));
    }
    let application = applications::token(&room, &session, &json!({ "name": "shop" })).await;
    replies.extend(everywhere(&room, [&session.access, &application], KEY, with_the_key).await);
    replies.push(("login".into(), room.try_log_in(PASSWORD, PASSWORD, PASSWORD).await));
    replies.push(("login".into(), room.try_log_in("admin", PASSWORD, PASSWORD).await));
    let forged = Request::new("GET", CONFIGS).bearer(KEY);
    replies.push(("forged".into(), room.send(forged).await));
    replies.push(("delete".into(), room.delete(&session, &id).await));
    assert!(replies.len() > 250, "{}", replies.len());
    assert!(replies.iter().any(|(_, reply)| reply.status == 201));
    assert!(replies.iter().filter(|(_, reply)| reply.status == 422).count() > 100);
    for (asked, reply) in &replies {
        // Those that fail are in `failures`.
        assert!(!is_own_failure(asked, reply), "{asked}: {}", reply.text);
        for secret in [KEY, PASSWORD, &session.access, &session.refresh, &token, &application] {
            find(reply.text.as_bytes(), secret, asked);
        }
    }
    room.stop().await;
    let secrets = [KEY, PASSWORD, &session.refresh, &token, &session.access, &application, "gpt-4o-mini"];
    match &room.postgres {
        None => assert!(search_files(room.data.path(), &secrets) >= 2),
        Some((postgres, _)) => {
            // Names are not sealed there; keys, passwords and tokens are in no table, index, log or write-ahead log of it.
            assert!(search_files(room.data.path(), &secrets) >= 1);
            assert!(search_files(&postgres.data(), &secrets[..6]) >= 100);
        }
    }
}
