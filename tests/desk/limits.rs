//! Limits beside those of each configuration, as the settings have them: whose days, and what users may use.

use journeys::{Room, existing};
use model::{FailureCode, Field, time::DAY_MS};
use serde_json::{Value, json};
use simulator::Usage;

/// A moment at which it is another day in Auckland than in UTC: 2026-11-24T12:30:00Z.
const HALF_PAST_NOON: i64 = 1_795_523_400_000;

async fn view(room: &Room) -> Value {
    room.send("view_limits", json!({})).await.unwrap()
}

async fn set_zone(room: &Room, zone: Value) -> Result<Value, model::Failure> {
    room.send("set_limit_zone", json!({ "zone": zone })).await
}

/// Gives the first of the chain a daily limit of tokens.
async fn limited(room: &Room, provider: &Value, tokens: u64) {
    let list = room.list().await;
    let now = list.iter().find(|one| one["id"] == provider["id"]).unwrap();
    let mut form = room.form(model::ProviderType::OpenAi, "gpt-4o-mini");
    form["display_name"] = provider["display_name"].clone();
    form["tasks"] = json!(["extraction"]);
    form["daily_token_limit"] = json!(tokens);
    form["calls"] = json!({ "retries": 0 });
    let save = json!({
        "existing": existing(now), "draft": form, "api_key": null, "remove_key": false, "save_anyway": false, "run": 1,
    });
    assert!(room.send("save_provider", save).await.unwrap()["saved"].is_object());
}

/// Asks this one alone, and says how the limit that refused it stood.
async fn refusal(room: &Room, provider: &Value) -> model::Failure {
    room.ask(1, json!({ "provider": provider["id"] })).await.unwrap_err()
}

#[tokio::test]
async fn limits_are_counted_by_utc_days_until_a_zone_is_chosen() {
    let room = Room::open().await;
    room.host.set_wall_clock(model::Timestamp(HALF_PAST_NOON));
    let limits = view(&room).await;
    assert_eq!((&limits["zone"], &limits["quotas"]), (&Value::Null, &json!([])));
    assert_eq!(limits["day_ends"], json!(HALF_PAST_NOON + 41_400_000), "midnight in UTC");
    let limits = set_zone(&room, json!("Pacific/Auckland")).await.unwrap();
    assert_eq!(limits["zone"], "Pacific/Auckland");
    assert_eq!(limits["day_ends"], json!(HALF_PAST_NOON + 81_000_000), "midnight there, 13 hours ahead");
    let refused = set_zone(&room, json!("Mars/Olympus")).await.unwrap_err();
    assert!(refused.advice.unwrap().starts_with("Choose one from the list"));
    assert_eq!(view(&room).await["zone"], "Pacific/Auckland");
    room.reopen().await;
    assert_eq!(view(&room).await["zone"], "Pacific/Auckland");
    assert_eq!(set_zone(&room, json!("UTC")).await.unwrap()["zone"], Value::Null);
}

#[tokio::test]
async fn a_refusal_names_the_midnight_of_the_zone_and_what_was_used_today_stays_counted() {
    let (room, [openai, ..]) = Room::with_chain().await;
    limited(&room, &openai, 17_000).await;
    room.simulator.set_usage("openai", Some(Usage { input: 100, output: 16_400, ..Usage::default() }));
    room.ask(1, json!({ "provider": openai["id"] })).await.unwrap();
    // None of them changes its clocks: their midnights are always at this hour of UTC.
    for (zone, hour) in
        [(json!(null), 0), (json!("Pacific/Kiritimati"), 10), (json!("Pacific/Pago_Pago"), 11)]
    {
        let limits = set_zone(&room, zone.clone()).await.unwrap();
        let refused = refusal(&room, &openai).await;
        let said = refused.message;
        assert!(said.contains("daily_tokens") && said.contains(": 500 tokens of"), "{zone}: {said}");
        assert!(said.contains(&format!("T{hour:02}:00:00Z")), "{zone}: {said}");
        assert_eq!(limits["day_ends"].as_i64().unwrap() % DAY_MS, hour * 3_600_000, "{zone}");
    }
}

#[tokio::test]
async fn a_limit_that_an_answer_nearly_uses_up_is_told_with_it() {
    let (room, [openai, ..]) = Room::with_chain().await;
    limited(&room, &openai, 5_000).await;
    room.simulator.set_usage("openai", Some(Usage { input: 100, output: 4_000, ..Usage::default() }));
    let end = room.ask(1, json!({ "provider": openai["id"] })).await.unwrap();
    let warnings = end["answered"]["warnings"].as_array().unwrap();
    let told = |name: &str| warnings[0][name].clone();
    assert_eq!((warnings.len(), told("kind")), (1, json!("daily_tokens")));
    assert_eq!((told("used"), told("cap")), (json!(4_100), json!(5_000)));
}

fn quota(user: &str, daily: Value, requests: Value) -> Value {
    json!({ "user": user, "daily_tokens": daily, "monthly_tokens": null, "requests_per_minute": requests })
}

async fn set_quota(room: &Room, quota: &Value, seen: Value) -> Result<Value, model::Failure> {
    room.send("set_quota", json!({ "quota": quota, "seen": seen })).await
}

#[tokio::test]
async fn a_quota_is_set_changed_and_taken_away_and_holds_for_the_next_call() {
    let (room, [openai, ..]) = Room::with_chain().await;
    let ask = async || room.ask(1, json!({ "provider": openai["id"] })).await;
    ask().await.unwrap();
    let limits = set_quota(&room, &quota("*", json!(1), Value::Null), Value::Null).await.unwrap();
    assert_eq!(limits["quotas"][0]["quota"], quota("*", json!(1), Value::Null));
    let refused = ask().await.unwrap_err();
    assert!(refused.message.contains("limit"), "{refused:?}");
    let seen = limits["quotas"][0]["revision"].clone();
    let twice = set_quota(&room, &quota("*", json!(2), Value::Null), Value::Null).await.unwrap_err();
    assert_eq!(twice.fields[0].field, Field::QuotaUser);
    let limits = set_quota(&room, &quota("*", json!(10_000_000), Value::Null), seen.clone()).await.unwrap();
    ask().await.unwrap();
    let late = set_quota(&room, &quota("*", json!(3), Value::Null), seen).await.unwrap_err();
    assert_eq!(
        (late.code, late.message.as_str()),
        (FailureCode::Conflict, "this quota was changed in the meantime")
    );
    let seen = limits["quotas"][0]["revision"].clone();
    let gone = json!({ "user": "*", "seen": seen });
    assert_eq!(room.send("delete_quota", gone.clone()).await.unwrap()["quotas"], json!([]));
    assert_eq!(room.send("delete_quota", gone).await.unwrap()["quotas"], json!([]), "gone is gone");
    let acts = room.audited().await;
    for act in ["quota.set", "quota.delete"] {
        assert!(acts.iter().any(|one| one == act), "{acts:?}");
    }
}

#[tokio::test]
async fn a_quota_that_nobody_could_mean_is_refused_under_its_field() {
    let room = Room::open().await;
    for (bad, field) in [
        (quota("", json!(1), Value::Null), Field::QuotaUser),
        (quota("a\u{202e}b", json!(1), Value::Null), Field::QuotaUser),
        (quota("ann", json!(0), Value::Null), Field::DailyTokenLimit),
        (quota("ann", Value::Null, Value::Null), Field::DailyTokenLimit),
        (quota("ann", Value::Null, json!(4_000_000_000_u32)), Field::RequestsPerMinute),
    ] {
        let refused = set_quota(&room, &bad, Value::Null).await.unwrap_err();
        assert_eq!((refused.code, refused.fields[0].field), (FailureCode::Invalid, field), "{bad}");
    }
}
