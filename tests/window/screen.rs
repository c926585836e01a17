//! A screen that nobody sees.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use anyhow::Context as _;

/// An X server of our own. It ends when dropped.
pub struct Screen {
    server: Child,
    /// What `DISPLAY` has to be.
    pub display: String,
}

impl Screen {
    /// Starts one on a display that is free, and returns when it accepts clients.
    pub fn start() -> anyhow::Result<Self> {
        Self::of_size(1400, 1000)
    }

    /// The same with another size.
    pub fn of_size(width: u32, height: u32) -> anyhow::Result<Self> {
        let mut server = Command::new("Xvfb")
            // The server picks the number, and writes it when it is ready.
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &format!("{width}x{height}x24")])
            // Else it starts anew when its last client goes, and turns away whoever comes in that moment: in the tests,
            // the program that is opened again at once.
            .arg("-noreset")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb cannot be started; `cargo xtask test` installs it")?;
        let mut number = String::new();
        let output = server.stdout.take().context("Xvfb has no output")?;
        BufReader::new(output).read_line(&mut number).context("Xvfb says no number")?;
        Ok(Self { server, display: format!(":{}", number.trim()) })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
