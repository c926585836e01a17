//! Where things are: the checkout, what cargo builds, and what xtask leaves behind.

use std::{
    env::consts::EXE_SUFFIX,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::process;

/// Which programs are meant, by cargo's profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    Debug,
    Release,
    /// The app as it is packed: small before fast (decision 68).
    Desktop,
}

impl Profile {
    /// From a `--release` flag.
    pub(crate) fn from_flag(release: bool) -> Self {
        if release { Self::Release } else { Self::Debug }
    }

    /// What cargo calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Debug => "dev",
            Self::Release => "release",
            Self::Desktop => "desktop",
        }
    }
}

/// The checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// A file or folder that xtask makes. Tauri's configuration names one of them, so it does not follow
/// `CARGO_TARGET_DIR`.
pub(crate) fn made(path: &str) -> PathBuf {
    root().join("target").join(path)
}

/// Cargo's target folder, wherever the person's settings put it.
pub(crate) fn target_dir() -> anyhow::Result<PathBuf> {
    let metadata = process::output(process::cargo(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value =
        serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
    let folder = metadata["target_directory"].as_str().context("cargo metadata names no target directory")?;
    Ok(PathBuf::from(folder))
}

/// Where cargo keeps what it fetched.
pub(crate) fn cargo_home() -> anyhow::Result<PathBuf> {
    let by_default = || std::env::home_dir().map(|home| home.join(".cargo"));
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(by_default);
    home.context("neither CARGO_HOME nor a home folder is set")
}

/// A program of this workspace, built before.
pub(crate) fn program(name: &str, profile: Profile) -> anyhow::Result<PathBuf> {
    let folder = if profile == Profile::Debug { "debug" } else { profile.name() };
    Ok(target_dir()?.join(folder).join(format!("{name}{EXE_SUFFIX}")))
}
