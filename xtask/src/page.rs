//! The page: compiled to wasm, made into what the browser loads, and laid into `target/ui` beside the static files.
//! Files that did not change are not touched, because the app is rebuilt when they are.

mod bound;
mod licences;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::{process, release, steps::step, workspace};

/// The wasm-opt of Debian 12 and Ubuntu 24.04 mixes up the tables of functions and of references, and the page does not
/// start. Without references it takes a tenth off the page; the browser's objects are then kept in an array of
/// JavaScript.
const NO_REFERENCES: &str = "-Ctarget-feature=-reference-types";
/// By the linker's record of who refers to whom, the page is cut into what it starts with and what it fetches later.
const RELOCATIONS: &str = "-Clink-arg=--emit-relocs";

/// What the classes of charts look like: with the charts, because exported files carry it too.
const CHART_RULES: &str = "crates/charts/src/chart.css";

/// Files of the finished page by their path in `target/ui`.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// The licences of everything that is shipped, as JSON.
///
/// # Errors
/// Cargo does not tell the packages.
pub(crate) fn licences() -> anyhow::Result<Vec<u8>> {
    licences::found()
}

/// Builds the page into `target/ui`.
///
/// # Errors
/// The page does not compile, or files cannot be written.
pub(crate) fn build() -> anyhow::Result<()> {
    step("page", || {
        let target = ["--target", "wasm32-unknown-unknown", "--profile", "page"];
        let mut build = process::cargo(["build", "--package", "ui"].into_iter().chain(target));
        let flags = [NO_REFERENCES.to_owned(), RELOCATIONS.to_owned()]
            .into_iter()
            .chain(release::nameless_sources()?);
        build
            .arg("--config")
            .arg(format!("target.wasm32-unknown-unknown.rustflags={:?}", flags.collect::<Vec<_>>()));
        process::run(build)?;
        let wasm = workspace::target_dir()?.join("wasm32-unknown-unknown/page/ui.wasm");
        let wasm = fs::read(&wasm).with_context(|| format!("{} cannot be read", wasm.display()))?;
        let mut files = bound::bound(&wasm)?;
        collect(&workspace::root().join("ui/static"), Path::new(""), &mut files)?;
        translations(&mut files)?;
        let rules = workspace::root().join(CHART_RULES);
        let rules = fs::read(&rules).with_context(|| format!("{} cannot be read", rules.display()))?;
        files.insert(PathBuf::from("styles/chart.css"), rules);
        files.insert(PathBuf::from("licences.json"), licences::found()?);
        lay_out(&workspace::made("ui"), &files)
    })
}

/// The words of other languages, a folder for each. English is in the page, but for the shell's sentences, which are known again by it.
fn translations(files: &mut Files) -> anyhow::Result<()> {
    let inside = Path::new("locales");
    let mut found = Files::new();
    collect(&workspace::root().join("ui").join(inside), inside, &mut found)?;
    let (english, of_shell) = (inside.join("en"), inside.join("en/shell.ftl"));
    files.extend(found.into_iter().filter(|(path, _)| *path == of_shell || !path.starts_with(&english)));
    Ok(())
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
