//! kill -9 while a process holds leases of a limit and has calls on their way to the log: nothing that was used is forgotten,
//! nothing counts twice, the limit holds over all of them, and what the log was said to hold is in it, once.

use std::{
    collections::HashSet,
    io::{BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
    time::Duration,
};

use journeys::share::{Dice, Suite, trials};
use model::{ProviderDraft, ProviderId, ProviderType, Timestamp, statistics::CallFilter};
use serde_json::json;
use simulator::Simulator;
use store::{Act, Change, KeyChange, NewKey, Store};
use tempfile::TempDir;
use vault::OpenVault;

use super::{Made, make, reopen};

/// Tokens a day, in blocks of a 64th.
const CAP: u64 = 1_000_000;
const BLOCK: u64 = CAP / 64;
const AT_ONCE: u64 = 6;
const WORDS: u64 = 1_000;
const OUTPUT: u64 = 100;
/// The most that a call reserves: its bytes, its output, and what vendors may put around a message.
const CALL: u64 = WORDS * 5 + OUTPUT + 200;

/// A vault whose one configuration has a daily limit, and what was seen of it.
struct House {
    open: OpenVault,
    provider: ProviderId,
    _data: TempDir,
    /// Tokens of calls that were answered.
    acknowledged: u64,
    granted: u64,
    /// Tokens of the calls in the log.
    logged: u64,
}

impl House {
    async fn new(simulator: &Simulator) -> Self {
        let data = tempfile::tempdir().unwrap();
        let Made { open, provider } = make(data.path()).await;
        let store = reopen(&open).await;
        let kept = store.provider(provider).await.unwrap();
        let mut draft = ProviderDraft {
            base_url: simulator.base_url(ProviderType::OpenAi),
            model_name: "gpt-4o-mini".into(),
            daily_token_limit: Some(CAP),
            ..kept.draft
        };
        draft.calls.retries = Some(0);
        let key = NewKey { sealed: vec![1], last_four: None, entered_at: Timestamp(2) };
        let change = Change { draft, key: KeyChange::Replace(key), test: None };
        let existing = model::command::Existing { id: provider, revision: kept.revision };
        let act = Act { actor: "a".into(), machine: "m".into(), action: "provider.update", at: Timestamp(2) };
        store.update(existing, change, &act).await.unwrap();
        store.close().await;
        Self { open, provider, _data: data, acknowledged: 0, granted: 0, logged: 0 }
    }

    fn start(&self) -> Child {
        let mut child = Command::new(env!("CARGO_BIN_EXE_reserves-until-killed"))
            .arg(self.open.database())
            .args([self.open.vault_id(), &self.provider.to_string()])
            .args([AT_ONCE, WORDS, OUTPUT].map(|number| number.to_string()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(journeys::keys_of(&self.open).as_bytes()).unwrap();
        child
    }

    /// One life of a process, and what it leaves behind. Says whether the limit left no room for another call.
    async fn round(&mut self, pause: Option<Duration>) -> bool {
        let Said { taken, kept, full } = lines_until_killed(self.start(), pause);
        self.acknowledged += taken;
        let store = reopen(&self.open).await;
        let (granted, logged) = (granted(&store).await, logged(&store).await);
        store.check().await.unwrap();
        store.close().await;
        assert!(granted >= self.acknowledged, "lost: {granted} of {}", self.acknowledged);
        let most = self.granted + taken + BLOCK + AT_ONCE * CALL;
        assert!(granted <= most, "doubled: {granted} of {most} at most");
        self.granted = granted;
        assert!(logged >= self.logged + kept, "not in the log: {logged} of {} and {kept}", self.logged);
        // The answers whose rows were still on their way are the difference, and they count as used all the same.
        assert!(logged <= granted, "logged beyond what was granted: {logged} of {granted}");
        self.logged = logged;
        full
    }
}

/// What a process said while it lived.
struct Said {
    /// Tokens of the calls that were answered.
    taken: u64,
    /// Of those, the tokens of which it said that they were in the log.
    kept: u64,
    /// Whether the limit ended it.
    full: bool,
}

fn lines_until_killed(mut child: Child, pause: Option<Duration>) -> Said {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().transpose().unwrap();
    if let Some(pause) = pause {
        // The moment of death is the point of the trial, so this wait is for nothing that could be observed.
        std::thread::sleep(pause);
        child.kill().unwrap();
    }
    let said: Vec<String> = first.into_iter().chain(lines.map_while(Result::ok)).collect();
    child.wait().unwrap();
    let taken = said.iter().filter_map(|line| line.parse::<u64>().ok()).sum();
    let kept = said.iter().filter_map(|line| line.strip_prefix("kept ")?.parse::<u64>().ok());
    Said { taken, kept: kept.max().unwrap_or(0), full: said.iter().any(|line| line == "full") }
}

/// Tokens of all calls in the log, none of which is there twice.
async fn logged(store: &Store) -> u64 {
    let (mut ids, mut tokens, mut after) = (HashSet::new(), 0, None);
    loop {
        let page = store.calls(&CallFilter::default(), after, 200).await.unwrap();
        for call in page.calls {
            tokens += call.input_tokens.unwrap_or(0) + call.output_tokens.unwrap_or(0);
            assert!(ids.insert(call.request_id.clone()), "twice: {}", call.request_id);
        }
        after = page.next;
        if after.is_none() {
            return tokens;
        }
    }
}

/// All that was granted of the day's limit; of two days, if midnight came in between.
async fn granted(store: &Store) -> u64 {
    let leases = store.leases(Timestamp(0)).await.unwrap();
    assert!(leases.iter().all(|lease| lease.granted <= CAP), "overshot: {leases:?}");
    leases.iter().map(|lease| lease.granted).sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leases_that_were_held_at_kill_9_are_neither_lost_nor_doubled() {
    let suite = Suite::begin("kill_9_while_holding_leases");
    let kills = trials(40, 200);
    let simulator = Simulator::start().await.unwrap();
    let mut dice = Dice(64);
    let (mut house, mut vaults, mut tokens) = (House::new(&simulator).await, 1, 0);
    for _ in 0..kills {
        if house.round(Some(Duration::from_micros(dice.below(120_000)))).await {
            tokens += house.acknowledged;
            (house, vaults) = (House::new(&simulator).await, vaults + 1);
        }
    }
    // Whatever the dead left, the rest of the limit is used up, and then it refuses.
    assert!(house.round(None).await, "the limit did not end the calls");
    tokens += house.acknowledged;
    assert!(
        tokens > BLOCK * 4,
        "too little was used for a block to be taken while others were held: {tokens}"
    );
    suite.survived(kills, kills, json!({ "tokens": tokens, "vaults": vaults }));
}
