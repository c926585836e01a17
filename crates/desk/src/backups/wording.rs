//! What people are told of backups. No text holds a path or a secret.

use std::io;

use model::{Failure, FailureCode};
use store::{CopyError, OpenError};
use vault::{BackupError, Regress};

use crate::failures;

use FailureCode::{Gone, Older, Other};

pub(super) fn backup(error: BackupError) -> Failure {
    let (code, advice) = match error {
        BackupError::Absent => {
            (Gone, "It was deleted or moved. A path has to be that of the backup's own folder.")
        }
        BackupError::Damaged => (Other, "Choose another backup. This one is left as it is."),
        BackupError::TooNew => (Other, "Install the newest version of Signalbox, then try again."),
        BackupError::OtherVault => (Other, "Choose a backup of this vault."),
        BackupError::OtherKey => (
            Other,
            "Choose a newer backup, or restore this one at the lock screen with the password of then.",
        ),
    };
    Failure::new(code, error.to_string(), advice)
}

/// The copy of a backup, not the vault, is what did not open.
pub(super) fn damaged_copy(error: OpenError) -> Failure {
    match error {
        OpenError::Damaged | OpenError::OtherVault => backup(BackupError::Damaged),
        OpenError::TooNew => backup(BackupError::TooNew),
        error => failures::open(error),
    }
}

/// A copy of the database in use did not pass the checks: so the database would not, either.
pub(super) fn live_damage() -> Failure {
    Failure::new(
        Other,
        "the vault's database did not pass a full check",
        "Restore the newest sound backup under Settings, Backups. No older backup was removed.",
    )
}

pub(super) fn copy(error: CopyError) -> Failure {
    match error {
        CopyError::Stopped => failures::locked(),
        CopyError::Store(error) => failures::store(error),
        CopyError::Write(error) => write(&error),
    }
}

pub(super) fn write(error: &io::Error) -> Failure {
    use io::ErrorKind::{
        NotADirectory, NotFound, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
    };
    let message = "the backup could not be written";
    let advice = match error.kind() {
        StorageFull | QuotaExceeded => {
            "Free some space on the disk, or choose another place. The vault and earlier backups are unchanged."
        }
        PermissionDenied | ReadOnlyFilesystem => {
            "Check the permissions of the folder, or choose another place. The vault and earlier backups are unchanged."
        }
        NotFound | NotADirectory => "Choose a folder that exists, such as /media/stick.",
        _ => "Check the disk, or choose another place. The vault and earlier backups are unchanged.",
    };
    Failure::new(Other, message, advice)
}

pub(super) fn no_path() -> Failure {
    Failure::new(Other, "this is no place of a backup", "Enter the whole path of a folder, from the root on.")
}

pub(super) fn not_closed() -> Failure {
    Failure::new(
        Other,
        "something still uses the vault, so nothing was restored",
        "Unlock it and try again. The vault is as it was.",
    )
}

pub(super) fn open_already() -> Failure {
    Failure::new(Other, "the vault is open", "Restore a backup under Settings, Backups.")
}

/// The vault is not what was last seen here.
pub(crate) fn older(regress: Regress) -> Failure {
    let advice = match regress {
        Regress::Database | Regress::Header => {
            "If you put an older copy there yourself, open it as it is. Else somebody or a backup program did: what came after it is missing. Restore the newest backup instead."
        }
        Regress::Pages => {
            "Somebody changed the file, or put an older copy of it or of a part there. Restore the newest backup, or open it as it is if you know why."
        }
        Regress::Mark => {
            "The vault may be an older one. Restore the newest backup, or open it as it is if you know why."
        }
    };
    Failure::new(Older, regress.to_string(), advice)
}

/// The same of one that the recovery kit opened all the same: its words were used up before this could be asked.
pub(crate) fn opened_older(regress: Regress) -> Failure {
    let advice = "The recovery kit opened it all the same. If you did not put an older copy there yourself, restore the newest backup under Settings, Backups.";
    Failure::new(Older, regress.to_string(), advice)
}
