//! How lists were looked at: kept in the vault, there with the next unlock, and no act.

use journeys::{PASSWORD, Room};
use serde_json::json;

#[tokio::test]
async fn filters_come_back_with_the_vault_and_leave_no_entry() {
    let room = Room::open().await;
    let entries = async || {
        let page =
            room.send("view_audit", json!({ "filter": {}, "before": null, "limit": 1 })).await.unwrap();
        page["found"]["all"].clone()
    };
    let before = entries().await;
    for text in ["sort=cost down", "type=openai\nsort=cost down"] {
        room.send("remember", json!({ "list": "providers", "text": text })).await.unwrap();
    }
    room.send("remember", json!({ "list": "usage", "text": "days=30" })).await.unwrap();
    assert_eq!(entries().await, before);
    room.send("lock_vault", json!({})).await.unwrap();
    let opened = room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    let expected = json!({ "providers": "type=openai\nsort=cost down", "usage": "days=30" });
    assert_eq!(opened["remembered"], expected);
    assert_eq!(room.send("view_remembered", json!({})).await.unwrap(), expected);
}

#[tokio::test]
async fn nothing_without_end_is_kept() {
    let room = Room::open().await;
    let long = json!({ "list": "providers", "text": "x".repeat(1_025) });
    assert!(room.send("remember", long).await.is_err());
    assert_eq!(room.send("view_remembered", json!({})).await.unwrap(), json!({}));
}
