//! The computer goes to sleep, or its screen is locked: the vault in the window is locked then. A bus of the test's own
//! stands in for the system's and the desktop's.

use std::path::Path;

use anyhow::ensure;
use journeys::{PASSWORD, Room};

use crate::{
    bus::Bus,
    stage::{Stage, Theme},
};

#[tokio::test(flavor = "multi_thread")]
async fn the_vault_locks_when_the_computer_sleeps_and_when_its_screen_is_locked() -> anyhow::Result<()> {
    let (_simulator, data) = Room::open().await.leave().await;
    let bus = Bus::start(data.path())?;
    let address = Path::new(&bus.address);
    let settings = [("DBUS_SYSTEM_BUS_ADDRESS", address), ("DBUS_SESSION_BUS_ADDRESS", address)];
    let stage = Stage::open_with(&data.path().join(Room::FOLDER), Theme::Light, &settings).await?;
    let page = stage.page();
    for signal in
        ["org.freedesktop.login1.Manager.PrepareForSleep", "org.freedesktop.ScreenSaver.ActiveChanged"]
    {
        page.unlock(PASSWORD).await?;
        bus.tell(signal, "boolean:true")?;
        page.screen("unlock").await?;
        let said = page.find(".lede").await?.text().await?;
        ensure!(said.contains("away"), "{signal}: {said}");
    }
    stage.close().await
}
