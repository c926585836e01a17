//! Files that are not as they should be, and disks that refuse: each named, nothing lost.

use std::fs;

use journeys::{PASSWORD, Room, share::Suite};
use model::FailureCode;
use serde_json::json;

#[tokio::test]
async fn headers_of_zero_bytes_are_called_damaged_before_any_password_is_asked() {
    let room = Room::open().await.next_day().await;
    for name in ["header.a", "header.b"] {
        fs::write(room.data().join("vault").join(name), b"").unwrap();
    }
    let view = room.send("view_app", json!({})).await.unwrap();
    assert_eq!(
        view["vault"]["unusable"]["fault"]["message"],
        "both copies of the vault's header are damaged"
    );
    let refused = room.send("create_vault", json!({ "password": PASSWORD })).await.unwrap_err();
    assert_eq!(refused.message, "there is a vault in this folder already");
}

#[tokio::test]
async fn a_database_that_is_cut_or_gone_is_called_damaged_and_not_made_anew() {
    for wound in ["gone", "empty", "halved"] {
        let room = Room::open().await.next_day().await;
        let database = room.data().join("vault/vault.1.db");
        let bytes = fs::read(&database).unwrap();
        match wound {
            "gone" => fs::remove_file(&database).unwrap(),
            "empty" => fs::write(&database, b"").unwrap(),
            _ => fs::write(&database, &bytes[..bytes.len() / 2]).unwrap(),
        }
        let refused = room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap_err();
        assert_eq!(
            (refused.code, refused.message.as_str()),
            (FailureCode::Unusable, "the vault's database is damaged"),
            "{wound}"
        );
        // The right files put back open again: nothing was overwritten on the way.
        fs::write(&database, &bytes).unwrap();
        room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    }
}

/// Needs a mount namespace of its own, which root always may make; where an ordinary user may not, the full disk is
/// still covered by `store`'s rules, and this says on the terminal that it did not run.
#[cfg(target_os = "linux")]
#[test]
fn a_full_a_failing_and_a_read_only_disk_lose_nothing_and_are_named() {
    let suite = Suite::begin("full_failing_and_read_only_disk");
    use std::io::Write;

    let mount_point = tempfile::tempdir().unwrap();
    let run = std::process::Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_disk-troubles"))
        .arg(mount_point.path())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&run.stderr);
    if errors.starts_with("unshare:") && std::env::var_os("CI").is_none() {
        // Past the test runner, which swallows what a passing test prints.
        if let Ok(mut terminal) = std::fs::File::options().write(true).open("/dev/tty") {
            let _ = writeln!(
                terminal,
                "NOT RUN: full, failing and read-only disk, no mount namespace for this user: {errors}"
            );
        }
        return;
    }
    let said = String::from_utf8_lossy(&run.stdout);
    let refused =
        said.trim().strip_prefix("survived ").and_then(|said| said.strip_suffix(" refused changes"));
    let refused: usize = refused.unwrap_or_else(|| panic!("{said} {errors}")).parse().unwrap();
    suite.survived(refused, refused, json!({}));
}
