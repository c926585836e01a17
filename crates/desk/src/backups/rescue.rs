//! Restoring a backup at the lock screen: of a vault that does not open, or one that was made under an earlier key. There may be no
//! header left, so the password is tried on the vault's, and where that fails on the backup's own.

use std::sync::Arc;

use model::{
    Failure, Secret,
    backups::{BackupStage, BackupState, BackupView},
};
use vault::{BackupFolder, OpenVault, UnlockError, VaultFolder};

use super::{Backups, list, restore, wording};
use crate::{Desk, Host, entering::blocking, failures};

/// Backups that are tried before giving up: each takes a second.
const TRIED: usize = 5;

impl<H: Host> Desk<H> {
    /// The newest backup that this password opens and that is sound.
    pub(crate) async fn newest_sound(&self, password: Secret) -> Result<Option<BackupView>, Failure> {
        let password = Arc::new(password);
        let mut names = self.backups.names();
        // A name begins with its time.
        names.sort_by(|a, b| b.cmp(a));
        for name in names.into_iter().take(TRIED) {
            let backup = self.backups.at(&name)?;
            let _running = self.backups.run(BackupStage::Checking);
            let vault = match key_to(&self.folder, &backup, &password).await? {
                Ok(vault) => Arc::new(vault),
                Err(UnlockError::WrongPassword) => return Err(failures::unlock(&UnlockError::WrongPassword)),
                Err(_) => continue,
            };
            if let Ok(manifest) = restore::sound(&vault, &backup).await {
                let state = BackupState::Sound { verified_at: self.host.now() };
                return Ok(Some(list::view(name, &backup, Some(&manifest), state)));
            }
        }
        Ok(None)
    }

    /// Puts a backup in the place of a vault that nobody has open; what was there is kept beside it.
    pub(crate) async fn rescue(&self, password: Secret, place: &str) -> Result<(), Failure> {
        let _alone = self.backups.alone.lock().await;
        let _running = self.backups.run(BackupStage::Restoring);
        let backup = self.backups.at(place)?;
        // What is no backup is said so, rather than that no password opens it.
        backup.read().map_err(wording::backup)?;
        let opened = key_to(&self.folder, &backup, &Arc::new(password)).await?;
        let vault = Arc::new(opened.map_err(|error| failures::unlock(&error))?);
        restore::sound(&vault, &backup).await?;
        let mark = self.backups.stage(&vault, &backup, &self.act("backup.restore")).await?;
        let kept = format!("vault.damaged-{}", list::name(self.host.now(), mark.revision)?);
        self.backups.swap(vault, mark, Some(kept)).await
    }

    pub(crate) fn require_closed(&self) -> Result<(), Failure> {
        if self.gate().session.is_some() { Err(wording::open_already()) } else { Ok(()) }
    }
}

/// The vault's own header goes before the backup's: its password is the present one.
async fn key_to(
    folder: &VaultFolder,
    backup: &BackupFolder,
    password: &Arc<Secret>,
) -> Result<Result<OpenVault, UnlockError>, Failure> {
    let (folder, backup, password) = (folder.clone(), backup.clone(), Arc::clone(password));
    blocking(move || match OpenVault::unlock(&folder, &password) {
        Ok(vault) if vault.open_manifest(&backup).is_ok() => Ok(vault),
        // Of another key, or there is no header to open.
        Ok(_) | Err(UnlockError::Header(_) | UnlockError::WrongPassword) => {
            OpenVault::unlock_backup(&folder, &backup, &password)
        }
        Err(error) => Err(error),
    })
    .await
}

impl Backups {
    /// Whether there is anything to offer.
    pub(crate) fn has_any(&self) -> bool {
        !self.names().is_empty()
    }
}
