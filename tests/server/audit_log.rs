//! The log of acts over HTTP: searching it, and verifying it.

use std::time::Duration;

use model::ProviderType::OpenAi;
use serde_json::{Value, json};

use crate::{
    client::CONFIGS,
    room::{Room, Session},
};

const LOG: &str = "/api/v1/super-admin/audit-log";

async fn with_some() -> (Room, Session) {
    let (room, _, session) = Room::open().await;
    let body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    room.create(&session, &body).await.data();
    for text in ["one", "two", "three & four"] {
        room.pass(Duration::from_secs(60));
        room.put(&session, &json!(1), &json!({ "description": text })).await.data();
    }
    (room, session)
}

fn ids(reply: &crate::client::Reply) -> Vec<i64> {
    reply.data().as_array().unwrap().iter().map(|entry| entry["id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn entries_are_found_by_every_filter() {
    let (room, session) = with_some().await;
    let all = ids(&room.get(&session, LOG).await);
    let updates = ids(&room.get(&session, &format!("{LOG}?action=provider.update")).await);
    assert_eq!(updates.len(), 3);
    let uuid = room.get(&session, &format!("{CONFIGS}/1")).await.data()["uuid"].as_str().unwrap().to_owned();
    assert_eq!(ids(&room.get(&session, &format!("{LOG}?target={uuid}")).await).len(), 4);
    assert_eq!(ids(&room.get(&session, &format!("{LOG}?actor=admin")).await).len(), all.len() - 1);
    assert_eq!(ids(&room.get(&session, &format!("{LOG}?text=three%20%26")).await), updates[..1]);
    let from = "2026-11-25T12:02:30Z";
    assert_eq!(ids(&room.get(&session, &format!("{LOG}?from={from}")).await), updates[..2]);
    let before = ids(&room.get(&session, &format!("{LOG}?to={from}")).await);
    assert_eq!(before, all[2..]);
    // Percent signs and the like are looked for as they are.
    assert_eq!(ids(&room.get(&session, &format!("{LOG}?text=%25")).await), Vec::<i64>::new());
    let long = format!("?text={}", "x".repeat(201));
    for wrong in ["?limit=0", "?limit=1001", "?from=now", "?to=2026-11-25", "?who=admin", &long] {
        assert_eq!(room.get(&session, &format!("{LOG}{wrong}")).await.status, 422, "{wrong}");
    }
}

#[tokio::test]
async fn the_next_page_keeps_the_filter() {
    let (room, session) = with_some().await;
    let updates = ids(&room.get(&session, &format!("{LOG}?action=provider.update")).await);
    let (mut path, mut found) =
        (format!("{LOG}?action=provider.update&text=description&limit=2"), Vec::new());
    loop {
        let page = room.get(&session, &path).await;
        found.extend(ids(&page));
        let Some(link) = page.header("link") else { break };
        path = link.trim_start_matches('<').split_once('>').unwrap().0.to_owned();
    }
    assert_eq!(found, updates);
}

#[tokio::test]
async fn a_whole_log_is_verified_whole() {
    let (room, session) = with_some().await;
    let entries = ids(&room.get(&session, LOG).await)[0];
    let verdict = room.ask(&session, "POST", &format!("{LOG}/verify"), None).await;
    assert_eq!(
        verdict.data(),
        &json!({
            "is_whole": true, "entries": entries, "broken_entry": Value::Null, "broken_how": Value::Null,
            "verified_at": "2026-11-25T12:03:30Z",
        })
    );
}
