//! Copies of a database that goes on being written to.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use model::{ProviderId, Timestamp, backups::RestoreEffect, command::Existing};
use uuid::Uuid;

use super::{KEY, act, plain, with_two};
use crate::{CopyError, Store};

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_made_while_calls_are_logged_is_one_state_of_the_database() {
    let (data, store) = with_two().await;
    let many: Vec<_> = (0..6_000).map(|number| plain(&format!("first-{number}"))).collect();
    store.log_calls(&many).await.unwrap();
    let (store, done, logged) =
        (Arc::new(store), Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let writer = tokio::spawn({
        let (store, done, logged) = (Arc::clone(&store), Arc::clone(&done), Arc::clone(&logged));
        async move {
            while !done.load(Ordering::Relaxed) {
                let number = logged.fetch_add(1, Ordering::Relaxed);
                store.log_calls(&[plain(&format!("then-{number}"))]).await.unwrap();
            }
        }
    });
    for trial in 0..6 {
        let (before, copy) = (logged.load(Ordering::Relaxed), data.path().join(format!("copy-{trial}")));
        let mark = store.copy_to(&copy, |_, _| true).await.unwrap();
        assert_eq!(Store::check_copy(&copy, KEY, "vault").await.unwrap(), mark);
        let copy = Store::open_copy(&copy, KEY, "vault", &super::AUDIT_KEY).await.unwrap().unwrap();
        let calls = copy.logged_calls().await.unwrap();
        assert!(calls >= 6_000 + before.saturating_sub(1), "{calls} of {before}");
        copy.close().await;
    }
    done.store(true, Ordering::Relaxed);
    writer.await.unwrap();
    assert!(logged.load(Ordering::Relaxed) > 6);
    store.check().await.unwrap();
}

#[tokio::test]
async fn a_copy_has_what_was_there_and_the_original_stays_locked() {
    let (data, store) = with_two().await;
    let copy = data.path().join("copy");
    store.copy_to(&copy, |done, of| done <= of).await.unwrap();
    assert_eq!(fs::read(&copy).unwrap(), fs::read(data.path().join("vault.1.db")).unwrap());
    // Another connection finds the file held, as before the copy was made.
    assert!(Store::open(&data.path().join("vault.1.db"), KEY, "vault", &super::AUDIT_KEY).await.is_err());
}

#[tokio::test]
async fn a_copy_that_is_not_wanted_any_more_stops() {
    let (data, store) = with_two().await;
    let stopped = store.copy_to(&data.path().join("copy"), |_, _| false).await;
    assert!(matches!(stopped, Err(CopyError::Stopped)));
}

#[tokio::test]
async fn a_flipped_bit_anywhere_in_a_copy_is_found() {
    let (data, store) = with_two().await;
    let copy = data.path().join("copy");
    store.copy_to(&copy, |_, _| true).await.unwrap();
    let whole = fs::read(&copy).unwrap();
    for trial in 0..60 {
        let mut flipped = whole.clone();
        let bit = whole.len() * 8 / 60 * trial + 7 * trial;
        flipped[bit / 8] ^= 1 << (bit % 8);
        fs::write(&copy, &flipped).unwrap();
        assert!(Store::check_copy(&copy, KEY, "vault").await.is_err(), "bit {bit}");
    }
    fs::write(&copy, &whole).unwrap();
    Store::check_copy(&copy, KEY, "vault").await.unwrap();
}

#[tokio::test]
async fn what_a_restore_would_change_is_named_by_fields_and_never_by_key() {
    let (data, store) = with_two().await;
    let copy = data.path().join("copy");
    let mark = store.copy_to(&copy, |_, _| true).await.unwrap();
    assert!(!store.changed_since(mark.revision, Timestamp(1)).await.unwrap());
    let id = ProviderId(Uuid::from_u128(1));
    let provider = store.provider(id).await.unwrap();
    let mut draft = provider.draft.clone();
    draft.model_name = "another".into();
    let existing = Existing { id, revision: provider.revision };
    let key = crate::KeyChange::Replace(crate::NewKey {
        sealed: b"sealed-canary".to_vec(),
        last_four: Some("abcd".into()),
        entered_at: Timestamp(5),
    });
    store.update(existing, crate::Change { draft, key, test: None }, &act()).await.unwrap();
    let two = store.provider(ProviderId(Uuid::from_u128(2))).await.unwrap();
    store.delete(Existing { id: two.id, revision: two.revision }, &act()).await.unwrap();
    assert!(store.changed_since(mark.revision, Timestamp(1)).await.unwrap());
    let then = Store::open_copy(&copy, KEY, "vault", &super::AUDIT_KEY).await.unwrap().unwrap();
    let changes = store.changes_to(&then).await.unwrap();
    let seen: Vec<_> = changes.iter().map(|change| (change.name.as_str(), change.how)).collect();
    assert_eq!(seen, [("one", RestoreEffect::Changed), ("two", RestoreEffect::Added)]);
    let model = changes[0].fields.iter().find(|field| field.field == "model_name").unwrap();
    assert_eq!((model.now.as_deref(), model.then.as_deref()), (Some("another"), Some("m")));
    assert!(!format!("{changes:?}").contains("canary"));
}
