//! History: the log of acts as a person sees it.

use journeys::{Room, existing};
use model::ProviderType;
use serde_json::{Value, json};

async fn page(room: &Room, filter: Value, before: Value, limit: u32) -> Value {
    room.send("view_audit", json!({ "filter": filter, "before": before, "limit": limit })).await.unwrap()
}

async fn with_changes() -> (Room, Value) {
    let room = Room::open().await;
    let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    let provider = room.add(&form, Some("test-openai-key-0001")).await;
    form["daily_token_limit"] = json!(800_000);
    form["description"] = json!("=HYPERLINK(\"x\")");
    let request = json!({ "existing": existing(&provider), "draft": form, "api_key": "test-openai-key-0002",
        "remove_key": false, "save_anyway": false, "run": 1 });
    room.send("save_provider", request).await.unwrap();
    (room, provider)
}

#[tokio::test]
async fn an_act_is_shown_field_by_field_with_who_where_and_when_and_without_its_key() {
    let (room, provider) = with_changes().await;
    let page = page(&room, json!({ "action": "provider.update" }), Value::Null, 10).await;
    assert_eq!(page["found"]["matching"], 1);
    let entry = &page["entries"][0];
    assert_eq!((&entry["record"], &entry["record_name"]), (&provider["id"], &json!("OpenAI one")));
    assert_eq!(entry["at"], json!(room.host.wall_clock()));
    assert!(!entry["actor"].as_str().unwrap().is_empty() && !entry["machine"].as_str().unwrap().is_empty());
    let changes = entry["changes"].as_array().unwrap();
    let of = |field: &str| changes.iter().find(|change| change["field"] == field).unwrap();
    assert_eq!(
        of("daily_token_limit"),
        &json!({ "field": "daily_token_limit", "before": null, "after": "800000" })
    );
    let key = of("api_key");
    assert_eq!((&key["before"], &key["after"]), (&json!("set, ends in 0001"), &json!("set, ends in 0002")));
    assert!(!page.to_string().contains("test-openai-key"));
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap_and_only_the_first_counts() {
    let (room, _) = with_changes().await;
    let all = page(&room, json!({}), Value::Null, 200).await["entries"].as_array().unwrap().clone();
    let (mut walked, mut before) = (Vec::new(), Value::Null);
    loop {
        let one = page(&room, json!({}), before.clone(), 2).await;
        assert_eq!(one["found"].is_null(), !before.is_null());
        walked.extend(one["entries"].as_array().unwrap().clone());
        before = one["next"].clone();
        if before.is_null() {
            break;
        }
    }
    assert_eq!(walked, all);
    let ids: Vec<i64> = all.iter().map(|entry| entry["id"].as_i64().unwrap()).collect();
    assert_eq!(ids, (1..=i64::try_from(all.len()).unwrap()).rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn it_is_narrowed_by_record_text_and_time_and_a_text_that_is_too_long_is_refused() {
    let (room, provider) = with_changes().await;
    let count = async |filter: Value| page(&room, filter, Value::Null, 1).await["found"]["matching"].as_u64();
    assert_eq!(count(json!({ "record": provider["id"] })).await, Some(2));
    assert_eq!(count(json!({ "text": "OPENAI ONE" })).await, Some(2));
    assert_eq!(count(json!({ "text": "800000" })).await, Some(1));
    assert_eq!(count(json!({ "to": room.host.wall_clock() })).await, Some(0));
    let long = json!({ "filter": { "text": "x".repeat(201) }, "before": null, "limit": 1 });
    assert!(room.send("view_audit", long).await.is_err());
}

#[tokio::test]
async fn the_chain_is_whole_and_files_of_it_hold_every_entry_without_a_formula() {
    let (room, _) = with_changes().await;
    let verdict = room.send("verify_audit", json!({})).await.unwrap();
    let all = page(&room, json!({}), Value::Null, 1).await["found"]["all"].clone();
    assert_eq!((&verdict["entries"], &verdict["broken"]), (&all, &Value::Null));
    let made = room.send("export_audit", json!({ "filter": {}, "format": "csv" })).await.unwrap();
    assert_eq!((&made["rows"], &made["cut"]), (&all, &json!(false)));
    let csv = String::from_utf8(room.downloaded(made["name"].as_str().unwrap())).unwrap();
    assert!(csv.contains(r#""'=HYPERLINK"#) && !csv.contains("test-openai-key"), "{csv}");
    let made = room.send("export_audit", json!({ "filter": {}, "format": "json" })).await.unwrap();
    let json: Value = serde_json::from_slice(&room.downloaded(made["name"].as_str().unwrap())).unwrap();
    // The first file is an act, too.
    assert_eq!(json["entries"].as_array().unwrap().len() as u64, all.as_u64().unwrap() + 1);
    assert_eq!(json["entries"][0]["action"], "audit.export");
}
