//! The description that the server serves of itself: as a document and as a page, of the administration and of the gateway.

use model::{ProviderType::OpenAi, remote::CreateToken};
use serde_json::{Value, json};

use crate::{client::Request, room::Room};

const PAGE: &str = "/api/v1/docs";

#[tokio::test]
async fn the_page_names_every_operation_and_loads_nothing() {
    let (room, _) = Room::new().await;
    let page = room.send(Request::new("GET", PAGE)).await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    for loads in ["<script", "<link", "<img", "<style", "<iframe", "src=", "url(", "=\"//", "=\"http"] {
        assert!(!page.text.contains(loads), "{loads}");
    }
    for (path, item) in server::openapi()["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let heading = format!("<h2><code>{} {path}</code></h2>", method.to_uppercase());
            assert!(page.text.contains(&heading), "{heading}");
        }
    }
    let served = room.send(Request::new("GET", "/api/v1/openapi.json")).await;
    assert_eq!(&served.body, server::openapi());
}

#[tokio::test]
async fn the_page_leads_to_every_operation_and_names_the_fields_of_bodies_and_answers() {
    let (room, _) = Room::new().await;
    let page = room.send(Request::new("GET", PAGE)).await.text;
    let quoted = |begin: &str| -> Vec<String> {
        let found = page.split(begin).skip(1);
        found.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let (mut links, mut places) = (quoted("href=\"#"), quoted(" id=\""));
    links.sort();
    places.sort();
    let described = server::openapi()["paths"].as_object().unwrap().values();
    let operations: usize = described.map(|item| item.as_object().unwrap().len()).sum();
    assert_eq!((links.len(), &links), (operations, &places));
    links.dedup();
    assert_eq!(links.len(), operations, "each has a place of its own");
    let (_, create) = page.split_once("<h2><code>POST /api/v1/super-admin/providers/configs</code></h2>").unwrap();
    let (create, _) = create.split_once("</section>").unwrap();
    // The one is only ever sent, the other only ever answered.
    let (body, answer) = create.split_once("<h3>Answer 201</h3>").unwrap();
    assert!(body.contains("<dt><code>api_key</code></dt>") && !answer.contains("<code>api_key</code>"));
    assert!(answer.contains("<dt><code>last_test_success</code></dt>") && !body.contains("last_test_success"));
    assert!(body.contains("<dt><code>model_name</code>, required</dt>"));
    for tag in ["providers", "gateway", "access", "audit"] {
        assert!(page.contains(&format!("<h2>{tag}</h2><ul><li><a ")), "{tag}");
    }
}

/// What may be wrong with a request, one at a time.
fn wrong(path: &str, method: &str) -> Vec<(&'static str, Request)> {
    let request = Request::new(method, &path.replace("{model}", "gpt-4o-mini"));
    let none_such = Request::new(method, &path.replace("{model}", "no-such-model"));
    let call = json!({ "model": "no-such-model", "max_tokens": 5, "messages": [{ "role": "user", "content": "Hello." }],
        "input": "Hello.", "contents": [{ "parts": [{ "text": "Hello." }] }] });
    vec![
        ("nothing", request.clone()),
        ("no JSON", request.clone().header("content-type", "application/json").raw(b"{".to_vec())),
        ("an empty object", request.clone().json(&json!({}))),
        ("no object", request.clone().json(&json!([1]))),
        ("a form", request.clone().header("content-type", "text/plain").raw(b"a=b".to_vec())),
        ("a web page", request.clone().header("origin", "https://page.example").json(&json!({}))),
        ("a task's name that is none", request.clone().header("x-signalbox-task", "NO TASK").json(&call)),
        ("a model that nobody has", none_such.json(&call)),
        ("what every shape needs", request.json(&call)),
    ]
}

#[tokio::test]
async fn every_answer_of_the_gateway_is_one_that_is_described() {
    let (mut room, _, session) = Room::open().await;
    let body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    room.create(&session, &body).await.data();
    let token = room
        .at_console(async |site, options| {
            let asked = CreateToken { name: "shop".into(), ..CreateToken::default() };
            server::make_token(site, asked, &options.now).await.unwrap().token.unwrap()
        })
        .await;
    let (mut seen, mut refused) = (Vec::new(), 0);
    for (path, item) in server::openapi()["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation["tags"][0] != "gateway" {
                continue;
            }
            seen.push(format!("{method} {path}"));
            for (what, request) in wrong(path, &method.to_uppercase()) {
                for request in [request.clone(), request.bearer(&token)] {
                    let reply = request.send(room.gateway()).await;
                    let described = &operation["responses"][reply.status.to_string()];
                    assert!(described.is_object(), "{method} {path}, {what}: {}", reply.text);
                    if reply.status != 200 {
                        assert_shape(described, &reply.body, &format!("{method} {path}, {what}"));
                        refused += 1;
                    }
                }
            }
        }
    }
    assert!(seen.len() == 14 && refused > 150, "{refused} of {seen:?}");
}

/// Whether the fields that a refusal's schema demands are there.
fn assert_shape(described: &Value, body: &Value, what: &str) {
    let schema = &described["content"]["application/json"]["schema"];
    // Where more than one is possible, the first is of a request without other faces' headers.
    let name = schema["$ref"].as_str().or(schema["anyOf"][0]["$ref"].as_str()).unwrap();
    let schema = server::openapi().pointer(name.trim_start_matches('#')).unwrap();
    for field in schema["required"].as_array().unwrap() {
        let value = &body[field.as_str().unwrap()];
        assert!(!value.is_null(), "{what}: {field} in {body}");
        let inner = &schema["properties"][field.as_str().unwrap()]["required"];
        for field in inner.as_array().into_iter().flatten() {
            assert!(value.get(field.as_str().unwrap()).is_some(), "{what}: {field} in {body}");
        }
    }
}
