//! A PostgreSQL of a test's own, from the system's package: made in a temporary folder, on a free port of 127.0.0.1, as an ordinary
//! user also when the tests run as root, and gone with its last holder or with the process, however that ends.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a rig of tests has nobody to report to")]

mod held;
mod wire;

use std::{
    fs,
    io::Write as _,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicU32, Ordering},
    },
    thread::sleep,
    time::{Duration, Instant},
};

use tempfile::TempDir;

pub use crate::{held::Held, wire::Wire};

const USER: &str = "signalbox";
const PASSWORD: &str = "of-tests-alone";
/// Whom root becomes: PostgreSQL refuses to run as root.
const NOBODY: &str = "nobody";
const CERTIFICATE: &str = "server.crt";
const KEY: &str = "server.key";
const PATIENCE: Duration = Duration::from_secs(120);

/// A running PostgreSQL.
pub struct Postgres {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
    guard: Mutex<Option<Child>>,
    databases: AtomicU32,
    has_tls: bool,
}

impl Postgres {
    /// The one that this process' tests share; each takes a [`Postgres::database`] of its own.
    pub fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Postgres>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = shared.upgrade() {
            return running;
        }
        let started = Arc::new(Self::start());
        *shared = Arc::downgrade(&started);
        started
    }

    /// One alone, to be killed.
    pub fn start() -> Self {
        Self::made(None)
    }

    /// One that offers TLS with this certificate and its key, in PEM.
    pub fn start_with_tls(certificate: &str, key: &str) -> Self {
        Self::made(Some((certificate, key)))
    }

    fn made(tls: Option<(&str, &str)>) -> Self {
        let folder = tempfile::Builder::new().prefix("signalbox-postgres-").tempdir().unwrap();
        let postgres = Self {
            programs: programs(),
            folder,
            port: free_port(),
            guard: Mutex::new(None),
            databases: AtomicU32::new(0),
            has_tls: tls.is_some(),
        };
        if let Some((certificate, key)) = tls {
            postgres.keep(CERTIFICATE, certificate);
            postgres.keep(KEY, key);
        }
        postgres.init();
        postgres.begin();
        postgres
    }

    /// The address of a new, empty database.
    pub fn database(&self) -> String {
        let name = format!("d{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let mut create = self.client("createdb");
        run(create.args(["--no-password", &name]));
        format!("postgres://{USER}:{PASSWORD}@127.0.0.1:{}/{name}", self.port)
    }

    /// Does something by hand, as whoever runs the database would, and says what came of it.
    pub fn by_hand(&self, url: &str, sql: &str) -> String {
        run(self.by_psql().args(["--command", sql, url]))
    }

    fn by_psql(&self) -> Command {
        let mut psql = self.client("psql");
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"]);
        psql
    }

    /// `kill -9`, as a crash of its computer would end it.
    pub fn kill(&self) {
        let pid = fs::read_to_string(self.data().join("postmaster.pid")).unwrap();
        run(Command::new("kill").args(["-9", pid.lines().next().unwrap()]));
        self.let_go();
    }

    /// Starts it again where it was.
    pub fn restart(&self) {
        self.begin();
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// Where all that it writes lies.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.env("PGPASSWORD", PASSWORD).args(["--host=127.0.0.1", "--username", USER]);
        command.arg(format!("--port={}", self.port));
        command
    }

    /// Writes a file that its owner alone reads, or PostgreSQL refuses it; `init` hands it to whom it runs as.
    fn keep(&self, name: &str, text: &str) {
        let mut file = fs::File::options()
            .create_new(true)
            .write(true)
            .mode(0o600)
            .open(self.folder.path().join(name))
            .unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    fn init(&self) {
        let password = self.folder.path().join("password");
        fs::write(&password, PASSWORD).unwrap();
        if is_root() {
            run(Command::new("chown").arg("--recursive").arg(NOBODY).arg(self.folder.path()));
        }
        let mut init = ordinary(&self.programs.join("initdb"));
        init.arg("--pgdata").arg(self.data()).arg("--pwfile").arg(&password);
        run(init.args([
            "--username",
            USER,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ]));
    }

    /// Starts it under a shell that ends it when our end of a pipe closes, which the system does when this process is gone.
    fn begin(&self) {
        const GUARD: &str = r#""$@" & pid=$!; cat > /dev/null; kill -QUIT "$pid" 2> /dev/null; wait "$pid""#;
        let until = Instant::now() + PATIENCE;
        loop {
            let mut guard = Command::new("sh");
            guard.args(["-c", GUARD, "guard"]);
            let postgres = ordinary(&self.programs.join("postgres"));
            guard.arg(postgres.get_program()).args(postgres.get_args());
            guard.arg("-D").arg(self.data()).arg("-p").arg(self.port.to_string());
            let settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200"];
            settings.iter().for_each(|setting| {
                guard.args(["-c", setting]);
            });
            if self.has_tls {
                let file = |name| self.folder.path().join(name).display().to_string();
                guard.args(["-c", "ssl=on"]);
                guard.args(["-c", &format!("ssl_cert_file={}", file(CERTIFICATE))]);
                guard.args(["-c", &format!("ssl_key_file={}", file(KEY))]);
            }
            let log =
                fs::File::options().create(true).append(true).open(self.folder.path().join("log")).unwrap();
            guard.stdin(Stdio::piped()).stdout(log.try_clone().unwrap()).stderr(log);
            let started = guard.spawn().unwrap();
            *self.guard.lock().unwrap_or_else(PoisonError::into_inner) = Some(started);
            // After a kill its other processes take a moment to end, and until then it does not start. Once it answers that it is
            // starting, it reads its log and must be left to it.
            let mut silent = 0;
            while silent < 40 && Instant::now() < until {
                match self.client("pg_isready").stdout(Stdio::null()).status().unwrap().code() {
                    Some(0) => return,
                    Some(1) => silent = 0,
                    _ => silent += 1,
                }
                sleep(Duration::from_millis(100));
            }
            self.let_go();
            let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            let last: Vec<&str> = log.lines().rev().take(20).collect();
            assert!(Instant::now() < until, "PostgreSQL does not start: {last:#?}");
        }
    }

    /// Ends whatever the guard still guards.
    fn let_go(&self) {
        let guard = self.guard.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(mut guard) = guard {
            drop(guard.stdin.take());
            let _ = guard.wait();
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.let_go();
    }
}

/// A command as an ordinary user.
fn ordinary(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid", NOBODY, "--regid", "nogroup", "--clear-groups"]).arg(program);
    command
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|answer| answer.stdout.starts_with(b"0\n"))
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The newest version's; distributions keep them out of the path.
fn programs() -> PathBuf {
    let mut folders: Vec<PathBuf> = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"]
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flat_map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path().join("bin"))))
        .collect();
    folders.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.splice(0..0, std::env::split_paths(&path));
    let found = folders
        .into_iter()
        .rfind(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file());
    found.unwrap_or_else(|| {
        panic!(
            "PostgreSQL is not installed: `cargo xtask test` installs it on Debian and its kin; elsewhere install the server, such as \
             postgresql-server (Fedora), postgresql (Arch) or `brew install postgresql`"
        )
    })
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
