//! What is older than the program or than what was there: a vault of the first form, which is backed up before it is
//! changed, and a header that somebody put back.

use std::{fs, path::PathBuf};

use journeys::{PASSWORD, Room, copy_folder, share::Suite};
use model::FailureCode;
use serde_json::{Value, json};

const NEW_PASSWORD: &str = "brisk-copper-meadow-violin-harbor-dusk";

async fn unlock(room: &Room, password: &str) -> Result<Value, model::Failure> {
    room.send("unlock_vault", json!({ "password": password })).await
}

async fn backups(room: &Room) -> Vec<Value> {
    let view = room.send("list_backups", json!({})).await.unwrap();
    view["backups"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_vault_of_the_first_form_is_backed_up_once_before_it_is_changed() {
    let room = Room::empty().await;
    let fixture = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/vault_format_1/vault");
    copy_folder(&fixture, &room.data().join("vault"));
    let before = fs::read(fixture.join("vault.1.db")).unwrap();
    unlock(&room, PASSWORD).await.unwrap();
    assert_eq!(room.list().await[0]["display_name"], "Known answers");
    let made = backups(&room).await;
    let [backup] = &made[..] else { panic!("{made:?}") };
    assert_eq!(backup["reason"], "migration");
    let place = backup["place"].clone();
    let copy = room.data().join("backups").join(place.as_str().unwrap()).join("vault.db");
    assert_eq!(fs::read(copy).unwrap(), before, "the copy is not what was there before");
    let view = room.send("verify_backup", json!({ "place": place })).await.unwrap();
    assert!(view["backups"][0]["state"]["sound"].is_object(), "{view}");
    // Of this form it is changed no more.
    let room = room.next_day().await;
    unlock(&room, PASSWORD).await.unwrap();
    assert_eq!(backups(&room).await.len(), 1);
    room.send("restore_backup", json!({ "place": place })).await.unwrap();
    unlock(&room, PASSWORD).await.unwrap();
    assert_eq!(room.list().await[0]["display_name"], "Known answers");
}

#[tokio::test]
async fn the_backup_before_another_vault_key_says_why_it_was_made() {
    let room = Room::open().await;
    room.send("rotate_vault_key", json!({ "password": PASSWORD })).await.unwrap();
    let reasons: Vec<Value> = backups(&room).await.iter().map(|backup| backup["reason"].clone()).collect();
    assert_eq!(reasons, ["rotation"]);
}

#[tokio::test]
async fn an_old_header_put_back_says_so_and_opens_with_the_old_password_once_that_is_accepted() {
    let suite = Suite::begin("an_old_header_put_back");
    let room = Room::open().await;
    let copies = ["header.a", "header.b"].map(|name| room.data().join("vault").join(name));
    let old = copies.each_ref().map(|copy| fs::read(copy).unwrap());
    let change = json!({ "old": PASSWORD, "new": NEW_PASSWORD });
    room.send("change_password", change).await.unwrap();
    room.send("add_task", json!({ "name": "after_the_change" })).await.unwrap();
    let room = room.next_day().await;
    for (copy, bytes) in copies.iter().zip(&old) {
        assert_ne!(&fs::read(copy).unwrap(), bytes);
        fs::write(copy, bytes).unwrap();
    }
    let refused = unlock(&room, PASSWORD).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::Older);
    assert!(refused.message.contains("header is older"), "{refused:?}");
    assert!(refused.advice.is_some());
    let accepted = json!({ "password": PASSWORD, "accept_older": true });
    room.send("unlock_vault", accepted).await.unwrap();
    // The database is the newer one, and all of it is there.
    let list = room.send("list_providers", json!({})).await.unwrap();
    assert!(
        list["tasks"].as_array().unwrap().iter().any(|task| task["name"] == "after_the_change"),
        "{list}"
    );
    let told = json!({ "filter": { "action": "vault.accept_older" }, "before": null, "limit": 2 });
    let entries = room.send("view_audit", told).await.unwrap();
    assert_eq!(entries["entries"].as_array().unwrap().len(), 1);
    // Accepted once and for good: it is what was last seen here.
    let room = room.next_day().await;
    unlock(&room, PASSWORD).await.unwrap();
    suite.survived(1, 1, json!({}));
}
