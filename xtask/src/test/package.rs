//! `cargo xtask test package`: the .deb as its user meets it, in a system of its own that had nothing of it: installed with
//! what it depends on, started up to a tested provider, removed.

mod system;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};

use super::{tally, tell_tools};
use crate::{
    process::cargo,
    setup::{self, WindowTools},
    steps::step,
    workspace,
};
use system::System;

/// What the package is called.
const PACKAGE: &str = "signalbox";
/// The largest that it may be, in bytes.
const LARGEST: u64 = 12_000_000;
const DESKTOP_FILE: &str = "Signalbox.desktop";
const ICONS: [u32; 8] = [16, 24, 32, 48, 64, 128, 256, 512];
/// Of the shell, of the page in it, of the database, and a typeface.
const NOTICES: [&str; 4] = ["tauri ", "yew ", "libsqlite3-sys ", "inter\n"];
/// The journey in the real window that is played with the installed program.
const JOURNEY: &str = "a_first_run_ends_in_a_first_provider_that_is_tested_and_serves";

/// Installs, starts and removes the package that `cargo xtask bundle` made.
///
/// # Errors
/// There is no package, we may not make a system, or what the package does is not what the guide says.
pub(super) fn test() -> anyhow::Result<()> {
    let tools = setup::for_package_test()?;
    let package = made()?;
    let system = step("a fresh system", System::fresh)?;
    step("install", || system.install(&package))?;
    let files = step("what is installed", || installed(&system))?;
    first_run(&system, &tools)?;
    step("remove", || removed(&system, &files))
}

fn made() -> anyhow::Result<PathBuf> {
    let folder = workspace::made("bundle");
    let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
    let packages = entries.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "deb"));
    let newest = packages.max_by_key(|entry| entry.metadata().and_then(|data| data.modified()).ok());
    let package = newest.context("there is no package; make one: cargo xtask bundle")?.path();
    let size = fs::metadata(&package)?.len();
    println!("{} ({:.2} MB)", package.display(), size as f64 / 1e6);
    ensure!(size <= LARGEST, "the package is larger than {} MB", LARGEST / 1_000_000);
    Ok(package)
}

/// Looks at what came with it, and returns the paths of all its files and folders.
fn installed(system: &System) -> anyhow::Result<Vec<String>> {
    system.said(&["dpkg", "--verify", PACKAGE])?;
    let scripts = system.said(&["dpkg-query", "--control-list", PACKAGE])?;
    ensure!(scripts.trim() == "md5sums", "it runs scripts when it is installed or removed: {scripts}");

    let desktop_file = format!("/usr/share/applications/{DESKTOP_FILE}");
    let wrong = system.said(&["desktop-file-validate", &desktop_file])?;
    ensure!(wrong.is_empty(), "the desktop file is not in order:\n{wrong}");
    let opens = system.as_person(&["gio", "mime", "x-scheme-handler/signalbox"])?;
    ensure!(opens.contains(DESKTOP_FILE), "its links open in something else: {opens}");

    for size in ICONS {
        let icon = format!("/usr/share/icons/hicolor/{size}x{size}/apps/{PACKAGE}.png");
        let drawn = size_of_png(&system.path(&icon)).with_context(|| format!("{icon} is no icon"))?;
        ensure!(drawn == (size, size), "{icon} is {} x {}", drawn.0, drawn.1);
    }
    let notices = fs::read_to_string(system.path("/usr/share/doc/signalbox/copyright"))?;
    for name in NOTICES {
        ensure!(notices.contains(&format!("\nFiles: {name}")), "there is no notice of {}", name.trim());
    }
    let files = system.said(&["dpkg-query", "--listfiles", PACKAGE])?;
    Ok(files.lines().map(str::to_owned).collect())
}

/// Width and height stand at a fixed place: <https://www.w3.org/TR/png-3/#11IHDR>.
fn size_of_png(file: &Path) -> anyhow::Result<(u32, u32)> {
    let bytes = fs::read(file)?;
    ensure!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "it is no PNG");
    let number = |place: usize| -> anyhow::Result<u32> {
        let bytes = bytes.get(place..place + 4).context("it ends in its head")?;
        Ok(u32::from_be_bytes(bytes.try_into()?))
    };
    Ok((number(16)?, number(20)?))
}

/// The journey of the window's tests, with the installed program instead of the one that was just built.
fn first_run(system: &System, tools: &WindowTools) -> anyhow::Result<()> {
    let mut tests = cargo(["test", "--package", "journeys", "--test", "window", "--", JOURNEY]);
    tell_tools(&mut tests, Some(tools))?;
    let program = format!("/usr/bin/{PACKAGE}");
    tests.env("SIGNALBOX_TEST_APP", system.program(&program)?);
    tally::run(tests, tally::SILENCE)?;
    system.ended(&program)?;
    let kept = system.persons_files()?;
    ensure!(kept.contains("/signalbox/vault/"), "the program kept no vault in its person's folder:\n{kept}");
    Ok(())
}

/// Removes it, and looks for what is left.
fn removed(system: &System, files: &[String]) -> anyhow::Result<()> {
    let kept = system.persons_files()?;
    system.apt(&["remove", PACKAGE])?;
    // By dpkg: apt does not know a package any more that has no configuration files and was removed.
    system.said(&["dpkg", "--purge", PACKAGE])?;
    let left: BTreeSet<&str> = files.iter().map(String::as_str).filter(|file| system.is_file(file)).collect();
    ensure!(left.is_empty(), "after its removal there are still {left:?}");
    let status = system.said(&["dpkg-query", "--list"])?;
    ensure!(!status.contains(PACKAGE), "the package is still known");
    let named = system.said(&["find", "/", "-xdev", "-iname", "*signalbox*"])?;
    let ours = |path: &&str| !system::NOT_THE_PACKAGES.iter().any(|folder| path.starts_with(folder));
    let left: Vec<&str> = named.lines().filter(ours).collect();
    ensure!(left.is_empty(), "there are still {left:?}");
    let handlers =
        fs::read_to_string(system.path("/usr/share/applications/mimeinfo.cache")).unwrap_or_default();
    ensure!(!handlers.contains(DESKTOP_FILE), "its links still open in it");
    ensure!(system.persons_files()? == kept, "what the person keeps is not what it was");
    println!("nothing is left of it but the {} files of its person", kept.lines().count());
    Ok(())
}
