//! A network between server and database that is cut, which nobody is told of: calls are answered all the while, or told in time that a
//! limit cannot be kept, and what clients, vendor and usage log count is the same when it is whole again.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use rig_postgres::{Postgres, Wire};
use serde_json::json;
use store::{Bounds, DatabaseUrl};
use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::{
    client::{CONFIGS, Reply, Request},
    room::{Room, Session},
    several::{counts, served},
};

const PATIENCE: Duration = Duration::from_secs(60);
const CLIENTS: usize = 8;

async fn serving() -> (Room, Session, serde_json::Value, String, Wire) {
    let postgres = Postgres::shared();
    let wire = Wire::to(&postgres);
    let ms = Duration::from_millis;
    let bounds = Bounds {
        connection: ms(1_000),
        lock: ms(1_000),
        statement: ms(1_500),
        next: ms(2_000),
        answer: ms(2_000),
        usage: ms(300),
    };
    let way = |url: &str| DatabaseUrl::new(wire.url(url)).bounded(bounds);
    let (room, session, id, token) = served(Room::by(Some(postgres), way).await).await;
    (room, session, id, token, wire)
}

/// A call that may take few tokens, so that a limit's block is many calls and not a part of one.
async fn call(gateway: SocketAddr, token: &str) -> Reply {
    let ask = json!({
        "model": "task:extraction", "max_completion_tokens": 16, "messages": [{ "role": "user", "content": "Say hello." }],
    });
    let request =
        Request::new("POST", "/v1/chat/completions").header("authorization", &format!("Bearer {token}"));
    request.json(&ask).send(gateway).await
}

/// Clients that call one after the other until they are stopped; how many calls of each status they had.
struct Load {
    clients: JoinSet<Vec<u16>>,
    answered: Arc<AtomicUsize>,
    good: Arc<AtomicUsize>,
    stopped: Arc<AtomicBool>,
}

impl Load {
    fn on(room: &Room, token: &str) -> Self {
        let (answered, good) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let stopped = Arc::<AtomicBool>::default();
        let mut clients = JoinSet::new();
        for _ in 0..CLIENTS {
            let (gateway, token) = (room.gateway(), token.to_owned());
            let (answered, good, stopped) = (Arc::clone(&answered), Arc::clone(&good), Arc::clone(&stopped));
            clients.spawn(async move {
                let mut statuses = Vec::new();
                while !stopped.load(Ordering::SeqCst) {
                    let reply =
                        timeout(PATIENCE, call(gateway, &token)).await.expect("a call is not answered");
                    statuses.push(reply.status);
                    good.fetch_add(usize::from(reply.status == 200), Ordering::SeqCst);
                    answered.fetch_add(1, Ordering::SeqCst);
                }
                statuses
            });
        }
        Self { clients, answered, good, stopped }
    }

    /// Until so many more are answered.
    async fn more(&self, calls: usize) {
        let until = self.answered.load(Ordering::SeqCst) + calls;
        let more = async {
            while self.answered.load(Ordering::SeqCst) < until {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(PATIENCE, more).await.expect("calls are not answered any more");
    }

    async fn end(self) -> Vec<u16> {
        self.stopped.store(true, Ordering::SeqCst);
        self.clients.join_all().await.concat()
    }
}

fn good(statuses: &[u16]) -> usize {
    statuses.iter().filter(|status| **status == 200).count()
}

/// All three count the same.
async fn agree(room: &Room, good: usize) {
    let had = room.simulator.journal().iter().filter(|one| one.method == "POST").count();
    assert_eq!(had, good, "the vendor had each call that was answered, and no other");
    counts(room, good as u64).await;
}

/// Until a session is known again, and what waited is in the log, so that usage goes there straight as before.
async fn recovers(room: &Room, session: &Session, load: &Load) {
    let (postgres, url) = room.postgres.as_ref().unwrap();
    let rows =
        || postgres.by_hand(url, "SELECT count(*) FROM ai_provider_usage_logs").parse::<usize>().unwrap();
    let answered = load.good.load(Ordering::SeqCst);
    let back = async {
        while room.get(session, CONFIGS).await.status != 200 || rows() < answered {
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(PATIENCE, back).await.expect("nothing is read or logged any more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn while_the_network_to_the_database_is_cut_every_call_is_answered_and_counted_once() {
    let (mut room, session, _, token, wire) = serving().await;
    room.simulator.clear_journal();
    let load = Load::on(&room, &token);
    for _ in 0..2 {
        load.more(40).await;
        wire.swallow();
        load.more(80).await;
        let refused = timeout(PATIENCE, room.get(&session, CONFIGS)).await.expect("it is not answered");
        assert_eq!((refused.status, refused.code()), (503, "storage"));
        let ready = timeout(PATIENCE, room.send(Request::new("GET", "/readyz"))).await;
        assert_eq!(ready.expect("it is not answered").status, 503);
        wire.heal();
        recovers(&room, &session, &load).await;
    }
    let statuses = load.end().await;
    assert_eq!(good(&statuses), statuses.len(), "no limit was in the way: {statuses:?}");
    agree(&room, statuses.len()).await;
    // The end of a server whose network is cut comes, too, and loses nothing.
    wire.swallow();
    assert_eq!(call(room.gateway(), &token).await.status, 200);
    timeout(PATIENCE, room.stop()).await.expect("the server does not end");
    wire.heal();
    room.start().await;
    agree(&room, statuses.len() + 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_commit_whose_answer_the_network_swallowed_counts_once_and_limits_hold_meanwhile() {
    let (room, session, id, token, wire) = serving().await;
    // A block is some calls, so that blocks are granted all the while.
    room.put(&session, &id, &json!({ "daily_token_limit": 50_000 })).await.data();
    room.simulator.clear_journal();
    let load = Load::on(&room, &token);
    for _ in 0..3 {
        load.more(30).await;
        wire.swallow_behind(b"COMMIT\0");
        let cut = async {
            while !wire.is_cut() {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(PATIENCE, cut).await.expect("nothing is committed");
        load.more(30).await;
        wire.heal();
        recovers(&room, &session, &load).await;
    }
    let statuses = load.end().await;
    // Who needs a block that nobody can grant is told so in time, and of no vendor's fault.
    let told = statuses.iter().all(|status| [200, 429, 503].contains(status));
    assert!(told && good(&statuses) > 0, "{statuses:?}");
    agree(&room, good(&statuses)).await;
}
