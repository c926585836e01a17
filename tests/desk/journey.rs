//! The main job without a window: create a vault, add four providers, test, edit, switch, delete, undo, lock, and come
//! back tomorrow.

use journeys::{PASSWORD, Room, existing};
use model::{
    FailureCode, ProviderType,
    vault::{DeskEvent, LockReason},
};
use serde_json::{Value, json};

const MODELS: [(ProviderType, &str, &str); 4] = [
    (ProviderType::Gemini, "gemini-3.6-flash", "test-gemini-key-0001"),
    (ProviderType::OpenAi, "gpt-6-sol", "test-openai-key-0001"),
    (ProviderType::Claude, "claude-sonnet-5", "test-claude-key-0001"),
    (ProviderType::OpenAiCompatible, "qwen3-32b-instruct", "test-compatible-key-0001"),
];

async fn with_four() -> Room {
    let room = Room::open().await;
    for (provider_type, model, key) in MODELS {
        room.add(&room.form(provider_type, model), Some(key)).await;
    }
    room
}

async fn named(room: &Room, name: &str) -> Value {
    let list = room.list().await;
    list.iter()
        .find(|provider| provider["display_name"] == name)
        .unwrap_or_else(|| panic!("no {name}"))
        .clone()
}

#[tokio::test]
async fn everything_saved_is_there_the_next_day() {
    let room = with_four().await;
    let before = room.list().await;
    let room = room.next_day().await;
    assert_eq!(room.send("list_providers", json!({})).await.unwrap_err().code, FailureCode::Locked);
    room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    assert_eq!(room.list().await, before);
    let types: Vec<_> = before.iter().map(|provider| provider["provider_type"].clone()).collect();
    assert_eq!(types, ["gemini", "openai", "claude", "openai_compatible"]);
}

#[tokio::test]
async fn a_stored_key_still_works_the_next_day_and_never_shows_itself() {
    let room = with_four().await.next_day().await;
    room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    for provider in room.list().await {
        let tested = room.send("test_provider", json!({ "id": provider["id"], "run": 7 })).await.unwrap();
        assert_eq!(tested["last_test"]["outcome"], "works", "{tested}");
        assert_eq!(tested["key_last_four"], "0001");
    }
}

#[tokio::test]
async fn a_bad_key_is_not_stored_unless_the_person_insists_and_then_it_is_off() {
    let room = Room::open().await;
    let form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    let refused = room.save_new(&form, Some("test-openai-bad-key-0001"), false).await.unwrap();
    assert_eq!(refused["not_saved"]["test"]["outcome"], "key_refused");
    assert!(room.list().await.is_empty());
    let saved = room.save_new(&form, Some("test-openai-bad-key-0001"), true).await.unwrap();
    assert_eq!(saved["saved"]["provider"]["is_active"], false);
    assert_eq!(saved["saved"]["provider"]["last_test"]["outcome"], "key_refused");
}

#[tokio::test]
async fn offline_a_key_can_be_saved_and_stays_on() {
    let room = Room::open().await;
    let mut form = room.form(ProviderType::OpenAiCompatible, "llama3");
    form["base_url"] = json!("http://127.0.0.1:9/v1");
    let saved = room.save_new(&form, Some("test-compatible-key-0001"), true).await.unwrap();
    assert_eq!(saved["saved"]["provider"]["last_test"]["outcome"], "no_connection");
    assert_eq!(saved["saved"]["provider"]["is_active"], true);
}

#[tokio::test]
async fn an_edit_keeps_the_key_and_needs_no_test_when_only_names_change() {
    let room = with_four().await;
    let provider = named(&room, "OpenAI one").await;
    let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    form["display_name"] = json!("OpenAI renamed");
    form["daily_token_limit"] = json!(500_000);
    let asked = room.simulator.journal().len();
    let request = json!({ "existing": existing(&provider), "draft": form, "api_key": "", "remove_key": false, "save_anyway": false, "run": 1 });
    let reply = room.send("save_provider", request).await.unwrap();
    assert_eq!(reply["saved"]["provider"]["display_name"], "OpenAI renamed");
    assert_eq!(reply["saved"]["provider"]["key_last_four"], "0001");
    assert_eq!(room.simulator.journal().len(), asked);
}

#[tokio::test]
async fn two_edits_of_the_same_revision_do_not_overwrite_each_other() {
    let room = with_four().await;
    let provider = named(&room, "OpenAI one").await;
    room.send("set_active", json!({ "existing": existing(&provider), "active": false })).await.unwrap();
    let late = room
        .send("set_active", json!({ "existing": existing(&provider), "active": true }))
        .await
        .unwrap_err();
    assert_eq!(late.code, FailureCode::Conflict);
    assert_eq!(named(&room, "OpenAI one").await["is_active"], false);
}

#[tokio::test]
async fn a_key_is_never_sent_to_a_base_url_that_it_was_not_entered_for() {
    let room = with_four().await;
    let provider = named(&room, "OpenAI one").await;
    let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    form["base_url"] = json!(room.simulator.base_url(ProviderType::OpenAiCompatible));
    let asked = room.simulator.journal().len();
    for request in [
        (
            "test_draft",
            json!({ "id": provider["id"], "draft": form, "api_key": null, "remove_key": false, "run": 1 }),
        ),
        (
            "save_provider",
            json!({ "existing": existing(&provider), "draft": form, "api_key": null, "remove_key": false, "save_anyway": true, "run": 1 }),
        ),
    ] {
        let refused = room.send(request.0, request.1).await.unwrap_err();
        assert_eq!(refused.fields[0].field, model::Field::ApiKey);
    }
    assert_eq!(room.simulator.journal().len(), asked);
}

#[tokio::test]
async fn the_default_and_a_tasks_first_place_move_from_one_holder_to_the_next_and_back() {
    let room = with_four().await;
    let (openai, claude) = (named(&room, "OpenAI one").await, named(&room, "Claude one").await);
    room.send("make_default", json!({ "existing": existing(&openai) })).await.unwrap();
    let moved = room.send("make_default", json!({ "existing": existing(&claude) })).await.unwrap();
    assert_eq!(named(&room, "OpenAI one").await["is_default"], false);
    room.send("undo", json!({ "token": moved["undo"] })).await.unwrap();
    assert_eq!(named(&room, "OpenAI one").await["is_default"], true);
    assert_eq!(named(&room, "Claude one").await["is_default"], false);
}

#[tokio::test]
async fn switching_the_default_off_leaves_none_and_undo_brings_it_back() {
    let room = with_four().await;
    let openai = named(&room, "OpenAI one").await;
    let openai =
        room.send("make_default", json!({ "existing": existing(&openai) })).await.unwrap()["provider"]
            .clone();
    let off =
        room.send("set_active", json!({ "existing": existing(&openai), "active": false })).await.unwrap();
    assert_eq!(
        (off["provider"]["is_default"].as_bool(), off["provider"]["is_active"].as_bool()),
        (Some(false), Some(false))
    );
    room.send("undo", json!({ "token": off["undo"] })).await.unwrap();
    let back = named(&room, "OpenAI one").await;
    assert_eq!((back["is_default"].as_bool(), back["is_active"].as_bool()), (Some(true), Some(true)));
}

#[tokio::test]
async fn deleting_says_what_loses_its_route_and_undo_brings_back_the_working_key() {
    let room = Room::open().await;
    let mut form = room.form(ProviderType::Claude, "claude-sonnet-5");
    form["tasks"] = json!(["cv_draft", "cover_letter"]);
    form["is_default"] = json!(true);
    let provider = room.add(&form, Some("test-claude-key-0001")).await;
    let preview = room.send("preview_deletion", json!({ "id": provider["id"] })).await.unwrap();
    assert_eq!(preview["lost_tasks"].as_array().unwrap().len(), 2);
    assert_eq!(preview["loses_default"], true);
    let wrong = json!({ "existing": existing(&provider), "typed_name": "Claude" });
    assert!(room.send("delete_provider", wrong).await.is_err());
    let right = json!({ "existing": existing(&provider), "typed_name": "Claude one" });
    let deleted = room.send("delete_provider", right).await.unwrap();
    assert!(room.list().await.is_empty());
    room.send("undo", json!({ "token": deleted["undo"] })).await.unwrap();
    let back = named(&room, "Claude one").await;
    assert_eq!(
        (&back["number"], &back["tasks"], &back["is_default"]),
        (&provider["number"], &provider["tasks"], &json!(true))
    );
    let tested = room.send("test_provider", json!({ "id": back["id"], "run": 1 })).await.unwrap();
    assert_eq!(tested["last_test"]["outcome"], "works");
}

#[tokio::test]
async fn a_key_that_is_no_longer_needed_can_be_destroyed_and_the_provider_moved() {
    let room = Room::open().await;
    let provider_type = ProviderType::OpenAiCompatible;
    let mut form = room.form(provider_type, "qwen3-32b-instruct");
    let provider = room.add(&form, Some("test-compatible-key-0001")).await;
    form["base_url"] = json!(room.simulator.base_url(provider_type).replace("127.0.0.1", "localhost"));
    let save = |remove: bool| {
        json!({
            "existing": existing(&provider), "draft": form, "api_key": null, "remove_key": remove,
            "save_anyway": false, "run": 1,
        })
    };
    assert_eq!(
        room.send("save_provider", save(false)).await.unwrap_err().fields[0].field,
        model::Field::ApiKey
    );
    let saved = room.send("save_provider", save(true)).await.unwrap();
    assert_eq!(saved["saved"]["provider"]["has_key"], false, "{saved}");
}

#[tokio::test]
async fn an_undo_that_was_refused_can_be_tried_again() {
    let room = with_four().await;
    let claude = named(&room, "Claude one").await;
    let delete = json!({ "existing": existing(&claude), "typed_name": "Claude one" });
    let deleted = room.send("delete_provider", delete).await.unwrap();
    let mut squatter = room.form(ProviderType::OpenAi, "gpt-6-sol");
    squatter["display_name"] = json!("Claude one");
    let squatter = room.add(&squatter, Some("test-openai-key-0002")).await;
    let undo = json!({ "token": deleted["undo"] });
    assert_eq!(room.send("undo", undo.clone()).await.unwrap_err().fields[0].field, model::Field::DisplayName);
    let delete = json!({ "existing": existing(&squatter), "typed_name": "Claude one" });
    room.send("delete_provider", delete).await.unwrap();
    room.send("undo", undo).await.unwrap();
    assert_eq!(named(&room, "Claude one").await["provider_type"], "claude");
}

#[tokio::test]
async fn a_copy_has_a_key_of_its_own_seal_and_starts_switched_off() {
    let room = with_four().await;
    let original = named(&room, "Claude one").await;
    let copy =
        room.send("duplicate_provider", json!({ "id": original["id"] })).await.unwrap()["provider"].clone();
    assert_eq!(
        (copy["display_name"].as_str(), copy["is_active"].as_bool()),
        (Some("Claude one copy"), Some(false))
    );
    let tested = room.send("test_provider", json!({ "id": copy["id"], "run": 1 })).await.unwrap();
    assert_eq!(tested["last_test"]["outcome"], "works");
}

#[tokio::test]
async fn a_running_test_ends_when_it_is_cancelled_and_when_the_vault_locks() {
    let room = Room::open().await;
    let form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    let slow = |run: u64| {
        room.send(
            "test_draft",
            json!({ "id": null, "draft": form, "api_key": "test-openai-slow-0001", "remove_key": false, "run": run }),
        )
    };
    let cancel = async {
        seen(&room, 1).await;
        room.send("cancel_test", json!({ "run": 5 })).await.unwrap();
    };
    let (test, ()) = tokio::join!(slow(5), cancel);
    assert_eq!(test.unwrap_err().code, FailureCode::Cancelled);
    let lock = async {
        seen(&room, 2).await;
        room.desk.lock(LockReason::Asked).await;
    };
    let (test, ()) = tokio::join!(slow(6), lock);
    assert_eq!(test.unwrap_err().code, FailureCode::Cancelled);
    assert_eq!(room.host.events(), [DeskEvent::VaultLocked { reason: LockReason::Asked }]);
}

/// Waits until the simulator has that many requests.
async fn seen(room: &Room, requests: usize) {
    while room.simulator.journal().len() < requests {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn tasks_can_be_added_and_are_offered_from_then_on() {
    let room = Room::open().await;
    let list = room.send("add_task", json!({ "name": "interview" })).await.unwrap();
    let names: Vec<_> = list["tasks"].as_array().unwrap().iter().map(|task| task["name"].clone()).collect();
    assert_eq!(names, ["extraction", "cv_draft", "cover_letter", "validation", "interview"]);
    let again = room.send("add_task", json!({ "name": "interview" })).await.unwrap_err();
    assert_eq!(again.code, FailureCode::Invalid);
}

#[tokio::test]
async fn several_deletions_are_taken_back_with_their_places_and_the_default() {
    let (room, [openai, claude, _]) = Room::with_chain().await;
    let openai_now = named(&room, openai["display_name"].as_str().unwrap()).await;
    room.send("make_default", json!({ "existing": existing(&openai_now) })).await.unwrap();
    let shown = async || -> (Vec<Value>, Value) {
        let one = |one: Value| json!([one["id"], one["display_name"], one["is_default"], one["tasks"]]);
        let routes = room.send("view_routing", json!({})).await.unwrap()["routes"].clone();
        (room.list().await.into_iter().map(one).collect(), routes)
    };
    let before = shown().await;
    let mut steps = Vec::new();
    for provider in [&openai, &claude] {
        let name = provider["display_name"].as_str().unwrap();
        let now = named(&room, name).await;
        let delete = json!({ "existing": existing(&now), "typed_name": name });
        steps.push(room.send("delete_provider", delete).await.unwrap()["undo"].clone());
    }
    assert_eq!(room.list().await.len(), before.0.len() - 2);
    for token in steps.into_iter().rev() {
        room.send("undo", json!({ "token": token })).await.unwrap();
    }
    assert_eq!(shown().await, before);
}

#[tokio::test]
async fn an_added_task_can_be_taken_back_until_something_is_done_with_it() {
    let (room, [openai, ..]) = Room::with_chain().await;
    let tasks = async || -> Vec<Value> {
        let list = room.send("list_providers", json!({})).await.unwrap();
        list["tasks"].as_array().unwrap().iter().map(|task| task["name"].clone()).collect()
    };
    let before = tasks().await;
    let add = async || room.send("add_task", json!({ "name": "interview" })).await.unwrap();
    let remove = async |name: &str| room.send("remove_task", json!({ "name": name })).await;
    add().await;
    remove("interview").await.unwrap();
    assert_eq!(tasks().await, before);
    assert_eq!(remove("interview").await.unwrap_err().code, FailureCode::Gone);
    assert_eq!(remove("validation").await.unwrap_err().code, FailureCode::Conflict, "a built-in task stays");

    add().await;
    let view = room.send("view_routing", json!({})).await.unwrap();
    let routes = view["routes"].as_array().unwrap();
    let mut route = routes.iter().find(|route| route["task"] == "interview").unwrap().clone();
    route["chain"] = json!([{ "provider": openai["id"], "weight": 1 }]);
    let led = json!({ "revision": view["revision"], "routes": [route] });
    room.send("save_routes", led).await.unwrap();
    assert_eq!(remove("interview").await.unwrap_err().code, FailureCode::Conflict, "somebody serves it");
    assert_eq!(tasks().await.len(), before.len() + 1);
}

#[tokio::test]
async fn only_the_vendors_own_pages_are_opened() {
    let room = Room::open().await;
    room.send("open_console", json!({ "provider_type": "openai" })).await.unwrap();
    room.send("open_console", json!({ "provider_type": "openai_compatible" })).await.unwrap();
    assert_eq!(room.host.links(), ["https://platform.openai.com/api-keys"]);
}
