//! One limit that the books of several servers share, on a PostgreSQL of its own.

#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

use std::time::Duration;

use rig_postgres::{Postgres, Wire};
use store::{Bounds, DatabaseUrl, PgStore};
use tokio::time::timeout;

use super::*;

const AUDIT_KEY: [u8; 32] = [7; 32];
const CAP: u64 = 100_000;

fn claim(day: i64, amount: u64) -> Claim {
    let start = Timestamp(0).plus_days(day);
    let window = Window { start, end: start.plus_days(1) };
    Claim { owner: Owner::Config(1), kind: LimitKind::DailyTokens, window, cap: CAP, amount }
}

async fn stores(url: &DatabaseUrl) -> Vec<Arc<PgStore>> {
    let mut stores = Vec::new();
    for _ in 0..3 {
        stores.push(Arc::new(PgStore::open(url, "server", &AUDIT_KEY, None).await.unwrap()));
    }
    stores
}

fn books(stores: &[Arc<PgStore>]) -> Vec<Arc<Book>> {
    stores.iter().map(|store| Arc::new(Book::new(Arc::clone(store)))).collect()
}

/// A thousand callers at once, each at one of the servers; what they used in all.
async fn rush(books: &[Arc<Book>], day: i64) -> u64 {
    let call = |caller: u64| {
        let book = Arc::clone(&books[caller as usize % books.len()]);
        tokio::spawn(async move {
            let amount = 50 + (caller * 7) % 400;
            let Ok(reservation) = book.reserve(&[claim(day, amount)]).await else { return 0 };
            tokio::task::yield_now().await;
            let used = amount * (1 + caller % 4) / 4;
            reservation.settle(used, None);
            used
        })
    };
    let calls: Vec<_> = (0..1_000).map(call).collect();
    let mut used = 0;
    for call in calls {
        used += call.await.unwrap();
    }
    used
}

async fn granted(store: &PgStore, day: i64) -> u64 {
    store.leases(claim(day, 0).window.start).await.unwrap()[0].granted
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_at_three_servers_never_overshoot_one_cap() {
    let postgres = Postgres::shared();
    let url = DatabaseUrl::new(postgres.database());
    assert!(PgStore::create(&url, "server", &AUDIT_KEY).await.unwrap());
    for day in 0..5 {
        let stores = stores(&url).await;
        let books = books(&stores);
        let used = rush(&books, day).await;
        assert!((CAP / 4..=CAP).contains(&used), "{used}");
        let before = granted(&stores[0], day).await;
        assert!((used..=CAP).contains(&before), "{before}");
        for book in &books {
            book.close(Timestamp(0)).await.unwrap();
        }
        assert_eq!(granted(&stores[0], day).await, used, "what was not used is given back");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_dies_takes_its_blocks_along_and_the_others_stay_below_the_cap() {
    let postgres = Postgres::shared();
    let url = DatabaseUrl::new(postgres.database());
    assert!(PgStore::create(&url, "server", &AUDIT_KEY).await.unwrap());
    let stores = stores(&url).await;
    let mut used = 0;
    for _ in 0..20 {
        // Nobody closes these books: their servers die.
        used += rush(&books(&stores), 0).await;
        assert!(used <= CAP, "{used}");
    }
    assert!(granted(&stores[0], 0).await <= CAP);
}

#[tokio::test]
async fn what_a_server_gives_back_at_its_end_serves_those_that_stay() {
    let postgres = Postgres::shared();
    let url = DatabaseUrl::new(postgres.database());
    assert!(PgStore::create(&url, "server", &AUDIT_KEY).await.unwrap());
    let books = books(&stores(&url).await);
    let now = claim(0, 0).window.start;
    // One holds nearly all of it for calls that are under way, and the other is refused.
    let held = books[0].reserve(&[claim(0, CAP - 10_000)]).await.unwrap();
    books[1].reserve(&[claim(0, 500)]).await.unwrap().settle(500, None);
    assert!(matches!(books[1].reserve(&[claim(0, 20_000)]).await, Err(Unreserved::Full(_))));
    held.settle(10_000, None);
    books[0].close(now).await.unwrap();
    books[1].tend(now).await.unwrap();
    let most = CAP - 10_000 - 500;
    assert!(matches!(books[1].reserve(&[claim(0, most + 1)]).await, Err(Unreserved::Full(_))));
    books[1].reserve(&[claim(0, most)]).await.unwrap().settle(most, None);
    books[1].close(now).await.unwrap();
    assert_eq!(granted_of(&url).await, CAP);
}

async fn granted_of(url: &DatabaseUrl) -> u64 {
    let store = PgStore::open(url, "server", &AUDIT_KEY, None).await.unwrap();
    granted(&store, 0).await
}

#[tokio::test]
async fn most_calls_ask_no_database() {
    let postgres = Postgres::start();
    let url = DatabaseUrl::new(postgres.database());
    assert!(PgStore::create(&url, "server", &AUDIT_KEY).await.unwrap());
    let store = Arc::new(PgStore::open(&url, "server", &AUDIT_KEY, None).await.unwrap());
    let book = Book::new(store);
    book.reserve(&[claim(0, 1)]).await.unwrap();
    postgres.kill();
    // What is left of the block is served while the database is away, and not one token more.
    let mut served = 1;
    while book.reserve(&[claim(0, 1)]).await.is_ok() {
        served += 1;
    }
    assert_eq!(served, 1 + CAP / 64);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn callers_at_a_network_that_swallows_answers_wait_together_and_not_one_behind_the_other() {
    let postgres = Postgres::shared();
    let wire = Wire::to(&postgres);
    let url = postgres.database();
    assert!(PgStore::create(&DatabaseUrl::new(&url), "server", &AUDIT_KEY).await.unwrap());
    let second = Duration::from_secs(1);
    let bounds = Bounds { connection: second, answer: second, next: second, ..Bounds::default() };
    let url = DatabaseUrl::new(wire.url(&url)).bounded(bounds);
    let store = Arc::new(PgStore::open(&url, "server", &AUDIT_KEY, None).await.unwrap());
    let book = Arc::new(Book::new(store));
    book.reserve(&[claim(0, 1)]).await.unwrap();
    wire.swallow();
    let callers = (0..300).map(|_| {
        let book = Arc::clone(&book);
        tokio::spawn(async move { book.reserve(&[claim(0, 2 * CAP / 64)]).await })
    });
    let callers: Vec<_> = callers.collect();
    // One behind the other they would be at it for five minutes.
    let all = async {
        for caller in callers {
            let refused = caller.await.unwrap();
            assert!(matches!(refused, Err(Unreserved::Store(StoreError::Away))), "{refused:?}");
        }
    };
    timeout(Duration::from_secs(60), all).await.unwrap();
    wire.heal();
    let again = async { while book.reserve(&[claim(0, 2 * CAP / 64)]).await.is_err() {} };
    timeout(Duration::from_secs(60), again).await.unwrap();
}
