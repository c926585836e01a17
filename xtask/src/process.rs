//! Running other programs: cargo above all.

use std::{
    env,
    ffi::OsStr,
    process::{Command, ExitStatus, Stdio},
};

use anyhow::{Context as _, bail, ensure};

use crate::workspace;

/// A call of the cargo that runs us, in the checkout.
pub(crate) fn cargo<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Command {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    command(cargo, arguments)
}

/// A call of any program, in the checkout.
pub(crate) fn command<A: AsRef<OsStr>>(
    program: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = A>,
) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(workspace::root());
    // Cargo tells its own children which package they belong to; these would make build scripts run again.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "CARGO_BIN_NAME" {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs to the end with our terminal.
///
/// # Errors
/// It cannot be started, or it ends with anything but success.
pub(crate) fn run(mut command: Command) -> anyhow::Result<()> {
    let status = status(&mut command)?;
    ensure!(status.success(), "`{}` failed ({status})", shown(&command));
    Ok(())
}

/// Runs to the end with our terminal, whatever the end.
pub(crate) fn status(command: &mut Command) -> anyhow::Result<ExitStatus> {
    command.status().with_context(|| format!("`{}` cannot be started", shown(command)))
}

/// Runs to the end and returns what it wrote to its standard output.
pub(crate) fn output(mut command: Command) -> anyhow::Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("`{}` cannot be started", shown(&command)))?;
    ensure!(output.status.success(), "`{}` failed ({})", shown(&command), output.status);
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` wrote something other than text", shown(&command)))
}

/// Whether a call succeeds; nothing of it is shown. A program that is not there does not succeed.
pub(crate) fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let mut command = command(program, arguments);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// A child that must not outlive us.
pub(crate) struct Kept(pub(crate) std::process::Child);

impl Kept {
    /// Starts it.
    pub(crate) fn start(mut command: Command) -> anyhow::Result<Self> {
        match command.spawn() {
            Ok(child) => Ok(Self(child)),
            Err(error) => bail!("`{}` cannot be started: {error}", shown(&command)),
        }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing left to do.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
