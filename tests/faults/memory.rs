//! What is in memory while it is used, and what is left of it five seconds after locking: the process is read from
//! outside, as root can. What the search is to miss after locking it must have seen before; but for the database's key, which SQLCipher
//! keeps masked while it is open.

#![cfg(target_os = "linux")]

use std::{
    fs,
    io::{BufRead, BufReader, Lines, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, channel},
    },
    time::Duration,
};

use journeys::{
    FakeHost,
    memory::{Canary, found},
    share::{Dice, Suite},
};
use model::Secret;
use serde_json::json;
use vault::{OpenVault, VaultFolder};

/// The program, asked step by step.
struct Program {
    child: Child,
    input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Program {
    fn start(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_holds-then-forgets"))
            .arg(data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let input = child.stdin.take().unwrap();
        Self { child, input, lines }
    }

    fn ask(&mut self, step: &str) {
        writeln!(self.input, "{step}").unwrap();
    }

    fn hear(&mut self, word: &str) {
        assert_eq!(self.lines.next().unwrap().unwrap(), word);
    }

    fn found(&self, canaries: &[Canary]) -> Vec<(&'static str, String)> {
        found(self.child.id(), canaries)
    }
}

#[test]
fn keys_are_seen_while_they_are_used_and_are_gone_five_seconds_after_locking() {
    let suite = Suite::begin("memory_5_s_after_locking");
    let data = tempfile::tempdir().unwrap();
    // Of this run, so that they are in no program's file.
    let random = fs::read("/proc/sys/kernel/random/uuid").unwrap();
    let random = String::from_utf8(random).unwrap().trim().to_owned();
    let (password, key) = (format!("plover-lantern-{random}"), format!("sk-CANARY-{random}"));
    let vendor = Vendor::start();
    for (name, text) in
        [("password", password.as_str()), ("key", key.as_str()), ("vendor", vendor.url.as_str())]
    {
        fs::write(data.path().join(name), text).unwrap();
    }
    let password_canary = ("password", password.clone().into_bytes());
    let key_canary = ("api key", key.clone().into_bytes());
    let mut program = Program::start(data.path());
    program.hear("made");
    let database = database_key(data.path(), &password);
    let raw: Vec<u8> =
        (0..32).map(|byte| u8::from_str_radix(&database[byte * 2..][..2], 16).unwrap()).collect();
    let raw_canary = ("database key", raw);

    // A call in flight: the vendor has the key, and does not answer yet.
    vendor.keeps_waiting.store(true, Ordering::SeqCst);
    program.ask("call");
    let asked = vendor.asked(&key);
    let held = program.found(std::slice::from_ref(&key_canary));
    assert!(!held.is_empty(), "the key of a call in flight was not seen");
    vendor.keeps_waiting.store(false, Ordering::SeqCst);
    drop(asked);
    program.hear("called");

    // What is shown once, while it is shown.
    program.ask("show");
    program.hear("shown");
    let mut shown: Vec<Canary> = ["kit", "second factor", "token"]
        .map(|name| (name, fs::read(data.path().join(name)).unwrap()))
        .into();
    let seen = program.found(&shown);
    for (name, _) in &shown {
        assert!(seen.iter().any(|(found, _)| found == name), "the {name} that was shown was not seen");
    }
    let secret = String::from_utf8(shown[1].1.clone()).unwrap().replace(' ', "");
    fs::write(data.path().join("code"), code(&secret)).unwrap();
    program.ask("enrol");
    program.hear("enrolled");
    shown.push(("second factor without blanks", secret.into_bytes()));
    shown.push(("recovery code", fs::read(data.path().join("recovery code")).unwrap()));

    // An unlocking: the key is being derived from the password, for seconds.
    program.ask("unlock");
    program.hear("unlocking");
    let derived = program.found(std::slice::from_ref(&password_canary));
    assert!(!derived.is_empty(), "the password of an unlocking was not seen");
    program.hear("open");

    program.ask("lock");
    program.hear("locked");
    std::thread::sleep(Duration::from_secs(5));
    let mut canaries =
        vec![password_canary, key_canary, ("database key in hex", database.into_bytes()), raw_canary];
    canaries.append(&mut shown);
    let left = program.found(&canaries);
    let gone = canaries.iter().filter(|(name, _)| !left.iter().any(|(found, _)| found == name)).count();
    suite.survived(canaries.len(), gone, json!({ "seen_while_used": 5 }));
    drop(program.input);
    program.child.wait().unwrap();
    assert_eq!(left, Vec::new());
}

/// What an app shows for a secret, at the time that the program's clock stands at.
fn code(secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let builder = totp_rs::Builder::new().with_algorithm(totp_rs::Algorithm::SHA1).with_digits(6);
    let app = builder.with_step_duration(30).with_secret(secret).build().unwrap();
    app.generate(u64::try_from(FakeHost::new().wall_clock().0 / 1_000).unwrap()).to_string()
}

/// A vendor that hangs up at once, or keeps whoever asks waiting.
struct Vendor {
    url: String,
    keeps_waiting: Arc<AtomicBool>,
    waiting: Receiver<TcpStream>,
}

impl Vendor {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let (tell, waiting) = channel();
        let keeps_waiting = Arc::new(AtomicBool::new(false));
        let keeps = Arc::clone(&keeps_waiting);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten().filter(|_| keeps.load(Ordering::SeqCst)) {
                if tell.send(stream).is_err() {
                    return;
                }
            }
        });
        Self { url, keeps_waiting, waiting }
    }

    /// Waits until somebody asks with this key, and keeps the asker waiting.
    fn asked(&self, key: &str) -> TcpStream {
        let mut stream = self.waiting.recv_timeout(Duration::from_secs(30)).expect("nobody asks the vendor");
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let mut request = Vec::new();
        while !String::from_utf8_lossy(&request).contains(key) {
            let mut piece = [0; 4096];
            let read = stream.read(&mut piece).unwrap();
            assert!(read > 0, "asked without the key");
            request.extend_from_slice(&piece[..read]);
        }
        stream
    }
}

/// The key that the vault's database has, from its header and the password.
fn database_key(data: &Path, password: &str) -> String {
    let open = OpenVault::unlock(&VaultFolder::new(data), &Secret::new(password)).ok().unwrap();
    open.database_key().expose_hex().to_owned()
}

#[test]
fn the_search_finds_what_lies_in_this_very_process() {
    let mut dice = Dice(u64::from(std::process::id()));
    let planted: Vec<u8> = (0..32).map(|_| (dice.roll() & 0xff) as u8).collect();
    assert!(!found(std::process::id(), &[("planted", planted)]).is_empty());
}
