//! What journeys share: a desk on a temporary folder with a fake host, beside a simulator of the vendors.

pub mod client;
pub mod disguise;
mod fake_host;
mod fake_keyring;
#[cfg(target_os = "linux")]
pub mod memory;
pub mod share;

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use desk::{Desk, Folders, Options};
use model::{Failure, ProviderType, Secret, Timestamp, vault::DeskEvent};
use providers::Timeouts;
use serde_json::{Value, json};
use simulator::Simulator;
use store::Store;
use tempfile::TempDir;
use vault::{Cost, OpenVault, VaultFolder};

pub use fake_host::FakeHost;
pub use fake_keyring::FakeKeyring;

/// A master password that our own rules accept.
pub const PASSWORD: &str = "plover-lantern-orbit-quilt-saddle-vex";

/// [`Room::with_chain`]'s vendors.
const CHAIN: [(ProviderType, &str, &str); 3] = [
    (ProviderType::OpenAi, "gpt-4o-mini", "test-openai-key-0001"),
    (ProviderType::Claude, "claude-opus-5-5", "test-claude-key-0001"),
    (ProviderType::Gemini, "gemini-3.6-flash", "test-gemini-key-0001"),
];

/// A desk, its host, and the simulator that its providers point to.
pub struct Room {
    /// The desk under test.
    pub desk: Desk<FakeHost>,
    /// Its host, with clocks that stand still until moved.
    pub host: FakeHost,
    /// The vendors.
    pub simulator: Simulator,
    /// The keyring of whoever runs it.
    pub keyring: FakeKeyring,
    data: TempDir,
}

/// Quick enough for tests, with the least key derivation that is ever accepted.
pub fn options() -> Options {
    let timeouts = Timeouts { connect: Duration::from_secs(2), whole: Duration::from_secs(3) };
    let keyring = Arc::new(FakeKeyring::default());
    Options { kdf_cost: Some(Cost::FLOOR), timeouts, keyring, share_work: 10, ..Options::default() }
}

impl Room {
    /// The data folder's name, with blanks and Unicode.
    pub const FOLDER: &str = "Данные 数据 x";

    /// An empty data folder, on a path with blanks and Unicode.
    pub async fn empty() -> Self {
        let data = tempfile::tempdir().unwrap();
        let host = FakeHost::new();
        let keyring = FakeKeyring::default();
        let options = Options { keyring: Arc::new(keyring.clone()), ..options() };
        let desk = Desk::open(host.clone(), Folders::under(data.path().join(Self::FOLDER)), options).unwrap();
        Self { desk, host, simulator: Simulator::start().await.unwrap(), keyring, data }
    }

    /// A room with a new, open vault.
    pub async fn open() -> Self {
        let room = Self::empty().await;
        room.send("create_vault", json!({ "password": PASSWORD })).await.unwrap();
        room
    }

    /// A room with a new, open vault and three vendors in the chain of `extraction`: OpenAI, Claude, Gemini, in this
    /// order and without retries. Its wall clock is right, as the gateway's is.
    pub async fn with_chain() -> (Self, [Value; 3]) {
        let room = Self::open().await;
        room.host.set_wall_clock(now());
        let mut chain = Vec::new();
        for (provider_type, model, key) in CHAIN {
            let mut form = room.form(provider_type, model);
            form["calls"] = json!({ "retries": 0 });
            chain.push(room.add(&form, Some(key)).await);
        }
        room.route(|route| {
            route["chain"] = chain.iter().map(|one| json!({ "provider": one["id"] })).collect();
        })
        .await
        .unwrap();
        // Read again, because a first place is a change of its own.
        let list = room.list().await;
        let fresh = |one: &Value| list.iter().find(|other| other["id"] == one["id"]).unwrap().clone();
        let chain: Vec<Value> = chain.iter().map(fresh).collect();
        (room, chain.try_into().unwrap())
    }

    /// Saves the route of `extraction`, changed.
    pub async fn route(&self, change: impl FnOnce(&mut Value)) -> Result<Value, Failure> {
        let view = self.send("view_routing", json!({})).await?;
        let routes = view["routes"].as_array().unwrap();
        let mut route = routes.iter().find(|route| route["task"] == "extraction").unwrap().clone();
        change(&mut route);
        self.send("save_routes", json!({ "revision": view["revision"], "routes": [route] })).await
    }

    /// Asks from the playground, and says how it ended.
    pub async fn ask(&self, run: u64, target: Value) -> Result<Value, Failure> {
        let messages = json!([{ "role": "user", "parts": [{ "type": "text", "text": "Say hello." }] }]);
        self.send("run_prompt", json!({ "run": run, "target": target, "request": { "messages": messages } }))
            .await
    }

    /// Locks and unlocks, after which everything that calls took is on disk.
    pub async fn reopen(&self) {
        self.send("lock_vault", json!({})).await.unwrap();
        self.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    }

    /// Waits until the page was told something like this.
    pub async fn told(&self, like: impl Fn(&DeskEvent) -> bool) {
        let told = async {
            while !self.host.events().iter().any(&like) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), told).await.expect("the page was not told");
    }

    /// What a file in the folder for downloads holds.
    pub fn downloaded(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.data().join("downloads").join(name)).unwrap()
    }

    /// The host's wall clock, as a view shows it.
    pub fn host_now(&self) -> Timestamp {
        desk::Host::now(&self.host)
    }

    /// The data folder.
    pub fn data(&self) -> std::path::PathBuf {
        self.data.path().join(Self::FOLDER)
    }

    /// Ends this desk and starts another one on the same folder, as the next day does.
    pub async fn next_day(self) -> Self {
        self.next_day_with(options()).await
    }

    /// The same with other options, but for the keyring, which is the same.
    pub async fn next_day_with(self, options: Options) -> Self {
        let Self { desk, host, simulator, keyring, data } = self;
        desk.lock(model::vault::LockReason::Closed).await;
        drop(desk);
        let options = Options { keyring: Arc::new(keyring.clone()), ..options };
        let desk = Desk::open(host.clone(), Folders::under(data.path().join(Self::FOLDER)), options).unwrap();
        Self { desk, host, simulator, keyring, data }
    }

    /// Ends this desk, for another program to take its folder. The vendors go on.
    pub async fn leave(self) -> (Simulator, TempDir) {
        self.desk.lock(model::vault::LockReason::Closed).await;
        (self.simulator, self.data)
    }

    /// Ends this desk and reads what its vault's log says was done, newest first.
    pub async fn audited(self) -> Vec<String> {
        let folders = Folders::under(self.data());
        self.desk.lock(model::vault::LockReason::Closed).await;
        drop(self.desk);
        let open = OpenVault::unlock(&VaultFolder::new(folders.vault), &Secret::new(PASSWORD)).ok().unwrap();
        let key = open.database_key();
        let store =
            Store::open(&open.database(), key.expose_hex(), open.vault_id(), open.audit_key().expose())
                .await
                .unwrap();
        store.audit_entries(1_000).await.unwrap().into_iter().map(|entry| entry.action).collect()
    }

    /// Sends a command as the page does: its name and JSON.
    pub async fn send(&self, command: &str, request: Value) -> Result<Value, Failure> {
        let reply = self.desk.dispatch(command, request.to_string().as_bytes()).await?;
        Ok(serde_json::from_str(&reply).unwrap())
    }

    /// A form for the simulator, named after its type.
    pub fn form(&self, provider_type: ProviderType, model: &str) -> Value {
        json!({
            "provider_type": provider_type,
            "base_url": self.simulator.base_url(provider_type),
            "allow_insecure_http": false,
            "model_name": model,
            "display_name": format!("{} one", provider_type.label()),
            "description": "",
            "is_active": true,
            "is_default": false,
            "tasks": [],
            "daily_token_limit": null,
            "monthly_token_limit": null,
        })
    }

    /// Saves a new provider and returns the reply, which says whether it was saved.
    pub async fn save_new(&self, form: &Value, key: Option<&str>, anyway: bool) -> Result<Value, Failure> {
        let request = json!({ "existing": null, "draft": form, "api_key": key, "remove_key": false, "save_anyway": anyway, "run": 1 });
        self.send("save_provider", request).await
    }

    /// Saves a new provider that must be accepted, and returns its view.
    pub async fn add(&self, form: &Value, key: Option<&str>) -> Value {
        let reply = self.save_new(form, key, false).await.unwrap();
        assert!(reply["saved"].is_object(), "{reply}");
        reply["saved"]["provider"].clone()
    }

    /// All providers.
    pub async fn list(&self) -> Vec<Value> {
        self.send("list_providers", json!({})).await.unwrap()["providers"].as_array().unwrap().clone()
    }
}

/// A vault's keys for another process: what [`open_with`] reads.
pub fn keys_of(open: &OpenVault) -> String {
    let audit: String = open.audit_key().expose().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{} {audit}", open.database_key().expose_hex())
}

/// Opens a database with the keys of [`keys_of`].
pub async fn open_with(keys: &str, file: &str, vault_id: &str) -> Store {
    let (database, audit) = keys.trim().split_once(' ').unwrap();
    let byte = |at: usize| u8::from_str_radix(&audit[at * 2..at * 2 + 2], 16).unwrap();
    Store::open(file.as_ref(), database, vault_id, &std::array::from_fn(byte)).await.unwrap()
}

/// The wall clock.
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Timestamp(i64::try_from(since.as_millis()).unwrap())
}

/// The record and the revision that a change must name.
pub fn existing(provider: &Value) -> Value {
    json!({ "id": provider["id"], "revision": provider["revision"] })
}

/// Copies a folder and what is in it.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
