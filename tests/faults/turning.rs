//! kill -9 while the password is changed or the vault key is replaced: exactly one of old and new opens, and with it
//! everything that was in the vault.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use journeys::{
    PASSWORD, Room,
    share::{Dice, Suite, trials},
};
use model::{ProviderId, ProviderType, Secret};
use serde_json::json;
use store::Store;
use vault::{OpenVault, SealedKey, UnlockError, VaultFolder};

const OTHER: &str = "brisk-copper-meadow-violin-harbor-dusk";
const API_KEY: &str = "test-openai-key-0001";
/// The one before, which is kept.
const KEPT_KEY: &str = "test-openai-key-0000";

type Lines = std::io::Lines<BufReader<ChildStdout>>;

/// A vault with one provider, its key and the one before, whose desk has gone.
async fn made() -> (tempfile::TempDir, ProviderId) {
    let room = Room::open().await;
    let provider = room.add(&room.form(ProviderType::OpenAi, "gpt-6-sol"), Some(KEPT_KEY)).await;
    let existing = journeys::existing(&provider);
    let another = json!({ "existing": existing, "api_key": API_KEY, "keep_days": 30, "run": 1 });
    assert!(room.send("replace_key", another).await.unwrap()["switched"].is_object());
    let id = provider["id"].as_str().unwrap().parse().unwrap();
    let (_simulator, data) = room.leave().await;
    (data, id)
}

/// Starts changing, and waits until the vault is open.
fn start(data: &Path, what: &str, done: usize) -> (Child, Lines) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_turns-until-killed"))
        .arg(data)
        .args([what, &done.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "open");
    (child, lines)
}

/// How long one change takes here.
fn time_of(data: &Path, what: &str) -> (Duration, usize) {
    let (mut child, mut lines) = start(data, what, 0);
    let begin = Instant::now();
    let mut next = || lines.next().unwrap().unwrap().parse::<usize>().unwrap();
    next();
    let took = begin.elapsed();
    next();
    child.kill().unwrap();
    child.wait().unwrap();
    let done = lines.map_while(Result::ok).filter_map(|line| line.parse().ok()).last();
    (took, done.unwrap_or(2))
}

/// Waits until a file appears, for as long as one change may take: around that moment files are being replaced.
fn wait_for(file: &Path, patience: Duration) {
    let begin = Instant::now();
    while !file.exists() && begin.elapsed() < patience {
        std::hint::spin_loop();
    }
}

/// Kills it and returns how many changes it acknowledged, of all that were ever made.
fn kill(mut child: Child, lines: Lines, before: usize) -> usize {
    child.kill().unwrap();
    child.wait().unwrap();
    lines.map_while(Result::ok).filter_map(|line| line.parse().ok()).last().unwrap_or(before)
}

/// The vault is whole: its database opens, is clean, and both API keys are there.
async fn require_whole(open: &OpenVault, id: ProviderId, trial: usize) {
    let store = Store::open(
        &open.database(),
        open.database_key().expose_hex(),
        open.vault_id(),
        open.audit_key().expose(),
    )
    .await;
    let store = store.unwrap_or_else(|error| panic!("trial {trial}: {error}"));
    store.check().await.unwrap();
    let provider = store.provider(id).await.ok().unwrap();
    let sealed = SealedKey(provider.sealed_key.clone().unwrap());
    let key = open.open_key(id.0, &provider.draft.base_url, &sealed).ok().unwrap();
    assert_eq!(key.expose(), API_KEY, "trial {trial}");
    let kept = store.kept_key(provider.number).await.ok().unwrap().unwrap();
    let kept = open.open_kept_key(id.0, &kept.base_url, &SealedKey(kept.sealed)).ok().unwrap();
    assert_eq!(kept.expose(), KEPT_KEY, "trial {trial}");
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_change_of_the_password_leaves_exactly_one_that_opens() {
    let suite = Suite::begin("kill_9_while_changing_the_password");
    let kills = trials(12, 500);
    let (data, id) = made().await;
    let data = data.path().join(Room::FOLDER);
    let (took, mut done) = time_of(&data, "password");
    let span = u64::try_from(took.as_micros()).unwrap();
    let mut dice = Dice(1912);
    let (mut old, mut new) = (0, 0);
    let folder = VaultFolder::new(&data);
    // Which of the two the password is after so many changes is what the child knows, too.
    let passwords = [PASSWORD, OTHER];
    for trial in 0..kills {
        let (child, lines) = start(&data, "password", done);
        if trial.is_multiple_of(2) {
            std::thread::sleep(Duration::from_micros(dice.below(span * 2)));
        } else {
            wait_for(&data.join("vault/header.a.new"), took * 4);
            std::thread::sleep(Duration::from_micros(dice.below(4_000)));
        }
        let acknowledged = kill(child, lines, done);
        let opens = |count: usize| match OpenVault::unlock(&folder, &Secret::new(passwords[count % 2])) {
            Ok(open) => Some(open),
            Err(UnlockError::WrongPassword) => None,
            Err(error) => panic!("trial {trial}: {error}"),
        };
        let (before, after) = (opens(acknowledged), opens(acknowledged + 1));
        assert!(before.is_some() != after.is_some(), "trial {trial}: both or neither opens");
        done = acknowledged + usize::from(after.is_some());
        if after.is_some() {
            new += 1
        } else {
            old += 1
        }
        require_whole(&before.or(after).unwrap(), id, trial).await;
    }
    suite.survived(kills, old + new, json!({ "old_opens": old, "new_opens": new, "changes": done }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_replacement_of_the_vault_key_leaves_exactly_one_that_opens() {
    let suite = Suite::begin("kill_9_while_replacing_the_vault_key");
    let kills = trials(12, 500);
    let (data, id) = made().await;
    let data = data.path().join(Room::FOLDER);
    let (took, mut done) = time_of(&data, "key");
    let span = u64::try_from(took.as_micros()).unwrap();
    let mut dice = Dice(1913);
    let (mut old, mut new, mut left) = (0, 0, 0);
    let folder = VaultFolder::new(&data);
    for trial in 0..kills {
        let (child, lines) = start(&data, "key", done);
        // Whatever the last kill left behind went when the vault was opened.
        let database = |epoch: usize| data.join(format!("vault/vault.{epoch}.db"));
        match trial % 3 {
            0 => std::thread::sleep(Duration::from_micros(dice.below(span * 2))),
            1 => {
                wait_for(&database(done + 2), took * 4);
                std::thread::sleep(Duration::from_micros(dice.below(span / 2)));
            }
            _ => {
                wait_for(&data.join("vault/header.a.new"), took * 4);
                std::thread::sleep(Duration::from_micros(dice.below(4_000)));
            }
        }
        let acknowledged = kill(child, lines, done);
        let open = OpenVault::unlock(&folder, &Secret::new(PASSWORD)).ok().unwrap();
        let turned = usize::try_from(open.epoch()).unwrap() - 1;
        assert!(
            (acknowledged..=acknowledged + 1).contains(&turned),
            "trial {trial}: {turned} {acknowledged}"
        );
        if turned > acknowledged {
            new += 1
        } else {
            old += 1
        }
        done = turned;
        require_whole(&open, id, trial).await;
        left += usize::from(databases(&data) > 1);
        open.remove_leftovers();
        assert_eq!(databases(&data), 1, "trial {trial}: files of other keys are left");
        require_whole(&open, id, trial).await;
    }
    assert!(left > 0, "no replacement was interrupted");
    suite.survived(
        kills,
        old + new,
        json!({ "old_opens": old, "new_opens": new, "leftovers_removed": left, "changes": done }),
    );
}

fn databases(data: &Path) -> usize {
    let names = std::fs::read_dir(data.join("vault")).unwrap();
    names.filter(|entry| entry.as_ref().unwrap().file_name().to_str().unwrap().ends_with(".db")).count()
}
