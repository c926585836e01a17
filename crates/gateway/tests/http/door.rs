//! Who is let in.

use crate::{
    client::{raw, send},
    house::friendly,
};

#[tokio::test]
async fn without_a_token_every_face_refuses_in_its_own_shape() {
    let house = friendly().await;
    let at = house.server.address();
    let none = ("authorization", "");
    let openai = send(at, "POST", "/v1/chat/completions", &[none], "{}").await;
    assert_eq!((openai.status, openai.json()["error"]["code"].as_str()), (401, Some("invalid_api_key")));
    let claude = send(at, "POST", "/v1/messages", &[none, ("x-api-key", "wrong")], "{}").await;
    assert_eq!((claude.status, claude.json()["error"]["type"].as_str()), (401, Some("authentication_error")));
    let gemini = send(at, "POST", "/v1beta/models/m:generateContent", &[none], "{}").await;
    assert_eq!((gemini.status, gemini.json()["error"]["status"].as_str()), (401, Some("UNAUTHENTICATED")));
    let task = send(at, "POST", "/api/v1/tasks/extraction", &[none], "{}").await;
    assert_eq!((task.status, task.json()["error"]["code"].as_str()), (401, Some("invalid_api_key")));
    for path in ["/v1/models", "/v1beta/models", "/v1/models/x", "/no/such/path"] {
        assert_eq!(send(at, "GET", path, &[none], "").await.status, 401, "{path}");
    }
}

#[tokio::test]
async fn health_needs_no_token_and_tells_nothing() {
    let house = friendly().await;
    let reply = send(house.server.address(), "GET", "/health", &[("authorization", "")], "").await;
    assert_eq!((reply.status, reply.body.as_str()), (200, "{\"status\":\"ok\"}"));
}

#[tokio::test]
async fn other_hosts_and_web_pages_are_refused_before_the_token_is_looked_at() {
    let house = friendly().await;
    let at = house.server.address();
    for headers in [[("host", "evil.example")], [("origin", "https://evil.example")], [("origin", "null")]] {
        for path in ["/v1/models", "/health"] {
            let reply = send(at, "GET", path, &headers, "").await;
            assert_eq!(reply.status, 403, "{headers:?}");
            assert!(!reply.head.contains("access-control"));
        }
    }
    let preflight =
        send(at, "OPTIONS", "/v1/chat/completions", &[("origin", "https://evil.example")], "").await;
    assert_eq!(preflight.status, 403);
}

#[tokio::test]
async fn unknown_paths_wrong_methods_and_forms_are_refused() {
    let house = friendly().await;
    let at = house.server.address();
    assert_eq!(send(at, "POST", "/v1/embeddings", &[], "{}").await.status, 404);
    assert_eq!(send(at, "GET", "/v1/chat/completions", &[], "").await.status, 405);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let reply = send(at, "POST", "/v1/chat/completions", &form, "{}").await;
    assert_eq!((reply.status, reply.json()["error"]["code"].as_str()), (415, Some("unsupported_media_type")));
    assert_eq!(raw(at, b"nonsense\r\n\r\n").await.status, 400);
}

#[tokio::test]
async fn a_broken_body_is_told_with_its_field() {
    let mut house = friendly().await;
    let at = house.server.address();
    let reply =
        send(at, "POST", "/v1/chat/completions", &[], r#"{"model":"m","messages":[{"role":5}]}"#).await;
    assert_eq!((reply.status, reply.json()["error"]["param"].as_str()), (400, Some("messages[0].role")));
    let deep = format!(
        r#"{{"model":"m","messages":[],"tools":[{{"type":"function","function":{{"name":"a","parameters":{}}}}}]}}"#,
        "[".repeat(10_000) + &"]".repeat(10_000)
    );
    let reply = send(at, "POST", "/v1/chat/completions", &[], &deep).await;
    assert_eq!(reply.status, 400);
    assert!(reply.body.contains("nested too deep"), "{}", reply.body);
    assert!(house.asked.try_recv().is_err(), "the engine was asked");
}
