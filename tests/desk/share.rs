//! Single configurations that go to another vault: sealed for a passphrase or for its recipient, looked at there, decided about
//! one by one, imported as a whole or not at all, and taken back.

use journeys::{PASSWORD, Room, existing};
use model::{Failure, FailureCode, ProviderType, Secret, Timestamp};
use serde_json::{Value, json};
use share::{Configuration, Identity, Opener, Sealer, Shared};

const PASSPHRASE: &str = "quilt-orbit-lantern-plover-vex-saddle";
const KEY: &str = "test-openai-key-0001";
const OTHER_KEY: &str = "test-openai-key-0002";

async fn with_one() -> (Room, Value) {
    let room = Room::open().await;
    let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    form["description"] = json!("Paid \"workspace\" <b>");
    form["daily_token_limit"] = json!(1_000);
    form["is_default"] = json!(true);
    form["tasks"] = json!(["extraction"]);
    form["calls"] = json!({ "retries": 0 });
    let provider = room.add(&form, Some(KEY)).await;
    (room, provider)
}

/// Exports, and reads what was written, in base64 as the page does.
async fn exported(room: &Room, ids: &[&Value], seal: Value) -> Result<String, Failure> {
    let ids: Vec<Value> = ids.iter().map(|one| one["id"].clone()).collect();
    let written = room.send("export_providers", json!({ "ids": ids, "seal": seal })).await?;
    Ok(encoded(&room.downloaded(written["name"].as_str().unwrap())))
}

fn encoded(bytes: &[u8]) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    STANDARD.encode(bytes)
}

async fn preview(room: &Room, file: &str, passphrase: Option<&str>) -> Result<Value, Failure> {
    room.send("preview_shared", json!({ "file": file, "passphrase": passphrase })).await
}

async fn import(room: &Room, file: &str, choices: Value) -> Result<Value, Failure> {
    room.send("import_shared", json!({ "file": file, "passphrase": PASSPHRASE, "choices": choices })).await
}

/// A file of somebody who writes what he likes.
fn forged(change: impl FnOnce(&mut Configuration)) -> String {
    let mut one = Configuration {
        id: uuid::Uuid::now_v7(),
        draft: model::ProviderDraft {
            display_name: "Forged".into(),
            model_name: "gpt-6-sol".into(),
            ..model::ProviderDraft::new(ProviderType::OpenAi)
        },
        key: Some(Secret::new(OTHER_KEY)),
        key_entered_at: None,
    };
    change(&mut one);
    let shared = Shared { made_at: Timestamp(0), configurations: vec![one] };
    encoded(&share::seal(&shared, &Sealer::Passphrase(&Secret::new(PASSPHRASE), 2)).unwrap())
}

async fn actions(room: &Room) -> Vec<Value> {
    let page = room.send("view_audit", json!({ "filter": {}, "before": null, "limit": 50 })).await.unwrap();
    page["entries"].as_array().unwrap().clone()
}

fn has(entries: &[Value], action: &str) -> bool {
    entries.iter().any(|entry| entry["action"] == action)
}

#[tokio::test]
async fn a_configuration_with_its_key_goes_from_one_vault_to_another_and_works_there() {
    let (from, provider) = with_one().await;
    let file = exported(&from, &[&provider], json!({ "passphrase": PASSPHRASE })).await.unwrap();
    let to = Room::open().await;
    let seen = preview(&to, &file, Some(PASSPHRASE)).await.unwrap();
    assert_eq!(
        (&seen["entries"][0]["display_name"], &seen["entries"][0]["same"]),
        (&json!("OpenAI one"), &Value::Null)
    );
    assert!(seen["entries"][0]["has_key"].as_bool().unwrap() && to.list().await.is_empty());
    let done = import(&to, &file, json!(["add"])).await.unwrap();
    assert_eq!((&done["added"], &done["replaced"], &done["skipped"]), (&json!(1), &json!(0), &json!(0)));
    let added = to.list().await.remove(0);
    for field in [
        "id",
        "display_name",
        "description",
        "base_url",
        "model_name",
        "daily_token_limit",
        "calls",
        "is_active",
        "key_changed_at",
        "key_last_four",
    ] {
        assert_eq!(added[field], provider[field], "{field}");
    }
    // Neither the default nor a route is taken, although it had both.
    assert_eq!((&added["is_default"], &added["tasks"]), (&json!(false), &json!([])));
    let tested = to.send("test_provider", json!({ "id": added["id"], "run": 1 })).await.unwrap();
    assert_eq!(tested["last_test"]["outcome"], "works", "{tested}");
    to.send("undo", json!({ "token": done["undo"][0] })).await.unwrap();
    assert!(to.list().await.is_empty());
}

#[tokio::test]
async fn nothing_of_a_file_is_readable_and_the_log_says_who_left_and_came_and_no_secret() {
    let (from, provider) = with_one().await;
    let file = exported(&from, &[&provider], json!({ "passphrase": PASSPHRASE })).await.unwrap();
    let left = actions(&from).await;
    assert!(has(&left, "provider.export") && json!(left).to_string().contains("OpenAI one"));
    let to = Room::open().await;
    import(&to, &file, json!(["add"])).await.unwrap();
    let came = actions(&to).await;
    assert!(has(&came, "provider.import"));
    let file = from.downloaded("signalbox-providers.age");
    assert!(file.starts_with(b"-----BEGIN AGE ENCRYPTED FILE-----"));
    let told = json!([left, came]).to_string() + &String::from_utf8(file).unwrap();
    for secret in [KEY, PASSPHRASE] {
        assert!(!told.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_file_for_a_vaults_recipient_opens_there_alone_also_after_its_key_was_replaced() {
    let (from, provider) = with_one().await;
    let to = Room::open().await;
    assert_eq!(to.send("view_recipient", json!({})).await.unwrap()["recipient"], Value::Null);
    let made = to.send("make_recipient", json!({})).await.unwrap();
    let recipient = made["recipient"].as_str().unwrap().to_owned();
    assert!(recipient.starts_with("age1"));
    // There is one for good: files may be on their way to it.
    assert_eq!(to.send("make_recipient", json!({})).await.unwrap(), made);
    let file =
        exported(&from, &[&provider], json!({ "recipient": format!(" {recipient}\n") })).await.unwrap();
    let refused = preview(&from, &file, None).await.unwrap_err();
    assert_eq!(
        (refused.code, refused.message.as_str()),
        (FailureCode::Other, "this file was sealed for another vault")
    );
    let refused = preview(&to, &file, Some(PASSPHRASE)).await.unwrap_err();
    assert_eq!(refused.message, "this file is not sealed with a passphrase");
    to.send("rotate_vault_key", json!({ "password": PASSWORD })).await.unwrap();
    let seen = preview(&to, &file, None).await.unwrap();
    assert_eq!(seen["entries"][0]["display_name"], "OpenAI one");
    let request = json!({ "file": file, "passphrase": null, "choices": ["add"] });
    assert_eq!(to.send("import_shared", request).await.unwrap()["added"], 1);
    let entries = actions(&to).await;
    assert!(has(&entries, "vault.make_recipient") && !json!(entries).to_string().contains("AGE-SECRET-KEY"));
}

#[tokio::test]
async fn what_is_there_already_is_copied_gets_the_key_or_is_left_out_and_never_overwritten() {
    let (room, provider) = with_one().await;
    let file = exported(&room, &[&provider], json!({ "passphrase": PASSPHRASE })).await.unwrap();
    let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    form["display_name"] = json!("Renamed");
    form["description"] = json!("changed since");
    let save = json!({ "existing": existing(&room.list().await[0]), "draft": form, "api_key": OTHER_KEY,
        "remove_key": false, "save_anyway": false, "run": 1 });
    let now = room.send("save_provider", save).await.unwrap()["saved"]["provider"].clone();
    let seen = preview(&room, &file, Some(PASSPHRASE)).await.unwrap();
    let same = &seen["entries"][0]["same"];
    assert_eq!(
        (&same["display_name"], &same["by_id"], &same["can_replace_key"]),
        (&json!("Renamed"), &json!(true), &json!(true))
    );
    let refused = import(&room, &file, json!(["add"])).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::Conflict);
    let stale = json!([{ "replace_key": { "id": now["id"], "revision": 1 } }]);
    assert_eq!(import(&room, &file, stale).await.unwrap_err().code, FailureCode::Conflict);
    assert_eq!(room.list().await, std::slice::from_ref(&now));

    let skipped = import(&room, &file, json!(["skip"])).await.unwrap();
    assert_eq!((&skipped["skipped"], room.list().await), (&json!(1), vec![now.clone()]));

    let replaced = import(&room, &file, json!([{ "replace_key": existing(&now) }])).await.unwrap();
    let after = room.list().await.remove(0);
    assert_eq!((&after["key_last_four"], &after["description"]), (&json!("0001"), &json!("changed since")));
    room.send("undo", json!({ "token": replaced["undo"][0] })).await.unwrap();
    assert_eq!(room.list().await[0]["key_last_four"], "0002");

    // Its own name is free again, so the copy has it; another identity it has anyway.
    let copied = import(&room, &file, json!(["copy"])).await.unwrap();
    assert_eq!(copied["added"], 1);
    let list = room.list().await;
    let copy = list.iter().find(|one| one["display_name"] == "OpenAI one").unwrap();
    assert!(copy["id"] != now["id"] && list.len() == 2);
    let again = preview(&room, &file, Some(PASSPHRASE)).await.unwrap();
    assert_eq!(again["entries"][0]["same"]["copy_name"], "OpenAI one copy");
}

#[tokio::test]
async fn a_name_that_is_taken_collides_whatever_its_case_and_a_key_never_goes_to_another_address() {
    let (room, provider) = with_one().await;
    let file = forged(|one| one.draft.display_name = " openai ONE".into());
    let seen = preview(&room, &file, Some(PASSPHRASE)).await.unwrap();
    let same = &seen["entries"][0]["same"];
    assert_eq!((&same["by_id"], &same["can_replace_key"]), (&json!(false), &json!(false)));
    let refused =
        import(&room, &file, json!([{ "replace_key": existing(&room.list().await[0]) }])).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::Conflict);
    assert_eq!(room.list().await[0]["key_last_four"], provider["key_last_four"]);
    import(&room, &file, json!(["copy"])).await.unwrap();
    assert!(room.list().await.iter().any(|one| one["display_name"] == "openai ONE copy"));
}

#[tokio::test]
async fn one_entry_that_cannot_be_saved_keeps_the_whole_file_out() {
    let room = Room::open().await;
    for (wound, change) in [
        (
            "a base URL that is none",
            (|one| one.draft.base_url = "javascript:alert(1)".into()) as fn(&mut Configuration),
        ),
        ("plain http to elsewhere", |one| one.draft.base_url = "http://example.com/v1".into()),
        ("no key", |one| one.key = None),
        ("a key that no header carries", |one| one.key = Some(Secret::new("two words"))),
        ("a long name", |one| one.draft.display_name = "x".repeat(81)),
        ("a limit of 0", |one| one.draft.daily_token_limit = Some(0)),
    ] {
        let file = forged(change);
        let refused = preview(&room, &file, Some(PASSPHRASE)).await.unwrap_err();
        assert!(refused.message.contains("cannot be used"), "{wound}: {refused:?}");
        assert!(import(&room, &file, json!(["add"])).await.is_err(), "{wound}");
    }
    // As many choices as there are entries, and no more.
    assert!(import(&room, &forged(|_| ()), json!(["add", "add"])).await.is_err());
    assert!(import(&room, &forged(|_| ()), json!([])).await.is_err());
    assert!(room.list().await.is_empty());
    let script = forged(|one| one.draft.display_name = "<img src=x onerror=alert(1)>".into());
    import(&room, &script, json!(["add"])).await.unwrap();
    assert_eq!(room.list().await[0]["display_name"], "<img src=x onerror=alert(1)>");
}

#[tokio::test]
async fn passphrases_are_asked_for_judged_and_never_quoted() {
    let (room, provider) = with_one().await;
    let weak = exported(&room, &[&provider], json!({ "passphrase": "password1234" })).await.unwrap_err();
    assert_eq!(weak.fields.len(), 1, "{weak:?}");
    for wrong in ["age1", "admin@example.com", "ssh-ed25519 AAAA"] {
        assert!(exported(&room, &[&provider], json!({ "recipient": wrong })).await.is_err());
    }
    assert!(exported(&room, &[], json!({ "passphrase": PASSPHRASE })).await.is_err());
    assert!(!room.data().join("downloads").exists());
    let file = exported(&room, &[&provider], json!({ "passphrase": PASSPHRASE })).await.unwrap();
    for (passphrase, message) in [
        (None, "this file is sealed with a passphrase"),
        (Some("wrong"), "that passphrase did not open the file"),
    ] {
        let refused = preview(&room, &file, passphrase).await.unwrap_err();
        assert_eq!((refused.code, refused.message.as_str()), (FailureCode::WrongPassword, message));
    }
    // So it is where the vault has an identity of its own.
    room.send("make_recipient", json!({})).await.unwrap();
    let refused = preview(&room, &file, None).await.unwrap_err();
    assert_eq!(refused.message, "this file is sealed with a passphrase");
}

#[tokio::test]
async fn a_thousand_deep_or_strange_plaintexts_are_refused_and_none_ends_the_program() {
    let room = Room::open().await;
    let made = room.send("make_recipient", json!({})).await.unwrap();
    let good = forged(|_| ());
    let bytes = {
        use base64::{Engine as _, engine::general_purpose::STANDARD};
        STANDARD.decode(&good).unwrap()
    };
    let opened = share::open(&bytes, &Opener::Passphrase(&Secret::new(PASSPHRASE))).ok().unwrap();
    let plain = share::write(&opened);
    assert!(made["recipient"].is_string() && !Identity::make().text().is_empty());
    for place in 0..plain.len() {
        for byte in [0, b'"', b'{', 0xff] {
            let mut other = plain.to_vec();
            other[place] = byte;
            // Either it is refused, or it says something else than before; it never panics.
            if let Ok(read) = share::read(&other) {
                assert_eq!(read.configurations.len(), 1);
            }
        }
    }
}
