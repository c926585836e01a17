//! `cargo xtask bench vault`: what the vault costs. Each part measures its own and notes its figures; a part is a file beside this
//! one. It measures and judges nothing, but an answer that is not right ends it.

mod audit;
mod backups;
mod keys;
mod rotation;
mod unlock;

use std::{path::PathBuf, time::Instant};

use desk::Desk;
use figures::Figures;
use journeys::FakeHost;
use serde_json::Value;
use tempfile::TempDir;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut figures = Figures::default();
    keys::measure(&mut figures)?;
    unlock::measure(&mut figures).await?;
    rotation::measure(&mut figures).await?;
    backups::measure(&mut figures).await?;
    audit::measure(&mut figures).await?;
    figures.publish("vault")
}

/// Beside the programs that are built: a folder for temporary files may be in memory.
fn folder() -> anyhow::Result<TempDir> {
    let target = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target");
    Ok(tempfile::tempdir_in(target)?)
}

async fn send(desk: &Desk<FakeHost>, command: &str, request: Value) -> anyhow::Result<Value> {
    let reply = desk.dispatch(command, request.to_string().as_bytes()).await;
    Ok(serde_json::from_str(&reply.map_err(|failure| anyhow::anyhow!("{failure:?}"))?)?)
}

/// Milliseconds since then.
fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}
