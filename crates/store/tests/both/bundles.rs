//! Bundles in force, and whom a server trusts.

use model::routing::{AutoBounds, ChainMember, Needs, RouteMode, TaskRoute};
use store::{
    ApplyError, BundleChange, BundledConfig, CatalogChange, Database, KeyChange, NewKey, StoreError,
};

use crate::{
    house::{NOON, act, change, draft, id, with_two},
    on_both,
};

on_both! {
    a_key_is_trusted_once_and_the_one_that_it_replaced_is_not_trusted_again
    a_bundle_brings_and_takes_what_is_its_own_and_nothing_else
    an_old_serial_and_a_name_that_is_taken_change_nothing
    two_configurations_swap_their_names
    the_newest_two_bundles_are_kept
    instructions_and_a_catalogue_come_and_go_with_a_bundle
}

fn bundle(serial: u64, configurations: Vec<BundledConfig>) -> BundleChange<'static> {
    BundleChange {
        issuer: "desk",
        serial,
        kid: "k1",
        fingerprint: "f",
        issued_at: NOON,
        expires_at: NOON.plus_days(30),
        again: None,
        body: Some("body"),
        configurations,
        default: None,
        routes: Vec::new(),
        prompts: Vec::new(),
        catalog: None,
    }
}

fn config(number: u128, name: &str) -> BundledConfig {
    let key = NewKey { sealed: vec![number as u8; 40], last_four: Some("4f2a".into()), entered_at: NOON };
    BundledConfig { id: id(number), draft: draft(name), key: KeyChange::Replace(key) }
}

async fn names(store: &Database) -> Vec<String> {
    let providers = store.providers().await.ok().unwrap();
    providers.into_iter().map(|one| one.draft.display_name).collect()
}

async fn a_key_is_trusted_once_and_the_one_that_it_replaced_is_not_trusted_again(store: &Database) {
    let trust = async |kid: &str, byte: u8, replaced: Option<&str>| {
        store.trust_issuer(("desk", kid, &[byte; 32]), replaced, &act("bundle.trust")).await
    };
    trust("k1", 1, None).await.unwrap();
    trust("k1", 1, None).await.unwrap();
    assert!(matches!(trust("k1", 2, None).await, Err(StoreError::Conflict)), "another key of this name");
    trust("k2", 2, Some("k1")).await.unwrap();
    assert!(matches!(trust("k1", 1, None).await, Err(StoreError::Conflict)));
    let issuers = store.bundle_issuers().await.unwrap();
    let known: Vec<_> = issuers.iter().map(|one| (one.kid.as_str(), one.is_trusted())).collect();
    assert_eq!(known, [("k1", false), ("k2", true)]);
    assert_eq!(store.verify_audit(Vec::new()).await.unwrap().entries, 2);
}

async fn a_bundle_brings_and_takes_what_is_its_own_and_nothing_else(store: &Database) {
    with_two(store).await;
    let task = "from_the_desk".parse().unwrap();
    let route = TaskRoute {
        task,
        mode: RouteMode::Chain,
        chain: vec![ChainMember { provider: id(11), weight: 0 }, ChainMember { provider: id(12), weight: 0 }],
        needs: Needs::default(),
        bounds: AutoBounds::default(),
    };
    let first = BundleChange {
        default: Some(id(11)),
        routes: vec![route.clone()],
        ..bundle(3, vec![config(11, "eleven"), config(12, "twelve")])
    };
    store.apply_bundle(first, &act("bundle.apply")).await.unwrap();
    assert_eq!(names(store).await, ["one", "two", "eleven", "twelve"]);
    let eleven = store.provider(id(11)).await.ok().unwrap();
    assert_eq!((eleven.draft.is_default, eleven.sealed_key), (true, Some(vec![11; 40])));
    assert!(!store.provider(id(1)).await.ok().unwrap().draft.is_default);
    assert!(store.routing().await.unwrap().1.contains(&route));
    // The next one brings one of them no more.
    store.apply_bundle(bundle(4, vec![config(12, "twelve")]), &act("bundle.apply")).await.unwrap();
    assert_eq!(names(store).await, ["one", "two", "twelve"]);
    let accepted = store.accepted_bundles().await.unwrap();
    let serials: Vec<i64> = accepted.iter().map(|one| one.serial).collect();
    assert_eq!(serials, [4, 3]);
    assert_eq!(store.verify_audit(Vec::new()).await.unwrap().broken, None);
}

async fn an_old_serial_and_a_name_that_is_taken_change_nothing(store: &Database) {
    with_two(store).await;
    store.apply_bundle(bundle(5, vec![config(11, "eleven")]), &act("bundle.apply")).await.unwrap();
    let entries = store.audit_entries(100).await.unwrap().len();
    for serial in [5, 4] {
        let old = store.apply_bundle(bundle(serial, Vec::new()), &act("bundle.apply")).await;
        assert!(matches!(old, Err(ApplyError::OldSerial { accepted: 5 })), "{old:?}");
    }
    for taken in [config(12, "ONE"), config(1, "other")] {
        let refused =
            store.apply_bundle(bundle(6, vec![config(11, "new"), taken]), &act("bundle.apply")).await;
        assert!(matches!(refused, Err(ApplyError::Taken)), "{refused:?}");
    }
    assert_eq!(names(store).await, ["one", "two", "eleven"]);
    assert_eq!(store.audit_entries(100).await.unwrap().len(), entries);
    assert_eq!(store.accepted_bundles().await.unwrap().len(), 1, "number 6 may still come");
}

async fn two_configurations_swap_their_names(store: &Database) {
    let both = |one: &str, two: &str| vec![config(11, one), config(12, two)];
    store.apply_bundle(bundle(1, both("a", "b")), &act("bundle.apply")).await.unwrap();
    store.apply_bundle(bundle(2, both("b", "a")), &act("bundle.apply")).await.unwrap();
    assert_eq!(names(store).await, ["b", "a"]);
    let same: Vec<BundledConfig> =
        both("b", "a").into_iter().map(|one| BundledConfig { key: KeyChange::Keep, ..one }).collect();
    let revisions = async || {
        let providers = store.providers().await.ok().unwrap();
        providers.iter().map(|one| one.revision).collect::<Vec<_>>()
    };
    let before = revisions().await;
    store.apply_bundle(bundle(3, same), &act("bundle.apply")).await.unwrap();
    assert_eq!(revisions().await, before, "a bundle without changes changes nothing");
    let taken = store.insert(id(20), change(draft("A")), &act("provider.create")).await;
    assert!(matches!(taken, Err(StoreError::NameTaken)), "names are held again");
}

async fn the_newest_two_bundles_are_kept(store: &Database) {
    for serial in 1..=4 {
        store.apply_bundle(bundle(serial, Vec::new()), &act("bundle.apply")).await.unwrap();
    }
    let again = BundleChange { again: Some(3), body: None, ..bundle(5, Vec::new()) };
    store.apply_bundle(again, &act("bundle.apply")).await.unwrap();
    for (serial, kept) in [(1, false), (2, false), (3, true), (4, true), (5, false), (6, false)] {
        assert_eq!(store.accepted_body("desk", serial).await.unwrap().is_some(), kept, "{serial}");
    }
    assert_eq!(store.accepted_body("another", 4).await.unwrap(), None);
}

async fn instructions_and_a_catalogue_come_and_go_with_a_bundle(store: &Database) {
    let (task, other) = ("extraction".parse().unwrap(), "tagging".parse().unwrap());
    let catalog = model::Catalog { as_of: "2026-01-31".into(), models: Vec::new() };
    let comes = || Some(CatalogChange::Comes { version: "v1".into(), catalog: catalog.clone() });
    let with =
        |serial, prompts: Vec<_>, catalog| BundleChange { prompts, catalog, ..bundle(serial, Vec::new()) };
    let entries = async || store.verify_audit(Vec::new()).await.unwrap().entries;
    let both = || vec![("extraction".parse().unwrap(), Some("Only facts.".to_owned()))];
    store.apply_bundle(with(1, both(), comes()), &act("bundle.apply")).await.unwrap();
    assert_eq!(store.task_prompt(&task).await.unwrap().as_deref(), Some("Only facts."));
    assert_eq!(store.catalog_in_force().await.unwrap().unwrap().version, "v1");
    // The same again writes nothing but that it was accepted.
    let before = entries().await;
    store.apply_bundle(with(2, both(), comes()), &act("bundle.apply")).await.unwrap();
    assert_eq!(entries().await, before + 1);
    // A task that is not there yet comes with its instructions; nothing is taken from one that is not there.
    let new =
        vec![("tagging".parse().unwrap(), Some("Few tags.".to_owned())), ("nowhere".parse().unwrap(), None)];
    store.apply_bundle(with(3, new, None), &act("bundle.apply")).await.unwrap();
    assert_eq!(store.task_prompt(&other).await.unwrap().as_deref(), Some("Few tags."));
    let gone = vec![("extraction".parse().unwrap(), None)];
    let goes = |version: &str| Some(CatalogChange::Goes { version: version.to_owned() });
    store.apply_bundle(with(4, gone, goes("another")), &act("bundle.apply")).await.unwrap();
    assert_eq!(store.task_prompt(&task).await.unwrap(), None);
    assert!(store.catalog_in_force().await.unwrap().is_some(), "only the one of that version goes");
    store.apply_bundle(with(5, Vec::new(), goes("v1")), &act("bundle.apply")).await.unwrap();
    assert!(store.catalog_in_force().await.unwrap().is_none());
    assert_eq!(store.verify_audit(Vec::new()).await.unwrap().broken, None);
}
