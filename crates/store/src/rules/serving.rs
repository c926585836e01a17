//! Leases, quotas, health, incidents, tokens, settings, prompts and catalogues.

use model::{
    CallRequest, Catalog, ProviderId, Timestamp,
    command::Existing,
    gateway::GatewaySettings,
    health::{HealthState, SLOT_MS},
    limits::UserQuota,
};
use uuid::Uuid;

use super::{act, refused, with_two};
use crate::{Act, ImportError, Lease, NewIncident, SlotRow, StoreError};

fn lease(scope: &str, start: i64, granted: u64) -> Lease {
    Lease { scope: scope.into(), window_start: Timestamp(start), granted }
}

#[tokio::test]
async fn the_database_forbids_what_must_not_be_served_by() {
    let (_data, store) = with_two().await;
    store.replace_gateway_token(&[1; 32], "abcd", &act()).await.unwrap();
    store.grant(&[lease("a", 0, 1)]).await.unwrap();
    for (rule, sql) in [
        ("a negative grant", "UPDATE usage_leases SET granted = -1"),
        ("a lease twice", "INSERT INTO usage_leases VALUES ('a', 0, 5)"),
        ("a quota of zero", "INSERT INTO user_quotas VALUES ('u', 0, NULL, NULL)"),
        ("a user without a name", "INSERT INTO user_quotas VALUES ('', 1, NULL, NULL)"),
        ("a slot of no configuration", "INSERT INTO health_slots VALUES (99, 0, 1, 1, '[]')"),
        ("negative health", "INSERT INTO health_slots VALUES (1, 0, -1, 1, '[]')"),
        ("a token in the clear", "UPDATE gateway_tokens SET digest = CAST('sbx_token' AS BLOB)"),
        ("a setting that is no JSON", "INSERT INTO settings VALUES ('gateway', 'on')"),
        (
            "a catalogue that is called own",
            "INSERT INTO catalogues (version, as_of, body, imported_at) VALUES ('own', '2026-11-20', '{}', 0)",
        ),
    ] {
        assert!(refused(&store, sql).await, "{rule}");
    }
}

#[tokio::test]
async fn a_grant_never_lowers_what_was_granted_and_a_settlement_does() {
    let (_data, store) = with_two().await;
    store.grant(&[lease("a", 10, 500), lease("b", 10, 7)]).await.unwrap();
    store.grant(&[lease("a", 10, 400), lease("b", 10, 8), lease("a", 20, 1)]).await.unwrap();
    let now = [lease("a", 10, 500), lease("a", 20, 1), lease("b", 10, 8)];
    assert_eq!(store.leases(Timestamp(0)).await.unwrap(), now);
    assert_eq!(store.leases(Timestamp(11)).await.unwrap(), [lease("a", 20, 1)]);
    store.settle(&[lease("a", 20, 0)], Timestamp(20)).await.unwrap();
    assert_eq!(store.leases(Timestamp(0)).await.unwrap(), [lease("a", 20, 0)]);
}

#[tokio::test]
async fn grants_are_still_there_after_the_store_was_dropped_without_a_close() {
    let (data, store) = with_two().await;
    store.grant(&[lease("a", 10, 500)]).await.unwrap();
    let copy = data.path().join("copy.db");
    // What a crash would leave: the file as it is at this moment.
    std::fs::copy(data.path().join("vault.1.db"), &copy).unwrap();
    let after = crate::Store::open(&copy, super::KEY, "vault", &super::AUDIT_KEY).await.unwrap();
    assert_eq!(after.leases(Timestamp(0)).await.unwrap(), [lease("a", 10, 500)]);
}

#[tokio::test]
async fn quotas_are_replaced_whole_and_the_entry_names_those_that_changed() {
    let (_data, store) = with_two().await;
    let quota = |user: &str, daily| UserQuota {
        user: user.into(),
        daily_tokens: Some(daily),
        monthly_tokens: None,
        requests_per_minute: Some(60),
    };
    store.save_quotas(&[quota("zoe", 5), quota("*", 9)], &act()).await.unwrap();
    assert_eq!(store.quotas().await.unwrap(), [quota("*", 9), quota("zoe", 5)]);
    store.save_quotas(&[quota("*", 9), quota("ann", 1)], &act()).await.unwrap();
    assert_eq!(store.serving().await.unwrap().quotas, [quota("*", 9), quota("ann", 1)]);
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    let (before, after) = (entry.before.unwrap(), entry.after.unwrap());
    assert!(before.contains("zoe") && !before.contains('*'), "{before}");
    assert!(after.contains("ann") && !after.contains('*'), "{after}");
    assert!(store.save_quotas(&[quota("a", 1), quota("a", 2)], &act()).await.is_err());
    assert_eq!(store.quotas().await.unwrap().len(), 2);
}

#[tokio::test]
async fn health_adds_up_by_slot_and_old_slots_go() {
    let (_data, store) = with_two().await;
    let now = Timestamp(100 * SLOT_MS);
    let slot = |number, start, latencies: &[u32]| SlotRow {
        provider_config_id: number,
        slot_start: start,
        good: 3,
        bad: 1,
        latencies: latencies.to_vec(),
    };
    store.add_health(&[slot(1, now.0, &[1, 2]), slot(1, 0, &[1])], now).await.unwrap();
    store.add_health(&[slot(1, now.0, &[1, 0, 5]), slot(99, now.0, &[])], now).await.unwrap();
    let sum = SlotRow { good: 6, bad: 2, ..slot(1, now.0, &[2, 2, 5]) };
    assert_eq!(store.health_since(Timestamp(0)).await.unwrap(), [sum]);
}

#[tokio::test]
async fn an_incident_is_open_once_and_outlives_its_configuration() {
    let (_data, store) = with_two().await;
    let id = ProviderId(Uuid::from_u128(2));
    let incident = |state, at| NewIncident {
        provider: id,
        display_name: "two".into(),
        state,
        started_at: Timestamp(at),
        cause: "The vendor does not answer.".into(),
    };
    let number = store.open_incident(&incident(HealthState::Degraded, 10)).await.unwrap();
    assert_eq!(store.open_incident(&incident(HealthState::Down, 20)).await.unwrap(), number);
    store.add_moved_calls(number, 4).await.unwrap();
    store.delete(Existing { id, revision: 1 }, &act()).await.unwrap();
    let open = store.incidents_since(Timestamp(1_000)).await.unwrap().remove(0);
    assert_eq!((open.state, open.started_at, open.calls_moved), (HealthState::Down, Timestamp(10), 4));
    store.close_incident(number, Timestamp(30)).await.unwrap();
    store.close_incident(number, Timestamp(99)).await.unwrap();
    assert_eq!(store.incidents_since(Timestamp(30)).await.unwrap()[0].ended_at, Some(Timestamp(30)));
    assert_eq!(store.incidents_since(Timestamp(31)).await.unwrap(), []);
    assert_ne!(store.open_incident(&incident(HealthState::Down, 40)).await.unwrap(), number);
    assert!(store.open_incident(&incident(HealthState::Up, 40)).await.is_err());
}

#[tokio::test]
async fn a_new_token_ends_the_old_one_and_no_digest_is_written_down() {
    let (_data, store) = with_two().await;
    let act = Act { action: "gateway.token.replace", ..act() };
    store.replace_gateway_token(&[1; 32], "abcd", &act).await.unwrap();
    store.replace_gateway_token(&[2; 32], "wxyz", &act).await.unwrap();
    let tokens = store.gateway_tokens().await.unwrap();
    assert_eq!(tokens.iter().map(|token| token.digest).collect::<Vec<_>>(), [[2; 32]]);
    assert!(
        store.replace_gateway_token(&[1; 32], "abcd", &act).await.is_err(),
        "a revoked token is never new"
    );
    assert_eq!(store.gateway_tokens().await.unwrap()[0].last_four, "wxyz");
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!(entry.before.as_deref(), Some(r#"["ends in abcd"]"#));
    assert_eq!(entry.after.as_deref(), Some(r#"["ends in wxyz"]"#));
}

#[tokio::test]
async fn a_setting_comes_back_and_one_in_unknown_words_is_the_default() {
    let (_data, store) = with_two().await;
    assert_eq!(store.setting::<GatewaySettings>("gateway").await.unwrap(), GatewaySettings::default());
    let settings = GatewaySettings { enabled: true, ..GatewaySettings::default() };
    store.set_setting("gateway", &settings, &act()).await.unwrap();
    store.set_setting("gateway", &GatewaySettings { port: 9000, ..settings }, &act()).await.unwrap();
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!(
        (entry.target.as_deref(), entry.after.as_deref()),
        (Some("gateway"), Some(r#"{"port":9000}"#))
    );
    assert!(store.setting::<GatewaySettings>("gateway").await.unwrap().enabled);
    assert!(!refused(&store, r#"UPDATE settings SET value = '{"later":1}'"#).await);
    assert_eq!(store.setting::<GatewaySettings>("gateway").await.unwrap(), GatewaySettings::default());
}

#[tokio::test]
async fn a_prompt_replaces_its_namesake_and_its_text_is_not_written_down() {
    let (_data, store) = with_two().await;
    let task = "cover_letter".parse().unwrap();
    let request = |text: &str| CallRequest::prompt(text);
    let id = store.save_prompt("Letter", Some(&task), &request("private one"), &act()).await.unwrap();
    assert_eq!(store.save_prompt("LETTER", None, &request("private two"), &act()).await.unwrap(), id);
    store.save_prompt("Another", None, &request("three"), &act()).await.unwrap();
    let prompts = store.prompts().await.unwrap();
    let names: Vec<&str> = prompts.iter().map(|prompt| prompt.name.as_str()).collect();
    assert_eq!(names, ["Another", "LETTER"]);
    assert_eq!((&prompts[1].request, &prompts[1].task), (&request("private two"), &None));
    let unknown = store.save_prompt("x", Some(&"none".parse().unwrap()), &request("x"), &act()).await;
    assert!(matches!(unknown, Err(StoreError::NoSuchTask)));
    store.delete_prompt(id, &act()).await.unwrap();
    store.delete_prompt(id, &act()).await.unwrap();
    assert_eq!(store.prompts().await.unwrap().len(), 1);
    let entries = format!("{:?}", store.audit_entries(10).await.unwrap());
    assert!(entries.contains("LETTER") && !entries.contains("private"), "{entries}");
}

#[tokio::test]
async fn a_task_has_its_own_instructions_until_they_are_taken_away() {
    let (_data, store) = with_two().await;
    let task = "extraction".parse().unwrap();
    assert_eq!(store.task_prompt(&task).await.unwrap(), None);
    store.set_task_prompt(&task, Some("Only facts."), &act()).await.unwrap();
    assert_eq!(store.task_prompt(&task).await.unwrap().as_deref(), Some("Only facts."));
    store.set_task_prompt(&task, None, &act()).await.unwrap();
    assert_eq!(store.task_prompt(&task).await.unwrap(), None);
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!(entry.before.as_deref(), Some(r#"{"prompt":"Only facts."}"#));
    let unknown = store.set_task_prompt(&"none".parse().unwrap(), None, &act()).await;
    assert!(matches!(unknown, Err(StoreError::NoSuchTask)));
}

#[tokio::test]
async fn the_catalogue_imported_last_is_in_force_and_a_version_is_one_catalogue() {
    let (_data, store) = with_two().await;
    let of = |day: &str| Catalog { as_of: day.into(), models: vec![] };
    assert_eq!(store.catalog_in_force().await.unwrap(), None);
    let act = Act { action: "catalogue.import", ..act() };
    store.import_catalog("v1", &of("2026-11-01"), &act).await.unwrap();
    store.import_catalog("v2", &of("2026-12-01"), &act).await.unwrap();
    assert_eq!(store.serving().await.unwrap().catalog.unwrap().version, "v2");
    let taken = store.import_catalog("v1", &of("2026-11-02"), &act).await;
    assert!(matches!(taken, Err(ImportError::VersionTaken)));
    assert_eq!(store.catalog_in_force().await.unwrap().unwrap().version, "v2");
    store.import_catalog("v1", &of("2026-11-01"), &act).await.unwrap();
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!(entry.after.as_deref(), Some(r#"{"as_of":"2026-11-01","version":"v1"}"#));
    let now = store.catalog_in_force().await.unwrap().unwrap();
    assert_eq!((now.version.as_str(), now.catalog), ("v1", of("2026-11-01")));
}

#[tokio::test]
async fn forgetting_what_was_imported_leaves_the_bundled_catalogue_and_is_written_down_once() {
    let (_data, store) = with_two().await;
    let act = Act { action: "catalogue.restore", ..act() };
    let catalog = Catalog { as_of: "2026-11-01".into(), models: vec![] };
    store.import_catalog("v1", &catalog, &act).await.unwrap();
    store.forget_catalogs(&act).await.unwrap();
    assert_eq!(store.catalog_in_force().await.unwrap(), None);
    let entries = store.audit_entries(9).await.unwrap();
    assert_eq!(entries[0].before.as_deref(), Some(r#"{"as_of":"2026-11-01","version":"v1"}"#));
    store.forget_catalogs(&act).await.unwrap();
    assert_eq!(store.audit_entries(9).await.unwrap().len(), entries.len(), "nothing was there to forget");
}

/// The gateway's tasks move between threads: this compiles only while these futures may.
#[tokio::test]
async fn what_the_gateway_awaits_may_move_between_threads() {
    fn movable<T: Send>(future: T) -> T {
        future
    }
    let (_data, store) = with_two().await;
    movable(store.log_calls(&[])).await.unwrap();
    movable(store.grant(&[])).await.unwrap();
    assert_eq!(movable(store.serving()).await.unwrap().providers.len(), 2);
    let repriced = movable(store.reprice(|_| None, Timestamp(0)..Timestamp(1), &act())).await.unwrap();
    assert_eq!(repriced, model::prices::Repricing::default());
}
