//! Usage from files, as the window does it: looked at, decided about, imported once and as a whole; and what vendors
//! report beside what the log knows.

use std::fs;

use journeys::{Room, now};
use model::{ProviderType, Timestamp, time::DAY_MS};
use serde_json::{Value, json};

const HEADER: &str = "provider_config_id,user_id,task_type,input_tokens,output_tokens,total_tokens,estimated_cost_usd,status,latency_ms,created_at";

/// A room whose clock is right, with an OpenAI and a Claude configuration, numbers 1 and 2.
async fn room() -> Room {
    let room = Room::open().await;
    room.host.set_wall_clock(now());
    for (provider_type, model, key) in [
        (ProviderType::OpenAi, "gpt-4o-mini", "test-openai-key-0001"),
        (ProviderType::Claude, "claude-opus-5-5", "test-claude-key-0001"),
    ] {
        room.add(&room.form(provider_type, model), Some(key)).await;
    }
    room
}

/// Seconds since 1970, some hours ago.
fn ago(hours: i64) -> i64 {
    now().0 / 1_000 - hours * 3_600
}

fn logs(rows: usize) -> String {
    let row =
        |number: usize| format!("1,u-{number},extraction,1000,500,1500,0.00045,success,812,{}\n", ago(2));
    format!("{HEADER}\n{}", (0..rows).map(row).collect::<String>())
}

fn file(text: &str) -> Value {
    json!({ "text": text, "mapping": {} })
}

fn import(text: &str, leave_bad_rows: bool) -> Value {
    json!({ "text": text, "mapping": {}, "leave_bad_rows": leave_bad_rows })
}

async fn calls(room: &Room) -> Vec<Value> {
    let page = room.send("view_calls", json!({ "filter": {}, "after": null, "limit": 500 })).await.unwrap();
    page["calls"].as_array().unwrap().clone()
}

/// How many imports are in the log of actions; the room is left for that.
async fn imports(room: Room) -> usize {
    room.audited().await.iter().filter(|action| *action == "usage.import").count()
}

#[tokio::test]
async fn logs_are_previewed_imported_and_known_the_second_time() {
    let room = room().await;
    let text = logs(20);
    let preview = room.send("preview_import", file(&text)).await.unwrap();
    assert_eq!(
        (&preview["format"], &preview["rows"], &preview["new"]),
        (&json!("usage_logs"), &json!(20), &json!(20))
    );
    assert_eq!((&preview["cost"], &preview["bad"]), (&json!("9000000000"), &json!(0)));
    assert_eq!((&preview["sources"][0]["goes_to"], &preview["targets"][0]["number"]), (&json!(1), &json!(1)));
    assert_eq!(preview["sample"][0]["provider_type"], "openai");
    assert!(calls(&room).await.is_empty(), "looking writes nothing");
    let report = room.send("import_usage", import(&text, false)).await.unwrap();
    assert_eq!((&report["written"], &report["cost"]), (&json!(20), &json!("9000000000")));
    let logged = calls(&room).await;
    assert_eq!(
        (logged.len(), &logged[0]["cost"], &logged[0]["cost_is_estimate"]),
        (20, &json!("450000000"), &json!(true))
    );
    assert_eq!((&logged[0]["client"], &logged[0]["number"]), (&json!("import/usage_logs"), &json!(1)));
    let list = room.list().await;
    assert_eq!(list.iter().find(|one| one["provider_type"] == "openai").unwrap()["usage"]["calls_7d"], 20);

    let preview = room.send("preview_import", file(&text)).await.unwrap();
    assert_eq!((&preview["new"], &preview["known"]), (&json!(0), &json!(20)));
    let again = room.send("import_usage", import(&text, false)).await.unwrap();
    assert_eq!((&again["written"], &again["known"]), (&json!(0), &json!(20)));
    assert_eq!(calls(&room).await.len(), 20);
    let sound = room.send("verify_usage", json!({})).await.unwrap();
    assert_eq!(sound["first_difference"], Value::Null);
    assert_eq!(imports(room).await, 1);
}

#[tokio::test]
async fn one_bad_row_keeps_the_whole_file_out_until_the_person_leaves_it_out() {
    let room = room().await;
    let text = format!("{}1,u-9,extraction,many,500,1500,0.1,success,812,{}\n", logs(3), ago(1));
    let refused = room.send("import_usage", import(&text, false)).await.unwrap_err();
    assert_eq!(refused.message, "some rows cannot be imported");
    assert!(calls(&room).await.is_empty());
    let preview = room.send("preview_import", file(&text)).await.unwrap();
    let fault = &preview["faults"][0];
    assert_eq!(
        (&preview["bad"], &fault["line"], &fault["column"]),
        (&json!(1), &json!(5), &json!("input_tokens"))
    );
    let saved = room.send("save_import_faults", file(&text)).await.unwrap();
    let second = room.send("save_import_faults", file(&text)).await.unwrap();
    assert_ne!(saved["path"], second["path"], "nothing is overwritten");
    let written = fs::read_to_string(saved["path"].as_str().unwrap()).unwrap();
    assert!(written.contains("5,input_tokens,the number is not a whole one"), "{written}");
    assert!(!written.contains("many"), "{written}");
    let report = room.send("import_usage", import(&text, true)).await.unwrap();
    assert_eq!((&report["written"], &report["left_out"]), (&json!(3), &json!(1)));
    assert_eq!(imports(room).await, 1, "the refused one is none");
}

#[tokio::test]
async fn calls_go_where_the_person_says_and_are_counted_for_that_vendor() {
    let room = room().await;
    let row = |id: &str, vendor: &str, model: &str| {
        let row = json!({
            "request_id": id, "spend": 0.01, "prompt_tokens": 10, "completion_tokens": 5, "model": model,
            "custom_llm_provider": vendor, "startTime": ago(3), "endTime": ago(3) + 1,
        });
        format!("{row}\n")
    };
    let text = row("a", "anthropic", "anthropic/claude-opus-5-5")
        + &row("b", "mistral", "large")
        + &row("c", "mistral", "large");
    let preview = room.send("preview_import", file(&text)).await.unwrap();
    let sources = preview["sources"].as_array().unwrap();
    assert_eq!((&sources[0]["goes_to"], &sources[1]["goes_to"]), (&json!(2), &Value::Null));
    assert_eq!(sources[1]["provider_type"], "openai_compatible");
    let mapping = json!({ "configurations": { sources[1]["key"].as_str().unwrap(): 1 } });
    let request = json!({ "text": text, "mapping": mapping, "leave_bad_rows": false });
    room.send("import_usage", request).await.unwrap();
    let logged = calls(&room).await;
    let of = |number: i64| logged.iter().filter(|call| call["number"] == number).count();
    assert_eq!((of(1), of(2)), (2, 1));
    assert!(logged.iter().filter(|call| call["number"] == 1).all(|call| call["provider_type"] == "openai"));
    // Another decision does not make other calls of them.
    let again = room.send("import_usage", import(&text, false)).await.unwrap();
    assert_eq!((&again["written"], &again["known"]), (&json!(0), &json!(3)));
}

#[tokio::test]
async fn a_file_without_a_needed_column_waits_for_one() {
    let room = room().await;
    let text = format!("created_at,model,output_tokens,in\n{},m,5,7\n", ago(1));
    let preview = room.send("preview_import", file(&text)).await.unwrap();
    assert_eq!((&preview["missing"], &preview["new"]), (&json!(["input"]), &json!(0)));
    let refused = room.send("import_usage", import(&text, true)).await.unwrap_err();
    assert_eq!(refused.message, "a needed column is not chosen");
    let request =
        json!({ "text": text, "mapping": { "columns": { "input": "in" } }, "leave_bad_rows": false });
    assert_eq!(room.send("import_usage", request).await.unwrap()["written"], 1);
    assert_eq!(calls(&room).await[0]["input_tokens"], 7);
}

#[tokio::test]
async fn what_vendors_report_is_compared_with_the_log_and_never_counted_into_it() {
    let room = room().await;
    // The day before, so that it is over, and never the last of a month's.
    let day = Timestamp(now().0 - DAY_MS).start_of_utc_day().0 / 1_000;
    let logged = format!("{HEADER}\n1,u,extraction,1000,500,1500,0.5,success,812,{}\n", day + 60);
    room.send("import_usage", import(&logged, false)).await.unwrap();
    let costs = |amount: &str| {
        let bucket = json!({ "start_time": day, "end_time": day + 86_400, "results": [
            { "amount": { "value": 0, "currency": "usd" }, "line_item": "gpt-4o-mini, input", "project_id": "p" },
        ]});
        json!({ "object": "page", "data": [bucket] })
            .to_string()
            .replace("\"value\":0", &format!("\"value\":{amount}"))
    };
    let preview = room.send("preview_import", file(&costs("0.75"))).await.unwrap();
    assert_eq!((&preview["format"], &preview["new"]), (&json!("openai_costs"), &json!(1)));
    room.send("import_usage", import(&costs("0.75"), false)).await.unwrap();
    assert_eq!(calls(&room).await.len(), 1);
    let months = room.send("view_reported_usage", json!({})).await.unwrap();
    let month = &months["months"][0];
    assert_eq!(
        (&month["reported"]["cost"], &month["logged"]["cost"]),
        (&json!("750000000000"), &json!("500000000000"))
    );
    assert_eq!((&month["reported"]["requests"], &month["logged"]["requests"]), (&Value::Null, &json!(1)));
    // A later export of the same day says more.
    let later = room.send("import_usage", import(&costs("0.8"), false)).await.unwrap();
    assert_eq!((&later["replaced"], &later["written"]), (&json!(1), &json!(0)));
    let months = room.send("view_reported_usage", json!({})).await.unwrap();
    assert_eq!(months["months"][0]["reported"]["cost"], "800000000000");
}

#[tokio::test]
async fn garbage_is_refused_with_what_to_do_and_never_quoted() {
    let room = room().await;
    let texts =
        ["", "sk-secret", "{\"sk-secret\": 1}", "[1", "name,phone\nsk-secret,2\n", &" ".repeat(40_000_000)];
    for text in texts {
        for (command, request) in [
            ("preview_import", file(text)),
            ("import_usage", import(text, true)),
            ("save_import_faults", file(text)),
        ] {
            let refused = room.send(command, request).await.unwrap_err();
            assert!(refused.advice.as_ref().is_some_and(|advice| advice.ends_with('.')), "{refused:?}");
            assert!(!format!("{refused:?}").contains("sk-secret"), "{refused:?}");
        }
    }
    assert_eq!(imports(room).await, 0);
}
