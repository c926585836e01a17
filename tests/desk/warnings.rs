//! What is told on the desktop: a provider that is down, once, also after the next unlock.

use journeys::{PASSWORD, Room};
use serde_json::json;

#[tokio::test]
async fn a_provider_that_is_down_is_told_once_also_across_unlocks() {
    let (room, chain) = Room::with_chain().await;
    room.simulator.set_fault("openai", Some(simulator::Fault::BadKey));
    room.ask(1, json!({ "task": "extraction" })).await.unwrap();
    let named = chain[0]["display_name"].as_str().unwrap();
    let told = || room.host.notices().iter().filter(|notice| notice.title.contains(named)).count();
    let until = async {
        while told() == 0 {
            room.desk.warn_if_due().await;
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), until).await.expect("nobody was told");
    room.desk.warn_if_due().await;
    assert_eq!(told(), 1);
    room.send("lock_vault", json!({})).await.unwrap();
    room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    room.desk.warn_if_due().await;
    assert_eq!(told(), 1);
    let notices = room.host.notices();
    let notice = notices.iter().find(|notice| notice.title.contains(named)).unwrap();
    assert_eq!(notice.title, format!("{named} is down"));
    assert!(!notice.text.contains("test-openai-key"), "{}", notice.text);
}
