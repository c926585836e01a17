//! kill -9 at random moments of making and restoring backups: the vault opens, every acknowledged change is there, and what
//! bears a backup's name is whole. And damage: each wound of a backup is named, none is restored.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use journeys::{
    PASSWORD, Room,
    share::{Dice, Suite, trials},
};
use model::Secret;
use serde_json::json;
use store::Store;
use vault::{BackupFolder, OpenVault, Presence, VaultFolder};

/// How soon a wound is to be named, as docs/SECURITY.md promises.
const TIME_LIMIT: Duration = Duration::from_secs(5);

/// Runs it for a while, kills it, and says what it acknowledged.
fn run_and_kill(data: &Path, pause: Duration) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_backs-up-until-killed"))
        .arg(data)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "started");
    std::thread::sleep(pause);
    child.kill().unwrap();
    child.wait().unwrap();
    lines.map_while(Result::ok).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_backup_or_restore_loses_nothing_and_leaves_no_half_of_one() {
    let suite = Suite::begin("kill_9_during_backup_and_restore");
    let kills = trials(15, 200);
    let room = Room::open().await;
    let (_simulator, data) = room.leave().await;
    let data = data.path().join(Room::FOLDER);
    let folder = VaultFolder::new(&data);
    let mut dice = Dice(61);
    let (mut added, mut restored, mut sound) = (Vec::new(), 0, 0);
    for trial in 0..kills {
        let said = run_and_kill(&data, Duration::from_millis(150 + dice.below(2_500)));
        added.extend(said.iter().filter_map(|line| line.strip_prefix("added ")).map(str::to_owned));
        restored += said.iter().filter(|line| *line == "restored").count();
        let lock = folder.lock().unwrap();
        assert_eq!(folder.presence(), Ok(Presence::Present), "trial {trial}");
        let open = OpenVault::unlock(&folder, &Secret::new(PASSWORD)).ok().unwrap();
        let key = open.database_key();
        let store =
            Store::open(&open.database(), key.expose_hex(), open.vault_id(), open.audit_key().expose())
                .await
                .unwrap();
        store.check().await.unwrap();
        let (_, routes) = store.routing().await.unwrap();
        for task in &added {
            assert!(routes.iter().any(|route| route.task.as_str() == task), "trial {trial}: {task} is gone");
        }
        store.close().await;
        sound += whole_backups(&folder, &open).await;
        drop(lock);
    }
    assert!(!added.is_empty() && restored > 0, "nothing was interrupted");
    suite.survived(kills, kills, json!({ "restores": restored, "backups_read": sound }));
}

/// Every entry with a backup's name opens and is what it says.
async fn whole_backups(folder: &VaultFolder, open: &OpenVault) -> usize {
    let entries = fs::read_dir(folder.backups()).into_iter().flatten().flatten();
    let named = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("20"));
    let mut whole = 0;
    for entry in named {
        let backup = BackupFolder::new(entry.path());
        let manifest = open.open_manifest(&backup).unwrap();
        backup.compare_files(&manifest).unwrap();
        let key = open.database_key();
        Store::check_copy(&backup.database(), key.expose_hex(), open.vault_id()).await.unwrap();
        whole += 1;
    }
    whole
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wound_of_a_backup_is_named_and_none_is_restored() {
    let suite = Suite::begin("damaged_backups");
    let wounds = trials(60, 1_000);
    let room = Room::open().await;
    let view = room.send("make_backup", json!({ "folder": null })).await.unwrap();
    let place = view["backups"][0]["place"].as_str().unwrap().to_owned();
    let folder = room.data().join("backups").join(&place);
    let (mut dice, mut tried) = (Dice(67), 0);
    for trial in 0..wounds {
        let file = folder.join(["vault.db", "header", "manifest.json"][trial % 3]);
        let whole = fs::read(&file).unwrap();
        let mut wounded = whole.clone();
        let at = usize::try_from(dice.below(whole.len() as u64)).unwrap();
        match trial / 3 % 3 {
            0 => wounded[at] ^= 1 << dice.below(8),
            1 => wounded.truncate(at),
            _ => wounded[at / 512 * 512..].iter_mut().take(512).for_each(|byte| *byte = 0),
        }
        if wounded == whole {
            continue;
        }
        tried += 1;
        fs::write(&file, wounded).unwrap();
        let start = Instant::now();
        let refused = room.send("restore_backup", json!({ "place": place })).await;
        assert!(start.elapsed() < TIME_LIMIT, "trial {trial}: {refused:?}");
        fs::write(&file, &whole).unwrap();
        let Err(failure) = refused else { panic!("trial {trial}: a wounded backup was restored") };
        assert!(
            failure.message.starts_with("this backup") || failure.message.contains("newer version"),
            "{failure:?}"
        );
    }
    room.list().await;
    suite.survived(tried, tried, json!({}));
}
