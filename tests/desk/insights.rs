//! What stands out in keys and routes, as the window asks for it.

use journeys::{Room, now};
use serde_json::{Value, json};

async fn kinds(room: &Room) -> Vec<(String, Value)> {
    let view = room.send("view_insights", json!({})).await.unwrap();
    let findings = view["findings"].as_array().unwrap().iter();
    findings.flat_map(|finding| finding.as_object().unwrap().clone()).collect()
}

#[tokio::test]
async fn keys_that_nobody_used_and_tasks_without_a_fallback_stand_out() {
    let (room, [openai, claude, gemini]) = Room::with_chain().await;
    assert_eq!(kinds(&room).await, [], "three serve the task, and their keys are new");
    room.route(|route| route["chain"] = json!([{ "provider": claude["id"] }])).await.unwrap();
    let alone = json!({ "task": "extraction", "provider": claude["id"], "name": claude["display_name"] });
    assert_eq!(kinds(&room).await, [("no_fallback".to_owned(), alone)]);
    assert!(room.ask(1, json!({ "provider": openai["id"] })).await.unwrap()["answered"].is_object());
    room.reopen().await;
    room.host.set_wall_clock(now().plus_days(29));
    assert_eq!(kinds(&room).await.len(), 1, "keys are too young to be unused");
    room.host.set_wall_clock(now().plus_days(30));
    let found = kinds(&room).await;
    let unused: Vec<&Value> =
        found.iter().filter(|(kind, _)| kind == "unused_key").map(|(_, of)| &of["provider"]).collect();
    assert_eq!(unused, [&gemini["id"], &claude["id"]], "in the list's order, without the one that was used");
}
