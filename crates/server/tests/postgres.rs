//! The program itself on PostgreSQL: several of it at once, one of them killed.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

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
    let mut serve = program(data, url);
    let mut child = serve.arg("serve").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
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
