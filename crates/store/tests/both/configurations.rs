//! Configurations, who serves what, and the entries that tell of it.

use model::{ProviderDraft, command::Existing, routing::TaskRoute};
use store::{Database, KeyChange, NewKey, SaveRoutesError, StoreError};

use crate::{
    house::{NOON, act, change, draft, id, with_two},
    on_both,
};

on_both! {
    numbers_go_up_and_are_not_used_twice
    a_change_of_what_was_read_before_another_change_is_a_conflict
    a_name_in_another_case_is_taken
    who_loses_the_default_or_a_first_place_is_changed_and_has_an_entry
    a_deleted_one_leaves_its_chains_and_those_behind_it_move_up
    a_sealed_key_comes_back_byte_for_byte_and_is_in_no_entry
    routes_that_were_changed_meanwhile_are_not_saved
    whatever_people_write_comes_back_as_they_wrote_it
}

async fn existing(store: &Database, number: i64) -> Existing {
    let provider = store.provider_of_number(number).await.ok().unwrap();
    Existing { id: provider.id, revision: provider.revision }
}

async fn numbers_go_up_and_are_not_used_twice(store: &Database) {
    with_two(store).await;
    // Neither a change nor a refused one uses a number up.
    store.update(existing(store, 2).await, change(draft("2")), &act("provider.update")).await.unwrap();
    store.delete(existing(store, 2).await, &act("provider.delete")).await.unwrap();
    store.insert(id(3), change(draft("three")), &act("provider.create")).await.unwrap();
    let numbers: Vec<i64> = store.providers().await.ok().unwrap().iter().map(|one| one.number).collect();
    assert_eq!(numbers, [1, 3]);
    assert!(matches!(store.provider_of_number(2).await, Err(StoreError::Gone)));
}

async fn a_change_of_what_was_read_before_another_change_is_a_conflict(store: &Database) {
    with_two(store).await;
    let read = existing(store, 2).await;
    store.update(read, change(draft("newer")), &act("provider.update")).await.unwrap();
    let late = store.update(read, change(draft("late")), &act("provider.update")).await;
    assert!(matches!(late, Err(StoreError::Conflict)));
    assert!(matches!(store.delete(read, &act("provider.delete")).await, Err(StoreError::Conflict)));
    let kept = store.provider(id(2)).await.ok().unwrap();
    assert_eq!((kept.draft.display_name.as_str(), kept.revision), ("newer", read.revision + 1));
    assert_eq!(
        store.audit_entries(1).await.unwrap()[0].after.as_deref(),
        Some(r#"{"display_name":"newer"}"#)
    );
}

async fn a_name_in_another_case_is_taken(store: &Database) {
    with_two(store).await;
    store.insert(id(3), change(draft("ÉTÉ")), &act("provider.create")).await.unwrap();
    let taken = store.insert(id(4), change(draft("été")), &act("provider.create")).await;
    assert!(matches!(taken, Err(StoreError::NameTaken)), "{taken:?}");
    let taken = store.update(existing(store, 2).await, change(draft("One")), &act("provider.update")).await;
    assert!(matches!(taken, Err(StoreError::NameTaken)), "{taken:?}");
    assert_eq!(store.verify_audit(Vec::new()).await.unwrap().entries, 3, "a refused change has no entry");
}

async fn who_loses_the_default_or_a_first_place_is_changed_and_has_an_entry(store: &Database) {
    with_two(store).await;
    let before = store.provider(id(1)).await.ok().unwrap();
    let takes =
        ProviderDraft { is_default: true, tasks: vec!["extraction".parse().unwrap()], ..draft("two") };
    store.update(existing(store, 2).await, change(takes), &act("provider.update")).await.unwrap();
    let after = store.provider(id(1)).await.ok().unwrap();
    assert_eq!((after.draft.is_default, after.draft.tasks.len()), (false, 0));
    assert_eq!(after.revision, before.revision + 1);
    let entries = store.audit_entries(2).await.unwrap();
    let names: Vec<_> = entries.iter().map(|entry| entry.target_name.as_deref().unwrap()).collect();
    assert_eq!(names, ["two", "one"]);
    assert_eq!(entries[1].after.as_deref(), Some(r#"{"is_default":false,"tasks":[]}"#));
    let (_, routes) = store.routing().await.unwrap();
    let chain: Vec<_> = routes[0].chain.iter().map(|member| member.provider).collect();
    assert_eq!(chain, [id(2), id(1)], "the one before is the fallback");
}

async fn a_deleted_one_leaves_its_chains_and_those_behind_it_move_up(store: &Database) {
    with_two(store).await;
    let takes = ProviderDraft { tasks: vec!["extraction".parse().unwrap()], ..draft("two") };
    store.update(existing(store, 2).await, change(takes), &act("provider.update")).await.unwrap();
    let (revision, _) = store.routing().await.unwrap();
    store.delete(existing(store, 2).await, &act("provider.delete")).await.unwrap();
    let (after, routes) = store.routing().await.unwrap();
    assert!(after > revision);
    assert_eq!(routes[0].chain.len(), 1);
    assert_eq!(store.provider(id(1)).await.ok().unwrap().draft.tasks.len(), 1);
    let serving = store.serving().await.unwrap();
    assert_eq!((serving.default, serving.revision, serving.providers.len()), (Some(id(1)), after, 1));
}

async fn a_sealed_key_comes_back_byte_for_byte_and_is_in_no_entry(store: &Database) {
    with_two(store).await;
    let sealed: Vec<u8> = (0..=255).collect();
    let key = NewKey { sealed: sealed.clone(), last_four: Some("4f2a".into()), entered_at: NOON };
    let with_key = store::Change { key: KeyChange::Replace(key), ..change(draft("two")) };
    store.update(existing(store, 2).await, with_key, &act("provider.update")).await.unwrap();
    let kept = store.provider(id(2)).await.ok().unwrap();
    assert_eq!((kept.sealed_key, kept.key_changed_at), (Some(sealed), Some(NOON)));
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert!(entry.after.unwrap().contains("set, ends in 4f2a"));
}

async fn routes_that_were_changed_meanwhile_are_not_saved(store: &Database) {
    with_two(store).await;
    let (seen, mut routes) = store.routing().await.unwrap();
    let mut route: TaskRoute = routes.remove(1);
    route.chain = vec![model::routing::ChainMember { provider: id(2), weight: 7 }];
    let saved = store.save_routes(seen, std::slice::from_ref(&route), &act("routes.save")).await.unwrap();
    assert!(saved > seen);
    let late = store.save_routes(seen, std::slice::from_ref(&route), &act("routes.save")).await;
    assert!(matches!(late, Err(SaveRoutesError::Conflict)));
    assert_eq!(store.routing().await.unwrap().1[1], route);
    route.chain[0].provider = id(9);
    let gone = store.save_routes(saved, &[route], &act("routes.save")).await;
    assert!(matches!(gone, Err(SaveRoutesError::Gone)));
    assert_eq!(store.routing().await.unwrap().0, saved, "nothing of it was saved");
}

async fn whatever_people_write_comes_back_as_they_wrote_it(store: &Database) {
    let hostile = [
        "'; DROP TABLE users; --",
        "$1 ?1 :a @b",
        "\\'\\\"\\\\",
        "{\"$ne\":null}",
        "%_!",
        "\u{202e}rtl",
        "日本語 🦀",
        "$$; SELECT pg_sleep(60); $$",
    ];
    for (number, text) in hostile.into_iter().enumerate() {
        let written = ProviderDraft { description: text.into(), model_name: text.into(), ..draft(text) };
        let made = id(number as u128 + 1);
        store.insert(made, change(written), &act("provider.create")).await.unwrap();
        let kept = store.provider(made).await.ok().unwrap().draft;
        assert_eq!(
            (kept.display_name, kept.description, kept.model_name),
            (text.into(), text.into(), text.into())
        );
        assert!(store.login_of(text).await.unwrap().is_none());
        let filter = model::audit::AuditFilter { text: Some(text.into()), ..Default::default() };
        // JSON writes some of them otherwise; the name is as it was written.
        assert_eq!(store.find_audit(&filter, None, 10).await.unwrap()[0].target_name.as_deref(), Some(text));
    }
    assert!(store.login_of("a\0b").await.unwrap().is_none());
    assert_eq!(store.verify_audit(Vec::new()).await.unwrap().broken, None);
}
