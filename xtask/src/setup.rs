//! What a fresh machine lacks, for each chore. A second start finds everything and does nothing.

mod system;
mod tools;

use std::path::PathBuf;

use anyhow::Context as _;

use crate::{process, setup::system::Need};

/// Programs and files that only the window's tests need.
pub(crate) struct WindowTools {
    /// `tauri-driver`, which speaks WebDriver for the window.
    pub(crate) driver: PathBuf,
    /// The script of axe-core, which looks for what keeps people out.
    pub(crate) axe: PathBuf,
}

/// Programs that only packing needs.
pub(crate) struct BundleTools {
    /// The script of Tauri's command line, for Node.
    pub(crate) tauri: PathBuf,
    /// `cargo-cyclonedx`, which lists what is in the app.
    pub(crate) materials: PathBuf,
}

/// Everything to build the page: a C linker for the build scripts, and the wasm target.
pub(crate) fn for_page() -> anyhow::Result<()> {
    system::install(&[Need::Compiler])?;
    tools::wasm_target()
}

/// Everything to build what has no window.
pub(crate) fn for_core() -> anyhow::Result<()> {
    system::install(&[Need::Compiler, Need::Perl])
}

/// A PostgreSQL that tests and benches start for themselves.
pub(crate) fn for_postgres() -> anyhow::Result<()> {
    if cfg!(target_os = "linux") { system::install(&[Need::Postgres]) } else { Ok(()) }
}

/// Everything to build the app and open its window.
pub(crate) fn for_run() -> anyhow::Result<()> {
    system::install(&[Need::Compiler, Need::Perl, Need::WebView])?;
    tools::wasm_target()
}

/// Everything to build the app and pack it.
pub(crate) fn for_bundle() -> anyhow::Result<BundleTools> {
    system::install(&[Need::Compiler, Need::Perl, Need::WebView, Need::Npm])?;
    tools::wasm_target()?;
    Ok(BundleTools { tauri: tools::tauri()?, materials: tools::materials()? })
}

/// Everything to install our package in a system of its own, and to drive the window there.
pub(crate) fn for_package_test() -> anyhow::Result<WindowTools> {
    system::may_make_systems()?;
    system::install(&[Need::FreshSystem])?;
    for_window_tests()?.context("this system's web view has no WebDriver; the package is tested on Linux")
}

/// Everything to drive the window without a screen. `None` where the system has no driver for its web view.
pub(crate) fn for_window_tests() -> anyhow::Result<Option<WindowTools>> {
    if !cfg!(target_os = "linux") {
        for_run()?;
        if cfg!(target_os = "macos") && !process::succeeds("postgres", &["--version"]) {
            println!(
                "The server's tests start a PostgreSQL of their own: `brew install postgresql` brings it."
            );
        }
        return Ok(None);
    }
    system::install(&[
        Need::Compiler,
        Need::Perl,
        Need::WebView,
        Need::Screen,
        Need::Npm,
        Need::Keyring,
        Need::Postgres,
    ])?;
    tools::wasm_target()?;
    Ok(Some(WindowTools { driver: tools::tauri_driver()?, axe: tools::axe()? }))
}
