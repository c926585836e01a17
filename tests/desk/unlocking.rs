//! What opens a vault, and what does not any more: another password, the recovery kit, the keyring, a new vault key.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use desk::Options;
use journeys::{PASSWORD, Room, copy_folder, options};
use model::{FailureCode, ProviderType, Secret, Timestamp, security::RotationStep, vault::DeskEvent};
use serde_json::{Value, json};
use vault::{Cost, KeyringError, OpenVault, VaultFolder};

const NEW: &str = "brisk-copper-meadow-violin-harbor-dusk";
const DAY: Duration = Duration::from_secs(86_400);

async fn unlock(room: &Room, password: &str) -> Result<Value, FailureCode> {
    room.send("unlock_vault", json!({ "password": password })).await.map_err(|failure| failure.code)
}

async fn lock(room: &Room) {
    room.send("lock_vault", json!({})).await.unwrap();
}

async fn change(room: &Room, old: &str, new: &str) -> Result<Value, FailureCode> {
    room.send("change_password", json!({ "old": old, "new": new })).await.map_err(|failure| failure.code)
}

async fn make_kit(room: &Room) -> String {
    let kit = room.send("make_recovery_kit", json!({})).await.unwrap();
    kit["words"].as_str().unwrap().to_owned()
}

async fn recover(room: &Room, words: &str, password: &str) -> Result<Value, model::Failure> {
    room.send("recover_vault", json!({ "words": words, "password": password })).await
}

fn attempts_told(room: &Room) -> Vec<u32> {
    let told = |event| match event {
        DeskEvent::AttemptsFailed { count, .. } => Some(count),
        _ => None,
    };
    room.host.events().into_iter().filter_map(told).collect()
}

#[tokio::test]
async fn a_changed_password_opens_from_then_on_and_the_old_one_never_again() {
    let room = Room::open().await;
    let view = change(&room, PASSWORD, NEW).await.unwrap();
    assert_eq!(view["password_changed_at"], json!(room.host_now()));
    lock(&room).await;
    assert_eq!(unlock(&room, PASSWORD).await.unwrap_err(), FailureCode::WrongPassword);
    unlock(&room, NEW).await.unwrap();
    let room = room.next_day().await;
    assert_eq!(unlock(&room, PASSWORD).await.unwrap_err(), FailureCode::WrongPassword);
    unlock(&room, NEW).await.unwrap();
}

#[tokio::test]
async fn a_wrong_old_password_counts_as_an_attempt_and_makes_people_wait() {
    let room = Room::open().await;
    for _ in 0..3 {
        assert_eq!(change(&room, NEW, NEW).await.unwrap_err(), FailureCode::WrongPassword);
    }
    assert_eq!(change(&room, PASSWORD, NEW).await.unwrap_err(), FailureCode::Wait);
    room.host.pass(Duration::from_secs(1));
    change(&room, PASSWORD, NEW).await.unwrap();
    // Nobody has to wait any more, and the next unlock still tells of the three.
    lock(&room).await;
    unlock(&room, NEW).await.unwrap();
    room.send("page_painted", json!({ "screen": "providers" })).await.unwrap();
    assert_eq!(attempts_told(&room), [3]);
}

#[tokio::test]
async fn a_weak_new_password_is_refused_at_its_field() {
    let room = Room::open().await;
    let refused =
        room.send("change_password", json!({ "old": PASSWORD, "new": "password1234" })).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::Invalid);
    assert_eq!(refused.fields[0].field, model::Field::Password);
    lock(&room).await;
    unlock(&room, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn failed_attempts_are_told_once_at_the_next_unlock_with_the_time_of_the_last() {
    let room = Room::open().await;
    lock(&room).await;
    unlock(&room, NEW).await.unwrap_err();
    let last = room.host_now();
    let room = room.next_day().await;
    for _ in 0..2 {
        unlock(&room, PASSWORD).await.unwrap();
        room.send("page_painted", json!({ "screen": "providers" })).await.unwrap();
        lock(&room).await;
    }
    assert_eq!(attempts_told(&room), [1]);
    let told =
        |event: &DeskEvent| matches!(event, DeskEvent::AttemptsFailed { last_at, .. } if *last_at == last);
    assert!(room.host.events().iter().any(told));
}

#[tokio::test]
async fn a_password_whose_cost_is_below_todays_is_wrapped_anew_behind_the_unlock() {
    let room = Room::open().await;
    let costlier: Cost = serde_json::from_value(json!({ "m": 65_536, "t": 4, "p": 1 })).unwrap();
    let room = room.next_day_with(Options { kdf_cost: Some(costlier), ..options() }).await;
    unlock(&room, PASSWORD).await.unwrap();
    let cost = || {
        let header = std::fs::read_to_string(room.data().join("vault/header.a")).unwrap();
        serde_json::from_str::<Value>(&header).unwrap()["kdf"]["t"].clone()
    };
    let raised = async {
        while cost() != 4 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), raised).await.unwrap();
    let room = room.next_day().await;
    unlock(&room, PASSWORD).await.unwrap();
    let audited = room.audited().await;
    let entries = |action: &str| audited.iter().filter(|entry| *entry == action).count();
    assert_eq!((entries("vault.raise_cost"), entries("vault.change_undone")), (1, 0));
}

#[tokio::test]
async fn a_kit_opens_once_and_forces_a_new_password_and_a_new_kit() {
    let room = Room::open().await;
    let provider =
        room.add(&room.form(ProviderType::OpenAi, "gpt-6-sol"), Some("test-openai-key-0001")).await;
    let first = make_kit(&room).await;
    let room = room.next_day().await;
    let state = room.send("view_app", json!({})).await.unwrap();
    assert_eq!(state["vault"]["locked"]["kit"], true);
    let recovered = recover(&room, &first, NEW).await.unwrap();
    assert_eq!(recovered["opened"]["list"]["providers"][0]["id"], provider["id"]);
    let second = recovered["kit"]["words"].as_str().unwrap().to_owned();
    lock(&room).await;
    let void = recover(&room, &first, PASSWORD).await.unwrap_err();
    assert_eq!(void.code, FailureCode::WrongPassword);
    assert_eq!(unlock(&room, PASSWORD).await.unwrap_err(), FailureCode::WrongPassword);
    unlock(&room, NEW).await.unwrap();
    lock(&room).await;
    recover(&room, &second, PASSWORD).await.unwrap();
    lock(&room).await;
    unlock(&room, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_right_kit_is_no_failed_attempt_where_the_database_does_not_open() {
    let room = Room::open().await;
    let words = make_kit(&room).await;
    let room = room.next_day().await;
    let database = room.data().join("vault/vault.1.db");
    let whole = std::fs::read(&database).unwrap();
    let mut bytes = whole.clone();
    bytes[5_000] ^= 1;
    std::fs::write(&database, bytes).unwrap();
    let recovered = recover(&room, &words, NEW).await.unwrap();
    let state = &recovered["opened"]["view"]["vault"]["locked"];
    assert_eq!((&state["failed_attempts"], &state["wait_ms"]), (&json!(0), &json!(0)), "{recovered}");
    assert_eq!(recovered["kit"]["words"].as_str().unwrap().split(' ').count(), 24);
    std::fs::write(&database, whole).unwrap();
    unlock(&room, NEW).await.unwrap();
    room.send("page_painted", json!({ "screen": "providers" })).await.unwrap();
    assert_eq!(attempts_told(&room), [0; 0]);
}

#[tokio::test]
async fn an_older_vault_that_a_kit_opens_is_told_once() {
    let room = Room::open().await;
    let words = make_kit(&room).await;
    let room = room.next_day().await;
    let aside = tempfile::tempdir().unwrap();
    copy_folder(&room.data().join("vault"), aside.path());
    unlock(&room, PASSWORD).await.unwrap();
    room.send("add_task", json!({ "name": "after_the_copy" })).await.unwrap();
    let room = room.next_day().await;
    copy_folder(aside.path(), &room.data().join("vault"));
    recover(&room, &words, NEW).await.unwrap();
    for _ in 0..2 {
        room.send("page_painted", json!({ "screen": "providers" })).await.unwrap();
        lock(&room).await;
        unlock(&room, NEW).await.unwrap();
    }
    let told: Vec<_> = room
        .host
        .events()
        .into_iter()
        .filter_map(|event| match event {
            DeskEvent::Trouble { failure } => Some(failure),
            _ => None,
        })
        .collect();
    let [failure] = told.as_slice() else { panic!("{told:?}") };
    assert!(failure.message.contains("older"), "{failure:?}");
    assert!(failure.advice.as_ref().is_some_and(|advice| advice.contains("recovery kit opened it")));
}

#[tokio::test]
async fn a_slip_of_the_pen_is_named_by_its_place_and_is_no_attempt() {
    let room = Room::open().await;
    let words = make_kit(&room).await;
    lock(&room).await;
    let slip = words.split(' ').enumerate().map(|(at, word)| if at == 6 { "signalbox" } else { word });
    let slip = slip.collect::<Vec<_>>().join(" ");
    let refused = recover(&room, &slip, NEW).await.unwrap_err();
    assert_eq!((refused.code, refused.message.contains("word 7")), (FailureCode::Other, true));
    let state = room.send("view_app", json!({})).await.unwrap();
    assert_eq!(state["vault"]["locked"]["failed_attempts"], 0);
}

#[tokio::test]
async fn the_kits_page_holds_its_words_and_only_the_kit_in_force_is_saved() {
    let room = Room::open().await;
    let first = make_kit(&room).await;
    let words = make_kit(&room).await;
    let void = room.send("save_recovery_kit", json!({ "words": first })).await.unwrap_err();
    assert_eq!(void.code, FailureCode::Other);
    let saved = room.send("save_recovery_kit", json!({ "words": words })).await.unwrap();
    let page = String::from_utf8(room.downloaded(saved["name"].as_str().unwrap())).unwrap();
    for word in words.split(' ') {
        assert!(page.contains(&format!("<li>{word}</li>")));
    }
    // Nowhere else: neither in the database's text nor in any other file of the data folder.
    let in_vault =
        |name: &str| String::from_utf8_lossy(&std::fs::read(room.data().join(name)).unwrap()).into_owned();
    assert!(!in_vault("vault/header.a").contains(&words) && !in_vault("vault/vault.1.db").contains(&words));
}

#[tokio::test]
async fn the_keyring_opens_while_it_is_on_and_never_after_it_was_switched_off() {
    let room = Room::open().await;
    let off = room.send("view_security", json!({})).await.unwrap();
    assert_eq!((off["keyring"].clone(), room.keyring.is_empty()), (json!(false), true));
    let on = room.send("set_keyring", json!({ "on": true })).await.unwrap();
    assert_eq!((on["keyring"].clone(), room.keyring.len()), (json!(true), 1));
    let room = room.next_day().await;
    let opened = room.send("unlock_with_keyring", json!({})).await.unwrap();
    assert!(opened["view"]["vault"]["unlocked"].is_object());
    // Opened by the keyring, nobody has proved to be there.
    room.send("prove_step_up", json!({ "by": "password", "answer": PASSWORD })).await.unwrap();
    let off = room.send("set_keyring", json!({ "on": false })).await.unwrap();
    assert_eq!((off["keyring"].clone(), room.keyring.is_empty()), (json!(false), true));
    lock(&room).await;
    assert!(room.send("unlock_with_keyring", json!({})).await.is_err());
    unlock(&room, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn switching_the_keyring_off_revokes_it_even_when_it_does_not_answer() {
    let room = Room::open().await;
    room.send("set_keyring", json!({ "on": true })).await.unwrap();
    room.keyring.refuse(Some(KeyringError::Silent));
    let off = room.send("set_keyring", json!({ "on": false })).await.unwrap();
    assert_eq!(off["keyring"], false);
    room.keyring.refuse(None);
    assert_eq!(room.keyring.len(), 1);
    lock(&room).await;
    assert!(room.send("unlock_with_keyring", json!({})).await.is_err());
}

#[tokio::test]
async fn a_keyring_that_refuses_leaves_everything_as_it_was_and_the_password_good() {
    let room = Room::open().await;
    for trouble in [KeyringError::Silent, KeyringError::Locked, KeyringError::Absent, KeyringError::Refused] {
        room.keyring.refuse(Some(trouble));
        let refused = room.send("set_keyring", json!({ "on": true })).await.unwrap_err();
        assert_eq!(refused.message, trouble.to_string());
        assert_eq!(room.send("view_security", json!({})).await.unwrap()["keyring"], false);
    }
    room.keyring.refuse(None);
    room.send("set_keyring", json!({ "on": true })).await.unwrap();
    lock(&room).await;
    room.keyring.garble();
    assert!(room.send("unlock_with_keyring", json!({})).await.is_err());
    room.keyring.refuse(Some(KeyringError::Locked));
    let refused = room.send("unlock_with_keyring", json!({})).await.unwrap_err();
    assert_eq!(refused.message, KeyringError::Locked.to_string());
    let state = room.send("view_app", json!({})).await.unwrap();
    assert_eq!(state["vault"]["locked"]["failed_attempts"], 0);
    unlock(&room, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn the_password_is_asked_for_again_after_fourteen_days() {
    let room = Room::open().await;
    room.send("set_keyring", json!({ "on": true })).await.unwrap();
    lock(&room).await;
    room.host.pass(DAY * 13);
    room.send("unlock_with_keyring", json!({})).await.unwrap();
    lock(&room).await;
    // Opening with the keyring is no proof of the password.
    room.host.pass(DAY);
    let refused = room.send("unlock_with_keyring", json!({})).await.unwrap_err();
    assert!(refused.message.contains("14 days"), "{refused:?}");
    unlock(&room, PASSWORD).await.unwrap();
    lock(&room).await;
    room.send("unlock_with_keyring", json!({})).await.unwrap();
}

/// The clock says that it is so many days after another moment.
fn set_clock(room: &Room, from: Timestamp, days: i64) {
    room.host.set_wall_clock(Timestamp(from.0 + days * 86_400_000));
}

async fn is_refused_by_the_keyring(room: &Room) {
    let refused = room.send("unlock_with_keyring", json!({})).await.unwrap_err();
    assert!(refused.message.contains("14 days"), "{refused:?}");
}

#[tokio::test]
async fn a_keyring_that_was_refused_is_not_revived_by_setting_the_clock_back() {
    let room = Room::open().await;
    room.send("set_keyring", json!({ "on": true })).await.unwrap();
    lock(&room).await;
    let proved = room.host_now();
    set_clock(&room, proved, 15);
    is_refused_by_the_keyring(&room).await;
    set_clock(&room, proved, 10);
    is_refused_by_the_keyring(&room).await;
    // Nor by another process, and what was written of the refusal is no vault that somebody else put there.
    let room = room.next_day().await;
    set_clock(&room, proved, 10);
    is_refused_by_the_keyring(&room).await;
    unlock(&room, PASSWORD).await.unwrap();
    lock(&room).await;
    room.send("unlock_with_keyring", json!({})).await.unwrap();
    let audited = room.audited().await;
    let told = audited.iter().filter(|entry| *entry == "vault.keyring_expired").count();
    assert_eq!(told, 1, "{audited:?}");
}

#[tokio::test]
async fn a_vault_that_was_open_past_the_fourteen_days_is_not_opened_by_a_clock_that_is_set_back() {
    let room = Room::open().await;
    room.send("set_keyring", json!({ "on": true })).await.unwrap();
    let proved = room.host_now();
    set_clock(&room, proved, 15);
    lock(&room).await;
    set_clock(&room, proved, 10);
    is_refused_by_the_keyring(&room).await;
    unlock(&room, PASSWORD).await.unwrap();
    lock(&room).await;
    // What was later than the password's last time does not count against it.
    room.send("unlock_with_keyring", json!({})).await.unwrap();
}

#[tokio::test]
async fn a_new_vault_key_keeps_everything_and_voids_the_kit() {
    let room = Room::open().await;
    let form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    let provider = room.add(&form, Some("test-openai-key-0001")).await;
    let words = make_kit(&room).await;
    room.send("set_keyring", json!({ "on": true })).await.unwrap();
    let before = room.list().await;
    let rotated = room.send("rotate_vault_key", json!({ "password": PASSWORD })).await.unwrap();
    assert_eq!((rotated["kit_void"].clone(), rotated["keyring_void"].clone()), (json!(true), json!(false)));
    assert_eq!(rotated["view"]["key_number"], 2);
    assert_eq!(rotated["view"]["key_changed_at"], json!(room.host_now()));
    assert_eq!(room.list().await, before);
    // The key opens: the vendor is asked with it.
    let tested = room.send("test_provider", json!({ "id": provider["id"], "run": 1 })).await.unwrap();
    assert_eq!(tested["last_test"]["outcome"], "works");
    let files = |room: &Room| {
        let names = std::fs::read_dir(room.data().join("vault")).unwrap();
        let mut names: Vec<_> =
            names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        // An open database keeps its journal's file.
        names.retain(|name| name != "vault.2.db-journal");
        names.sort();
        names
    };
    assert_eq!(files(&room), ["header.a", "header.b", "vault.2.db"]);
    let steps: Vec<RotationStep> = room
        .host
        .events()
        .into_iter()
        .filter_map(|event| match event {
            DeskEvent::KeyRotates { step } => Some(step),
            _ => None,
        })
        .collect();
    use RotationStep::{Checking, Closing, Copying, Sealing, Switching};
    assert_eq!(steps, [Closing, Copying, Sealing, Checking, Switching]);
    let room = room.next_day().await;
    assert_eq!(recover(&room, &words, NEW).await.unwrap_err().code, FailureCode::Other);
    room.send("unlock_with_keyring", json!({})).await.unwrap();
    assert_eq!(room.list().await[0]["id"], provider["id"]);
    lock(&room).await;
    unlock(&room, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_keyring_that_does_not_answer_while_the_key_is_replaced_is_said_to_be_void() {
    let room = Room::open().await;
    room.send("set_keyring", json!({ "on": true })).await.unwrap();
    room.keyring.refuse(Some(KeyringError::Silent));
    let rotated = room.send("rotate_vault_key", json!({ "password": PASSWORD })).await.unwrap();
    assert_eq!(
        (rotated["keyring_void"].clone(), rotated["view"]["keyring"].clone()),
        (json!(true), json!(false))
    );
    room.keyring.refuse(None);
    lock(&room).await;
    assert!(room.send("unlock_with_keyring", json!({})).await.is_err());
}

#[tokio::test]
async fn a_wrong_password_replaces_no_key_and_counts_as_an_attempt() {
    let room = Room::open().await;
    let refused = room.send("rotate_vault_key", json!({ "password": NEW })).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::WrongPassword);
    assert_eq!(room.send("view_security", json!({})).await.unwrap()["key_number"], 1);
    lock(&room).await;
    assert_eq!(room.send("view_app", json!({})).await.unwrap()["vault"]["locked"]["failed_attempts"], 1);
}

#[tokio::test]
async fn a_rotation_that_cannot_write_leaves_the_old_key_in_force_and_the_vault_open() {
    let room = Room::open().await;
    let provider =
        room.add(&room.form(ProviderType::OpenAi, "gpt-6-sol"), Some("test-openai-key-0001")).await;
    // A folder stands where the new database should be.
    let taken = room.data().join("vault/vault.2.db");
    std::fs::create_dir_all(taken.join("x")).unwrap();
    room.send("rotate_vault_key", json!({ "password": PASSWORD })).await.unwrap_err();
    assert_eq!(room.list().await[0]["id"], provider["id"]);
    assert_eq!(room.send("view_security", json!({})).await.unwrap()["key_number"], 1);
    std::fs::remove_dir_all(&taken).unwrap();
    room.send("rotate_vault_key", json!({ "password": PASSWORD })).await.unwrap();
}

#[tokio::test]
async fn commands_wait_while_the_key_is_replaced_and_are_answered_then() {
    let room = Room::open().await;
    room.add(&room.form(ProviderType::OpenAi, "gpt-6-sol"), Some("test-openai-key-0001")).await;
    let done = AtomicBool::new(false);
    let rotate = async {
        room.send("rotate_vault_key", json!({ "password": PASSWORD })).await.unwrap();
        done.store(true, Ordering::SeqCst);
    };
    let ask = async {
        let mut asked = 0;
        while !done.load(Ordering::SeqCst) {
            assert_eq!(room.list().await.len(), 1);
            let view = room.send("view_app", json!({})).await.unwrap();
            assert!(view["vault"]["unlocked"].is_object(), "{view}");
            asked += 1;
            tokio::task::yield_now().await;
        }
        asked
    };
    let ((), asked) = tokio::join!(rotate, ask);
    assert!(asked > 0);
}

#[tokio::test]
async fn each_change_has_its_entry_in_the_audit_log() {
    let room = Room::open().await;
    change(&room, PASSWORD, NEW).await.unwrap();
    change(&room, NEW, PASSWORD).await.unwrap();
    make_kit(&room).await;
    room.send("set_keyring", json!({ "on": true })).await.unwrap();
    room.send("rotate_vault_key", json!({ "password": PASSWORD })).await.unwrap();
    room.send("set_keyring", json!({ "on": false })).await.unwrap();
    let audited = room.audited().await;
    for action in [
        "vault.change_password",
        "vault.make_kit",
        "vault.add_keyring",
        "vault.rotate_key",
        "vault.key_rotated",
        "vault.remove_keyring",
    ] {
        assert!(audited.iter().any(|entry| entry == action), "{action} in {audited:?}");
    }
}

#[tokio::test]
async fn a_header_tells_nothing_of_a_kit_but_that_there_is_one() {
    let room = Room::open().await;
    let words = make_kit(&room).await;
    let folder = VaultFolder::new(room.data());
    lock(&room).await;
    let open = OpenVault::unlock(&folder, &Secret::new(PASSWORD)).ok().unwrap();
    assert!(open.is_kit(&Secret::new(words)) && folder.doors().kit);
}
