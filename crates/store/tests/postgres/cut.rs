//! A network that is cut as networks are: nobody is told. Whatever is asked ends in its time all the same, and what was accepted is in the
//! log in the end, once, also where the database did what it was asked and its answer was lost.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use model::Timestamp;
use rig_postgres::{Postgres, Wire};
use store::{Bounds, Database, DatabaseUrl, PgStore, Settled, Spender, StoreError, Wish};
use tokio::time::{sleep, timeout};

use crate::{
    away::{counts, deliver},
    house::{AUDIT_KEY, House, SERVER, act, call, change, draft, id, open, with_two},
};

const PATIENCE: Duration = Duration::from_secs(60);

/// A server on a wire, which waits as shortly as a busy computer lets it.
async fn on_wire(house: &House, wire: &Wire, spool: &Path) -> Arc<PgStore> {
    let ms = Duration::from_millis;
    let bounds = Bounds {
        connection: ms(1_000),
        lock: ms(1_000),
        statement: ms(1_500),
        next: ms(2_000),
        answer: ms(2_000),
        usage: ms(300),
    };
    let url = DatabaseUrl::new(wire.url(&house.url)).bounded(bounds);
    Arc::new(PgStore::open(&url, SERVER, &AUDIT_KEY, Some(spool)).await.unwrap())
}

fn wish() -> Wish {
    let scope = "config/1/daily_tokens".to_owned();
    Wish { scope, window_start: Timestamp(0), held: 0, more: 10, cap: 100, logged: 0 }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn after_three_cuts_in_mid_load_no_accepted_call_is_lost_or_doubled() {
    let house = House::postgres().await;
    with_two(&house.database).await;
    let wire = Wire::to(house.postgres.as_ref().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let mut servers = Vec::new();
    for server in 0..3 {
        servers.push(on_wire(&house, &wire, &folder.path().join(server.to_string())).await);
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
                    while store.log_calls(&rows).await.is_err() {
                        sleep(Duration::from_millis(20)).await;
                    }
                    accepted.fetch_add(20, Ordering::SeqCst);
                    batch += 1;
                }
            })
        })
        .collect();
    let more = async |calls: u64| {
        let before = accepted.load(Ordering::SeqCst);
        let more = async {
            while accepted.load(Ordering::SeqCst) < before + calls {
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(PATIENCE, more).await.expect("no calls are accepted");
    };
    for _ in 0..3 {
        more(400).await;
        wire.swallow();
        more(200).await;
        wire.heal();
        // So that the next ones are in the middle of something, too.
        for store in &servers {
            deliver(store).await;
        }
    }
    stop.store(1, Ordering::SeqCst);
    for writer in writers {
        writer.await.unwrap();
    }
    for store in &servers {
        deliver(store).await;
    }
    let direct = open(&house.url, None).await;
    let all = accepted.load(Ordering::SeqCst);
    assert_eq!(counts(&house.url, &direct).await, [all; 3]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_whose_commit_is_heard_and_whose_answer_is_lost_are_in_the_log_once() {
    let house = House::postgres().await;
    with_two(&house.database).await;
    let wire = Wire::to(house.postgres.as_ref().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let store = on_wire(&house, &wire, folder.path()).await;
    store.log_calls(&[call("before")]).await.unwrap();
    let direct = open(&house.url, None).await;
    wire.swallow_behind(b"COMMIT\0");
    timeout(PATIENCE, store.log_calls(&[call("a"), call("b")])).await.unwrap().unwrap();
    assert!(store.has_spooled());
    let committed = async {
        while !wire.is_cut() || counts(&house.url, &direct).await != [3; 3] {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, committed).await.expect("the commit was not heard");
    // The same server goes on; and one that was killed meanwhile finds what waits.
    wire.heal();
    deliver(&store).await;
    store.log_calls(&[call("c")]).await.unwrap();
    deliver(&store).await;
    assert_eq!(counts(&house.url, &direct).await, [4; 3]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_change_whose_answer_is_lost_keeps_nobody_from_the_next_one() {
    let house = House::postgres().await;
    with_two(&house.database).await;
    let wire = Wire::to(house.postgres.as_ref().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let database: Database = on_wire(&house, &wire, folder.path()).await.into();
    wire.swallow_behind(b"COMMIT\0");
    let insert = async |number: u128, name: &str| {
        database.insert(id(number), change(draft(name)), &act("provider.create")).await
    };
    let lost = timeout(PATIENCE, insert(5, "five")).await.unwrap();
    assert!(matches!(lost, Err(StoreError::Away)), "{lost:?}");
    wire.heal();
    let next = async {
        while let Err(error) = insert(6, "six").await {
            assert!(matches!(error, StoreError::Away | StoreError::Busy), "{error:?}");
        }
    };
    timeout(PATIENCE, next).await.expect("nothing is changed any more");
    // What it was told is "away": whether it was done, it has to look.
    let names: Vec<_> =
        house.database.providers().await.unwrap().into_iter().map(|one| one.draft.display_name).collect();
    assert_eq!(names, ["one", "two", "five", "six"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_is_asked_of_a_network_that_swallows_answers_ends_in_its_time_and_is_answered_again_afterwards()
 {
    let postgres = Postgres::shared();
    let house = House::on(Arc::clone(&postgres)).await;
    with_two(&house.database).await;
    let wire = Wire::to(&postgres);
    let folder = tempfile::tempdir().unwrap();
    let store = on_wire(&house, &wire, folder.path()).await;
    let mut ear = store.changes().await.unwrap();
    let database: Database = Arc::clone(&store).into();
    database.grant(&[wish()]).await.unwrap();
    // More than the pool has connections, each in the middle of something.
    let held = postgres.hold(&house.url, "LOCK TABLE usage_leases");
    let waiting: Vec<_> = (0..40)
        .map(|_| {
            let database = database.clone();
            tokio::spawn(async move { database.grant(&[wish()]).await.map(drop) })
        })
        .collect();
    let blocked = async {
        let sql = "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        while postgres.by_hand(&house.url, sql) == "0" {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, blocked).await.unwrap();
    wire.swallow();
    drop(held);
    for asked in waiting {
        let outcome = timeout(PATIENCE, asked).await.expect("a grant is waited for without end").unwrap();
        assert!(matches!(outcome, Err(StoreError::Away | StoreError::Busy)), "{outcome:?}");
    }
    let settled = Settled { scope: wish().scope, window_start: Timestamp(0), held: 10, used: 5 };
    let all = async {
        [
            database.leases(Timestamp(0)).await.map(drop),
            database.spent_since(Spender::Everyone, Timestamp(0)).await.map(drop),
            database.settle(&[settled], Timestamp(0)).await,
            database.providers().await.map(drop),
            database.insert(id(5), change(draft("five")), &act("provider.create")).await,
            database.version().await.map(drop),
        ]
    };
    for outcome in timeout(PATIENCE, all).await.expect("something is waited for without end") {
        assert!(matches!(outcome, Err(StoreError::Away)), "{outcome:?}");
    }
    wire.heal();
    let again = async { while database.grant(&[wish()]).await.is_err() {} };
    timeout(PATIENCE, again).await.expect("nothing is granted any more");
    assert_eq!(database.providers().await.unwrap().len(), 2);
    // What was missed nobody can say, so it counts as a change.
    timeout(PATIENCE, ear.next()).await.expect("changes are not heard any more");
    store.close().await;
}
