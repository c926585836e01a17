//! The icon in the desktop's bar: a bus of the test's own, and on it a bar that shows icons. Without a bus, or without a
//! bar on it, the window opens all the same: so do the windows of all other tests.

use std::{
    collections::HashMap,
    path::Path,
    sync::mpsc::{Receiver, Sender, channel},
    time::Duration,
};

use anyhow::{Context as _, ensure};
use journeys::{PASSWORD, Room};
use zbus::{
    blocking::{Connection, Proxy, connection::Builder},
    zvariant::{OwnedValue, Structure, Value},
};

use crate::{
    bus::Bus,
    marks::Marks,
    screen::Screen,
    stage::{self, Stage, Theme},
};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// The desktop's bar. It is told the names under which icons can be asked for.
struct Bar(Sender<String>);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Bar {
    fn register_status_notifier_item(&self, service: String) {
        let _ = self.0.send(service);
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        Vec::new()
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

fn bar(bus: &Bus) -> anyhow::Result<(Connection, Receiver<String>)> {
    let (tell, told) = channel();
    let connection = Builder::address(bus.address.as_str())?
        .name(WATCHER)?
        .serve_at("/StatusNotifierWatcher", Bar(tell))?
        .build()?;
    Ok((connection, told))
}

/// A line of a menu, with those below it.
type Line = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// What is in the icon's menu and the menus in it, and what each line is asked for by. As a desktop's bar asks: numbers of lines
/// are those of the newest layout.
fn menu(connection: &Connection, icon: &str) -> anyhow::Result<HashMap<String, i32>> {
    let menu = Proxy::new(connection, icon, "/MenuBar", "com.canonical.dbusmenu")?;
    let (_, root): (u32, Line) = menu.call("GetLayout", &(0_i32, -1_i32, vec!["label"]))?;
    let mut lines = HashMap::new();
    gather(root, &mut lines)?;
    Ok(lines)
}

fn gather((id, properties, below): Line, lines: &mut HashMap<String, i32>) -> anyhow::Result<()> {
    let label = properties.get("label").and_then(|label| <&str>::try_from(label).ok());
    if let Some(label) = label.filter(|label| !label.is_empty()) {
        lines.insert(label.to_owned(), id);
    }
    below.into_iter().try_for_each(|line| gather(Structure::try_from(line)?.try_into()?, lines))
}

/// Waits until the menu has exactly these lines, in whatever order.
async fn says(connection: &Connection, icon: &str, expected: &[&str]) -> anyhow::Result<()> {
    let end = tokio::time::Instant::now() + Duration::from_secs(20);
    loop {
        let mut labels: Vec<String> = menu(connection, icon)?.into_keys().collect();
        labels.sort_unstable();
        if labels == expected {
            return Ok(());
        }
        ensure!(tokio::time::Instant::now() < end, "the menu has {labels:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn choose(connection: &Connection, icon: &str, label: &str) -> anyhow::Result<()> {
    let lines = menu(connection, icon)?;
    let id = *lines.get(label).with_context(|| format!("there is no {label} in {lines:?}"))?;
    let menu = Proxy::new(connection, icon, "/MenuBar", "com.canonical.dbusmenu")?;
    Ok(menu.call("Event", &(id, "clicked", Value::I32(0), 0_u32))?)
}

fn shown(told: &Receiver<String>) -> anyhow::Result<String> {
    told.recv_timeout(Duration::from_secs(40)).context("no icon was shown")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_icon_in_the_bar_locks_the_vault() -> anyhow::Result<()> {
    let (_simulator, data) = Room::open().await.leave().await;
    let bus = Bus::start(data.path())?;
    let (connection, told) = bar(&bus)?;
    let settings = [("DBUS_SESSION_BUS_ADDRESS", Path::new(&bus.address))];
    let stage = Stage::open_with(&data.path().join(Room::FOLDER), Theme::Light, &settings).await?;
    let page = stage.page();
    page.unlock(PASSWORD).await?;
    let icon = shown(&told)?;
    let own = ["Lock", "Quit", "Show window"];
    let open = ["Default provider", "Lock", "Quit", "Show window", "Today: $0.00"];
    says(&connection, &icon, &open).await?;
    let item = Proxy::new(&connection, icon.as_str(), "/StatusNotifierItem", "org.kde.StatusNotifierItem")?;
    let pictures: Vec<(i32, i32, Vec<u8>)> = item.get_property("IconPixmap")?;
    ensure!(
        pictures.iter().any(|(width, _, bytes)| *width > 0 && !bytes.is_empty()),
        "the icon has no picture"
    );
    choose(&connection, &icon, "Show window")?;
    choose(&connection, &icon, "Lock")?;
    page.screen("unlock").await?;
    // Nothing of the vault is left in the bar.
    says(&connection, &icon, &own).await?;
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_icon_in_the_bar_speaks_as_the_window_does() -> anyhow::Result<()> {
    let (_simulator, data) = Room::open().await.leave().await;
    let folder = data.path().join(Room::FOLDER);
    std::fs::write(folder.join("settings.json"), serde_json::json!({ "language": "de" }).to_string())?;
    let bus = Bus::start(data.path())?;
    let (connection, told) = bar(&bus)?;
    let settings = [("DBUS_SESSION_BUS_ADDRESS", Path::new(&bus.address))];
    let stage = Stage::open_with(&folder, Theme::Light, &settings).await?;
    stage.page().unlock(PASSWORD).await?;
    let icon = shown(&told)?;
    let open = ["Beenden", "Fenster zeigen", "Heute: 0,00\u{a0}$", "Sperren", "Standardanbieter"];
    says(&connection, &icon, &open).await?;
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_icon_in_the_bar_switches_the_default_and_the_page_offers_to_take_it_back() -> anyhow::Result<()>
{
    let room = Room::open().await;
    for (kind, model, key) in [
        (model::ProviderType::Gemini, "gemini-3.6-flash", "test-gemini-key-0001"),
        (model::ProviderType::OpenAi, "gpt-6-sol", "test-openai-key-0001"),
    ] {
        let mut form = room.form(kind, model);
        form["is_default"] = serde_json::json!(kind == model::ProviderType::Gemini);
        room.add(&form, Some(key)).await;
    }
    let (_simulator, data) = room.leave().await;
    let bus = Bus::start(data.path())?;
    let (connection, told) = bar(&bus)?;
    let settings = [("DBUS_SESSION_BUS_ADDRESS", Path::new(&bus.address))];
    let stage = Stage::open_with(&data.path().join(Room::FOLDER), Theme::Light, &settings).await?;
    let page = stage.page();
    page.unlock(PASSWORD).await?;
    let icon = shown(&told)?;
    let lines =
        ["Default provider", "Gemini one", "Lock", "OpenAI one", "Quit", "Show window", "Today: $0.00"];
    says(&connection, &icon, &lines).await?;
    choose(&connection, &icon, "OpenAI one")?;
    let default_is = |name: &str| {
        format!("return document.querySelector('#default-switch')?.textContent.includes('{name}') === true")
    };
    page.until(&default_is("OpenAI one")).await?;
    page.click(".toast [data-action='undo']").await?;
    page.until(&default_is("Gemini one")).await?;
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_icon_in_the_bar_ends_the_program_well() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let bus = Bus::start(folder.path())?;
    let (connection, told) = bar(&bus)?;
    let screen = Screen::start()?;
    let marks = Marks(folder.path().join("marks"));
    let mut command = stage::command(&stage::app()?, &screen.display, folder.path(), Theme::Light);
    command.env("SIGNALBOX_MARKS", &marks.0).env("DBUS_SESSION_BUS_ADDRESS", &bus.address);
    let mut app = tokio::process::Command::from(command).kill_on_drop(true).spawn()?;
    marks.of("page_painted", "asked", Some("gate")).await?;
    let icon = shown(&told)?;
    choose(&connection, &icon, "Quit")?;
    let status = tokio::time::timeout(Duration::from_secs(20), app.wait()).await;
    let status = status.context("the program runs on")??;
    ensure!(status.success(), "the program ended with {status}");
    Ok(())
}
