//! Runs inside a mount namespace of its own, and where a file beyond its limit is an error and no signal (SIGXFSZ is ignored):
//! a small disk that fills up under an open vault, then fails, then turns read-only.
//! Ends with "survived", and how many changes were refused, when everything acknowledged is there afterwards and every
//! refusal named its cause.

use std::{fs, path::Path, process::Command};

use desk::{Desk, Folders};
use journeys::{FakeHost, PASSWORD, options};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mount_point = std::env::args().nth(1).unwrap();
    mount(&["-t", "tmpfs", "-o", "size=4m", "none", &mount_point]);
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

    let failed = while_the_disk_fails(&desk).await;
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

/// Every write is an error of the disk's, as of one that breaks: `EFBIG`, which SQLite takes for any other but a full disk.
/// Afterwards everything acknowledged is there, and nothing of what was refused. Returns how much that was.
async fn while_the_disk_fails(desk: &Desk<FakeHost>) -> usize {
    let names: Vec<String> = (0..5).map(|number| format!("while_failing_{number}")).collect();
    let before = tasks(desk).await;
    limit_files("0");
    for name in &names {
        let refused = send(desk, "add_task", json!({ "name": name })).await.unwrap_err();
        assert_eq!(refused, "the disk reported an error");
    }
    limit_files("unlimited");
    send(desk, "lock_vault", json!({})).await.unwrap();
    send(desk, "unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    assert_eq!(tasks(desk).await, before);
    names.len()
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
        fill(filler);
        let full = fs::metadata(filler).unwrap().len();
        fs::File::options().write(true).open(filler).unwrap().set_len(full - pages * 4096).unwrap();
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

fn mount(arguments: &[&str]) {
    assert!(Command::new("mount").args(arguments).status().unwrap().success(), "mount {arguments:?}");
}
