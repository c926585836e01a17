//! A disk that has no room left, under a server that runs: what would be written is refused and named, nothing else stops, and with
//! room again everything goes on.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, Command, Stdio},
};

use crate::program::{get, labelled, send, wait_for};

/// In a mount namespace of its own: a small disk, filled and freed on a sign.
const SCRIPT: &str = r#"
    mount -t tmpfs -o size=6m none "$1" || exit 3
    "$2" --data-dir "$1/data" --root-key "$3/root.key" --listen 127.0.0.1:0 init || exit 4
    (
        while [ -d "$3" ] && [ ! -e "$3/fill" ]; do sleep 0.05; done
        cat /dev/zero > "$1/filler" 2> /dev/null
        : > "$3/filled"
        while [ -d "$3" ] && [ ! -e "$3/free" ]; do sleep 0.05; done
        rm "$1/filler" && : > "$3/freed"
    ) > /dev/null &
    exec "$2" --data-dir "$1/data" --root-key "$3/root.key" --listen 127.0.0.1:0 --log error serve
"#;

struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // A test that failed leaves none behind.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn post(at: &str, path: &str, body: &str) -> String {
    let head = "content-type: application/json\r\nconnection: close";
    let length = body.len();
    send(
        at,
        &format!("POST {path} HTTP/1.1\r\nhost: {at}\r\n{head}\r\ncontent-length: {length}\r\n\r\n{body}"),
    )
}

/// Needs a mount namespace of its own, which root always may make; where an ordinary user may not, it says on the terminal that it did
/// not run.
fn may_mount() -> bool {
    let tried = Command::new("unshare").args(["--mount", "--map-root-user", "true"]).status();
    let may = tried.is_ok_and(|status| status.success());
    if !may && let Ok(mut terminal) = File::options().write(true).open("/dev/tty") {
        // Past the test runner, which swallows what a passing test prints.
        let _ = writeln!(terminal, "NOT RUN: a full disk under a server, no mount namespace for this user");
    }
    may || std::env::var_os("CI").is_some()
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_named_and_everything_goes_on_when_there_is_room() {
    if !may_mount() {
        return;
    }
    let (disk, signs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut command = Command::new("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-c", SCRIPT, "server"]).arg(disk.path());
    command.arg(env!("CARGO_BIN_EXE_signalbox-server")).arg(signs.path()).stdout(Stdio::piped());
    let mut server = Ended(command.spawn().unwrap());
    let mut printed = String::new();
    let mut out = BufReader::new(server.0.stdout.take().unwrap());
    while !printed.contains("listening on") {
        assert_ne!(out.read_line(&mut printed).unwrap(), 0, "{printed}");
    }
    let at = labelled(&printed, "listening on http://");
    let token = labelled(&printed, "one-time token, good for a day:");
    let take_up = format!(r#"{{"token": "{token}", "password": "plover lantern orbit quilt"}}"#);
    assert!(post(at, "/api/v1/auth/take-up", &take_up).starts_with("HTTP/1.1 200"));
    let guess = || {
        let body = r#"{"user_name": "admin", "password": "a guess of a password", "code": "123456"}"#;
        post(at, "/api/v1/auth/login", body)
    };
    assert!(guess().starts_with("HTTP/1.1 401"));
    File::create(signs.path().join("fill")).unwrap();
    wait_for("the disk is not full", || signs.path().join("filled").exists());
    // A guess that cannot be counted is not looked at.
    let refused = guess();
    assert!(refused.starts_with("HTTP/1.1 503") && refused.contains(r#""storage""#), "{refused}");
    assert!(refused.contains("the disk is full"), "{refused}");
    assert!(get(at, "/healthz").starts_with("HTTP/1.1 200"));
    File::create(signs.path().join("free")).unwrap();
    wait_for("the disk is still full", || signs.path().join("freed").exists());
    assert!(guess().starts_with("HTTP/1.1 401"));
}
