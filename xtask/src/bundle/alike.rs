//! Packs a .deb anew, so that two builds of one commit are the same to the byte. Tauri's bundler dates files by the moment,
//! whatever `SOURCE_DATE_EPOCH` says, and takes them in the order in which the folder lists them; dpkg's own tool does neither, and
//! packs tighter.

use std::{fs, path::Path};

use anyhow::Context as _;

use crate::{process, workspace};

/// Writes a package to where it belongs, with files dated by the commit at the latest.
///
/// # Errors
/// It cannot be opened, packed or written.
pub(super) fn pack(package: &Path, to: &Path, commit_time: &str) -> anyhow::Result<()> {
    let is_deb = package.extension().is_some_and(|ending| ending == "deb");
    if !is_deb || !process::succeeds("dpkg-deb", &["--version"]) {
        fs::copy(package, to).with_context(|| format!("{} cannot be written", to.display()))?;
        return Ok(());
    }
    let opened = workspace::made("package-opened");
    if opened.exists() {
        fs::remove_dir_all(&opened).context("the last opened package cannot be deleted")?;
    }
    process::run(process::command(
        "dpkg-deb",
        ["--raw-extract".as_ref(), package.as_os_str(), opened.as_os_str()],
    ))?;
    in_order(&opened.join("DEBIAN/md5sums"))?;
    // Named, because Ubuntu has another by default. One thread, because several cut what they compress into blocks.
    // The highest level looks for what came before in 64 MiB instead of 8, and the program alone is larger than that.
    let mut pack =
        process::command("dpkg-deb", ["--root-owner-group", "-Zxz", "-z9", "-Sextreme", "--build"]);
    pack.arg(&opened).arg(to).env("SOURCE_DATE_EPOCH", commit_time).env("DPKG_DEB_THREADS_MAX", "1");
    process::run(pack)?;
    fs::remove_dir_all(&opened).context("the opened package cannot be deleted")
}

fn in_order(file: &Path) -> anyhow::Result<()> {
    let text = fs::read_to_string(file).context("the package has no sums")?;
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable_by_key(|line| line.split_once(' ').map(|(_, name)| name.trim()));
    fs::write(file, lines.join("\n") + "\n").context("the package's sums cannot be written")
}
