//! Sensitive acts ask for a proof, in the command's body: whatever the page does, nothing of them happens without it.

use std::time::Duration;

use journeys::{PASSWORD, Room, existing};
use model::{COMMAND_NAMES, Catalog, FailureCode, ProviderType, Timestamp};
use serde_json::{Value, json};
use totp_rs::{Algorithm, Builder, Secret};

const NIL: &str = "00000000-0000-0000-0000-000000000000";
const FIVE_MINUTES: Duration = Duration::from_secs(300);

/// What the app shows at a moment.
struct App(totp_rs::Totp);

impl App {
    fn new(secret: &str) -> Self {
        let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
        let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_skew(1);
        Self(builder.with_step_duration(30).with_secret(secret).build().unwrap())
    }

    fn code(&self, at: Timestamp) -> String {
        self.0.generate(u64::try_from(at.0 / 1000).unwrap()).to_string()
    }

    fn wrong(&self, at: Timestamp) -> String {
        let near: Vec<String> = (-2..=2).map(|step| self.code(Timestamp(at.0 + step * 30_000))).collect();
        (0..).map(|number| format!("{number:06}")).find(|code| !near.contains(code)).unwrap()
    }
}

async fn prove(room: &Room, by: &str, answer: &str) -> Result<Value, model::Failure> {
    room.send("prove_step_up", json!({ "by": by, "answer": answer })).await
}

/// An app that is enrolled, and the recovery codes.
async fn enrolled(room: &Room) -> (App, Vec<String>) {
    let begun = room.send("begin_totp", json!({})).await.unwrap();
    let app = App::new(begun["secret"].as_str().unwrap());
    let codes = room.send("confirm_totp", json!({ "code": app.code(room.host.wall_clock()) })).await.unwrap();
    let codes = codes["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned());
    (app, codes.collect())
}

async fn entries(room: &Room) -> u64 {
    let page = room.send("view_audit", json!({ "filter": {}, "before": null, "limit": 1 })).await.unwrap();
    page["found"]["all"].as_u64().unwrap()
}

/// Commands that ask for nothing, with the reason.
const FREE: [(&str, &str); 13] = [
    ("of the gate", "view_app judge_password suggest_password create_vault unlock_vault recover_vault unlock_with_keyring lock_vault
         stay_awake page_painted offer_backup restore_at_unlock list_backups_at_unlock"),
    (
        "they show",
        "list_providers list_models preview_deletion view_routing explain_route simulate_failure view_health list_prompts
         view_gateway view_catalog preview_catalog preview_repricing view_task_prompt view_usage view_calls view_statistics
         verify_usage view_retention preview_import view_reported_usage list_budgets list_alerts view_insights view_audit
         verify_audit view_step_up view_security list_backups preview_restore verify_backup view_key list_old_keys
         view_limits list_remotes test_remote look_at_remote view_remote_usage view_remote_health view_remote_audit view_bundles preview_server preview_bundle verify_bundle view_key_settings preview_shared view_recipient view_program view_licences
         open_folder preview_set_up take_link view_remembered",
    ),
    ("they test or call with what is stored", "test_draft test_provider cancel_test check_health run_prompt open_console"),
    ("the server asks for a password and a code of its own", "ask_bundle_server"),
    ("it writes what is anybody's to know", "export_signing_key"),
    ("they keep how a list is looked at", "remember order_providers"),
    ("they are a proof", "prove_step_up check_recovery_kit prove_at_remote"),
    ("they log in there, and keep answers by which nothing is done yet", "connect_remote decide_sync"),
    ("it sets how the window looks and how much is logged, of which none is secret", "set_program"),
    (
        "they change no key, no limit and nothing that guards one, and can be taken back",
        "set_active make_default add_task remove_task save_routes set_task_prompt set_usage_zone acknowledge_alerts
         acknowledge_jumps save_prompt remind_later",
    ),
    ("they change what calls are said to cost, by a file or by the prices in force", "rebuild_usage import_usage"),
    ("it writes back lines of the person's own file", "save_import_faults"),
    ("it copies what is encrypted, and stays so", "make_backup"),
];

/// Sensitive commands that leave no entry when they are done, with the reason.
const UNRECORDED: [(&str, &str); 2] = [
    ("begin_totp", "nothing holds of it before it is confirmed, which has its entry"),
    ("destroy_kept_key", "of this provider no key is kept, so nothing is destroyed"),
];
/// Replies that say that nothing was done.
const NOT_DONE: [&str; 3] = ["not_saved", "not_done", "refused"];

#[tokio::test]
async fn every_sensitive_command_is_refused_without_a_proof_and_does_nothing() {
    let room = Room::open().await;
    let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    form["daily_token_limit"] = json!(1_000);
    let provider = room.add(&form, Some("test-openai-key-0001")).await;
    let other = room.form(ProviderType::Claude, "claude-opus-5-5");
    let gone = room.add(&other, Some("test-claude-key-0001")).await;
    let deleted = json!({ "existing": existing(&gone), "typed_name": gone["display_name"] });
    let undo = room.send("delete_provider", deleted).await.unwrap()["undo"].clone();
    let budget = |amount: &str| json!({ "scope": "whole", "period": "month", "amount": amount });
    let saved = json!({ "existing": null, "draft": budget("1000000000000") });
    let budgets = room.send("save_budget", saved).await.unwrap();
    let quota = |daily: u64| json!({ "user": "*", "daily_tokens": daily, "monthly_tokens": null, "requests_per_minute": null });
    let limits = room.send("set_quota", json!({ "quota": quota(1_000), "seen": null })).await.unwrap();
    let quota_now = limits["quotas"][0]["revision"].clone();
    let budget_now =
        json!({ "id": budgets["budgets"][0]["id"], "revision": budgets["budgets"][0]["revision"] });
    let kept = json!({ "name": "A letter", "task": null, "request": { "messages": [{ "role": "user", "parts": [{ "type": "text", "text": "Dear" }] }] } });
    let prompt = room.send("save_prompt", kept).await.unwrap()[0]["id"].clone();
    room.host.pass(FIVE_MINUTES);

    let changed = |change: &dyn Fn(&mut Value), key: Value, remove_key: bool| {
        let mut draft = form.clone();
        change(&mut draft);
        json!({ "existing": existing(&provider), "draft": draft, "api_key": key, "remove_key": remove_key,
            "save_anyway": true, "run": 1 })
    };
    let key = || json!("test-openai-key-0002");
    let mut catalog = serde_json::to_value(Catalog::bundled().unwrap()).unwrap();
    catalog["as_of"] = json!("2026-12-01");
    let catalog = catalog.to_string();
    let days = || json!({ "first_day": "2026-11-01", "last_day": "2026-11-02", "zone": "UTC" });
    let sensitive: Vec<(&str, Vec<Value>)> = vec![
        (
            "save_provider",
            vec![
                json!({ "existing": null, "draft": other, "api_key": "k-0001", "remove_key": false, "save_anyway": true, "run": 1 }),
                changed(&|_| (), key(), false),
                changed(&|draft| draft["base_url"] = json!("https://elsewhere.example/v1"), key(), false),
                changed(&|draft| draft["daily_token_limit"] = json!(1_001), Value::Null, false),
                changed(&|draft| draft["daily_token_limit"] = Value::Null, Value::Null, false),
            ],
        ),
        ("duplicate_provider", vec![json!({ "id": provider["id"] })]),
        (
            "delete_provider",
            vec![json!({ "existing": existing(&provider), "typed_name": provider["display_name"] })],
        ),
        ("undo", vec![json!({ "token": undo })]),
        ("delete_prompt", vec![json!({ "id": prompt })]),
        ("set_gateway", vec![json!({ "settings": { "port": 28_712 } })]),
        ("replace_gateway_token", vec![json!({})]),
        ("set_retention", vec![json!({ "retention": { "days": 90 } })]),
        ("save_budget", vec![json!({ "existing": budget_now, "draft": budget("1000000000001") })]),
        ("delete_budget", vec![json!({ "existing": budget_now })]),
        ("import_catalog", vec![json!({ "text": catalog })]),
        ("restore_catalog", vec![json!({})]),
        ("reprice_history", vec![json!({ "days": null })]),
        ("set_limit_zone", vec![json!({ "zone": "Europe/Zurich" })]),
        ("set_quota", vec![json!({ "quota": quota(1_001), "seen": quota_now })]),
        ("delete_quota", vec![json!({ "user": "*", "seen": quota_now })]),
        ("export_usage", vec![json!({ "query": days(), "format": "csv" })]),
        ("export_calls", vec![json!({ "filter": {}, "format": "csv" })]),
        ("export_chart", vec![json!({ "name": "cost", "svg": "", "format": "svg" })]),
        ("export_report", vec![json!({ "query": days(), "compared": null, "format": "html" })]),
        ("export_audit", vec![json!({ "filter": {}, "format": "csv" })]),
        ("export_providers", vec![json!({ "ids": [provider["id"]], "seal": { "passphrase": PASSWORD } })]),
        ("import_shared", vec![json!({ "file": "", "passphrase": null, "choices": [] })]),
        ("make_recipient", vec![json!({})]),
        ("make_signing_key", vec![json!({})]),
        ("replace_signing_key", vec![json!({})]),
        ("add_server", vec![json!({ "file": "", "fingerprint": "" })]),
        ("remove_server", vec![json!({ "id": "" })]),
        (
            "export_bundle",
            vec![
                json!({ "order": { "server": "", "providers": [], "days": 7, "with_limits": true, "with_prices": true,
                    "without_tasks": [], "again": null },
                "serial": 1, "target": "file" }),
            ],
        ),
        ("save_bundle", vec![json!({ "serial": 1, "target": "file" })]),
        (
            "upload_bundle",
            vec![
                json!({ "serial": 1, "login": { "url": "", "pin": "", "user_name": "", "password": "x", "code": "" } }),
            ],
        ),
        (
            "save_remote",
            vec![
                json!({ "id": null, "name": "", "address": "http://127.0.0.1:1", "pin": null, "way": "token", "user_name": "",
                "secret": "a token", "forget_secret": false }),
            ],
        ),
        ("remove_remote", vec![json!({ "id": NIL })]),
        ("choose_sync_key", vec![json!({ "id": NIL, "provider": provider["id"], "send": true })]),
        ("run_sync", vec![json!({ "id": NIL, "look": 1, "direction": "both", "only": null, "run": 1 })]),
        (
            "promote_provider",
            vec![json!({ "provider": provider["id"], "from": NIL, "to": NIL, "with_key": false, "run": 1 })],
        ),
        ("apply_set_up", vec![json!({ "set_up": "budget", "keys": [], "save_anyway": false, "run": 1 })]),
        ("begin_totp", vec![json!({})]),
        ("confirm_totp", vec![json!({ "code": "000000" })]),
        ("remove_totp", vec![json!({})]),
        ("renew_recovery_codes", vec![json!({})]),
        ("make_recovery_kit", vec![json!({})]),
        ("save_recovery_kit", vec![json!({ "words": "abandon" })]),
        ("set_keyring", vec![json!({ "on": false })]),
        (
            "replace_key",
            vec![json!({ "existing": existing(&provider), "api_key": key(), "keep_days": 7, "run": 1 })],
        ),
        ("go_back_to_key", vec![json!({ "existing": existing(&provider), "unreached": false, "run": 1 })]),
        ("destroy_kept_key", vec![json!({ "id": provider["id"] })]),
        ("copy_key", vec![json!({ "id": provider["id"] })]),
        ("set_key_settings", vec![json!({ "settings": { "keep_days": 30 } })]),
        ("restore_backup", vec![json!({ "place": "none" })]),
        ("set_automatic_backups", vec![json!({ "on": false })]),
        ("set_idle_lock", vec![json!({ "minutes": 60 })]),
        ("rotate_vault_key", vec![json!({ "password": "not the password" })]),
        ("change_password", vec![json!({ "old": "not the password", "new": PASSWORD })]),
    ];
    let (before, list) = (entries(&room).await, room.list().await);
    for (command, requests) in &sensitive {
        for request in requests {
            let refused = room.send(command, request.clone()).await.err();
            assert_eq!(
                refused.map(|failure| failure.code),
                Some(FailureCode::StepUpNeeded),
                "{command} {request}"
            );
        }
    }
    assert_eq!((entries(&room).await, room.list().await), (before, list));
    assert!(!room.data().join("downloads").exists());
    assert_eq!(room.host.clipboard(), None);

    // Whoever adds a command says to which of the two kinds it belongs.
    let free = FREE.iter().flat_map(|(_, names)| names.split_whitespace());
    let mut judged: Vec<&str> = free.chain(sensitive.iter().map(|(command, _)| *command)).collect();
    let mut all = COMMAND_NAMES.to_vec();
    judged.sort_unstable();
    all.sort_unstable();
    assert_eq!(judged, all);

    // With a proof, the same requests are heard, and what was done is in the log of acts.
    prove(&room, "password", PASSWORD).await.unwrap();
    let mut done = Vec::new();
    for (command, requests) in &sensitive {
        for request in requests {
            let before = entries(&room).await;
            let heard = room.send(command, request.clone()).await;
            if heard.as_ref().is_ok_and(|reply| NOT_DONE.iter().all(|word| reply.get(word).is_none())) {
                done.push(*command);
                let silent = UNRECORDED.iter().any(|(one, _)| one == command);
                assert_ne!(entries(&room).await > before, silent, "{command}");
            }
            assert_ne!(heard.err().map(|failure| failure.code), Some(FailureCode::StepUpNeeded), "{command}");
            prove(&room, "password", PASSWORD).await.unwrap();
        }
    }
    for (command, why) in UNRECORDED {
        assert!(done.contains(&command), "{command} was not done, so that it proves nothing: {why}");
    }
    // Files of what was called are among them.
    assert!(
        ["export_usage", "export_calls", "export_report", "export_audit"]
            .iter()
            .all(|one| done.contains(one))
    );
}

#[tokio::test]
async fn a_picture_of_a_chart_and_the_page_of_a_kit_have_their_entries() {
    let room = Room::open().await;
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"></svg>"#;
    room.send("export_chart", json!({ "name": "cost", "svg": svg, "format": "svg" })).await.unwrap();
    let kit = room.send("make_recovery_kit", json!({})).await.unwrap();
    room.send("save_recovery_kit", json!({ "words": kit["words"] })).await.unwrap();
    let audited = room.audited().await;
    for action in ["usage.export_chart", "vault.save_kit"] {
        assert_eq!(audited.iter().filter(|entry| *entry == action).count(), 1, "{action} in {audited:?}");
    }
}

#[tokio::test]
async fn what_makes_a_provider_safer_or_better_named_asks_for_nothing() {
    let room = Room::open().await;
    let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    form["daily_token_limit"] = json!(1_000);
    let mut provider = room.add(&form, Some("test-openai-key-0001")).await;
    room.host.pass(FIVE_MINUTES);
    for (field, value) in
        [("daily_token_limit", json!(999)), ("monthly_token_limit", json!(5)), ("display_name", json!("x"))]
    {
        form[field] = value;
        let request = json!({ "existing": existing(&provider), "draft": form, "api_key": null, "remove_key": false,
            "save_anyway": false, "run": 1 });
        provider = room.send("save_provider", request).await.unwrap()["saved"]["provider"].clone();
    }
}

#[tokio::test]
async fn a_proof_lasts_five_minutes_whatever_the_wall_clock_says_and_ends_with_the_lock() {
    let room = Room::open().await;
    let export = json!({ "filter": {}, "format": "json" });
    room.host.pass(FIVE_MINUTES - Duration::from_millis(1));
    room.send("export_audit", export.clone()).await.unwrap();
    room.host.pass(Duration::from_millis(1));
    // Set back by a day: a proof is no younger for it.
    room.host.set_wall_clock(Timestamp(room.host.wall_clock().0 - 86_400_000));
    let code = async || room.send("export_audit", export.clone()).await.err().map(|failure| failure.code);
    assert_eq!(code().await, Some(FailureCode::StepUpNeeded));
    let view = prove(&room, "password", PASSWORD).await.unwrap();
    assert_eq!((view["proven_ms"].as_u64(), view["totp"].is_null()), (Some(300_000), true));
    assert_eq!(code().await, None);
    let (_, codes) = enrolled(&room).await;
    room.reopen().await;
    // Opened with the password, which is no proof any more.
    assert_eq!(code().await, Some(FailureCode::StepUpNeeded));
    prove(&room, "recovery_code", &codes[0]).await.unwrap();
    room.host.pass(FIVE_MINUTES);
    assert!(room.desk.lock_if_idle().await);
    assert_eq!(code().await, Some(FailureCode::Locked));
}

#[tokio::test]
async fn a_code_counts_once_and_a_wrong_one_never() {
    let room = Room::open().await;
    let (app, codes) = enrolled(&room).await;
    let fails = async |by: &str, answer: &str| prove(&room, by, answer).await.unwrap_err();
    // That which confirmed the app is used up.
    let used = fails("totp", &app.code(room.host.wall_clock())).await;
    assert_eq!(
        (used.code, used.message.as_str()),
        (FailureCode::WrongPassword, "that code was used already")
    );
    assert_eq!(fails("totp", &app.wrong(room.host.wall_clock())).await.code, FailureCode::WrongPassword);
    assert_eq!(fails("password", PASSWORD).await.message, "an authenticator app is enrolled");
    room.host.pass(Duration::from_secs(30));
    let code = app.code(room.host.wall_clock());
    prove(&room, "totp", &code).await.unwrap();
    assert_eq!(fails("totp", &code).await.message, "that code was used already");
    // An earlier one than the last is none, though it is within the step that is allowed for.
    let earlier = app.code(Timestamp(room.host.wall_clock().0 - 30_000));
    assert_eq!(fails("totp", &earlier).await.message, "that code was used already");
    room.host.pass(Duration::from_secs(30));
    prove(&room, "totp", &app.code(room.host.wall_clock())).await.unwrap();

    prove(&room, "recovery_code", &codes[3].to_uppercase()).await.unwrap();
    assert_eq!(fails("recovery_code", &codes[3]).await.message, "that is none of the recovery codes");
    let view = room.send("view_step_up", json!({})).await.unwrap();
    assert_eq!(view["totp"]["codes_left"], 9);
    let new = room.send("renew_recovery_codes", json!({})).await.unwrap();
    assert_eq!(fails("recovery_code", &codes[4]).await.code, FailureCode::WrongPassword);
    prove(&room, "recovery_code", new["codes"][0].as_str().unwrap()).await.unwrap();

    room.send("remove_totp", json!({})).await.unwrap();
    prove(&room, "password", PASSWORD).await.unwrap();
    let audited = room.audited().await;
    for action in
        ["step_up.enrol", "step_up.proven", "step_up.failed", "step_up.renew_codes", "step_up.remove"]
    {
        assert!(audited.iter().any(|entry| entry == action), "{action}");
    }
}

#[tokio::test]
async fn five_wrong_answers_in_a_row_cost_five_minutes_also_in_a_new_process() {
    let room = Room::open().await;
    let (app, codes) = enrolled(&room).await;
    for _ in 0..5 {
        let wrong = prove(&room, "totp", &app.wrong(room.host.wall_clock())).await.unwrap_err();
        assert_eq!(wrong.code, FailureCode::WrongPassword);
    }
    let right = async |room: &Room| prove(room, "totp", &app.code(room.host.wall_clock())).await;
    room.host.pass(FIVE_MINUTES - Duration::from_secs(1));
    assert_eq!(right(&room).await.unwrap_err().code, FailureCode::Wait);
    assert_eq!(prove(&room, "recovery_code", &codes[0]).await.unwrap_err().code, FailureCode::Wait);
    let room = room.next_day().await;
    room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    assert_eq!(right(&room).await.unwrap_err().code, FailureCode::Wait);
    room.host.pass(FIVE_MINUTES);
    right(&room).await.unwrap();
    // A right one forgives the wrong ones.
    let wrong = prove(&room, "totp", &app.wrong(room.host.wall_clock())).await.unwrap_err();
    assert_eq!(wrong.code, FailureCode::WrongPassword);
    room.host.pass(Duration::from_secs(30));
    right(&room).await.unwrap();
}

#[tokio::test]
async fn an_app_is_enrolled_only_by_a_code_of_its_own_and_the_old_one_works_until_then() {
    let room = Room::open().await;
    let nothing = room.send("confirm_totp", json!({ "code": "000000" })).await.unwrap_err();
    assert_eq!(nothing.message, "no app is being enrolled");
    let (old, _) = enrolled(&room).await;
    let begun = room.send("begin_totp", json!({})).await.unwrap();
    assert!(begun["picture"].as_str().unwrap().starts_with('M'), "{begun}");
    let new = App::new(begun["secret"].as_str().unwrap());
    let wrong =
        room.send("confirm_totp", json!({ "code": new.wrong(room.host.wall_clock()) })).await.unwrap_err();
    assert_eq!(wrong.code, FailureCode::WrongPassword);
    room.host.pass(Duration::from_secs(30));
    prove(&room, "totp", &old.code(room.host.wall_clock())).await.unwrap();
    room.send("confirm_totp", json!({ "code": new.code(room.host.wall_clock()) })).await.unwrap();
    room.host.pass(Duration::from_secs(30));
    assert!(prove(&room, "totp", &old.code(room.host.wall_clock())).await.is_err());
    prove(&room, "totp", &new.code(room.host.wall_clock())).await.unwrap();
    // The secret itself is nowhere in the vault's files, nor in the log.
    let secret = begun["secret"].as_str().unwrap().replace(' ', "");
    let log = room.send("view_audit", json!({ "filter": {}, "before": null, "limit": 200 })).await.unwrap();
    assert!(!log.to_string().contains(&secret));
}
