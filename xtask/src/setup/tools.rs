//! Tools that no system package brings: the wasm target, the window's driver and axe-core, each at a pinned version.

use std::{env::consts::EXE_SUFFIX, fs, path::PathBuf};

use anyhow::Context as _;

use crate::{process, workspace};

const TAURI_DRIVER: &str = "2.1.0";
const AXE: &str = "4.14.1";

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
    let folder = workspace::made(&format!("tools/tauri-driver-{TAURI_DRIVER}"));
    let program = folder.join(format!("bin/tauri-driver{EXE_SUFFIX}"));
    if !program.is_file() {
        println!(
            "Compiling tauri-driver {TAURI_DRIVER} into {}: the tests drive the window with it.",
            folder.display()
        );
        let arguments = ["install", "--locked", "--version", TAURI_DRIVER, "tauri-driver", "--root"];
        process::run(process::cargo(arguments.iter().map(std::ffi::OsString::from).chain([folder.into()])))?;
    }
    Ok(program)
}

/// Looks for what keeps people out of a page.
pub(crate) fn axe() -> anyhow::Result<PathBuf> {
    let folder = workspace::made(&format!("tools/axe-core-{AXE}"));
    let script = folder.join("node_modules/axe-core/axe.min.js");
    if !script.is_file() {
        println!("Fetching axe-core {AXE} into {}: the tests check accessibility with it.", folder.display());
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let quiet =
            ["install", "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--no-package-lock"];
        let mut npm = process::command("npm", quiet);
        npm.arg(format!("axe-core@{AXE}")).arg("--prefix").arg(&folder);
        process::run(npm)?;
    }
    Ok(script)
}
