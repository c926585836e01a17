//! Keys that were replaced: one for each configuration, there until its period ends, and gone with the configuration.

use model::{ProviderId, TestOutcome, TestReport, Timestamp, command::Existing};
use uuid::Uuid;

use super::{act, with_two};
use crate::{Act, Change, KeptKey, KeyChange, KeySwitch, NewKey, Store, StoreError};

const FIRST: ProviderId = ProviderId(Uuid::from_u128(1));

fn new_key(sealed: &[u8], last_four: &str) -> NewKey {
    NewKey { sealed: sealed.to_vec(), last_four: Some(last_four.into()), entered_at: Timestamp(5) }
}

fn kept(sealed: &[u8]) -> KeptKey {
    KeptKey {
        sealed: sealed.to_vec(),
        last_four: Some("0001".into()),
        entered_at: Timestamp(3),
        base_url: "https://api.openai.com/v1".into(),
        kept_at: Timestamp(5),
        until: Timestamp(100),
    }
}

fn works() -> TestReport {
    TestReport {
        outcome: TestOutcome::Works,
        tested_at: Timestamp(5),
        latency_ms: 7,
        http_status: Some(200),
        models_visible: Some(2),
        nearest_models: Vec::new(),
        retry_after_s: None,
        message: String::new(),
        advice: String::new(),
        request_id: None,
    }
}

async fn existing(store: &Store) -> Existing {
    Existing { id: FIRST, revision: store.provider(FIRST).await.ok().unwrap().revision }
}

async fn switch(store: &Store, switch: KeySwitch) -> Result<(), StoreError> {
    store.switch_key(existing(store).await, switch, &Act { action: "provider.replace_key", ..act() }).await
}

/// The first one has a key in force and one kept.
pub(super) async fn keep_key(store: &Store, in_force: &[u8], before: &[u8]) {
    let key = new_key(in_force, "0002");
    switch(store, KeySwitch { key, kept: Some(kept(before)), back_to: None, test: works() }).await.unwrap();
}

async fn is_kept(store: &Store) -> bool {
    store.kept_key(1).await.ok().unwrap().is_some()
}

async fn entry(store: &Store) -> (String, String, String) {
    let newest = store.audit_entries(1).await.unwrap().remove(0);
    (newest.action, newest.before.unwrap_or_default(), newest.after.unwrap_or_default())
}

#[tokio::test]
async fn another_key_comes_into_force_and_the_one_before_is_kept_in_one_act() {
    let (_data, store) = with_two().await;
    let before = store.provider(FIRST).await.ok().unwrap();
    keep_key(&store, b"new", b"old").await;
    let after = store.provider(FIRST).await.ok().unwrap();
    assert_eq!(after.sealed_key.as_deref(), Some(&b"new"[..]));
    assert_eq!((after.revision, after.key_changed_at), (before.revision + 1, Some(Timestamp(5))));
    // What else the row says is as it was, and so are the places in chains.
    assert_eq!(after.draft, before.draft);
    assert_eq!(after.last_test, Some(works()));
    assert!(store.kept_key(1).await.ok().unwrap() == Some(kept(b"old")));
    let (action, _, is) = entry(&store).await;
    assert_eq!(action, "provider.replace_key");
    assert!(
        is.contains(r#""api_key":"set, ends in 0002""#) && is.contains(r#""kept_key":"set, ends in 0001""#)
    );
    assert!(!is.contains("old") && !is.contains("new"), "{is}");
}

#[tokio::test]
async fn nothing_changes_when_somebody_was_faster() {
    let (_data, store) = with_two().await;
    keep_key(&store, b"new", b"old").await;
    let stale = Existing { id: FIRST, revision: 1 };
    let one = KeySwitch { key: new_key(b"x", "000x"), kept: None, back_to: None, test: works() };
    assert!(matches!(store.switch_key(stale, one, &act()).await, Err(StoreError::Conflict)));
    // The key that was to come back is gone, or another one.
    let back = |sealed: &[u8]| KeySwitch {
        key: new_key(b"x", "000x"),
        kept: None,
        back_to: Some(kept(sealed)),
        test: works(),
    };
    assert!(matches!(switch(&store, back(b"other")).await, Err(StoreError::Conflict)));
    store.destroy_kept_key(FIRST, &act()).await.unwrap();
    assert!(matches!(switch(&store, back(b"old")).await, Err(StoreError::Conflict)));
    let provider = store.provider(FIRST).await.ok().unwrap();
    assert_eq!(provider.sealed_key.as_deref(), Some(&b"new"[..]));
}

#[tokio::test]
async fn a_kept_key_ends_with_its_period_and_not_before() {
    let (_data, store) = with_two().await;
    keep_key(&store, b"new", b"old").await;
    let at = |at| Act { action: "provider.kept_key_expired", at: Timestamp(at), ..act() };
    assert_eq!(store.destroy_expired_keys(&at(99)).await.unwrap(), []);
    assert!(is_kept(&store).await);
    assert_eq!(store.destroy_expired_keys(&at(100)).await.unwrap(), [FIRST]);
    assert!(!is_kept(&store).await);
    let (action, was, is) = entry(&store).await;
    assert_eq!(action, "provider.kept_key_expired");
    assert!(was.contains("set, ends in 0001") && is.contains(r#""kept_key":null"#), "{was} {is}");
    // Once is enough, and there is no entry for nothing.
    let entries = store.audit_entries(100).await.unwrap().len();
    assert_eq!(store.destroy_expired_keys(&at(1_000)).await.unwrap(), []);
    store.destroy_kept_key(FIRST, &at(1_000)).await.unwrap();
    assert_eq!(store.audit_entries(100).await.unwrap().len(), entries);
}

#[tokio::test]
async fn a_kept_key_goes_with_its_configuration_and_with_the_key_in_force() {
    let (_data, store) = with_two().await;
    keep_key(&store, b"new", b"old").await;
    let provider = store.provider(FIRST).await.ok().unwrap();
    let removed = Change { draft: provider.draft, key: KeyChange::Remove, test: None };
    store.update(existing(&store).await, removed, &act()).await.unwrap();
    assert!(!is_kept(&store).await);
    keep_key(&store, b"new", b"old").await;
    let deleted = store.delete(existing(&store).await, &act()).await.unwrap();
    assert!(!is_kept(&store).await);
    // Taking the deletion back brings the key in force, and not the one from before.
    store.undo(&deleted, &act()).await.unwrap();
    assert!(store.provider(FIRST).await.ok().unwrap().sealed_key.is_some());
    assert!(!is_kept(&store).await);
}

#[tokio::test]
async fn keys_are_found_by_their_age() {
    let (_data, store) = with_two().await;
    assert_eq!(store.keys_entered_until(Timestamp(1_000)).await.unwrap(), []);
    keep_key(&store, b"new", b"old").await;
    assert_eq!(store.keys_entered_until(Timestamp(4)).await.unwrap(), []);
    let old = store.keys_entered_until(Timestamp(5)).await.unwrap();
    assert_eq!(old.iter().map(|key| (key.id, key.entered_at)).collect::<Vec<_>>(), [(FIRST, Timestamp(5))]);
}
