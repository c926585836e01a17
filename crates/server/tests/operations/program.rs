//! The program, started as a person starts it.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use simulator::Simulator;
use tempfile::TempDir;

pub const OPENAI_KEY: &str = "test-openai-key-0001";
/// Longer than anything here takes on a machine with much to do.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A place for a server.
pub struct Place {
    pub folder: TempDir,
    /// A program that starts ours, with its arguments; nothing as a rule.
    pub through: Vec<String>,
}

/// One that runs.
pub struct Served {
    child: Child,
    out: BufReader<ChildStdout>,
    /// What it printed until now.
    pub printed: Vec<String>,
    log: PathBuf,
}

impl Place {
    /// An empty one.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), through: Vec::new() }
    }

    /// With a database.
    pub fn made() -> Self {
        let place = Self::new();
        place.done(&["init"]);
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    pub fn command(&self) -> Command {
        let ours = env!("CARGO_BIN_EXE_signalbox-server");
        let mut whole = self.through.iter().map(String::as_str).chain([ours]);
        let mut command = Command::new(whole.next().unwrap_or(ours));
        command.args(whole);
        let ours = |name: &str| name.starts_with("SIGNALBOX_") || name.ends_with("_API_KEY");
        std::env::vars().filter(|(name, _)| ours(name)).for_each(|(name, _)| {
            command.env_remove(name);
        });
        command.arg("--data-dir").arg(self.data()).args(["--root-key"]).arg(self.path("root.key"));
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(["--listen", "127.0.0.1:0"]).args(arguments).output().unwrap()
    }

    /// Runs a command that has to succeed, and gives what it printed.
    #[track_caller]
    pub fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// A configuration at a simulator of OpenAI, and a token.
    pub fn seeded(&self, simulator: &Simulator) -> String {
        let mut seed = self.command();
        seed.env("OPENAI_API_KEY", OPENAI_KEY);
        seed.env("OPENAI_BASE_URL", simulator.base_url(model::ProviderType::OpenAi));
        let seeded = seed.arg("seed").output().unwrap();
        assert!(seeded.status.success(), "{}", String::from_utf8_lossy(&seeded.stdout));
        let made = self.done(&["token", "create", "shop"]);
        labelled(&made, "token, shown this once:").to_owned()
    }

    pub fn serve(&self, arguments: &[&str]) -> Served {
        self.start(&[&["--listen", "127.0.0.1:0"], arguments, &["serve"]].concat())
    }

    /// Serves by exactly these arguments.
    pub fn start(&self, arguments: &[&str]) -> Served {
        let log = self.path("log.json");
        let mut command = self.command();
        command.args(arguments);
        command.stdout(Stdio::piped()).stderr(fs::File::create(&log).unwrap());
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut served = Served { child, out, printed: Vec::new(), log };
        served.line();
        served
    }
}

impl Served {
    fn line(&mut self) {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "{}", self.log());
        self.printed.push(line.trim().to_owned());
    }

    /// What stands behind a label in what it prints.
    pub fn told(&mut self, label: &str) -> String {
        loop {
            if let Some(rest) = self.printed.iter().find_map(|line| line.strip_prefix(label)) {
                return rest.trim().to_owned();
            }
            self.line();
        }
    }

    /// What Linux shows of it to this user: nothing of what only the owner of a process that can be dumped may read.
    #[cfg(target_os = "linux")]
    pub fn of_process(&self, file: &str) -> String {
        match fs::read(format!("/proc/{}/{file}", self.child.id())) {
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => String::new(),
            shown => String::from_utf8_lossy(&shown.unwrap()).into_owned(),
        }
    }

    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// On how many addresses it listens, as the system tells.
    #[cfg(target_os = "linux")]
    pub fn addresses(&self) -> usize {
        let open = fs::read_dir(format!("/proc/{}/fd", self.child.id())).unwrap();
        let sockets: Vec<String> = open
            .filter_map(|entry| {
                fs::read_link(entry.unwrap().path()).ok()?.into_os_string().into_string().ok()
            })
            .filter_map(|link| Some(link.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned()))
            .collect();
        let tables =
            ["/proc/net/tcp", "/proc/net/tcp6"].map(|table| fs::read_to_string(table).unwrap_or_default());
        let is_own = |line: &&str| {
            let columns: Vec<&str> = line.split_whitespace().collect();
            columns.get(3) == Some(&"0A")
                && columns.get(9).is_some_and(|inode| sockets.iter().any(|own| own == inode))
        };
        tables.iter().flat_map(|table| table.lines()).filter(is_own).count()
    }

    pub fn signal(&self, name: &str) {
        let sent =
            Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status().unwrap();
        assert!(sent.success());
    }

    /// Waits until it ended, and says how long that took.
    pub fn ended(&mut self) -> (ExitStatus, Duration) {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status, began.elapsed());
            }
            assert!(began.elapsed() < PATIENCE, "it does not end: {}", self.log());
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // A test that failed leaves none behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[track_caller]
pub fn labelled<'a>(printed: &'a str, label: &str) -> &'a str {
    printed.lines().find_map(|line| line.strip_prefix(label)).unwrap_or_else(|| panic!("{printed}")).trim()
}

/// A chat with OpenAI's model, as it goes over the wire.
pub fn chat(at: &str, token: &str, stream: bool) -> String {
    let body = format!(
        r#"{{"model":"gpt-4o-mini","stream":{stream},"max_completion_tokens":50,"messages":[{{"role":"user","content":"Say hello."}}]}}"#
    );
    format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: {at}\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

pub fn get(at: &str, path: &str) -> String {
    send(at, &format!("GET {path} HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\n\r\n"))
}

pub fn send(at: &str, request: &str) -> String {
    let mut connection = TcpStream::connect(at).unwrap();
    connection.write_all(request.as_bytes()).unwrap();
    let mut all = String::new();
    connection.read_to_string(&mut all).unwrap();
    all
}

/// Waits for something that comes by itself.
#[track_caller]
pub fn wait_for(what: &str, mut is_there: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_there() {
        assert!(began.elapsed() < PATIENCE, "{what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Whether a file is one of those with this ending.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|end| end == ending)).collect()
}
