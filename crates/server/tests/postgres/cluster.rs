//! Three servers on one PostgreSQL, each a program of its own, with the simulator as their vendor; and those who call them.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    thread::sleep,
    time::{Duration, Instant},
};

use model::ProviderType;
use rig_postgres::Postgres;
use serde_json::{Value, json};
use simulator::Simulator;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::{done, program, text};

pub const SERVERS: usize = 3;
/// Longer than anything takes that is not stuck.
pub const PATIENCE: Duration = Duration::from_secs(120);
const KEY: &str = "test-openai-key-0001";

pub struct Cluster {
    pub postgres: Postgres,
    pub url: String,
    pub simulator: Simulator,
    pub token: String,
    folder: TempDir,
    // The simulator runs on it.
    _runtime: Runtime,
}

/// One that runs. Dropped it is killed.
pub struct Served {
    child: Child,
    pub address: String,
    pub figures: String,
}

/// An answer, whole.
pub struct Heard {
    pub id: String,
    pub status: u16,
    pub at: Instant,
}

impl Cluster {
    pub fn made() -> Self {
        let runtime = Runtime::new().unwrap();
        let simulator = runtime.block_on(Simulator::start()).unwrap();
        let postgres = Postgres::start();
        let url = postgres.database();
        let folder = tempfile::tempdir().unwrap();
        let first = folder.path().join("0");
        done(&first, &url, &["init"]);
        for number in 1..SERVERS {
            let data = folder.path().join(number.to_string());
            fs::create_dir(&data).unwrap();
            fs::copy(first.join("root.key"), data.join("root.key")).unwrap();
        }
        let seeded = program(&first, &url)
            .arg("seed")
            .env("OPENAI_API_KEY", KEY)
            .env("OPENAI_BASE_URL", simulator.base_url(ProviderType::OpenAi))
            .output()
            .unwrap();
        assert!(seeded.status.success(), "{}{}", text(&seeded.stdout), text(&seeded.stderr));
        let made = done(&first, &url, &["token", "create", "shop"]);
        let token =
            made.lines().find_map(|line| line.strip_prefix("token, shown this once: ")).unwrap().to_owned();
        simulator.clear_journal();
        Self { postgres, url, simulator, token, folder, _runtime: runtime }
    }

    pub fn data(&self, number: usize) -> PathBuf {
        self.folder.path().join(number.to_string())
    }

    pub fn by_hand(&self, sql: &str) -> String {
        self.postgres.by_hand(&self.url, sql)
    }

    pub fn serve(&self, number: usize) -> Served {
        self.serve_by(number, &self.url)
    }

    /// The same, by a way of its own to the database.
    pub fn serve_by(&self, number: usize, url: &str) -> Served {
        let mut command = program(&self.data(number), url);
        let log = File::options().create(true).append(true).open(self.log_file(number)).unwrap();
        command.args(["--metrics", "127.0.0.1:0", "serve"]).stdout(Stdio::piped()).stderr(log);
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
        let mut told = |start: &str| {
            let line = lines.find_map(|line| line.unwrap().strip_prefix(start).map(str::to_owned));
            line.unwrap_or_else(|| panic!("{}", self.log(number)))
        };
        let (address, figures) = (told("listening on http://"), told("figures are at http://"));
        let figures = figures.trim_end_matches("/metrics").to_owned();
        Served { child, address, figures }
    }

    /// What a server wrote to its log.
    pub fn log(&self, number: usize) -> String {
        fs::read_to_string(self.log_file(number)).unwrap_or_default()
    }

    fn log_file(&self, number: usize) -> PathBuf {
        self.folder.path().join(format!("{number}.log"))
    }

    /// Files of calls that ended and may not be in the log.
    pub fn noted(&self, number: usize) -> Vec<PathBuf> {
        let there = self.data(number).join("waiting-usage").read_dir().into_iter().flatten();
        let files = there.map(|file| file.unwrap().path());
        files.filter(|file| file.extension().is_some_and(|ending| ending == "ended")).collect()
    }

    /// Files of usage that this server has not brought to the log yet.
    pub fn waiting(&self, number: usize) -> usize {
        let there = self.data(number).join("waiting-usage").read_dir().into_iter().flatten();
        there.filter(|file| file.as_ref().is_ok_and(|file| is_of_calls(&file.path()))).count()
    }

    /// Requests that the vendor had.
    pub fn vendor_had(&self) -> usize {
        self.simulator.journal().iter().filter(|one| one.method == "POST").count()
    }

    /// One call; `None` when the server did not answer all of it.
    pub fn call(&self, address: &str) -> Option<Heard> {
        let ask = json!({
            "model": "task:extraction", "max_completion_tokens": 16, "messages": [{ "role": "user", "content": "Say hello." }],
        });
        let body = ask.to_string();
        let head = format!(
            "POST /v1/chat/completions HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            self.token,
            body.len()
        );
        let mut connection = TcpStream::connect(address).ok()?;
        connection.set_read_timeout(Some(PATIENCE)).unwrap();
        connection.write_all(format!("{head}{body}").as_bytes()).ok()?;
        let mut all = String::new();
        if let Err(error) = connection.read_to_string(&mut all) {
            assert_ne!(error.kind(), std::io::ErrorKind::WouldBlock, "a call is not answered");
            return None;
        }
        let (head, body) = all.split_once("\r\n\r\n")?;
        serde_json::from_str::<Value>(body).ok()?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let id = head.lines().find_map(|line| line.strip_prefix("x-request-id: "))?.to_owned();
        Some(Heard { id, status, at: Instant::now() })
    }
}

impl Served {
    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends it in order, so that all of its usage is written.
    pub fn end(mut self) {
        let told = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status().unwrap();
        let ended = self.child.wait().unwrap();
        assert!(told.success() && ended.success(), "{ended}");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // One that was ended is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn is_of_calls(file: &Path) -> bool {
    file.extension().is_some_and(|end| end == "calls")
}

/// Until something is so.
#[track_caller]
pub fn wait_for(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "{what}");
        sleep(Duration::from_millis(20));
    }
}

/// Many that begin at once and call until they are done; what all of them heard.
pub fn at_once<T: Send>(callers: usize, call: impl Fn(usize) -> Vec<T> + Sync) -> Vec<T> {
    let (gate, call) = (Arc::new(std::sync::Barrier::new(callers)), &call);
    std::thread::scope(|scope| {
        let started: Vec<_> = (0..callers)
            .map(|caller| {
                let gate = Arc::clone(&gate);
                let small = std::thread::Builder::new().stack_size(256 * 1024);
                let run = move || {
                    gate.wait();
                    call(caller)
                };
                small.spawn_scoped(scope, run).unwrap()
            })
            .collect();
        started.into_iter().flat_map(|one| one.join().unwrap()).collect()
    })
}
