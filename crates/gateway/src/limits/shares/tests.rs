//! One limit of a minute that several servers share, on a PostgreSQL of its own.

#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

use std::time::Instant;

use rig_postgres::Postgres;
use store::{DatabaseUrl, PgStore};

use super::*;
use crate::limits::{Keeping, Unreserved};

const AUDIT_KEY: [u8; 32] = [7; 32];
const CAP: u32 = 120;

fn user() -> Owner {
    Owner::User("ada".into())
}

async fn servers(url: &DatabaseUrl) -> Vec<Arc<(Keeping, Clock)>> {
    let mut servers = Vec::new();
    for _ in 0..3 {
        let store = Arc::new(PgStore::open(url, "server", &AUDIT_KEY, None).await.unwrap());
        servers.push(Arc::new((Keeping::new(&store.into()), Clock::system())));
    }
    servers
}

/// How many of so many callers pass, each at one of the servers.
async fn rush(servers: &[Arc<(Keeping, Clock)>], callers: usize) -> usize {
    let call = |caller: usize| {
        let server = Arc::clone(&servers[caller % servers.len()]);
        tokio::spawn(async move {
            match server.0.pass(user(), Some(CAP), &server.1).await {
                Ok(()) => 1,
                Err(Unreserved::Full(limit)) => {
                    assert!(limit.left() == 0 && limit.resets_at.is_some(), "{limit:?}");
                    0
                }
                Err(Unreserved::Store(error)) => panic!("{error}"),
            }
        })
    };
    let calls: Vec<_> = (0..callers).map(call).collect();
    let mut passed = 0;
    for call in calls {
        passed += call.await.unwrap();
    }
    passed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_at_three_servers_make_as_many_requests_a_minute_as_one_limit_allows() {
    let postgres = Postgres::shared();
    let url = DatabaseUrl::new(postgres.database());
    assert!(PgStore::create(&url, "server", &AUDIT_KEY).await.unwrap());
    let servers = servers(&url).await;
    let began = Instant::now();
    let passed = rush(&servers, 1_000).await;
    // One limit for each minute that it took: a busy computer may need more than one.
    let minutes = began.elapsed().as_secs() / 60 + 1;
    assert!(passed >= CAP as usize && passed as u64 <= u64::from(CAP) * minutes, "{passed} in {minutes}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_ends_leaves_what_it_did_not_use_and_one_whose_database_is_away_uses_what_it_has() {
    let postgres = Postgres::start();
    let address = postgres.database();
    let url = DatabaseUrl::new(&address);
    assert!(PgStore::create(&url, "server", &AUDIT_KEY).await.unwrap());
    let servers = servers(&url).await;
    assert_eq!(rush(&servers[..1], 20).await, 20);
    let (first, clock) = &*servers[0];
    first.close(&[], clock).await.unwrap();
    let left = "SELECT holder || ' ' || share FROM minute_shares";
    let ended = postgres.by_hand(&address, left);
    assert!(ended.ends_with(" 20"), "{ended}");
    assert_eq!(rush(&servers[1..2], 10).await, 10);
    let (second, clock) = &*servers[1];
    postgres.kill();
    let mut passed = 0;
    let refused = loop {
        match second.pass(user(), Some(CAP), clock).await {
            Ok(()) => passed += 1,
            Err(refused) => break refused,
        }
    };
    assert!(matches!(refused, Unreserved::Store(_)), "{refused:?}");
    assert!(passed <= CAP as usize / 16, "{passed}: no more than what was granted ahead");
}
