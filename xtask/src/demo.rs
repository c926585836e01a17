//! The demo: the vendors' APIs on this computer, and a vault of sample data that points at them.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::Context as _;

use crate::{
    process::{self, Kept},
    run,
    steps::step,
    workspace::{self, Profile},
};

/// A filled demo vault, and the simulator that serves it for as long as this lives.
pub(crate) struct Demo {
    /// What `SIGNALBOX_DATA_DIR` has to be.
    pub(crate) data_dir: PathBuf,
    _simulator: Kept,
}

impl Demo {
    /// Builds and starts the simulator, and fills a new vault with sample data.
    ///
    /// # Errors
    /// Something does not build or start.
    pub(crate) fn start(profile: Profile) -> anyhow::Result<Self> {
        step("sample data", || {
            run::build(&["simulator", "desk"], profile)?;
            let (simulator, addresses) = start_simulator(profile)?;
            let data_dir = workspace::made("demo");
            // The simulator has new ports each time, and a vault seals its addresses.
            if data_dir.exists() {
                fs::remove_dir_all(&data_dir)
                    .context("the last demo vault cannot be removed; is it still open?")?;
            }
            let password = fill(&data_dir, profile, &addresses)?;
            println!("The demo vault's password: {password}");
            Ok(Self { data_dir, _simulator: simulator })
        })
    }
}

/// Fills a vault with sample data, and returns its password.
fn fill(data_dir: &Path, profile: Profile, addresses: &str) -> anyhow::Result<String> {
    let mut filler = Command::new(workspace::program("signalbox-demo", profile)?);
    filler.arg("--data-dir").arg(data_dir).args(["--simulator", addresses]);
    Ok(process::output(filler)?.trim().to_owned())
}

fn start_simulator(profile: Profile) -> anyhow::Result<(Kept, String)> {
    let mut command = Command::new(workspace::program("signalbox-simulator", profile)?);
    // It ends when its input closes, so also when we are killed.
    command.arg("--stop-with-stdin").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut simulator = Kept::start(command)?;
    let output = simulator.0.stdout.take().context("the simulator has no output")?;
    let mut lines = BufReader::new(output).lines();
    let addresses = lines.next().context("the simulator ended without saying where it listens")??;
    // Its later lines are nobody's business, but a full pipe would stop it.
    std::thread::spawn(move || lines.for_each(drop));
    Ok((simulator, addresses))
}
