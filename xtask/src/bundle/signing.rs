//! Signatures that Tauri's updater asks for, beside the packages of whoever has the key. The app asks nobody for updates
//! (decision 62), so it holds no key; what is signed here can be checked by hand.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::process;

/// The private key itself, or the file that holds it, as Tauri's command line takes them.
const KEYS: [&str; 2] = ["TAURI_SIGNING_PRIVATE_KEY", "TAURI_SIGNING_PRIVATE_KEY_PATH"];

/// Writes a signature beside each package where there is a key. It is of the package as it is given to others, and of its version,
/// so that an old package cannot be passed off as a new one.
///
/// # Errors
/// The key cannot be read, or its password is wrong.
pub(super) fn sign(tauri: &Path, packages: &[PathBuf]) -> anyhow::Result<()> {
    if KEYS.iter().all(|key| env::var_os(key).is_none()) {
        println!("There is no key, so nothing is signed: docs/guide/packages.md.");
        return Ok(());
    }
    packages.iter().try_for_each(|package| {
        let words = ["signer", "sign", "--app-version", env!("CARGO_PKG_VERSION")].map(AsRef::as_ref);
        let words = std::iter::once(tauri.as_os_str()).chain(words).chain([package.as_os_str()]);
        process::run(process::command("node", words))
    })
}
