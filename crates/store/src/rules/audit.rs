//! The chain of the log of acts: whoever writes past our code, with the database's key in hand, is found and located.

use model::{
    Timestamp,
    audit::{AuditBreak, AuditFilter, BreakKind},
};
use serde_json::json;

use super::{AUDIT_KEY, KEY};
use crate::{Act, End, Store, StoreError};

const MADE: i64 = 250;

fn acted(number: i64) -> Act {
    let actor = if number % 2 == 0 { "even" } else { "odd" };
    Act { actor: actor.into(), machine: "desk-1".into(), action: "provider.update", at: Timestamp(number) }
}

async fn with_log() -> (tempfile::TempDir, Store) {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("vault.1.db");
    Store::create(&file, KEY, "vault").await.unwrap();
    let store = Store::open(&file, KEY, "vault", &AUDIT_KEY).await.unwrap();
    store.record_all((1..=MADE).map(|number| (acted(number), json!({ "number": number })))).await.unwrap();
    (data, store)
}

/// Past the triggers, as somebody does who has the database's key.
async fn tamper(store: &Store, sql: &str) {
    let mut connection = store.connection().await.unwrap();
    for name in ["admin_action_log_is_never_updated", "admin_action_log_is_never_deleted"] {
        let drop = format!("DROP TRIGGER IF EXISTS {name}");
        sqlx::query(sqlx::AssertSqlSafe(drop)).execute(&mut *connection).await.unwrap();
    }
    let drop = "DROP TRIGGER IF EXISTS audit_checkpoints_are_never_deleted";
    sqlx::query(drop).execute(&mut *connection).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut *connection).await.unwrap();
}

async fn broken(store: &Store, known: Option<End>) -> Option<(i64, BreakKind)> {
    let broken = store.verify_audit(known).await.unwrap().broken;
    broken.map(|AuditBreak { entry, kind }| (entry, kind))
}

#[tokio::test]
async fn a_log_that_nobody_touched_is_whole_and_ends_where_it_was_left() {
    let (data, store) = with_log().await;
    let end = store.audit_end().await.unwrap();
    assert_eq!(end.entries, MADE);
    let verified = store.verify_audit(Some(end)).await.unwrap();
    assert_eq!((verified.entries, verified.broken), (MADE, None));
    store.close().await;
    let store = Store::open(&data.path().join("vault.1.db"), KEY, "vault", &AUDIT_KEY).await.unwrap();
    store.record(&acted(MADE + 1)).await.unwrap();
    // An end that was kept earlier is still on the way.
    assert_eq!(broken(&store, Some(end)).await, None);
}

#[tokio::test]
async fn every_kind_of_tampering_is_found_and_the_first_entry_at_fault_is_named() {
    use BreakKind::{Altered, Checkpoint, Missing};
    let move_up = "UPDATE admin_action_log SET id = -id WHERE id > 77;
                   UPDATE admin_action_log SET id = -id - 1 WHERE id < 0;";
    let columns = "at, actor, machine, ip_address, action, target, target_name, before, after, mac";
    let inserted = format!(
        "PRAGMA ignore_check_constraints = ON;
         UPDATE admin_action_log SET id = -id WHERE id > 77; UPDATE admin_action_log SET id = 1 - id WHERE id < 0;
         INSERT INTO admin_action_log (id, {columns}) SELECT 78, {columns} FROM admin_action_log WHERE id = 77;"
    );
    let before = format!(
        "PRAGMA ignore_check_constraints = ON;
         INSERT INTO admin_action_log (id, {columns}) SELECT -3, {columns} FROM admin_action_log WHERE id = 77;"
    );
    let reordered = "PRAGMA ignore_check_constraints = ON;
         UPDATE admin_action_log SET id = -1 WHERE id = 120; UPDATE admin_action_log SET id = 120 WHERE id = 121;
         UPDATE admin_action_log SET id = 121 WHERE id = -1;";
    let shifted = format!(
        "PRAGMA ignore_check_constraints = ON; DELETE FROM admin_action_log WHERE id = 77; {move_up}"
    );
    for (what, sql, found) in [
        ("another actor", "UPDATE admin_action_log SET actor = 'x' WHERE id = 42", (42, Altered)),
        ("another time", "UPDATE admin_action_log SET at = at + 1 WHERE id = 1", (1, Altered)),
        ("another value", "UPDATE admin_action_log SET after = '{}' WHERE id = 250", (250, Altered)),
        ("an address", "UPDATE admin_action_log SET ip_address = '' WHERE id = 7", (7, Altered)),
        ("another MAC", "UPDATE admin_action_log SET mac = zeroblob(32) WHERE id = 99", (99, Altered)),
        ("a deleted entry", "DELETE FROM admin_action_log WHERE id = 77", (77, Missing)),
        ("a deleted entry, and those behind it moved up", &shifted, (77, Altered)),
        ("an inserted entry", &inserted, (78, Altered)),
        ("two entries in the other order", reordered, (120, Altered)),
        ("an entry before the first", &before, (-3, Altered)),
        ("a cut end", "DELETE FROM admin_action_log WHERE id > 240", (241, Missing)),
        (
            "a cut end with an old end in the place of the new one",
            "DELETE FROM admin_action_log WHERE id > 240;
          UPDATE vault_meta SET value = replace(value, '250 ', '240 ') WHERE name = 'audit_head'",
            (241, Missing),
        ),
        ("no end", "DELETE FROM vault_meta WHERE name = 'audit_head'", (251, Missing)),
        ("nothing left", "DELETE FROM admin_action_log", (1, Missing)),
        ("no checkpoint", "DELETE FROM audit_checkpoints WHERE entries = 200", (200, Checkpoint)),
    ] {
        let (_data, store) = with_log().await;
        let noted = store.audit_end().await.unwrap();
        tamper(&store, sql).await;
        assert_eq!(broken(&store, None).await, Some(found), "{what}");
        assert_eq!(broken(&store, Some(noted)).await, Some(found), "{what}, with the note outside of it");
    }
}

#[tokio::test]
async fn a_log_that_was_cut_off_stays_so_after_the_next_act() {
    let (_data, store) = with_log().await;
    tamper(
        &store,
        "DELETE FROM admin_action_log WHERE id > 200; DELETE FROM audit_checkpoints WHERE entries > 200",
    )
    .await;
    store.record(&acted(1)).await.unwrap();
    assert_eq!(broken(&store, None).await, Some((201, BreakKind::CutOff)));
    let entries = store.audit_entries(2).await.unwrap();
    assert_eq!((entries[1].action.as_str(), entries[0].action.as_str()), ("audit.broken", "provider.update"));
    assert_eq!(entries[1].before.as_deref(), Some(r#"{"entries":250}"#));
}

#[tokio::test]
async fn a_log_that_was_replaced_whole_is_found() {
    let (_other, other) = with_log().await;
    let (data, store) = with_log().await;
    let end = store.audit_end().await.unwrap();
    // By one that another key made, in the same file.
    store.close().await;
    let file = data.path().join("vault.1.db");
    let store = Store::open(&file, KEY, "vault", &[8; 32]).await.unwrap();
    assert_eq!(broken(&store, None).await, Some((1, BreakKind::Altered)));
    store.close().await;
    // By that of another vault.
    let store = Store::open(&file, KEY, "vault", &AUDIT_KEY).await.unwrap();
    tamper(&store, "UPDATE admin_action_log SET machine = 'desk-2'").await;
    assert_eq!(broken(&store, Some(end)).await, Some((1, BreakKind::Altered)));
    // By one of our own with other entries: only who kept the end elsewhere can tell.
    other.record_all([(acted(5), json!({}))]).await.unwrap();
    let longer = other.audit_end().await.unwrap();
    let (_third, third) = with_log().await;
    assert_eq!(broken(&third, None).await, None);
    assert_eq!(broken(&third, Some(longer)).await, Some((251, BreakKind::OtherLog)));
    third.record_all([(acted(6), json!({}))]).await.unwrap();
    assert_eq!(broken(&third, Some(longer)).await, Some((251, BreakKind::OtherLog)));
}

#[tokio::test]
async fn an_older_log_that_was_accepted_stays_named_by_the_entry_that_says_so() {
    let (_data, store) = with_log().await;
    store.accept_other_log(&acted(1), 400).await.unwrap();
    store.record(&acted(2)).await.unwrap();
    assert_eq!(broken(&store, None).await, Some((251, BreakKind::OtherLog)));
    let entry = &store.audit_entries(2).await.unwrap()[1];
    assert_eq!(entry.before.as_deref(), Some(r#"{"entries":400}"#));
    assert_eq!(entry.after.as_deref(), Some(r#"{"entries":250}"#));
    let mark = store.mark().await.unwrap();
    assert_eq!(store.end_of(&mark.head), Some(store.audit_end().await.unwrap()));
    assert_eq!(store.end_of(&mark.head.replacen('2', "1", 1)), None);
}

#[tokio::test]
async fn an_act_whose_entry_cannot_be_written_does_not_happen() {
    let (_data, store) = with_log().await;
    tamper(
        &store,
        "CREATE TRIGGER full BEFORE INSERT ON admin_action_log BEGIN SELECT RAISE(ABORT, 'no'); END",
    )
    .await;
    let task = "new_task".parse().unwrap();
    assert!(matches!(store.add_task(&task, &acted(1)).await, Err(StoreError::Refused(_))));
    let list = store.list(Timestamp(1)).await.unwrap();
    assert!(!list.tasks.iter().any(|one| one.name == task));
}

#[tokio::test]
async fn another_key_chains_the_log_anew_and_makes_nothing_good_that_was_tampered_with() {
    let (data, mut store) = with_log().await;
    let end = store.rekey_audit(&[9; 32], "vault").await.unwrap();
    store.record(&acted(1)).await.unwrap();
    assert_eq!(broken(&store, Some(end)).await, None);
    assert!(super::refused(&store, "DELETE FROM admin_action_log").await);
    assert!(super::refused(&store, "UPDATE audit_checkpoints SET entries = 7").await);
    store.close().await;
    let mut store = Store::open(&data.path().join("vault.1.db"), KEY, "vault", &[9; 32]).await.unwrap();
    assert_eq!(broken(&store, Some(end)).await, None);
    tamper(&store, "UPDATE admin_action_log SET actor = 'x' WHERE id = 3").await;
    store.rekey_audit(&[1; 32], "vault").await.unwrap();
    store.record(&acted(1)).await.unwrap();
    assert_eq!(broken(&store, None).await, Some((3, BreakKind::Altered)));
    store.close().await;

    let (_data, mut store) = with_log().await;
    tamper(&store, "DELETE FROM admin_action_log WHERE id > 240").await;
    store.rekey_audit(&[1; 32], "vault").await.unwrap();
    assert_eq!(broken(&store, None).await, Some((241, BreakKind::Missing)));
}

#[tokio::test]
async fn entries_are_found_by_who_what_when_which_and_any_text_page_by_page() {
    let (_data, store) = with_log().await;
    let found = async |filter: AuditFilter| store.count_audit(&filter).await.unwrap();
    assert_eq!(found(AuditFilter::default()).await, (250, 250));
    assert_eq!(found(AuditFilter { actor: Some("even".into()), ..Default::default() }).await, (125, 250));
    assert_eq!(found(AuditFilter { action: Some("none".into()), ..Default::default() }).await, (0, 250));
    let (from, to) = (Some(Timestamp(11)), Some(Timestamp(21)));
    assert_eq!(found(AuditFilter { from, to, ..Default::default() }).await, (10, 250));
    for (text, count) in [("DESK-1", 250), (r#""number":77"#, 1), ("%", 0), ("_", 0), ("' OR 1 --", 0)] {
        let filter = AuditFilter { text: Some(text.into()), ..Default::default() };
        assert_eq!(found(filter).await.0, count, "{text}");
    }
    let filter = AuditFilter { actor: Some("odd".into()), ..Default::default() };
    let first = store.find_audit(&filter, None, 100).await.unwrap();
    let second = store.find_audit(&filter, Some(first[99].id), 100).await.unwrap();
    let ids: Vec<i64> = first.iter().chain(&second).map(|entry| entry.id).collect();
    assert_eq!(ids, (0..125).map(|place| 249 - 2 * place).collect::<Vec<_>>());
    assert_eq!(store.audit_choices().await.unwrap().0, ["even", "odd"]);
}

#[tokio::test]
async fn the_latest_act_behind_an_entry_knows_nothing_of_those_before_it() {
    let (_data, store) = with_log().await;
    let latest = async |id: i64| store.latest_act_after(id).await.unwrap().map(|at| at.0);
    assert_eq!([latest(0).await, latest(MADE - 1).await, latest(MADE).await], [Some(MADE), Some(MADE), None]);
    for at in [9_000, 3] {
        store.record(&acted(at)).await.unwrap();
    }
    assert_eq!([latest(MADE).await, latest(MADE + 1).await], [Some(9_000), Some(3)]);
}
