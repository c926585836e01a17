//! Restoring a backup of an open vault: what it would change, and doing it. The backup is staged and checked first, the
//! vault as it is goes into a backup of its own, then it is locked, and the staged files take its place.

use std::{fs, path::Path, sync::Arc};

use model::{
    Failure,
    backups::{BackupReason, BackupStage, BackupState, BackupsView, RestorePreview},
    vault::LockReason,
};
use store::{Act, Store};
use vault::{BackupError, BackupFolder, Manifest, OpenVault, digest_of_pages};

use super::{Backups, list, make, tend::IntoMark as _, wording};
use crate::{Desk, Host, entering::blocking, failures, session::Session};

impl Backups {
    /// Opens a backup and reads it whole, and notes what came of it.
    pub(crate) async fn verify(&self, session: &Session, place: &str) -> Result<BackupsView, Failure> {
        let _alone = self.wait(session).await?;
        let backup = self.at(place)?;
        let _running = self.run(BackupStage::Checking);
        let verified = session.until_closed(sound(&session.vault, &backup)).await;
        let now = session.host.now();
        match &verified {
            Ok(_) => self.note(|noted| {
                noted.damaged.retain(|one| one != place);
                noted.verified.insert(place.to_owned(), now);
            }),
            Err(failure) if failure.message == BackupError::Damaged.to_string() => self.note(|noted| {
                noted.verified.remove(place);
                if !noted.damaged.iter().any(|one| one == place) {
                    noted.damaged.push(place.to_owned());
                }
            }),
            Err(_) => {}
        }
        verified?;
        Ok(self.view(&session.vault))
    }

    /// What a restore would change.
    pub(crate) async fn preview(&self, session: &Session, place: &str) -> Result<RestorePreview, Failure> {
        let _alone = self.wait(session).await?;
        let _running = self.run(BackupStage::Checking);
        let backup = self.at(place)?;
        let manifest = session.until_closed(sound(&session.vault, &backup)).await?;
        let then = self.open_to_look(session, &backup).await?;
        let compared = async {
            let changes = session.store.changes_to(&then).await?;
            Ok((changes, session.store.logged_calls().await?, then.logged_calls().await?))
        };
        let compared = compared.await;
        then.close().await;
        let _ = fs::remove_dir_all(self.looking());
        let (changes, calls_now, calls_then) = compared.map_err(failures::store)?;
        let state = BackupState::Sound { verified_at: session.host.now() };
        let backup = list::view(place.to_owned(), &backup, Some(&manifest), state);
        Ok(RestorePreview { backup, changes, calls_now, calls_then })
    }

    /// A backup of an older form is copied and migrated, for it to be read.
    async fn open_to_look(&self, session: &Session, backup: &BackupFolder) -> Result<Store, Failure> {
        let vault = &session.vault;
        let (key, id, acts) = (vault.database_key(), vault.vault_id(), vault.audit_key());
        let opened = Store::open_copy(&backup.database(), key.expose_hex(), id, acts.expose()).await;
        if let Some(store) = opened.map_err(wording::damaged_copy)? {
            return Ok(store);
        }
        let looking = BackupFolder::new(self.looking());
        let (from, to) = (backup.database(), looking.database());
        let copied = blocking(move || looking.prepare().and_then(|()| fs::copy(from, to))).await?;
        copied.map_err(|error| wording::write(&error))?;
        let copy = BackupFolder::new(self.looking()).database();
        Store::open(&copy, key.expose_hex(), id, acts.expose()).await.map_err(wording::damaged_copy)
    }

    fn looking(&self) -> std::path::PathBuf {
        self.folder.backups().join("looking")
    }

    /// Lays out the files that will take the vault's place, with the entry that says so, and reads them whole.
    pub(super) async fn stage(
        &self,
        vault: &Arc<OpenVault>,
        backup: &BackupFolder,
        act: &Act,
    ) -> Result<vault::Mark, Failure> {
        let staged = {
            let (vault, backup) = (Arc::clone(vault), backup.clone());
            blocking(move || vault.stage_backup(&backup)).await?.map_err(|error| wording::write(&error))?
        };
        let mark = finish_staged(vault, &staged, act).await;
        if mark.is_err() {
            self.forget_staged();
        }
        mark
    }

    pub(super) fn forget_staged(&self) {
        if let Err(error) = self.folder.forget_restoring() {
            tracing::warn!(%error, "what was to be restored could not be removed; the next start does");
        }
    }
}

/// Its seal, its files and both checks of its database.
pub(super) async fn sound(vault: &Arc<OpenVault>, backup: &BackupFolder) -> Result<Manifest, Failure> {
    let (opened, files) = (Arc::clone(vault), backup.clone());
    let manifest = blocking(move || {
        let manifest = opened.open_manifest(&files)?;
        files.compare_files(&manifest).map(|()| manifest)
    });
    let manifest = manifest.await?.map_err(wording::backup)?;
    let mark = make::check(vault, &backup.database()).await.map_err(wording::damaged_copy)?;
    if mark.revision == manifest.revision { Ok(manifest) } else { Err(wording::backup(BackupError::Damaged)) }
}

async fn finish_staged(vault: &Arc<OpenVault>, database: &Path, act: &Act) -> Result<vault::Mark, Failure> {
    let key = vault.database_key();
    // It may be of an older form; the backup itself stays as it is.
    let store = Store::open(database, key.expose_hex(), vault.vault_id(), vault.audit_key().expose()).await;
    let store = store.map_err(wording::damaged_copy)?;
    let written = store.record(act).await;
    store.close().await;
    written.map_err(failures::store)?;
    let mark = make::check(vault, database).await.map_err(wording::damaged_copy)?;
    Ok(mark.into_mark())
}

impl<H: Host> Desk<H> {
    /// Puts a backup in the open vault's place, and locks.
    pub(crate) async fn restore(&self, session: Arc<Session>, place: &str) -> Result<(), Failure> {
        let _alone = self.backups.alone.lock().await;
        let running = self.backups.run(BackupStage::Restoring);
        let (vault, backup) = (Arc::clone(&session.vault), self.backups.at(place)?);
        session.until_closed(sound(&vault, &backup)).await?;
        let mark = self.backups.stage(&vault, &backup, &self.act("backup.restore")).await?;
        let kept = self.backups.make_alone(&session, BackupReason::Restore, None).await;
        if let Err(failure) = kept {
            self.backups.forget_staged();
            return Err(failure);
        }
        running.tell(BackupStage::Restoring, 0, 0);
        // Locking waits until nobody else holds it.
        drop(session);
        let opening = self.hurry_to_open().await;
        if !self.lock_alone(LockReason::Restored, &opening).await {
            self.backups.forget_staged();
            return Err(wording::not_closed());
        }
        self.backups.swap(vault, mark, None).await
    }
}

impl Backups {
    /// The staged files take the vault's place, which nobody has open.
    pub(super) async fn swap(
        &self,
        vault: Arc<OpenVault>,
        mark: vault::Mark,
        kept: Option<String>,
    ) -> Result<(), Failure> {
        let (folder, highwater) = (self.folder.clone(), self.highwater.clone());
        let swapped = blocking(move || {
            // Killed in between, what is in place is older than the note would say: there is none then.
            highwater.forget()?;
            folder.commit_restoring(kept.as_deref())?;
            // A person asked for the older state, so it is the one to be expected now.
            highwater.write(&vault, &mark, digest_of_pages(&vault.database()))
        });
        swapped.await?.map_err(|error| failures::io(&error))
    }
}
