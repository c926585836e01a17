//! The sums of what was packed, beside it.

use std::{collections::BTreeMap, fs, path::PathBuf, time::SystemTime};

use anyhow::{Context as _, ensure};

use super::{PROGRAM, alike};
use crate::{
    process,
    workspace::{self, Profile},
};

/// Files that Tauri's bundler packed, and when.
pub(super) type Packed = BTreeMap<PathBuf, SystemTime>;

/// Endings of packages; an app on macOS is a folder, and comes in a disk image.
const ENDINGS: [&str; 6] = ["deb", "rpm", "AppImage", "dmg", "msi", "exe"];

/// What is there.
pub(super) fn found() -> anyhow::Result<Packed> {
    let folder = workspace::program(PROGRAM, Profile::Release)?.with_file_name("bundle");
    let mut packed = Packed::new();
    for format in entries(&folder) {
        for file in entries(&format) {
            let is_package = file.extension().is_some_and(|ending| ENDINGS.iter().any(|one| ending == *one));
            if let Some(time) =
                file.metadata().ok().filter(|_| is_package).and_then(|data| data.modified().ok())
            {
                packed.insert(file, time);
            }
        }
    }
    Ok(packed)
}

/// Brings what is new since `before` to target/bundle.
pub(super) fn brought(before: &Packed, commit_time: &str) -> anyhow::Result<Vec<PathBuf>> {
    let is_new = |(file, time): &(PathBuf, SystemTime)| before.get(file) != Some(time);
    let packages = found()?.into_iter().filter(is_new).map(|(file, _)| {
        let to = workspace::made("bundle").join(file.file_name().context("a package has no name")?);
        alike::pack(&file, &to, commit_time)?;
        Ok(to)
    });
    let packages = packages.collect::<anyhow::Result<Vec<_>>>()?;
    ensure!(!packages.is_empty(), "nothing was packed");
    Ok(packages)
}

/// Says the size and the SHA-256 of each, and writes the sums beside them.
pub(super) fn write(packages: &[PathBuf]) -> anyhow::Result<()> {
    let mut sums = String::new();
    println!();
    for package in packages {
        let name = package.file_name().context("a package has no name")?;
        let (size, sum) = (fs::metadata(package)?.len(), sum(package)?);
        println!("{} ({:.2} MB)\n  SHA-256 {sum}", package.display(), size as f64 / 1e6);
        sums += &format!("{sum}  {}\n", name.to_string_lossy());
    }
    fs::write(workspace::made("bundle/SHA256SUMS"), sums).context("the sums cannot be written")
}

/// The SHA-256 of a file, in hexadecimal digits.
pub(super) fn sum(file: &std::path::Path) -> anyhow::Result<String> {
    let file = file.as_os_str();
    let output = if cfg!(windows) {
        process::output(process::command("certutil", ["-hashfile".as_ref(), file, "SHA256".as_ref()]))?
    } else if cfg!(target_os = "macos") {
        process::output(process::command("shasum", ["-a".as_ref(), "256".as_ref(), file]))?
    } else {
        process::output(process::command("sha256sum", [file]))?
    };
    let is_sum = |word: &&str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let sum = output.split_whitespace().find(is_sum).context("there is no SHA-256 in what was answered")?;
    Ok(sum.to_owned())
}

fn entries(folder: &std::path::Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| Some(entry.ok()?.path())).collect()
}
