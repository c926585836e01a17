//! How lists were looked at: kept in the vault, there with the next unlock, and no act.

use journeys::{PASSWORD, Room};
use model::ProviderType;
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

#[tokio::test]
async fn an_order_by_hand_holds_within_each_type_and_newcomers_come_behind() {
    let room = Room::open().await;
    let mut ids = Vec::new();
    for name in ["A", "B", "C"] {
        let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
        form["display_name"] = json!(name);
        ids.push(room.add(&form, Some("test-openai-key-0001")).await["id"].clone());
    }
    let claude = room.form(ProviderType::Claude, "claude-opus-5-5");
    ids.push(room.add(&claude, Some("test-claude-key-0001")).await["id"].clone());
    let names = async || -> Vec<String> {
        let list = room.list().await;
        list.iter().map(|one| one["display_name"].as_str().unwrap().to_owned()).collect()
    };
    let order = json!([ids[3], ids[2], ids[0]]);
    room.send("order_providers", json!({ "ids": order })).await.unwrap();
    assert_eq!(names().await, ["C", "A", "B", "Claude one"], "types keep their order");
    room.reopen().await;
    assert_eq!(names().await, ["C", "A", "B", "Claude one"]);
    room.send("order_providers", json!({ "ids": [] })).await.unwrap();
    assert_eq!(names().await, ["A", "B", "C", "Claude one"], "by name again");
    let many = vec![&ids[0]; 5_001];
    assert!(room.send("order_providers", json!({ "ids": many })).await.is_err());
}
