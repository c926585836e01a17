//! A fixed rate of calls while the vendors fail and recover: every call is answered, and what clients, vendors and the usage log
//! counted is the same. Seconds of it are in the suite; `cargo xtask test soak --minutes N` makes it minutes.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    env,
    net::SocketAddr,
    time::Duration,
};

use model::{
    ProviderType::{Claude, Gemini, OpenAi},
    statistics::{CallFilter, CallView},
};
use serde_json::json;
use simulator::{Fault, Simulator};
use tokio::{
    task::JoinSet,
    time::{Instant, MissedTickBehavior, interval, timeout},
};

use crate::{
    client::{CONFIGS, Reply, Request},
    room::{Person, Room, Session},
};

const TASK: &str = "/api/v1/super-admin/tasks/extraction";
const TOKENS: &str = "/api/v1/super-admin/tokens";
const STATS: &str = "/api/v1/super-admin/providers/usage/stats?days=30";
const VENDORS: [&str; 3] = ["openai", "claude", "gemini"];
/// How long one set of faults lasts.
const PHASE: Duration = Duration::from_millis(700);
/// Phases of a round, and those of them that have faults.
const ROUND: usize = 48;
const FAULTY: usize = 12;
/// So long a vendor may let a call hang, in seconds.
const HANGS_S: u32 = 2;
/// Longer than any call takes that all vendors let hang, each as often as it is asked.
const PATIENCE: Duration = Duration::from_secs(60);
/// What a vendor does in a phase; all of them at once come by, too.
const FAULTS: [Option<Fault>; 13] = [
    None,
    Some(Fault::ServerError),
    None,
    Some(Fault::HangUp),
    Some(Fault::Overloaded),
    Some(Fault::Stall),
    None,
    Some(Fault::RateLimitOnce),
    Some(Fault::StreamCut),
    Some(Fault::StreamStall),
    Some(Fault::Flaky),
    Some(Fault::Garbage),
    Some(Fault::StreamError),
];

/// How a call ended for its client.
#[derive(Debug)]
struct Heard {
    id: String,
    status: u16,
    /// Whether all of it came and was said to be good.
    good: bool,
    /// Input and output that a whole answer says it took.
    tokens: Option<(u64, u64)>,
}

async fn served() -> (Room, Person, String) {
    let (room, admin, session) = Room::open().await;
    for (kind, model, key) in [
        (OpenAi, "gpt-4o-mini", "test-openai-key-0001"),
        (Claude, "claude-haiku-4-5", "test-claude-key-0001"),
        (Gemini, "gemini-2.5-flash", "test-gemini-key-0001"),
    ] {
        let made = room.create(&session, &room.create_body(kind, model, key)).await;
        let limits = format!("{CONFIGS}/{}/limits", made.data()["id"]);
        room.ask(&session, "PUT", &limits, Some(&json!({ "timeout_s": HANGS_S }))).await.data();
    }
    let member = |id: i64| json!({ "config_id": id });
    let chain = json!({ "chain": [member(1), member(2), member(3)] });
    room.ask(&session, "PUT", TASK, Some(&chain)).await.data();
    let token = token(&room, &session).await;
    (room, admin, token)
}

async fn token(room: &Room, session: &Session) -> String {
    let made = room.ask(session, "POST", TOKENS, Some(&json!({ "name": "soak" }))).await;
    made.data()["token"].as_str().unwrap().to_owned()
}

async fn call(gateway: SocketAddr, token: String, stream: bool) -> Heard {
    let mut ask = json!({
        "model": "task:extraction", "max_completion_tokens": 50, "messages": [{ "role": "user", "content": "Say hello." }],
    });
    if stream {
        ask["stream"] = json!(true);
    }
    let request =
        Request::new("POST", "/v1/chat/completions").header("authorization", &format!("Bearer {token}"));
    let reply = timeout(PATIENCE, request.json(&ask).send(gateway)).await.expect("a call is not answered");
    heard(&reply, stream)
}

fn heard(reply: &Reply, stream: bool) -> Heard {
    let id = reply.header("x-request-id").unwrap_or_else(|| panic!("{}", reply.text)).to_owned();
    let ended = reply.text.contains("data: [DONE]");
    let failed = reply.text.contains("\"error\"");
    // Good and whole, or told that it is not; never cut off without a word.
    let good = reply.status == 200 && if stream { ended && !failed } else { !reply.body["usage"].is_null() };
    assert!(good || failed, "{}", reply.text);
    let count = |name: &str| reply.body["usage"][name].as_u64();
    let tokens = count("prompt_tokens").zip(count("completion_tokens"));
    Heard { id, status: reply.status, good, tokens }
}

/// The vendors' faults of a phase: each vendor is at another place of the list, and its step is its own. After some phases of them come
/// calm ones, or all breakers would rest for good and a long run would be of refusals alone.
fn fail(simulator: &Simulator, phase: usize) {
    for (at, vendor) in VENDORS.into_iter().enumerate() {
        let (round, within) = (phase / ROUND, phase % ROUND);
        let fault = match within {
            FAULTY.. => None,
            // Once in a round nobody serves.
            _ if within == FAULTY - 1 => Some(Fault::ServerError),
            _ => FAULTS[((round * (FAULTY - 1) + within) * (at + 1) + 3 * at) % FAULTS.len()],
        };
        simulator.set_fault(vendor, fault);
    }
}

async fn load(room: &Room, token: &str, time: Duration, rate: f64) -> Vec<Heard> {
    let (gateway, began) = (room.gateway(), Instant::now());
    let mut due = interval(Duration::from_secs_f64(1.0 / rate));
    // A fixed rate: what was late is made up for.
    due.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let (mut calls, mut phase) = (JoinSet::new(), usize::MAX);
    for number in 0..(time.as_secs_f64() * rate) as u64 {
        due.tick().await;
        let now = (began.elapsed().as_millis() / PHASE.as_millis()) as usize;
        if now != phase {
            phase = now;
            fail(&room.simulator, phase);
        }
        calls.spawn(call(gateway, token.to_owned(), number % 3 == 0));
    }
    calls.join_all().await
}

/// The whole usage log by the ids of calls; a further attempt has its number behind the id.
async fn logged(room: &mut Room) -> HashMap<String, Vec<CallView>> {
    room.at_console(async |site, _| {
        let (mut rows, mut after) = (HashMap::<String, Vec<CallView>>::new(), None);
        loop {
            let page = site.store().calls(&CallFilter::default(), after, 500).await.unwrap();
            for row in page.calls {
                let behind = format!("-{}", row.attempt);
                let id = row.request_id.strip_suffix(&behind).filter(|_| row.attempt > 1);
                rows.entry(id.unwrap_or(&row.request_id).to_owned()).or_default().push(row);
            }
            after = page.next;
            if after.is_none() {
                return rows;
            }
        }
    })
    .await
}

/// How often each of the vendors comes up.
fn count<'a>(named: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, u64> {
    let mut counts = BTreeMap::new();
    named.for_each(|vendor| *counts.entry(vendor).or_default() += 1);
    counts
}

/// Requests that each vendor had, by the keys that came along.
fn arrived(room: &Room) -> BTreeMap<&'static str, u64> {
    let journal = room.simulator.journal();
    count(journal.iter().filter(|one| one.method == "POST").map(|one| {
        let key = one.credential.as_deref().unwrap_or_else(|| panic!("{one:?}"));
        let whose = VENDORS.into_iter().find(|vendor| key.starts_with(&format!("test-{vendor}-")));
        whose.unwrap_or_else(|| panic!("{one:?}"))
    }))
}

/// Calls of each vendor as the specification's statistics tell them.
async fn told(room: &Room, session: &Session) -> BTreeMap<String, u64> {
    let reply = room.get(session, STATS).await;
    let rows = reply.data().as_array().unwrap().iter();
    rows.map(|row| (row["provider_type"].as_str().unwrap().into(), row["total_calls"].as_u64().unwrap()))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn under_faults_every_call_is_answered_and_all_three_counts_agree() {
    let minutes: f64 = env::var("SIGNALBOX_SOAK_MINUTES").map_or(0.1, |text| text.parse().unwrap());
    let rate: f64 = env::var("SIGNALBOX_SOAK_RATE").map_or(30.0, |text| text.parse().unwrap());
    let (mut room, admin, token) = served().await;
    room.simulator.clear_journal();
    let heard = load(&room, &token, Duration::from_secs_f64(minutes * 60.0), rate).await;
    VENDORS.into_iter().for_each(|vendor| room.simulator.set_fault(vendor, None));
    room.stop().await;
    let arrived = arrived(&room);
    room.start().await;
    let logged = logged(&mut room).await;
    let rows: usize = logged.values().map(Vec::len).sum();
    let of_vendors = count(logged.values().flatten().filter_map(|row| row.provider_type.as_deref()));
    assert_eq!(of_vendors, arrived, "each request that a vendor had is a row of its own, and no other");
    assert_eq!(of_vendors.values().sum::<u64>(), rows as u64, "each row is of a vendor");
    // Calls are logged by the computer's clock, and the statistics are of the room's last thirty days.
    room.set_clock(journeys::now().max(room.now()));
    let told = told(&room, &room.log_in(&admin).await).await;
    assert!(told.iter().map(|(vendor, calls)| (vendor.as_str(), *calls)).eq(arrived), "{told:?}");
    let ids: HashSet<&str> = heard.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids.len(), heard.len(), "each call has an id of its own");
    let strangers = logged.keys().filter(|id| !ids.contains(id.as_str())).count();
    assert_eq!(strangers, 0, "nobody but these clients is in the log");
    for one in &heard {
        let rows = logged.get(&one.id).map_or(&[][..], Vec::as_slice);
        let good: Vec<&CallView> = rows.iter().filter(|row| row.status == "success").collect();
        assert_eq!(good.len(), usize::from(one.good), "{one:?}: {rows:?}");
        if let (Some(tokens), Some(row)) = (one.tokens, good.first()) {
            assert_eq!(row.input_tokens.zip(row.output_tokens), Some(tokens), "{one:?}");
        }
    }
    let good = heard.iter().filter(|one| one.good).count();
    let mut statuses: Vec<u16> = heard.iter().map(|one| one.status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    // A run that met no fault, little but faults, no second attempt or nobody who hangs would show little. More is not asked of its
    // luck: breakers rest longer than a phase of faults.
    let again = logged.values().flatten().filter(|row| row.attempt > 1).count();
    let late = logged.values().flatten().filter(|row| row.status == "timeout").count();
    assert!(good * 4 > heard.len() && good < heard.len(), "{good} of {}", heard.len());
    assert!(again > 0 && late > 0, "{again} asked again, {late} hung");
    println!(
        "{} calls, {good} good, {rows} attempts, {late} hung, statuses {statuses:?}, {of_vendors:?}",
        heard.len()
    );
}
