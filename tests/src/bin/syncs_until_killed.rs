//! Opens a vault that knows a server, changes it, and syncs both ways, saying when it begins and what it has at the end; somebody may
//! kill it in between. Folder, remote, code, base URL, number of the trial and `change` or `finish` as arguments.

use std::{future::pending, io::Write as _};

use desk::{Desk, Folders};
use journeys::{FakeHost, PASSWORD, existing, options};
use serde_json::{Value, json};

const KEY: &str = "test-openai-key-0001";
/// More runs than any interruption takes to settle.
const RUNS: usize = 10;

struct Syncing {
    desk: Desk<FakeHost>,
    remote: String,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let [folder, remote, code, base_url, trial, what] =
        std::env::args().skip(1).collect::<Vec<_>>().try_into().unwrap();
    let desk = Desk::open(FakeHost::new(), Folders::under(folder), options()).unwrap();
    let syncing = Syncing { desk, remote };
    syncing.send("unlock_vault", json!({ "password": PASSWORD })).await;
    let login = json!({ "id": syncing.remote, "secret": null, "code": code });
    syncing.send("connect_remote", login).await;
    let trial: i64 = trial.parse().unwrap();
    if what == "change" {
        syncing.change(trial, &base_url).await;
    }
    say("begins");
    syncing.settle().await;
    say(&syncing.list().await.to_string());
    if what == "change" {
        pending::<()>().await;
    }
    syncing.desk.lock(model::vault::LockReason::Closed).await;
}

impl Syncing {
    async fn send(&self, command: &str, request: Value) -> Value {
        let reply = self.desk.dispatch(command, request.to_string().as_bytes()).await.unwrap();
        serde_json::from_str(&reply).unwrap()
    }

    /// Every provider.
    async fn list(&self) -> Value {
        self.send("list_providers", json!({})).await["providers"].clone()
    }

    async fn named(&self, number: i64) -> Option<Value> {
        let name = json!(format!("New {number}"));
        self.list().await.as_array().unwrap().iter().find(|one| one["display_name"] == name).cloned()
    }

    /// One comes with its key, the one before it changes, and an old one goes.
    async fn change(&self, trial: i64, base_url: &str) {
        let draft = json!({
            "provider_type": "openai", "base_url": base_url, "allow_insecure_http": false, "model_name": "gpt-4o-mini",
            "display_name": format!("New {trial}"), "description": "", "is_active": true, "is_default": false, "tasks": [],
            "daily_token_limit": null, "monthly_token_limit": null,
        });
        let save = |existing: Value, draft: &Value, key: Value| json!({ "existing": existing, "draft": draft, "api_key": key, "remove_key": false, "save_anyway": true, "run": 1 });
        let saved = self.send("save_provider", save(Value::Null, &draft, json!(KEY))).await;
        let id = saved["saved"]["provider"]["id"].clone();
        if let Some(before) = self.named(trial - 1).await {
            let mut draft = draft.clone();
            draft["display_name"] = before["display_name"].clone();
            draft["description"] = json!(format!("here {trial}"));
            self.send("save_provider", save(existing(&before), &draft, Value::Null)).await;
        }
        if let Some(old) = self.named(trial - 3).await {
            let deletion = json!({ "existing": existing(&old), "typed_name": old["display_name"] });
            self.send("delete_provider", deletion).await;
        }
        self.send("choose_sync_key", json!({ "id": self.remote, "provider": id, "send": true })).await;
    }

    /// Runs until both sides are the same.
    async fn settle(&self) {
        for _ in 0..RUNS {
            let view = self.send("look_at_remote", json!({ "id": self.remote, "accept": null })).await;
            let look = &view["state"]["ready"];
            assert!(look.is_object(), "{view}");
            if look["differences"] == json!([]) {
                return;
            }
            let order = json!({ "id": self.remote, "look": look["look"], "direction": "both", "only": null, "run": 1 });
            let done = self.send("run_sync", order).await;
            assert_eq!((&done["undone"], &done["stopped"]), (&json!([]), &Value::Null), "{view}");
        }
        panic!("both sides are not the same after {RUNS} runs");
    }
}

fn say(text: &str) {
    println!("{text}");
    std::io::stdout().flush().unwrap();
}
