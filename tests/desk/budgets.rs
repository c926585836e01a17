//! Budgets as the window asks for them, and what they tell by themselves: live, on the desktop, and each level once.

use std::time::Duration;

use desk::{Desk, Folders, sample::Sample};
use journeys::{FakeHost, Room, now, options};
use model::{
    FailureCode, Field, ProviderType, Timestamp,
    time::DAY_MS,
    vault::{DeskEvent, Teller},
};
use serde_json::{Value, json};
use simulator::Simulator;

fn draft(scope: &Value, period: &str, amount: i128) -> Value {
    json!({ "existing": null, "draft": { "scope": scope, "period": period, "amount": amount.to_string() } })
}

fn pico(value: &Value) -> i128 {
    value.as_str().unwrap().parse().unwrap()
}

/// Waits until so much is unread, and says what is new.
async fn unread(room: &Room, count: u64) -> Option<String> {
    let is = |event: &DeskEvent| matches!(event, DeskEvent::Told { by: Teller::Budgets, unread, .. } if *unread == count);
    room.told(is).await;
    let events = room.host.events();
    match events.into_iter().rev().find(is) {
        Some(DeskEvent::Told { by: Teller::Budgets, news, .. }) => news.map(|notice| notice.title),
        _ => None,
    }
}

#[tokio::test]
async fn what_is_spent_tells_its_highest_level_once_live_and_on_the_desktop() {
    let (room, _) = Room::with_chain().await;
    room.ask(1, json!({ "task": "extraction" })).await.unwrap();
    room.reopen().await;
    let calls = room.send("view_calls", json!({ "filter": {}, "after": null, "limit": 9 })).await.unwrap();
    let cost = pico(&calls["calls"][0]["cost"]);
    // One such call is 85 % of it.
    let saved =
        room.send("save_budget", draft(&json!({ "task": "extraction" }), "month", cost * 100 / 85)).await;
    let budget = saved.unwrap()["budgets"][0].clone();
    assert_eq!((pico(&budget["spent"]), &budget["level"]), (cost, &json!("most_of_it")));
    assert_eq!(budget["forecast"], json!({ "too_early": { "days": 0, "needed": 14 } }));
    let title = unread(&room, 1).await;
    assert_eq!(title.as_deref(), Some("Task extraction: 80% of the month's budget is spent"));
    room.host.pass(Duration::from_secs(60));
    room.ask(2, json!({ "task": "extraction" })).await.unwrap();
    let title = unread(&room, 2).await;
    assert_eq!(title.as_deref(), Some("Task extraction: the month's budget is spent"));
    let titles: Vec<String> = room.host.notices().into_iter().map(|notice| notice.title).collect();
    assert_eq!(titles.len(), 2, "the levels in between are not shown: {titles:?}");
    // After a restart the page learns what is unread, and nothing is told again.
    let before = room.host.events().len();
    room.reopen().await;
    let told_again = async {
        let again =
            |event: &DeskEvent| *event == DeskEvent::Told { by: Teller::Budgets, unread: 2, news: None };
        while !room.host.events()[before..].iter().any(again) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), told_again).await.expect("the page does not learn it");
    assert_eq!(room.host.notices().len(), 2);
    let alerts = room.send("acknowledge_alerts", json!({ "ids": [] })).await.unwrap();
    let levels: Vec<&str> =
        alerts.as_array().unwrap().iter().map(|alert| alert["level"].as_str().unwrap()).collect();
    assert_eq!(levels, ["all", "nearly_all", "most_of_it", "half"]);
    assert!(alerts.as_array().unwrap().iter().all(|alert| alert["seen"] == true));
    let last = room.host.events().pop();
    assert_eq!(last, Some(DeskEvent::Told { by: Teller::Budgets, unread: 0, news: None }));
    let acts = room.audited().await;
    for act in ["budget.create", "budget.acknowledge"] {
        assert!(acts.iter().any(|one| one == act), "{act} is not among {acts:?}");
    }
}

/// Noon of 12 November 2026: the month has days behind and days to come, whenever this runs.
const TWELFTH: i64 = 1_794_484_800_000;

#[tokio::test]
async fn a_month_that_will_not_last_is_told_before_it_is_spent_in_the_page_and_on_the_desktop() {
    let (room, [openai, ..]) = Room::with_chain().await;
    room.host.set_wall_clock(Timestamp(TWELFTH));
    let number = &openai["number"];
    // A dollar each day since 1 October: ten and two are behind, eighteen to come.
    let rows: String = (0..43)
        .map(|day| {
            let ended = (TWELFTH - 60_000 - day * DAY_MS) / 1_000;
            format!("{number},u-1,extraction,1000,500,1500,1,success,812,{ended}\n")
        })
        .collect();
    let text = format!(
        "provider_config_id,user_id,task_type,input_tokens,output_tokens,total_tokens,estimated_cost_usd,status,latency_ms,created_at\n{rows}"
    );
    let import = json!({ "text": text, "mapping": {}, "leave_bad_rows": false });
    assert_eq!(room.send("import_usage", import).await.unwrap()["written"], 43);
    let dollar = 1_000_000_000_000_i128;
    let saved = room.send("save_budget", draft(&json!("whole"), "month", 25 * dollar)).await.unwrap();
    let budget = &saved["budgets"][0];
    assert_eq!((pico(&budget["spent"]), &budget["level"]), (12 * dollar, &json!("forecast")), "{budget}");
    assert!(pico(&budget["forecast"]["range"]["low"]) > 25 * dollar, "{budget}");
    let title = unread(&room, 1).await;
    assert_eq!(title.as_deref(), Some("All usage: the month's budget will probably not last"));
    let notices = room.host.notices();
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert_eq!(Some(notices[0].title.as_str()), title.as_deref());
    assert!(notices[0].text.starts_with("$12.00 of $25.00 spent, forecast $"), "{}", notices[0].text);
    let alerts = room.send("list_budgets", json!({})).await.unwrap()["alerts"].clone();
    assert_eq!(alerts[0]["level"], "forecast");
}

#[tokio::test]
async fn usage_from_a_file_that_goes_over_a_budget_is_told_at_once() {
    let (room, [openai, ..]) = Room::with_chain().await;
    room.host.set_wall_clock(Timestamp(TWELFTH));
    let dollar = 1_000_000_000_000_i128;
    room.send("save_budget", draft(&json!("whole"), "day", dollar)).await.unwrap();
    let (number, ended) = (&openai["number"], (TWELFTH - 60_000) / 1_000);
    let text = format!(
        "provider_config_id,user_id,task_type,input_tokens,output_tokens,total_tokens,estimated_cost_usd,status,latency_ms,created_at\n{number},u-1,extraction,1000,500,1500,2,success,812,{ended}\n"
    );
    let import = json!({ "text": text, "mapping": {}, "leave_bad_rows": false });
    assert_eq!(room.send("import_usage", import).await.unwrap()["written"], 1);
    let title = unread(&room, 1).await;
    assert_eq!(title.as_deref(), Some("All usage: the day's budget is spent"));
}

#[tokio::test]
async fn a_budget_is_made_changed_and_deleted_and_every_refusal_names_its_field() {
    let (room, [openai, ..]) = Room::with_chain().await;
    let number = openai["number"].as_i64().unwrap();
    let list = room.send("save_budget", draft(&json!({ "config": number }), "day", 5_000)).await.unwrap();
    let budget = &list["budgets"][0];
    assert_eq!((&budget["name"], &budget["forecast"]), (&openai["display_name"], &json!("of_no_day")));
    assert_eq!((&budget["first_day"], &list["zone"]), (&budget["last_day"], &json!("UTC")));
    let refused = async |request: Value| {
        let failure = room.send("save_budget", request).await.unwrap_err();
        assert_eq!(failure.code, FailureCode::Invalid);
        failure.fields[0].field
    };
    assert_eq!(refused(draft(&json!({ "config": number }), "day", 7)).await, Field::BudgetScope);
    assert_eq!(refused(draft(&json!({ "config": 9_999 }), "day", 7)).await, Field::BudgetScope);
    assert_eq!(refused(draft(&json!({ "user": "" }), "day", 7)).await, Field::BudgetScope);
    assert_eq!(refused(draft(&json!("whole"), "day", 0)).await, Field::BudgetAmount);
    let existing = json!({ "id": budget["id"], "revision": budget["revision"] });
    let mut change = draft(&json!({ "config": number }), "month", 6_000);
    change["existing"] = existing.clone();
    let list = room.send("save_budget", change.clone()).await.unwrap();
    assert_eq!(
        (&list["budgets"][0]["revision"], &list["budgets"][0]["draft"]["period"]),
        (&json!(2), &json!("month"))
    );
    let conflict = room.send("save_budget", change).await.unwrap_err();
    assert_eq!(conflict.code, FailureCode::Conflict);
    let existing = json!({ "existing": { "id": budget["id"], "revision": 2 } });
    let list = room.send("delete_budget", existing.clone()).await.unwrap();
    assert_eq!(list["budgets"], json!([]));
    assert_eq!(room.send("delete_budget", existing).await.unwrap_err().code, FailureCode::Gone);
}

#[tokio::test]
async fn ninety_days_give_a_forecast_and_what_is_spent_is_what_the_statistics_say() {
    let (data, simulator) = (tempfile::tempdir().unwrap(), Simulator::start().await.unwrap());
    let base_urls = ProviderType::ALL.map(|kind| (kind, simulator.base_url(kind))).into();
    let password = Sample { base_urls, bulk: None }.fill(Folders::under(data.path())).await.unwrap();
    let host = FakeHost::new();
    host.set_wall_clock(now());
    let desk = Desk::open(host.clone(), Folders::under(data.path()), options()).unwrap();
    let send = async |command: &str, request: Value| {
        let reply = desk.dispatch(command, request.to_string().as_bytes()).await.ok().unwrap();
        serde_json::from_str::<Value>(&reply).unwrap()
    };
    send("unlock_vault", json!({ "password": password })).await;
    let cent = 10_000_000_000;
    for scope in [json!("whole"), json!({ "user": "u-1042" }), json!({ "task": "cv_draft" })] {
        let list = send("save_budget", draft(&scope, "month", cent)).await;
        let budgets = list["budgets"].as_array().unwrap();
        let budget = budgets.iter().find(|budget| budget["draft"]["scope"] == scope).unwrap();
        let mut filter = json!({});
        if let Some(user) = scope.get("user") {
            filter["users"] = json!([user]);
        }
        if let Some(task) = scope.get("task") {
            filter["tasks"] = json!([task]);
        }
        let query = json!({
            "first_day": budget["first_day"], "last_day": budget["last_day"], "zone": "UTC", "filter": filter,
        });
        let view = send("view_usage", json!({ "query": query })).await;
        // On the first of a month there may be nothing yet.
        let cost = if view["now"]["cost"].is_null() { 0 } else { pico(&view["now"]["cost"]) };
        assert_eq!(pico(&budget["spent"]), cost, "{scope}");
        let by_day: i128 = budget["by_day"].as_array().unwrap().iter().map(pico).sum();
        assert_eq!(by_day, cost, "{scope}");
        let range = &budget["forecast"]["range"];
        let (low, expected, high) = (pico(&range["low"]), pico(&range["expected"]), pico(&range["high"]));
        assert!(cost <= low && low <= expected && expected <= high, "{scope}: {budget}");
    }
    desk.lock(model::vault::LockReason::Asked).await;
}

#[tokio::test]
async fn a_page_that_shows_budgets_keeps_no_vault_awake() {
    let room = Room::open().await;
    room.host.pass(Duration::from_secs(4 * 60));
    room.send("list_budgets", json!({})).await.unwrap();
    room.host.pass(Duration::from_secs(61));
    assert!(room.desk.lock_if_idle().await);
    assert_eq!(room.send("list_budgets", json!({})).await.unwrap_err().code, FailureCode::Locked);
}
