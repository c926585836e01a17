//! `cargo xtask bundle`: the installer of the system that it runs on, the notices of everything in it, and its bill of
//! materials. Tauri's own bundler packs; what it is told stands in `tauri.conf.json`.

mod alike;
mod materials;
mod notices;
mod signing;
mod sums;

use std::fs;

use anyhow::Context as _;
use clap::Args;

use crate::{
    page, process, run, setup,
    steps::step,
    workspace::{self, Profile},
};

/// Options of `cargo xtask bundle`.
#[derive(Args)]
pub(crate) struct Bundle {
    /// deb, rpm, appimage, dmg, app, msi or nsis; by default deb, dmg or msi, as the system has it
    #[arg(long, value_delimiter = ',')]
    formats: Vec<String>,
}

/// Builds the app with optimisations and packs it into target/bundle.
pub(crate) fn bundle(options: &Bundle) -> anyhow::Result<()> {
    let tools = setup::for_bundle()?;
    page::build()?;
    let folder = workspace::made("bundle");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    step("notices", || notices::write(&folder.join("copyright")))?;
    step("app", || run::build(&["signalbox"], Profile::Release))?;
    let (before, time) = (sums::found()?, commit_time()?);
    step("package", || {
        let mut tauri =
            process::command("node", [tools.tauri.as_os_str(), "bundle".as_ref(), "--ci".as_ref()]);
        let formats = if options.formats.is_empty() { by_default() } else { options.formats.clone() };
        tauri.arg("--bundles").arg(formats.join(","));
        process::run(tauri)
    })?;
    let packages = step("alike", || sums::brought(&before, &time))?;
    step("signatures", || signing::sign(&tools.tauri, &packages))?;
    step("bill of materials", || materials::write(&tools.materials, &time))?;
    sums::write(&packages)
}

fn by_default() -> Vec<String> {
    let format = match std::env::consts::OS {
        "macos" => "dmg",
        "windows" => "msi",
        _ => "deb",
    };
    vec![format.to_owned()]
}

fn commit_time() -> anyhow::Result<String> {
    let time = process::output(process::command("git", ["log", "-1", "--format=%ct"]))?;
    Ok(time.trim().to_owned())
}
