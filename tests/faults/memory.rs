//! What is left in memory five seconds after locking: the process is read from outside, as root can.

#![cfg(target_os = "linux")]

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use journeys::share::{Dice, report};
use model::Secret;
use serde_json::json;
use vault::{OpenVault, VaultFolder};

#[test]
fn five_seconds_after_locking_no_key_and_no_password_is_in_memory() {
    let data = tempfile::tempdir().unwrap();
    // Of this run, so that they are in no program's file.
    let random = fs::read("/proc/sys/kernel/random/uuid").unwrap();
    let random = String::from_utf8(random).unwrap().trim().to_owned();
    let (password, key) = (format!("plover-lantern-{random}"), format!("sk-CANARY-{random}"));
    fs::write(data.path().join("password"), &password).unwrap();
    fs::write(data.path().join("key"), &key).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_holds-then-forgets"))
        .arg(data.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "open");
    let database = database_key(data.path(), &password);
    let raw: Vec<u8> =
        (0..32).map(|byte| u8::from_str_radix(&database[byte * 2..][..2], 16).unwrap()).collect();
    let canaries = [
        ("password", password.clone().into_bytes()),
        ("api key", key.clone().into_bytes()),
        ("database key in hex", database.into_bytes()),
        ("database key", raw),
    ];
    // The search sees this process: its own argument is there.
    let argument = data.path().display().to_string().into_bytes();
    assert!(!found(child.id(), &[("argument", argument)]).is_empty());
    child.stdin.as_mut().unwrap().write_all(b"lock\n").unwrap();
    assert_eq!(lines.next().unwrap().unwrap(), "locked");
    std::thread::sleep(Duration::from_secs(5));
    let left = found(child.id(), &canaries);
    drop(child.stdin.take());
    child.wait().unwrap();
    report("memory_5_s_after_locking", json!({ "canaries": canaries.len(), "found": left.len() }));
    assert_eq!(left, Vec::new());
}

/// The key that the vault's database has, from its header and the password.
fn database_key(data: &Path, password: &str) -> String {
    let open = OpenVault::unlock(&VaultFolder::new(data), &Secret::new(password)).ok().unwrap();
    open.database_key().expose_hex().to_owned()
}

/// Which canaries are in a process's memory, and where.
fn found(pid: u32, canaries: &[(&'static str, Vec<u8>)]) -> Vec<(&'static str, String)> {
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
    let mut memory = File::open(format!("/proc/{pid}/mem")).unwrap();
    let mut found = Vec::new();
    let mut seen = 0;
    for line in maps.lines() {
        let mut fields = line.split_whitespace();
        let (range, rights) = (fields.next().unwrap(), fields.next().unwrap());
        let (from, to) = range.split_once('-').unwrap();
        let (from, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        let name = fields.nth(3).unwrap_or_default();
        if !rights.starts_with('r') || name.starts_with("[v") {
            continue;
        }
        let mut bytes = vec![0; usize::try_from(to - from).unwrap()];
        if memory.seek(SeekFrom::Start(from)).is_err() || memory.read_exact(&mut bytes).is_err() {
            continue;
        }
        seen += bytes.len();
        for (canary, needle) in canaries {
            for at in memchr::memmem::find_iter(&bytes, needle) {
                let around = &bytes[at.saturating_sub(24)..(at + needle.len() + 24).min(bytes.len())];
                found.push((
                    *canary,
                    format!("{range} {rights} {name} +{at:x}: {}", String::from_utf8_lossy(around)),
                ));
            }
        }
    }
    assert!(seen > 1 << 20, "nothing of the memory could be read: run this as root");
    found
}

#[test]
fn the_search_finds_what_lies_in_this_very_process() {
    let mut dice = Dice(u64::from(std::process::id()));
    let planted: Vec<u8> = (0..32).map(|_| (dice.roll() & 0xff) as u8).collect();
    assert!(!found(std::process::id(), &[("planted", planted)]).is_empty());
}
