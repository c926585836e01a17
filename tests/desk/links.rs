//! Links from outside: they wait for an open vault, are given out once, and a refused one says why without quoting itself.

use journeys::Room;
use model::{FailureCode, vault::DeskEvent};
use serde_json::json;

#[tokio::test]
async fn a_link_waits_for_the_vault_and_is_given_out_once() {
    let room = Room::open().await;
    room.send("lock_vault", json!({})).await.unwrap();
    room.desk.take_in("signalbox://import?vendor=openai&name=Lab&model=gpt-6-sol");
    assert!(room.host.events().contains(&DeskEvent::LinkCame));
    let locked = room.send("take_link", json!({})).await.unwrap_err();
    assert_eq!(locked.code, FailureCode::Locked);
    room.reopen().await;
    let taken = room.send("take_link", json!({})).await.unwrap();
    assert_eq!(taken["proposed"]["display_name"], "Lab");
    assert_eq!(room.send("take_link", json!({})).await.unwrap(), json!("none"));
    assert!(room.list().await.is_empty(), "a link adds nothing by itself");
}

#[tokio::test]
async fn a_link_with_a_key_is_refused_and_the_key_is_nowhere() {
    let room = Room::open().await;
    let key = "sk-CANARY-0123456789";
    room.desk.take_in(&format!("signalbox://import?vendor=openai&api_key={key}"));
    let refused = room.send("take_link", json!({})).await.unwrap_err();
    assert_eq!(refused.message, "the link carries a key");
    assert!(!serde_json::to_string(&refused).unwrap().contains("CANARY"));
    assert_eq!(room.send("take_link", json!({})).await.unwrap(), json!("none"), "it is not kept");
}

#[tokio::test]
async fn a_link_without_end_is_cut_and_refused() {
    let room = Room::open().await;
    room.desk.take_in(&format!("signalbox://import?vendor=openai&name={}", "x".repeat(10_000_000)));
    let refused = room.send("take_link", json!({})).await.unwrap_err();
    assert!(refused.message.contains("longer than"), "{}", refused.message);
}
