//! The log of acts.

use model::audit::AuditFilter;
use store::{Act, Database};

use crate::{
    house::{act, with_two},
    on_both,
};

on_both! {
    the_chain_holds_over_checkpoints_and_its_end_is_known
    entries_are_found_by_who_what_and_text_page_by_page
}

async fn the_chain_holds_over_checkpoints_and_its_end_is_known(store: &Database) {
    with_two(store).await;
    for _ in 0..220 {
        store.record(&act("session.end")).await.unwrap();
    }
    let verified = store.verify_audit(Vec::new()).await.unwrap();
    assert_eq!((verified.entries, verified.broken), (222, None));
    let ids: Vec<i64> = store.audit_entries(300).await.unwrap().iter().map(|entry| entry.id).collect();
    assert_eq!(ids, (1..=222).rev().collect::<Vec<_>>());
}

async fn entries_are_found_by_who_what_and_text_page_by_page(store: &Database) {
    with_two(store).await;
    for actor in ["100%", "100 per cent", "Grace"] {
        store.record(&Act { actor: actor.into(), ..act("session.end") }).await.unwrap();
    }
    let count = async |filter: AuditFilter| store.find_audit(&filter, None, 100).await.unwrap().len();
    let text = |text: &str| AuditFilter { text: Some(text.into()), ..AuditFilter::default() };
    assert_eq!(count(text("100%")).await, 1, "a per cent sign is a per cent sign");
    assert_eq!(count(text("gRACE")).await, 1);
    assert_eq!(count(AuditFilter { actor: Some("ada".into()), ..AuditFilter::default() }).await, 2);
    assert_eq!(count(AuditFilter { action: Some("provider.create".into()), ..text("two") }).await, 1);
    let first = store.find_audit(&AuditFilter::default(), None, 2).await.unwrap();
    let next = store.find_audit(&AuditFilter::default(), Some(first[1].id), 2).await.unwrap();
    assert_eq!([first[0].id, first[1].id, next[0].id, next[1].id], [5, 4, 3, 2]);
}
