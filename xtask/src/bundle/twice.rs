//! `cargo xtask bundle --twice`: whether two builds of one commit are alike, shown by making them. The second starts from nothing, in a
//! folder of cargo's that has another name, so that neither what was kept nor where it lay can make them so.

use std::{env, fs, path::Path};

use anyhow::{Context as _, ensure};

use super::{PROGRAM, sums};
use crate::{
    process,
    workspace::{self, Profile},
};

/// Of the second build, and the page's that is kept from the last time: both are deleted first, and the first one afterwards.
const AGAIN: &str = "again";
const PAGE: &str = "page-bound";

/// Packs twice and compares the programs and the packages.
///
/// # Errors
/// One cannot be built, or they are not alike: which, is said.
pub(super) fn bundle(formats: &[String]) -> anyhow::Result<()> {
    packed(formats, None)?;
    let program = workspace::program(PROGRAM, Profile::Desktop)?;
    let (first, first_packages) = (sums::sum(&program)?, packages()?);

    let again = workspace::made(AGAIN);
    [&again, &workspace::made(PAGE)].into_iter().try_for_each(|folder| removed(folder))?;
    packed(formats, Some(&again))?;
    let name = program.file_name().context("a program has no name")?;
    let second = sums::sum(&again.join(Profile::Desktop.name()).join(name))?;
    let second_packages = packages()?;

    println!("\n{PROGRAM}\n  {first}\n  {second}");
    ensure!(first == second, "the two programs are not alike; the second is kept in {}", again.display());
    ensure!(
        first_packages == second_packages,
        "the programs are alike and the packages are not:\n{first_packages}{second_packages}"
    );
    println!("Two builds, the second from nothing in another folder: the same program, the same packages.");
    removed(&again)
}

/// A call of this command without the comparison, so that each build has an environment of its own.
fn packed(formats: &[String], target_dir: Option<&Path>) -> anyhow::Result<()> {
    let mut bundle = process::command(env::current_exe().context("xtask does not know itself")?, ["bundle"]);
    if !formats.is_empty() {
        bundle.args(["--formats", &formats.join(",")]);
    }
    if let Some(folder) = target_dir {
        bundle.env("CARGO_TARGET_DIR", folder);
    }
    process::run(bundle)
}

fn packages() -> anyhow::Result<String> {
    fs::read_to_string(workspace::made("bundle/SHA256SUMS")).context("there are no sums")
}

fn removed(folder: &Path) -> anyhow::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).with_context(|| format!("{} cannot be removed", folder.display()))
}
