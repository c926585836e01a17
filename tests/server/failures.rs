//! What is secret is in no answer either when the server's own part is the failure: vendors behind the gateway, the queue for passwords, and
//! a database that takes no changes or is gone.

use futures::future::join_all;
use model::ProviderType::{Claude, Gemini, OpenAi};
use serde_json::{Value, json};
use simulator::Fault;

use crate::{
    applications,
    canary::{FAULTS, KEY, find},
    client::{Reply, Request},
    room::{Room, Session},
};

/// How a stream fails that began well.
const OF_STREAMS: [Fault; 4] =
    [Fault::StreamCut, Fault::StreamError, Fault::StreamGarbage, Fault::StreamSplit];

/// Looks through all answers, and says how many were of 500 and above.
pub fn search(replies: &[(String, Reply)], secrets: &[&str]) -> usize {
    for (asked, reply) in replies {
        secrets.iter().for_each(|secret| find(reply.text.as_bytes(), secret, asked));
    }
    replies.iter().filter(|(_, reply)| reply.status >= 500).count()
}

/// A configuration of each vendor with the key, of which nothing bad is known, in place of those before.
async fn anew(room: &Room, session: &Session, fault: Fault, before: Vec<Value>) -> Vec<Value> {
    let mut made = Vec::new();
    for (kind, model) in
        [(OpenAi, "gpt-4o-mini"), (Claude, "claude-haiku-4-5"), (Gemini, "gemini-2.5-flash")]
    {
        let mut body = room.create_body(kind, model, KEY);
        body["is_default"] = json!(kind == OpenAi);
        body["display_name"] = json!(format!("{model} {fault:?}"));
        made.push(room.create(session, &body).await.data()["id"].clone());
    }
    for id in before {
        room.delete(session, &id).await.data();
    }
    made
}

/// The same shapes as they are asked for in pieces.
fn streams() -> Vec<Request> {
    let user = json!([{ "role": "user", "content": "Say hello." }]);
    let post = |path: &str, body: &Value| Request::new("POST", path).json(body);
    vec![
        post("/v1/chat/completions", &json!({ "model": "gpt-4o-mini", "stream": true, "messages": user })),
        post("/v1/responses", &json!({ "model": "gpt-4o-mini", "stream": true, "input": "Say hello." })),
        post(
            "/v1/messages",
            &json!({ "model": "claude-haiku-4-5", "stream": true, "max_tokens": 50, "messages": user }),
        ),
        post(
            "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
            &json!({ "contents": [{ "parts": [{ "text": "Say hello." }] }] }),
        ),
    ]
}

#[tokio::test]
async fn however_a_vendor_fails_the_gateways_answer_holds_no_key_and_no_token() {
    let (room, _, session) = Room::open().await;
    let token = applications::token(&room, &session, &json!({ "name": "shop" })).await;
    let (mut replies, mut configs) = (Vec::new(), Vec::new());
    for fault in FAULTS.into_iter().chain(OF_STREAMS) {
        room.simulator.set_fault(KEY, None);
        configs = anew(&room, &session, fault, configs).await;
        room.simulator.set_fault(KEY, Some(fault));
        room.simulator.clear_journal();
        let shapes = applications::shapes().into_iter().map(|(.., request)| request);
        let asked = shapes.chain(streams()).map(|request| request.bearer(&token).send(room.gateway()));
        let answered = join_all(asked).await;
        // Each was the vendor's to fail.
        let calls = room.simulator.journal().iter().filter(|recorded| recorded.method == "POST").count();
        assert!(calls >= 8, "{fault:?}: {calls}");
        replies.extend(answered.into_iter().map(|reply| (format!("{fault:?}"), reply)));
    }
    assert_eq!(replies.len(), 11 * (FAULTS.len() + OF_STREAMS.len()));
    let failed = search(&replies, &[KEY, &token]);
    assert!(failed > 60, "{failed} of {}", replies.len());
    // And where they are written down.
    for path in ["/usage/logs?limit=500", "/incidents", "/health"] {
        let told = room.get(&session, &format!("/api/v1/super-admin/providers{path}")).await;
        told.data();
        assert_eq!(search(&[(path.to_owned(), told)], &[KEY, &token]), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_finds_the_queue_for_passwords_full_is_told_nothing_of_what_was_sent() {
    let (mut room, _, _) = Room::open().await;
    room.behind_a_proxy().await;
    // Each from an address of its own, as one alone may not ask so often.
    let guesses = (0..160).map(|guess| {
        let body = json!({ "user_name": format!("{KEY} {guess}"), "password": KEY, "code": KEY });
        let request = Request::new("POST", "/api/v1/auth/login");
        room.send(request.header("x-forwarded-for", &format!("198.51.100.{guess}")).json(&body))
    });
    let replies: Vec<_> = join_all(guesses).await.into_iter().map(|reply| ("login".to_owned(), reply)).collect();
    let (busy, others): (Vec<_>, Vec<_>) = replies.iter().partition(|(_, reply)| reply.status == 503);
    assert!(others.iter().all(|(_, reply)| reply.status == 401), "{:?}", others.first());
    assert!(!busy.is_empty() && busy.iter().all(|(_, reply)| reply.code() == "busy"), "{:?}", busy.first());
    assert_eq!(search(&replies, &[KEY]), busy.len());
}
