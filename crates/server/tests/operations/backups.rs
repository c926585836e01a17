//! Backups by the program's commands, and by the server while it runs.

use std::{fs, path::Path};

use crate::program::{Place, files, wait_for};

#[test]
fn what_was_backed_up_comes_back_and_what_is_replaced_stays_beside_it() {
    let place = Place::made();
    place.done(&["user", "add", "before"]);
    let folder = place.path("backups");
    place.done(&["backup", folder.to_str().unwrap()]);
    let backup = files(&folder, "sbdb").remove(0);
    place.done(&["user", "add", "after"]);
    place.done(&["restore", backup.to_str().unwrap()]);
    let users = place.done(&["user", "list"]);
    assert!(users.contains("before") && !users.contains("after"), "{users}");
    assert!(place.done(&["audit", "verify"]).contains("all as they were written"));
    let kept = fs::read_dir(place.data())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().contains(".before-"));
    assert_eq!(kept.count(), 1);
}

#[test]
fn a_damaged_backup_and_one_of_another_server_change_nothing() {
    let (place, other) = (Place::made(), Place::made());
    let folder = place.path("backups");
    place.done(&["backup", folder.to_str().unwrap()]);
    other.done(&["backup", folder.to_str().unwrap()]);
    let mut all = files(&folder, "sbdb");
    all.sort();
    place.done(&["user", "add", "after"]);
    let mut refused = 0;
    for backup in &all {
        let mut bytes = fs::read(backup).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        let damaged = place.path("damaged.sbdb");
        fs::write(&damaged, bytes).unwrap();
        assert!(!place.run(&["restore", damaged.to_str().unwrap()]).status.success());
        assert!(place.done(&["user", "list"]).contains("after"));
    }
    for backup in &all {
        refused += usize::from(!place.run(&["restore", backup.to_str().unwrap()]).status.success());
    }
    assert_eq!((all.len(), refused), (2, 1));
}

#[test]
fn a_damaged_database_is_replaced_and_a_running_servers_is_not() {
    let place = Place::made();
    let folder = place.path("backups");
    place.done(&["backup", folder.to_str().unwrap()]);
    let backup = files(&folder, "sbdb").remove(0);
    let served = place.serve(&[]);
    let refused = place.run(&["restore", backup.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("another program"), "{refused:?}");
    drop(served);
    let database = files(&place.data(), "db").remove(0);
    let mut bytes = fs::read(&database).unwrap();
    bytes[5_000] ^= 1;
    fs::write(&database, bytes).unwrap();
    assert!(!place.run(&["user", "list"]).status.success());
    place.done(&["restore", backup.to_str().unwrap()]);
    assert!(place.done(&["user", "list"]).contains("admin"));
}

#[test]
fn a_running_server_makes_one_by_itself_that_opens() {
    let place = Place::made();
    let folder = place.path("backups");
    let mut served = place.serve(&["--backup-dir", folder.to_str().unwrap()]);
    wait_for("no backup is made", || !files(&folder, "sbdb").is_empty());
    served.signal("TERM");
    assert!(served.ended().0.success());
    let backup = files(&folder, "sbdb").remove(0);
    place.done(&["restore", backup.to_str().unwrap()]);
    assert!(place.done(&["user", "list"]).contains("admin"));
}

/// What a server that was killed within a change leaves beside its database: a page as it is to be again. Here the first one, and empty,
/// so that it shows where it was played.
fn hot_journal(database: &Path) -> Vec<u8> {
    const PAGE: usize = 4096;
    const SECTOR: usize = 512;
    let pages = u32::try_from(fs::metadata(database).unwrap().len() / PAGE as u64).unwrap();
    // SQLite's file format, section 3: magic, records, nonce, pages of the database, sector, page.
    let mut journal = vec![0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
    let nonce = 7_u32;
    for number in [1, nonce, pages, SECTOR as u32, PAGE as u32] {
        journal.extend(number.to_be_bytes());
    }
    journal.resize(SECTOR, 0);
    journal.extend(1_u32.to_be_bytes());
    journal.extend([0; PAGE]);
    // A sum over some of the page's bytes, and they are all zero.
    journal.extend(nonce.to_be_bytes());
    journal
}

#[test]
fn a_journal_that_a_killed_server_left_is_not_played_into_what_is_restored() {
    let place = Place::made();
    let folder = place.path("backups");
    place.done(&["backup", folder.to_str().unwrap()]);
    let backup = files(&folder, "sbdb").remove(0);
    let database = files(&place.data(), "db").remove(0);
    let journal = database.with_extension("db-journal");
    let hot = hot_journal(&database);
    // Whoever moved the database out of the way left its journal there.
    fs::remove_file(&database).unwrap();
    fs::write(&journal, &hot).unwrap();
    place.done(&["restore", backup.to_str().unwrap()]);
    assert!(place.done(&["user", "list"]).contains("admin"));
    assert!(place.done(&["audit", "verify"]).contains("all as they were written"));
    // It is one that SQLite plays: beside the database it is the end of it.
    fs::write(&journal, &hot).unwrap();
    assert!(!place.run(&["audit", "verify"]).status.success());
    place.done(&["restore", backup.to_str().unwrap()]);
    assert!(place.done(&["user", "list"]).contains("admin"));
}
