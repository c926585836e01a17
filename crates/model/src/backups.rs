//! Backups of the vault, as the page sees them: which there are, what one would bring back, what is going on.

use serde::{Deserialize, Serialize};

use crate::{Failure, Timestamp};

/// Every backup in the backups' own folder, and what is going on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupsView {
    /// The backups' own folder, for people.
    pub folder: String,
    /// Whether one is made a day without being asked for.
    pub automatic: bool,
    /// Newest first.
    pub backups: Vec<BackupView>,
    /// What is being done just now.
    pub running: Option<BackupRun>,
    /// Why the last automatic backup or check failed, if it did.
    pub fault: Option<Failure>,
    /// When the database was last read whole and found sound; `None` if that was never done.
    pub checked_at: Option<Timestamp>,
    /// The newest backup, if it was made before a restore: restoring it takes the restore back.
    pub undo: Option<String>,
}

/// One backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupView {
    /// Its name in the backups' own folder, or the path of one elsewhere.
    pub place: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Why it was made.
    pub reason: BackupReason,
    /// Size of its files in bytes.
    pub bytes: u64,
    /// Whether it can be relied on.
    pub state: BackupState,
}

/// Why a backup was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupReason {
    /// A person asked.
    Manual,
    /// A day had passed, and something had changed.
    Daily,
    /// A newer version of the program was about to change the database's form.
    Migration,
    /// The vault's key was about to be changed.
    Rotation,
    /// Another backup was about to be restored.
    Restore,
}

/// Whether a backup can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupState {
    /// It was opened and read whole, and nothing was wrong.
    Sound {
        /// When.
        verified_at: Timestamp,
    },
    /// It was made under another key of this vault, or no key is at hand, so its seal cannot be checked now. It opens with the
    /// password of then.
    OtherKey,
    /// Its files are cut, altered or missing.
    Damaged,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupRun {
    /// Which step.
    pub stage: BackupStage,
    /// Bytes that are done.
    pub done: u64,
    /// Bytes in all; 0 while that is not known.
    pub of: u64,
}

/// A step of making or restoring a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupStage {
    /// The database is copied.
    Copying,
    /// The copy is opened and read whole.
    Checking,
    /// A backup is put in place.
    Restoring,
}

/// What restoring a backup would change. Names and fields, never a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestorePreview {
    /// The backup.
    pub backup: BackupView,
    /// What would be different, the most important first.
    pub changes: Vec<RestoreChange>,
    /// Calls in the usage log now.
    pub calls_now: u64,
    /// Calls in the usage log of the backup.
    pub calls_then: u64,
}

/// One thing that would be different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreChange {
    /// What kind of thing.
    pub thing: RestoredThing,
    /// Its name.
    pub name: String,
    /// What would happen to it.
    pub how: RestoreEffect,
    /// The fields that differ, for [`RestoreEffect::Changed`].
    pub fields: Vec<FieldChange>,
}

/// A kind of thing in a vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RestoredThing {
    /// A provider's configuration.
    Provider,
    /// A task and its route.
    Route,
    /// A budget.
    Budget,
    /// A setting.
    Setting,
    /// A kept prompt.
    Prompt,
}

/// What a restore would do to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RestoreEffect {
    /// It would come back.
    Added,
    /// It would be gone.
    Removed,
    /// It would be as it was.
    Changed,
}

/// One field that would be different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field, such as `model_name`.
    pub field: String,
    /// What it is now; `None` where it is empty.
    pub now: Option<String>,
    /// What it would be.
    pub then: Option<String>,
}
