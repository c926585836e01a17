//! `cargo xtask bundle`: the installer of the system that it runs on, the notices of everything in it, and its bill of
//! materials. Tauri's own bundler packs; what it is told stands in `tauri.conf.json`.

mod alike;
mod materials;
mod notices;
mod signing;
mod sums;
mod twice;

use std::fs;

use anyhow::Context as _;
use clap::Args;

use crate::{
    page, process, run, setup,
    steps::step,
    workspace::{self, Profile},
};

/// The app, as cargo calls it.
const PROGRAM: &str = "signalbox";

/// Options of `cargo xtask bundle`.
#[derive(Args)]
pub(crate) struct Bundle {
    /// deb, rpm, appimage, dmg, app, msi or nsis; by default deb, dmg or msi, as the system has it
    #[arg(long, value_delimiter = ',')]
    formats: Vec<String>,
    /// Then do all of it a second time, from nothing and in another folder, and compare: takes twice as long and as much room
    #[arg(long)]
    twice: bool,
}

/// Builds the app with optimisations and packs it into target/bundle.
pub(crate) fn bundle(options: &Bundle) -> anyhow::Result<()> {
    if options.twice {
        return twice::bundle(&options.formats);
    }
    let tools = setup::for_bundle()?;
    page::build()?;
    let folder = workspace::made("bundle");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    step("notices", || notices::write(&folder.join("copyright")))?;
    step("app", || run::build(&[PROGRAM], Profile::Desktop))?;
    laid_out()?;
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

/// Puts the program where Tauri's bundler looks for it, which is the folder of cargo's own profile and no other. What lies there
/// may be a second name of one of cargo's files, so it is taken away and not written over.
fn laid_out() -> anyhow::Result<()> {
    let program = workspace::program(PROGRAM, Profile::Desktop)?;
    let place = workspace::program(PROGRAM, Profile::Release)?;
    let folder = place.parent().context("a program has no folder")?;
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    if place.exists() {
        fs::remove_file(&place).with_context(|| format!("{} cannot be removed", place.display()))?;
    }
    fs::copy(&program, &place).with_context(|| format!("{} cannot be copied", program.display()))?;
    Ok(())
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
