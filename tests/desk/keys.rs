//! Keys that age: one is replaced and gone back to, the one before ends, its base URL binds it, a key is copied and taken
//! from the clipboard again, and a person is reminded.

use std::time::Duration;

use journeys::{PASSWORD, Room, existing};
use model::{FailureCode, Field, ProviderType, Timestamp, vault::LockReason};
use serde_json::{Value, json};
use simulator::{Fault, Simulator};

const DAY: Duration = Duration::from_secs(86_400);
const FIRST: &str = "test-openai-key-0001";
const SECOND: &str = "test-openai-key-0002";
const THIRD: &str = "test-openai-key-0003";

async fn with_first() -> Room {
    let room = Room::open().await;
    room.add(&room.form(ProviderType::OpenAi, "gpt-6-sol"), Some(FIRST)).await;
    room
}

async fn the_one(room: &Room) -> Value {
    room.list().await.remove(0)
}

async fn proven(room: &Room) {
    room.send("prove_step_up", json!({ "by": "password", "answer": PASSWORD })).await.unwrap();
}

async fn replace(room: &Room, key: &str) -> Result<Value, model::Failure> {
    let existing = existing(&the_one(room).await);
    room.send("replace_key", json!({ "existing": existing, "api_key": key, "keep_days": 7, "run": 1 })).await
}

async fn go_back(room: &Room, unreached: bool) -> Result<Value, model::Failure> {
    let existing = existing(&the_one(room).await);
    room.send("go_back_to_key", json!({ "existing": existing, "unreached": unreached, "run": 2 })).await
}

async fn view(room: &Room) -> Value {
    let id = the_one(room).await["id"].clone();
    room.send("view_key", json!({ "id": id })).await.unwrap()
}

/// The key with which a vendor is asked now.
async fn asked_with(room: &Room) -> String {
    room.simulator.clear_journal();
    let id = the_one(room).await["id"].clone();
    room.send("test_provider", json!({ "id": id, "run": 9 })).await.unwrap();
    keys_seen(&room.simulator).pop().unwrap()
}

fn keys_seen(simulator: &Simulator) -> Vec<String> {
    simulator.journal().iter().filter_map(|one| one.credential.clone()).collect()
}

async fn entries(room: &Room) -> Vec<Value> {
    let asked = json!({ "filter": {}, "before": null, "limit": 200 });
    let page = room.send("view_audit", asked).await.unwrap();
    page["entries"].as_array().unwrap().clone()
}

fn change<'a>(entry: &'a Value, field: &str) -> [&'a Value; 2] {
    let changes = entry["changes"].as_array().unwrap();
    let found =
        changes.iter().find(|one| one["field"] == field).unwrap_or_else(|| panic!("no {field} in {entry}"));
    [&found["before"], &found["after"]]
}

#[tokio::test]
async fn a_key_that_the_vendor_does_not_accept_changes_nothing() {
    let room = with_first().await;
    let (list, before) = (room.list().await, entries(&room).await.len());
    let refused = replace(&room, "test-openai-bad-key-0002").await.unwrap();
    assert_eq!(refused["refused"]["test"]["outcome"], "key_refused", "{refused}");
    assert_eq!((room.list().await, entries(&room).await.len()), (list, before));
    assert!(view(&room).await["kept"].is_null());
    assert_eq!(asked_with(&room).await, FIRST);
    // Neither does one that is none, or is in force already, or a period that cannot be.
    for (key, says) in [("", "Enter the new API key."), (FIRST, "in force already"), ("a b", "no blanks")] {
        let refused = replace(&room, key).await.unwrap_err();
        assert_eq!(refused.fields[0].field, Field::ApiKey);
        assert!(refused.fields[0].message.contains(says), "{refused:?}");
    }
    for keep_days in [0, 31] {
        let existing = existing(&the_one(&room).await);
        let request = json!({ "existing": existing, "api_key": SECOND, "keep_days": keep_days, "run": 1 });
        assert!(room.send("replace_key", request).await.is_err(), "{keep_days}");
    }
    assert_eq!(asked_with(&room).await, FIRST);
}

#[tokio::test]
async fn a_key_is_replaced_gone_back_to_and_the_other_one_kept_each_time() {
    let room = with_first().await;
    let entered = room.host_now();
    room.host.pass(DAY * 3);
    proven(&room).await;
    let switched = replace(&room, SECOND).await.unwrap()["switched"].clone();
    let now = room.host_now();
    assert_eq!(switched["key"]["last_four"], "0002");
    assert_eq!((&switched["key"]["entered_at"], &switched["key"]["age_days"]), (&json!(now), &json!(0)));
    let kept = &switched["key"]["kept"];
    assert_eq!((&kept["last_four"], &kept["entered_at"]), (&json!("0001"), &json!(entered)));
    assert_eq!(kept["until"], json!(now.0 + 7 * 86_400_000));
    assert_eq!(switched["list"]["providers"][0]["key_last_four"], "0002");
    assert_eq!(asked_with(&room).await, SECOND);
    let entry =
        entries(&room).await.iter().find(|one| one["action"] == "provider.replace_key").unwrap().clone();
    assert_eq!(change(&entry, "api_key"), [&json!("set, ends in 0001"), &json!("set, ends in 0002")]);
    assert_eq!(change(&entry, "kept_key"), [&Value::Null, &json!("set, ends in 0001")]);

    // The next day, six days later: the way back is still there, and the period begins anew.
    let room = room.next_day().await;
    room.host.pass(DAY * 6);
    room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    let back = go_back(&room, false).await.unwrap()["switched"]["key"].clone();
    assert_eq!(
        (&back["last_four"], &back["entered_at"], &back["age_days"]),
        (&json!("0001"), &json!(entered), &json!(9))
    );
    assert_eq!(back["kept"]["last_four"], "0002");
    assert_eq!(back["kept"]["until"], json!(room.host_now().0 + 7 * 86_400_000));
    assert_eq!(asked_with(&room).await, FIRST);
    // And forth again.
    go_back(&room, false).await.unwrap();
    assert_eq!(asked_with(&room).await, SECOND);
    // A third one takes the place of the first for good.
    replace(&room, THIRD).await.unwrap();
    assert_eq!(view(&room).await["kept"]["last_four"], "0002");
    assert_eq!(asked_with(&room).await, THIRD);
    let told = serde_json::to_string(&entries(&room).await).unwrap();
    assert!(told.contains("provider.go_back_to_key") && !told.contains("test-openai-key"), "{told}");
}

#[tokio::test]
async fn a_key_that_the_vendor_no_longer_accepts_is_not_gone_back_to_and_an_unreached_one_on_demand() {
    let room = with_first().await;
    replace(&room, SECOND).await.unwrap();
    room.simulator.set_fault(FIRST, Some(Fault::BadKey));
    for unreached in [false, true] {
        let refused = go_back(&room, unreached).await.unwrap();
        assert_eq!(refused["refused"]["test"]["outcome"], "key_refused");
    }
    assert_eq!(asked_with(&room).await, SECOND);
    room.simulator.set_fault(FIRST, Some(Fault::HangUp));
    assert_eq!(go_back(&room, false).await.unwrap()["refused"]["test"]["outcome"], "no_connection");
    assert_eq!(asked_with(&room).await, SECOND);
    assert_eq!(go_back(&room, true).await.unwrap()["switched"]["key"]["last_four"], "0001");
    room.simulator.set_fault(FIRST, None);
    assert_eq!(asked_with(&room).await, FIRST);
}

#[tokio::test]
async fn a_kept_key_ends_with_its_period_while_the_vault_is_open_and_at_unlock() {
    for at_unlock in [false, true] {
        let room = with_first().await;
        replace(&room, SECOND).await.unwrap();
        room.host.pass(DAY * 7 - Duration::from_millis(1));
        room.desk.destroy_expired_keys().await;
        assert!(!view(&room).await["kept"].is_null());
        let room = if at_unlock { room.next_day().await } else { room };
        room.host.pass(Duration::from_millis(1));
        if at_unlock {
            room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
        } else {
            // Before somebody looked, too, there is no way back.
            proven(&room).await;
            assert_eq!(go_back(&room, false).await.unwrap_err().code, FailureCode::Gone);
            assert!(view(&room).await["kept"].is_null());
            room.desk.destroy_expired_keys().await;
        }
        // Set back, the clock brings nothing back.
        room.host.set_wall_clock(Timestamp(room.host_now().0 - 86_400_000));
        assert!(view(&room).await["kept"].is_null());
        assert_eq!(go_back(&room, false).await.unwrap_err().code, FailureCode::Gone);
        let entry = entries(&room)
            .await
            .into_iter()
            .find(|one| one["action"] == "provider.kept_key_expired")
            .unwrap();
        assert_eq!(change(&entry, "kept_key"), [&json!("set, ends in 0001"), &Value::Null]);
        assert_eq!(asked_with(&room).await, SECOND);
    }
}

#[tokio::test]
async fn a_kept_key_is_destroyed_at_once_and_goes_with_its_provider() {
    let room = with_first().await;
    replace(&room, SECOND).await.unwrap();
    let id = the_one(&room).await["id"].clone();
    let after = room.send("destroy_kept_key", json!({ "id": id })).await.unwrap();
    assert!(after["kept"].is_null(), "{after}");
    assert_eq!(go_back(&room, false).await.unwrap_err().code, FailureCode::Gone);
    replace(&room, THIRD).await.unwrap();
    let provider = the_one(&room).await;
    let deletion = json!({ "existing": existing(&provider), "typed_name": provider["display_name"] });
    let undo = room.send("delete_provider", deletion).await.unwrap()["undo"].clone();
    room.send("undo", json!({ "token": undo })).await.unwrap();
    // The deletion can be taken back; what was kept is destroyed.
    assert!(view(&room).await["kept"].is_null());
    assert_eq!(asked_with(&room).await, THIRD);
    let actions = room.audited().await;
    assert_eq!(actions.iter().filter(|action| *action == "provider.destroy_kept_key").count(), 2);
}

#[tokio::test]
async fn an_edit_from_before_a_replacement_is_not_taken_back_over_it() {
    let room = with_first().await;
    let provider = the_one(&room).await;
    let off =
        room.send("set_active", json!({ "existing": existing(&provider), "active": false })).await.unwrap();
    replace(&room, SECOND).await.unwrap();
    let refused = room.send("undo", json!({ "token": off["undo"] })).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::Conflict);
    assert_eq!(asked_with(&room).await, SECOND);
    // And a page that saw the provider before cannot replace its key.
    let stale = json!({ "existing": existing(&provider), "api_key": THIRD, "keep_days": 7, "run": 1 });
    assert_eq!(room.send("replace_key", stale).await.unwrap_err().code, FailureCode::Conflict);
}

#[tokio::test]
async fn a_kept_key_is_never_sent_to_another_host_than_it_was_entered_for() {
    let room = with_first().await;
    replace(&room, SECOND).await.unwrap();
    let other = Simulator::start().await.unwrap();
    let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    let here = form["base_url"].clone();
    let move_to = async |form: &Value| {
        let request = json!({ "existing": existing(&the_one(&room).await), "draft": form, "api_key": SECOND,
            "remove_key": false, "save_anyway": false, "run": 1 });
        assert!(room.send("save_provider", request).await.unwrap()["saved"].is_object());
    };
    form["base_url"] = json!(other.base_url(ProviderType::OpenAi));
    move_to(&form).await;
    assert_eq!(view(&room).await["kept"]["other_base_url"], here);
    for unreached in [false, true] {
        let refused = go_back(&room, unreached).await.unwrap_err();
        assert_eq!(refused.message, "the key from before was entered for another base URL");
        assert!(refused.advice.unwrap().contains(here.as_str().unwrap()));
    }
    assert!(keys_seen(&other).iter().all(|key| key == SECOND), "{:?}", keys_seen(&other));
    // Back at its own host, the way back is open again.
    form["base_url"] = here;
    move_to(&form).await;
    assert!(view(&room).await["kept"]["other_base_url"].is_null());
    go_back(&room, false).await.unwrap();
    assert_eq!(asked_with(&room).await, FIRST);
}

#[tokio::test]
async fn a_kept_key_is_sealed_anew_with_the_vault_key_and_is_in_no_file() {
    let room = with_first().await;
    replace(&room, SECOND).await.unwrap();
    room.send("rotate_vault_key", json!({ "password": PASSWORD })).await.unwrap();
    let room = room.next_day().await;
    room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    assert_eq!(view(&room).await["kept"]["last_four"], "0001");
    go_back(&room, false).await.unwrap();
    assert_eq!(asked_with(&room).await, FIRST);
    room.desk.lock(LockReason::Asked).await;
    let file = std::fs::read(room.data().join("vault/vault.2.db")).unwrap();
    for key in [FIRST, SECOND] {
        assert!(!file.windows(key.len()).any(|window| window == key.as_bytes()));
    }
}

#[tokio::test]
async fn a_copied_key_is_on_the_clipboard_for_its_time_and_never_in_the_answer() {
    let room = with_first().await;
    let id = the_one(&room).await["id"].clone();
    let copied = room.send("copy_key", json!({ "id": id })).await.unwrap();
    assert_eq!(copied, json!({ "clears_in_s": 15 }));
    assert_eq!(room.host.clipboard().as_deref(), Some(FIRST));
    room.host.pass(Duration::from_millis(14_999));
    room.desk.clear_clipboard_if_due().await;
    assert_eq!(room.host.clipboard().as_deref(), Some(FIRST));
    room.host.pass(Duration::from_millis(1));
    room.desk.clear_clipboard_if_due().await;
    assert_eq!(room.host.clipboard(), None);

    // Another time, and what somebody else put there since stays.
    let settings = json!({ "settings": { "remind_days": 90, "keep_days": 7, "clipboard_s": 60 } });
    room.send("set_key_settings", settings).await.unwrap();
    assert_eq!(room.send("copy_key", json!({ "id": id })).await.unwrap()["clears_in_s"], 60);
    room.host.pass(Duration::from_secs(59));
    room.desk.clear_clipboard_if_due().await;
    assert_eq!(room.host.clipboard().as_deref(), Some(FIRST));
    room.host.put_elsewhere("a shopping list");
    room.host.pass(Duration::from_secs(1));
    room.desk.clear_clipboard_if_due().await;
    assert_eq!(room.host.clipboard().as_deref(), Some("a shopping list"));

    let last = entries(&room).await.into_iter().find(|one| one["action"] == "provider.copy_key").unwrap();
    assert_eq!(last["record_name"], "OpenAI one");
}

#[tokio::test]
async fn the_clipboard_is_cleared_when_the_vault_locks_and_when_the_program_ends() {
    for reason in [LockReason::Asked, LockReason::Idle, LockReason::Away, LockReason::Closed] {
        let room = with_first().await;
        let id = the_one(&room).await["id"].clone();
        room.send("copy_key", json!({ "id": id })).await.unwrap();
        room.desk.lock(reason).await;
        assert_eq!(room.host.clipboard(), None, "{reason:?}");
        room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
        room.send("copy_key", json!({ "id": id })).await.unwrap();
        room.host.put_elsewhere("a shopping list");
        room.desk.lock(reason).await;
        assert_eq!(room.host.clipboard().as_deref(), Some("a shopping list"), "{reason:?}");
    }
}

#[tokio::test]
async fn a_clipboard_that_cannot_be_used_says_so_and_the_log_says_both() {
    let room = with_first().await;
    room.host.break_clipboard();
    let id = the_one(&room).await["id"].clone();
    let refused = room.send("copy_key", json!({ "id": id })).await.unwrap_err();
    assert_eq!(refused.message, "the system's clipboard cannot be used");
    let actions = room.audited().await;
    assert!(actions.contains(&"provider.copy_key".to_owned()), "{actions:?}");
    assert!(actions.contains(&"provider.copy_key_failed".to_owned()), "{actions:?}");
}

#[tokio::test]
async fn a_provider_without_a_key_has_none_to_copy_and_gets_its_first_one() {
    let room = Room::open().await;
    room.add(&room.form(ProviderType::OpenAiCompatible, "qwen3-32b-instruct"), None).await;
    let id = the_one(&room).await["id"].clone();
    assert_eq!(
        room.send("copy_key", json!({ "id": id })).await.unwrap_err().message,
        "this provider has no key"
    );
    let switched = replace(&room, "test-compatible-key-0001").await.unwrap()["switched"].clone();
    assert!(switched["key"]["kept"].is_null(), "{switched}");
    assert_eq!(room.host.clipboard(), None);
}

#[tokio::test]
async fn a_person_is_reminded_of_old_keys_as_long_as_it_is_wanted() {
    let room = with_first().await;
    room.add(&room.form(ProviderType::Claude, "claude-sonnet-5"), Some("test-claude-key-0001")).await;
    let old = async || room.send("list_old_keys", json!({})).await.unwrap();
    room.host.pass(DAY * 89);
    assert_eq!(old().await["keys"], json!([]));
    proven(&room).await;
    let claude = room.list().await.into_iter().find(|one| one["provider_type"] == "claude").unwrap();
    let request =
        json!({ "existing": existing(&claude), "api_key": "test-claude-key-0002", "keep_days": 1, "run": 1 });
    room.send("replace_key", request).await.unwrap();
    room.host.pass(DAY);
    let told = old().await;
    assert_eq!((&told["remind_days"], told["keys"].as_array().unwrap().len()), (&json!(90), 1), "{told}");
    assert_eq!(
        (&told["keys"][0]["display_name"], &told["keys"][0]["age_days"]),
        (&json!("OpenAI one"), &json!(90))
    );
    // Later, and then again.
    assert_eq!(room.send("remind_later", json!({})).await.unwrap()["keys"], json!([]));
    room.host.pass(DAY * 7 - Duration::from_secs(1));
    assert_eq!(old().await["keys"], json!([]));
    room.host.pass(Duration::from_secs(1));
    assert_eq!(old().await["keys"].as_array().unwrap().len(), 1);
    // Not at all.
    proven(&room).await;
    room.send("set_key_settings", json!({ "settings": { "remind_days": null } })).await.unwrap();
    assert_eq!(old().await["keys"], json!([]));
    let id = the_one(&room).await["id"].clone();
    assert_eq!(room.send("view_key", json!({ "id": id })).await.unwrap()["is_old"], false);
    for bad in [json!({ "keep_days": 31 }), json!({ "clipboard_s": 4 }), json!({ "remind_days": 0 })] {
        assert!(room.send("set_key_settings", json!({ "settings": bad })).await.is_err(), "{bad}");
    }
}

#[tokio::test]
async fn it_is_shown_where_a_key_is_used() {
    let (room, chain) = Room::with_chain().await;
    let used =
        async |one: &Value| room.send("view_key", json!({ "id": one["id"] })).await.unwrap()["used"].clone();
    let claude = used(&chain[1]).await;
    assert_eq!(claude["tasks"], json!([["extraction", 2]]));
    assert_eq!((&claude["last_call"], &claude["gateway_token"]), (&Value::Null, &Value::Null));
    room.ask(1, json!({ "provider": chain[1]["id"] })).await.unwrap();
    room.send("replace_gateway_token", json!({})).await.unwrap();
    let port = journeys::client::free_port().await;
    let gateway = json!({ "settings": { "enabled": true, "port": port, "on_lock": "stop" } });
    let view = room.send("set_gateway", gateway).await.unwrap();
    // What calls took is on disk after a lock.
    room.reopen().await;
    let claude = used(&chain[1]).await;
    assert_eq!(claude["gateway_token"], view["token_last_four"]);
    assert!(claude["last_call"].is_i64(), "{claude}");
    assert!(used(&chain[0]).await["last_call"].is_null());
}
