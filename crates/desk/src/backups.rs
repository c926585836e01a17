//! Backups: made, checked, kept, restored; and the note of how far the vault had come, by which an old one is noticed.
//! The files and their seal are `vault`'s, copies and checks of a database are `store`'s.

mod keep;
mod list;
mod make;
mod rescue;
mod restore;
mod tend;
mod wording;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use model::{
    Failure, Timestamp,
    backups::{BackupRun, BackupStage},
};
use serde::{Deserialize, Serialize};
use vault::{BackupFolder, Highwater, VaultFolder};

pub(crate) use tend::IntoMark;
pub(crate) use wording::{older, opened_older};

/// What stays while vaults are opened and locked.
pub(crate) struct Backups {
    folder: VaultFolder,
    pub(crate) highwater: Highwater,
    /// Where it is noted what was checked.
    notes: PathBuf,
    status: Mutex<Status>,
    /// One backup is made or restored at a time.
    alone: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Status {
    running: Option<BackupRun>,
    fault: Option<Failure>,
    noted: Noted,
    /// None is made without being asked for.
    off: bool,
}

/// Kept in the state folder, for display alone: whoever restores checks again.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Noted {
    checked_at: Option<Timestamp>,
    verified: BTreeMap<String, Timestamp>,
    damaged: Vec<String>,
}

/// Shows what is being done for as long as it lives.
struct Running<'a>(&'a Backups);

impl Backups {
    pub(crate) fn new(folder: VaultFolder, state: &Path) -> Self {
        let notes = state.join("backups.json");
        let noted = fs::read(&notes).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self {
            folder,
            highwater: Highwater::new(state),
            notes,
            status: Mutex::new(Status { noted: noted.unwrap_or_default(), ..Status::default() }),
            alone: tokio::sync::Mutex::default(),
        }
    }

    /// Whether one is made a day without being asked for, as the open vault's setting has it.
    pub(crate) fn switch(&self, on: bool) {
        self.status().off = !on;
    }

    /// A backup by its name or, elsewhere, by its path.
    fn at(&self, place: &str) -> Result<BackupFolder, Failure> {
        let path = Path::new(place);
        if path.is_absolute() {
            return Ok(BackupFolder::new(path));
        }
        let is_name = !place.is_empty() && place.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if is_name {
            Ok(BackupFolder::new(self.folder.backups().join(place)))
        } else {
            Err(wording::no_path())
        }
    }

    fn status(&self) -> MutexGuard<'_, Status> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self, stage: BackupStage) -> Running<'_> {
        let running = Running(self);
        running.tell(stage, 0, 0);
        running
    }

    fn note(&self, change: impl FnOnce(&mut Noted)) {
        let noted = {
            let mut status = self.status();
            change(&mut status.noted);
            status.noted.clone()
        };
        let written = serde_json::to_vec(&noted).map_err(std::io::Error::from);
        let made = self.notes.parent().map_or(Ok(()), fs::create_dir_all);
        if let Err(error) = made.and(written).and_then(|bytes| fs::write(&self.notes, bytes)) {
            tracing::warn!(%error, "it could not be noted which backups were checked");
        }
    }
}

impl Running<'_> {
    fn tell(&self, stage: BackupStage, done: u64, of: u64) {
        self.0.status().running = Some(BackupRun { stage, done, of });
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.status().running = None;
    }
}
