//! kill -9 at random moments of writing: it opens, every acknowledged write is there, both checks are clean. And of
//! making a vault: it is whole, or not there.

mod leases;
mod turning;

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use journeys::{
    PASSWORD,
    disguise::found_in,
    share::{Dice, Suite, trials},
};
use model::{ProviderDraft, ProviderId, ProviderType, Secret, Timestamp};
use serde_json::json;
use store::{Act, Change, KeyChange, Store};
use uuid::Uuid;
use vault::{Cost, NewVault, OpenVault, Presence, VaultFolder};

struct Made {
    open: OpenVault,
    provider: ProviderId,
}

async fn make(data: &Path) -> Made {
    let folder = VaultFolder::new(data);
    let new = NewVault::prepare(&folder, &Secret::new(PASSWORD), "admin", Cost::FLOOR).ok().unwrap();
    Store::create(&new.database(), new.database_key().expose_hex(), new.vault_id()).await.unwrap();
    let open = new.commit().ok().unwrap();
    let store = reopen(&open).await;
    let provider = ProviderId(Uuid::now_v7());
    let draft = ProviderDraft {
        model_name: "m".into(),
        display_name: "n".into(),
        ..ProviderDraft::new(ProviderType::OpenAi)
    };
    let act = Act { actor: "a".into(), machine: "m".into(), action: "provider.create", at: Timestamp(1) };
    store.insert(provider, Change { draft, key: KeyChange::Keep, test: None }, &act).await.unwrap();
    store.close().await;
    Made { open, provider }
}

async fn reopen(open: &OpenVault) -> Store {
    Store::open(
        &open.database(),
        open.database_key().expose_hex(),
        open.vault_id(),
        open.audit_key().expose(),
    )
    .await
    .unwrap()
}

fn start(made: &Made, ingests_from: Option<u64>) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_writes-until-killed"))
        .arg(made.open.database())
        .arg(made.open.vault_id())
        .arg(made.provider.to_string())
        .args(ingests_from.map(|from| from.to_string()))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(journeys::keys_of(&made.open).as_bytes()).unwrap();
    child
}

/// Lets it write for a while, kills it, and returns the last revision that it acknowledged.
fn kill_after(mut child: Child, pause: Duration) -> Option<i64> {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().transpose().unwrap();
    // The moment of death is the point of the trial, so this wait is for nothing that could be observed.
    std::thread::sleep(pause);
    child.kill().unwrap();
    child.wait().unwrap();
    let last = lines.map_while(Result::ok).last().or(first)?;
    last.split(' ').next()?.parse().ok()
}

/// What the killed process wrote, as it is in its rows: an action, a task, a piece of every text.
const WRITTEN: [&str; 3] = ["provider.update", "extraction", "xxxxxxxxxxxxxxxxxxxxxxxx"];

/// Whether a transaction's journal was left. What is in it is as much noise to a thief as the database.
fn left_a_journal(database: &Path, trial: usize) -> bool {
    let mut journal = database.as_os_str().to_owned();
    journal.push("-journal");
    let Ok(bytes) = std::fs::read(journal) else { return false };
    for written in WRITTEN {
        assert_eq!(found_in(&bytes, written), None, "trial {trial}: the journal is readable");
    }
    !bytes.is_empty()
}

#[tokio::test]
async fn every_acknowledged_write_survives_kill_9() {
    let suite = Suite::begin("kill_9_while_writing");
    let kills = trials(200, 1_000);
    let data = tempfile::tempdir().unwrap();
    let made = make(data.path()).await;
    let mut dice = Dice(2026);
    let (mut acknowledged, mut journals) = (0, 0);
    for trial in 0..kills {
        let last = kill_after(start(&made, None), Duration::from_micros(dice.below(40_000)));
        journals += usize::from(left_a_journal(&made.open.database(), trial));
        let store = reopen(&made.open).await;
        let provider = store.provider(made.provider).await.ok().unwrap();
        acknowledged = last.unwrap_or(acknowledged).max(acknowledged);
        // One more may be there than was acknowledged: it was on disk when the process died before saying so.
        assert!((acknowledged..=acknowledged + 1).contains(&provider.revision), "trial {trial}");
        acknowledged = provider.revision;
        assert!(provider.draft.description.starts_with(&format!("{} ", provider.revision)), "trial {trial}");
        assert_eq!(provider.key_changed_at, Some(Timestamp(provider.revision)), "trial {trial}");
        store.check().await.unwrap();
        // The entry of the audit log is in the same transaction as the act.
        assert_eq!(store.audit_entries(1).await.unwrap()[0].at, provider.revision, "trial {trial}");
        // And the chain of entries has no gap, whenever the process died.
        assert_eq!(store.verify_audit(None).await.unwrap().broken, None, "trial {trial}");
        // So are the sums of the usage log in that of its rows.
        assert_eq!(store.verify_statistics().await.unwrap().first_difference, None, "trial {trial}");
        store.close().await;
    }
    assert!(journals > 0, "no kill left a journal: none was searched");
    assert!(acknowledged > i64::try_from(kills).unwrap(), "fewer writes than kills: nothing was interrupted");
    suite.survived(kills, kills, json!({ "writes": acknowledged, "journals_searched": journals }));
}

/// Calls of one transaction, as many as the gateway's writer puts into one.
const BATCH: u64 = 2_048;

#[tokio::test]
async fn a_batch_of_calls_that_was_killed_is_there_wholly_or_not_at_all_and_so_are_its_sums() {
    let suite = Suite::begin("kill_9_while_ingesting");
    let kills = trials(25, 200);
    let data = tempfile::tempdir().unwrap();
    let made = make(data.path()).await;
    let mut dice = Dice(2048);
    let (mut batches, mut cut_off) = (0, 0);
    for trial in 0..kills {
        let child = start(&made, Some(batches));
        let acknowledged = kill_after(child, Duration::from_micros(dice.below(200_000)));
        let acknowledged = acknowledged.map_or(batches, |number| u64::try_from(number).unwrap());
        let store = reopen(&made.open).await;
        let (calls, _) = store.usage_of(1).await.unwrap();
        assert_eq!(calls % BATCH, 0, "trial {trial}: a part of a batch");
        // One more may be there than was acknowledged: it was on disk when the process died before saying so.
        assert!((acknowledged..=acknowledged + 1).contains(&(calls / BATCH)), "trial {trial}");
        cut_off += u64::from(calls / BATCH == acknowledged);
        batches = calls / BATCH;
        let verified = store.verify_statistics().await.unwrap();
        assert_eq!((verified.first_difference, verified.rows), (None, calls), "trial {trial}");
        store.check().await.unwrap();
        store.close().await;
    }
    assert!(cut_off > 0, "no batch was interrupted");
    suite.survived(kills, kills, json!({ "batches": batches, "cut_off": cut_off }));
}

/// Calls of one import: enough that killing hits the middle of a transaction.
const CALLS: u64 = 300;

fn start_importing(made: &Made, from: u64) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_imports-until-killed"))
        .arg(made.open.database())
        .arg(made.open.vault_id())
        .arg(CALLS.to_string())
        .arg(from.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(journeys::keys_of(&made.open).as_bytes()).unwrap();
    child
}

#[tokio::test]
async fn an_import_that_was_killed_is_there_wholly_or_not_at_all() {
    let suite = Suite::begin("kill_9_while_importing");
    let kills = trials(60, 400);
    let data = tempfile::tempdir().unwrap();
    let made = make(data.path()).await;
    let mut dice = Dice(1906);
    let (mut imports, mut cut_off) = (0, 0);
    for trial in 0..kills {
        let acknowledged =
            kill_after(start_importing(&made, imports), Duration::from_micros(dice.below(60_000)));
        let acknowledged = acknowledged.map_or(imports, |number| u64::try_from(number).unwrap());
        let store = reopen(&made.open).await;
        let (calls, _) = store.usage_of(1).await.unwrap();
        assert_eq!(calls % CALLS, 0, "trial {trial}: a part of an import");
        // One more may be there than was acknowledged: it was on disk when the process died before saying so.
        assert!((acknowledged..=acknowledged + 1).contains(&(calls / CALLS)), "trial {trial}");
        cut_off += u64::from(calls / CALLS == acknowledged);
        imports = calls / CALLS;
        let sums: u64 = store.reported(9).await.unwrap().iter().filter_map(|month| month.sums.requests).sum();
        assert_eq!(sums, imports, "trial {trial}: sums without their calls");
        if imports > 0 {
            let entry = store.audit_entries(1).await.unwrap().remove(0);
            assert_eq!(
                (entry.action.as_str(), entry.at + 1),
                ("usage.import", i64::try_from(imports).unwrap())
            );
        }
        store.check().await.unwrap();
        assert_eq!(store.verify_statistics().await.unwrap().first_difference, None, "trial {trial}");
        store.close().await;
    }
    assert!(cut_off > 0 && imports > 0, "no import was interrupted");
    suite.survived(kills, kills, json!({ "imports": imports }));
}

fn start_making(data: &Path) -> (Child, std::io::Lines<BufReader<ChildStdout>>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_makes-a-vault"))
        .arg(data)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "started");
    (child, lines)
}

fn time_to_make() -> Duration {
    let data = tempfile::tempdir().unwrap();
    let (mut child, mut lines) = start_making(data.path());
    let start = Instant::now();
    assert_eq!(lines.next().unwrap().unwrap(), "made");
    child.kill().unwrap();
    child.wait().unwrap();
    start.elapsed()
}

/// Starts making a vault, kills it after a while, and says whether it had acknowledged the vault.
fn kill_while_making(data: &Path, pause: Duration) -> bool {
    let (mut child, lines) = start_making(data);
    std::thread::sleep(pause);
    child.kill().unwrap();
    child.wait().unwrap();
    lines.map_while(Result::ok).any(|line| line == "made")
}

#[tokio::test]
async fn a_vault_whose_making_was_killed_is_whole_or_not_there_at_all() {
    let suite = Suite::begin("kill_9_while_making_a_vault");
    let kills = trials(25, 250);
    let mut dice = Dice(47);
    // Up to half as long again as one making takes here, so that the moments spread over all of it.
    let span = u64::try_from(time_to_make().as_micros() * 3 / 2).unwrap();
    let (mut whole, mut absent) = (0, 0);
    for trial in 0..kills {
        let data = tempfile::tempdir().unwrap();
        let made = kill_while_making(data.path(), Duration::from_micros(dice.below(span)));
        let folder = VaultFolder::new(data.path());
        match folder.presence().unwrap() {
            Presence::Absent => {
                assert!(!made, "an acknowledged vault is gone, trial {trial}");
                absent += 1;
            }
            Presence::Present => {
                let open = OpenVault::unlock(&folder, &Secret::new(PASSWORD)).ok().unwrap();
                let store = reopen(&open).await;
                store.check().await.unwrap();
                store.close().await;
                whole += 1;
            }
        }
    }
    suite.survived(kills, whole + absent, json!({ "whole": whole, "absent": absent }));
}
