//! `cargo xtask bench sync`: what it costs to sync 1,000 configurations with a server on this computer. Measured is the desktop's own
//! way, by its commands and into its encrypted vault; beside it the same without a vault, so that it shows which part is whose. It
//! measures and judges nothing, but a sync that is not right ends it.

#[allow(dead_code, reason = "it is shared with the tests of the server")]
#[path = "../server/client.rs"]
mod client;
#[path = "../server/room.rs"]
mod room;

use std::time::{Duration, Instant};

use anyhow::{anyhow, ensure};
use figures::{Figures, Goal, median};
use model::{ProviderDraft, ProviderId, ProviderType, Secret};
use room::{ADMIN_PASSWORD, Person, Room};
use serde_json::{Value, json};
use store::{Change, KeyChange};
use sync::{Accept, Address, Client, Direction, Memory, Timeouts, fields_of};
use uuid::Uuid;

const MANY: usize = 1_000;
/// Each of these is a credential test at the vendor and three transactions of the server.
const UP: u128 = 50;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (mut room, admin, _) = Room::open().await;
    fill(&mut room).await;
    let mut figures = Figures::default();
    desktops(&room, &admin, &mut figures).await?;
    without_a_vault(&room, &admin, &mut figures).await?;
    room.stop().await;
    figures.publish("sync")
}

/// What a person waits for: the look and the run with all that the page is shown after it. Without differences there is no run, and
/// the look is all.
async fn desktops(room: &Room, admin: &Person, figures: &mut Figures) -> anyhow::Result<()> {
    let (mut looks, mut runs, mut first, mut unchanged) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..5 {
        let desk = Desk::connected(room, admin).await?;
        let (look, looking) = desk.look().await?;
        ensure!(look["down"] == json!(MANY), "the first look plans {}", look["down"]);
        let running = desk.run(&look).await?;
        looks.push(looking);
        runs.push(running);
        first.push(looking + running);
        for _ in 0..3 {
            let (look, looking) = desk.look().await?;
            ensure!(look["differences"] == json!([]), "something differs after the run");
            unchanged.push(looking);
        }
    }
    figures.note("first_1000", median(first), "ms", Goal::AtMost(1_000.0));
    figures.note("first_look_1000", median(looks), "ms", Goal::None);
    figures.note("first_run_1000", median(runs), "ms", Goal::None);
    figures.note("unchanged_1000", median(unchanged), "ms", Goal::AtMost(100.0));
    Ok(())
}

/// A desktop with a new vault that is logged in at the server.
struct Desk {
    room: journeys::Room,
    remote: Value,
}

impl Desk {
    async fn connected(server: &Room, admin: &Person) -> anyhow::Result<Self> {
        let room = journeys::Room::open().await;
        let saved = json!({ "id": null, "name": "", "address": format!("http://{}", server.address()), "pin": null,
            "way": "password", "user_name": admin.name, "secret": ADMIN_PASSWORD, "forget_secret": false });
        let remote = sent(&room, "save_remote", saved).await?["id"].clone();
        server.pass(Duration::from_secs(30));
        let code = admin.code(server.now());
        sent(&room, "connect_remote", json!({ "id": remote, "secret": null, "code": code })).await?;
        Ok(Self { room, remote })
    }

    async fn look(&self) -> anyhow::Result<(Value, f64)> {
        let start = Instant::now();
        let view = sent(&self.room, "look_at_remote", json!({ "id": self.remote, "accept": null })).await?;
        Ok((view["state"]["ready"].clone(), start.elapsed().as_secs_f64() * 1e3))
    }

    async fn run(&self, look: &Value) -> anyhow::Result<f64> {
        let order =
            json!({ "id": self.remote, "look": look["look"], "direction": "both", "only": null, "run": 1 });
        let start = Instant::now();
        let done = sent(&self.room, "run_sync", order).await?;
        let took = start.elapsed().as_secs_f64() * 1e3;
        ensure!(done["down"] == json!(MANY) && done["undone"] == json!([]), "{} came down", done["down"]);
        ensure!(done["list"]["providers"].as_array().map(Vec::len) == Some(MANY), "not all are listed");
        Ok(took)
    }
}

async fn sent(room: &journeys::Room, command: &str, request: Value) -> anyhow::Result<Value> {
    room.send(command, request).await.map_err(|failure| anyhow!("{command}: {}", failure.message))
}

/// The same over a memory without disk, seals and log of acts: what is left is the room's own and the network's.
async fn without_a_vault(room: &Room, admin: &Person, figures: &mut Figures) -> anyhow::Result<()> {
    room.pass(Duration::from_secs(30));
    let client =
        Client::new(Address::parse(&format!("http://{}", room.address()))?, None, Timeouts::default())?;
    let (password, code) = (Secret::new(ADMIN_PASSWORD), Secret::new(admin.code(room.now())));
    let login = sync::LogIn { user_name: &admin.name, password: &password, code: &code };
    client.log_in(&login).await?;
    let mut desk = Memory::default();
    let mut first = Vec::new();
    for _ in 0..5 {
        desk = Memory::default();
        first.push(ms(&client, &desk, MANY).await?);
    }
    figures.note("without_a_vault_first_1000", median(first), "ms", Goal::None);
    let mut unchanged = Vec::new();
    for _ in 0..11 {
        unchanged.push(ms(&client, &desk, 0).await?);
    }
    figures.note("without_a_vault_unchanged_1000", median(unchanged), "ms", Goal::None);
    for number in 0..UP {
        let kind = ProviderType::OpenAi;
        let draft = draft(&room.simulator.base_url(kind), &format!("New {number}"));
        let id = ProviderId(Uuid::from_u128(number));
        desk.create(id, kind, fields_of(&draft));
        desk.type_key(id, "test-openai-key-0001");
    }
    let up = ms(&client, &desk, UP as usize).await?;
    figures.note("create_one_of_50", up / UP as f64, "ms", Goal::None);
    Ok(())
}

/// Milliseconds of a sync that takes so many steps.
async fn ms(client: &Client, desk: &Memory, steps: usize) -> anyhow::Result<f64> {
    let start = Instant::now();
    let report = sync::sync(client, desk, Direction::Both, Accept::default()).await?;
    let took = start.elapsed().as_secs_f64() * 1e3;
    ensure!(report.up + report.down == steps && report.undone.is_empty(), "{report:?}");
    Ok(took)
}

fn draft(base_url: &str, name: &str) -> ProviderDraft {
    ProviderDraft {
        base_url: base_url.to_owned(),
        model_name: "gpt-4o-mini".to_owned(),
        display_name: name.to_owned(),
        description: "Paid workspace, EU billing. Owner: platform team".to_owned(),
        daily_token_limit: Some(1_000_000),
        ..ProviderDraft::new(ProviderType::OpenAi)
    }
}

async fn fill(room: &mut Room) {
    let base_url = room.simulator.base_url(ProviderType::OpenAi);
    room.at_console(async |site, _| {
        for number in 0..MANY {
            let draft = draft(&base_url, &format!("Configuration {number}"));
            let change = Change { draft, key: KeyChange::Keep, test: None };
            let act = store::Act {
                actor: "console".to_owned(),
                action: "provider.create",
                at: model::Timestamp(1_795_608_000_000),
                machine: "bench".into(),
            };
            site.store().insert(ProviderId(Uuid::now_v7()), change, &act).await.unwrap();
        }
    })
    .await;
}
