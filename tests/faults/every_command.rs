//! The commands that no scenario of the keys' own life sends: each is answered or refused once, with planted secrets in the
//! vault, and where a secret may be typed by mistake, with one in the request.

use journeys::PASSWORD;
use serde_json::{Value, json};
use totp_rs::{Algorithm, Builder, Secret};

use crate::{Ears, KEY, NAME};

const NIL: &str = "00000000-0000-0000-0000-000000000000";

/// Sends them all. Returns the second factor's secrets, of which no other answer and no file may tell.
pub async fn the_rest(ears: &Ears) -> Vec<String> {
    for (command, request) in shown(ears).await {
        assert!(ears.send(command, request).await.is_some(), "{:?}", ears.heard.lock().unwrap().last());
    }
    for (command, request) in refused() {
        ears.send(command, request).await;
    }
    budgets(ears).await;
    let factor = second_factor(ears).await;
    backups(ears).await;
    factor
}

/// What shows, sets and exports.
async fn shown(ears: &Ears) -> Vec<(&'static str, Value)> {
    let days = || json!({ "first_day": "2026-11-01", "last_day": "2026-11-30", "zone": "UTC" });
    let list = ears.send("list_providers", json!({})).await.unwrap();
    let first = &list["providers"][0];
    let revision = ears.send("view_routing", json!({})).await.unwrap()["revision"].clone();
    let empty = [
        "view_app",
        "suggest_password",
        "stay_awake",
        "list_models",
        "list_prompts",
        "view_catalog",
        "restore_catalog",
        "verify_usage",
        "rebuild_usage",
        "view_retention",
        "view_reported_usage",
        "list_alerts",
        "view_insights",
        "acknowledge_jumps",
        "verify_audit",
        "list_old_keys",
        "remind_later",
        "view_key_settings",
        "view_recipient",
        "view_program",
        "view_licences",
        "list_remotes",
        "take_link",
        "view_remembered",
    ];
    let mut all: Vec<(&'static str, Value)> = empty.into_iter().map(|command| (command, json!({}))).collect();
    all.extend([
        ("cancel_test", json!({ "run": 1 })),
        ("make_default", json!({ "existing": journeys::existing(first) })),
        ("add_task", json!({ "name": "canary_task" })),
        ("open_console", json!({ "provider_type": "openai" })),
        ("page_painted", json!({ "screen": "providers" })),
        ("save_routes", json!({ "revision": revision, "routes": [] })),
        ("set_task_prompt", json!({ "task": "extraction", "prompt": null })),
        ("view_task_prompt", json!({ "task": "extraction" })),
        ("preview_repricing", json!({ "days": null })),
        ("reprice_history", json!({ "days": null })),
        ("view_usage", json!({ "query": days() })),
        ("view_calls", json!({ "filter": {}, "after": null, "limit": 100 })),
        ("view_statistics", json!({ "days": 30 })),
        ("set_retention", json!({ "retention": { "days": 90 } })),
        ("set_usage_zone", json!({ "zone": "UTC" })),
        ("set_limit_zone", json!({ "zone": "Europe/Zurich" })),
        (
            "set_quota",
            json!({ "quota": { "user": NAME, "daily_tokens": 5, "monthly_tokens": null, "requests_per_minute": null }, "seen": null }),
        ),
        ("view_limits", json!({})),
        ("delete_quota", json!({ "user": "*", "seen": 1 })),
        ("acknowledge_alerts", json!({ "ids": [] })),
        ("export_usage", json!({ "query": days(), "format": "csv" })),
        ("export_calls", json!({ "filter": {}, "format": "csv" })),
        ("export_report", json!({ "query": days(), "compared": null, "format": "html" })),
        ("view_audit", json!({ "filter": {}, "before": null, "limit": 200 })),
        ("export_audit", json!({ "filter": {}, "format": "csv" })),
        ("set_key_settings", json!({ "settings": { "keep_days": 30 } })),
        ("set_automatic_backups", json!({ "on": true })),
        ("set_idle_lock", json!({ "minutes": 60 })),
        ("set_program", json!({ "settings": {} })),
        ("open_folder", json!({ "folder": "data" })),
        ("preview_set_up", json!({ "set_up": "budget" })),
        ("remember", json!({ "list": "providers", "text": NAME })),
        ("remove_task", json!({ "name": "canary_task" })),
        ("order_providers", json!({ "ids": [first["id"]] })),
    ]);
    all
}

/// What is no vault, file, picture, server or kit of ours, and a secret in most places.
fn refused() -> Vec<(&'static str, Value)> {
    let remote = |address: &str| {
        json!({ "id": null, "name": NAME, "address": address, "pin": null, "way": "token", "user_name": "", "secret": KEY,
            "forget_secret": false })
    };
    vec![
        ("create_vault", json!({ "password": PASSWORD })),
        ("delete_prompt", json!({ "id": 9_999 })),
        ("export_chart", json!({ "name": "cost", "svg": KEY, "format": "png" })),
        ("check_recovery_kit", json!({ "words": [KEY, PASSWORD] })),
        ("preview_shared", json!({ "file": KEY, "passphrase": PASSWORD })),
        ("import_shared", json!({ "file": KEY, "passphrase": KEY, "choices": [] })),
        ("remove_server", json!({ "id": KEY })),
        ("test_remote", json!({ "address": "http://127.0.0.1:9", "pin": null })),
        ("test_remote", json!({ "address": format!("https://{KEY}@unresolvable.invalid"), "pin": null })),
        ("save_remote", remote("http://127.0.0.1:9")),
        ("save_remote", remote("nonsense")),
        ("remove_remote", json!({ "id": NIL })),
        ("connect_remote", json!({ "id": NIL, "secret": KEY, "code": null })),
        ("prove_at_remote", json!({ "id": NIL, "code": KEY })),
        ("look_at_remote", json!({ "id": NIL, "accept": null })),
        ("decide_sync", json!({ "id": NIL, "look": 1, "decisions": [] })),
        ("choose_sync_key", json!({ "id": NIL, "provider": NIL, "send": true })),
        ("run_sync", json!({ "id": NIL, "look": 1, "direction": "both", "only": null, "run": 1 })),
        ("promote_provider", json!({ "provider": NIL, "from": NIL, "to": NIL, "with_key": true, "run": 1 })),
        ("view_remote_usage", json!({ "id": NIL, "days": 30 })),
        ("view_remote_health", json!({ "id": NIL })),
        ("view_remote_audit", json!({ "id": NIL, "filter": {}, "before": null, "limit": 10 })),
    ]
}

/// A budget that is made, listed and removed.
async fn budgets(ears: &Ears) {
    let draft = json!({ "scope": "whole", "period": "month", "amount": "1000000000000" });
    let saved = ears.send("save_budget", json!({ "existing": null, "draft": draft })).await.unwrap();
    let made = &saved["budgets"][0];
    assert!(ears.send("list_budgets", json!({})).await.is_some());
    let existing = json!({ "existing": { "id": made["id"], "revision": made["revision"] } });
    assert!(ears.send("delete_budget", existing).await.is_some());
}

/// An app that is enrolled, used and removed. Its secret and all codes that were ever shown.
async fn second_factor(ears: &Ears) -> Vec<String> {
    let codes = |reply: &Value| -> Vec<String> {
        let codes = reply["codes"].as_array().unwrap().iter();
        codes.map(|code| code.as_str().unwrap().to_owned()).collect()
    };
    let begun = ears.send("begin_totp", json!({})).await.unwrap();
    let secret = begun["secret"].as_str().unwrap().to_owned();
    let plain = secret.replace(' ', "");
    let app = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(30);
    let app = app.with_secret(Secret::try_from_base32(&plain).unwrap()).build().unwrap();
    let now = u64::try_from(ears.room.host.wall_clock().0 / 1_000).unwrap();
    let first = ears.send("confirm_totp", json!({ "code": app.generate(now).to_string() })).await.unwrap();
    assert!(ears.send("view_step_up", json!({})).await.is_some());
    let proof = json!({ "by": "recovery_code", "answer": codes(&first)[0] });
    assert!(ears.send("prove_step_up", proof.clone()).await.is_some());
    assert!(ears.send("prove_step_up", proof).await.is_none(), "a code counted twice");
    let second = ears.send("renew_recovery_codes", json!({})).await.unwrap();
    assert!(ears.send("remove_totp", json!({})).await.is_some());
    assert!(ears.send("prove_step_up", json!({ "by": "password", "answer": PASSWORD })).await.is_some());
    [secret, plain].into_iter().chain(codes(&first)).chain(codes(&second)).collect()
}

/// A backup that is made, read, offered and restored; the vault is open afterwards.
async fn backups(ears: &Ears) {
    let view = ears.send("make_backup", json!({ "folder": null })).await.unwrap();
    let place = view["backups"][0]["place"].clone();
    for command in ["verify_backup", "preview_restore", "restore_backup"] {
        assert!(ears.send(command, json!({ "place": place })).await.is_some(), "{command}");
    }
    // The restore locked it.
    assert!(ears.send("list_backups_at_unlock", json!({})).await.is_some());
    // Of a vault that opens none is offered, and none is put in its place.
    ears.send("offer_backup", json!({ "password": PASSWORD })).await;
    ears.send("restore_at_unlock", json!({ "password": KEY, "place": place })).await;
    assert!(ears.send("unlock_vault", json!({ "password": PASSWORD })).await.is_some());
    assert!(ears.send("list_backups", json!({})).await.is_some());
}
