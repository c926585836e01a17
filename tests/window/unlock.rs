//! From the password to the open vault, and from there to a long list on the screen.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant, UNIX_EPOCH},
};

use anyhow::ensure;
use serde_json::Value;
use tokio::task::spawn_blocking;

use crate::{
    figures::{AtMost, Figures, median},
    marks::Marks,
    stage::{Stage, Theme},
    x_window,
};

const RUNS: usize = 7;
/// Only a window that does not change is waited for so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// Measures unlocking and the first paint of the list, in a vault whose key is derived as this computer does for a person.
pub async fn measure(folder: &Path, password: &str, figures: &mut Figures) -> anyhow::Result<()> {
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        runs.push(unlock(folder, password).await?);
    }
    let of = |figure: fn(&Run) -> f64| median(runs.iter().map(figure).collect());
    figures.note("unlock", of(|run| run.unlock_ms), "ms", Some(AtMost(1200.0)));
    figures.note("unlock_without_argon2", of(|run| run.unlock_ms - run.argon2_ms), "ms", Some(AtMost(150.0)));
    figures.note("list_of_500_painted", of(|run| run.painted_ms), "ms", Some(AtMost(100.0)));
    figures.note("list_of_500_on_the_x_screen", of(|run| run.on_screen_ms), "ms", None);
    Ok(())
}

struct Run {
    unlock_ms: f64,
    argon2_ms: f64,
    /// As the page tells it: its second frame has begun.
    painted_ms: f64,
    /// As the display has it.
    on_screen_ms: f64,
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
    let display = stage.display.clone();
    let seen = spawn_blocking(move || x_window::column_changes(&display, PATIENCE));
    page.click("#unlock").await?;
    let marks = Marks(file);
    let painted = marks.of("page_painted", "asked", Some("providers")).await?;
    let asked = marks.of("unlock_vault", "asked", None).await?;
    let answered = marks.of("unlock_vault", "answered", None).await?;
    let on_screen = seen.await??.duration_since(UNIX_EPOCH)?.as_secs_f64();
    let argon2_ms = argon2_run_after(folder, earlier).await?;
    stage.close().await?;
    let ms = |from: f64, to: f64| (to - from) * 1000.0;
    Ok(Run {
        unlock_ms: ms(asked, answered),
        argon2_ms,
        painted_ms: ms(answered, painted),
        on_screen_ms: ms(answered, on_screen),
    })
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
