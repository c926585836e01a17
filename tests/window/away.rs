//! The computer goes to sleep, its screen is locked, or nobody comes back: the vault in the window is locked then. A bus of
//! the test's own stands in for the system's and the desktop's.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::ensure;
use fantoccini::Locator;
use journeys::{PASSWORD, Room};
use serde_json::Value;

use crate::{
    bus::Bus,
    logind::{self, Logind},
    look::look,
    page::{Page, answer},
    settings,
    stage::{Stage, Theme},
};

/// The least that can be chosen, and how long it may take to be seen on a busy computer.
const IDLE: Duration = Duration::from_secs(60);
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread")]
async fn the_vault_locks_when_the_computer_sleeps_and_when_its_screen_is_locked() -> anyhow::Result<()> {
    let (_simulator, data) = Room::open().await.leave().await;
    let bus = Bus::start(data.path())?;
    let logind = Logind::start(&bus)?;
    let stage = open(&bus, &data.path().join(Room::FOLDER)).await?;
    let page = stage.page();
    let _held = logind.held()?;
    page.unlock(PASSWORD).await?;
    logind.sleeps(true)?;
    is_away(page, "sleep").await?;
    page.unlock(PASSWORD).await?;
    logind.locks(logind::OWN)?;
    is_away(page, "the session's lock").await?;
    for desktop in ["freedesktop", "gnome", "cinnamon", "mate", "xfce"] {
        page.unlock(PASSWORD).await?;
        bus.tell(&format!("org.{desktop}.ScreenSaver.ActiveChanged"), &["boolean:true"])?;
        is_away(page, desktop).await?;
    }
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_computer_sleeps_only_once_the_vault_is_locked() -> anyhow::Result<()> {
    let (_simulator, data) = Room::open().await.leave().await;
    let folder = data.path().join(Room::FOLDER);
    let bus = Bus::start(data.path())?;
    let logind = Logind::start(&bus)?;
    let stage = open(&bus, &folder).await?;
    let page = stage.page();
    let mut held = logind.held()?;
    // Twice: when it is awake again, the next sleep waits, too.
    for _ in 0..2 {
        page.unlock(PASSWORD).await?;
        ensure!(!is_closed(&folder)?, "the database is said to be closed while it is open");
        logind.sleeps(true)?;
        held.until_let_go()?;
        ensure!(is_closed(&folder)?, "the computer may sleep before the vault is locked");
        is_away(page, "sleep").await?;
        logind.sleeps(false)?;
        held = logind.held()?;
    }
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn another_session_of_this_computer_locks_nothing_here() -> anyhow::Result<()> {
    let (_simulator, data) = Room::open().await.leave().await;
    let bus = Bus::start(data.path())?;
    let logind = Logind::start(&bus)?;
    let stage = open(&bus, &data.path().join(Room::FOLDER)).await?;
    let page = stage.page();
    let _held = logind.held()?;
    page.unlock(PASSWORD).await?;
    logind.locks("/org/freedesktop/login1/session/_32")?;
    // What one sends comes in order: whoever has heard that a sleep is over has heard of the lock before.
    logind.sleeps(false)?;
    let _again = logind.held()?;
    settings::open(page).await?;
    stage.close().await
}

/// The window, with one bus as the system's and the desktop's.
async fn open(bus: &Bus, folder: &Path) -> anyhow::Result<Stage> {
    let address = Path::new(&bus.address);
    let settings = [("DBUS_SYSTEM_BUS_ADDRESS", address), ("DBUS_SESSION_BUS_ADDRESS", address)];
    Stage::open_with(folder, Theme::Light, &settings).await
}

async fn is_away(page: Page<'_>, because: &str) -> anyhow::Result<()> {
    page.screen("unlock").await?;
    let said = page.find(".lede").await?.text().await?;
    ensure!(said.contains("away"), "{because}: {said}");
    Ok(())
}

/// Whether the vault's database was closed: its digest is noted then, and is not while it is open.
fn is_closed(folder: &Path) -> anyhow::Result<bool> {
    let note: Value = serde_json::from_slice(&fs::read(folder.join("state/highwater"))?)?;
    Ok(note["pages"].is_string())
}

/// Waits a whole minute: the clock is the system's own, and no shorter time can be chosen.
#[tokio::test(flavor = "multi_thread")]
async fn a_vault_that_nobody_uses_locks_by_itself_and_says_after_which_time() -> anyhow::Result<()> {
    let (_simulator, data) = Room::open().await.leave().await;
    let stage = Stage::open(&data.path().join(Room::FOLDER), Theme::Light).await?;
    let page = stage.page();
    page.unlock(PASSWORD).await?;
    settings::open(page).await?;
    let began = Instant::now();
    settings::select(page, "#idle-lock", "1").await?;
    // Nobody types or moves anything from here on: looking at the page by its driver is no input.
    let locked = Locator::Css("body[data-screen='unlock'][data-ready='true']");
    let wait = stage.client.wait().at_most(PATIENCE).every(Duration::from_millis(500));
    answer("the vault does not lock by itself", wait.for_element(locked)).await?;
    ensure!(began.elapsed() >= IDLE, "it locked after {:?}", began.elapsed());
    let said = page.find(".lede").await?.text().await?;
    ensure!(said.contains("Locked after 1 minute without use"), "{said}");
    look(page, Theme::Light, "locked-idle").await?;
    page.unlock(PASSWORD).await?;
    stage.close().await
}
