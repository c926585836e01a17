//! The program in its window, with its own screen, data folder and driver, so that tests can run side by side.

use std::{
    env,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use fantoccini::{Client, ClientBuilder, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::{
    page::{Page, answer},
    screen::Screen,
};

/// What the system asks windows to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// By day.
    Light,
    /// By night.
    Dark,
}

/// A running window and everything behind it.
pub struct Stage {
    /// Drives the page in the window.
    pub client: Client,
    /// The X display that the window is on.
    pub display: String,
    _driver: Driver,
    _screen: Screen,
}

impl Stage {
    /// Starts the program on a data folder and waits until its page answers.
    pub async fn open(data_dir: &Path, theme: Theme) -> anyhow::Result<Self> {
        Self::open_with(data_dir, theme, &[]).await
    }

    /// The same with more settings in the program's environment.
    pub async fn open_with(
        data_dir: &Path,
        theme: Theme,
        settings: &[(&str, &Path)],
    ) -> anyhow::Result<Self> {
        Self::open_on(Screen::start()?, data_dir, theme, settings).await
    }

    /// The same on a screen of the test's own.
    pub async fn open_on(
        screen: Screen,
        data_dir: &Path,
        theme: Theme,
        settings: &[(&str, &Path)],
    ) -> anyhow::Result<Self> {
        let driver = Driver::start(&screen, data_dir, theme, settings).await?;
        let options = json!({ "application": app()?, "args": [] });
        let capabilities = Capabilities::from_iter([("tauri:options".to_owned(), options)]);
        let address = format!("http://127.0.0.1:{}", driver.port);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client =
            answer("the window does not open", builder.capabilities(capabilities).connect(&address)).await?;
        Ok(Self { client, display: screen.display.clone(), _driver: driver, _screen: screen })
    }

    /// The page in the window.
    pub fn page(&self) -> Page<'_> {
        Page { client: &self.client, display: &self.display }
    }

    /// Ends the program.
    pub async fn close(self) -> anyhow::Result<()> {
        answer("the window does not close", self.client.close()).await
    }
}

/// The program itself, for the tests that start it without a driver.
pub fn app() -> anyhow::Result<PathBuf> {
    tool("SIGNALBOX_TEST_APP")
}

/// A call of a program as the tests start it: nothing of the person's own settings reaches it.
pub fn command(program: &Path, display: &str, data_dir: &Path, theme: Theme) -> Command {
    let home = data_dir.join("home");
    let mut command = Command::new(program);
    command.env("DISPLAY", display).env("SIGNALBOX_DATA_DIR", data_dir).env("HOME", &home);
    command.env("XDG_DATA_HOME", home.join("data")).env("XDG_CACHE_HOME", home.join("cache"));
    command.env("XDG_CONFIG_HOME", home.join("config")).env("NO_AT_BRIDGE", "1").env("LC_ALL", "C.UTF-8");
    // The simulator is on this computer; no proxy knows it.
    for name in ["http_proxy", "https_proxy", "all_proxy", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"] {
        command.env_remove(name).env_remove(name.to_uppercase());
    }
    let theme = match theme {
        Theme::Light => "Adwaita",
        Theme::Dark => "Adwaita:dark",
    };
    command.env("GTK_THEME", theme);
    command.stdin(Stdio::null());
    command
}

/// A path that `cargo xtask test` hands to the tests.
pub fn tool(name: &str) -> anyhow::Result<PathBuf> {
    let path = env::var_os(name)
        .with_context(|| format!("{name} is not set: run this by `cargo xtask test window`"))?;
    Ok(PathBuf::from(path))
}

/// `tauri-driver`, and WebKit's driver behind it.
struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    async fn start(
        screen: &Screen,
        data_dir: &Path,
        theme: Theme,
        settings: &[(&str, &Path)],
    ) -> anyhow::Result<Self> {
        let (port, native) = free_ports()?;
        let mut command = command(&tool("SIGNALBOX_TEST_DRIVER")?, &screen.display, data_dir, theme);
        command.args(["--port", &port.to_string(), "--native-port", &native.to_string()]);
        command.envs(settings.iter().copied());
        let process = command.stdout(Stdio::null()).spawn().context("tauri-driver cannot be started")?;
        let driver = Self { process, port };
        for port in [native, port] {
            listening(port).await?;
        }
        Ok(driver)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Asked and not killed, because it then ends WebKit's driver too.
        let _ = kill_process(Pid::from_child(&self.process), Signal::TERM);
        let end = Instant::now() + Duration::from_secs(10);
        while matches!(self.process.try_wait(), Ok(None)) && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Both are held at once, so that they differ.
fn free_ports() -> anyhow::Result<(u16, u16)> {
    let (one, other) = (TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?);
    Ok((one.local_addr()?.port(), other.local_addr()?.port()))
}

async fn listening(port: u16) -> anyhow::Result<()> {
    let end = Instant::now() + Duration::from_secs(30);
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        ensure!(Instant::now() < end, "nothing listens on port {port}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}
