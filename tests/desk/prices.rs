//! Prices, from the settings to the ledger: a catalogue from a file, and the history priced anew.

use journeys::Room;
use model::Catalog;
use serde_json::{Value, json};
use simulator::Usage;

/// The bundled catalogue as a file of another day, changed.
fn file(change: impl FnOnce(&mut Vec<Value>)) -> String {
    let mut file = serde_json::to_value(Catalog::bundled().unwrap()).unwrap();
    file["as_of"] = json!("2026-12-01");
    change(file["models"].as_array_mut().unwrap());
    file.to_string()
}

/// The dated name is the one that the vendor answers with, and it is priced by that.
fn dearer(file: &mut [Value]) {
    let is_mini = |model: &Value| model["model_name"].as_str().unwrap().starts_with("gpt-4o-mini");
    for mini in file.iter_mut().filter(|model| is_mini(model)) {
        (mini["input_usd_per_mtok"], mini["output_usd_per_mtok"]) = (json!("1.5"), json!("6.00"));
    }
}

/// A room in which `gpt-4o-mini` has answered once, for 450,000,000 pico-dollars.
async fn with_a_call() -> (Room, Value) {
    let (room, [openai, ..]) = Room::with_chain().await;
    room.simulator.set_usage("openai", Some(Usage { input: 1000, output: 500, ..Usage::default() }));
    let end = room.ask(1, json!({ "provider": openai["id"] })).await.unwrap();
    assert_eq!(end["answered"]["cost"], "450000000");
    (room, openai)
}

#[tokio::test]
async fn a_file_is_previewed_imported_and_prices_the_next_call() {
    let (room, openai) = with_a_call().await;
    let text = file(|models| dearer(models));
    let preview = room.send("preview_catalog", json!({ "text": text })).await.unwrap();
    let repriced = preview["changes"]["repriced"].as_array().unwrap();
    let of = |name: &str| repriced.iter().find(|one| one["model_name"] == name).unwrap().clone();
    assert_eq!((repriced.len(), &of("gpt-4o-mini")["after"]), (2, &json!(["1.5", "6.00"])));
    assert_eq!((&preview["losing"], &preview["changes"]["added"]), (&json!([]), &json!([])));
    let before = room.send("view_catalog", json!({})).await.unwrap();
    assert!(before["version"].as_str().unwrap().starts_with("bundled "), "looking changes nothing: {before}");
    let view = room.send("import_catalog", json!({ "text": text })).await.unwrap();
    assert_eq!((&view["version"], &view["as_of"]), (&preview["version"], &json!("2026-12-01")));
    let end = room.ask(2, json!({ "provider": openai["id"] })).await.unwrap();
    assert_eq!(end["answered"]["cost"], "4500000000");
    let view = room.send("restore_catalog", json!({})).await.unwrap();
    assert_eq!(view, before);
    let end = room.ask(3, json!({ "provider": openai["id"] })).await.unwrap();
    assert_eq!(end["answered"]["cost"], "450000000");
}

#[tokio::test]
async fn a_catalogue_that_was_replaced_comes_back_whatever_took_its_place() {
    let (room, _) = with_a_call().await;
    let put = async |text: String| room.send("import_catalog", json!({ "text": text })).await.unwrap();
    let back = async |version: &Value| room.send("restore_catalog", json!({ "version": version })).await;
    let first = put(file(|models| dearer(models))).await;
    let second = put(file(|models| models.retain(|model| model["model_name"] != "gpt-4o-mini"))).await;
    assert_ne!(first["version"], second["version"]);
    let again = back(&first["version"]).await.unwrap();
    assert_eq!((&again["version"], &again["models"]), (&first["version"], &first["models"]));
    // The one of this version forgets what was imported; the way back has it all the same.
    room.send("restore_catalog", json!({})).await.unwrap();
    assert_eq!(back(&first["version"]).await.unwrap()["version"], first["version"]);
    let unknown = back(&json!("2020-01-01 0000")).await.unwrap_err();
    assert_eq!(unknown.code, model::FailureCode::Gone);
    // Nothing of it outlives the session.
    room.reopen().await;
    assert_eq!(back(&second["version"]).await.unwrap_err().code, model::FailureCode::Gone);
}

#[tokio::test]
async fn a_preview_says_who_would_have_no_price_any_more() {
    let (room, chain) = Room::with_chain().await;
    let text = file(|models| models.retain(|model| model["model_name"] != "gpt-4o-mini"));
    let preview = room.send("preview_catalog", json!({ "text": text })).await.unwrap();
    assert_eq!(preview["losing"], json!([chain[0]["display_name"]]));
    assert_eq!(preview["changes"]["removed"], json!(["gpt-4o-mini"]));
}

#[tokio::test]
async fn the_history_is_priced_anew_in_one_written_action_and_only_when_asked() {
    let (room, openai) = with_a_call().await;
    room.send("import_catalog", json!({ "text": file(|models| dearer(models)) })).await.unwrap();
    let comes_to = json!({
        "rows": 1, "changed": 1, "left": 0, "before": "450000000", "after": "4500000000",
    });
    let all = json!({ "days": null });
    assert_eq!(room.send("preview_repricing", json!({ "days": 30 })).await.unwrap(), comes_to);
    assert_eq!(
        room.send("preview_repricing", all.clone()).await.unwrap(),
        comes_to,
        "trying changed nothing"
    );
    assert_eq!(room.send("reprice_history", all.clone()).await.unwrap(), comes_to);
    let again = room.send("preview_repricing", all).await.unwrap();
    assert_eq!((&again["changed"], &again["before"]), (&json!(0), &json!("4500000000")));
    let listed = room.list().await;
    let usage = &listed.iter().find(|one| one["id"] == openai["id"]).unwrap()["usage"];
    assert_eq!(usage["cost_today"], "4500000000");
    let actions = room.audited().await;
    assert_eq!(actions.iter().filter(|action| *action == "usage.reprice").count(), 1, "{actions:?}");
    assert_eq!(actions.iter().filter(|action| *action == "catalogue.import").count(), 1);
}

#[tokio::test]
async fn garbage_is_refused_with_what_to_do_and_never_quoted() {
    let room = Room::open().await;
    let twice = file(|models| models.push(models[0].clone()));
    let texts = [
        "",
        "sk-secret",
        "{}",
        r#"{"as_of":"sk-secret","models":[]}"#,
        "[1]",
        &twice,
        &" ".repeat(3_000_000),
    ];
    for text in texts {
        for command in ["preview_catalog", "import_catalog"] {
            let refused = room.send(command, json!({ "text": text })).await.unwrap_err();
            assert!(refused.advice.as_ref().is_some_and(|advice| advice.ends_with('.')), "{refused:?}");
            assert!(!format!("{refused:?}").contains("sk-secret"), "{refused:?}");
        }
    }
    let view = room.send("view_catalog", json!({})).await.unwrap();
    assert_eq!(view["imported_at"], Value::Null);
    let actions = room.audited().await;
    assert!(!actions.iter().any(|action| action.starts_with("catalogue")), "{actions:?}");
}
