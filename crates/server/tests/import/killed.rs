//! The program, killed in the middle and started again. One million rows with `SIGNALBOX_FULL=1`, else enough for several pages.

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use rig_postgres::Postgres;
use server::{Site, config::Config};
use store::DatabaseUrl;

use crate::{
    source::{FERNET_KEY, Tables},
    target::NOW,
};

struct Program<'a> {
    folder: &'a Path,
    source: &'a Tables,
    target: Option<String>,
}

impl Program<'_> {
    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_signalbox-server"));
        let ours = |name: &str| name.starts_with("SIGNALBOX_") || name == "DATABASE_URL";
        std::env::vars().filter(|(name, _)| ours(name)).for_each(|(name, _)| {
            command.env_remove(name);
        });
        command.arg("--data-dir").arg(self.folder.join("data")).current_dir(self.folder);
        if let Some(url) = &self.target {
            command.env("DATABASE_URL", url);
        }
        command
    }

    fn import(&self) -> Command {
        let mut command = self.command();
        command.arg("import").args(["--fernet-key-file", "fernet.key"]);
        match &self.source.postgres {
            Some((_, url)) => command
                .env("SIGNALBOX_IMPORT_DATABASE_URL", url.replace("postgres://", "postgresql+asyncpg://")),
            None => command.arg(self.source.file()),
        };
        command
    }

    /// Calls that are in the database while nothing runs on it.
    async fn written(&self) -> u64 {
        let site = Site::open(&self.config()).await.unwrap();
        let statistics = site.store().provider_statistics(365, NOW).await.unwrap();
        site.close().await;
        statistics.iter().map(|one| one.total_calls).sum()
    }

    fn config(&self) -> Config {
        let database_url = self.target.as_ref().map(DatabaseUrl::new);
        Config { data_dir: self.folder.join("data"), database_url, ..Config::default() }
    }
}

fn rows() -> u64 {
    if std::env::var_os("SIGNALBOX_FULL").is_some() { 1_000_000 } else { 30_000 }
}

/// Every hundredth row has a task that is none.
async fn fill(source: &Tables, rows: u64) {
    let series = match source.postgres {
        Some(_) => format!("SELECT generate_series AS n FROM generate_series(100, {})", rows + 99),
        None => format!(
            "WITH RECURSIVE s(n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM s WHERE n < {}) SELECT n FROM s",
            rows + 99
        ),
    };
    let at = match source.postgres {
        Some(_) => "to_timestamp(1700000000 + n % 4000000)",
        None => "datetime(1700000000 + n % 4000000, 'unixepoch')",
    };
    source.run(&format!(
        "INSERT INTO ai_provider_usage_logs SELECT n, 1 + n % 2, n % 50,
            CASE WHEN n % 100 = 0 THEN 'no task' ELSE 'extraction' END, 100, 10, 110, 0.25, 'success', 1, {at} FROM ({series}) AS numbers"
    )).await;
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

async fn is_killed_and_goes_on(from_postgres: bool, to_postgres: bool) {
    let (rows, folder) = (rows(), tempfile::tempdir().unwrap());
    let source = Tables::make(from_postgres).await;
    fill(&source, rows).await;
    let postgres = to_postgres.then(Postgres::shared);
    let target = postgres.as_ref().map(|postgres| postgres.database());
    let program = Program { folder: folder.path(), source: &source, target };
    fs::write(folder.path().join("fernet.key"), FERNET_KEY).unwrap();
    assert!(program.command().arg("init").output().unwrap().status.success());
    let (mut kills, mut left) = (0, Vec::new());
    let told = loop {
        let mut child = program.import().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Later each time, so that every run comes further than the one before, whatever the machine.
        let until = Instant::now() + Duration::from_millis(150 + kills * kills * 40);
        while kills < 12 && Instant::now() < until && child.try_wait().unwrap().is_none() {
            sleep(Duration::from_millis(5));
        }
        if kills >= 12 || child.try_wait().unwrap().is_some() {
            let output = child.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(2), "{}", text(&output));
            break text(&output);
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
        left.push(program.written().await);
    };
    let refused = rows / 100;
    // A kill before the first row or behind the last would show nothing.
    let is_between = |written: &u64| (1..rows + 4 - refused).contains(written);
    assert!(left.iter().any(is_between), "it was never killed in the middle: {left:?}");
    assert!(left.is_sorted(), "what was written went away: {left:?}");
    let expected = format!(
        "calls: {} read, {} written, 0 there already, {refused} refused",
        rows + 4,
        rows + 4 - refused
    );
    assert!(told.contains(&expected), "{told}");
    assert!(told.contains("cost of the calls:"), "{told}");
    let lines = fs::read_to_string(folder.path().join("signalbox-import-refused.jsonl")).unwrap();
    let mut ids: Vec<i64> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_i64().unwrap())
        .collect();
    let told_of = ids.len();
    ids.dedup();
    assert_eq!((ids.len() as u64, told_of as u64), (refused, refused));
    let site = Site::open(&program.config()).await.unwrap();
    let statistics = site.store().provider_statistics(365, NOW).await.unwrap();
    let calls: u64 = statistics.iter().map(|one| one.total_calls).sum();
    let tokens: u64 = statistics.iter().map(|one| one.total_tokens).sum();
    assert_eq!((calls, tokens), (rows + 4 - refused, (rows - refused) * 110 + 3_500));
    assert_eq!(site.store().providers().await.unwrap().len(), 2);
    let acts = site.store().audit_entries(10_000).await.unwrap();
    assert_eq!(acts.iter().filter(|entry| entry.action == "import.act").count(), 2);
    assert_eq!(site.store().verify_audit(Vec::new()).await.unwrap().broken, None);
    site.close().await;
    let again = text(&program.import().output().unwrap());
    let expected = format!(
        "calls: {} read, 0 written, {} there already, {refused} refused",
        rows + 4,
        rows + 4 - refused
    );
    assert!(again.contains(&expected), "{again}");
    for key in [FERNET_KEY, "sk-test-", "AIzaSyTest"] {
        assert!(!told.contains(key) && !again.contains(key) && !lines.contains(key));
    }
}

#[tokio::test]
async fn out_of_sqlite_into_the_embedded_database() {
    is_killed_and_goes_on(false, false).await;
}

#[tokio::test]
async fn out_of_postgresql_into_postgresql() {
    is_killed_and_goes_on(true, true).await;
}
