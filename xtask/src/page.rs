//! The page: compiled to wasm, joined with its JavaScript by wasm-bindgen, made smaller, and laid into `target/ui`
//! beside the static files. Files that did not change are not touched, because the app is rebuilt when they are.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use wasm_bindgen_cli_support::Bindgen;

use crate::{process, steps::step, workspace};

/// The name by which `ui/static/boot.js` imports what wasm-bindgen makes.
const NAME: &str = "signalbox";
/// The wasm-opt of Debian 12 and Ubuntu 24.04 mixes up the tables of functions and of references, and the page does not
/// start. Without references it takes a tenth off the page; the browser's objects are then kept in an array of
/// JavaScript.
const NO_REFERENCES: &str = "-Ctarget-feature=-reference-types";
/// The rest of Rust's own baseline for wasm; an old wasm-opt knows it only if told.
const WASM_OPT: &[&str] = &[
    "-Oz",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// Files of the finished page by their path in `target/ui`.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Builds the page into `target/ui`.
///
/// # Errors
/// The page does not compile, or files cannot be written.
pub(crate) fn build() -> anyhow::Result<()> {
    step("page", || {
        let target = ["--target", "wasm32-unknown-unknown", "--profile", "page"];
        let mut build = process::cargo(["build", "--package", "ui"].into_iter().chain(target));
        build.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", NO_REFERENCES);
        process::run(build)?;
        let wasm = workspace::target_dir()?.join("wasm32-unknown-unknown/page/ui.wasm");
        let wasm = fs::read(&wasm).with_context(|| format!("{} cannot be read", wasm.display()))?;
        let mut files = bound(&wasm)?;
        collect(&workspace::root().join("ui/static"), Path::new(""), &mut files)?;
        lay_out(&workspace::made("ui"), &files)
    })
}

/// What wasm-bindgen and wasm-opt make of the compiled page; kept from the last time if that had the same input.
fn bound(wasm: &[u8]) -> anyhow::Result<Files> {
    let work = workspace::made("page-bound");
    let (input, output) = (work.join("input.wasm"), work.join("bound"));
    let mut files = Files::new();
    if fs::read(&input).is_ok_and(|last| last == wasm) {
        collect(&output, Path::new(""), &mut files)?;
        return Ok(files);
    }
    if work.exists() {
        fs::remove_dir_all(&work).context("the last page cannot be removed")?;
    }
    Bindgen::new()
        .input_bytes(NAME, without_references(wasm))
        .web(true)
        .and_then(|bindgen| bindgen.typescript(false).omit_default_module_path(false).remove_name_section(true).generate(&output))
        .context(
            "wasm-bindgen refused the page; wasm-bindgen-cli-support in xtask/Cargo.toml must have the version of \
             wasm-bindgen in Cargo.lock",
        )?;
    make_smaller(&output.join(format!("{NAME}_bg.wasm")))?;
    // Last, so that a build that was broken off is not taken for a finished one.
    fs::write(&input, wasm).context("the page's input cannot be kept")?;
    collect(&output, Path::new(""), &mut files)?;
    Ok(files)
}

/// Marks the feature as not to be used in the section `target_features`, where the standard library claims it.
fn without_references(wasm: &[u8]) -> Vec<u8> {
    const USED: &[u8] = b"+\x0freference-types";
    let mut wasm = wasm.to_vec();
    if let Some(place) = wasm.windows(USED.len()).rposition(|window| window == USED) {
        wasm[place] = b'-';
    }
    wasm
}

fn make_smaller(wasm: &Path) -> anyhow::Result<()> {
    if !process::succeeds("wasm-opt", &["--version"]) {
        println!("wasm-opt is not installed; the page stays a little larger.");
        return Ok(());
    }
    let small = wasm.with_extension("small");
    let mut command = process::command("wasm-opt", WASM_OPT);
    command.arg(wasm).arg("-o").arg(&small);
    match command.output() {
        Ok(output) if output.status.success() => {
            fs::rename(&small, wasm).context("the smaller page cannot be kept")
        }
        Ok(output) => {
            println!("wasm-opt does not understand this page; it stays a little larger.");
            println!("{}", String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or_default());
            Ok(())
        }
        Err(error) => Err(error).context("wasm-opt cannot be started"),
    }
}

fn collect(folder: &Path, inside: &Path, files: &mut Files) -> anyhow::Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let inside = inside.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &inside, files)?;
        } else {
            files.insert(inside, fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// Makes `folder` hold exactly `files`, writing only what differs.
fn lay_out(folder: &Path, files: &Files) -> anyhow::Result<()> {
    let mut present = Files::new();
    if folder.exists() {
        collect(folder, Path::new(""), &mut present)?;
    }
    for (path, _) in present.iter().filter(|(path, _)| !files.contains_key(*path)) {
        fs::remove_file(folder.join(path))
            .with_context(|| format!("{} cannot be removed", path.display()))?;
    }
    for (path, bytes) in files.iter().filter(|(path, bytes)| present.get(*path) != Some(*bytes)) {
        let place = folder.join(path);
        fs::create_dir_all(place.parent().unwrap_or(folder))?;
        fs::write(&place, bytes).with_context(|| format!("{} cannot be written", place.display()))?;
    }
    Ok(())
}
