//! Usage as the window asks for it: what the gateway logged is in the sums, the log and the specification's statistics.

use std::time::Duration;

use desk::{Desk, Folders, sample::Sample};
use journeys::{FakeHost, Room, now, options};
use model::{ProviderType, Timestamp, vault::DeskEvent};
use serde_json::{Value, json};
use simulator::Simulator;
use tokio::time::timeout;

fn today() -> Value {
    // Days of UTC, around the moment: a test that runs at midnight sees its calls all the same.
    let day = |at: Timestamp| {
        let days = at.0.div_euclid(86_400_000);
        // Civil from days (Howard Hinnant), for years after 2000.
        let z = days + 719_468;
        let era = z / 146_097;
        let doe = z % 146_097;
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let (d, m) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
        format!("{:04}-{m:02}-{d:02}", yoe + era * 400 + i64::from(m <= 2))
    };
    json!({
        "first_day": day(now().plus_days(-1)), "last_day": day(now().plus_days(1)), "zone": "UTC", "grouping": "task",
    })
}

#[tokio::test]
async fn calls_are_in_the_sums_the_log_and_the_statistics() {
    let (room, [openai, _, _]) = Room::with_chain().await;
    for run in 0..3 {
        assert!(room.ask(run, json!({ "task": "extraction" })).await.unwrap()["answered"].is_object());
    }
    room.reopen().await;
    room.host.set_wall_clock(now());
    let view = room.send("view_usage", json!({ "query": today() })).await.unwrap();
    assert_eq!((&view["now"]["calls"], &view["now"]["succeeded"]), (&json!(3), &json!(3)), "{view}");
    assert_eq!(view["groups"][0]["key"], "extraction");
    assert_eq!(view["providers"][0]["display_name"], openai["display_name"]);
    let page = json!({ "filter": {}, "after": null, "limit": 2 });
    let page = room.send("view_calls", page).await.unwrap();
    assert_eq!(page["calls"].as_array().unwrap().len(), 2);
    let rest =
        json!({ "filter": { "usage": { "tasks": ["extraction"] } }, "after": page["next"], "limit": 2 });
    let rest = room.send("view_calls", rest).await.unwrap();
    assert_eq!((rest["calls"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
    let costs = page["calls"].as_array().unwrap().iter().chain(rest["calls"].as_array().unwrap());
    let cost: i128 = costs.map(|call| call["cost"].as_str().unwrap().parse::<i128>().unwrap()).sum();
    assert_eq!(view["now"]["cost"], cost.to_string());
    let lines = room.send("view_statistics", json!({ "days": 30 })).await.unwrap();
    assert_eq!((&lines[0]["provider_type"], &lines[0]["total_calls"]), (&json!("openai"), &json!(3)));
    assert_eq!((&lines[0]["last_7_days_calls"], &lines[0]["success_rate"]), (&json!(3), &json!(100.0)));
}

#[tokio::test]
async fn sums_are_verified_and_made_anew_and_retention_has_its_bounds() {
    let (room, _) = Room::with_chain().await;
    room.ask(1, json!({ "task": "extraction" })).await.unwrap();
    room.reopen().await;
    let verified = room.send("verify_usage", json!({})).await.unwrap();
    assert_eq!((&verified["rows"], &verified["first_difference"]), (&json!(1), &Value::Null));
    room.send("set_usage_zone", json!({ "zone": "Europe/Berlin" })).await.unwrap();
    assert!(room.send("set_usage_zone", json!({ "zone": "Nowhere" })).await.is_err());
    assert_eq!(room.send("rebuild_usage", json!({})).await.unwrap()["rows"], 1);
    let set = async |days: Value| room.send("set_retention", json!({ "retention": { "days": days } })).await;
    assert!(set(json!(31)).await.is_err());
    set(json!(32)).await.unwrap();
    assert_eq!(room.send("view_retention", json!({})).await.unwrap()["days"], 32);
}

#[tokio::test]
async fn calls_older_than_they_are_kept_leave_the_log_and_stay_in_the_sums() {
    let (room, [openai, ..]) = Room::with_chain().await;
    room.host.set_wall_clock(now());
    let number = &openai["number"];
    let row = |days: i64| {
        let ended = now().plus_days(-days).0 / 1_000;
        format!("{number},u-1,extraction,1000,500,1500,1,success,812,{ended}\n")
    };
    let text = format!(
        "provider_config_id,user_id,task_type,input_tokens,output_tokens,total_tokens,estimated_cost_usd,status,latency_ms,created_at\n{}{}",
        row(60),
        row(20)
    );
    let import = json!({ "text": text, "mapping": {}, "leave_bad_rows": false });
    assert_eq!(room.send("import_usage", import).await.unwrap()["written"], 2);
    let retention = json!({ "retention": { "days": 32 } });
    room.send("set_retention", retention).await.unwrap();
    let page = json!({ "filter": {}, "after": null, "limit": 10 });
    let page = room.send("view_calls", page).await.unwrap();
    assert_eq!(page["calls"].as_array().unwrap().len(), 1);
    let lines = room.send("view_statistics", json!({ "days": 90 })).await.unwrap();
    assert_eq!((&lines[0]["total_calls"], &lines[0]["last_30_days_calls"]), (&json!(2), &json!(1)));
    let verified = room.send("verify_usage", json!({})).await.unwrap();
    assert_eq!(verified["first_difference"], Value::Null);
}

#[tokio::test]
async fn a_question_that_makes_no_sense_is_refused_with_advice() {
    let room = Room::open().await;
    let ask = async |change: fn(&mut Value)| {
        let mut query = today();
        change(&mut query);
        room.send("view_usage", json!({ "query": query })).await.unwrap_err().message
    };
    assert_eq!(ask(|query| query["zone"] = json!("Nowhere")).await, "there is no such time zone");
    assert_eq!(ask(|query| query["first_day"] = json!("2026-02-30")).await, "these are no days in order");
    assert_eq!(ask(|query| query["last_day"] = json!("2020-01-01")).await, "these are no days in order");
    let hours = ask(|query| {
        query["first_day"] = json!("2020-01-01");
        query["bucket"] = json!("hour");
    });
    assert_eq!(hours.await, "so long a time has too many pieces");
    assert!(room.send("view_statistics", json!({ "days": 0 })).await.is_err());
}

/// Most of a vault with calls is their log, but which of its pages are the log's is not to be seen from outside: pages are
/// damaged from the middle on, until one is met that unlocking does not look at.
#[tokio::test]
async fn damage_of_the_log_does_not_keep_the_vault_shut_and_is_told_when_it_is_met() {
    const PAGE: usize = 4096;
    let (data, simulator) = (tempfile::tempdir().unwrap(), Simulator::start().await.unwrap());
    let base_urls = ProviderType::ALL.map(|kind| (kind, simulator.base_url(kind))).into();
    let sample = Sample { base_urls, bulk: None };
    let password = sample.fill(Folders::under(data.path())).await.unwrap();
    let file = data.path().join("vault/vault.1.db");
    let whole = std::fs::read(&file).unwrap();
    let (host, pages) = (FakeHost::new(), whole.len() / PAGE);
    // From all over the file: which of its tables lies where is nobody's promise.
    for page in (1..20).map(|part| pages * part / 20) {
        let mut bytes = whole.clone();
        bytes[page * PAGE + 1_000] ^= 1;
        std::fs::write(&file, &bytes).unwrap();
        let desk = Desk::open(host.clone(), Folders::under(data.path()), options()).unwrap();
        // It is not the file that was closed: that is said first, and here a person opens it all the same.
        let request = json!({ "password": password, "accept_older": true }).to_string();
        if desk.dispatch("unlock_vault", request.as_bytes()).await.is_ok() {
            let told = || host.events().iter().any(|event| matches!(event, DeskEvent::Trouble { .. }));
            let met = timeout(Duration::from_secs(5), async {
                while !told() {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            });
            if met.await.is_ok() {
                return;
            }
        }
        drop(desk);
        std::fs::write(&file, &whole).unwrap();
    }
    panic!("of 19 damaged pages none was told");
}
