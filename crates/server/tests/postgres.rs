//! The program itself on PostgreSQL: several of it at once, one of them killed.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

#[path = "postgres/cluster.rs"]
mod cluster;
#[path = "postgres/cut.rs"]
mod cut;
#[path = "postgres/load.rs"]
mod load;

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread::sleep,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use bundle::{Contents, Order, ServerFile, SigningKey};
use model::Timestamp;
use rig_postgres::Postgres;

fn program(data: &Path, url: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_signalbox-server"));
    let inherited =
        std::env::vars().filter(|(name, _)| name.starts_with("SIGNALBOX_") || name.ends_with("_API_KEY"));
    inherited.for_each(|(name, _)| {
        command.env_remove(name);
    });
    command.env("DATABASE_URL", url).arg("--data-dir").arg(data).args(["--listen", "127.0.0.1:0"]);
    command
}

fn run(data: &Path, url: &str, arguments: &[&str]) -> Output {
    program(data, url).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn serve(data: &Path, url: &str) -> (Child, String) {
    served(program(data, url).arg("serve"))
}

fn served(command: &mut Command) -> (Child, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on http://").unwrap().to_owned();
    (child, address)
}

fn get(address: &str, path: &str) -> String {
    let mut connection = TcpStream::connect(address).unwrap();
    write!(connection, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").unwrap();
    let mut all = String::new();
    connection.read_to_string(&mut all).unwrap();
    all
}

#[test]
fn two_servers_run_on_what_one_made_and_one_goes_on_when_the_other_is_killed() {
    let postgres = Postgres::start();
    let url = postgres.database();
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    let made = run(&one, &url, &["init"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    assert!(text(&made.stdout).contains("one-time token, good for a day: "));
    let again = run(&one, &url, &["init"]);
    assert!(text(&again.stderr).contains("it was not touched"), "{}", text(&again.stderr));
    // A server without the root key has no business with the database.
    let stranger = run(&two, &url, &["user", "list"]);
    assert!(!stranger.status.success());
    std::fs::create_dir(&two).unwrap();
    std::fs::copy(one.join("root.key"), two.join("root.key")).unwrap();
    let (mut first, first_address) = serve(&one, &url);
    let (mut second, second_address) = serve(&two, &url);
    for address in [&first_address, &second_address] {
        assert!(get(address, "/readyz").starts_with("HTTP/1.1 200"));
    }
    // Commands need no server to stop.
    assert!(run(&two, &url, &["user", "add", "grace"]).status.success());
    assert!(text(&run(&one, &url, &["user", "list"]).stdout).contains("grace"));
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(get(&second_address, "/readyz").starts_with("HTTP/1.1 200"));
    let verified = run(&one, &url, &["audit", "verify"]);
    assert!(text(&verified.stdout).contains("all as they were written"), "{}", text(&verified.stdout));
    let ended = Command::new("kill").arg("-TERM").arg(second.id().to_string()).status().unwrap();
    assert!(ended.success() && second.wait().unwrap().success());
}

/// What a command that succeeds prints.
#[track_caller]
fn done(data: &Path, url: &str, arguments: &[&str]) -> String {
    let output = run(data, url, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

fn bundle(server: &ServerFile, key: &SigningKey, serial: u64, contents: &Contents) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    let now = Timestamp(i64::try_from(now).unwrap());
    let order = Order { server, serial, previous: serial - 1, issued_at: now, expires_at: now.plus_days(3) };
    bundle::make(&order, contents, key).unwrap()
}

#[test]
fn bundles_are_judged_put_in_force_and_shown_at_the_console_beside_servers_that_run() {
    let postgres = Postgres::start();
    let url = postgres.database();
    let folder = tempfile::tempdir().unwrap();
    let (data, inbox) = (folder.path().join("data"), folder.path().join("inbox"));
    done(&data, &url, &["init"]);
    fs::create_dir(&inbox).unwrap();
    let inbox_name = inbox.to_str().unwrap();
    let (mut child, address) = served(program(&data, &url).args(["bundle", "watch", inbox_name]));
    assert!(get(&address, "/readyz").starts_with("HTTP/1.1 200"));
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    done(&data, &url, &["identity", "--name", "api-eu-1", "--out", &file("identity.json")]);
    let server = ServerFile::read(&fs::read(file("identity.json")).unwrap()).unwrap();
    let key = SigningKey::make("signalbox/0123456789abcdef0123456789abcdef", "sb-2026-1").unwrap();
    fs::write(file("key.json"), key.public().file()).unwrap();
    let print = key.public().fingerprint().to_string();
    let trusted = done(&data, &url, &["bundle", "trust", &file("key.json"), "--fingerprint", &print]);
    assert!(trusted.contains("trusted: sb-2026-1"), "{trusted}");
    for serial in [1, 2] {
        fs::write(file("one.sbundle"), bundle(&server, &key, serial, &Contents::default())).unwrap();
        let judged = done(&data, &url, &["bundle", "verify", &file("one.sbundle")]);
        assert!(judged.contains(&format!("bundle {serial} may be applied")), "{judged}");
        done(&data, &url, &["bundle", "apply", &file("one.sbundle")]);
    }
    let back = Contents { again: Some(1), ..Contents::default() };
    fs::write(file("back.sbundle"), bundle(&server, &key, 3, &back)).unwrap();
    let gone_back = done(&data, &url, &["bundle", "back", &file("back.sbundle")]);
    assert!(gone_back.contains("bundle 3, which puts 1 in force again"), "{gone_back}");
    let again = run(&data, &url, &["bundle", "apply", &file("one.sbundle")]);
    assert!(text(&again.stderr).contains("not newer"), "{}", text(&again.stderr));
    // And the server that watches takes the next one from its folder.
    fs::write(folder.path().join("staged"), bundle(&server, &key, 4, &Contents::default())).unwrap();
    fs::rename(folder.path().join("staged"), inbox.join(server.file_name(4))).unwrap();
    let began = Instant::now();
    while !done(&data, &url, &["bundle", "show"]).contains("4: valid") {
        assert!(began.elapsed() < Duration::from_secs(60), "{}", done(&data, &url, &["bundle", "show"]));
        sleep(Duration::from_millis(100));
    }
    let shown = done(&data, &url, &["bundle", "show"]);
    assert!(shown.contains("trusted: sb-2026-1 of signalbox/"), "{shown}");
    assert!(shown.contains("1 again"), "{shown}");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn backups_are_the_databases_own() {
    let postgres = Postgres::start();
    let url = postgres.database();
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &url, &["init"]);
    for command in ["backup", "restore"] {
        let refused = run(folder.path(), &url, &[command, folder.path().join("there").to_str().unwrap()]);
        assert!(text(&refused.stderr).contains("pg_dump"), "{}", text(&refused.stderr));
    }
}

#[test]
fn the_password_is_shown_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let url = "postgres://signalbox:CANARY-password@db.example.org/signals?sslmode=disable";
    let checked = run(folder.path(), url, &["config", "check"]);
    assert!(text(&checked.stdout).contains("db.example.org") || text(&checked.stdout).contains("no address"));
    let made = run(folder.path(), url, &["init"]);
    assert!(!made.status.success());
    assert!(text(&made.stderr).contains("sslmode=verify-full"), "{}", text(&made.stderr));
    for output in [checked, made] {
        assert!(!text(&output.stdout).contains("CANARY") && !text(&output.stderr).contains("CANARY"));
    }
}
