//! The keyring that Linux has: GNOME's, on a bus of the test's own. Unlocked, locked, absent, hanging.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use journeys::share::Suite;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

/// How long an answer may take: the three seconds that a keyring has, and the start of a program.
const LONGEST_MS: u128 = 4_500;

/// A bus, with a keyring on it or nobody.
struct Session {
    address: String,
    home: tempfile::TempDir,
    processes: Vec<Child>,
}

impl Session {
    fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        // A bus that starts services by itself would bring a keyring where there should be none.
        let config = home.path().join("bus.conf");
        fs::write(&config, BUS).unwrap();
        let mut daemon = Command::new("dbus-daemon");
        daemon.arg(format!("--config-file={}", config.display())).args(["--nofork", "--print-address"]);
        let mut daemon = daemon.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { address: address.trim().to_owned(), home, processes: vec![daemon] }
    }

    /// A keyring whose one collection is open, as after signing in.
    fn with_keyring() -> Self {
        let mut session = Self::start();
        let mut daemon = session.command("gnome-keyring-daemon");
        daemon.args(["--foreground", "--unlock", "--components=secrets"]).stdin(Stdio::piped());
        let mut daemon = daemon.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        daemon.stdin.take().unwrap().write_all(b"the password of the collection").unwrap();
        session.processes.push(daemon);
        let ready = || session.call(&["org.freedesktop.DBus.Peer.Ping"]).status.success();
        let end = Instant::now() + Duration::from_secs(20);
        while !ready() {
            assert!(Instant::now() < end, "the keyring does not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        session
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let home: &Path = self.home.path();
        command.env("DBUS_SESSION_BUS_ADDRESS", &self.address).env("HOME", home);
        command.env("XDG_RUNTIME_DIR", home).env("XDG_DATA_HOME", home.join("data"));
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP"] {
            command.env_remove(name);
        }
        command
    }

    /// Calls the service by hand.
    fn call(&self, words: &[&str]) -> std::process::Output {
        let mut command = self.command("dbus-send");
        command.args([
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.secrets",
            "/org/freedesktop/secrets",
        ]);
        command.args(words).output().unwrap()
    }

    /// Locks every collection, as a person or the screen lock does.
    fn lock(&self) {
        let aliases = "array:objpath:/org/freedesktop/secrets/collection/login";
        let locked = self.call(&["org.freedesktop.Secret.Service.Lock", aliases]);
        assert!(locked.status.success(), "{}", String::from_utf8_lossy(&locked.stderr));
    }

    /// Asks the keyring from a process of its own, and checks that no answer took longer than it may.
    fn ask(&self, acts: &[&str]) -> Vec<String> {
        let out = self.command(env!("CARGO_BIN_EXE_asks-the-keyring")).args(acts).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let said = String::from_utf8(out.stdout).unwrap();
        let lines = said.lines().map(|line| {
            let (said, ms) = line.rsplit_once(' ').unwrap();
            assert!(ms.parse::<u128>().unwrap() < LONGEST_MS, "{line}");
            said.to_owned()
        });
        lines.collect()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        for process in self.processes.iter_mut().rev() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

#[test]
fn an_open_keyring_keeps_a_secret_gives_it_back_and_forgets_it() {
    let session = Session::with_keyring();
    let said = session.ask(&["get", "put", "put", "get", "remove", "get", "remove"]);
    assert_eq!(
        said,
        ["get Empty", "put done", "put done", "get done", "remove done", "get Empty", "remove done"]
    );
}

#[test]
fn a_secret_is_there_for_the_next_process() {
    let session = Session::with_keyring();
    assert_eq!(session.ask(&["put"]), ["put done"]);
    assert_eq!(session.ask(&["get"]), ["get done"]);
}

#[test]
fn a_locked_keyring_says_so_and_gives_nothing() {
    let session = Session::with_keyring();
    assert_eq!(session.ask(&["put"]), ["put done"]);
    session.lock();
    // Nobody is on this bus to ask for its password, so the question is dismissed at once.
    assert_eq!(session.ask(&["get", "put", "remove"]), ["get Locked", "put Locked", "remove Locked"]);
}

#[test]
fn without_a_keyring_or_a_bus_there_is_none() {
    let session = Session::start();
    assert_eq!(session.ask(&["get", "put", "remove"]), ["get Absent", "put Absent", "remove Absent"]);
    let mut gone = Session::start();
    gone.address = "unix:path=/nonexistent/bus".to_owned();
    assert_eq!(gone.ask(&["get", "put"]), ["get Absent", "put Absent"]);
}

#[test]
fn a_keyring_that_hangs_is_given_up_within_its_time_and_not_asked_again_meanwhile() {
    let suite = Suite::begin("a_keyring_that_hangs");
    let session = Session::with_keyring();
    let keyring = Pid::from_child(session.processes.last().unwrap());
    kill_process(keyring, Signal::STOP).unwrap();
    let begin = Instant::now();
    assert_eq!(session.ask(&["get", "put", "remove"]), ["get Silent", "put Silent", "remove Silent"]);
    assert!(begin.elapsed() < Duration::from_millis(2 * 3_000), "the second call waited, too");
    kill_process(keyring, Signal::CONT).unwrap();
    assert_eq!(session.ask(&["put", "get"]), ["put done", "get done"]);
    suite.survived(3, 3, json!({}));
}

const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;
