//! The log of acts.

use model::{Timestamp, audit::AuditFilter};
use store::{Act, CLOCK_ACCEPTED, Database};

use crate::{
    house::{act, with_two},
    on_both,
};

on_both! {
    the_chain_holds_over_checkpoints_and_its_end_is_known
    entries_are_found_by_who_what_and_text_page_by_page
    the_latest_time_is_not_lowered_by_a_clock_that_is_set_back
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

async fn the_latest_time_is_not_lowered_by_a_clock_that_is_set_back(store: &Database) {
    assert_eq!(store.latest_act().await.unwrap(), None);
    let record = async |action: &'static str, at: i64| {
        store.record(&Act { at: Timestamp(at), ..act(action) }).await.unwrap();
        store.latest_act().await.unwrap().unwrap().0
    };
    assert_eq!([record("session.end", 500).await, record("session.end", 300).await], [500, 500]);
    // What a person accepted counts, and all that comes after it.
    assert_eq!([record(CLOCK_ACCEPTED, 310).await, record("session.end", 305).await], [310, 310]);
    assert_eq!(record("session.end", 400).await, 400);
}
