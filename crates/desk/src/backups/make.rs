//! Making a backup: copied while the vault is in use, opened and read whole, sealed, and only then given its name. An
//! older one goes after that.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use model::{
    Failure, Timestamp,
    backups::{BackupReason, BackupStage},
};
use store::{Mark, OpenError, Store};
use tokio::sync::MutexGuard;
use vault::{BackupFolder, Copied, Manifest, OpenVault};

use super::{Backups, keep, list, wording};
use crate::{entering::blocking, failures, session::Session};

/// The name of a backup that is not finished. One that was interrupted is removed by the next.
const MAKING: &str = "making";

impl Backups {
    /// Makes a backup of an open vault in the backups' own folder or another one.
    ///
    /// # Errors
    /// What to tell a person. The vault and earlier backups are as they were.
    pub(crate) async fn make(
        &self,
        session: &Session,
        reason: BackupReason,
        folder: Option<PathBuf>,
    ) -> Result<Manifest, Failure> {
        let _alone = self.wait(session).await?;
        self.make_alone(session, reason, folder).await
    }

    pub(super) async fn make_alone(
        &self,
        session: &Session,
        reason: BackupReason,
        folder: Option<PathBuf>,
    ) -> Result<Manifest, Failure> {
        let making = self.prepare(folder.as_deref()).await?;
        let made = self.copy_and_seal(session, reason, &making).await;
        let Ok(manifest) = made else {
            forget(&making).await;
            return made;
        };
        let place = free_place(&making, &manifest)?;
        let moved = blocking(move || making.rename(&place)).await?;
        moved.map_err(|error| wording::write(&error))?;
        if folder.is_none() {
            self.drop_older(&session.vault);
        }
        tracing::info!(?reason, bytes = manifest.database_bytes, "a backup was made");
        Ok(manifest)
    }

    /// The same for a vault whose database nobody has open.
    ///
    /// # Errors
    /// What to tell a person.
    pub(crate) async fn make_at_rest(
        &self,
        vault: &Arc<OpenVault>,
        reason: BackupReason,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let _alone = self.alone.lock().await;
        let running = self.run(BackupStage::Copying);
        let making = self.prepare(None).await?;
        let (from, to) = (vault.database(), making.database());
        let copied = blocking(move || {
            fs::copy(from, &to)?;
            fs::File::options().write(true).open(to)?.sync_all()
        });
        let sealed = async {
            copied.await?.map_err(|error| wording::write(&error))?;
            running.tell(BackupStage::Checking, 0, 0);
            let mark = check(vault, &making.database()).await.map_err(failures::open)?;
            seal(vault, &making, reason, now, now, mark).await
        };
        let sealed = sealed.await;
        let Ok(manifest) = sealed else {
            forget(&making).await;
            return sealed.map(drop);
        };
        let place = free_place(&making, &manifest)?;
        blocking(move || making.rename(&place)).await?.map_err(|error| wording::write(&error))?;
        self.drop_older(vault);
        Ok(())
    }

    /// Reads the whole database of an open vault by way of a copy, since the checks would keep everybody waiting.
    ///
    /// # Errors
    /// When it is damaged, or no copy can be made.
    pub(super) async fn check_live(&self, session: &Session) -> Result<(), Failure> {
        let _alone = self.wait(session).await?;
        let making = self.prepare(None).await?;
        let checked = self.copy_and_check(session, &making).await;
        forget(&making).await;
        checked.map(|_| {
            let now = session.host.now();
            self.note(|noted| noted.checked_at = Some(now));
        })
    }

    /// Waits for its turn, unless the vault closes: who closes it waits for whoever waits here.
    pub(super) async fn wait(&self, session: &Session) -> Result<MutexGuard<'_, ()>, Failure> {
        session.until_closed(async { Ok(self.alone.lock().await) }).await
    }

    async fn prepare(&self, folder: Option<&Path>) -> Result<BackupFolder, Failure> {
        let own = self.folder.backups();
        let (within, is_own) = folder.map_or((own.as_path(), true), |folder| (folder, false));
        if !is_own && !within.is_dir() {
            return Err(wording::write(&io::Error::from(io::ErrorKind::NotFound)));
        }
        let making = BackupFolder::new(within.join(if is_own { MAKING } else { "signalbox-backup-making" }));
        let prepared = making.clone();
        blocking(move || prepared.prepare()).await?.map_err(|error| wording::write(&error))?;
        Ok(making)
    }

    async fn copy_and_check(&self, session: &Session, making: &BackupFolder) -> Result<Mark, Failure> {
        let running = self.run(BackupStage::Copying);
        let go_on = |done, of| {
            running.tell(BackupStage::Copying, done, of);
            !session.closing.is_cancelled()
        };
        let database = making.database();
        let mark = session.store.copy_to(&database, go_on).await.map_err(wording::copy)?;
        running.tell(BackupStage::Checking, 0, 0);
        let check = async { Ok(check(&session.vault, &database).await) };
        match session.until_closed(check).await? {
            Ok(seen) if seen == mark => Ok(mark),
            Ok(_) | Err(OpenError::Damaged | OpenError::OtherVault) => Err(wording::live_damage()),
            Err(error) => Err(failures::open(error)),
        }
    }

    async fn copy_and_seal(
        &self,
        session: &Session,
        reason: BackupReason,
        making: &BackupFolder,
    ) -> Result<Manifest, Failure> {
        let made_at = session.host.now();
        let mark = self.copy_and_check(session, making).await?;
        let seal = seal(&session.vault, making, reason, made_at, session.host.now(), mark);
        session.until_closed(seal).await
    }

    /// Only after a newer one was verified.
    fn drop_older(&self, vault: &OpenVault) {
        let views = self.views(vault);
        let kept: Vec<_> = views
            .iter()
            .filter(|one| one.state != model::backups::BackupState::Damaged)
            .map(|one| (one.place.clone(), one.made_at))
            .collect();
        for name in keep::to_drop(&kept) {
            let Ok(backup) = self.at(&name) else { continue };
            if let Err(error) = backup.remove() {
                tracing::warn!(%error, "an old backup could not be removed");
            }
        }
    }
}

/// Both full checks of a copy, and how far it has come.
pub(super) async fn check(vault: &OpenVault, database: &Path) -> Result<Mark, OpenError> {
    let key = vault.database_key();
    Store::check_copy(database, key.expose_hex(), vault.vault_id()).await
}

async fn seal(
    vault: &Arc<OpenVault>,
    making: &BackupFolder,
    reason: BackupReason,
    made_at: Timestamp,
    verified_at: Timestamp,
    mark: Mark,
) -> Result<Manifest, Failure> {
    let (vault, making) = (Arc::clone(vault), making.clone());
    let copied = Copied { made_at, reason, revision: mark.revision, head: mark.head, verified_at };
    let sealed = blocking(move || vault.seal_backup(&making, copied)).await?;
    sealed.map_err(|error| wording::write(&error))
}

/// Two histories of one vault can come to one revision in one second.
fn free_place(making: &BackupFolder, manifest: &Manifest) -> Result<PathBuf, Failure> {
    let mut at = manifest.made_at;
    loop {
        let place = making.path().with_file_name(list::name(at, manifest.revision)?);
        if !place.exists() {
            return Ok(place);
        }
        at.0 += 1_000;
    }
}

async fn forget(making: &BackupFolder) {
    let path = making.path().to_owned();
    let removed = blocking(move || fs::remove_dir_all(path)).await;
    if !matches!(removed, Ok(Ok(()))) {
        tracing::warn!("an unfinished backup could not be removed; the next one does");
    }
}
