//! A jump of usage as the window learns of it: within a minute of its beginning, once, on the desktop too, and kept.

use std::time::{Duration, Instant};

use desk::{Desk, Folders, sample::Sample};
use journeys::{FakeHost, Room, now, options};
use model::{
    ProviderType,
    vault::{DeskEvent, Teller},
};
use serde_json::{Value, json};
use simulator::Simulator;

/// A desk on the sample vault, whose ninety days of calls are its habit.
struct House {
    desk: Desk<FakeHost>,
    host: FakeHost,
    password: &'static str,
    _simulator: Simulator,
    _data: tempfile::TempDir,
}

impl House {
    async fn with_ninety_days() -> Self {
        let (data, simulator) = (tempfile::tempdir().unwrap(), Simulator::start().await.unwrap());
        let base_urls = ProviderType::ALL.map(|kind| (kind, simulator.base_url(kind))).into();
        let password = Sample { base_urls, bulk: None }.fill(Folders::under(data.path())).await.unwrap();
        let host = FakeHost::new();
        host.set_wall_clock(now());
        let desk = Desk::open(host.clone(), Folders::under(data.path()), options()).unwrap();
        let house = Self { desk, host, password, _simulator: simulator, _data: data };
        house.unlock().await;
        house
    }

    async fn send(&self, command: &str, request: Value) -> Value {
        let reply = self.desk.dispatch(command, request.to_string().as_bytes()).await;
        let reply = reply.unwrap_or_else(|failure| panic!("{command}: {}", failure.message));
        serde_json::from_str(&reply).unwrap()
    }

    async fn unlock(&self) {
        self.send("unlock_vault", json!({ "password": self.password })).await;
    }

    async fn jumps(&self) -> Value {
        self.send("view_insights", json!({})).await["jumps"].clone()
    }

    /// Waits until insights are so, while the clock goes on as the computer's.
    async fn until(&self, is: impl Fn(&Value) -> bool) -> Value {
        let waited = async {
            loop {
                self.host.set_wall_clock(now());
                let jumps = self.jumps().await;
                if is(&jumps) {
                    return jumps;
                }
                tokio::time::sleep(Duration::from_millis(300)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(90), waited).await.expect("insights do not become so")
    }

    async fn call(&self, run: u64) {
        let messages = json!([{ "role": "user", "parts": [{ "type": "text", "text": "Say hello." }] }]);
        let request = json!({ "messages": messages });
        self.send(
            "run_prompt",
            json!({ "run": run, "target": { "task": "extraction" }, "request": request }),
        )
        .await;
    }
}

fn told(host: &FakeHost) -> Vec<String> {
    let news = host.events().into_iter().filter_map(|event| match event {
        DeskEvent::Told { by: Teller::Usage, news, .. } => news.map(|news| news.title),
        _ => None,
    });
    news.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_jump_is_told_within_a_minute_once_and_on_the_desktop() {
    let house = House::with_ninety_days().await;
    house.until(|jumps| jumps["watching"]["now"]["weeks"] == 8).await;
    assert_eq!(told(&house.host), [""; 0], "ninety days of normal traffic are no jump");
    let began = Instant::now();
    // The sample has some six calls an hour: twenty-five in seconds are far more than three times that.
    for run in 1..=25 {
        house.call(run).await;
    }
    let jumps = house.until(|jumps| jumps["told"] != json!([])).await;
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
    let jump = &jumps["told"][0];
    assert_eq!(
        (&jump["measure"], &jump["window_s"], &jump["is_seen"]),
        (&json!("calls"), &json!(900), &json!(false))
    );
    assert_eq!(jump["ended_at"], Value::Null);
    let task = &jump["causes"]["task"];
    assert_eq!((&task["name"], task["percent"].as_u64()), (&json!("extraction"), Some(100)));
    let titles = told(&house.host);
    assert_eq!(titles.len(), 1, "{titles:?}");
    assert!(titles[0].contains("times as many calls as usual"), "{titles:?}");
    let notices = house.host.notices();
    assert_eq!(notices.iter().filter(|notice| notice.title == titles[0]).count(), 1);
    // After a lock it goes on, and is not told again.
    house.send("lock_vault", json!({})).await;
    house.unlock().await;
    house.until(|jumps| jumps["watching"]["now"]["weeks"] == 8).await;
    house.send("page_painted", json!({ "screen": "providers" })).await;
    let again = async {
        let unread =
            |event: &DeskEvent| matches!(event, DeskEvent::Told { by: Teller::Usage, unread: 1, news: None });
        while !house.host.events().iter().any(unread) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), again)
        .await
        .expect("the page does not learn what is unread");
    for run in 26..=50 {
        house.call(run).await;
    }
    house.host.set_wall_clock(now());
    house.send("acknowledge_jumps", json!({})).await;
    assert!(house.jumps().await["told"][0]["is_seen"].as_bool().unwrap());
    // Health may have changed meanwhile.
    let last = house.host.events().into_iter().rev().find(|event| matches!(event, DeskEvent::Told { .. }));
    assert_eq!(last, Some(DeskEvent::Told { by: Teller::Usage, unread: 0, news: None }));
    // A quarter of an hour later nobody calls any more.
    let ended = async {
        loop {
            house.host.set_wall_clock(now().plus_days(0));
            house.host.pass(Duration::from_secs(20 * 60));
            if !house.jumps().await["told"][0]["ended_at"].is_null() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), ended).await.expect("the jump does not end");
    assert_eq!(told(&house.host).len(), 1);
    house.desk.lock(model::vault::LockReason::Asked).await;
}

#[tokio::test]
async fn without_four_weeks_of_calls_nothing_is_said_but_why() {
    let (room, _) = Room::with_chain().await;
    for run in 1..=30 {
        room.ask(run, json!({ "task": "extraction" })).await.unwrap();
    }
    let early = async {
        loop {
            room.host.set_wall_clock(now());
            let view = room.send("view_insights", json!({})).await.unwrap();
            if view["jumps"]["watching"] != "reading" {
                return view;
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    };
    let view = tokio::time::timeout(Duration::from_secs(60), early).await.expect("hours are not read");
    assert_eq!(view["jumps"]["watching"], json!({ "too_early": { "days": 0, "needed": 28 } }));
    assert_eq!(view["jumps"]["told"], json!([]));
    assert!(told(&room.host).is_empty());
}
