//! What journeys share: a desk on a temporary folder with a fake host, beside a simulator of the vendors.

mod fake_host;
pub mod share;

use std::{path::Path, time::Duration};

use desk::{Desk, Folders, Options};
use model::{Failure, ProviderType};
use providers::Timeouts;
use serde_json::{Value, json};
use simulator::Simulator;
use tempfile::TempDir;
use vault::Cost;

pub use fake_host::FakeHost;

/// A master password that our own rules accept.
pub const PASSWORD: &str = "plover-lantern-orbit-quilt-saddle-vex";

/// A desk, its host, and the simulator that its providers point to.
pub struct Room {
    /// The desk under test.
    pub desk: Desk<FakeHost>,
    /// Its host, with clocks that stand still until moved.
    pub host: FakeHost,
    /// The vendors.
    pub simulator: Simulator,
    data: TempDir,
}

/// Quick enough for tests, with the least key derivation that is ever accepted.
pub fn options() -> Options {
    let timeouts = Timeouts { connect: Duration::from_secs(2), whole: Duration::from_secs(3) };
    Options { kdf_cost: Some(Cost::FLOOR), timeouts, ..Options::default() }
}

impl Room {
    /// An empty data folder, on a path with blanks and Unicode.
    pub async fn empty() -> Self {
        let data = tempfile::tempdir().unwrap();
        let host = FakeHost::new();
        let desk =
            Desk::open(host.clone(), Folders::under(data.path().join("Данные 数据 x")), options()).unwrap();
        Self { desk, host, simulator: Simulator::start().await.unwrap(), data }
    }

    /// A room with a new, open vault.
    pub async fn open() -> Self {
        let room = Self::empty().await;
        room.send("create_vault", json!({ "password": PASSWORD })).await.unwrap();
        room
    }

    /// The data folder.
    pub fn data(&self) -> std::path::PathBuf {
        self.data.path().join("Данные 数据 x")
    }

    /// Ends this desk and starts another one on the same folder, as the next day does.
    pub async fn next_day(self) -> Self {
        let Self { desk, host, simulator, data } = self;
        desk.lock(model::vault::LockReason::Closed).await;
        drop(desk);
        let desk =
            Desk::open(host.clone(), Folders::under(data.path().join("Данные 数据 x")), options()).unwrap();
        Self { desk, host, simulator, data }
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
