//! Backups through the desk: made, verified, previewed, restored and taken back; noticed when an old vault is put back.

use std::{fs, path::Path, time::Duration};

use journeys::{PASSWORD, Room, copy_folder, existing, share::Suite};
use model::{FailureCode, ProviderType};
use serde_json::{Value, json};

const NEW: &str = "brisk-copper-meadow-violin-harbor-dusk";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn with_provider() -> (Room, Value) {
    let room = Room::open().await;
    let form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    let provider = room.add(&form, Some("test-openai-key-0001")).await;
    (room, provider)
}

async fn unlock(room: &Room) {
    room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
}

async fn make(room: &Room) -> String {
    let view = room.send("make_backup", json!({ "folder": null })).await.unwrap();
    view["backups"][0]["place"].as_str().unwrap().to_owned()
}

async fn backups(room: &Room) -> Vec<Value> {
    let view = room.send("list_backups", json!({})).await.unwrap();
    view["backups"].as_array().unwrap().clone()
}

async fn delete(room: &Room, provider: &Value) {
    let request = json!({ "existing": existing(provider), "typed_name": provider["display_name"] });
    room.send("delete_provider", request).await.unwrap();
}

#[tokio::test]
async fn a_restore_brings_everything_back_says_so_before_and_can_be_taken_back() {
    let (room, provider) = with_provider().await;
    let place = make(&room).await;
    delete(&room, &provider).await;
    let form = room.form(ProviderType::Claude, "claude-opus-5-5");
    room.add(&form, Some("test-claude-key-0001")).await;
    room.host.pass(Duration::from_secs(60));
    let preview = room.send("preview_restore", json!({ "place": place })).await.unwrap();
    let change = |name: &str| {
        let changes = preview["changes"].as_array().unwrap();
        changes.iter().find(|change| change["name"] == name).unwrap()["how"].clone()
    };
    assert_eq!((change("OpenAI one"), change("Claude one")), (json!("added"), json!("removed")));
    assert!(!preview.to_string().contains("test-openai-key"));
    let view = room.send("restore_backup", json!({ "place": place })).await.unwrap();
    assert_eq!(view["vault"]["locked"]["reason"], "restored");
    unlock(&room).await;
    let list = room.list().await;
    assert_eq!(list.iter().map(|one| &one["display_name"]).collect::<Vec<_>>(), ["OpenAI one"]);
    let tested = room.send("test_provider", json!({ "id": list[0]["id"], "run": 1 })).await.unwrap();
    assert_eq!(tested["last_test"]["outcome"], "works");
    // The step back: the backup that was made before.
    let undo = room.send("list_backups", json!({})).await.unwrap()["undo"].clone();
    room.send("restore_backup", json!({ "place": undo })).await.unwrap();
    unlock(&room).await;
    assert_eq!(room.list().await[0]["display_name"], "Claude one");
    assert!(room.audited().await.contains(&"backup.restore".to_owned()));
}

#[tokio::test]
async fn a_backup_can_be_made_anywhere_and_be_restored_from_there() {
    let (room, provider) = with_provider().await;
    let stick = tempfile::tempdir().unwrap();
    room.send("make_backup", json!({ "folder": stick.path() })).await.unwrap();
    let made: Vec<_> = fs::read_dir(stick.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!((made.len(), backups(&room).await.len()), (1, 0));
    delete(&room, &provider).await;
    room.send("restore_backup", json!({ "place": made[0] })).await.unwrap();
    unlock(&room).await;
    assert_eq!(room.list().await.len(), 1);
    for folder in ["relative/folder", "/there/is/none"] {
        let refused = room.send("make_backup", json!({ "folder": folder })).await.unwrap_err();
        assert!(!refused.message.contains(folder) && refused.advice.is_some());
    }
}

#[tokio::test]
async fn a_day_with_a_change_makes_one_backup_and_a_day_without_makes_none() {
    let (room, provider) = with_provider().await;
    room.desk.back_up_if_due().await;
    assert_eq!(backups(&room).await.len(), 1);
    room.desk.back_up_if_due().await;
    assert_eq!(backups(&room).await.len(), 1);
    room.host.pass(DAY);
    room.reopen().await;
    room.desk.back_up_if_due().await;
    assert_eq!(backups(&room).await.len(), 1, "unlocking is no change");
    room.send("set_active", json!({ "existing": existing(&provider), "active": false })).await.unwrap();
    room.desk.back_up_if_due().await;
    let all = backups(&room).await;
    assert_eq!(all.len(), 2);
    assert_eq!(all[0]["reason"], "daily");
    assert!(all[0]["state"]["sound"].is_object());
}

#[tokio::test]
async fn a_week_without_a_backup_reads_the_whole_database_and_damage_is_told() {
    let (room, _) = with_provider().await;
    room.desk.back_up_if_due().await;
    let checked = |view: Value| view["checked_at"].as_i64().unwrap();
    let first = checked(room.send("list_backups", json!({})).await.unwrap());
    room.host.pass(8 * DAY);
    room.desk.back_up_if_due().await;
    let view = room.send("list_backups", json!({})).await.unwrap();
    assert_eq!(view["backups"].as_array().unwrap().len(), 1);
    assert!(checked(view) > first);
    // A page in the middle, under the open vault.
    let database = room.data().join("vault/vault.1.db");
    let mut bytes = fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&database, bytes).unwrap();
    room.host.pass(8 * DAY);
    room.desk.back_up_if_due().await;
    let view = room.send("list_backups", json!({})).await.unwrap();
    assert!(view["fault"]["message"].as_str().unwrap().contains("full check"), "{view}");
    assert_eq!(view["backups"].as_array().unwrap().len(), 1, "a damaged copy is no backup");
}

#[tokio::test]
async fn twelve_backups_in_a_day_leave_ten() {
    let (room, _) = with_provider().await;
    for _ in 0..12 {
        make(&room).await;
        room.host.pass(Duration::from_secs(60));
    }
    assert_eq!(backups(&room).await.len(), 10);
}

#[tokio::test]
async fn a_damaged_backup_is_named_and_refused_and_the_vault_is_as_it_was() {
    let (room, _) = with_provider().await;
    let place = make(&room).await;
    let database = room.data().join("backups").join(&place).join("vault.db");
    let whole = fs::read(&database).unwrap();
    for wound in ["flipped", "cut", "gone"] {
        let mut bytes = whole.clone();
        match wound {
            "flipped" => bytes[9_000] ^= 1,
            "cut" => bytes.truncate(8_192),
            _ => fs::remove_file(&database).unwrap(),
        }
        if wound != "gone" {
            fs::write(&database, bytes).unwrap();
        }
        for command in ["verify_backup", "preview_restore", "restore_backup"] {
            let refused = room.send(command, json!({ "place": place })).await.unwrap_err();
            assert_eq!(refused.message, "this backup is damaged", "{wound} {command}");
        }
        assert_eq!(backups(&room).await[0]["state"], "damaged");
        assert_eq!(room.list().await.len(), 1);
    }
    fs::write(&database, &whole).unwrap();
    let view = room.send("verify_backup", json!({ "place": place })).await.unwrap();
    assert!(view["backups"][0]["state"]["sound"].is_object());
}

#[tokio::test]
async fn a_vault_that_does_not_open_gets_the_newest_sound_backup_and_its_files_are_kept() {
    for wound in ["database", "headers"] {
        let (room, _) = with_provider().await;
        let sound = make(&room).await;
        room.host.pass(Duration::from_secs(60));
        let newest = make(&room).await;
        let room = room.next_day().await;
        let flip = |file: &Path, at: usize| {
            let mut bytes = fs::read(file).unwrap();
            bytes[at] ^= 1;
            fs::write(file, bytes).unwrap();
        };
        flip(&room.data().join("backups").join(&newest).join("vault.db"), 5_000);
        if wound == "database" {
            flip(&room.data().join("vault/vault.1.db"), 5_000);
        } else {
            ["header.a", "header.b"].iter().for_each(|name| flip(&room.data().join("vault").join(name), 60));
        }
        let refused = room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap_err();
        assert_eq!(refused.code, FailureCode::Unusable, "{wound}");
        let wrong = room.send("offer_backup", json!({ "password": "not the right one" })).await.unwrap_err();
        assert_eq!(wrong.code, FailureCode::WrongPassword);
        let offered = room.send("offer_backup", json!({ "password": PASSWORD })).await.unwrap();
        assert_eq!(offered["place"], json!(sound), "{wound}");
        let request = json!({ "password": PASSWORD, "place": sound });
        room.send("restore_at_unlock", request).await.unwrap();
        unlock(&room).await;
        assert_eq!(room.list().await.len(), 1);
        let kept = fs::read_dir(room.data()).unwrap();
        let kept = kept.filter(|entry| {
            entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("vault.damaged-")
        });
        assert_eq!(kept.count(), 1);
    }
}

#[tokio::test]
async fn the_backup_before_a_new_vault_key_comes_back_at_the_lock_screen_with_the_password_of_then() {
    for by_path in [false, true] {
        let (room, provider) = with_provider().await;
        let before = room.list().await;
        room.send("rotate_vault_key", json!({ "password": PASSWORD })).await.unwrap();
        room.send("change_password", json!({ "old": PASSWORD, "new": NEW })).await.unwrap();
        delete(&room, &provider).await;
        let [made] = &backups(&room).await[..] else { panic!("not one backup") };
        assert_eq!((&made["reason"], &made["state"]), (&json!("rotation"), &json!("other_key")));
        // Not under the present key; where it can be done is said.
        let refused = room.send("restore_backup", json!({ "place": made["place"] })).await.unwrap_err();
        assert!(refused.advice.unwrap().contains("at the lock screen with the password of then"));
        let room = room.next_day().await;
        let listed = room.send("list_backups_at_unlock", json!({})).await.unwrap();
        assert_eq!(listed, json!([made]));
        let name = made["place"].as_str().unwrap();
        let place = if by_path { json!(room.data().join("backups").join(name)) } else { json!(name) };
        let restore = async |password: &str, place: &Value| {
            room.send("restore_at_unlock", json!({ "password": password, "place": place })).await
        };
        assert_eq!(restore(NEW, &place).await.unwrap_err().code, FailureCode::WrongPassword);
        let nowhere = restore(PASSWORD, &json!(room.data())).await.unwrap_err();
        assert_eq!(nowhere.message, "this backup is damaged");
        let view = restore(PASSWORD, &place).await.unwrap();
        assert_eq!(view["vault"]["locked"]["reason"], "restored");
        let present = room.send("unlock_vault", json!({ "password": NEW })).await.unwrap_err();
        assert_eq!(present.code, FailureCode::WrongPassword);
        unlock(&room).await;
        assert_eq!(room.list().await, before);
        let tested = room.send("test_provider", json!({ "id": provider["id"], "run": 1 })).await.unwrap();
        assert_eq!(tested["last_test"]["outcome"], "works");
        // What was there is kept beside it, and opens with its own password.
        let kept = fs::read_dir(room.data()).unwrap().map(|entry| entry.unwrap().path());
        let kept =
            kept.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("vault.damaged-"));
        assert_eq!(kept.count(), 1);
    }
}

#[tokio::test]
async fn backups_of_another_vault_are_not_listed_at_the_lock_screen_and_damaged_ones_say_so() {
    let (room, _) = with_provider().await;
    let [older, newer] = [make(&room).await, {
        room.host.pass(Duration::from_secs(60));
        make(&room).await
    }];
    let (other, _) = with_provider().await;
    let foreign = make(&other).await;
    room.send("lock_vault", json!({})).await.unwrap();
    let folder = room.data().join("backups");
    copy_folder(&other.data().join("backups").join(&foreign), &folder.join("20300101T000000Z-9"));
    fs::write(folder.join(&older).join("vault.db"), b"cut").unwrap();
    let listed = room.send("list_backups_at_unlock", json!({})).await.unwrap();
    let told: Vec<_> =
        listed.as_array().unwrap().iter().map(|one| (one["place"].clone(), one["state"].clone())).collect();
    assert_eq!(told, [(json!(newer), json!("other_key")), (json!(older), json!("damaged"))]);
    unlock(&room).await;
    assert!(room.send("list_backups_at_unlock", json!({})).await.is_err(), "it is the settings' then");
}

#[tokio::test]
async fn an_old_vault_put_back_says_so_until_a_person_accepts_it_once() {
    let suite = Suite::begin("an_old_vault_put_back");
    let (room, provider) = with_provider().await;
    let room = room.next_day().await;
    let aside = tempfile::tempdir().unwrap();
    copy_folder(&room.data().join("vault"), aside.path());
    unlock(&room).await;
    delete(&room, &provider).await;
    let room = room.next_day().await;
    copy_folder(aside.path(), &room.data().join("vault"));
    for _ in 0..2 {
        let refused = room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap_err();
        assert_eq!(refused.code, FailureCode::Older);
        assert!(refused.message.contains("older"), "{refused:?}");
    }
    room.send("unlock_vault", json!({ "password": PASSWORD, "accept_older": true })).await.unwrap();
    assert_eq!(room.list().await.len(), 1);
    // What was lost is located in the log of acts, now and ever after.
    for _ in 0..2 {
        let verdict = room.send("verify_audit", json!({})).await.unwrap();
        let entries = room
            .send(
                "view_audit",
                json!({ "filter": { "action": "vault.accept_other_log" }, "before": null, "limit": 2 }),
            )
            .await
            .unwrap();
        let [accepted] = &entries["entries"].as_array().unwrap()[..] else { panic!("{entries}") };
        assert_eq!(verdict["broken"], json!({ "entry": accepted["id"], "kind": "other_log" }));
        let change = &accepted["changes"][0];
        let [before, after] =
            ["before", "after"].map(|side| change[side].as_str().unwrap().parse::<i64>().unwrap());
        assert!(before > after && after + 1 == accepted["id"].as_i64().unwrap(), "{accepted}");
        room.reopen().await;
    }
    suite.survived(1, 1, json!({}));
}

#[tokio::test]
async fn a_single_old_page_put_back_says_so() {
    let suite = Suite::begin("single_old_pages_put_back");
    let (room, provider) = with_provider().await;
    let room = room.next_day().await;
    let database = room.data().join("vault/vault.1.db");
    let before = fs::read(&database).unwrap();
    unlock(&room).await;
    room.send("set_active", json!({ "existing": existing(&provider), "active": false })).await.unwrap();
    let room = room.next_day().await;
    let after = fs::read(&database).unwrap();
    let pages: Vec<usize> = (0..before.len() / 4096)
        .filter(|page| before[page * 4096..][..4096] != after[page * 4096..][..4096])
        .collect();
    assert!(!pages.is_empty());
    let tried = pages.len();
    for page in pages {
        let mut mixed = after.clone();
        mixed[page * 4096..][..4096].copy_from_slice(&before[page * 4096..][..4096]);
        fs::write(&database, mixed).unwrap();
        let refused = room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap_err();
        assert!(
            matches!(refused.code, FailureCode::Older | FailureCode::Unusable),
            "page {page}: {refused:?}"
        );
    }
    fs::write(&database, after).unwrap();
    unlock(&room).await;
    suite.survived(tried, tried, json!({}));
}

#[tokio::test]
async fn what_is_no_place_of_a_backup_is_refused_without_being_touched() {
    let (room, _) = with_provider().await;
    for place in ["", "..", "../vault", "making/x", "20261123T143200Z-9"] {
        for command in ["verify_backup", "preview_restore", "restore_backup"] {
            assert!(room.send(command, json!({ "place": place })).await.is_err(), "{place} {command}");
        }
    }
    assert_eq!(room.list().await.len(), 1);
}
