//! Serials only rise, whoever asks; a bundle comes into force as a whole or not at all.

use model::routing::{AutoBounds, ChainMember, Needs, RouteMode, TaskRoute};

use super::*;
use crate::{ApplyError, BundleChange, BundledConfig, NewBundle, NewSigningKey, StoreError};

fn bundled(number: u128, name: &str) -> BundledConfig {
    let draft = ProviderDraft {
        model_name: "m".into(),
        display_name: name.into(),
        ..ProviderDraft::new(ProviderType::OpenAi)
    };
    BundledConfig { id: ProviderId(Uuid::from_u128(number)), draft, key: KeyChange::Keep }
}

fn change(serial: u64, configurations: Vec<BundledConfig>) -> BundleChange<'static> {
    BundleChange {
        issuer: "one",
        serial,
        kid: "sb-2026-1",
        fingerprint: "f",
        issued_at: Timestamp(1),
        expires_at: Timestamp(2),
        again: None,
        body: Some("body"),
        configurations,
        default: None,
        routes: Vec::new(),
        prompts: Vec::new(),
        catalog: None,
    }
}

async fn names(store: &Store) -> Vec<String> {
    let mut all = store.serving().await.unwrap().providers;
    all.sort_by_key(|one| one.id);
    all.into_iter().map(|one| one.draft.display_name).collect()
}

#[tokio::test]
async fn a_bundle_changes_what_bundles_brought_and_nothing_else() {
    let (_data, store) = with_two().await;
    store.apply_bundle(change(3, vec![bundled(11, "a"), bundled(12, "b")]), &act()).await.unwrap();
    // Two swap their names, and the third one comes.
    let swapped = vec![bundled(11, "b"), bundled(12, "a"), bundled(13, "c")];
    store.apply_bundle(change(4, swapped), &act()).await.unwrap();
    assert_eq!(names(&store).await, ["one", "two", "b", "a", "c"]);
    let revision =
        async |number| store.provider(ProviderId(Uuid::from_u128(number))).await.ok().unwrap().revision;
    let before = revision(11).await;
    let same = vec![bundled(11, "b"), bundled(12, "A")];
    store.apply_bundle(change(5, same), &act()).await.unwrap();
    assert_eq!(
        (names(&store).await, revision(11).await),
        (vec!["one".into(), "two".into(), "b".into(), "A".into()], before)
    );
    let other = BundleChange { issuer: "other", ..change(1, vec![bundled(11, "d")]) };
    assert!(matches!(store.apply_bundle(other, &act()).await, Err(ApplyError::Taken)));
    assert_eq!(store.verify_audit(None).await.unwrap().broken, None);
}

#[tokio::test]
async fn what_cannot_come_into_force_leaves_everything_and_its_serial_as_they_were() {
    let (_data, store) = with_two().await;
    store.apply_bundle(change(3, vec![bundled(11, "a")]), &act()).await.unwrap();
    let entries = store.audit_entries(100).await.unwrap().len();
    let missing = TaskRoute {
        task: "extraction".parse().unwrap(),
        mode: RouteMode::Chain,
        chain: vec![ChainMember { provider: ProviderId(Uuid::from_u128(99)), weight: 0 }],
        needs: Needs::default(),
        bounds: AutoBounds::default(),
    };
    let bad = BundleChange { routes: vec![missing], ..change(4, vec![bundled(12, "b")]) };
    assert!(matches!(store.apply_bundle(bad, &act()).await, Err(ApplyError::Routes(_))));
    for name in ["one", "ONE"] {
        let refused = store.apply_bundle(change(4, vec![bundled(12, name)]), &act()).await;
        assert!(matches!(refused, Err(ApplyError::Taken)), "{name}");
    }
    for serial in [1, 2, 3] {
        let refused = store.apply_bundle(change(serial, Vec::new()), &act()).await;
        assert!(matches!(refused, Err(ApplyError::OldSerial { accepted: 3 })), "{serial}");
    }
    assert_eq!(
        (names(&store).await, store.audit_entries(100).await.unwrap().len()),
        (vec!["one".into(), "two".into(), "a".into()], entries)
    );
    store.apply_bundle(change(4, Vec::new()), &act()).await.unwrap();
    assert_eq!(names(&store).await, ["one", "two"]);
}

#[tokio::test]
async fn the_newest_two_are_kept_and_what_was_accepted_is_never_forgotten() {
    let (_data, store) = with_two().await;
    for serial in [1, 2, 3] {
        store.apply_bundle(change(serial, Vec::new()), &act()).await.unwrap();
    }
    let again = BundleChange { again: Some(2), body: None, ..change(4, Vec::new()) };
    store.apply_bundle(again, &act()).await.unwrap();
    let kept: Vec<(i64, bool)> =
        store.accepted_bundles().await.unwrap().iter().map(|one| (one.serial, one.is_kept)).collect();
    assert_eq!(kept, [(4, false), (3, true), (2, true), (1, false)]);
    for sql in [
        "DELETE FROM accepted_bundles WHERE serial = 4",
        "INSERT INTO accepted_bundles SELECT issuer, 4, kid, fingerprint, 1, 2, 3, NULL, NULL FROM accepted_bundles LIMIT 1",
        "INSERT INTO accepted_bundles SELECT issuer, 2, kid, fingerprint, 1, 2, 3, NULL, NULL FROM accepted_bundles LIMIT 1",
    ] {
        assert!(refused(&store, sql).await, "{sql}");
    }
}

#[tokio::test]
async fn a_serial_of_the_desk_is_given_away_once_and_one_key_signs() {
    let (_data, store) = with_two().await;
    let bundle = |serial| NewBundle {
        serial,
        server: ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "eu"),
        kid: "sb-2026-1",
        previous: 0,
        expires_at: Timestamp(9),
        fingerprint: "f",
        scope: "{}",
        configurations: 0,
        body: "body",
    };
    store.keep_bundle(&bundle(2), &act()).await.unwrap();
    for serial in [1, 2] {
        assert!(matches!(store.keep_bundle(&bundle(serial), &act()).await, Err(StoreError::Conflict)));
    }
    let server = ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "eu", "age1");
    store.keep_bundle_server(server, 40, &act()).await.unwrap();
    store.keep_bundle_server(server, 7, &act()).await.unwrap();
    assert_eq!(store.bundle_serial().await.unwrap(), 40);
    assert!(refused(&store, "UPDATE bundle_serial SET serial = 39").await);
    let key = |kid| NewSigningKey { record: Uuid::now_v7(), kid, public: &[7; 32], sealed: b"sealed" };
    store.keep_signing_key(None, &key("sb-2026-1"), &act()).await.unwrap();
    assert!(matches!(
        store.keep_signing_key(None, &key("sb-2026-2"), &act()).await,
        Err(StoreError::Conflict)
    ));
    store.keep_signing_key(Some("sb-2026-1"), &key("sb-2026-2"), &act()).await.unwrap();
    assert!(refused(&store, "UPDATE signing_keys SET replaced_at = NULL, seed_encrypted = x'00'").await);
}
