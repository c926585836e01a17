//! `cargo run -p journeys --example bench_sync`: what it costs to sync 1,000 configurations with a server on this computer. It
//! measures and judges nothing, but a sync that is not right ends it.

#[allow(dead_code, reason = "it is shared with the tests of the server")]
#[path = "../server/client.rs"]
mod client;
#[path = "../server/room.rs"]
mod room;

use std::time::{Duration, Instant};

use anyhow::ensure;
use figures::{Figures, Goal, median};
use model::{ProviderDraft, ProviderId, ProviderType, Secret};
use room::{ADMIN_PASSWORD, Room};
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
    room.pass(Duration::from_secs(30));
    let client =
        Client::new(Address::parse(&format!("http://{}", room.address()))?, None, Timeouts::default())?;
    let (password, code) = (Secret::new(ADMIN_PASSWORD), Secret::new(admin.code(room.now())));
    let login = sync::LogIn { user_name: &admin.name, password: &password, code: &code };
    client.log_in(&login).await?;
    let mut figures = Figures::default();
    let mut desk = Memory::default();
    let mut first = Vec::new();
    for _ in 0..5 {
        desk = Memory::default();
        first.push(ms(&client, &desk, MANY).await?);
    }
    figures.note("first_1000", median(first), "ms", Goal::AtMost(1_000.0));
    let mut unchanged = Vec::new();
    for _ in 0..11 {
        unchanged.push(ms(&client, &desk, 0).await?);
    }
    figures.note("unchanged_1000", median(unchanged), "ms", Goal::AtMost(100.0));
    for number in 0..UP {
        let kind = ProviderType::OpenAi;
        let draft = draft(&room.simulator.base_url(kind), &format!("New {number}"));
        let id = ProviderId(Uuid::from_u128(number));
        desk.create(id, kind, fields_of(&draft));
        desk.type_key(id, "test-openai-key-0001");
    }
    let up = ms(&client, &desk, UP as usize).await?;
    figures.note("create_one_of_50", up / UP as f64, "ms", Goal::None);
    room.stop().await;
    figures.publish("sync")
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
