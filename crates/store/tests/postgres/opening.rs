//! Making, opening and migrating, and what the database itself forbids.

use futures::future::join_all;
use model::audit::BreakKind;
use rig_postgres::Postgres;
use sqlx::{Connection, PgConnection};
use store::{ConnectError, DatabaseUrl, PgStore};

use crate::house::{AUDIT_KEY, House, NOON, SERVER, act, call, open, with_two};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_servers_that_make_the_tables_at_once_one_does_and_all_open_them() {
    let postgres = Postgres::shared();
    let url = DatabaseUrl::new(postgres.database());
    let empty = PgStore::open(&url, SERVER, &AUDIT_KEY, None).await.err().unwrap();
    assert!(matches!(empty, ConnectError::Empty), "{empty}");
    let made = join_all((0..4).map(|_| PgStore::create(&url, SERVER, &AUDIT_KEY))).await;
    assert_eq!(made.into_iter().filter(|made| *made.as_ref().unwrap()).count(), 1);
    for opened in join_all((0..4).map(|_| PgStore::open(&url, SERVER, &AUDIT_KEY, None))).await {
        assert!(opened.unwrap().providers().await.ok().unwrap().is_empty());
    }
}

#[tokio::test]
async fn another_root_key_a_wrong_password_and_no_database_are_told_apart() {
    let house = House::postgres().await;
    let refused = async |url: &str, server| {
        PgStore::open(&DatabaseUrl::new(url), server, &AUDIT_KEY, None).await.err().unwrap()
    };
    assert!(matches!(refused(&house.url, "another").await, ConnectError::OtherKey));
    let wrong = refused(&house.url.replace("of-tests-alone", "CANARY-password"), SERVER).await;
    assert!(matches!(wrong, ConnectError::Refused(_)) && !wrong.to_string().contains("CANARY"), "{wrong}");
    let nowhere = refused(&format!("{}_not_there", house.url), SERVER).await;
    assert!(matches!(nowhere, ConnectError::Refused(_)), "{nowhere}");
}

#[tokio::test]
async fn a_database_that_a_later_version_changed_is_refused() {
    let house = House::postgres().await;
    let later = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (9999, 'later', TRUE, '\\x00', 0)";
    house.postgres.as_ref().unwrap().by_hand(&house.url, later);
    let refused = PgStore::open(&DatabaseUrl::new(&house.url), SERVER, &AUDIT_KEY, None).await.err().unwrap();
    assert!(matches!(refused, ConnectError::TooNew), "{refused}");
}

#[tokio::test]
async fn the_database_forbids_what_must_not_be() {
    let house = House::postgres().await;
    with_two(&house.database).await;
    let mut connection = PgConnection::connect(&house.url).await.unwrap();
    for (rule, sql) in [
        ("two defaults", "UPDATE ai_provider_configs SET is_default = TRUE WHERE id = 2"),
        ("an inactive default", "UPDATE ai_provider_configs SET is_active = FALSE WHERE id = 1"),
        (
            "two holders of one first place",
            "INSERT INTO task_routes (task, place, config_id) VALUES ('extraction', 1, 2)",
        ),
        (
            "one holder of two places",
            "INSERT INTO task_routes (task, place, config_id) VALUES ('extraction', 2, 1)",
        ),
        ("a route of no task", "INSERT INTO task_routes (task, place, config_id) VALUES ('none', 1, 2)"),
        ("a limit of zero", "UPDATE ai_provider_configs SET monthly_token_limit = 0 WHERE id = 2"),
        ("an unknown type", "UPDATE ai_provider_configs SET provider_type = 'other' WHERE id = 2"),
        ("one name twice", "UPDATE ai_provider_configs SET display_name_folded = 'one' WHERE id = 2"),
        ("settings that are no JSON", "UPDATE ai_provider_configs SET call_settings = 'x' WHERE id = 2"),
        ("a rewritten entry", "UPDATE admin_action_log SET actor = 'someone else'"),
        ("a removed entry", "DELETE FROM admin_action_log"),
        ("an emptied log", "TRUNCATE admin_action_log"),
    ] {
        assert!(sqlx::query(sql).execute(&mut connection).await.is_err(), "{rule}");
    }
}

/// One with three entries.
async fn with_three() -> House {
    let house = House::postgres().await;
    with_two(&house.database).await;
    house.database.record(&act("session.end")).await.unwrap();
    house
}

/// Past the triggers, as whoever runs the database may.
fn tampered(house: &House, sql: &str) {
    let sql = format!("ALTER TABLE admin_action_log DISABLE TRIGGER ALL; {sql}");
    house.postgres.as_ref().unwrap().by_hand(&house.url, &sql);
}

/// The whole log of a database, and where it ends, as a text that puts both in another's place.
fn whole_log(postgres: &Postgres, url: &str) -> String {
    let entries = "SELECT json_agg(entry ORDER BY id) FROM admin_action_log AS entry";
    let end = "SELECT value FROM vault_meta WHERE name = 'audit_head'";
    let [entries, end] = [entries, end].map(|sql| postgres.by_hand(url, sql));
    format!(
        "DELETE FROM admin_action_log;
         INSERT INTO admin_action_log SELECT * FROM json_populate_recordset(NULL::admin_action_log, '{}');
         UPDATE vault_meta SET value = '{end}' WHERE name = 'audit_head'",
        entries.replace('\'', "''")
    )
}

#[tokio::test]
async fn a_log_that_was_replaced_whole_is_found() {
    let house = with_three().await;
    let postgres = house.postgres.as_ref().unwrap();
    // By one that another key made, with that one's own end.
    let url = postgres.database();
    let key = [8; 32];
    assert!(PgStore::create(&DatabaseUrl::new(&url), SERVER, &key).await.unwrap());
    let other = PgStore::open(&DatabaseUrl::new(&url), SERVER, &key, None).await.unwrap();
    for _ in 0..4 {
        other.record(&act("session.end")).await.unwrap();
    }
    assert_eq!(other.verify_audit(None).await.unwrap().broken, None);
    tampered(&house, &whole_log(postgres, &url));
    let broken = house.database.verify_audit(Vec::new()).await.unwrap().broken.unwrap();
    assert_eq!((broken.entry, broken.kind), (1, BreakKind::Altered));
}

#[tokio::test]
async fn whoever_owns_the_database_cannot_change_the_log_unseen() {
    let entry = "actor, machine, ip_address, action, target, target_name, before, after, mac, at";
    let copy = |of: i64, to: i64| {
        format!(
            "INSERT INTO admin_action_log (id, {entry}) SELECT {to}, {entry} FROM admin_action_log WHERE id = {of};"
        )
    };
    let move_up = "UPDATE admin_action_log SET id = id + 1000 WHERE id > 1;
                   UPDATE admin_action_log SET id = id - 999 WHERE id > 1000;";
    let inserted = format!("{move_up} {}", copy(1, 2));
    let appended = copy(3, 4);
    let before =
        format!("ALTER TABLE admin_action_log DROP CONSTRAINT admin_action_log_id_check; {}", copy(2, -3));
    let reordered =
        "UPDATE admin_action_log SET id = 1000 WHERE id = 2; UPDATE admin_action_log SET id = 2 WHERE id = 3;
                     UPDATE admin_action_log SET id = 3 WHERE id = 1000";
    for (tampering, found) in [
        ("UPDATE admin_action_log SET actor = 'nobody' WHERE id = 2", (2, BreakKind::Altered)),
        ("DELETE FROM admin_action_log WHERE id = 2", (2, BreakKind::Missing)),
        ("DELETE FROM admin_action_log WHERE id = 3", (3, BreakKind::Missing)),
        (&inserted, (2, BreakKind::Altered)),
        (&appended, (4, BreakKind::Altered)),
        (&before, (-3, BreakKind::Altered)),
        (reordered, (2, BreakKind::Altered)),
    ] {
        let house = with_three().await;
        tampered(&house, tampering);
        let broken = house.database.verify_audit(Vec::new()).await.unwrap().broken.unwrap();
        assert_eq!((broken.entry, broken.kind), found, "{tampering}");
    }
    let house = House::postgres().await;
    with_two(&house.database).await;
    tampered(&house, "DELETE FROM admin_action_log WHERE id = 2");
    house.database.record(&act("session.end")).await.unwrap();
    let actions: Vec<String> =
        house.database.audit_entries(2).await.unwrap().into_iter().map(|entry| entry.action).collect();
    assert_eq!(actions, ["session.end", "audit.broken"], "the next act says so, whoever makes it");
}

#[tokio::test]
async fn calls_lie_in_their_months_and_the_next_months_are_made_ahead() {
    let house = House::postgres().await;
    let store = open(&house.url, None).await;
    store.log_calls(&[call("a")]).await.unwrap();
    let mut connection = PgConnection::connect(&house.url).await.unwrap();
    let partitions = "SELECT count(*) FROM pg_inherits WHERE inhparent = 'ai_provider_usage_logs'::regclass
                      AND inhrelid::regclass::text IN ('ai_provider_usage_logs_2026_11', 'ai_provider_usage_logs_2026_12',
                                                       'ai_provider_usage_logs_2027_01')";
    let made: i64 = sqlx::query_scalar(partitions).fetch_one(&mut connection).await.unwrap();
    assert_eq!(made, 3, "of the call of {NOON:?}, and of the two behind");
    let there = "SELECT count(*) FROM ai_provider_usage_logs_2026_11";
    let there: i64 = sqlx::query_scalar(there).fetch_one(&mut connection).await.unwrap();
    assert_eq!(there, 1);
}
