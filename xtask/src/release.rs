//! Builds with optimisations, which leave this machine: they say nothing of its folders, and two of one commit are alike.

use std::{fs, process::Command};

use crate::{
    process,
    workspace::{self, Profile},
};

/// Where a linked OpenSSL would look for engines and providers to load. By itself it names the folder that it was built
/// in: a path of the builder's, and where somebody else may write on another computer. There is nothing to be loaded.
const NO_MODULES: &str = "ENGINESDIR=/nonexistent MODULESDIR=/nonexistent";
/// OpenSSL tells when it was built. Not the commit's time: cargo would not build it anew for another.
const NO_TIME: &str = "0";

/// A call of cargo that builds what the arguments name, by a profile with optimisations.
///
/// # Errors
/// Cargo does not tell its folders.
pub(crate) fn build<'a>(
    profile: Profile,
    what: impl IntoIterator<Item = &'a str>,
) -> anyhow::Result<Command> {
    let mut cargo = process::cargo(["build", "--profile", profile.name()].into_iter().chain(what));
    let mut nameless = vec![without(&workspace::root().display().to_string())];
    nameless.push(without(&workspace::target_dir()?.display().to_string()));
    nameless.extend(nameless_sources()?);
    cargo.arg("--config").arg(format!("build.rustflags={nameless:?}"));
    cargo.env("GNUMAKEFLAGS", NO_MODULES).env("SOURCE_DATE_EPOCH", NO_TIME);
    Ok(cargo)
}

/// Panics name their place in the source. Where the crates lie on this machine is nobody's business, and would make what is
/// built larger on one machine than on another.
///
/// # Errors
/// The folder of the crates is not known, or cannot be read.
pub(crate) fn nameless_sources() -> anyhow::Result<Vec<String>> {
    let sources = workspace::cargo_home()?.join("registry/src");
    let Ok(folders) = fs::read_dir(&sources) else { return Ok(Vec::new()) };
    let folders: Vec<_> = folders.collect::<Result<_, _>>()?;
    Ok(folders.iter().map(|folder| without(&folder.path().display().to_string())).collect())
}

fn without(folder: &str) -> String {
    format!("--remap-path-prefix={folder}=")
}
