//! kill -9 of the desk in the middle of a sync with a running server: the next one goes on from there, both sides become the same, and
//! nothing is done twice or lost, by what both have and by what the server's log of acts says.

use std::{
    io::{BufRead, BufReader, Lines},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use journeys::share::{Dice, Suite, trials};
use model::ProviderType;
use serde_json::{Value, json};

use crate::{
    client::CONFIGS,
    room::{ADMIN_PASSWORD, Person, Room},
};

#[allow(dead_code, reason = "it is shared with the tests of the server")]
#[path = "../server/client.rs"]
mod client;
#[path = "../server/room.rs"]
mod room;

struct Trials {
    server: Room,
    admin: Person,
    folder: PathBuf,
    remote: String,
}

impl Trials {
    fn start(&self, trial: i64, what: &str) -> (Child, Lines<BufReader<ChildStdout>>) {
        self.server.pass(Duration::from_secs(30));
        let mut child = Command::new(env!("CARGO_BIN_EXE_syncs-until-killed"))
            .arg(&self.folder)
            .arg(&self.remote)
            .arg(self.admin.code(self.server.now()))
            .arg(self.server.simulator.base_url(ProviderType::OpenAi))
            .arg(trial.to_string())
            .arg(what)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "begins", "trial {trial}, {what}");
        (child, lines)
    }

    /// Somebody changes one at the server, which has to come down.
    async fn change_there(&self, trial: i64) {
        let session = self.log_in().await;
        let name = json!(format!("New {}", trial - 2));
        let all = self.server.get(&session, CONFIGS).await.data().clone();
        if let Some(one) = all.as_array().unwrap().iter().find(|one| one["display_name"] == name) {
            let change = json!({ "description": format!("there {trial}") });
            self.server.put(&session, &one["id"], &change).await.data();
        }
    }

    async fn log_in(&self) -> room::Session {
        self.server.pass(Duration::from_secs(30));
        self.server.log_in(&self.admin).await
    }

    /// What both sides have, and how often the server was told to make or delete one.
    async fn judge(&self, trial: i64, here: &Value) {
        let session = self.log_in().await;
        let there = self.server.get(&session, CONFIGS).await.data().clone();
        let expected = |number: i64| {
            let description = match trial - number {
                0 => String::new(),
                1 => format!("here {trial}"),
                _ => format!("there {trial}"),
            };
            (format!("New {number}"), description)
        };
        let expected: Vec<_> = ((trial - 2).max(0)..=trial).map(expected).collect();
        assert_eq!(shown(here), expected, "trial {trial}, here");
        assert_eq!(shown(&there), expected, "trial {trial}, there");
        for (action, count) in [("provider.create", trial + 1), ("provider.delete", (trial - 2).max(0))] {
            let path = format!("/api/v1/super-admin/audit-log?action={action}&limit=1000");
            let entries = self.server.get(&session, &path).await.data().as_array().unwrap().len();
            assert_eq!(i64::try_from(entries).unwrap(), count, "trial {trial}, {action}");
        }
    }
}

/// Names and notes, in the order of the names' numbers.
fn shown(list: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut all: Vec<_> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (text(&one["display_name"]), text(&one["description"])))
        .collect();
    all.sort_by_key(|(name, _)| name.trim_start_matches("New ").parse::<i64>().unwrap());
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_was_killed_goes_on_and_doubles_nothing() {
    let suite = Suite::begin("kill_9_while_syncing");
    let kills = trials(15, 300);
    let (server, admin, _) = Room::open().await;
    let desk = journeys::Room::open().await;
    let address = format!("http://{}", server.address());
    let saved = json!({ "id": null, "name": "", "address": address, "pin": null, "way": "password",
        "user_name": admin.name, "secret": ADMIN_PASSWORD, "forget_secret": false });
    let remote = desk.send("save_remote", saved).await.unwrap()["id"].as_str().unwrap().to_owned();
    let (_simulator, data) = desk.leave().await;
    let folder = data.path().join(journeys::Room::FOLDER);
    let all = Trials { server, admin, folder, remote };
    let (mut dice, mut window, mut interrupted) = (Dice(4037), Duration::ZERO, 0);
    for trial in 0..=i64::try_from(kills).unwrap() {
        all.change_there(trial).await;
        let (mut child, mut lines) = all.start(trial, "change");
        if trial == 0 {
            // Not killed before its end: it says how long a sync takes here.
            let began = Instant::now();
            lines.next().unwrap().unwrap();
            window = began.elapsed();
        } else {
            let most = u64::try_from(window.as_micros()).unwrap().max(1);
            // The moment of death is the point of the trial, so this wait is for nothing that could be observed.
            tokio::time::sleep(Duration::from_micros(dice.below(most))).await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        interrupted += u64::from(trial > 0 && lines.next().is_none());
        let (mut child, mut lines) = all.start(trial, "finish");
        let here: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        assert!(child.wait().unwrap().success());
        all.judge(trial, &here).await;
    }
    assert!(interrupted > 0, "every sync was at its end before it was killed: nothing was interrupted");
    suite.survived(kills, kills, json!({ "interrupted": interrupted }));
}
