//! The processes that are measured, and what the system knows of each.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use anyhow::{Context as _, ensure};

/// `/proc` counts processor time in hundredths of a second on every architecture.
const TICKS_A_SECOND: f64 = 100.0;

/// A program of ours that serves until its standard input is closed.
pub struct Running {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    /// The first line that it wrote.
    pub first_line: String,
}

impl Running {
    /// Starts it, tells it something, and waits for its first line.
    pub fn start(program: &Path, arguments: &[&str], told: &str) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().context("a part of the bench cannot be started")?;
        let mut input = child.stdin.take().context("it has no input")?;
        input.write_all(told.as_bytes())?;
        let output = BufReader::new(child.stdout.take().context("it has no output")?);
        let mut running = Self { child, input: Some(input), output, first_line: String::new() };
        running.first_line = running.line()?;
        Ok(running)
    }

    fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        ensure!(!line.is_empty(), "a part of the bench ended by itself");
        Ok(line.trim().to_owned())
    }

    /// Tells it something more.
    #[allow(dead_code, reason = "the server's bench does")]
    pub fn tell(&mut self, what: &[u8]) -> anyhow::Result<()> {
        let input = self.input.as_mut().context("it has no input")?;
        input.write_all(what)?;
        Ok(input.flush()?)
    }

    /// Ends it, and returns its last line.
    pub fn end(mut self) -> anyhow::Result<String> {
        drop(self.input.take());
        let last = self.line()?;
        ensure!(self.child.wait()?.success(), "a part of the bench failed at its end");
        Ok(last)
    }

    /// Seconds of processor time so far.
    pub fn cpu(&self) -> anyhow::Result<f64> {
        let stat = self.proc("stat")?;
        // The name before it, in brackets, may hold blanks.
        let (_, fields) = stat.rsplit_once(')').context("no name in /proc")?;
        let field = |at: usize| fields.split_whitespace().nth(at).and_then(|field| field.parse::<u64>().ok());
        let ticks = field(11).zip(field(12)).map(|(user, system)| user + system);
        Ok(ticks.context("no times in /proc")? as f64 / TICKS_A_SECOND)
    }

    /// Most memory since the start or [`Self::forget_peak`], in MiB.
    pub fn peak_mib(&self) -> anyhow::Result<f64> {
        let status = self.proc("status")?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        let kib: u64 = peak.context("no peak in /proc")?.trim().parse()?;
        Ok(kib as f64 / 1024.0)
    }

    /// What it took to start does not count: a vault's password takes 64 MiB for a moment.
    pub fn forget_peak(&self) -> anyhow::Result<()> {
        Ok(fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5")?)
    }

    fn proc(&self, file: &str) -> anyhow::Result<String> {
        Ok(fs::read_to_string(format!("/proc/{}/{file}", self.child.id()))?)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing left to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
