//! What calls go by beside configurations, and what they leave behind beside usage.

use model::{Catalog, health::HealthState, limits::UserQuota};
use store::{Database, ImportError, NewIncident, SlotRow, StoreError};

use crate::{
    house::{NOON, act, id, with_two},
    on_both,
};

on_both! {
    quotas_and_the_catalogue_are_served_and_told_of
    a_setting_comes_back_and_one_of_other_words_is_its_default
    a_new_token_puts_the_old_one_out_of_force
    health_adds_up_and_a_deleted_configuration_has_none
    a_configuration_has_one_open_incident
    a_task_has_its_own_instructions_until_they_are_taken_away_and_nobody_overwrites_what_was_not_seen
}

async fn quotas_and_the_catalogue_are_served_and_told_of(store: &Database) {
    with_two(store).await;
    let quota = |user: &str, tokens| UserQuota {
        user: user.into(),
        daily_tokens: Some(tokens),
        monthly_tokens: None,
        requests_per_minute: Some(7),
    };
    store.save_quotas(&[quota("ada", 5), quota("*", 9)], &act("quotas.save")).await.unwrap();
    store.save_quotas(&[quota("*", 9), quota("ada", 6)], &act("quotas.save")).await.unwrap();
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert!(!entry.after.unwrap().contains('*'), "only what changed");
    let catalog = Catalog::bundled().unwrap();
    store.import_catalog("v9", &catalog, &act("catalog.import")).await.unwrap();
    let serving = store.serving().await.unwrap();
    assert_eq!(serving.quotas, [quota("*", 9), quota("ada", 6)]);
    assert_eq!(serving.catalog.unwrap().version, "v9");
    let other = Catalog { as_of: "2001-01-01".into(), ..catalog };
    assert!(store.import_catalog("v9", &other, &act("catalog.import")).await.is_err());
    store.forget_catalogs(&act("catalog.forget")).await.unwrap();
    assert!(store.catalog_in_force().await.unwrap().is_none());
    // Whoever saw another one in force changes nothing.
    let change = async |seen: Option<&str>, new: Option<(&str, &Catalog)>| {
        store.change_catalog(seen, new, &act("catalog.import")).await
    };
    let is_conflict = |done| matches!(done, Err(ImportError::Store(StoreError::Conflict)));
    assert!(is_conflict(change(Some("v9"), Some(("v10", &other))).await));
    change(None, Some(("v10", &other))).await.unwrap();
    assert!(is_conflict(change(None, Some(("v9", &other))).await) && is_conflict(change(None, None).await));
    assert_eq!(store.catalog_in_force().await.unwrap().unwrap().version, "v10");
    change(Some("v10"), None).await.unwrap();
    change(None, None).await.unwrap();
    assert!(store.catalog_in_force().await.unwrap().is_none());
}

async fn a_setting_comes_back_and_one_of_other_words_is_its_default(store: &Database) {
    store.set_setting("pages", &vec![1_u8, 2], &act("setting.set")).await.unwrap();
    assert_eq!(store.setting::<Vec<u8>>("pages").await.unwrap(), [1, 2]);
    assert_eq!(store.setting::<String>("pages").await.unwrap(), "");
    assert_eq!(store.setting::<u8>("never").await.unwrap(), 0);
}

async fn a_new_token_puts_the_old_one_out_of_force(store: &Database) {
    for number in [1, 2] {
        store.replace_gateway_token(&[number; 32], "abcd", &act("gateway.token.replace")).await.unwrap();
    }
    let tokens = store.gateway_tokens().await.unwrap();
    assert_eq!(tokens.iter().map(|token| token.digest).collect::<Vec<_>>(), [[2; 32]]);
    assert!(store.replace_gateway_token(&[1; 32], "abcd", &act("gateway.token.replace")).await.is_err());
    assert_eq!(store.gateway_tokens().await.unwrap().len(), 1);
}

async fn health_adds_up_and_a_deleted_configuration_has_none(store: &Database) {
    with_two(store).await;
    let slot = |config, latencies: &[u32]| SlotRow {
        provider_config_id: config,
        slot_start: NOON.0,
        good: 3,
        bad: 1,
        latencies: latencies.to_vec(),
    };
    store.add_health(&[slot(1, &[1, 2]), slot(9, &[1])], NOON).await.unwrap();
    store.add_health(&[slot(1, &[0, 0, 5])], NOON).await.unwrap();
    let rows = store.health_since(NOON).await.unwrap();
    assert_eq!(rows, [SlotRow { good: 6, bad: 2, ..slot(1, &[1, 2, 5]) }]);
    store.add_health(&[], NOON.plus_days(3)).await.unwrap();
    assert!(store.health_since(NOON).await.unwrap().is_empty());
}

async fn a_configuration_has_one_open_incident(store: &Database) {
    let incident = |state| NewIncident {
        provider: id(1),
        display_name: "one".into(),
        state,
        started_at: NOON,
        cause: "c".into(),
    };
    let first = store.open_incident(&incident(HealthState::Degraded)).await.unwrap();
    assert_eq!(store.open_incident(&incident(HealthState::Down)).await.unwrap(), first);
    store.add_moved_calls(first, 4).await.unwrap();
    store.close_incident(first, NOON.plus_days(1)).await.unwrap();
    assert_ne!(store.open_incident(&incident(HealthState::Down)).await.unwrap(), first);
    let all = store.incidents_since(NOON).await.unwrap();
    assert_eq!(
        all.iter().map(|one| (one.ended_at, one.calls_moved)).max(),
        Some((Some(NOON.plus_days(1)), 4))
    );
    assert!(store.open_incident(&incident(HealthState::Up)).await.is_err());
}

async fn a_task_has_its_own_instructions_until_they_are_taken_away_and_nobody_overwrites_what_was_not_seen(
    store: &Database,
) {
    let task = "extraction".parse().unwrap();
    let set = async |seen: Option<&str>, prompt: Option<&str>| {
        store.change_task_prompt(&task, seen, prompt, &act("task.set_prompt")).await
    };
    set(None, Some("Only facts.")).await.unwrap();
    assert_eq!(store.task_prompt(&task).await.unwrap().as_deref(), Some("Only facts."));
    assert!(matches!(set(None, Some("Be brief.")).await, Err(StoreError::Conflict)));
    assert!(matches!(set(Some("Be kind."), None).await, Err(StoreError::Conflict)));
    assert_eq!(store.serving().await.unwrap().prompts[&task], "Only facts.");
    set(Some("Only facts."), None).await.unwrap();
    assert_eq!(store.task_prompt(&task).await.unwrap(), None);
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!(
        (entry.before.as_deref(), entry.after.as_deref()),
        (Some(r#"{"prompt":"Only facts."}"#), Some(r#"{"prompt":null}"#))
    );
    let none = "none".parse().unwrap();
    let unknown = store.change_task_prompt(&none, None, Some("x"), &act("task.set_prompt")).await;
    assert!(matches!(unknown, Err(StoreError::NoSuchTask)));
    assert!(set(None, Some("")).await.is_err(), "an empty one is refused by the database");
}
