//! A server of the bench: its folder and database, and the program that serves from them.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use anyhow::{Context as _, ensure};
use model::{
    PicoUsd, ProviderDraft, ProviderId, ProviderType, Secret, Timestamp,
    limits::{CallSettings, UserQuota},
    remote::CreateToken,
    routing::{ChainMember, TaskRoute},
};
use rig_postgres::Postgres;
use serde_json::json;
use server::{Now, Role, Site, config::Config};
use store::{Act, Change, Database, DatabaseUrl, KeyChange, NewKey};
use tempfile::TempDir;
use totp_rs::{Algorithm, Builder, Totp};
use uuid::Uuid;
use vault::RootKey;

use crate::{client::Way, http::Http};

pub const PASSWORD: &str = "plover lantern orbit quilt";
const KEY: &str = "sk-proj-bench-0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnop";
/// `/proc` counts processor time in hundredths of a second on every architecture.
const TICKS_A_SECOND: f64 = 100.0;
const PATIENCE: Duration = Duration::from_secs(60);

/// Where a server keeps everything. The first of several on one PostgreSQL makes it.
pub struct Place {
    folder: TempDir,
    url: Option<String>,
    /// What applications call with.
    pub token: String,
    admin: String,
}

/// A server that runs.
pub struct Served {
    child: Child,
    pub address: String,
}

/// Who is logged in.
pub struct Admin {
    pub http: Http,
    pub access: String,
}

impl Place {
    /// With two configurations at the mock, which serve `task:extraction` under every limit that there is; none of them is reached.
    pub async fn make(postgres: Option<&Postgres>, mock: &str) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut place = Self {
            folder,
            url: postgres.map(Postgres::database),
            token: String::new(),
            admin: String::new(),
        };
        let site = Site::make(&place.config()).await?;
        fill(&place.config(), site.store(), mock).await?;
        let asked = CreateToken {
            name: "bench".into(),
            daily_tokens: Some(2_000_000_000),
            monthly_tokens: Some(20_000_000_000),
            requests_per_minute: Some(1_000_000),
            ..CreateToken::default()
        };
        let made = server::make_token(&site, asked, &clock()).await?;
        place.token = made.token.context("a new token is shown")?;
        place.admin = server::invite(&site, "admin", Role::SuperAdmin, &clock()).await?.token.to_string();
        site.close().await;
        Ok(place)
    }

    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    pub fn config(&self) -> Config {
        Config {
            data_dir: self.folder.path().join("data"),
            database_url: self.url.as_deref().map(DatabaseUrl::new),
            ..Config::default()
        }
    }

    /// Does something with the database while nothing runs on it.
    pub async fn at_console<T>(
        &self,
        act: impl AsyncFnOnce(&Site) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let site = Site::open(&self.config()).await?;
        let done = act(&site).await;
        site.close().await;
        done
    }

    /// Starts a server, the `number`th on this database.
    pub fn serve(&self, number: usize) -> anyhow::Result<Served> {
        let mut command = Command::new(program()?);
        let ours = |name: &str| name.starts_with("SIGNALBOX_") || name.ends_with("_API_KEY");
        std::env::vars().filter(|(name, _)| ours(name)).for_each(|(name, _)| {
            command.env_remove(name);
        });
        command.env_remove("DATABASE_URL");
        if let Some(url) = &self.url {
            command.env("DATABASE_URL", url);
        }
        let data = match number {
            0 => self.config().data_dir,
            _ => self.folder.path().join(format!("data-{number}")),
        };
        command.arg("--data-dir").arg(data).arg("--root-key").arg(self.config().root_key_file());
        command.args(["--listen", "127.0.0.1:0", "--max-connections", "100000"]);
        command.args(["--trusted-proxies", "127.0.0.1", "--log", "error", "serve"]);
        let mut child = command.stdout(Stdio::piped()).spawn().context("the server cannot be started")?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("it has no output")?).read_line(&mut line)?;
        let address = line.trim().strip_prefix("listening on http://").context("the server did not start")?;
        Ok(Served { address: address.to_owned(), child })
    }

    /// Takes the first super_admin's invitation up, and logs in.
    pub async fn log_in(&self, served: &Served) -> anyhow::Result<Admin> {
        let mut http = Http::connect(&served.address).await?;
        let app = take_up(&mut http, &self.admin).await?;
        let code = app.generate(u64::try_from(now().0 / 1_000)?).to_string();
        let asked = json!({ "user_name": "admin", "password": PASSWORD, "code": code });
        let session = http.data("POST", "/api/v1/auth/login", None, Some(&asked)).await?;
        let access = session["access_token"].as_str().context("no access token")?.to_owned();
        Ok(Admin { http, access })
    }

    /// Calls of the whole log, when no server runs on it.
    pub async fn logged(&self) -> anyhow::Result<u64> {
        let everyone = store::Spender::Everyone;
        self.at_console(async |site| Ok(site.store().spent_since(everyone, Timestamp(0)).await?.calls)).await
    }
}

impl Served {
    /// The way to its gateway.
    pub fn way(&self, place: &Place) -> Way {
        Way::new(&self.address, &place.token)
    }

    /// Seconds of processor time so far.
    pub fn cpu(&self) -> anyhow::Result<f64> {
        let stat = self.proc("stat")?;
        // The name before it, in brackets, may hold blanks.
        let (_, fields) = stat.rsplit_once(')').context("no name in /proc")?;
        let field = |at: usize| fields.split_whitespace().nth(at).and_then(|field| field.parse::<u64>().ok());
        let ticks = field(11).zip(field(12)).map(|(user, system)| user + system);
        Ok(ticks.context("no times in /proc")? as f64 / TICKS_A_SECOND)
    }

    /// Memory now, or at its peak, in MiB.
    pub fn memory(&self, line: &str) -> anyhow::Result<f64> {
        let status = self.proc("status")?;
        let found = status.lines().find_map(|one| one.strip_prefix(line)?.trim().strip_suffix(" kB"));
        let kib: u64 = found.context("no memory in /proc")?.trim().parse()?;
        Ok(kib as f64 / 1024.0)
    }

    /// What it took to start does not count, as in the gateway's own bench.
    pub fn forget_peak(&self) -> anyhow::Result<()> {
        Ok(fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5")?)
    }

    fn proc(&self, file: &str) -> anyhow::Result<String> {
        Ok(fs::read_to_string(format!("/proc/{}/{file}", self.child.id()))?)
    }

    /// Ends it in order.
    pub fn end(mut self) -> anyhow::Result<()> {
        let told = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status()?;
        ensure!(told.success(), "the server cannot be told to end");
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                ensure!(status.success(), "the server failed at its end");
                return Ok(());
            }
            ensure!(began.elapsed() < PATIENCE, "the server does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing left to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Takes an invitation up; the answer's second factor.
pub async fn take_up(http: &mut Http, token: &str) -> anyhow::Result<Totp> {
    let asked = json!({ "token": token, "password": PASSWORD });
    let enrolled = http.data("POST", "/api/v1/auth/take-up", None, Some(&asked)).await?;
    let secret = enrolled["totp_secret"].as_str().context("no second factor")?;
    let secret = totp_rs::Secret::try_from_base32(secret).map_err(|_| anyhow::anyhow!("no base32"))?;
    let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_skew(1);
    let built = builder.with_step_duration(30).with_secret(secret).build();
    built.map_err(|error| anyhow::anyhow!("no second factor: {error:?}"))
}

pub fn clock() -> Now {
    Arc::new(now)
}

pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Beside this program's folder, where cargo puts both.
pub fn program() -> anyhow::Result<PathBuf> {
    let folder = beside()?;
    let program = folder.parent().context("no folder")?.join("signalbox-server");
    ensure!(program.exists(), "build signalbox-server first: cargo xtask bench server does");
    Ok(program)
}

/// Where this program lies.
pub fn beside() -> anyhow::Result<PathBuf> {
    Ok(std::env::current_exe()?.parent().context("no folder")?.to_owned())
}

pub fn act(action: &'static str) -> Act {
    Act { actor: "bench".into(), machine: "bench".into(), action, at: now() }
}

async fn fill(config: &Config, store: &Database, mock: &str) -> anyhow::Result<()> {
    let root = RootKey::read_file(&config.root_key_file())?;
    let mut chain = Vec::new();
    for (name, model) in [("Mini", "gpt-4o-mini"), ("Spare", "gpt-4o")] {
        let id = ProviderId(Uuid::now_v7());
        let base_url = format!("http://{mock}/v1");
        let sealed = root.seal_key(id.0, &base_url, &Secret::new(KEY)).0;
        let key = KeyChange::Replace(NewKey { sealed, last_four: None, entered_at: now() });
        let change = Change { draft: draft(base_url, name, model), key, test: None };
        store.insert(id, change, &act("provider.create")).await?;
        chain.push(ChainMember { provider: id, weight: 0 });
    }
    let everyone = UserQuota {
        user: "*".into(),
        daily_tokens: Some(2_000_000_000),
        monthly_tokens: Some(20_000_000_000),
        requests_per_minute: Some(1_000_000),
    };
    store.save_quotas(&[everyone], &act("limits.change")).await?;
    let (revision, routes) = store.routing().await?;
    let is_ours = |route: &TaskRoute| route.task.as_str() == "extraction";
    let mut route = routes.into_iter().find(is_ours).context("there is no task of this name")?;
    route.chain = chain;
    store.save_routes(revision, &[route], &act("routing.change")).await?;
    Ok(())
}

fn draft(base_url: String, name: &str, model: &str) -> ProviderDraft {
    let dollars = |amount: i128| Some(PicoUsd(amount * PicoUsd::ONE_USD));
    ProviderDraft {
        base_url,
        model_name: model.to_owned(),
        display_name: name.to_owned(),
        daily_token_limit: Some(2_000_000_000),
        monthly_token_limit: Some(20_000_000_000),
        calls: CallSettings {
            daily_cost_limit: dollars(10_000),
            monthly_cost_limit: dollars(100_000),
            requests_per_minute: Some(1_000_000),
            tokens_per_minute: Some(20_000_000_000),
            concurrent_calls: Some(100_000),
            ..CallSettings::default()
        },
        ..ProviderDraft::new(ProviderType::OpenAi)
    }
}
