//! A copy under another key holds everything, opens with its own key alone, and leaves no sealed field behind.

use std::path::Path;

use model::{ProviderId, Timestamp, command::Existing};
use uuid::Uuid;

use super::{AUDIT_KEY, KEY, act, kept_keys::keep_key, plain, with_two};
use crate::{
    AuditEntry, Change, KeyChange, NewKey, OpenError, RotateError, Store,
    connection::{KeyedOptions, connect},
    rotation::SEALED,
};

const NEW_AUDIT_KEY: [u8; 32] = [9; 32];
const OTHER: &str = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";

async fn copy(from: &Path, to: &Path) -> Result<(), RotateError> {
    let reseal = |record: Uuid, field: &str, mut sealed: Vec<u8>| {
        sealed.extend_from_slice(format!("|{}|{field}", record.as_u128()).as_bytes());
        Some(sealed)
    };
    Store::copy_under_new_key([(from, KEY, &AUDIT_KEY), (to, OTHER, &NEW_AUDIT_KEY)], "vault", reseal, |_| ())
        .await
}

async fn with_key(store: &Store) {
    let id = ProviderId(Uuid::from_u128(1));
    let provider = store.provider(id).await.ok().unwrap();
    let key = NewKey { sealed: b"sealed".to_vec(), last_four: Some("4f2a".into()), entered_at: Timestamp(3) };
    let change = Change { draft: provider.draft, key: KeyChange::Replace(key), test: None };
    store.update(Existing { id, revision: provider.revision }, change, &act()).await.unwrap();
}

#[tokio::test]
async fn everything_is_in_the_copy_and_each_sealed_field_is_sealed_anew() {
    let (data, store) = with_two().await;
    with_key(&store).await;
    keep_key(&store, b"new", b"old").await;
    store.log_calls(&[plain("one"), plain("two")]).await.unwrap();
    let entries = store.audit_entries(100).await.unwrap();
    store.close().await;
    let (old, new) = (data.path().join("vault.1.db"), data.path().join("vault.2.db"));
    copy(&old, &new).await.unwrap();

    let copied = Store::open(&new, OTHER, "vault", &NEW_AUDIT_KEY).await.unwrap();
    copied.check().await.unwrap();
    // The log says the same, chained under its new key.
    assert_eq!(copied.verify_audit(None).await.unwrap().broken, None);
    let said = |entry: &AuditEntry| AuditEntry { mac: Vec::new(), ..entry.clone() };
    let chained = copied.audit_entries(100).await.unwrap();
    assert!(chained.iter().zip(&entries).all(|(now, then)| now.mac != then.mac));
    assert_eq!(chained.iter().map(said).collect::<Vec<_>>(), entries.iter().map(said).collect::<Vec<_>>());
    assert_eq!(copied.verify_statistics().await.unwrap().first_difference, None);
    assert_eq!(copied.usage_of(1).await.unwrap().0, 2);
    let provider = copied.provider(ProviderId(Uuid::from_u128(1))).await.ok().unwrap();
    assert_eq!(provider.sealed_key.as_deref(), Some(&b"new|1|api_key"[..]));
    let kept = copied.kept_key(1).await.ok().unwrap().unwrap();
    assert_eq!(kept.sealed, b"old|1|kept_api_key");
    // Triggers and counters came along: numbers are never used twice, and what is logged cannot be changed.
    with_key(&copied).await;
    let mut connection = copied.connection().await.unwrap();
    let change = sqlx::query("UPDATE admin_action_log SET actor = 'x'").execute(&mut *connection).await;
    assert!(change.is_err());
}

#[tokio::test]
async fn the_old_file_is_left_as_it_was_and_each_opens_with_its_own_key_alone() {
    let (data, store) = with_two().await;
    store.close().await;
    let (old, new) = (data.path().join("vault.1.db"), data.path().join("vault.2.db"));
    let before = std::fs::read(&old).unwrap();
    copy(&old, &new).await.unwrap();
    assert_eq!(std::fs::read(&old).unwrap(), before);
    for (file, key) in [(&old, OTHER), (&new, KEY)] {
        assert!(matches!(Store::open(file, key, "vault", &AUDIT_KEY).await.err(), Some(OpenError::Damaged)));
    }
}

#[tokio::test]
async fn a_field_that_does_not_open_ends_it() {
    let (data, store) = with_two().await;
    with_key(&store).await;
    store.close().await;
    let (old, new) = (data.path().join("vault.1.db"), data.path().join("vault.2.db"));
    let refused = Store::copy_under_new_key(
        [(&old, KEY, &AUDIT_KEY), (&new, OTHER, &NEW_AUDIT_KEY)],
        "vault",
        |_, _, _| None,
        |_| (),
    );
    assert!(matches!(refused.await.err(), Some(RotateError::NotWhole)));
}

#[tokio::test]
async fn every_column_whose_name_says_that_it_is_sealed_is_known() {
    let (data, store) = with_two().await;
    store.close().await;
    let options = KeyedOptions::new(&data.path().join("vault.1.db"), KEY);
    let mut connection = connect(options, false).await.ok().unwrap();
    let select = "SELECT tables.name, columns.name
                  FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
                  WHERE tables.type = 'table'
                  AND (columns.name LIKE '%encrypted%' OR columns.name LIKE '%seal%' OR columns.name LIKE '%secret%')";
    let found: Vec<(String, String)> = sqlx::query_as(select).fetch_all(&mut connection).await.unwrap();
    assert!(!found.is_empty());
    for (table, column) in found {
        let known = SEALED.iter().any(|sealed| sealed.column == (table.as_str(), column.as_str()));
        assert!(known, "{table}.{column} would be lost with an old vault key");
    }
}
