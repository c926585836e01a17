//! From the password to the open vault, and from there to a long list on the screen.

use std::{fs, path::Path};

use anyhow::{Context as _, ensure};

use crate::{
    figures::{AtMost, Figures, median},
    marks::Marks,
    page::Page,
    stage::{Stage, Theme},
};

const RUNS: usize = 5;

/// Measures unlocking and the first paint of the list.
pub async fn measure(folder: &Path, password: &str, figures: &mut Figures) -> anyhow::Result<()> {
    let (mut whole, mut without, mut painted) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let run = unlock(folder, password).await?;
        whole.push(run.unlock_ms);
        without.push(run.unlock_ms - run.argon2_ms);
        painted.push(run.painted_ms);
    }
    figures.note("unlock", median(whole), "ms", Some(AtMost(1200.0)));
    figures.note("unlock_without_argon2", median(without), "ms", Some(AtMost(150.0)));
    figures.note("list_of_500_painted", median(painted), "ms", Some(AtMost(100.0)));
    Ok(())
}

struct Run {
    unlock_ms: f64,
    argon2_ms: f64,
    painted_ms: f64,
}

async fn unlock(folder: &Path, password: &str) -> anyhow::Result<Run> {
    let notes = tempfile::tempdir()?;
    let file = notes.path().join("marks");
    let logged = argon2_runs(folder)?.len();
    let settings = [("SIGNALBOX_MARKS", file.as_path()), ("SIGNALBOX_LOG", Path::new("marks=info"))];
    let stage = Stage::open_with(folder, Theme::Light, &settings).await?;
    let page = Page(&stage.client);
    page.screen("unlock").await?;
    page.fill("#unlock-password", password).await?;
    page.click("#unlock").await?;
    let marks = Marks(file);
    let painted = marks.of("page_painted", "asked", Some("providers")).await?;
    let (asked, answered) =
        (marks.of("unlock_vault", "asked", None).await?, marks.of("unlock_vault", "answered", None).await?);
    page.screen("providers").await?;
    stage.close().await?;
    let runs = argon2_runs(folder)?;
    ensure!(
        runs.len() == logged + 1,
        "the log has {} derivations of the key for one unlock",
        runs.len() - logged
    );
    let argon2_ms = runs.last().copied().context("the log has no derivation of the key")?;
    Ok(Run { unlock_ms: (answered - asked) * 1000.0, argon2_ms, painted_ms: (painted - answered) * 1000.0 })
}

/// How long each derivation of the key took, in milliseconds, as the program's log has it.
fn argon2_runs(folder: &Path) -> anyhow::Result<Vec<f64>> {
    let log = logs(folder)?;
    let derived = log.lines().filter(|line| line.contains(" marks: key derived "));
    let ms = derived.filter_map(|line| line.split(' ').find_map(|word| word.strip_prefix("ms=")));
    Ok(ms.filter_map(|ms| ms.parse().ok()).collect())
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
