//! From the password to the open vault, and from there to a long list on the screen.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::ensure;
use serde_json::Value;

use crate::{
    figures::{AtMost, Figures, median},
    marks::Marks,
    stage::{Stage, Theme},
};

const RUNS: usize = 5;

/// Measures unlocking and the first paint of the list, in the measured vault, whose key is derived at the least cost,
/// and unlocking alone in a vault as this computer makes it for a person.
pub async fn measure(folder: &Path, password: &str, figures: &mut Figures) -> anyhow::Result<()> {
    let own = tempfile::tempdir()?;
    create(own.path(), password).await?;
    let (mut whole, mut without, mut painted) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        whole.push(unlock(own.path(), password).await?.unlock_ms);
        let run = unlock(folder, password).await?;
        without.push(run.unlock_ms - run.argon2_ms);
        painted.push(run.painted_ms);
    }
    figures.note("unlock", median(whole), "ms", Some(AtMost(1200.0)));
    figures.note("unlock_without_argon2", median(without), "ms", Some(AtMost(150.0)));
    figures.note("list_of_500_painted", median(painted), "ms", Some(AtMost(100.0)));
    Ok(())
}

async fn create(folder: &Path, password: &str) -> anyhow::Result<()> {
    let stage = Stage::open(folder, Theme::Light).await?;
    let page = stage.page();
    page.screen("create").await?;
    page.fill("#create-password", password).await?;
    page.fill("#repeat-password", password).await?;
    page.click("#create-vault").await?;
    page.screen("providers").await?;
    stage.close().await
}

struct Run {
    unlock_ms: f64,
    argon2_ms: f64,
    painted_ms: f64,
}

async fn unlock(folder: &Path, password: &str) -> anyhow::Result<Run> {
    let notes = tempfile::tempdir()?;
    let file = notes.path().join("marks");
    let earlier = argon2_runs(folder)?.len();
    let settings = [("SIGNALBOX_MARKS", file.as_path()), ("SIGNALBOX_LOG", Path::new("marks=info"))];
    let stage = Stage::open_with(folder, Theme::Light, &settings).await?;
    let page = stage.page();
    page.screen("unlock").await?;
    page.fill("#unlock-password", password).await?;
    page.click("#unlock").await?;
    let marks = Marks(file);
    let painted = marks.of("page_painted", "asked", Some("providers")).await?;
    let asked = marks.of("unlock_vault", "asked", None).await?;
    let answered = marks.of("unlock_vault", "answered", None).await?;
    let argon2_ms = argon2_run_after(folder, earlier).await?;
    stage.close().await?;
    Ok(Run { unlock_ms: (answered - asked) * 1000.0, argon2_ms, painted_ms: (painted - answered) * 1000.0 })
}

/// The log is written by a thread of its own, a little later than what it tells.
async fn argon2_run_after(folder: &Path, earlier: usize) -> anyhow::Result<f64> {
    let end = Instant::now() + Duration::from_secs(10);
    loop {
        if let Some(ms) = argon2_runs(folder)?.get(earlier) {
            return Ok(*ms);
        }
        ensure!(Instant::now() < end, "the log has no derivation of the key");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// How long each derivation of the key took, in milliseconds, as the program's log has it.
fn argon2_runs(folder: &Path) -> anyhow::Result<Vec<f64>> {
    let log = logs(folder)?;
    let events = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let derived =
        events.filter(|event| event["target"] == "marks" && event["fields"]["name"] == "key_derived");
    Ok(derived.filter_map(|event| event["fields"]["ms"].as_f64()).collect())
}

fn logs(folder: &Path) -> anyhow::Result<String> {
    let folder = folder.join("logs");
    let mut text = String::new();
    if folder.is_dir() {
        let mut files: Vec<_> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
        files.sort();
        for file in files {
            text.push_str(&fs::read_to_string(file)?);
        }
    }
    Ok(text)
}
