//! Backups and the ways back.

use crate::Secret;

request! {
    /// The backups that there are, and what is being done about them.
    ListBackups {}
}
request! {
    /// Make a backup now.
    MakeBackup {
        /// A folder of the person's, as an absolute path; `None` is the backups' own.
        folder: Option<String>,
    }
}
request! {
    /// Open a backup and read it whole.
    VerifyBackup {
        /// [`BackupView::place`](crate::backups::BackupView::place).
        place: String,
    }
}
request! {
    /// What [`RestoreBackup`] would change. Nothing is changed.
    PreviewRestore {
        /// [`BackupView::place`](crate::backups::BackupView::place), or the path of a backup elsewhere.
        place: String,
    }
}
request! {
    /// Put a backup's database in place of the vault's. A backup is made before, and the vault is locked after.
    RestoreBackup {
        /// [`BackupView::place`](crate::backups::BackupView::place), or the path of a backup elsewhere.
        place: String,
    }
}
request! {
    /// The newest backup that this password opens and that is sound, for a vault that is damaged. Allowed while locked.
    OfferBackup {
        /// The master password.
        password: Secret,
    }
}
request! {
    /// Put a backup in the place of the vault, whether that opens or not. What was there is kept beside it. Allowed while locked.
    RestoreAtUnlock {
        /// The master password that the backup opens with.
        password: Secret,
        /// [`BackupView::place`](crate::backups::BackupView::place), or the path of a backup elsewhere.
        place: String,
    }
}
request! {
    /// The backups in their own folder, as each tells of itself: without a key no seal can be checked. Allowed while locked.
    ListBackupsAtUnlock {}
}
request! {
    /// Switch the backups that are made without being asked for on or off. The check of the database goes on.
    SetAutomaticBackups {
        /// Make one a day when something changed.
        on: bool,
    }
}
