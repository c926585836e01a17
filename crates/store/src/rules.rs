//! What the database itself forbids, whoever asks: tried with plain SQL, past all of our own code.

mod access;
mod applications;
mod audit;
mod budgets;
mod bundles;
mod copies;
mod imports;
mod insights;
mod kept_keys;
mod ledger;
mod migration;
mod rotation;
mod routes;
mod serving;
mod statistics;
mod sync;

use model::{ProviderDraft, ProviderId, ProviderType, Timestamp, TokenUsage};
use uuid::Uuid;

use crate::{Act, CallRow, Change, KeyChange, Store, UsageStatus};

const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const AUDIT_KEY: [u8; 32] = [7; 32];

async fn with_two() -> (tempfile::TempDir, Store) {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("vault.1.db");
    Store::create(&file, KEY, "vault").await.unwrap();
    let store = Store::open(&file, KEY, "vault", &AUDIT_KEY).await.unwrap();
    for (number, name) in ["one", "two"].into_iter().enumerate() {
        let draft = ProviderDraft {
            model_name: "m".into(),
            display_name: name.into(),
            is_default: number == 0,
            tasks: if number == 0 { vec!["extraction".parse().unwrap()] } else { vec![] },
            ..ProviderDraft::new(ProviderType::OpenAi)
        };
        let change = Change { draft, key: KeyChange::Keep, test: None };
        store.insert(ProviderId(Uuid::from_u128(number as u128 + 1)), change, &act()).await.unwrap();
    }
    (data, store)
}

fn act() -> Act {
    Act { actor: "a".into(), machine: "m".into(), action: "provider.create", at: Timestamp(1) }
}

/// A call of the first one, of 100 tokens and 50, whose price nobody knows.
pub(crate) fn plain(request: &str) -> CallRow {
    CallRow {
        request_id: request.into(),
        attempt: 1,
        provider_config_id: 1,
        provider_type: ProviderType::OpenAi,
        user_id: "u".into(),
        client: "tests".into(),
        task_type: "extraction".into(),
        model_requested: "m".into(),
        model_returned: None,
        usage: Some(TokenUsage { input: 100, output: 50, ..TokenUsage::default() }),
        cost: None,
        priced: None,
        cost_is_estimate: false,
        status: UsageStatus::Success,
        error_class: None,
        http_status: Some(200),
        latency_ms: 5,
        first_token_ms: None,
        vendor_request_id: None,
        rule: None,
        fallback_from: None,
        created_at: Timestamp(1_795_444_320_000),
    }
}

async fn refused(store: &Store, sql: &'static str) -> bool {
    sqlx::query(sql).execute(&mut *store.connection().await.unwrap()).await.is_err()
}

#[tokio::test]
async fn the_database_forbids_what_must_not_be() {
    let (_data, store) = with_two().await;
    for (rule, sql) in [
        ("two defaults", "UPDATE ai_provider_configs SET is_default = 1 WHERE id = 2"),
        ("an inactive default", "UPDATE ai_provider_configs SET is_active = 0 WHERE id = 1"),
        (
            "two holders of one first place",
            "INSERT INTO task_routes (task, place, config_id) VALUES ('extraction', 1, 2)",
        ),
        (
            "one holder of two places",
            "INSERT INTO task_routes (task, place, config_id) VALUES ('extraction', 2, 1)",
        ),
        (
            "a place before the first",
            "INSERT INTO task_routes (task, place, config_id) VALUES ('cv_draft', 0, 2)",
        ),
        ("a route of no task", "INSERT INTO task_routes (task, place, config_id) VALUES ('none', 1, 2)"),
        ("a negative limit", "UPDATE ai_provider_configs SET daily_token_limit = -1 WHERE id = 2"),
        ("a limit of zero", "UPDATE ai_provider_configs SET monthly_token_limit = 0 WHERE id = 2"),
        ("an unknown type", "UPDATE ai_provider_configs SET provider_type = 'other' WHERE id = 2"),
        ("one name twice", "UPDATE ai_provider_configs SET display_name_folded = 'one' WHERE id = 2"),
        ("text for a number", "UPDATE ai_provider_configs SET created_at = 'now' WHERE id = 2"),
        ("a rewritten audit entry", "UPDATE admin_action_log SET actor = 'someone else'"),
        ("a removed audit entry", "DELETE FROM admin_action_log"),
    ] {
        assert!(refused(&store, sql).await, "{rule}");
    }
}

#[tokio::test]
async fn every_change_has_its_entry_with_what_changed_and_without_the_key() {
    let (_data, store) = with_two().await;
    let provider = store.provider(ProviderId(Uuid::from_u128(2))).await.ok().unwrap();
    let existing = model::command::Existing { id: provider.id, revision: provider.revision };
    let draft = ProviderDraft { description: "new".into(), ..provider.draft };
    let key = crate::NewKey {
        sealed: b"sealed-bytes".to_vec(),
        last_four: Some("4f2a".into()),
        entered_at: Timestamp(5),
    };
    let change = Change { draft, key: KeyChange::Replace(key), test: None };
    store.update(existing, change, &Act { action: "provider.update", ..act() }).await.unwrap();
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!((entry.action.as_str(), entry.target_name.as_deref()), ("provider.update", Some("two")));
    assert_eq!(entry.before.unwrap(), r#"{"api_key":null,"api_key_changed_at":null,"description":""}"#);
    let after = entry.after.unwrap();
    assert!(after.contains("set, ends in 4f2a") && !after.contains("sealed-bytes"), "{after}");
}

#[tokio::test]
async fn after_a_full_disk_and_a_refused_change_what_is_acknowledged_is_on_disk() {
    let (data, store) = with_two().await;
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count")
        .fetch_one(&mut *store.connection().await.unwrap())
        .await
        .unwrap();
    let limit = |pages: i64| sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
    sqlx::query(limit(pages)).execute(&mut *store.connection().await.unwrap()).await.unwrap();
    let mut refused = None;
    for number in 0..2_000 {
        let name = format!("filling_{number}").parse().unwrap();
        if let Err(error) = store.add_task(&name, &act()).await {
            refused = Some(error);
            break;
        }
    }
    assert!(matches!(refused, Some(crate::StoreError::Full)), "{refused:?}");
    sqlx::query(limit(pages + 1_000)).execute(&mut *store.connection().await.unwrap()).await.unwrap();
    let existing = "extraction".parse().unwrap();
    assert!(matches!(store.add_task(&existing, &act()).await, Err(crate::StoreError::TaskExists)));
    store.add_task(&"acknowledged".parse().unwrap(), &act()).await.unwrap();
    store.close().await;
    let store = Store::open(&data.path().join("vault.1.db"), KEY, "vault", &AUDIT_KEY).await.unwrap();
    let list = store.list(Timestamp(1)).await.unwrap();
    assert!(list.tasks.iter().any(|task| task.name.as_str() == "acknowledged"));
}

#[tokio::test]
async fn who_loses_the_default_or_a_task_gets_a_new_revision_and_an_entry() {
    let (_data, store) = with_two().await;
    let (one, two) = (ProviderId(Uuid::from_u128(1)), ProviderId(Uuid::from_u128(2)));
    let provider = store.provider(two).await.ok().unwrap();
    let draft =
        ProviderDraft { is_default: true, tasks: vec!["extraction".parse().unwrap()], ..provider.draft };
    let existing = model::command::Existing { id: two, revision: provider.revision };
    let change = Change { draft, key: KeyChange::Keep, test: None };
    let before = store.update(existing, change, &act()).await.unwrap();
    let loser = store.provider(one).await.ok().unwrap();
    assert_eq!((loser.revision, loser.draft.is_default, loser.draft.tasks.len()), (2, false, 0));
    let entry = store
        .audit_entries(2)
        .await
        .unwrap()
        .into_iter()
        .find(|entry| entry.target_name.as_deref() == Some("one"));
    assert_eq!(entry.unwrap().before.unwrap(), r#"{"is_default":true,"tasks":["extraction"]}"#);
    store.undo(&before, &act()).await.unwrap();
    let back = store.provider(one).await.ok().unwrap();
    assert_eq!((back.draft.is_default, back.draft.tasks.len()), (true, 1));
}

#[tokio::test]
async fn the_entry_of_an_undone_deletion_says_what_the_record_is_again() {
    let (_data, store) = with_two().await;
    let one = ProviderId(Uuid::from_u128(1));
    let before = store.delete(model::command::Existing { id: one, revision: 1 }, &act()).await.unwrap();
    store.undo(&before, &act()).await.unwrap();
    let after = store.audit_entries(1).await.unwrap().remove(0).after.unwrap();
    assert!(after.contains(r#""is_default":true"#) && after.contains(r#""tasks":["extraction"]"#), "{after}");
}

#[tokio::test]
async fn a_test_of_what_was_changed_meanwhile_is_not_kept() {
    let (_data, store) = with_two().await;
    let report = model::TestReport {
        outcome: model::TestOutcome::KeyRefused,
        tested_at: Timestamp(9),
        latency_ms: 1,
        http_status: Some(401),
        models_visible: None,
        nearest_models: vec![],
        retry_after_s: None,
        message: "m".into(),
        advice: "a".into(),
        request_id: None,
    };
    let id = ProviderId(Uuid::from_u128(1));
    let tested = |revision| model::command::Existing { id, revision };
    store.keep_test(tested(7), &report, &act()).await.unwrap();
    assert_eq!(store.provider(id).await.ok().unwrap().last_test, None);
    store.keep_test(tested(1), &report, &act()).await.unwrap();
    assert_eq!(store.provider(id).await.ok().unwrap().last_test, Some(report));
}

#[tokio::test]
async fn an_act_whose_entry_cannot_be_written_does_not_happen() {
    let (_data, store) = with_two().await;
    let block =
        "CREATE TRIGGER full BEFORE INSERT ON admin_action_log BEGIN SELECT RAISE(ABORT, 'full'); END";
    sqlx::query(block).execute(&mut *store.connection().await.unwrap()).await.unwrap();
    let id = ProviderId(Uuid::from_u128(2));
    let existing = model::command::Existing { id, revision: 1 };
    assert!(store.delete(existing, &act()).await.is_err());
    assert!(store.provider(id).await.is_ok());
}

#[tokio::test]
async fn the_file_is_encrypted_and_opens_with_its_key_alone() {
    let (data, store) = with_two().await;
    store.close().await;
    let file = data.path().join("vault.1.db");
    let bytes = std::fs::read(&file).unwrap();
    assert!(!bytes.starts_with(b"SQLite format 3"));
    assert!(!bytes.windows(19).any(|window| window == b"ai_provider_configs"));
    let other = KEY.replace('0', "1");
    assert!(matches!(
        Store::open(&file, &other, "vault", &AUDIT_KEY).await.err(),
        Some(crate::OpenError::Damaged)
    ));
    assert!(matches!(
        Store::open(&file, KEY, "another vault", &AUDIT_KEY).await.err(),
        Some(crate::OpenError::OtherVault)
    ));
}

#[tokio::test]
async fn a_database_of_a_later_version_is_too_new_and_left_as_it_is() {
    let (data, store) = with_two().await;
    let later = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (9999, 'from the future', 1, x'00', 0)";
    sqlx::query(later).execute(&mut *store.connection().await.unwrap()).await.unwrap();
    store.close().await;
    let file = data.path().join("vault.1.db");
    let before = std::fs::read(&file).unwrap();
    assert!(matches!(
        Store::open(&file, KEY, "vault", &AUDIT_KEY).await.err(),
        Some(crate::OpenError::TooNew)
    ));
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[tokio::test]
async fn sqlcipher_is_linked_and_the_journal_is_not_wal() {
    let (_data, store) = with_two().await;
    let (cipher, sqlite) = store.versions().await.unwrap();
    assert!(cipher.starts_with("4."), "{cipher}");
    assert!(sqlite.starts_with("3."), "{sqlite}");
    for (pragma, value) in [("PRAGMA journal_mode", "delete"), ("PRAGMA locking_mode", "exclusive")] {
        let set: String =
            sqlx::query_scalar(pragma).fetch_one(&mut *store.connection().await.unwrap()).await.unwrap();
        assert_eq!(set, value);
    }
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous")
        .fetch_one(&mut *store.connection().await.unwrap())
        .await
        .unwrap();
    assert_eq!(synchronous, 3);
}

#[tokio::test]
async fn calls_sum_up_by_day_an_unknown_price_is_counted_and_not_added() {
    let (_data, store) = with_two().await;
    let now = Timestamp(1_795_444_320_000);
    let row = |request: &str, cost, at: Timestamp| CallRow { cost, created_at: at, ..plain(request) };
    let price = model::PicoUsd(450_000_000);
    let rows = [
        row("a", Some(price), now),
        row("a", Some(price), now),
        row("b", None, now),
        row("c", Some(price), now.plus_days(-6)),
    ];
    store.log_calls(&rows).await.unwrap();
    let usage = store.list(now).await.unwrap().providers[0].usage.clone();
    assert_eq!((usage.calls_7d, usage.unpriced_7d, usage.tokens_today), (3, 1, 300));
    assert_eq!(usage.unpriced_today, 1);
    assert_eq!((usage.cost_by_day[0], usage.cost_by_day[6]), (price, price));
    assert_eq!(store.usage_of(1).await.unwrap(), (3, model::PicoUsd(900_000_000)));
}
