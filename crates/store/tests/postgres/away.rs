//! A database that dies, comes back, or takes no changes: what was accepted is in the log in the end, once.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use model::Timestamp;
use rig_postgres::Postgres;
use sqlx::{Connection, PgConnection};
use store::{PgStore, Spender, StoreError};
use tokio::time::{sleep, timeout};

use crate::house::{House, NOON, act, call, change, draft, id, open, with_two};

/// Rows of the log, and what both kinds of sums say.
pub async fn counts(url: &str, store: &PgStore) -> [u64; 3] {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM ai_provider_usage_logs")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    let quarters = store.spent_since(Spender::Everyone, Timestamp(0)).await.unwrap().calls;
    let days = store.provider_statistics(1, NOON).await.unwrap().iter().map(|line| line.total_calls).sum();
    [rows.unsigned_abs(), quarters, days]
}

/// Brings everything to the log that waits, as a server does every second.
pub async fn deliver(store: &PgStore) {
    let delivered = async {
        while store.has_spooled() {
            if store.deliver().await.is_err() {
                sleep(Duration::from_millis(100)).await;
            }
        }
    };
    timeout(Duration::from_secs(60), delivered).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn after_three_kills_of_postgresql_in_mid_load_no_accepted_call_is_lost_or_doubled() {
    let postgres = Arc::new(Postgres::start());
    let house = House::on(Arc::clone(&postgres)).await;
    with_two(&house.database).await;
    let folder = tempfile::tempdir().unwrap();
    let mut servers = Vec::new();
    for server in 0..3 {
        servers.push(open(&house.url, Some(&folder.path().join(server.to_string()))).await);
    }
    let accepted = Arc::new(AtomicU64::new(0));
    let stop = Arc::new(AtomicU64::new(0));
    let writers: Vec<_> = (0..6_usize)
        .map(|writer| {
            let (store, accepted, stop) =
                (Arc::clone(&servers[writer % 3]), Arc::clone(&accepted), Arc::clone(&stop));
            tokio::spawn(async move {
                let mut batch = 0;
                while stop.load(Ordering::SeqCst) == 0 {
                    let rows: Vec<_> = (0..20).map(|row| call(&format!("{writer}/{batch}/{row}"))).collect();
                    // As the gateway does: what was not accepted is handed in again.
                    while store.log_calls(&rows).await.is_err() {
                        sleep(Duration::from_millis(20)).await;
                    }
                    accepted.fetch_add(20, Ordering::SeqCst);
                    batch += 1;
                }
            })
        })
        .collect();
    for _ in 0..3 {
        let before = accepted.load(Ordering::SeqCst);
        let running = async {
            while accepted.load(Ordering::SeqCst) < before + 400 {
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(Duration::from_secs(60), running).await.unwrap();
        postgres.kill();
        // While it is away, calls are accepted.
        let away = accepted.load(Ordering::SeqCst);
        let accepting = async {
            while accepted.load(Ordering::SeqCst) < away + 200 {
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(Duration::from_secs(60), accepting).await.unwrap();
        tokio::task::spawn_blocking({
            let postgres = Arc::clone(&postgres);
            move || postgres.restart()
        })
        .await
        .unwrap();
    }
    stop.store(1, Ordering::SeqCst);
    for writer in writers {
        writer.await.unwrap();
    }
    for store in &servers {
        deliver(store).await;
    }
    let all = accepted.load(Ordering::SeqCst);
    assert_eq!(counts(&house.url, &servers[0]).await, [all; 3]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_is_started_while_usage_waits_brings_it_to_the_log_once() {
    let postgres = Arc::new(Postgres::start());
    let house = House::on(Arc::clone(&postgres)).await;
    with_two(&house.database).await;
    let folder = tempfile::tempdir().unwrap();
    let store = open(&house.url, Some(folder.path())).await;
    store.log_calls(&[call("before")]).await.unwrap();
    postgres.kill();
    store.log_calls(&[call("a"), call("b")]).await.unwrap();
    store.log_calls(&[call("b"), call("before"), call("c")]).await.unwrap();
    assert!(matches!(store.providers().await, Err(StoreError::Away)));
    let refused = store.insert(id(5), change(draft("five")), &act("provider.create")).await;
    assert!(matches!(refused, Err(StoreError::Away)), "{refused:?}");
    // The server ends without a word, and a file of what waits is cut by somebody.
    drop(store);
    std::fs::write(folder.path().join("000000000009.calls"), b"[{\"request_id\":").unwrap();
    postgres.restart();
    let store = open(&house.url, Some(folder.path())).await;
    assert!(store.has_spooled());
    deliver(&store).await;
    assert_eq!(counts(&house.url, &store).await, [4; 3]);
    assert!(folder.path().join("000000000009.damaged").exists(), "kept for whoever looks into it");
}

#[tokio::test]
async fn a_database_that_takes_no_changes_refuses_them_and_usage_waits() {
    let house = House::postgres().await;
    with_two(&house.database).await;
    let (server, name) = house.url.rsplit_once('/').unwrap();
    let set = |value: &str| {
        // Connections keep what they began with.
        let sql = format!(
            "ALTER DATABASE {name} SET default_transaction_read_only = {value};
             SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        );
        house.postgres.as_ref().unwrap().by_hand(&format!("{server}/postgres"), &sql);
    };
    let folder = tempfile::tempdir().unwrap();
    let store = open(&house.url, Some(folder.path())).await;
    store.log_calls(&[call("first")]).await.unwrap();
    set("on");
    let insert = async || store.insert(id(5), change(draft("five")), &act("provider.create")).await;
    let refused = async {
        // The first ones may meet the connections that were ended.
        while !matches!(insert().await.unwrap_err(), StoreError::Protected) {}
    };
    timeout(Duration::from_secs(10), refused).await.unwrap();
    store.log_calls(&[call("a")]).await.unwrap();
    assert!(store.has_spooled());
    assert_eq!(store.providers().await.ok().unwrap().len(), 2, "reading goes on");
    set("off");
    deliver(&store).await;
    assert_eq!(counts(&house.url, &store).await, [2; 3]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_ear_hears_again_after_the_database_was_away() {
    let postgres = Arc::new(Postgres::start());
    let house = House::on(Arc::clone(&postgres)).await;
    let store = open(&house.url, None).await;
    let mut ear = store.changes().await.unwrap();
    postgres.kill();
    postgres.restart();
    // What was missed meanwhile nobody can say, so it counts as a change.
    timeout(Duration::from_secs(20), ear.next()).await.unwrap();
    with_two(&house.database).await;
    timeout(Duration::from_secs(1), ear.next()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_call_that_ended_before_its_process_was_killed_comes_to_the_log_once() {
    let house = House::postgres().await;
    with_two(&house.database).await;
    let folder = tempfile::tempdir().unwrap();
    let killed = open(&house.url, Some(folder.path())).await;
    let (in_memory, on_its_way, logged) = (call("in memory"), call("on its way"), call("logged"));
    for row in [&in_memory, &on_its_way, &logged] {
        assert!(killed.note_call(row).is_some());
    }
    // One was written when its process was killed, and it was not told yet; one was told.
    killed.log_calls(std::slice::from_ref(&on_its_way)).await.unwrap();
    killed.log_calls(std::slice::from_ref(&logged)).await.unwrap();
    killed.forget_noted(&[1]);
    // While it lives its file is its own.
    let other = open(&house.url, Some(folder.path())).await;
    other.deliver().await.unwrap();
    assert_eq!(counts(&house.url, &other).await, [2, 2, 2]);
    drop((killed, other));
    let next = open(&house.url, Some(folder.path())).await;
    assert!(next.has_spooled());
    deliver(&next).await;
    assert_eq!(counts(&house.url, &next).await, [3, 3, 3]);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
}
