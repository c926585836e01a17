//! The program itself: what its commands print and how they end.

#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

fn program(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_signalbox-server"));
    let inherited =
        std::env::vars().filter(|(name, _)| name.starts_with("SIGNALBOX_") || name.ends_with("_API_KEY"));
    inherited.for_each(|(name, _)| {
        command.env_remove(name);
    });
    command.arg("--data-dir").arg(data).args(["--listen", "127.0.0.1:0"]);
    command
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    program(data).args(arguments).output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What stands behind a label in what was printed.
fn labelled<'a>(printed: &'a str, label: &str) -> &'a str {
    printed.lines().find_map(|line| line.strip_prefix(label)).unwrap_or_else(|| panic!("{printed}")).trim()
}

fn serve(data: &Path) -> (Child, String) {
    let mut child = program(data).arg("serve").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    (child, labelled(&line, "listening on http://").to_owned())
}

fn get(address: &str, path: &str) -> String {
    let mut connection = TcpStream::connect(address).unwrap();
    write!(connection, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").unwrap();
    let mut all = String::new();
    connection.read_to_string(&mut all).unwrap();
    all
}

fn terminate(mut child: Child) -> std::process::ExitStatus {
    let killed = Command::new("kill").arg("-TERM").arg(child.id().to_string()).status().unwrap();
    assert!(killed.success());
    child.wait().unwrap()
}

#[test]
fn from_nothing_to_a_server_that_answers_and_ends_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let nothing = run(&data, &["serve"]);
    assert!(!nothing.status.success());
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("`signalbox-server init` makes one"));
    let made = run(&data, &["init"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert_eq!(labelled(&text(&made), "one-time token, good for a day:").len(), 43);
    assert!(!run(&data, &["init"]).status.success());
    let (child, address) = serve(&data);
    assert!(get(&address, "/readyz").starts_with("HTTP/1.1 200"));
    assert!(get(&address, "/api/v1/super-admin/providers/configs").starts_with("HTTP/1.1 401"));
    let busy = run(&data, &["seed"]);
    assert!(String::from_utf8_lossy(&busy.stderr).contains("another program"));
    // What needs no vendor is done by the server that runs.
    assert!(text(&run(&data, &["user", "list"])).contains("admin"));
    assert!(terminate(child).success());
    assert!(text(&run(&data, &["user", "list"])).contains("admin"));
    let verified = run(&data, &["audit", "verify"]);
    assert!(verified.status.success());
    assert!(text(&verified).contains("all as they were written"));
}

#[test]
fn a_server_goes_on_when_nobody_reads_what_it_prints() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    assert!(run(&data, &["init"]).status.success());
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut serve = Command::new(env!("CARGO_BIN_EXE_signalbox-server"));
    serve.arg("--data-dir").arg(&data).args(["--listen", &address, "serve"]);
    let mut child = serve.stdout(writer).stderr(Stdio::null()).spawn().unwrap();
    while TcpStream::connect(&address).is_err() {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it served");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(get(&address, "/readyz").starts_with("HTTP/1.1 200"));
    assert!(terminate(child).success());
}

#[test]
fn a_setting_that_is_not_known_is_refused_and_the_nearest_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("server.toml");
    std::fs::write(&file, "trusted_proxy = []\n").unwrap();
    let refused = run(folder.path(), &["config", "check", "--config", file.to_str().unwrap()]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("did you mean `trusted_proxies`?"));
    let refused =
        program(folder.path()).args(["config", "check"]).env("SIGNALBOX_SERVER_LISTN", "x").output().unwrap();
    assert!(String::from_utf8_lossy(&refused.stderr).contains("did you mean `SIGNALBOX_SERVER_LISTEN`?"));
}

#[test]
fn flags_go_over_the_environment_and_that_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("server.toml");
    std::fs::write(&file, "log = \"debug\"\nroot_key = \"/from/file\"\n").unwrap();
    let mut check = program(folder.path());
    check.args(["config", "check", "--config", file.to_str().unwrap(), "--log", "warn"]);
    check.env("SIGNALBOX_SERVER_ROOT_KEY", "/from/environment").env("SIGNALBOX_SERVER_LOG", "trace");
    let printed = text(&check.output().unwrap());
    assert_eq!(labelled(&printed, "log ="), "\"warn\"");
    assert_eq!(labelled(&printed, "root_key ="), "\"/from/environment\"");
}

#[test]
fn listening_to_the_whole_network_needs_a_proxy() {
    let folder = tempfile::tempdir().unwrap();
    let refused =
        program(folder.path()).args(["config", "check", "--listen", "0.0.0.0:8640"]).output().unwrap();
    assert!(!refused.status.success());
}

#[test]
fn seeding_without_a_key_in_the_environment_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    assert!(run(&data, &["init"]).status.success());
    let seeded = run(&data, &["seed"]);
    assert!(!seeded.status.success());
    assert!(String::from_utf8_lossy(&seeded.stderr).contains("GEMINI_API_KEY"));
}
