//! Bundles that come into force while calls come in at a fixed rate, from before the first until well after the last, some of them slow
//! and some in pieces: not one is dropped.

use std::{fs, net::SocketAddr, path::Path, time::Duration};

use bundle::Contents;
use model::{ProviderId, routing::TaskRoute};
use serde_json::json;
use tokio::{
    sync::watch,
    task::{JoinHandle, JoinSet},
    time::{Instant, MissedTickBehavior, interval, timeout},
};
use uuid::Uuid;

use crate::{
    bundles::{BUNDLES, Desk, configured, names, route, token, until, upload},
    client::Request,
    room::{Room, Session},
};

/// Calls in a second.
const RATE: u64 = 100;
/// The last serial; every other bundle is uploaded, the others are laid into a folder.
const LAST: u64 = 11;
/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(120);

/// Calls that nobody who brings bundles holds up.
struct Load {
    begun: watch::Receiver<u64>,
    end: watch::Sender<bool>,
    task: JoinHandle<Sent>,
}

/// What was sent in which time, and what of it was not answered as it should.
struct Sent {
    calls: u64,
    time: Duration,
    failed: Vec<String>,
}

impl Load {
    fn begin(gateway: SocketAddr, token: String) -> Self {
        let ((count, begun), (end, ended)) = (watch::channel(0), watch::channel(false));
        Self { begun, end, task: tokio::spawn(load(gateway, token, count, ended)) }
    }

    /// Waits until as many calls have begun from now on as are due in this time.
    async fn goes_on(&mut self, time: Duration) {
        let target = *self.begun.borrow() + due_in(time);
        let begun = self.begun.wait_for(|begun| *begun >= target);
        timeout(PATIENCE, begun).await.expect("no calls go out").unwrap();
    }

    async fn end(self) -> Sent {
        self.end.send(true).unwrap();
        self.task.await.unwrap()
    }
}

/// Calls that are due in this time.
fn due_in(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap() * RATE / 1_000
}

/// A call each hundredth of a second, whatever became of those before. What is late is made up for, also at the end.
async fn load(
    gateway: SocketAddr,
    token: String,
    count: watch::Sender<u64>,
    ended: watch::Receiver<bool>,
) -> Sent {
    let mut due = interval(Duration::from_millis(1_000 / RATE));
    due.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let (began, mut calls, mut sent, mut time) = (Instant::now(), JoinSet::new(), 0, None);
    while time.is_none_or(|time| sent < due_in(time)) {
        due.tick().await;
        if *ended.borrow() {
            time.get_or_insert_with(|| began.elapsed());
        }
        calls.spawn(call(gateway, token.clone(), sent));
        sent += 1;
        count.send_replace(sent);
    }
    let failed = calls.join_all().await.into_iter().filter_map(Result::err).collect();
    Sent { calls: sent, time: time.unwrap(), failed }
}

/// Each third call in pieces, and each seventh of a task whose vendor takes a second.
async fn call(gateway: SocketAddr, token: String, number: u64) -> Result<(), String> {
    let (is_slow, stream) = (number.is_multiple_of(7), number.is_multiple_of(3));
    let task = if is_slow { "task:cv_draft" } else { "task:extraction" };
    let ask = json!({ "model": task, "stream": stream, "messages": [{ "role": "user", "content": "Hello." }] });
    let request =
        Request::new("POST", "/v1/chat/completions").header("authorization", &format!("Bearer {token}"));
    let asked = timeout(PATIENCE, request.json(&ask).send(gateway)).await;
    let reply = asked.map_err(|_| format!("call {number} is not answered"))?;
    let is_whole = match stream {
        true => reply.text.contains("data: [DONE]") && !reply.text.contains("\"error\""),
        false => reply.body["choices"][0]["message"]["content"].is_string(),
    };
    if reply.status == 200 && is_whole { Ok(()) } else { Err(format!("call {number}: {}", reply.text)) }
}

/// Other configurations each time, so that those which serve a call may go while they do.
fn contents(room: &Room, serial: u64) -> Contents {
    let (quick, slow) = (u128::from(serial) * 2, u128::from(serial) * 2 + 1);
    Contents {
        configurations: vec![
            configured(room, quick, &format!("Quick {serial}"), "test-openai-key-0001"),
            configured(room, slow, &format!("Slow {serial}"), "test-openai-slow-0001"),
        ],
        default: Some(ProviderId(Uuid::from_u128(quick))),
        routes: vec![
            route(&[quick]),
            TaskRoute { task: "cv_draft".parse().unwrap(), ..route(&[slow]) },
        ],
        ..Contents::default()
    }
}

async fn in_force(room: &Room, session: &Session) -> u64 {
    room.get(session, BUNDLES).await.data()["accepted"][0]["serial"].as_u64().unwrap()
}

async fn bring(room: &Room, session: &Session, desk: &Desk, folder: &Path, serial: u64) {
    let made = desk.made(room, serial, &contents(room, serial));
    if serial.is_multiple_of(2) {
        let staged = folder.join("staged");
        fs::write(&staged, made).unwrap();
        fs::rename(&staged, folder.join(desk.server.file_name(serial))).unwrap();
        until(async || in_force(room, session).await == serial).await;
    } else {
        upload(room, session, &made).await.data();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn bundles_come_into_force_under_a_fixed_rate_of_calls_and_none_of_these_fails() {
    let (mut room, _, session) = Room::open().await;
    let desk = Desk::trusted(&mut room).await;
    let token = token(&mut room).await;
    upload(&room, &session, &desk.made(&room, 1, &contents(&room, 1))).await.data();
    let folder = tempfile::tempdir().unwrap();
    room.watch(folder.path());
    let mut load = Load::begin(room.gateway(), token);
    load.goes_on(Duration::from_secs(1)).await;
    for serial in 2..=LAST {
        bring(&room, &session, &desk, folder.path(), serial).await;
        load.goes_on(Duration::from_millis(200)).await;
    }
    load.goes_on(Duration::from_secs(2)).await;
    let Sent { calls, time, failed } = load.end().await;
    let (sent, due) = (calls as f64, time.as_secs_f64() * RATE as f64);
    assert!((sent / due - 1.0).abs() <= 0.01, "{sent} calls in {time:?}");
    assert!(failed.is_empty(), "{} of {calls} failed: {}", failed.len(), failed[0]);
    assert_eq!(names(&room, &session).await, [format!("Quick {LAST}"), format!("Slow {LAST}")]);
    println!("{calls} calls in {time:?}, {} bundles", LAST - 1);
}
