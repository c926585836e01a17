//! Runs inside a mount namespace of its own, and where a file beyond its limit is an error and no signal (SIGXFSZ is ignored):
//! a small disk that fills up under an open vault, then fails, then turns read-only.
//! Ends with "survived", and how many changes were refused, when everything acknowledged is there afterwards and every
//! refusal named its cause.

use std::{fs, path::Path, process::Command};

use desk::{Desk, Folders};
use journeys::{FakeHost, PASSWORD, options};
use serde_json::{Value, json};

const NEW: &str = "brisk-copper-meadow-violin-harbor-dusk";
const SECTOR: u64 = 512;
const PAGE: u64 = 4096;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mount_point = std::env::args().nth(1).unwrap();
    mount(&["-t", "tmpfs", "-o", "size=24m", "none", &mount_point]);
    let disk = Path::new(&mount_point);
    let desk = Desk::open(FakeHost::new(), Folders::under(disk.join("data")), options()).unwrap();
    send(&desk, "create_vault", json!({ "password": PASSWORD })).await.unwrap();
    send(&desk, "add_task", json!({ "name": "before" })).await.unwrap();

    fill(&disk.join("filler"));
    let refused = refuse_until_it_shows(&desk).await;
    assert_eq!(refused, "the disk is full");
    let refused = send(&desk, "make_backup", json!({ "folder": null })).await.unwrap_err();
    assert_eq!(refused, "the backup could not be written");
    assert!(tasks(&desk).await.contains(&"before".to_owned()));
    let (acknowledged, refused_changes) = at_each_write(&desk, &disk.join("filler")).await;
    fs::remove_file(disk.join("filler")).unwrap();
    let there = tasks(&desk).await;
    assert!(acknowledged.iter().all(|name| there.contains(name)), "{acknowledged:?} of {there:?}");
    send(&desk, "add_task", json!({ "name": "between" })).await.unwrap();
    let view = send(&desk, "make_backup", json!({ "folder": null })).await.unwrap();
    assert_eq!(view["backups"].as_array().unwrap().len(), 1, "what the full disk left is no backup");

    let mut failed = while_the_disk_fails(&desk).await;
    failed += while_it_gives_way_later(&desk, &Failing, [PASSWORD, NEW]).await;
    failed += while_it_gives_way_later(&desk, &Full(&disk.join("filler")), [NEW, PASSWORD]).await;
    let verified = send(&desk, "verify_audit", json!({})).await.unwrap();
    assert!(verified["broken"].is_null(), "{verified}");
    // A second mount of the folder over itself, read-only: the disk under it may stay in use. Files that are open stay
    // writable, so this is met by whoever opens them.
    let vault = disk.join("data/vault").display().to_string();
    send(&desk, "lock_vault", json!({})).await.unwrap();
    mount(&["--bind", &vault, &vault]);
    mount(&["-o", "remount,bind,ro", &vault]);
    let refused = send(&desk, "unlock_vault", json!({ "password": PASSWORD })).await.unwrap_err();
    assert_eq!(refused, "the vault's folder cannot be written");
    assert!(Command::new("umount").arg(&vault).status().unwrap().success());

    send(&desk, "unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    let tasks = tasks(&desk).await;
    assert!(tasks.contains(&"before".to_owned()) && tasks.contains(&"between".to_owned()));
    println!("survived {} refused changes", failed + refused_changes);
}

async fn send(desk: &Desk<FakeHost>, command: &str, request: Value) -> Result<Value, String> {
    let reply = desk.dispatch(command, request.to_string().as_bytes()).await;
    reply.map(|reply| serde_json::from_str(&reply).unwrap()).map_err(|failure| failure.message)
}

async fn tasks(desk: &Desk<FakeHost>) -> Vec<String> {
    let list = send(desk, "list_providers", json!({})).await.unwrap();
    list["tasks"].as_array().unwrap().iter().map(|task| task["name"].as_str().unwrap().to_owned()).collect()
}

/// From one place on, each write is an error of the disk's, as of one that breaks: `EFBIG`, which SQLite takes for any other but
/// a full disk. That place is a sector further each time, and later a page, until a change goes through: so it is each write of
/// the journal once, then each of the database. What was refused leaves nothing behind. Returns how often that was.
async fn while_the_disk_fails(desk: &Desk<FakeHost>) -> usize {
    let before = tasks(desk).await;
    let sectors = (0..128).map(|number| number * SECTOR);
    let pages = (16..6_000).map(|number| number * PAGE);
    let mut refused = 0;
    let written = loop_until_written(desk, sectors.chain(pages), &before, &mut refused).await;
    assert!(refused > 16, "{refused} refusals are not each write of a change");
    reopen(desk, PASSWORD).await;
    let there = tasks(desk).await;
    assert!(there.contains(&written), "{there:?}");
    assert_eq!(there.into_iter().filter(|name| *name != written).collect::<Vec<_>>(), before);
    refused
}

async fn loop_until_written(
    desk: &Desk<FakeHost>,
    limits: impl Iterator<Item = u64>,
    before: &[String],
    refused: &mut usize,
) -> String {
    for limit in limits {
        let name = format!("while_failing_{limit}");
        limit_files(&limit.to_string());
        let tried = send(desk, "add_task", json!({ "name": name })).await;
        limit_files("unlimited");
        let Err(message) = tried else { return name };
        assert_eq!(message, "the disk reported an error", "{name}");
        assert_eq!(tasks(desk).await, before, "{name}");
        *refused += 1;
    }
    panic!("no change went through");
}

/// A disk on which there is trouble from some place on.
trait Trouble {
    /// What a person is told then, by the change or by the backup before it.
    const TOLD: [&'static str; 2];
    /// Nothing goes beyond so many sectors, or pages.
    fn begin(&self, room: u64);
    fn end(&self);
}

struct Failing;

impl Trouble for Failing {
    const TOLD: [&'static str; 2] = ["the disk reported an error", "the backup could not be written"];

    fn begin(&self, room: u64) {
        limit_files(&(room * SECTOR).to_string());
    }

    fn end(&self) {
        limit_files("unlimited");
    }
}

struct Full<'a>(&'a Path);

impl Trouble for Full<'_> {
    const TOLD: [&'static str; 2] = ["the disk is full", "the backup could not be written"];

    fn begin(&self, room: u64) {
        fill_but(self.0, room);
    }

    fn end(&self) {
        fs::remove_file(self.0).unwrap();
    }
}

/// What writes more than the database: another password, a recovery kit, another vault key. Each is tried with twice the room until
/// it goes through, and until then the vault opens with what opened it before. Returns how often one was refused.
async fn while_it_gives_way_later<T: Trouble>(
    desk: &Desk<FakeHost>,
    trouble: &T,
    [old, new]: [&str; 2],
) -> usize {
    let mut refused =
        until_it_goes_through(desk, trouble, ("change_password", json!({ "old": old, "new": new })), old)
            .await;
    refused += until_it_goes_through(desk, trouble, ("make_recovery_kit", json!({})), new).await;
    refused +=
        until_it_goes_through(desk, trouble, ("rotate_vault_key", json!({ "password": new })), new).await;
    reopen(desk, new).await;
    refused
}

async fn until_it_goes_through<T: Trouble>(
    desk: &Desk<FakeHost>,
    trouble: &T,
    (command, request): (&str, Value),
    opens: &str,
) -> usize {
    let before = tasks(desk).await;
    for (refused, room) in (0..16).map(|number| (1 << number) / 2).enumerate() {
        trouble.begin(room);
        let tried = send(desk, command, request.clone()).await;
        trouble.end();
        let Err(message) = tried else {
            assert!(refused > 0, "{command} met no trouble");
            return refused;
        };
        assert!(T::TOLD.contains(&message.as_str()), "{command} with room for {room}: {message}");
        reopen(desk, opens).await;
        assert_eq!(tasks(desk).await, before, "{command} with room for {room}");
    }
    panic!("{command} never went through");
}

async fn reopen(desk: &Desk<FakeHost>, password: &str) {
    send(desk, "lock_vault", json!({})).await.unwrap();
    send(desk, "unlock_vault", json!({ "password": password })).await.unwrap();
}

/// The most bytes that a file of this process may have from now on.
fn limit_files(bytes: &str) {
    let pid = std::process::id().to_string();
    let limit = Command::new("prlimit").args(["--pid", &pid, &format!("--fsize={bytes}:unlimited")]).status();
    assert!(limit.unwrap().success(), "prlimit {bytes}");
}

/// The disk ends a page later each time, so that it is another write of a change that has no room: that of the journal, of
/// the journal's end, of the database. Returns what was acknowledged, and how much was refused.
async fn at_each_write(desk: &Desk<FakeHost>, filler: &Path) -> (Vec<String>, usize) {
    let (mut acknowledged, mut refused) = (Vec::new(), 0);
    for pages in 0..32 {
        fill_but(filler, pages);
        for number in 0..3 {
            let name = format!("room_for_{pages}_{number}");
            match send(desk, "add_task", json!({ "name": name })).await {
                Ok(_) => acknowledged.push(name),
                Err(message) => {
                    assert_eq!(message, "the disk is full", "{name}");
                    refused += 1;
                }
            }
        }
        // What is there is read whole, and so checked, whatever was refused.
        assert!(tasks(desk).await.contains(&"before".to_owned()));
    }
    assert!(refused > 3 && acknowledged.len() > 3, "refused {refused}, written {}", acknowledged.len());
    (acknowledged, refused)
}

/// A page may have room inside the file for a few more rows; the disk's end shows within a hundred.
async fn refuse_until_it_shows(desk: &Desk<FakeHost>) -> String {
    for number in 0..100 {
        if let Err(message) = send(desk, "add_task", json!({ "name": format!("filling_{number}") })).await {
            return message;
        }
    }
    "never refused".to_owned()
}

fn fill(file: &Path) {
    let block = vec![0_u8; 4096];
    let mut filler = fs::File::create(file).unwrap();
    while std::io::Write::write_all(&mut filler, &block).is_ok() {}
}

/// Fills the disk but for so many pages, or all that there are.
fn fill_but(file: &Path, pages: u64) {
    fill(file);
    let full = fs::metadata(file).unwrap().len();
    fs::File::options().write(true).open(file).unwrap().set_len(full.saturating_sub(pages * PAGE)).unwrap();
}

fn mount(arguments: &[&str]) {
    assert!(Command::new("mount").args(arguments).status().unwrap().success(), "mount {arguments:?}");
}
