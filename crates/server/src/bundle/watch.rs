//! A folder that bundles are put into: what appears there is judged and put in force while calls go on. Nothing in it is changed.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use bundle::VerifyError;
use store::{Act, ApplyError};
use tokio::time::sleep;

use super::{BundleError, apply, highest, keys, read_bounded};
use crate::app::{App, machine};

/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Files that are looked at in one folder.
const MOST_FILES: usize = 1_000;
/// Files that wait and are judged again in one look: whoever fills the folder does not fill the processor.
const MOST_AGAIN: usize = 20;

/// A file as it was seen, so that it is not judged at every look.
type Seen = HashMap<PathBuf, (u64, SystemTime)>;

/// Files that are judged again at the next look, each with what was said of it, if anything was.
type Waiting = HashMap<PathBuf, String>;

/// Looks until the server ends.
pub(crate) async fn watch(app: Arc<App>, folder: PathBuf) {
    let (mut seen, mut waiting) = (Seen::new(), Waiting::new());
    loop {
        match look(&folder, &mut seen) {
            Ok(new) => waiting = put(&app, new, waiting).await,
            Err(error) => tracing::warn!(%error, "the folder for bundles cannot be read"),
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
/// database was away or full, or because it may be good a moment later.
async fn put(app: &App, new: Vec<PathBuf>, mut waiting: Waiting) -> Waiting {
    // One that was written anew is told of anew.
    new.iter().for_each(|path| _ = waiting.remove(path));
    let old: Vec<PathBuf> = waiting.keys().filter(|path| path.is_file()).take(MOST_AGAIN).cloned().collect();
    let files: Vec<PathBuf> = new.into_iter().chain(old).collect();
    if files.is_empty() {
        return Waiting::new();
    }
    let Ok((trusted, _)) = keys(&app.store).await else {
        tracing::error!("whom this server trusts cannot be read");
        files.into_iter().for_each(|path| _ = waiting.entry(path).or_default());
        return waiting;
    };
    let (mut bundles, mut again) = (Vec::new(), Waiting::new());
    for path in files {
        let said = waiting.remove(&path).unwrap_or_default();
        let one =
            Laid { name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(), path, said };
        let read = read_bounded(&one.path).map_err(BundleError::from);
        let read = read.and_then(|bytes| Ok((bundle::read(&bytes, &trusted)?, bytes)));
        match read {
            Ok((signed, bytes)) => bundles.push((signed.serial(), signed.issuer().to_owned(), bytes, one)),
            Err(error) => again.extend(one.refused(app, &error).await),
        }
    }
    bundles.sort_by_key(|(serial, ..)| *serial);
    for (serial, issuer, bytes, one) in bundles {
        let accepted = app.store.accepted_bundles().await.map_or(0, |accepted| highest(&accepted, &issuer));
        if serial <= accepted {
            // What lies there since the last start; not worth an entry each time.
            tracing::debug!(file = one.name, serial, accepted, "an old bundle stays where it is");
            continue;
        }
        again.extend(one.put_in_force(app, serial, &bytes).await);
    }
    // Those that were not looked at now are at one of the next looks.
    waiting.retain(|path, _| path.is_file());
    again.extend(waiting);
    again
}

/// A file in the folder.
struct Laid {
    path: PathBuf,
    name: String,
    /// What was said of it at the last look.
    said: String,
}

impl Laid {
    /// Gives it back when it is to be judged again.
    async fn put_in_force(self, app: &App, serial: u64, bytes: &[u8]) -> Option<(PathBuf, String)> {
        match apply::put_in_force(&app.root, &app.store, bytes, &act(app)).await {
            Ok(applied) => {
                app.reload().await;
                tracing::info!(
                    file = self.name,
                    serial,
                    configurations = applied.configurations,
                    fingerprint = applied.fingerprint,
                    "a bundle is in force"
                );
                None
            }
            // Servers on one database may look into one folder: another one was faster.
            Err(
                BundleError::Apply(ApplyError::OldSerial { .. })
                | BundleError::Verify(VerifyError::OldSerial { .. }),
            ) => {
                tracing::debug!(file = self.name, serial, "it is in force already");
                None
            }
            Err(error) => self.refused(app, &error).await,
        }
    }

    /// Says it in both logs, once for as long as it is the same. Gives it back when it is to be judged again.
    async fn refused(self, app: &App, error: &BundleError) -> Option<(PathBuf, String)> {
        let why = error.to_string();
        if self.said != why {
            if error.is_of_bundle() {
                apply::refused(&app.store, &act(app), error).await;
                tracing::warn!(file = self.name, %error, "a bundle was refused");
            } else {
                tracing::warn!(file = self.name, %error, "a bundle is not in force yet");
            }
        }
        (!error.is_of_bundle() || may_pass(error)).then_some((self.path, why))
    }
}

fn act(app: &App) -> Act {
    Act { actor: "folder".to_owned(), machine: machine().into(), action: "bundle.apply", at: app.now() }
}

/// Whether the same file may be good a moment later: when clocks have come nearer to each other, its key is trusted, or the
/// configuration that is in its way has gone.
fn may_pass(error: &BundleError) -> bool {
    matches!(
        error,
        BundleError::Verify(VerifyError::NotYet | VerifyError::UnknownKey)
            | BundleError::ClockBehind { .. }
            | BundleError::Apply(ApplyError::Taken)
    )
}
