//! A new vault key. The session ends for it, as with a lock, and begins anew with the new key: so nothing that was opened
//! or sealed with the old one is left anywhere. The page keeps its place, and its commands wait meanwhile.

use std::sync::Arc;

use model::{
    Failure, Secret,
    backups::BackupReason,
    command::RotateVaultKey,
    security::{Rotated, RotationStep},
    vault::{DeskEvent, LockReason},
};
use store::Store;
use tokio_util::sync::CancellationToken;
use vault::{KeyringSecret, OpenVault, Rotation, SealedKey};

use super::security::{is_wrong, security_view};
use crate::{
    Desk, Host,
    dispatch::Body,
    entering::{Entry, SECURITY, Seen, Since, blocking},
    failures,
    session::Session,
};

impl Body for RotateVaultKey {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Rotated, Failure> {
        let alone = desk.opening.lock().await;
        let session = desk.session()?;
        session.require_proof()?;
        let keyring = desk.keyrings_secret(&session).await?;
        let old = Arc::clone(&session.vault);
        let rotation = desk.prepare(&old, self.password, keyring).await?;
        let void = rotation.void();
        // Who restores a backup holds the backups and waits for this lock.
        drop(alone);
        desk.backups.make(&session, BackupReason::Rotation, None).await?;
        let _alone = desk.opening.lock().await;
        if !Arc::ptr_eq(&session, &desk.session()?) {
            return Err(failures::locked());
        }
        let turning = desk.turn();
        let new = desk.replace_key(session, &old, rotation).await;
        let (open, failure) = match new {
            Ok(new) => (Arc::new(new), None),
            Err(failure) => (old, Some(failure)),
        };
        let entered = desk.enter(open, Entry::Turned, Seen::default()).await;
        drop(turning);
        if let Err(shut) = entered {
            // Neither opens just now: the page has to ask for the password again, which says what is wrong.
            desk.host.emit(DeskEvent::VaultLocked { reason: LockReason::Asked });
            return Err(failure.unwrap_or(shut));
        }
        desk.password_was_typed().await;
        failure.map_or(Ok(()), Err)?;
        let session = desk.session()?;
        let act = desk.act("vault.key_rotated");
        let since: Since = session.store.setting(SECURITY).await.map_err(failures::store)?;
        let since = Since { key: Some(act.at), kit: None, ..since };
        session.store.set_setting(SECURITY, &since, &act).await.map_err(failures::store)?;
        Ok(Rotated { view: security_view(&session).await?, kit_void: void.kit, keyring_void: void.keyring })
    }
}

impl<H: Host> Desk<H> {
    /// What the keyring holds for this vault, if it opens it and answers; without it the keyring is void.
    async fn keyrings_secret(&self, session: &Session) -> Result<Option<KeyringSecret>, Failure> {
        if !session.vault.doors().keyring {
            return Ok(None);
        }
        let id = session.vault.vault_id().to_owned();
        Ok(self.ask_keyring(move |keyring| keyring.get(&id)).await?.ok())
    }

    async fn prepare(
        &self,
        old: &Arc<OpenVault>,
        password: Secret,
        keyring: Option<KeyringSecret>,
    ) -> Result<Rotation, Failure> {
        let (vault, cost) = (Arc::clone(old), self.cost_of_new());
        let cost = blocking(cost).await?.map_err(failures::create)?;
        let prepare = move || Rotation::prepare(&vault, &password, cost, keyring.as_ref());
        let rotation = self.attempt(prepare, is_wrong).await?.map_err(failures::opening::change)?;
        self.gate().attempts.proved();
        Ok(rotation)
    }

    /// Ends the session, copies its database under the new key, and changes over.
    async fn replace_key(
        &self,
        session: Arc<Session>,
        old: &OpenVault,
        rotation: Rotation,
    ) -> Result<OpenVault, Failure> {
        let step = |step| self.host.emit(DeskEvent::KeyRotates { step });
        step(RotationStep::Closing);
        self.gate().session = None;
        Session::end(session, self.act("vault.rotate_key"), None, CancellationToken::new()).await;
        let file = rotation.database().map_err(|error| failures::io(&error))?;
        let (from, to) = (old.database_key(), rotation.database_key());
        let acts = [old.audit_key(), rotation.audit_key()];
        let databases = [
            (&*old.database(), from.expose_hex(), acts[0].expose()),
            (&*file, to.expose_hex(), acts[1].expose()),
        ];
        let reseal = |record, field: &str, sealed| {
            rotation.reseal(record, field, &SealedKey(sealed)).ok().map(|sealed| sealed.0)
        };
        let on_step = |done| step(seen(done));
        let copied = Store::copy_under_new_key(databases, old.vault_id(), reseal, on_step).await;
        if let Err(error) = copied {
            tracing::error!(%error, "the vault key was not replaced");
            // What there is of the copy is of no use; it would go at the next unlock, too.
            let _ = rotation.database();
            return Err(failures::opening::rotate(error));
        }
        step(RotationStep::Switching);
        // It is under the old key, and would be taken for another vault's. The next one is written at once.
        self.backups.highwater.forget().map_err(|error| failures::io(&error))?;
        blocking(move || rotation.commit()).await?.map_err(failures::opening::change)
    }
}

fn seen(step: store::RotationStep) -> RotationStep {
    match step {
        store::RotationStep::Copying => RotationStep::Copying,
        store::RotationStep::Sealing => RotationStep::Sealing,
        store::RotationStep::Checking => RotationStep::Checking,
    }
}
