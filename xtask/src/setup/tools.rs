//! Tools that no system package brings: the wasm target, the window's driver and axe-core, each at a pinned version.

use std::{env::consts::EXE_SUFFIX, fs, path::PathBuf};

use anyhow::Context as _;

use crate::{process, workspace};

const TAURI_DRIVER: &str = "2.1.0";
const AXE: &str = "4.14.1";
/// As the crate `tauri` in Cargo.lock.
const TAURI: &str = "2.12.5";
const CYCLONEDX: &str = "0.5.9";

/// The page is WebAssembly.
pub(crate) fn wasm_target() -> anyhow::Result<()> {
    let sysroot = process::output(process::command("rustc", ["--print", "sysroot"]))?;
    if PathBuf::from(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown").is_dir() {
        return Ok(());
    }
    println!("Installing the target wasm32-unknown-unknown: the page is compiled to it.");
    process::run(process::command("rustup", ["target", "add", "wasm32-unknown-unknown"]))
}

/// Speaks WebDriver for Tauri's window.
pub(crate) fn tauri_driver() -> anyhow::Result<PathBuf> {
    compiled("tauri-driver", TAURI_DRIVER, "the tests drive the window with it")
}

/// Lists what is in a program.
pub(crate) fn materials() -> anyhow::Result<PathBuf> {
    compiled("cargo-cyclonedx", CYCLONEDX, "it writes the bill of materials")
}

/// Packs apps for each system.
pub(crate) fn tauri() -> anyhow::Result<PathBuf> {
    fetched("@tauri-apps/cli", TAURI, "tauri.js", "it packs the app")
}

/// Looks for what keeps people out of a page.
pub(crate) fn axe() -> anyhow::Result<PathBuf> {
    fetched("axe-core", AXE, "axe.min.js", "the tests check accessibility with it")
}

/// A program from the registry of crates, in a folder of its own.
fn compiled(name: &str, version: &str, reason: &str) -> anyhow::Result<PathBuf> {
    let folder = workspace::made(&format!("tools/{name}-{version}"));
    let program = folder.join(format!("bin/{name}{EXE_SUFFIX}"));
    if !program.is_file() {
        println!("Compiling {name} {version} into {}: {reason}.", folder.display());
        let arguments = ["install", "--locked", "--version", version, name, "--root"];
        process::run(process::cargo(arguments.iter().map(std::ffi::OsString::from).chain([folder.into()])))?;
    }
    Ok(program)
}

/// A file of a package from npm's registry, in a folder of its own. No script of a package runs.
fn fetched(name: &str, version: &str, file: &str, reason: &str) -> anyhow::Result<PathBuf> {
    let short = name.trim_start_matches('@').replace('/', "-");
    let folder = workspace::made(&format!("tools/{short}-{version}"));
    let script = folder.join("node_modules").join(name).join(file);
    if !script.is_file() {
        println!("Fetching {name} {version} into {}: {reason}.", folder.display());
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let quiet =
            ["install", "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--no-package-lock"];
        let mut npm = process::command("npm", quiet);
        npm.arg(format!("{name}@{version}")).arg("--prefix").arg(&folder);
        process::run(npm)?;
    }
    Ok(script)
}
