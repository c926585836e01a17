//! Two desks that meet at a remote of the specification's endpoints; `tests/interop/sync.py` runs it against a server in Python.
//! `meets URL TOKEN` prints a line per check and ends with 1 when one failed.

#![allow(clippy::print_stdout, reason = "it talks to the terminal")]

use std::process::ExitCode;

use model::{ProviderDraft, ProviderId, ProviderType, Secret};
use sync::{
    Accept, Address, AuditQuery, Client, Commit, Direction, Field, Keeper as _, Memory, Place, RemoteError,
    Side, SyncError, Timeouts, Value, fields_of,
};
use uuid::Uuid;

/// Runs that may be cut before it is no accident.
const RUNS: usize = 30;

struct Checks(bool);

impl Checks {
    fn check(&mut self, what: &str, holds: bool) {
        println!("{} {what}", if holds { "ok    " } else { "FAILED" });
        self.0 &= holds;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (url, token) = (arguments.next().unwrap_or_default(), arguments.next().unwrap_or_default());
    let Ok(address) = Address::parse(&url) else {
        println!("no address");
        return ExitCode::FAILURE;
    };
    let Ok(client) = Client::new(address, None, Timeouts::default()) else {
        println!("no client");
        return ExitCode::FAILURE;
    };
    client.use_token(Secret::new(token)).await;
    let mut checks = Checks(true);
    meet(&client, &mut checks).await;
    if checks.0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn meet(client: &Client, checks: &mut Checks) {
    let (one, two) = (Memory::default(), Memory::default());
    for (number, name) in [(1, "One"), (2, "Two"), (3, "Three")] {
        create(&one, number, name);
    }
    one.hold(Place::Default, Some(id(1)));
    checks.check("three go up", run(client, &one).await);
    checks.check("and come down elsewhere", run(client, &two).await && two.here().records.len() == 3);
    let other = |name: &str| named(&two, name);
    checks.check("without keys", two.here().records.values().all(|local| local.key_version.is_none()));
    one.edit(id(1), Field::DisplayName, text("One, renamed"));
    two.edit(other("One"), Field::DailyTokenLimit, Value::Limit(Some(500_000)));
    two.edit(other("Three"), Field::Description, text("theirs"));
    one.edit(id(3), Field::Description, text("ours"));
    two.delete(other("Two"));
    create(&two, 4, "Four");
    two.hold(Place::Default, Some(id(4)));
    checks.check("changes meet", run(client, &two).await && run(client, &one).await);
    let looked = sync::look(client, &one, Accept::default()).await;
    let Ok(looked) = looked else { return checks.check("a look", false) };
    let conflicts: Vec<_> = looked.plan.conflicts().collect();
    checks.check("one field is a question", conflicts.len() == 1);
    for conflict in conflicts {
        let commit = Commit { state: vec![conflict.choose(Side::Ours)], ..Commit::default() };
        checks.check("a decision is kept", one.commit(commit).await.is_ok());
    }
    checks.check("the decision goes up", run(client, &one).await);
    checks.check("and is seen elsewhere", run(client, &two).await && run(client, &one).await);
    checks.check("both have the same", shown(&one) == shown(&two) && shown(&one).len() == 3);
    let usage = client.statistics(30).await.unwrap_or_default();
    let told = usage.first().map(|line| (line.total_calls, line.total_cost_usd));
    checks.check("it tells its usage", told == Some((Some(4), Some(0.000_42))));
    let silent = client.health().await.err() == Some(RemoteError::NotFound);
    let silent = silent && client.audit(&AuditQuery::newest(9)).await.err() == Some(RemoteError::NotFound);
    checks.check("and of health and history that it has none", silent);
    let default = one.here().places.get(&Place::Default).copied();
    checks.check("and the same default", default.is_some_and(|id| named(&one, "Four") == id));
}

/// Until a run gets through, as a person would. True when nothing was refused.
async fn run(client: &Client, desk: &Memory) -> bool {
    for _ in 0..RUNS {
        match sync::sync(client, desk, Direction::Both, Accept::default()).await {
            Ok(report) => return report.undone.is_empty(),
            Err(SyncError::Remote(RemoteError::Cut { .. })) => {}
            Err(error) => {
                println!("       {error}");
                return false;
            }
        }
    }
    false
}

fn id(number: u128) -> ProviderId {
    ProviderId(Uuid::from_u128(number))
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn create(desk: &Memory, number: u128, name: &str) {
    let draft = ProviderDraft {
        display_name: name.to_owned(),
        model_name: "gpt-4o-mini".to_owned(),
        ..ProviderDraft::new(ProviderType::OpenAi)
    };
    desk.create(id(number), ProviderType::OpenAi, fields_of(&draft));
    desk.type_key(id(number), "test-openai-key-0001");
}

fn named(desk: &Memory, name: &str) -> ProviderId {
    let here = desk.here();
    let found =
        here.records.iter().find(|(_, local)| local.fields.get(&Field::DisplayName) == Some(&text(name)));
    found.map_or(id(0), |(id, _)| *id)
}

fn shown(desk: &Memory) -> Vec<Vec<Value>> {
    let here = desk.here();
    let mut all: Vec<_> =
        here.records.values().map(|local| local.fields.values().cloned().collect::<Vec<_>>()).collect();
    all.sort();
    all
}
