//! A desktop's bus of a test's own, with somebody on it who shows notifications: what the program asks for is written
//! down. The bus ends with it.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail, ensure};

/// The bus and what was heard on it.
pub struct Bus {
    /// For `DBUS_SESSION_BUS_ADDRESS`.
    pub address: String,
    heard: PathBuf,
    processes: Vec<Child>,
}

impl Bus {
    /// Starts it, in a folder of the test.
    pub fn start(folder: &Path) -> anyhow::Result<Self> {
        let mut daemon = Command::new("dbus-daemon");
        daemon.args(["--session", "--nofork", "--print-address"]).stdin(Stdio::null());
        let mut daemon = daemon.stdout(Stdio::piped()).spawn().context("there is no dbus-daemon")?;
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().context("no address")?).read_line(&mut address)?;
        let heard = folder.join("bus.log");
        let mut bus = Self { address: address.trim().to_owned(), heard, processes: vec![daemon] };
        let mut monitor = Command::new("dbus-monitor");
        monitor
            .env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
            .arg("interface='org.freedesktop.Notifications'");
        monitor.stdin(Stdio::null()).stdout(fs::File::create(&bus.heard)?);
        bus.processes.push(monitor.spawn().context("there is no dbus-monitor")?);
        // It says that it has its own name before it listens to others.
        bus.heard_of("NameAcquired")?;
        Ok(bus)
    }

    /// Waits until something was heard, and says all that was.
    pub fn heard_of(&self, text: &str) -> anyhow::Result<String> {
        let end = Instant::now() + Duration::from_secs(40);
        loop {
            let all = fs::read_to_string(&self.heard)?;
            if all.contains(text) {
                return Ok(all);
            }
            if Instant::now() > end {
                bail!("{text} was not heard, but:\n{all}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Has a signal sent to everybody, with arguments such as `boolean:true`.
    pub fn tell(&self, signal: &str, arguments: &[&str]) -> anyhow::Result<()> {
        let mut send = Command::new("dbus-send");
        send.arg(format!("--bus={}", self.address)).args(["--type=signal", "/signalbox/test", signal]);
        send.args(arguments);
        ensure!(send.status().context("there is no dbus-send")?.success(), "{signal} was not sent");
        Ok(())
    }

    /// How often a notification was asked for.
    pub fn asked(&self) -> anyhow::Result<usize> {
        let all = fs::read_to_string(&self.heard)?;
        ensure!(all.contains("NameAcquired"), "nobody listens");
        Ok(all.matches("member=Notify").count())
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        for process in self.processes.iter_mut().rev() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
