//! The specification's example set-ups in one step: what they would make, keys that are tested first, all or nothing, and one
//! way back.

use journeys::{Room, existing};
use model::ProviderType;
use serde_json::{Value, json};

const GEMINI: (ProviderType, &str) = (ProviderType::Gemini, "test-gemini-key-0001");
const OPENAI: (ProviderType, &str) = (ProviderType::OpenAi, "test-openai-key-0001");
const CLAUDE: (ProviderType, &str) = (ProviderType::Claude, "test-claude-key-0001");

fn keys(room: &Room, keys: &[(ProviderType, &str)]) -> Value {
    let key = |(kind, key): &(ProviderType, &str)| json!({ "provider_type": kind, "api_key": key, "base_url": room.simulator.base_url(*kind) });
    keys.iter().map(key).collect()
}

async fn apply(room: &Room, set_up: &str, typed: &[(ProviderType, &str)], anyway: bool) -> Value {
    let request = json!({ "set_up": set_up, "keys": keys(room, typed), "save_anyway": anyway, "run": 1 });
    room.send("apply_set_up", request).await.unwrap()
}

async fn preview(room: &Room, set_up: &str) -> Value {
    room.send("preview_set_up", json!({ "set_up": set_up })).await.unwrap()
}

/// Who stands in a task's chain, by type.
async fn chain(room: &Room, task: &str) -> Vec<String> {
    let (view, list) = (room.send("view_routing", json!({})).await.unwrap(), room.list().await);
    let route =
        view["routes"].as_array().unwrap().iter().find(|route| route["task"] == task).unwrap().clone();
    let kind = |member: &Value| {
        let one = list.iter().find(|one| one["id"] == member["provider"]).unwrap();
        one["provider_type"].as_str().unwrap().to_owned()
    };
    route["chain"].as_array().unwrap().iter().map(kind).collect()
}

#[tokio::test]
async fn production_makes_two_providers_that_stand_in_for_each_other_with_limits() {
    let room = Room::open().await;
    let seen = preview(&room, "production").await;
    assert_eq!(seen["entries"].as_array().unwrap().len(), 2);
    assert_eq!(seen["routes"].as_array().unwrap().len(), 4);
    assert!(seen["entries"].as_array().unwrap().iter().all(|entry| entry["daily_token_limit"] == 1_000_000));

    let done = apply(&room, "production", &[GEMINI, OPENAI], false).await["done"].clone();
    assert_eq!((done["made"].as_u64(), done["off"].as_u64()), (Some(2), Some(0)), "{done}");
    for (task, expected) in [
        ("extraction", ["gemini", "openai"]),
        ("validation", ["gemini", "openai"]),
        ("cv_draft", ["openai", "gemini"]),
        ("cover_letter", ["openai", "gemini"]),
    ] {
        assert_eq!(chain(&room, task).await, expected, "{task}");
    }
    for (one, entry) in room.list().await.iter().zip(seen["entries"].as_array().unwrap()) {
        assert_eq!(one["model_name"], entry["model_name"], "what was shown is what was made");
        assert_eq!(one["display_name"], entry["display_name"]);
        assert_eq!(one["last_test"]["outcome"], "works");
        assert_eq!(one["is_default"], entry["is_default"]);
    }
}

#[tokio::test]
async fn one_step_takes_all_of_it_back_and_gives_first_places_and_the_default_to_who_had_them() {
    let room = Room::open().await;
    let mut form = room.form(ProviderType::Claude, "claude-opus-5-5");
    form["tasks"] = json!(["extraction", "cv_draft"]);
    form["is_default"] = json!(true);
    let before = room.add(&form, Some(CLAUDE.1)).await;
    let seen = preview(&room, "production").await;
    assert_eq!(seen["default_was"], before["display_name"]);
    let route = &seen["routes"].as_array().unwrap()[0];
    assert_eq!((&route["task"], &route["was"]), (&json!("extraction"), &before["display_name"]));

    let done = apply(&room, "production", &[GEMINI, OPENAI], false).await["done"].clone();
    assert_eq!(chain(&room, "extraction").await, ["gemini", "claude", "openai"]);
    assert_eq!(chain(&room, "cv_draft").await, ["openai", "claude", "gemini"]);
    room.send("undo", json!({ "token": done["undo"] })).await.unwrap();
    let list = room.list().await;
    assert_eq!(list.len(), 1);
    assert_eq!(
        (&list[0]["is_default"], &list[0]["tasks"]),
        (&json!(true), &json!(["extraction", "cv_draft"]))
    );
    assert_eq!(chain(&room, "extraction").await, ["claude"]);
    assert_eq!(chain(&room, "validation").await, Vec::<String>::new());
    let again = room.send("undo", json!({ "token": done["undo"] })).await;
    assert!(again.is_err(), "a step is taken back once");
    let audited = room.audited().await;
    assert_eq!(audited.iter().filter(|action| *action == "provider.undo").count(), 3, "{audited:?}");
}

#[tokio::test]
async fn what_was_changed_since_is_not_taken_back() {
    let room = Room::open().await;
    let done = apply(&room, "budget", &[GEMINI], false).await["done"].clone();
    let one = room.list().await[0].clone();
    room.send("set_active", json!({ "existing": existing(&one), "active": false })).await.unwrap();
    let refused = room.send("undo", json!({ "token": done["undo"] })).await.unwrap_err();
    assert_eq!(refused.code, model::FailureCode::Conflict);
    assert_eq!(room.list().await.len(), 1);
}

#[tokio::test]
async fn a_vendor_without_a_key_gets_a_provider_that_is_off_and_the_first_that_is_on_is_the_default() {
    let room = Room::open().await;
    let done = apply(&room, "development", &[OPENAI], false).await["done"].clone();
    assert_eq!((done["made"].as_u64(), done["off"].as_u64()), (Some(3), Some(2)));
    let list = room.list().await;
    let of = |kind: &str| list.iter().find(|one| one["provider_type"] == kind).unwrap();
    assert_eq!((&of("gemini")["is_active"], &of("gemini")["has_key"]), (&json!(false), &json!(false)));
    assert_eq!((&of("openai")["is_active"], &of("openai")["is_default"]), (&json!(true), &json!(true)));
    assert!(list.iter().all(|one| one["tasks"] == json!([])), "the default serves everything");
    let on = json!({ "existing": existing(of("gemini")), "active": true });
    let refused = room.send("set_active", on).await.unwrap_err();
    assert_eq!(refused.message, "this provider has no API key");
}

#[tokio::test]
async fn a_key_that_the_vendor_refuses_stops_all_of_it_until_a_person_says_so() {
    let room = Room::open().await;
    let wrong = (ProviderType::OpenAi, "test-invalid-key-0001");
    let reply = apply(&room, "production", &[GEMINI, wrong], false).await;
    let refused = reply["not_done"]["refused"].as_array().unwrap();
    assert_eq!(refused.len(), 1);
    assert_eq!((&refused[0]["provider_type"], &refused[0]["can_wait"]), (&json!("openai"), &json!(true)));
    assert!(!refused[0].to_string().contains(wrong.1), "a key is not said");
    assert!(room.list().await.is_empty(), "all or nothing");

    let done = apply(&room, "production", &[GEMINI, wrong], true).await["done"].clone();
    assert_eq!(done["off"].as_u64(), Some(1));
    let list = room.list().await;
    let openai = list.iter().find(|one| one["provider_type"] == "openai").unwrap();
    assert_eq!((&openai["is_active"], &openai["has_key"]), (&json!(false), &json!(true)));
}

#[tokio::test]
async fn what_was_mistyped_is_named_and_cannot_be_made_anyway() {
    let room = Room::open().await;
    for anyway in [false, true] {
        let reply = apply(&room, "budget", &[(ProviderType::Gemini, "two words")], anyway).await;
        let refused = reply["not_done"]["refused"].as_array().unwrap();
        assert_eq!(refused[0]["can_wait"], false);
        assert!(refused[0]["advice"].as_str().unwrap().contains("blanks"), "{}", refused[0]);
    }
    assert!(room.list().await.is_empty());
}

#[tokio::test]
async fn the_same_template_twice_takes_other_names() {
    let room = Room::open().await;
    apply(&room, "budget", &[GEMINI], false).await;
    apply(&room, "budget", &[GEMINI], false).await;
    let names: Vec<Value> = room.list().await.iter().map(|one| one["display_name"].clone()).collect();
    assert_eq!(names.len(), 2);
    assert_ne!(names[0], names[1]);
    assert_eq!(chain(&room, "cv_draft").await.len(), 2, "who was first is the first fallback");
}

#[tokio::test]
async fn switching_the_default_from_outside_tells_the_page_and_can_be_taken_back() {
    let room = Room::open().await;
    apply(&room, "development", &[GEMINI, OPENAI], false).await;
    let list = room.list().await;
    let of = |kind: &str| list.iter().find(|one| one["provider_type"] == kind).unwrap();
    let id = serde_json::from_value(of("openai")["id"].clone()).unwrap();
    room.desk.switch_default(id).await.unwrap();
    let glance = room.desk.glance().await.unwrap();
    let chosen: Vec<&desk::Choice> = glance.choices.iter().filter(|choice| choice.is_default).collect();
    assert_eq!(chosen.len(), 1);
    assert_eq!((chosen[0].id, glance.choices.len()), (id, 2), "what is off is no choice");
    let undo = room.host.events().into_iter().find_map(|event| match event {
        model::vault::DeskEvent::DefaultSwitched { undo, .. } => Some(undo),
        _ => None,
    });
    room.send("undo", json!({ "token": undo.unwrap() })).await.unwrap();
    let back = room.list().await;
    assert_eq!(back.iter().find(|one| one["is_default"] == true).unwrap()["provider_type"], "gemini");

    let off = serde_json::from_value(of("claude")["id"].clone()).unwrap();
    assert!(room.desk.switch_default(off).await.is_err(), "what is off serves nothing");
    room.send("lock_vault", json!({})).await.unwrap();
    assert_eq!(room.desk.glance().await, None);
    assert_eq!(room.desk.switch_default(id).await.unwrap_err().code, model::FailureCode::Locked);
}
