//! `cargo xtask run`: from a fresh checkout to an open window.

use std::process::{Command, ExitCode};

use clap::Args;

use crate::{
    demo::Demo,
    page, process, release, setup,
    steps::step,
    workspace::{self, Profile},
};

/// Options of `cargo xtask run`.
#[derive(Args)]
pub(crate) struct Run {
    /// Open a vault of sample data, with the vendors' APIs simulated on this computer
    #[arg(long)]
    demo: bool,
    /// Build with optimisations
    #[arg(long)]
    release: bool,
}

/// Builds the app and runs it until its window is closed.
pub(crate) fn run(options: &Run) -> anyhow::Result<ExitCode> {
    setup::for_run()?;
    page::build()?;
    let profile = Profile::from_flag(options.release);
    step("app", || build(&["signalbox"], profile))?;
    let mut app = Command::new(workspace::program("signalbox", profile)?);
    let demo = if options.demo { Some(Demo::start(profile)?) } else { None };
    if let Some(demo) = &demo {
        app.env("SIGNALBOX_DATA_DIR", &demo.data_dir);
    }
    println!("\nSignalbox is open; this command ends when its window is closed.");
    let status = process::status(&mut app)?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Builds programs of the workspace, named by their packages and binaries alike.
pub(crate) fn build(packages: &[&str], profile: Profile) -> anyhow::Result<()> {
    let packages = packages.iter().flat_map(|package| ["--package", package]);
    process::run(match profile {
        Profile::Debug => process::cargo(["build"].into_iter().chain(packages)),
        Profile::Release | Profile::Desktop => release::build(profile, packages)?,
    })
}
