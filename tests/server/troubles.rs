//! A PostgreSQL that takes no changes, or has no room for them: each is answered as docs/guide/server.md says, calls go on, and
//! nothing of their usage is lost.

use std::{fs, sync::Arc, time::Duration};

use futures::future::join_all;
use model::ProviderType::OpenAi;
use rig_postgres::Postgres;
use serde_json::json;
use store::{Bounds, DatabaseUrl};
use tokio::time::{sleep, timeout};

use crate::{
    bundles::{self, BUNDLES, Desk},
    canary::{KEY, everywhere, with_the_key},
    client::{CONFIGS, Reply, Request},
    failures::search,
    room::Room,
    several::{call, counts, served, serving},
};

const TOKENS: &str = "/api/v1/super-admin/tokens";
const USERS: &str = "/api/v1/super-admin/users";
const BUDGETS: &str = "/api/v1/super-admin/budgets";
const PATIENCE: Duration = Duration::from_secs(60);
const WRITABLE: &str = "SET transaction_read_only = off; DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET default_transaction_read_only', current_database()); END $$";
const READ_ONLY: &str = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$";

/// Lets connections that are open hear of it.
fn by_hand(room: &Room, sql: &str) {
    let (postgres, url) = room.postgres.as_ref().unwrap();
    postgres.by_hand(url, sql);
    postgres.by_hand(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
}

/// Until it answers again as before.
async fn recovers(room: &Room, session: &crate::room::Session, id: &serde_json::Value) {
    let change = json!({ "description": "there is room again" });
    let back = async {
        while room.put(session, id, &change).await.status != 200 {
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(PATIENCE, back).await.expect("it takes no changes again");
}

/// What is refused, and how; and what goes on.
async fn refuses(room: &Room, session: &crate::room::Session, id: &serde_json::Value, token: &str) {
    // Connections that were cut are found out about at their next use.
    let reads = async {
        while room.get(session, CONFIGS).await.status != 200 {
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(PATIENCE, reads).await.expect("nothing is read any more");
    let refused = room.put(session, id, &json!({ "description": "no room" })).await;
    assert_eq!((refused.status, refused.code()), (503, "storage"), "{}", refused.text);
    assert_ne!(room.get(session, CONFIGS).await.data()[0]["description"], "no room");
    let login = room.try_log_in("admin", "a guess of a password", "123456").await;
    assert_eq!(
        (login.status, login.code()),
        (503, "storage"),
        "a guess that is not counted is not looked at"
    );
    for _ in 0..3 {
        assert_eq!(call(room.gateway(), token).await.status, 200, "calls go on");
    }
    assert_eq!(room.send(Request::new("GET", "/healthz")).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_database_that_takes_no_changes_is_told_of_and_usage_comes_later() {
    let (room, session, id, token) = serving(Postgres::shared()).await;
    assert_eq!(call(room.gateway(), &token).await.status, 200);
    counts(&room, 1).await;
    by_hand(&room, READ_ONLY);
    refuses(&room, &session, &id, &token).await;
    by_hand(&room, WRITABLE);
    recovers(&room, &session, &id).await;
    counts(&room, 4).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_bundle_that_comes_while_no_changes_are_taken_comes_into_force_afterwards() {
    let (mut room, session, id, _) = serving(Postgres::shared()).await;
    let desk = Desk::trusted(&mut room).await;
    let folder = tempfile::tempdir().unwrap();
    room.watch(folder.path());
    by_hand(&room, READ_ONLY);
    let contents = bundles::one(&room, "From the desk", "test-openai-key-0002");
    let text = desk.made(&room, 3, &contents);
    fs::write(folder.path().join(desk.server.file_name(3)), &text).unwrap();
    let reads = async {
        while room.get(&session, CONFIGS).await.status != 200 {
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(PATIENCE, reads).await.expect("nothing is read any more");
    let uploaded = bundles::upload(&room, &session, &text).await;
    assert_eq!((uploaded.status, uploaded.code()), (503, "storage"), "{}", uploaded.text);
    by_hand(&room, WRITABLE);
    recovers(&room, &session, &id).await;
    let in_force = async {
        while room.get(&session, BUNDLES).await.data()["accepted"][0]["serial"] != 3 {
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(PATIENCE, in_force).await.expect("the folder is not looked at again");
    let refused = room.get(&session, "/api/v1/super-admin/audit-log?action=bundle.refused").await;
    assert_eq!(refused.data(), &json!([]), "the bundle was not at fault");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_done_is_answered_so_although_the_answer_cannot_be_kept() {
    let (room, session, _, _) = serving(Postgres::shared()).await;
    let (postgres, url) = room.postgres.as_ref().unwrap();
    let full = "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$;
                CREATE TRIGGER a_no_room BEFORE UPDATE ON idempotent_requests FOR EACH STATEMENT EXECUTE FUNCTION no_room()";
    postgres.by_hand(url, full);
    let budget = json!({ "scope": "whole", "period": "month", "amount_usd": 5 });
    let create = || {
        let request = Request::new("POST", BUDGETS).bearer(&session.access);
        room.send(request.header("idempotency-key", "one").json(&budget))
    };
    let made = create().await;
    assert_eq!(made.status, 201, "it was made: {}", made.text);
    assert_eq!(create().await.code(), "idempotency_running", "and is not made twice");
    assert_eq!(room.get(&session, BUDGETS).await.data().as_array().unwrap().len(), 1);
    // The key is free again when nobody can be answering it any more.
    postgres.by_hand(url, "DROP FUNCTION no_room() CASCADE");
    postgres.by_hand(url, "UPDATE idempotent_requests SET begun = begun - interval '16 minutes'");
    let again = create().await;
    assert_eq!((again.status, again.code()), (409, "budget_exists"), "{}", again.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_sent_is_in_no_answer_of_a_database_that_takes_no_changes_or_is_gone() {
    let postgres = Arc::new(Postgres::start());
    let (room, session, id, token) = serving(Arc::clone(&postgres)).await;
    by_hand(&room, READ_ONLY);
    // Connections that were cut are found out about at their next use.
    let reads = async {
        while room.get(&session, CONFIGS).await.status != 200 {
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(PATIENCE, reads).await.expect("nothing is read any more");
    let body = room.create_body(OpenAi, "gpt-4o-mini", KEY);
    let user = json!({ "user_name": KEY, "role": "user" });
    let storage = |(asked, reply): &(String, Reply)| {
        assert_eq!((reply.status, reply.code()), (503, "storage"), "{asked}: {}", reply.text);
    };
    let named = json!({ "name": KEY });
    let mut replies = Vec::new();
    for (method, path, sent) in [
        ("POST", CONFIGS.to_owned(), &body),
        ("PUT", format!("{CONFIGS}/{id}"), &json!({ "api_key": KEY })),
        ("POST", TOKENS.to_owned(), &named),
        ("POST", USERS.to_owned(), &user),
    ] {
        let reply = room.ask(&session, method, &path, Some(sent)).await;
        replies.push((format!("{method} {path}"), reply));
    }
    replies.push(("login".to_owned(), room.try_log_in(KEY, KEY, KEY).await));
    replies.iter().for_each(storage);
    replies.extend(everywhere(&room, [&session.access, &token], KEY, with_the_key).await);
    postgres.kill();
    let gone = [
        Request::new("GET", &format!("{CONFIGS}/{KEY}?{KEY}={KEY}")).bearer(&session.access),
        Request::new("POST", CONFIGS).bearer(&session.access).header("idempotency-key", KEY).json(&body),
        Request::new("POST", TOKENS).bearer(&session.access).json(&named),
        Request::new("POST", "/api/v1/auth/take-up").json(&json!({ "token": KEY, "password": KEY })),
        Request::new("POST", "/api/v1/auth/refresh").json(&json!({ "refresh_token": KEY })),
        Request::new("POST", "/api/v1/auth/login")
            .json(&json!({ "user_name": KEY, "password": KEY, "code": KEY })),
    ];
    let gone = join_all(gone.map(|request| room.send(request))).await;
    let gone: Vec<_> = gone.into_iter().map(|reply| ("gone".to_owned(), reply)).collect();
    gone.iter().for_each(storage);
    replies.extend(gone);
    let failed = search(&replies, &[KEY, &token, &session.access, &session.refresh]);
    assert!(failed > 40, "{failed} of {}", replies.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_database_whose_disk_is_full_is_told_of_and_usage_comes_later() {
    let postgres: Arc<Postgres> = Postgres::shared();
    let (room, session, id, token) = serving(postgres).await;
    assert_eq!(call(room.gateway(), &token).await.status, 200);
    counts(&room, 1).await;
    // What PostgreSQL says when its disk is full, of every table that is written.
    let full = "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$;";
    let tables = ["ai_provider_configs", "usage_requests", "login_attempts", "usage_leases"];
    let on = tables.map(|table| {
        format!("CREATE TRIGGER a_no_room BEFORE INSERT OR UPDATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION no_room();")
    });
    by_hand(&room, &format!("{full} {}", on.concat()));
    refuses(&room, &session, &id, &token).await;
    by_hand(&room, "DROP FUNCTION no_room() CASCADE");
    recovers(&room, &session, &id).await;
    counts(&room, 4).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_cannot_be_written_to_the_log_of_acts_does_not_happen() {
    let (room, admin, session) = Room::open().await;
    let made = room.create(&session, &room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001")).await;
    let one = format!("{CONFIGS}/{}", made.data()["id"]);
    let read = [CONFIGS, TOKENS, USERS, BUDGETS, "/api/v1/super-admin/tasks"];
    let all = async || {
        let mut all = Vec::new();
        for path in read {
            all.push(room.get(&session, path).await.data().clone());
        }
        all
    };
    let (postgres, url) = room.postgres.as_ref().unwrap();
    let full = "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$;
                CREATE TRIGGER a_no_room BEFORE INSERT ON admin_action_log FOR EACH STATEMENT EXECUTE FUNCTION no_room()";
    postgres.by_hand(url, full);
    let before = all().await;
    let another = room.create_body(OpenAi, "gpt-4o", "test-openai-key-0002");
    for (method, path, body) in [
        ("PUT", one.as_str(), Some(json!({ "description": "unwritten" }))),
        ("PUT", &format!("{one}/limits"), Some(json!({ "requests_per_minute": 60 }))),
        ("POST", CONFIGS, Some(another)),
        ("POST", TOKENS, Some(json!({ "name": "unwritten" }))),
        ("POST", USERS, Some(json!({ "user_name": "unwritten", "role": "user" }))),
        ("POST", BUDGETS, Some(json!({ "scope": "whole", "period": "month", "amount_usd": 5 }))),
        ("POST", "/api/v1/super-admin/tasks", Some(json!({ "name": "unwritten" }))),
        ("DELETE", &one, None),
    ] {
        let refused = room.ask(&session, method, path, body.as_ref()).await;
        assert_eq!((refused.status, refused.code()), (503, "storage"), "{method} {path}: {}", refused.text);
    }
    room.pass(Duration::from_secs(30));
    let login = room.try_log_in(&admin.name, &admin.password, &admin.code(room.now())).await;
    assert_eq!((login.status, login.code()), (503, "storage"), "{}", login.text);
    assert_eq!(all().await, before);
    postgres.by_hand(url, "DROP FUNCTION no_room() CASCADE");
    room.put(&session, &made.data()["id"], &json!({ "description": "written" })).await.data();
    let verified = room.ask(&session, "POST", "/api/v1/super-admin/audit-log/verify", None).await;
    assert_eq!(verified.data()["is_whole"], true, "{}", verified.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_lock_that_somebody_holds_and_a_statement_that_does_not_end_are_told_of_and_calls_go_on() {
    // No other bound of these would ever end it.
    let (short, never) = (Duration::from_millis(500), Duration::from_secs(3_600));
    let patient = Bounds { lock: never, statement: never, answer: never, ..Bounds::default() };
    for bounds in [Bounds { lock: short, ..patient }, Bounds { statement: short, ..patient }] {
        let way = |url: &str| DatabaseUrl::new(url).bounded(bounds);
        let (room, session, id, token) = served(Room::by(Some(Postgres::shared()), way).await).await;
        let (postgres, url) = room.postgres.as_ref().unwrap();
        let held = postgres.hold(url, "LOCK TABLE ai_provider_configs");
        let change = json!({ "description": "while it is held" });
        let refused = timeout(PATIENCE, room.put(&session, &id, &change)).await.expect("it is not answered");
        assert_eq!((refused.status, refused.code()), (503, "storage"), "{bounds:?}: {}", refused.text);
        let read = timeout(PATIENCE, room.get(&session, CONFIGS)).await.expect("it is not answered");
        assert_eq!((read.status, read.code()), (503, "storage"), "{bounds:?}: {}", read.text);
        for _ in 0..3 {
            assert_eq!(call(room.gateway(), &token).await.status, 200, "{bounds:?}: calls go on");
        }
        counts(&room, 3).await;
        drop(held);
        recovers(&room, &session, &id).await;
        assert_ne!(room.get(&session, CONFIGS).await.data()[0]["description"], "while it is held");
    }
}
