//! `cargo xtask bench desktop`: how soon the window is there, how soon the vault is open, how large it all is. It
//! measures and judges nothing; `cargo xtask` builds what is measured and names it in the environment. `SIGNALBOX_BENCH_ONLY` names
//! the parts to do: start, unlock, size, clicks.

mod clicks;
mod idle;
mod marks;
#[allow(dead_code, reason = "the tests use the rest")]
mod page;
#[allow(dead_code, reason = "the tests use the rest")]
mod pixels;
mod screen;
mod size;
#[allow(dead_code, reason = "the tests use the rest")]
mod stage;
mod start;
mod unlock;
#[allow(dead_code, reason = "the tests use the rest")]
mod x_window;

use std::{env, path::Path, process::Command};

use anyhow::{Context as _, ensure};
use figures::Figures;

/// Providers in the measured vaults.
const PROVIDERS: usize = 500;
/// Calls of the vault in which clicks are measured, unless the environment has another number in `SIGNALBOX_BENCH_CALLS`.
const CALLS: u64 = 10_000_000;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut figures = Figures::default();
    if is_wanted("start") || is_wanted("unlock") {
        let folder = tempfile::tempdir()?;
        let password = fill(folder.path(), 0)?;
        if is_wanted("start") {
            start::measure(folder.path(), &mut figures).await?;
        }
        if is_wanted("unlock") {
            unlock::measure(folder.path(), &password, &mut figures).await?;
        }
    }
    if is_wanted("size") {
        size::measure(&mut figures)?;
    }
    if is_wanted("clicks") {
        let calls = env::var("SIGNALBOX_BENCH_CALLS").ok().and_then(|calls| calls.parse().ok());
        let long = tempfile::tempdir()?;
        let password = fill(long.path(), calls.unwrap_or(CALLS))?;
        clicks::measure(long.path(), &password, &mut figures).await?;
    }
    figures.publish("desktop")
}

fn is_wanted(part: &str) -> bool {
    env::var("SIGNALBOX_BENCH_ONLY").map_or(true, |only| only.split(',').any(|one| one == part))
}

/// Makes the measured vault, and returns its password.
fn fill(folder: &Path, calls: u64) -> anyhow::Result<String> {
    let filler = stage::tool("SIGNALBOX_BENCH_FILLER")?;
    let mut command = Command::new(filler);
    command.arg("--data-dir").arg(folder).args(["--providers", &PROVIDERS.to_string()]);
    command.args(["--calls", &calls.to_string()]);
    let output = command.output().context("the vault cannot be filled")?;
    ensure!(
        output.status.success(),
        "the vault cannot be filled: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
