//! Cheaper models and splits as the window asks for them: suggested from the sample's ninety days, tried by one button, and
//! judged by what both have done since.

use std::sync::Arc;

use desk::{Folders, sample::Sample};
use journeys::{PASSWORD, Room, now};
use model::{PicoUsd, ProviderType, Secret, Timestamp};
use serde_json::{Value, json};
use store::{CallRow, Store, UsageStatus};
use vault::{OpenVault, VaultFolder};

fn pico(value: &Value) -> i128 {
    value.as_str().unwrap().parse().unwrap()
}

/// So many calls of a configuration for a task, one a minute from an instant on; one of so many fails.
fn calls(provider: &Value, from: Timestamp, count: i64, failing: i64, cost: i128) -> Vec<CallRow> {
    let row = |number: i64| CallRow {
        request_id: format!("{}-{number}", provider["number"]),
        attempt: 1,
        provider_config_id: provider["number"].as_i64().unwrap(),
        provider_type: provider["provider_type"].as_str().unwrap().parse().unwrap(),
        user_id: "u".into(),
        client: "".into(),
        task_type: "extraction".into(),
        model_requested: Arc::from(provider["model_name"].as_str().unwrap()),
        model_returned: None,
        usage: Some(model::TokenUsage { input: 1_000, output: 500, ..model::TokenUsage::default() }),
        cost: Some(PicoUsd(cost + cost / 10 * i128::from(number % 5))),
        priced: None,
        cost_is_estimate: false,
        status: if number % failing == 0 { UsageStatus::Error } else { UsageStatus::Success },
        error_class: None,
        http_status: None,
        latency_ms: 1_000 + number.unsigned_abs() % 100,
        first_token_ms: None,
        vendor_request_id: None,
        rule: None,
        fallback_from: None,
        created_at: Timestamp(from.0 + number * 60_000),
    };
    (1..=count).map(row).collect()
}

/// Writes calls into the log of a vault that is locked meanwhile.
async fn log(room: &Room, rows: &[CallRow]) {
    room.send("lock_vault", json!({})).await.unwrap();
    let folder = VaultFolder::new(Folders::under(room.data()).vault);
    let open = OpenVault::unlock(&folder, &Secret::new(PASSWORD)).ok().unwrap();
    let key = open.database_key();
    let store = Store::open(&open.database(), key.expose_hex(), open.vault_id(), open.audit_key().expose())
        .await
        .unwrap();
    store.log_calls(rows).await.unwrap();
    store.close().await;
    // The file is not the one that the desk closed, and it says so.
    let request = json!({ "password": PASSWORD, "accept_older": true });
    room.send("unlock_vault", request).await.unwrap();
}

async fn insights(room: &Room) -> Value {
    room.send("view_insights", json!({})).await.unwrap()
}

#[tokio::test]
async fn a_cheaper_model_is_suggested_with_its_exact_saving_and_what_speaks_against_it() {
    let (room, [_, claude, gemini]) = Room::with_chain().await;
    room.route(|route| route["chain"] = json!([{ "provider": claude["id"] }])).await.unwrap();
    // 200 calls of the day before yesterday: 200,000 tokens of input and 100,000 of output.
    let rows = calls(&claude, now().plus_days(-2), 200, 1_000, PicoUsd::ONE_USD / 10);
    log(&room, &rows).await;
    let paid: i128 = rows.iter().map(|row| row.cost.unwrap().0).sum();
    let view = insights(&room).await;
    let suggestion = &view["cheaper"][0];
    assert_eq!((&suggestion["task"], &suggestion["model"]), (&json!("extraction"), &claude["model_name"]));
    assert_eq!((pico(&suggestion["cost"]), &suggestion["calls"]), (paid, &json!(200)));
    let cheaper = suggestion["cheaper"].as_array().unwrap();
    let ready = cheaper.iter().find(|one| one["trial"]["split"]["provider"] == gemini["id"]);
    let ready = ready.unwrap_or_else(|| panic!("{cheaper:?}"));
    // gemini-3.6-flash: 0.75 and 3.75 dollars for a million tokens. gpt-4o-mini would cost less and ends too soon.
    assert_eq!(pico(&ready["cost"]), 200_000 * 750_000 + 100_000 * 3_750_000);
    let risks = ready["risks"].as_array().unwrap();
    assert!(risks.contains(&json!({ "no_own_calls": { "calls": 0 } })), "{risks:?}");
    assert!(risks.contains(&json!("other_vendor")), "{risks:?}");
    assert!(cheaper.len() <= 3);
}

#[tokio::test]
async fn a_split_is_judged_from_when_its_shares_were_saved() {
    let (room, [openai, claude, gemini]) = Room::with_chain().await;
    let before = calls(&openai, now().plus_days(-10), 50, 2, 1);
    log(&room, &before).await;
    room.host.set_wall_clock(now().plus_days(-5));
    let chain = json!([
        { "provider": claude["id"], "weight": 90 },
        { "provider": openai["id"], "weight": 10 },
        { "provider": gemini["id"], "weight": 0 },
    ]);
    room.route(|route| {
        route["mode"] = json!("split");
        route["chain"] = chain;
    })
    .await
    .unwrap();
    room.host.set_wall_clock(now());
    let view = insights(&room).await;
    let split = &view["compared"][0];
    assert_eq!((&split["task"], &split["present"]["share"]), (&json!("extraction"), &json!(90)));
    assert_eq!(split["others"].as_array().unwrap().len(), 1, "a fallback without a share is none of it");
    assert!(split["others"][0]["judgement"]["too_few"]["needed"].as_u64().unwrap() >= 100, "{split}");
    assert_eq!(split["others"][0]["arm"]["calls"], 0, "calls of before the split are not of it");
    let since = Timestamp(split["since"].as_i64().unwrap());
    let mut rows = calls(&claude, since, 3_000, 50, PicoUsd::ONE_USD / 100);
    rows.extend(calls(&openai, since, 1_500, 60, PicoUsd::ONE_USD / 1_000));
    log(&room, &rows).await;
    let view = insights(&room).await;
    let other = &view["compared"][0]["others"][0];
    assert_eq!(other["judgement"], "cheaper_not_worse", "{other}");
    let success = &other["success"];
    let end = |name: &str| success[name].as_i64().unwrap();
    assert!(end("low") < end("seen") && end("seen") < end("high") && end("low") > -200, "{success}");
    assert!(pico(&other["cost"]["high"]) < 0, "{other}");
    assert!((1_000..=1_100).contains(&other["arm"]["p50_ms"].as_u64().unwrap()), "{other}");
    assert_eq!(view["cheaper"], json!([]), "what is being compared is not suggested");
}

#[tokio::test]
async fn the_samples_ninety_days_have_suggestions_that_can_be_tried() {
    let data = tempfile::tempdir().unwrap();
    let simulator = simulator::Simulator::start().await.unwrap();
    let base_urls = ProviderType::ALL.map(|kind| (kind, simulator.base_url(kind))).into();
    let password = Sample { base_urls, bulk: None }.fill(Folders::under(data.path())).await.unwrap();
    let host = journeys::FakeHost::new();
    host.set_wall_clock(now());
    let desk = desk::Desk::open(host, Folders::under(data.path()), journeys::options()).unwrap();
    let send = async |command: &str, request: Value| {
        let reply = desk.dispatch(command, request.to_string().as_bytes()).await.ok().unwrap();
        serde_json::from_str::<Value>(&reply).unwrap()
    };
    send("unlock_vault", json!({ "password": password })).await;
    let view = send("view_insights", json!({})).await;
    let suggestions = view["cheaper"].as_array().unwrap();
    assert!(!suggestions.is_empty());
    for suggestion in suggestions {
        let cheaper = suggestion["cheaper"].as_array().unwrap();
        assert!((1..=3).contains(&cheaper.len()), "{suggestion}");
        for one in cheaper {
            let saved = pico(&suggestion["cost"]) - pico(&one["cost"]);
            assert!(saved >= PicoUsd::ONE_USD && one["model"] != suggestion["model"], "{suggestion}");
        }
    }
    desk.lock(model::vault::LockReason::Asked).await;
}
