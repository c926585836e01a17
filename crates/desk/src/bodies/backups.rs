//! Backups: looking at them, making, verifying and restoring them; the last also for a vault that does not open.

use std::path::PathBuf;

use model::{
    Failure, FailureCode,
    backups::{BackupReason, BackupView, BackupsView, RestorePreview},
    command::{
        ListBackups, ListBackupsAtUnlock, MakeBackup, OfferBackup, PreviewRestore, RestoreAtUnlock,
        RestoreBackup, VerifyBackup,
    },
    vault::{AppView, LockReason},
};

use crate::{Desk, Host, dispatch::Body, failures};

impl Body for ListBackups {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BackupsView, Failure> {
        Ok(desk.backups.view(&desk.session()?.vault))
    }
}

impl Body for MakeBackup {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BackupsView, Failure> {
        let session = desk.session()?;
        let folder = self.folder.map(|folder| absolute(&folder)).transpose()?;
        desk.backups.make(&session, BackupReason::Manual, folder).await?;
        session.store.record(&desk.act("backup.make")).await.map_err(failures::store)?;
        Ok(desk.backups.view(&session.vault))
    }
}

impl Body for VerifyBackup {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BackupsView, Failure> {
        desk.backups.verify(&*desk.session()?, &self.place).await
    }
}

impl Body for PreviewRestore {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<RestorePreview, Failure> {
        desk.backups.preview(&*desk.session()?, &self.place).await
    }
}

impl Body for RestoreBackup {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<AppView, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        desk.restore(session, &self.place).await?;
        Ok(desk.view())
    }
}

impl Body for OfferBackup {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Option<BackupView>, Failure> {
        let _alone = desk.opening.lock().await;
        desk.require_closed()?;
        if !desk.backups.has_any() {
            return Ok(None);
        }
        desk.attempt_of(desk.newest_sound(self.password)).await
    }
}

impl Body for RestoreAtUnlock {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<AppView, Failure> {
        let _alone = desk.hurry_to_open().await;
        desk.require_closed()?;
        desk.attempt_of(desk.rescue(self.password, &self.place)).await?;
        desk.gate().lock_reason = Some(LockReason::Restored);
        Ok(desk.view())
    }
}

impl Body for ListBackupsAtUnlock {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Vec<BackupView>, Failure> {
        let _alone = desk.opening.lock().await;
        desk.require_closed()?;
        Ok(desk.backups.views_at_rest())
    }
}

fn absolute(folder: &str) -> Result<PathBuf, Failure> {
    let path = PathBuf::from(folder.trim());
    if path.is_absolute() {
        return Ok(path);
    }
    Err(Failure::new(
        FailureCode::Other,
        "this is no whole path",
        "Enter the whole path of a folder, from the root on.",
    ))
}
