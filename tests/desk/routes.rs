//! Routes and health as the window shows and changes them.

use journeys::{Room, existing};
use model::{FailureCode, Field, ProviderType, vault::DeskEvent};
use serde_json::{Value, json};
use simulator::Fault;

async fn answers(room: &Room) -> Value {
    room.ask(1, json!({ "task": "extraction" })).await.unwrap()["answered"]["provider"].clone()
}

#[tokio::test]
async fn a_saved_route_serves_the_next_call() {
    let (room, [openai, claude, _]) = Room::with_chain().await;
    assert_eq!(answers(&room).await, openai["id"]);
    let view = room
        .route(|route| {
            route["chain"] = json!([{ "provider": claude["id"] }, { "provider": openai["id"] }]);
        })
        .await
        .unwrap();
    assert_eq!(view["routes"][0]["chain"][0]["provider"], claude["id"]);
    assert_eq!(answers(&room).await, claude["id"]);
}

#[tokio::test]
async fn what_is_switched_deleted_and_undone_holds_for_the_next_call() {
    let (room, [openai, claude, gemini]) = Room::with_chain().await;
    let off = json!({ "existing": existing(&openai), "active": false });
    let off = room.send("set_active", off).await.unwrap();
    assert_eq!(answers(&room).await, claude["id"]);
    let delete = json!({ "existing": existing(&claude), "typed_name": claude["display_name"] });
    room.send("delete_provider", delete).await.unwrap();
    assert_eq!(answers(&room).await, gemini["id"]);
    room.send("undo", json!({ "token": off["undo"] })).await.unwrap();
    assert_eq!(answers(&room).await, openai["id"]);
}

#[tokio::test]
async fn the_default_serves_a_new_task_at_once() {
    let (room, [openai, ..]) = Room::with_chain().await;
    room.send("add_task", json!({ "name": "interview" })).await.unwrap();
    let ask = || room.ask(1, json!({ "task": "interview" }));
    assert!(ask().await.unwrap_err().message.contains("no configuration serves this call"));
    room.send("make_default", json!({ "existing": existing(&openai) })).await.unwrap();
    assert_eq!(ask().await.unwrap()["answered"]["provider"], openai["id"]);
}

/// Who answers while this one fails, and how many failed before.
async fn answers_without(room: &Room, failing: &str) -> (Value, usize) {
    room.simulator.set_fault(failing, Some(Fault::ServerError));
    let end = room.ask(2, json!({ "task": "extraction" })).await.unwrap();
    room.simulator.set_fault(failing, None);
    let answered = &end["answered"];
    (answered["provider"].clone(), answered["fallbacks"].as_array().unwrap().len())
}

#[tokio::test]
async fn a_manual_switch_never_turns_failover_off() {
    let (room, [openai, claude, gemini]) = Room::with_chain().await;
    room.send("make_default", json!({ "existing": existing(&gemini) })).await.unwrap();
    assert_eq!(answers(&room).await, openai["id"], "the chain goes before the default");
    assert_eq!(answers_without(&room, "openai").await, (claude["id"].clone(), 1));
    // The form's switch puts one first: those behind it stay where they were.
    let mut form = room.form(ProviderType::Gemini, "gemini-3.6-flash");
    form["display_name"] = gemini["display_name"].clone();
    form["calls"] = json!({ "retries": 0 });
    (form["is_default"], form["tasks"]) = (json!(true), json!(["extraction"]));
    let list = room.list().await;
    let now = list.iter().find(|one| one["id"] == gemini["id"]).unwrap();
    let save = json!({
        "existing": existing(now), "draft": form, "api_key": null, "remove_key": false, "save_anyway": false, "run": 3,
    });
    assert!(room.send("save_provider", save).await.unwrap()["saved"].is_object());
    assert_eq!(answers(&room).await, gemini["id"]);
    assert_eq!(answers_without(&room, "gemini").await, (openai["id"].clone(), 1));
}

#[tokio::test]
async fn a_route_that_cannot_serve_its_task_is_refused_with_the_need() {
    let (room, [openai, ..]) = Room::with_chain().await;
    let refused = room.route(|route| route["needs"]["context_tokens"] = json!(500_000)).await.unwrap_err();
    assert_eq!((refused.code, refused.tasks.len()), (FailureCode::Invalid, 1));
    assert_eq!(refused.tasks[0].task.as_str(), "extraction");
    let name = openai["display_name"].as_str().unwrap();
    assert_eq!(
        refused.tasks[0].message,
        format!(
            "{name} cannot serve this task: its model has too small a window. Take it out, or need less."
        )
    );
    let view = room.send("view_routing", json!({})).await.unwrap();
    assert_eq!(view["routes"][0]["needs"]["context_tokens"], Value::Null);
}

#[tokio::test]
async fn a_form_cannot_put_a_model_where_it_is_known_to_be_unable_to_serve() {
    let (room, [openai, claude, gemini]) = Room::with_chain().await;
    room.route(|route| {
        route["needs"]["context_tokens"] = json!(500_000);
        route["chain"] = json!([{ "provider": gemini["id"] }, { "provider": claude["id"] }]);
    })
    .await
    .unwrap();
    let asked = room.simulator.journal().len();
    let save = |form: Value, list: Vec<Value>, of: &Value| {
        let now = list.iter().find(|one| one["id"] == of["id"]).unwrap();
        json!({
            "existing": existing(now), "draft": form, "api_key": null, "remove_key": false, "save_anyway": true, "run": 3,
        })
    };
    let mut first = room.form(ProviderType::OpenAi, "gpt-4o-mini");
    first["tasks"] = json!(["extraction"]);
    let refused = room.send("save_provider", save(first, room.list().await, &openai)).await.unwrap_err();
    assert_eq!((refused.code, refused.fields.len()), (FailureCode::Invalid, 1));
    assert_eq!(refused.fields[0].field, Field::Tasks);
    assert_eq!(
        refused.fields[0].message,
        "The model cannot serve extraction: it has too small a window. Choose another model, or take the provider out of this task."
    );
    let smaller = room.form(ProviderType::Claude, "claude-haiku-4-5");
    let refused = room.send("save_provider", save(smaller, room.list().await, &claude)).await.unwrap_err();
    assert_eq!((refused.fields.len(), refused.fields[0].field), (1, Field::ModelName));
    assert_eq!(room.simulator.journal().len(), asked, "nobody was asked");
    let view = room.send("view_routing", json!({})).await.unwrap();
    assert_eq!(view["routes"][0]["chain"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_automatic_route_that_can_choose_nobody_is_refused_and_one_that_can_takes_the_cheapest() {
    let (room, [openai, ..]) = Room::with_chain().await;
    let auto = |grade: Value| {
        room.route(move |route| {
            route["mode"] = json!("auto");
            route["bounds"]["min_quality"] = grade;
        })
    };
    let refused = auto(json!(3)).await.unwrap_err();
    assert!(refused.tasks[0].message.starts_with("None of the providers that are on can be chosen"));
    auto(json!(null)).await.unwrap();
    assert_eq!(answers(&room).await, openai["id"], "gpt-4o-mini");
    // Graded too low, the cheapest is passed over, and the reason is told.
    let grades = [(ProviderType::OpenAi, "gpt-4o-mini", 2), (ProviderType::Claude, "claude-opus-5-5", 5)];
    for (provider_type, model, grade) in grades {
        let mut form = room.form(provider_type, model);
        form["calls"] = json!({ "retries": 0, "quality": grade });
        let list = room.list().await;
        let now = list.iter().find(|one| one["model_name"] == model).unwrap();
        form["tasks"] = now["tasks"].clone();
        let save = json!({
            "existing": existing(now), "draft": form, "api_key": null, "remove_key": false, "save_anyway": false, "run": 3,
        });
        assert!(room.send("save_provider", save).await.unwrap()["saved"].is_object());
    }
    auto(json!(3)).await.unwrap();
    let list = room.list().await;
    let claude = list.iter().find(|one| one["model_name"] == "claude-opus-5-5").unwrap();
    assert_eq!(answers(&room).await, claude["id"]);
    let explain = json!({ "task": "extraction", "request": null, "sticky": null });
    let told = room.send("explain_route", explain).await.unwrap();
    assert_eq!(told["rule"], "auto");
    let candidates = told["candidates"].as_array().unwrap();
    let of = |id: &Value| candidates.iter().find(|one| one["provider"] == *id).unwrap()["verdict"].clone();
    assert_eq!(of(&openai["id"]), json!({ "because": "below_quality", "quality": 2 }));
    assert_eq!(of(&claude["id"])["because"], "chosen");
}

#[tokio::test]
async fn a_split_without_shares_and_one_with_too_large_ones_are_refused() {
    let (room, chain) = Room::with_chain().await;
    for weight in [0, 1_001] {
        let refused = room
            .route(|route| {
                route["mode"] = json!("split");
                route["chain"] =
                    chain.iter().map(|one| json!({ "provider": one["id"], "weight": weight })).collect();
            })
            .await
            .unwrap_err();
        assert_eq!(refused.tasks.len(), 1, "{weight}: {refused:?}");
    }
}

#[tokio::test]
async fn routes_that_somebody_else_changed_are_not_overwritten() {
    let (room, [openai, ..]) = Room::with_chain().await;
    let view = room.send("view_routing", json!({})).await.unwrap();
    room.route(|route| route["chain"] = json!([{ "provider": openai["id"] }])).await.unwrap();
    let late = json!({ "revision": view["revision"], "routes": [view["routes"][0]] });
    assert_eq!(room.send("save_routes", late).await.unwrap_err().code, FailureCode::Conflict);
}

#[tokio::test]
async fn a_decision_is_explained_and_a_failure_is_tried_on_paper() {
    let (room, [openai, claude, gemini]) = Room::with_chain().await;
    let explain = json!({ "task": "extraction", "request": null, "sticky": null });
    let explanation = room.send("explain_route", explain).await.unwrap();
    let verdicts: Vec<_> = explanation["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["provider"].clone(), one["verdict"]["because"].clone()))
        .collect();
    assert_eq!(explanation["rule"], "chain");
    let expected = [(&openai, "chosen"), (&claude, "next"), (&gemini, "next")];
    assert_eq!(verdicts, expected.map(|(one, verdict)| (one["id"].clone(), json!(verdict))));
    let view = room.send("view_routing", json!({})).await.unwrap();
    let simulate = json!({ "provider": openai["id"], "failure": "down", "routes": view["routes"] });
    let before = room.simulator.journal().len();
    let effects = room.send("simulate_failure", simulate).await.unwrap();
    assert_eq!((&effects[0]["now"], &effects[0]["then"]), (&openai["id"], &claude["id"]));
    assert_eq!(room.simulator.journal().len(), before, "nothing is sent");
}

#[tokio::test]
async fn a_deletion_names_the_next_of_the_chain_then_the_default_then_nobody() {
    let (room, [openai, claude, _]) = Room::with_chain().await;
    let then = async || {
        let preview = room.send("preview_deletion", json!({ "id": openai["id"] })).await.unwrap();
        preview["lost_tasks"].clone()
    };
    assert_eq!(then().await, json!([{ "task": "extraction", "then": claude["display_name"] }]));
    room.route(|route| route["chain"] = json!([{ "provider": openai["id"] }])).await.unwrap();
    assert_eq!(then().await, json!([{ "task": "extraction", "then": null }]));
    let list = room.list().await;
    let claude = list.iter().find(|one| one["id"] == claude["id"]).unwrap();
    room.send("make_default", json!({ "existing": existing(claude) })).await.unwrap();
    assert_eq!(then().await, json!([{ "task": "extraction", "then": claude["display_name"] }]));
}

#[tokio::test]
async fn health_is_probed_when_asked_and_a_change_of_it_is_told() {
    let (room, [openai, ..]) = Room::with_chain().await;
    let of = |view: &Value, id: &Value| {
        view["providers"].as_array().unwrap().iter().find(|one| one["id"] == *id).unwrap().clone()
    };
    let view = room.send("check_health", json!({})).await.unwrap();
    assert_eq!(of(&view, &openai["id"])["state"], "up");
    assert!(view["probed_at"].is_i64());
    let unwell = || {
        let told = |event: &DeskEvent| match event {
            DeskEvent::HealthChanged { unwell } => Some(*unwell),
            _ => None,
        };
        room.host.events().iter().filter_map(told).collect::<Vec<_>>()
    };
    let told = || unwell().len();
    let before = told();
    room.simulator.set_fault("openai", Some(Fault::ServerError));
    for run in 0..20 {
        room.ask(run, json!({ "provider": openai["id"] })).await.ok();
    }
    let more = async {
        while told() == before {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), more).await.expect("nobody was told");
    assert!(told() - before < 20, "collected, not one for each call");
    let view = room.send("view_health", json!({})).await.unwrap();
    let openai = of(&view, &openai["id"]);
    assert_eq!(openai["state"], "down");
    assert_eq!(unwell().last(), Some(&1));
    assert!(openai["breaker"]["open"]["until"].is_i64(), "{openai}");
    let view = room.send("view_routing", json!({})).await.unwrap();
    let member = view["members"].as_array().unwrap().iter().find(|one| one["id"] == openai["id"]).unwrap();
    assert_eq!(member["health"], "down");
}
