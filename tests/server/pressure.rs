//! Clients that want to do harm by guessing or by being slow. A share of what docs/SECURITY.md promises is in the suite, all of it under
//! SIGNALBOX_FULL=1. Those that are many meet a program of its own: crates/server/tests/operations/connections.rs.

use std::{env, time::Duration};

use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
    time::{Instant, timeout},
};

use crate::{
    client::{CONFIGS, Request},
    room::{Person, Room, Session},
};

fn is_full() -> bool {
    env::var_os("SIGNALBOX_FULL").is_some()
}

/// Lets this process have a socket at both ends of so many connections.
fn allow(connections: u64) {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let (mut limit, files) = (getrlimit(Resource::Nofile), 2 * connections + 1_000);
    let has_room = limit.maximum.is_none_or(|most| most >= files);
    assert!(has_room, "this takes {files} open files, and `ulimit -Hn` allows fewer: {:?}", limit.maximum);
    limit.current = limit.current.map(|now| now.max(files));
    setrlimit(Resource::Nofile, limit).unwrap();
}

/// Guesses at the owner's password, each from the address that a proxy tells, if one does: no more are looked at than the waits allow.
async fn guess(room: &Room, from: impl Fn(u32) -> Option<String>) {
    let (guesses, at_once) = (if is_full() { 10_000 } else { 400 }, 20);
    let mut statuses = Vec::new();
    for round in 0..guesses / at_once {
        let mut asked = JoinSet::new();
        for guess in 0..at_once {
            let body = json!({
                "user_name": "admin", "password": format!("guess {round} {guess} of a password"), "code": "123456",
            });
            let mut request = Request::new("POST", "/api/v1/auth/login").json(&body);
            if let Some(address) = from(round * at_once + guess) {
                request = request.header("x-forwarded-for", &address);
            }
            asked.spawn(request.send(room.address()));
        }
        while let Some(reply) = asked.join_next().await {
            let reply = reply.unwrap();
            assert!(reply.status == 401 || reply.header("retry-after").is_some(), "{}", reply.text);
            statuses.push(reply.status);
        }
        // A guesser who is patient gains nothing by it.
        room.pass(Duration::from_secs(1));
    }
    let looked_at = statuses.iter().filter(|status| **status == 401).count();
    let hours = f64::from(guesses / at_once) / 3_600.0;
    // Five without a wait, then one after 1, 2, 4, 8, 16 … seconds, up to a quarter of an hour.
    assert!((5..=16 + (4.0 * hours) as usize).contains(&looked_at), "{looked_at}");
    assert_eq!(statuses.len(), looked_at + statuses.iter().filter(|status| **status == 429).count());
}

/// Who is logged in works on meanwhile, beyond his first token's life as before, and the owner's wait ends.
async fn comes_in(room: &Room, admin: &Person, session: &Session) {
    let renewed = json!({ "refresh_token": session.refresh });
    let renewed = Session::of(&room.ask(session, "POST", "/api/v1/auth/refresh", Some(&renewed)).await);
    assert_eq!(room.get(&renewed, "/api/v1/auth/me").await.status, 200);
    room.pass(Duration::from_secs(15 * 60));
    room.log_in(admin).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_guesses_are_a_few_that_are_looked_at_and_the_owner_comes_in_afterwards() {
    let (room, admin, session) = Room::open().await;
    room.pass(Duration::from_secs(60));
    guess(&room, |_| None).await;
    comes_in(&room, &admin, &session).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_guesses_from_a_thousand_addresses_are_as_few() {
    let (mut room, admin, session) = Room::open().await;
    room.behind_a_proxy().await;
    room.pass(Duration::from_secs(60));
    // Of each so few that no address is over its limit: the user's alone is in the way.
    let address = |number: u32| format!("198.51.{}.{}", number % 1_000 / 250, 1 + number % 250);
    guess(&room, |number| Some(address(number))).await;
    comes_in(&room, &admin, &session).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_clients_are_cut_and_keep_nobody_else_waiting() {
    let (room, _, session) = Room::open().await;
    let many = if is_full() { 2_000 } else { 100 };
    allow(many);
    let mut slow = JoinSet::new();
    for number in 0..many {
        // One after the other: of two thousand at the same moment the kernel answers some with a cookie and forgets them, and one that
        // says nothing never learns of it.
        let mut connection = TcpStream::connect(room.address()).await.unwrap();
        slow.spawn(async move {
            let head: &[u8] = match number % 3 {
                // Headers that never end, a body that never comes, and nothing at all.
                0 => b"GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ",
                1 => b"POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{",
                _ => b"",
            };
            connection.write_all(head).await.unwrap();
            let mut answer = Vec::new();
            // A byte now and then does not help.
            let drip = async {
                loop {
                    tokio::time::sleep(Duration::from_secs(1)).await;
                    if number % 3 == 0 && connection.write_all(b"a").await.is_err() {
                        return;
                    }
                    let read = timeout(Duration::from_millis(10), connection.read_to_end(&mut answer)).await;
                    if read.is_ok() {
                        return;
                    }
                }
            };
            let cut = timeout(Duration::from_secs(60), drip).await.is_ok();
            (cut, String::from_utf8_lossy(&answer).into_owned())
        });
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let began = Instant::now();
    assert_eq!(room.get(&session, CONFIGS).await.status, 200);
    assert!(began.elapsed() < Duration::from_secs(5), "it waits for those who are slow");
    while let Some(one) = slow.join_next().await {
        let (cut, answer) = one.unwrap();
        assert!(cut, "a connection is still open");
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
}
