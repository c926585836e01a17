//! The three faces, the tasks and the list of models.

use gateway::{Ask, Refused};
use model::{
    Timestamp,
    call::Degradation,
    limits::{LimitKind, LimitState},
};
use serde_json::json;

use crate::{
    client::{send, until},
    house::{answering, friendly, served},
};

const CHAT: &str = r#"{"model":"task:extraction","user":"ann","messages":[{"role":"user","content":"Hi"}]}"#;

#[tokio::test]
async fn a_chat_is_answered_with_what_it_took() {
    let mut house = friendly().await;
    let headers = [("x-request-id", "r-1"), ("idempotency-key", "r-1"), ("x-signalbox-degrade", "true")];
    let reply = send(house.server.address(), "POST", "/v1/chat/completions", &headers, CHAT).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(reply.json()["choices"][0]["message"]["content"], "Hi");
    let id = reply.header("x-request-id").unwrap();
    assert_eq!(reply.json()["id"], format!("chatcmpl-{id}"));
    assert!(id.len() == 32 && id != "r-1", "{id}");
    assert_eq!(reply.header("x-signalbox-cost-usd"), Some("0.00045"));
    assert_eq!(reply.header("x-signalbox-fallbacks"), Some("0"));
    assert_eq!(reply.header("content-type"), Some("application/json"));
    let order = house.asked.try_recv().unwrap();
    assert_eq!(order.ask, Ask::Named("task:extraction".into()));
    assert_eq!(order.caller.user, "ann");
    assert_eq!(order.caller.request_id.as_deref(), Some(id), "the log's rows are known by it");
    assert!(order.request.degrade);
}

#[tokio::test]
async fn each_face_answers_in_its_own_shape_whole_and_streamed() {
    let house = friendly().await;
    let at = house.server.address();
    let key = [("authorization", ""), ("x-api-key", "sbx_test"), ("anthropic-version", "2023-06-01")];
    let body = r#"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}"#;
    let message = send(at, "POST", "/v1/messages", &key, body).await;
    assert_eq!(message.json()["content"], json!([{"type": "text", "text": "Hi"}]));
    assert_eq!(message.header("request-id"), message.header("x-request-id"));
    let streaming = body.replace("\"model\"", "\"stream\":true,\"model\"");
    let message = send(at, "POST", "/v1/messages", &key, &streaming).await;
    assert!(message.body.ends_with("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"));
    assert_eq!(message.header("content-type"), Some("text/event-stream; charset=utf-8"));

    let key = [("authorization", ""), ("x-goog-api-key", "sbx_test")];
    let body = r#"{"contents":[{"parts":[{"text":"Hi"}]}]}"#;
    let path = |verb: &str| format!("/v1beta/models/task:extraction:{verb}");
    let whole = send(at, "POST", &path("generateContent"), &key, body).await;
    assert_eq!(whole.json()["candidates"][0]["content"]["parts"][0]["text"], "Hi");
    let array = send(at, "POST", &path("streamGenerateContent"), &key, body).await;
    assert_eq!(array.json()[1]["candidates"][0]["finishReason"], "STOP");
    let events = send(at, "POST", &path("streamGenerateContent?alt=sse"), &key, body).await;
    assert!(events.body.starts_with("data: {") && events.body.ends_with("\r\n\r\n"));

    let response = send(at, "POST", "/v1/responses", &[], r#"{"model":"m","input":"Hi"}"#).await;
    assert_eq!(response.json()["output"][0]["content"][0]["text"], "Hi");
    let streaming = r#"{"model":"m","input":"Hi","stream":true}"#;
    let response = send(at, "POST", "/v1/responses", &[], streaming).await;
    assert!(response.body.contains("event: response.completed\n"));
}

#[tokio::test]
async fn tokens_are_counted_in_anthropics_shape() {
    let mut house = friendly().await;
    let at = house.server.address();
    let body = r#"{"model":"task:extraction","messages":[{"role":"user","content":"Hi"}],"top_p":1}"#;
    let reply = send(at, "POST", "/v1/messages/count_tokens", &[("x-signalbox-user", "ann")], body).await;
    assert_eq!((reply.status, reply.json()), (200, json!({"input_tokens": 14})), "{}", reply.body);
    assert_eq!(reply.header("request-id"), reply.header("x-request-id"));
    assert!(reply.header("x-signalbox-provider").is_some() && reply.header("x-signalbox-cost-usd").is_none());
    assert_eq!(reply.header("x-signalbox-ignored"), Some("top_p"));
    let order = house.asked.try_recv().unwrap();
    assert_eq!((order.ask, order.caller.user.as_str()), (Ask::Named("task:extraction".into()), "ann"));
    let bounded = body.replace("\"model\"", "\"max_tokens\":9,\"model\"");
    let reply = send(at, "POST", "/v1/messages/count_tokens", &[], &bounded).await;
    assert_eq!((reply.status, &reply.json()["error"]["type"]), (400, &json!("invalid_request_error")));
    assert!(house.asked.try_recv().is_err(), "nobody is asked what is refused here");
}

#[tokio::test]
async fn a_stream_comes_piece_by_piece_and_is_dropped_when_its_client_goes() {
    let (events, received) = futures::channel::mpsc::unbounded();
    let received = std::sync::Mutex::new(Some(received));
    let house = crate::house::with(
        Box::new(|_| panic!("not asked for a whole answer")),
        Box::new(move || received.lock().unwrap().take().unwrap()),
    )
    .await;
    let at = house.server.address();
    let body = CHAT.replace("\"model\"", "\"stream\":true,\"model\"");
    let mut stream = tokio::net::TcpStream::connect(at).await.unwrap();
    let request = crate::client::request(at, "POST", "/v1/chat/completions", &[], &body);
    tokio::io::AsyncWriteExt::write_all(&mut stream, request.as_bytes()).await.unwrap();
    for word in ["one", "two"] {
        events.unbounded_send(model::CallEvent::Text(word.into())).unwrap();
        until(&mut stream, word).await;
    }
    drop(stream);
    // The engine's end of the channel is dropped as soon as the connection is seen to be gone.
    while !events.is_closed() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_stream_tells_its_limits_and_what_is_done_without_before_its_first_piece() {
    let limit = LimitState {
        kind: LimitKind::DailyTokens,
        cap: 100,
        used: 81,
        resets_at: Some(Timestamp(86_400_000)),
    };
    let house =
        crate::house::telling(vec![limit], vec![Degradation::StopDropped, Degradation::PdfAsText]).await;
    let body = CHAT.replace("\"model\"", "\"stream\":true,\"model\"");
    let reply = send(house.server.address(), "POST", "/v1/chat/completions", &[], &body).await;
    let warning = "daily_tokens;used=80%;left=19;resets=1970-01-02T00:00:00Z";
    assert_eq!(reply.header("x-signalbox-limit-warning"), Some(warning));
    assert_eq!(reply.header("x-signalbox-degraded"), Some("stop_dropped, pdf_as_text"));
    assert!(reply.body.ends_with("data: [DONE]\n\n"), "{}", reply.body);
}

#[tokio::test]
async fn a_task_answers_in_the_envelope() {
    let letter = r#"{"subject":"s","greeting":"g","paragraphs":["p"],"closing":"c","signature":null}"#;
    let mut house = answering(move |_| Ok(served(letter))).await;
    let body = r#"{"profile":"Ann","job":"Engineer wanted","user":"ann"}"#;
    let reply = send(house.server.address(), "POST", "/api/v1/tasks/cover_letter", &[], body).await;
    let letter: serde_json::Value = serde_json::from_str(letter).unwrap();
    assert_eq!(reply.json(), json!({"success": true, "data": letter}));
    let order = house.asked.try_recv().unwrap();
    assert_eq!(order.task.as_ref().map(model::TaskName::as_str), Some("cover_letter"));
    assert_eq!(order.caller.user, "ann");
    assert!(order.request.schema.is_some() && order.request.degrade);
    let reply =
        send(house.server.address(), "POST", "/api/v1/tasks/cover_letter", &[], r#"{"profile":"Ann"}"#).await;
    assert_eq!(reply.status, 400);
    assert_eq!(reply.json()["error"]["field"], "job");
    assert_eq!(reply.json()["success"], false);
}

#[tokio::test]
async fn one_path_lists_models_for_two_sdks() {
    let house = friendly().await;
    let at = house.server.address();
    let list = send(at, "GET", "/v1/models", &[], "").await;
    assert_eq!(list.json()["data"][0]["owned_by"], "openai");
    let list = send(at, "GET", "/v1/models", &[("anthropic-version", "2023-06-01")], "").await;
    assert_eq!(list.json()["data"][0]["display_name"], "Mini");
    let list = send(at, "GET", "/v1beta/models", &[], "").await;
    assert_eq!(list.json()["models"][0]["name"], "models/gpt-4o-mini");
    let one = send(at, "GET", "/v1/models/gpt-4o-mini", &[], "").await;
    assert_eq!(one.json()["id"], "gpt-4o-mini");
    let none = send(at, "GET", "/v1/models/gpt-5o", &[], "").await;
    assert_eq!((none.status, none.json()["error"]["code"].as_str()), (404, Some("model_not_found")));
}

#[tokio::test]
async fn an_unknown_name_is_answered_with_the_nearest() {
    let house = answering(|_| {
        Err(Refused::UnknownModel { asked: "gpt-4o-minni".into(), nearest: vec!["gpt-4o-mini".into()] })
    })
    .await;
    let reply = send(house.server.address(), "POST", "/v1/chat/completions", &[], CHAT).await;
    assert_eq!(reply.status, 404);
    assert!(reply.json()["error"]["message"].as_str().unwrap().ends_with("Did you mean gpt-4o-mini?"));
}

#[tokio::test]
async fn a_locked_vault_is_503_with_advice() {
    let house = answering(|_| Err(Refused::Closed)).await;
    let reply = send(house.server.address(), "POST", "/v1/chat/completions", &[], CHAT).await;
    assert_eq!(reply.status, 503);
    assert_eq!(reply.header("x-should-retry"), Some("false"));
    assert!(reply.json()["error"]["message"].as_str().unwrap().contains("Unlock the vault"));
}
