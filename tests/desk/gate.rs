//! The gate: what works while locked, what does not, waiting after wrong passwords, locking by itself.

use std::{
    io::Write,
    process::{Command, Stdio},
    time::Duration,
};

use journeys::{PASSWORD, Room, share::Suite};
use model::{COMMAND_NAMES, FailureCode, Timestamp, vault::LockReason};
use serde_json::{Value, json};

const NIL: &str = "00000000-0000-0000-0000-000000000000";

fn new_remote() -> Value {
    json!({ "id": null, "name": "", "address": "http://127.0.0.1:1", "pin": null, "way": "token", "user_name": "",
        "secret": "a token", "forget_secret": false })
}

fn bundle_order() -> Value {
    json!({ "server": "", "providers": [], "days": 7, "with_limits": true, "with_prices": true, "without_tasks": [], "again": null })
}

fn quota(daily: u64) -> Value {
    json!({ "user": "*", "daily_tokens": daily, "monthly_tokens": null, "requests_per_minute": null })
}

fn bundle_login() -> Value {
    json!({ "url": "", "pin": "", "user_name": "", "password": "x", "code": "" })
}

async fn state(room: &Room) -> Value {
    room.send("view_app", json!({})).await.unwrap()["vault"].clone()
}

#[tokio::test]
async fn every_command_but_those_of_the_gate_is_refused_while_locked() {
    let suite = Suite::begin("commands_while_locked");
    let room = Room::open().await;
    let provider =
        room.add(&room.form(model::ProviderType::OpenAi, "gpt-6-sol"), Some("test-openai-key-0001")).await;
    let form = room.form(model::ProviderType::OpenAi, "gpt-6-sol");
    let existing = journeys::existing(&provider);
    let id = &provider["id"];
    room.send("lock_vault", json!({})).await.unwrap();
    let days = || json!({ "first_day": "2026-11-01", "last_day": "2026-11-02", "zone": "UTC" });
    let request = |command: &str| match command {
        "test_draft" => {
            Some(json!({ "id": null, "draft": form, "api_key": "k", "remove_key": false, "run": 1 }))
        }
        "save_provider" => Some(
            json!({ "existing": null, "draft": form, "api_key": "k", "remove_key": false, "save_anyway": true, "run": 1 }),
        ),
        "test_provider" => Some(json!({ "id": id, "run": 1 })),
        "cancel_test" => Some(json!({ "run": 1 })),
        "set_active" => Some(json!({ "existing": existing, "active": false })),
        "make_default" => Some(json!({ "existing": existing })),
        "duplicate_provider" | "preview_deletion" => Some(json!({ "id": id })),
        "delete_provider" => Some(json!({ "existing": existing, "typed_name": "x" })),
        "undo" => Some(json!({ "token": 0 })),
        "add_task" => Some(json!({ "name": "x" })),
        "open_console" => Some(json!({ "provider_type": "openai" })),
        "list_providers"
        | "list_models"
        | "view_routing"
        | "view_health"
        | "check_health"
        | "list_prompts"
        | "view_gateway"
        | "replace_gateway_token"
        | "view_catalog"
        | "restore_catalog"
        | "verify_usage"
        | "rebuild_usage"
        | "view_retention"
        | "list_budgets"
        | "list_alerts"
        | "view_insights"
        | "list_backups"
        | "acknowledge_jumps" => Some(json!({})),
        "view_program" | "view_licences" => Some(json!({})),
        "set_program" => Some(json!({ "settings": {} })),
        "open_folder" => Some(json!({ "folder": "data" })),
        "set_automatic_backups" => Some(json!({ "on": false })),
        "set_idle_lock" => Some(json!({ "minutes": 5 })),
        "check_recovery_kit" => Some(json!({ "words": ["a", "b"] })),
        "verify_audit" | "view_step_up" | "begin_totp" | "remove_totp" | "renew_recovery_codes" => {
            Some(json!({}))
        }
        "view_audit" => Some(json!({ "filter": {}, "before": null, "limit": 1 })),
        "export_audit" => Some(json!({ "filter": {}, "format": "csv" })),
        "prove_step_up" => Some(json!({ "by": "password", "answer": PASSWORD })),
        "confirm_totp" => Some(json!({ "code": "000000" })),
        "view_usage" => Some(json!({ "query": days() })),
        "export_usage" => Some(json!({ "query": days(), "format": "csv" })),
        "export_calls" => Some(json!({ "filter": {}, "format": "csv" })),
        "export_chart" => Some(json!({ "name": "cost", "svg": "", "format": "svg" })),
        "export_report" => Some(json!({ "query": days(), "compared": null, "format": "pdf" })),
        "view_calls" => Some(json!({ "filter": {}, "after": null, "limit": 1 })),
        "view_statistics" => Some(json!({ "days": 30 })),
        "set_retention" => Some(json!({ "retention": { "days": 90 } })),
        "set_usage_zone" => Some(json!({ "zone": "UTC" })),
        "view_limits" => Some(json!({})),
        "set_limit_zone" => Some(json!({ "zone": null })),
        "set_quota" => Some(json!({ "quota": quota(5), "seen": null })),
        "delete_quota" => Some(json!({ "user": "*", "seen": 1 })),
        "save_budget" => {
            let draft = json!({ "scope": "whole", "period": "month", "amount": "1" });
            Some(json!({ "existing": null, "draft": draft }))
        }
        "delete_budget" => Some(json!({ "existing": { "id": 1, "revision": 1 } })),
        "acknowledge_alerts" => Some(json!({ "ids": [] })),
        "save_routes" => Some(json!({ "revision": 1, "routes": [] })),
        "explain_route" => Some(json!({ "task": "extraction", "request": null, "sticky": null })),
        "simulate_failure" => Some(json!({ "provider": id, "failure": "down", "routes": [] })),
        "run_prompt" => Some(json!({ "run": 1, "target": { "task": "extraction" }, "request": {} })),
        "save_prompt" => Some(json!({ "name": "x", "task": null, "request": {} })),
        "delete_prompt" => Some(json!({ "id": 1 })),
        "preview_catalog" | "import_catalog" => Some(json!({ "text": "{}" })),
        "preview_import" | "save_import_faults" => Some(json!({ "text": "", "mapping": {} })),
        "import_usage" => Some(json!({ "text": "", "mapping": {}, "leave_bad_rows": false })),
        "view_reported_usage" => Some(json!({})),
        "preview_repricing" | "reprice_history" => Some(json!({ "days": null })),
        "view_task_prompt" => Some(json!({ "task": "extraction" })),
        "set_task_prompt" => Some(json!({ "task": "extraction", "prompt": null })),
        "set_gateway" => Some(json!({ "settings": {} })),
        "view_security" | "make_recovery_kit" => Some(json!({})),
        "change_password" => {
            Some(json!({ "old": PASSWORD, "new": "brisk-copper-meadow-violin-harbor-dusk" }))
        }
        "save_recovery_kit" => Some(json!({ "words": "abandon" })),
        "set_keyring" => Some(json!({ "on": true })),
        "rotate_vault_key" => Some(json!({ "password": PASSWORD })),
        "view_key" | "copy_key" | "destroy_kept_key" => Some(json!({ "id": id })),
        "replace_key" => Some(json!({ "existing": existing, "api_key": "k-0002", "keep_days": 7, "run": 1 })),
        "go_back_to_key" => Some(json!({ "existing": existing, "unreached": false, "run": 1 })),
        "list_old_keys" | "remind_later" | "view_key_settings" => Some(json!({})),
        "set_key_settings" => Some(json!({ "settings": {} })),
        "export_providers" => Some(json!({ "ids": [id], "seal": { "passphrase": PASSWORD } })),
        "preview_shared" => Some(json!({ "file": "", "passphrase": null })),
        "import_shared" => Some(json!({ "file": "", "passphrase": null, "choices": [] })),
        "view_recipient" | "make_recipient" => Some(json!({})),
        "view_bundles" | "make_signing_key" | "replace_signing_key" | "export_signing_key" => Some(json!({})),
        "preview_server" | "verify_bundle" => Some(json!({ "file": "" })),
        "add_server" => Some(json!({ "file": "", "fingerprint": "" })),
        "remove_server" => Some(json!({ "id": "" })),
        "preview_bundle" => Some(json!({ "order": bundle_order() })),
        "export_bundle" => Some(json!({ "order": bundle_order(), "serial": 1, "target": "file" })),
        "save_bundle" => Some(json!({ "serial": 1, "target": "file" })),
        "upload_bundle" => Some(json!({ "serial": 1, "login": bundle_login() })),
        "ask_bundle_server" => Some(json!({ "id": "", "login": bundle_login() })),
        "list_remotes" => Some(json!({})),
        "test_remote" => Some(json!({ "address": "http://127.0.0.1:1", "pin": null })),
        "save_remote" => Some(new_remote()),
        "remove_remote" => Some(json!({ "id": NIL })),
        "connect_remote" => Some(json!({ "id": NIL, "secret": null, "code": null })),
        "prove_at_remote" => Some(json!({ "id": NIL, "code": "000000" })),
        "view_remote_usage" => Some(json!({ "id": NIL, "days": 30 })),
        "view_remote_health" => Some(json!({ "id": NIL })),
        "view_remote_audit" => Some(json!({ "id": NIL, "filter": {}, "before": null, "limit": 10 })),
        "look_at_remote" => Some(json!({ "id": NIL, "accept": null })),
        "decide_sync" => Some(json!({ "id": NIL, "look": 1, "decisions": [] })),
        "choose_sync_key" => Some(json!({ "id": NIL, "provider": id, "send": true })),
        "run_sync" => Some(json!({ "id": NIL, "look": 1, "direction": "both", "only": null, "run": 1 })),
        "promote_provider" => {
            Some(json!({ "provider": id, "from": NIL, "to": NIL, "with_key": false, "run": 1 }))
        }
        "preview_set_up" => Some(json!({ "set_up": "budget" })),
        "apply_set_up" => Some(json!({ "set_up": "budget", "keys": [], "save_anyway": false, "run": 1 })),
        "remove_task" => Some(json!({ "name": "x" })),
        "order_providers" => Some(json!({ "ids": [] })),
        "take_link" | "view_remembered" => Some(json!({})),
        "remember" => Some(json!({ "list": "providers", "text": "" })),
        "make_backup" => Some(json!({ "folder": null })),
        "verify_backup" | "preview_restore" | "restore_backup" => Some(json!({ "place": "x" })),
        "view_app"
        | "offer_backup"
        | "restore_at_unlock"
        | "list_backups_at_unlock"
        | "judge_password"
        | "suggest_password"
        | "create_vault"
        | "unlock_vault"
        | "recover_vault"
        | "unlock_with_keyring"
        | "lock_vault"
        | "stay_awake"
        | "page_painted" => None,
        unlisted => panic!("say whether {unlisted} works while locked"),
    };
    let mut tried = 0;
    for command in COMMAND_NAMES {
        if let Some(request) = request(command) {
            let refused = room.send(command, request).await.unwrap_err();
            assert_eq!(refused.code, FailureCode::Locked, "{command}");
            tried += 1;
        }
    }
    suite.survived(tried, tried, json!({}));
}

#[tokio::test]
async fn wrong_passwords_wait_longer_and_longer_also_in_a_new_process() {
    let room = Room::open().await.next_day().await;
    for _ in 0..3 {
        let wrong =
            room.send("unlock_vault", json!({ "password": "not the right one at all" })).await.unwrap_err();
        assert_eq!(wrong.code, FailureCode::WrongPassword);
    }
    let early = room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap_err();
    assert_eq!(early.code, FailureCode::Wait);
    let room = room.next_day().await;
    assert_eq!(
        state(&room).await,
        json!({ "locked": { "reason": null, "failed_attempts": 3, "wait_ms": 1000, "kit": false, "keyring": false } })
    );
    room.host.pass(Duration::from_secs(1));
    room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    room.send("lock_vault", json!({})).await.unwrap();
    assert_eq!(state(&room).await["locked"]["failed_attempts"], 0);
}

#[tokio::test]
async fn the_right_password_is_not_counted_as_wrong_when_the_database_is_what_fails() {
    let room = Room::open().await.next_day().await;
    let database = room.data().join("vault/vault.1.db");
    let bytes = std::fs::read(&database).unwrap();
    std::fs::write(&database, &bytes[..4096]).unwrap();
    for _ in 0..5 {
        let refused = room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap_err();
        assert_eq!(refused.code, FailureCode::Unusable);
    }
    std::fs::write(&database, &bytes).unwrap();
    assert_eq!(state(&room).await["locked"]["failed_attempts"], 0);
    room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
}

#[tokio::test]
async fn a_vault_opens_with_the_list_in_the_same_answer_also_when_it_was_open_already() {
    let room = Room::empty().await;
    let made = room.send("create_vault", json!({ "password": PASSWORD })).await.unwrap();
    assert_eq!(made["list"]["providers"], json!([]));
    let form = room.form(model::ProviderType::OpenAi, "gpt-6-sol");
    room.add(&form, Some("test-openai-key-0001")).await;
    let list = room.send("list_providers", json!({})).await.unwrap();
    room.send("lock_vault", json!({})).await.unwrap();
    for _ in 0..2 {
        let opened = room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
        assert_eq!(opened["list"], list);
        assert!(opened["view"]["vault"]["unlocked"].is_object());
    }
}

#[tokio::test]
async fn the_vault_locks_after_the_idle_time_and_not_before() {
    let room = Room::open().await;
    room.host.pass(Duration::from_secs(299));
    assert!(!room.desk.lock_if_idle().await);
    room.send("stay_awake", json!({})).await.unwrap();
    room.host.pass(Duration::from_secs(299));
    assert!(!room.desk.lock_if_idle().await);
    // Looking is not acting: a page that asks for the time left, or follows what goes on, does not keep the vault open.
    for command in desk::OF_THE_PAGE {
        let request = match command {
            "page_painted" => json!({ "screen": "providers" }),
            "simulate_failure" => json!({ "provider": NIL, "failure": "down", "routes": [] }),
            "view_usage" => {
                json!({ "query": { "first_day": "2026-11-01", "last_day": "2026-11-02", "zone": "UTC" } })
            }
            "view_calls" => json!({ "filter": {}, "after": null, "limit": 10 }),
            "set_usage_zone" => json!({ "zone": "UTC" }),
            _ => json!({}),
        };
        if let Err(refused) = room.send(command, request).await {
            panic!("{command}: {refused:?}");
        }
    }
    room.host.pass(Duration::from_secs(1));
    assert!(room.desk.lock_if_idle().await);
    assert_eq!(state(&room).await["locked"]["reason"], json!(LockReason::Idle));
}

#[tokio::test]
async fn a_computer_that_slept_without_telling_is_found_locked_however_long_the_idle_time_is() {
    let room = Room::open().await;
    room.send("set_idle_lock", json!({ "minutes": 60 })).await.unwrap();
    let due = desk::Host::uptime(&room.host) + Duration::from_secs(15);
    // Late by what a busy computer may be late, or by a wall clock that was set ahead: nobody slept.
    room.host.pass(Duration::from_secs(45));
    room.host.set_wall_clock(Timestamp(room.host.wall_clock().0 + 86_400_000));
    assert!(!room.desk.lock_if_slept(due).await);
    room.host.pass(Duration::from_millis(1));
    assert!(room.desk.lock_if_slept(due).await);
    assert_eq!(state(&room).await["locked"]["reason"], json!(LockReason::Away));
    assert!(!room.desk.lock_if_slept(due).await, "it is locked already");
}

#[tokio::test]
async fn a_wrong_wall_clock_neither_locks_nor_keeps_open_nor_hides_a_key() {
    let suite = Suite::begin("wrong_clocks");
    let room = Room::open().await;
    let form = room.form(model::ProviderType::OpenAi, "gpt-6-sol");
    let provider = room.add(&form, Some("test-openai-key-0001")).await;
    let mut tried = 0;
    // 1969, 1970, 2038, 2100.
    for now in [-86_400_000, 0, 2_147_483_648_000, 4_102_444_800_000] {
        room.host.set_wall_clock(Timestamp(now));
        assert!(!room.desk.lock_if_idle().await);
        room.send("lock_vault", json!({})).await.unwrap();
        room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
        let tested = room.send("test_provider", json!({ "id": provider["id"], "run": 1 })).await.unwrap();
        assert_eq!(tested["last_test"]["outcome"], "works", "{now}");
        // Jumps of ten minutes, while it is open.
        for jump in [600_000, -600_000, -600_000] {
            room.host.set_wall_clock(Timestamp(room.host.wall_clock().0 + jump));
            assert!(!room.desk.lock_if_idle().await);
            let tested = room.send("test_provider", json!({ "id": provider["id"], "run": 1 })).await.unwrap();
            assert_eq!(tested["last_test"]["outcome"], "works", "{now} {jump}");
            tried += 1;
        }
        tried += 1;
    }
    suite.survived(tried, tried, json!({}));
}

#[tokio::test]
async fn a_weak_password_makes_no_vault_and_the_field_says_why() {
    let room = Room::empty().await;
    for weak in ["", "short", "password1234", &"x".repeat(100_000)] {
        let refused = room.send("create_vault", json!({ "password": weak })).await.unwrap_err();
        assert_eq!(refused.fields[0].field, model::Field::Password, "{weak:.20}");
    }
    assert_eq!(state(&room).await, json!("absent"));
}

#[tokio::test]
async fn a_second_vault_is_not_made_over_the_first() {
    let room = Room::open().await;
    assert!(room.send("create_vault", json!({ "password": PASSWORD })).await.is_err());
    room.list().await;
}

#[tokio::test]
async fn a_half_made_vault_is_no_vault_and_does_not_stand_in_the_way() {
    let room = Room::empty().await;
    let staging = room.data().join("vault.creating");
    std::fs::create_dir_all(&staging).unwrap();
    std::fs::write(staging.join("vault.1.db"), b"half").unwrap();
    assert_eq!(state(&room).await, json!("absent"));
    room.send("create_vault", json!({ "password": PASSWORD })).await.unwrap();
    assert!(!staging.exists());
}

#[test]
fn of_twenty_started_at_once_one_owns_the_folder_and_nineteen_say_so() {
    let suite = Suite::begin("started_at_once");
    let data = tempfile::tempdir().unwrap();
    let start = || {
        Command::new(env!("CARGO_BIN_EXE_takes-the-folder"))
            .arg(data.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let mut all: Vec<_> = (0..20).map(|_| start()).collect();
    let first_lines: Vec<String> = all
        .iter_mut()
        .map(|child| {
            let mut line = String::new();
            std::io::BufRead::read_line(
                &mut std::io::BufReader::new(child.stdout.take().unwrap()),
                &mut line,
            )
            .unwrap();
            line.trim().to_owned()
        })
        .collect();
    for mut child in all {
        // The owner may have ended already when nothing was written; either way it is waited for.
        let _ = child.stdin.take().unwrap().write_all(b"end");
        child.wait().unwrap();
    }
    let owners = first_lines.iter().filter(|line| *line == "owner").count();
    let refused = first_lines.iter().filter(|line| line.starts_with("Signalbox is already running")).count();
    suite.survived(20, owners + refused, json!({ "owners": owners }));
    assert_eq!((owners, refused), (1, 19), "{first_lines:?}");
}
