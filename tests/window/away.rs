//! The computer goes to sleep, its screen is locked, or nobody comes back: the vault in the window is locked then. A bus of
//! the test's own stands in for the system's and the desktop's.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::ensure;
use fantoccini::Locator;
use journeys::{PASSWORD, Room};

use crate::{
    bus::Bus,
    look::look,
    page::answer,
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
    let address = Path::new(&bus.address);
    let settings = [("DBUS_SYSTEM_BUS_ADDRESS", address), ("DBUS_SESSION_BUS_ADDRESS", address)];
    let stage = Stage::open_with(&data.path().join(Room::FOLDER), Theme::Light, &settings).await?;
    let page = stage.page();
    let active: &[&str] = &["boolean:true"];
    for (signal, arguments) in [
        ("org.freedesktop.login1.Manager.PrepareForSleep", active),
        ("org.freedesktop.login1.Session.Lock", &[]),
        ("org.freedesktop.ScreenSaver.ActiveChanged", active),
        ("org.gnome.ScreenSaver.ActiveChanged", active),
    ] {
        page.unlock(PASSWORD).await?;
        bus.tell(signal, arguments)?;
        page.screen("unlock").await?;
        let said = page.find(".lede").await?.text().await?;
        ensure!(said.contains("away"), "{signal}: {said}");
    }
    stage.close().await
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
