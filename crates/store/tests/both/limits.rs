//! Leases of limits.

use store::{Database, Grant, Settled, Wish};

use crate::{house::NOON, on_both};

on_both! {
    what_was_granted_is_there_after_a_crash_and_what_was_not_used_is_given_back
}

async fn what_was_granted_is_there_after_a_crash_and_what_was_not_used_is_given_back(store: &Database) {
    let wish = |held: u64, more: u64| Wish {
        scope: "s".into(),
        window_start: NOON,
        held,
        more,
        cap: 1_000,
        logged: 0,
    };
    let granted = async || store.leases(NOON).await.unwrap()[0].granted;
    assert_eq!(store.grant(&[wish(0, 100)]).await.unwrap(), [Grant { others: 0, granted: 100 }]);
    assert_eq!(store.grant(&[wish(100, 50)]).await.unwrap(), [Grant { others: 0, granted: 150 }]);
    assert_eq!(granted().await, 150);
    let settled = Settled { scope: "s".into(), window_start: NOON, held: 150, used: 120 };
    store.settle(&[settled], NOON.plus_days(-1)).await.unwrap();
    assert_eq!(granted().await, 120);
    store.settle(&[], NOON.plus_days(1)).await.unwrap();
    assert!(store.leases(NOON).await.unwrap().is_empty(), "windows of before are forgotten");
}
