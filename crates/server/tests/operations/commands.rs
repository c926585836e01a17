//! Commands while the server runs on its embedded database.

use std::{
    fs,
    os::unix::fs::{FileTypeExt, PermissionsExt},
    path::PathBuf,
    time::Instant,
};

use simulator::Simulator;

use crate::program::{Place, files, get, labelled, send};

fn models(at: &str, token: &str) -> String {
    send(
        at,
        &format!(
            "GET /v1/models HTTP/1.1\r\nhost: {at}\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n"
        ),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_a_command_makes_is_good_at_once_and_one_that_it_revokes_is_refused_at_once() {
    let simulator = Simulator::start().await.unwrap();
    let place = Place::made();
    let first = place.seeded(&simulator);
    let mut served = place.serve(&[]);
    let at = served.told("applications make calls at http://");
    assert!(models(&at, &first).starts_with("HTTP/1.1 200"));
    let made = place.done(&["token", "add", "warehouse", "--tasks", "extraction"]);
    let second = labelled(&made, "token, shown this once:").to_owned();
    assert!(models(&at, &second).starts_with("HTTP/1.1 200"));
    let revoked = place.done(&["token", "revoke", "1"]);
    let since = Instant::now();
    assert!(revoked.contains("revoked"), "{revoked}");
    assert!(models(&at, &first).starts_with("HTTP/1.1 401"));
    assert!(since.elapsed().as_millis() < 1_000, "{:?}", since.elapsed());
    assert!(models(&at, &second).starts_with("HTTP/1.1 200"));
    let listed = place.done(&["token", "list"]);
    assert!(
        listed.contains("shop") && listed.contains("warehouse") && listed.contains("tasks: extraction"),
        "{listed}"
    );
    let none = place.run(&["token", "revoke", "99"]);
    assert!(String::from_utf8_lossy(&none.stderr).contains("there is no token 99"));
    let bad = place.run(&["token", "create", "x", "--days", "400"]);
    assert!(String::from_utf8_lossy(&bad.stderr).contains("expires_in_days"));
    served.signal("TERM");
    assert!(served.ended().0.success());
    // The same without a server.
    assert!(place.done(&["token", "list"]).contains("revoked"));
    let log = served.log();
    for secret in [&first, &second] {
        assert!(!log.contains(secret.as_str()));
    }
}

/// The databases in a folder, with what is in them.
fn databases(place: &Place) -> Vec<(PathBuf, Vec<u8>)> {
    files(&place.data(), "db").into_iter().map(|file| (file.clone(), fs::read(file).unwrap())).collect()
}

#[test]
fn an_older_log_of_acts_that_was_put_back_whole_is_found_by_the_end_that_is_kept_elsewhere() {
    let place = Place::made();
    let kept = place.path("elsewhere");
    let verify = ["audit", "verify", "--kept", kept.to_str().unwrap()];
    place.done(&["user", "add", "ada"]);
    place.done(&verify);
    let (older, first) = (databases(&place), fs::read_to_string(&kept).unwrap());
    assert_eq!(older.len(), 1);
    // It goes on from there, also while a server runs.
    let mut served = place.serve(&[]);
    place.done(&["user", "add", "grace"]);
    place.done(&verify);
    let second = fs::read_to_string(&kept).unwrap();
    assert_ne!(first, second);
    served.signal("TERM");
    assert!(served.ended().0.success());
    let newer = databases(&place);
    older.iter().for_each(|(file, bytes)| fs::write(file, bytes).unwrap());
    place.done(&["audit", "verify"]);
    let found = place.run(&verify);
    let printed = String::from_utf8_lossy(&found.stdout).into_owned();
    assert!(found.status.code() == Some(2) && printed.contains("OtherLog"), "{printed}");
    assert_eq!(fs::read_to_string(&kept).unwrap(), second, "an end is kept of a log that is whole");
    newer.iter().for_each(|(file, bytes)| fs::write(file, bytes).unwrap());
    place.done(&verify);
    // Nobody without the key makes an end.
    fs::write(&kept, second.replacen(' ', "0 ", 1)).unwrap();
    let refused = place.run(&verify);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("was not made by this server"));
}

#[test]
fn users_and_the_log_of_acts_are_reached_while_it_runs() {
    let place = Place::made();
    let mut served = place.serve(&[]);
    let at = served.told("listening on http://");
    let invited = place.done(&["user", "add", "grace"]);
    let token = labelled(&invited, "one-time token, good for a day:");
    let asked = format!(r#"{{"token":"{token}","password":"plover lantern orbit quilt"}}"#);
    let taken = send(
        &at,
        &format!(
            "POST /api/v1/auth/take-up HTTP/1.1\r\nhost: {at}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{asked}",
            asked.len()
        ),
    );
    assert!(taken.starts_with("HTTP/1.1 200"), "{taken}");
    let listed = place.done(&["user", "list"]);
    assert!(
        listed.lines().any(|line| line.contains("grace") && !line.contains("has not taken up")),
        "{listed}"
    );
    assert!(place.done(&["audit", "verify"]).contains("all as they were written"));
    assert!(place.done(&["usage", "verify"]).contains("all as the calls add up"));
    assert!(place.done(&["usage", "rebuild"]).contains("made anew"));
    // Who was invited first has not taken up, so grace is the last who can administer.
    let last = place.run(&["user", "remove", "grace"]);
    assert!(String::from_utf8_lossy(&last.stderr).contains("the last super_admin"), "{last:?}");
    place.done(&["user", "add", "heidi"]);
    assert!(place.done(&["user", "list"]).contains("heidi"));
    assert!(place.done(&["user", "remove", "heidi"]).is_empty());
    assert!(!place.done(&["user", "list"]).contains("heidi"));
    let nobody = place.run(&["user", "remove", "nobody"]);
    assert!(!nobody.status.success());
    served.signal("TERM");
    assert!(served.ended().0.success());
}

#[test]
fn the_socket_is_its_users_alone_and_goes_with_the_server() {
    let place = Place::made();
    let mut served = place.serve(&[]);
    served.told("listening on http://");
    let socket = place.data().join("control.sock");
    let data = fs::metadata(&socket).unwrap();
    assert!(data.file_type().is_socket());
    assert_eq!(
        (data.permissions().mode() & 0o777, fs::metadata(place.data()).unwrap().permissions().mode() & 0o077),
        (0o600, 0)
    );
    served.signal("TERM");
    assert!(served.ended().0.success());
    assert!(!socket.exists());
}

#[test]
fn what_a_killed_server_leaves_behind_is_in_nobodys_way() {
    let place = Place::made();
    let mut served = place.serve(&[]);
    served.signal("KILL");
    served.ended();
    assert!(place.data().join("control.sock").exists());
    assert!(place.done(&["user", "list"]).contains("admin"));
    let mut served = place.serve(&[]);
    let at = served.told("listening on http://");
    assert!(get(&at, "/readyz").starts_with("HTTP/1.1 200"));
    assert!(place.done(&["user", "add", "grace"]).contains("one-time token"));
    served.signal("TERM");
    assert!(served.ended().0.success());
}

#[test]
fn what_is_no_question_is_not_answered_with_anything_of_the_database() {
    use std::{
        io::{Read, Write},
        os::unix::net::UnixStream,
    };
    let place = Place::made();
    let mut served = place.serve(&[]);
    served.told("listening on http://");
    let socket = place.data().join("control.sock");
    for asked in ["\n".to_owned(), "{}\n".into(), "{\"ask\":\"dump\"}\n".into(), "x".repeat(70_000)] {
        let mut stream = UnixStream::connect(&socket).unwrap();
        // It may stop listening before all is sent.
        let _ = stream.write_all(asked.as_bytes());
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        assert!(answer.is_empty() || answer.contains("another version"), "{answer}");
    }
    assert!(place.done(&["user", "list"]).contains("admin"));
    served.signal("TERM");
    assert!(served.ended().0.success());
}
