//! `cargo xtask bundle`: the installer of the system that it runs on, the notices of everything in it, and its bill of
//! materials. Tauri's own bundler packs; what it is told stands in `tauri.conf.json`.

mod notices;
mod signing;
mod sums;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;

use crate::{
    page, process, run, setup,
    steps::step,
    workspace::{self, Profile},
};

/// How a list of materials is called until it is where it belongs.
const LIST: &str = "signalbox-materials";

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
    let signed = signing::asked()?;
    step("notices", || notices::write(&folder.join("copyright")))?;
    step("app", || run::build(&["signalbox"], Profile::Release))?;
    let before = sums::found()?;
    step("package", || {
        let mut tauri =
            process::command("node", [tools.tauri.as_os_str(), "bundle".as_ref(), "--ci".as_ref()]);
        let formats = if options.formats.is_empty() { by_default() } else { options.formats.clone() };
        tauri.arg("--bundles").arg(formats.join(","));
        if let Some(signed) = &signed {
            tauri.arg("--config").arg(signed);
        }
        // Files in it are dated by the commit, so that two builds of one are alike.
        tauri.env("SOURCE_DATE_EPOCH", commit_time()?);
        process::run(tauri)
    })?;
    step("bill of materials", || materials(&tools.materials))?;
    sums::write(&before)
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

/// What is in the app and in its page, as CycloneDX 1.5.
fn materials(program: &Path) -> anyhow::Result<()> {
    let mut list = process::command(program, ["cyclonedx", "--format", "json", "--spec-version", "1.5"]);
    list.args(["--manifest-path", "Cargo.toml", "--no-build-deps", "--override-filename", LIST]);
    process::run(list)?;
    // It lies beside the manifest of every member of the workspace; these two are shipped.
    let made = made_lists()?;
    for (folder, name) in [("", "signalbox"), ("ui", "signalbox-page")] {
        let list = workspace::root().join(folder).join(format!("{LIST}.json"));
        let to = workspace::made(&format!("bundle/{name}.cdx.json"));
        fs::copy(&list, &to).with_context(|| format!("{} was not made", list.display()))?;
        println!("{}", to.display());
    }
    for list in made {
        fs::remove_file(&list).with_context(|| format!("{} cannot be deleted", list.display()))?;
    }
    Ok(())
}

fn made_lists() -> anyhow::Result<Vec<PathBuf>> {
    let metadata = process::output(process::cargo(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value =
        serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
    let manifests = metadata["packages"].as_array().into_iter().flatten();
    let beside = manifests.filter_map(|package| package["manifest_path"].as_str());
    Ok(beside
        .map(|manifest| PathBuf::from(manifest).with_file_name(format!("{LIST}.json")))
        .filter(|list| list.is_file())
        .collect())
}
