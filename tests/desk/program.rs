//! The program's own settings, its folders, when the vault locks and whether it is backed up by itself, and the check of a
//! new recovery kit.

use std::{fs, time::Duration};

use journeys::{PASSWORD, Room, options};
use model::{FailureCode, ProviderType, vault::DeskEvent};
use serde_json::{Value, json};

async fn program(room: &Room) -> Value {
    room.send("view_program", json!({})).await.unwrap()
}

async fn unlock(room: &Room) {
    room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
}

/// Lets the proof of the password that was typed get old.
fn forget_proof(room: &Room) {
    room.host.pass(Duration::from_secs(301));
}

async fn idle_lock_s(room: &Room) -> u64 {
    room.send("view_app", json!({})).await.unwrap()["idle_lock_s"].as_u64().unwrap()
}

#[tokio::test]
async fn what_is_set_is_in_a_file_beside_the_vault_and_in_force_before_the_next_one_opens() {
    let room = Room::open().await;
    let settings = json!({ "theme": "dark", "rows": "compact" });
    let view = room.send("set_program", json!({ "settings": settings })).await.unwrap();
    assert_eq!(view["settings"], settings);
    let file = fs::read_to_string(room.data().join("settings.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&file).unwrap(), settings);
    let room = room.next_day().await;
    assert_eq!(serde_json::to_value(room.desk.settings()).unwrap(), settings);
}

#[tokio::test]
async fn a_settings_file_that_is_refused_keeps_nobody_out_and_is_told_in_the_window_once() {
    let room = Room::open().await.next_day().await;
    fs::write(room.data().join("settings.json"), r#"{"thme":"dark"}"#).unwrap();
    let room = room.next_day().await;
    unlock(&room).await;
    for _ in 0..2 {
        room.send("page_painted", json!({ "screen": "providers" })).await.unwrap();
    }
    let told: Vec<String> = room
        .host
        .events()
        .into_iter()
        .filter_map(|event| match event {
            DeskEvent::Trouble { failure } => Some(failure.message),
            _ => None,
        })
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].ends_with("`thme` is no setting, the nearest is `theme`"), "{told:?}");
    let view = program(&room).await;
    assert_eq!((&view["settings"], &view["fault"]["message"]), (&json!({}), &json!(told[0])));
    let view = room.send("set_program", json!({ "settings": {} })).await.unwrap();
    assert_eq!(view["fault"], Value::Null);
}

#[tokio::test]
async fn what_the_program_is_made_of_and_where_it_lies_is_told() {
    let room = Room::open().await;
    let view = program(&room).await;
    let names: Vec<&str> =
        view["parts"].as_array().unwrap().iter().map(|part| part["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Signalbox", "SQLCipher", "SQLite"]);
    assert!(view["parts"].as_array().unwrap().iter().all(|part| part["version"] != ""));
    assert_eq!(view["data_folder"], room.data().display().to_string());
    assert_eq!(view["log"]["days"], 7);
    for (folder, path) in
        [("data", room.data()), ("logs", room.data().join("logs")), ("backups", room.data().join("backups"))]
    {
        room.send("open_folder", json!({ "folder": folder })).await.unwrap();
        assert_eq!(room.host.links().last().unwrap(), &path.display().to_string());
        assert!(path.is_dir());
    }
}

#[tokio::test]
async fn the_idle_time_can_be_chosen_and_holds_for_this_vault() {
    let room = Room::open().await;
    room.send("set_idle_lock", json!({ "minutes": 20 })).await.unwrap();
    assert_eq!(idle_lock_s(&room).await, 1_200);
    room.host.pass(Duration::from_secs(1_199));
    assert!(!room.desk.lock_if_idle().await);
    room.host.pass(Duration::from_secs(1));
    assert!(room.desk.lock_if_idle().await);
    assert_eq!(idle_lock_s(&room).await, 1_200, "the lock screen says after which time it locked");
    unlock(&room).await;
    assert_eq!(idle_lock_s(&room).await, 1_200);
    for minutes in [0, 61, u32::MAX] {
        let refused = room.send("set_idle_lock", json!({ "minutes": minutes })).await.unwrap_err();
        assert_eq!(refused.advice.as_deref(), Some("Choose 1 to 60 minutes."));
    }
    forget_proof(&room);
    let refused = room.send("set_idle_lock", json!({ "minutes": 60 })).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::StepUpNeeded);
}

#[tokio::test]
async fn automatic_backups_that_are_off_are_not_made_and_those_before_a_risk_are() {
    let room = Room::open().await;
    let view = room.send("set_automatic_backups", json!({ "on": false })).await.unwrap();
    assert_eq!(view["automatic"], false);
    room.add(&room.form(ProviderType::OpenAi, "gpt-6-sol"), Some("test-openai-key-0001")).await;
    room.desk.back_up_if_due().await;
    let listed = async |room: &Room| {
        let view = room.send("list_backups", json!({})).await.unwrap();
        let reasons = view["backups"].as_array().unwrap().iter().map(|one| one["reason"].clone());
        (view["automatic"].clone(), reasons.collect::<Vec<_>>())
    };
    assert_eq!(listed(&room).await, (json!(false), vec![]));
    let room = room.next_day().await;
    unlock(&room).await;
    room.desk.back_up_if_due().await;
    assert_eq!(listed(&room).await, (json!(false), vec![]));
    room.send("rotate_vault_key", json!({ "password": PASSWORD })).await.unwrap();
    // Under another key, so it cannot be read now; but it is there.
    assert_eq!(fs::read_dir(room.data().join("backups")).unwrap().count(), 1);
    room.send("set_automatic_backups", json!({ "on": true })).await.unwrap();
    room.desk.back_up_if_due().await;
    assert_eq!(listed(&room).await.1.iter().filter(|reason| **reason == "daily").count(), 1);
    forget_proof(&room);
    let refused = room.send("set_automatic_backups", json!({ "on": false })).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::StepUpNeeded);
}

#[tokio::test]
async fn a_new_kit_is_checked_by_two_of_its_words_and_by_no_others() {
    let room = Room::open().await;
    let without_kit =
        async |room: &Room| room.send("view_app", json!({})).await.unwrap()["without_kit"].clone();
    assert_eq!(without_kit(&room).await, true);
    let kit = room.send("make_recovery_kit", json!({})).await.unwrap();
    assert_eq!(without_kit(&room).await, false);
    let words: Vec<&str> = kit["words"].as_str().unwrap().split(' ').collect();
    let [first, second] = [0, 1].map(|at| words[kit["asked"][at].as_u64().unwrap() as usize - 1]);
    let check = async |first: &str, second: &str| {
        room.send("check_recovery_kit", json!({ "words": [first, second] })).await
    };
    let checked = async || room.send("view_security", json!({})).await.unwrap()["kit_checked"].clone();
    let wrong = check(first, "zzzz").await.unwrap_err();
    assert_eq!(
        (wrong.code, wrong.message.as_str()),
        (FailureCode::WrongPassword, "the second word is another one")
    );
    assert_eq!(check("zzzz", second).await.unwrap_err().message, "the first word is another one");
    assert_eq!(checked().await, false);
    check(&first.to_uppercase(), second).await.unwrap();
    assert_eq!(checked().await, true);
    // It was answered; nothing is asked any more.
    assert_eq!(check(first, second).await.unwrap_err().code, FailureCode::Locked);
    room.send("make_recovery_kit", json!({})).await.unwrap();
    assert_eq!(checked().await, false);
    room.send("lock_vault", json!({})).await.unwrap();
    assert_eq!(check(first, second).await.unwrap_err().code, FailureCode::Locked);
    assert!(room.audited().await.contains(&"vault.check_kit".to_owned()));
}

#[tokio::test]
async fn a_vault_of_before_has_its_defaults() {
    let room = Room::open().await.next_day_with(options()).await;
    unlock(&room).await;
    let view = room.send("list_backups", json!({})).await.unwrap();
    assert_eq!((view["automatic"].clone(), idle_lock_s(&room).await), (json!(true), 300));
    assert!(!room.data().join("settings.json").exists());
}
