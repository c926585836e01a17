//! The memory of the whole window (the program, the process that draws the page, the one that would fetch for it) while
//! the vault is open, and five seconds after it was locked by its shortcut. No driver: under one the page's process stays.
//! What a person does is done by the X server's own test extension.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use journeys::{PASSWORD, Room, memory::found};
use model::{ProviderType, Secret};
use vault::{OpenVault, VaultFolder};

use crate::{
    marks::Marks,
    screen::Screen,
    stage::{self, Theme},
    x_keys::Keyboard,
};

/// Only a list that never listens is waited for so long.
const PATIENCE: Duration = Duration::from_secs(60);
/// Of nobody else, and never sent but by the test of a key.
const KEY: &str = "test-openai-key-0001-of-the-memory";

#[tokio::test(flavor = "multi_thread")]
async fn five_seconds_after_the_lock_nothing_is_left_in_any_process_of_the_window() -> anyhow::Result<()> {
    let room = Room::open().await;
    room.save_new(&room.form(ProviderType::OpenAi, "gpt-6-sol"), Some(KEY), true)
        .await
        .map_err(|failure| anyhow::anyhow!("{failure:?}"))?;
    let (_simulator, data) = room.leave().await;
    let folder = data.path().join(Room::FOLDER);
    let screen = Screen::start()?;
    let marks = Marks(data.path().join("marks"));
    let mut command = stage::command(&stage::app()?, &screen.display, &folder, Theme::Light);
    command.env("SIGNALBOX_MARKS", &marks.0);
    let mut app = tokio::process::Command::from(command).kill_on_drop(true).spawn()?;
    let id = app.id().context("the program has no number")?;
    marks.of("page_painted", "asked", Some("gate")).await?;

    let keyboard = Keyboard::of(&screen.display)?;
    keyboard.type_in(PASSWORD)?;
    let typed = canaries(&folder)?;
    ensure!(!in_all(id, &typed[..1]).is_empty(), "what was typed was not seen in any process");
    keyboard.enter()?;
    marks.of("page_painted", "asked", Some("providers")).await?;
    // The first row, and the test of its key; pressed again until the list listens, whose keys come after its first picture.
    let end = Instant::now() + PATIENCE;
    while marks.so_far("test_provider", "asked", None).is_none() {
        ensure!(Instant::now() < end, "the list listens to no key");
        keyboard.down()?;
        keyboard.type_in("t")?;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    marks.of("test_provider", "answered", None).await?;

    keyboard.with_control('l')?;
    marks.of("lock_vault", "answered", None).await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let processes = tree(id);
    ensure!(processes.len() >= 3, "the window has only these processes: {processes:?}");
    let left = in_all(id, &typed);
    journeys::share::report(
        "memory_of_the_window_5_s_after_locking",
        serde_json::json!({ "processes": processes.len(), "canaries": typed.len(), "found": left.len() }),
    );
    ensure!(left.is_empty(), "left: {left:#?}");
    app.kill().await?;
    Ok(())
}

/// The password, the API key, and the database's key.
fn canaries(folder: &Path) -> anyhow::Result<Vec<journeys::memory::Canary>> {
    let open = OpenVault::unlock(&VaultFolder::new(folder), &Secret::new(PASSWORD));
    let open = open.map_err(|error| anyhow::anyhow!("{error}"))?;
    let hex = open.database_key().expose_hex().to_owned();
    let byte = |at: usize| u8::from_str_radix(&hex[at * 2..][..2], 16);
    let raw = (0..32).map(byte).collect::<Result<Vec<u8>, _>>()?;
    Ok(vec![("password", PASSWORD.into()), ("api key", KEY.into()), ("database key", raw)])
}

fn in_all(id: u32, canaries: &[journeys::memory::Canary]) -> Vec<String> {
    let all = tree(id).into_iter().flat_map(|(id, name)| {
        found(id, canaries)
            .into_iter()
            .map(move |(canary, place)| format!("{name} ({id}): {canary} at {place}"))
    });
    all.collect()
}

/// A process and all that it started, with their names.
fn tree(id: u32) -> Vec<(u32, String)> {
    let mut all = vec![id];
    let mut at = 0;
    while let Some(parent) = all.get(at).copied() {
        let tasks = fs::read_dir(format!("/proc/{parent}/task")).into_iter().flatten().flatten();
        let children = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
        let children: Vec<u32> = children
            .flat_map(|line| line.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>())
            .collect();
        all.extend(children);
        at += 1;
    }
    let named = |id: u32| {
        let name = fs::read_to_string(format!("/proc/{id}/comm")).ok()?;
        Some((id, name.trim().to_owned()))
    };
    all.into_iter().filter_map(named).collect()
}
