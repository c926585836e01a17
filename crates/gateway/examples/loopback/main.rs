//! The gateway as a program of its own, over a vault made for it in a temporary folder: for benches, and for clients
//! that are no part of this repository. Reads one line of JSON (`house::Setup`), answers with one (`Ready`), serves
//! until its standard input closes, and then says what its usage log holds (`Logged`).

mod house;

use std::{io::Write, sync::Arc};

use anyhow::Context as _;
use gateway::http::{Server, ServerSettings, TokenDigest, Tokens};
use mimalloc::MiMalloc;
use model::{Timestamp, gateway::OnLock};
use serde::Serialize;
use store::Spender;

use house::{House, Setup};

/// As the server has it.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// The one token that the server accepts. It guards nothing: the vault lives as long as this program.
const TOKEN: &str = "sbx_loopback";

/// Where to call.
#[derive(Serialize)]
struct Ready {
    address: String,
    token: &'static str,
}

/// What all calls together left in the log.
#[derive(Serialize)]
struct Logged {
    calls: u64,
    tokens: u64,
    cost_pico_usd: i128,
    unknown: u64,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    let setup: Setup = serde_json::from_str(&line).context("the first line is no set-up")?;
    let house = House::open(setup, house::keys).await?;
    let settings = ServerSettings {
        port: 0,
        tokens: Tokens::new([TokenDigest::of(TOKEN)]),
        prompts: Arc::new(|_| None),
    };
    let server = Server::start(house.gateway.clone(), settings).await?;
    say(&Ready { address: server.address().to_string(), token: TOKEN })?;
    end_of_input().await;
    server.stop(OnLock::Finish).await;
    house.gateway.close(OnLock::Finish).await;
    let spent = house.store.spent_since(Spender::Everyone, Timestamp(0)).await?;
    let (calls, tokens, unknown) = (spent.calls, spent.tokens, spent.unknown);
    house.close().await?;
    say(&Logged { calls, tokens, cost_pico_usd: spent.cost.0, unknown })
}

fn say(what: &impl Serialize) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "{}", serde_json::to_string(what)?)?;
    Ok(out.flush()?)
}

/// On a thread of its own: a runtime would wait for the blocking read when it stops for another reason.
async fn end_of_input() {
    let (ended, wait) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let closed = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        ended.send(closed.is_ok())
    });
    // An error means that the thread is gone, and with it the end that it was waiting for.
    wait.await.ok();
}
