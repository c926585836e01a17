//! A folder that bundles are put into: what appears there is judged and put in force while calls go on. Nothing in it is changed.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use bundle::VerifyError;
use model::bundles::EXPIRES_SOON_MS;
use store::{Act, ApplyError};
use tokio::time::{Instant, sleep};

use super::{BundleError, apply, highest, keys, read_bounded};
use crate::app::{App, machine};

/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Between two alarms about what has expired.
const ALARM_EVERY: Duration = Duration::from_secs(3_600);
/// Files that are looked at in one folder.
const MOST_FILES: usize = 1_000;

/// A file as it was seen, so that it is not judged at every look.
type Seen = HashMap<PathBuf, (u64, SystemTime)>;

/// Looks until the server ends.
pub(crate) async fn watch(app: Arc<App>, folder: PathBuf) {
    let (mut seen, mut alarm) = (Seen::new(), Instant::now());
    loop {
        match look(&folder, &mut seen) {
            Ok(files) => {
                // What the database could not be asked about is new at the next look as well.
                for path in put(&app, files).await {
                    seen.remove(&path);
                }
            }
            Err(error) => tracing::warn!(%error, "the folder for bundles cannot be read"),
        }
        if alarm <= Instant::now() {
            raise_alarm(&app).await;
            alarm = Instant::now() + ALARM_EVERY;
        }
        tokio::select! {
            () = app.closing.cancelled() => return,
            () = sleep(LOOK_EVERY) => {}
        }
    }
}

/// What is new, or written anew.
fn look(folder: &Path, seen: &mut Seen) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)?.take(MOST_FILES) {
        let entry = entry?;
        let (path, about) = (entry.path(), entry.metadata()?);
        if !about.is_file() || path.extension().is_none_or(|end| end != "sbundle") {
            continue;
        }
        let state = (about.len(), about.modified()?);
        if seen.insert(path.clone(), state) != Some(state) {
            files.push(path);
        }
    }
    Ok(files)
}

/// By serial: a newer one that is judged first would make the others old. Gives back what is to be looked at again, because the
/// database was away or full.
async fn put(app: &App, files: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut again = Vec::new();
    if files.is_empty() {
        return again;
    }
    let store = &app.store;
    let Ok((trusted, _)) = keys(store).await else {
        tracing::error!("whom this server trusts cannot be read");
        return files;
    };
    let act = || Act {
        actor: "folder".to_owned(),
        machine: machine().into(),
        action: "bundle.apply",
        at: app.now(),
    };
    let mut bundles = Vec::new();
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let read = read_bounded(&path).map_err(BundleError::from);
        let read = read.and_then(|bytes| {
            let signed = bundle::read(&bytes, &trusted)?;
            Ok((signed.serial(), signed.issuer().to_owned(), bytes, path))
        });
        match read {
            Ok((serial, issuer, bytes, path)) => bundles.push((serial, issuer, name, bytes, path)),
            Err(error) => {
                apply::refused(store, &act(), &error).await;
                tracing::warn!(file = name, %error, "a bundle was refused");
            }
        }
    }
    bundles.sort_by_key(|(serial, ..)| *serial);
    for (serial, issuer, name, bytes, path) in bundles {
        let accepted = store.accepted_bundles().await.map_or(0, |accepted| highest(&accepted, &issuer));
        if serial <= accepted {
            // What lies there since the last start; not worth an entry each time.
            tracing::debug!(file = name, serial, accepted, "an old bundle stays where it is");
            continue;
        }
        let act = act();
        match apply::put_in_force(&app.root, store, &bytes, &act).await {
            Ok(applied) => {
                app.reload().await;
                tracing::info!(
                    file = name,
                    serial,
                    configurations = applied.configurations,
                    fingerprint = applied.fingerprint,
                    "a bundle is in force"
                );
            }
            // Servers on one database may look into one folder: another one was faster.
            Err(
                BundleError::Apply(ApplyError::OldSerial { .. })
                | BundleError::Verify(VerifyError::OldSerial { .. }),
            ) => tracing::debug!(file = name, serial, "it is in force already"),
            Err(error) if error.is_of_bundle() => {
                apply::refused(store, &act, &error).await;
                tracing::warn!(file = name, serial, %error, "a bundle was refused");
            }
            Err(error) => {
                tracing::warn!(file = name, serial, %error, "a bundle is not in force yet");
                again.push(path);
            }
        }
    }
    again
}

/// What is in force goes on after its end, and is told of.
async fn raise_alarm(app: &App) {
    let Ok(accepted) = app.store.accepted_bundles().await else { return };
    let mut told = Vec::new();
    for one in accepted {
        if !told.contains(&one.issuer) {
            let left = one.expires_at().0 - app.now().0;
            if (1..EXPIRES_SOON_MS).contains(&left) {
                tracing::warn!(
                    issuer = one.issuer,
                    serial = one.serial,
                    "the bundle in force expires soon: it goes on after that, and a new one is due"
                );
            }
            if left <= 0 {
                tracing::error!(
                    issuer = one.issuer,
                    serial = one.serial,
                    "the bundle in force has expired: it goes on, and a new one is due"
                );
            }
            told.push(one.issuer);
        }
    }
}
