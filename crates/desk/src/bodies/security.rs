//! What opens an open vault: looking at it, another password, a recovery kit, the keyring.

use std::sync::Arc;

use model::{
    Failure, Timestamp,
    command::{ChangePassword, MakeRecoveryKit, SaveRecoveryKit, SetKeyring, ViewSecurity},
    security::{NewKit, SecurityView},
    statistics::Exported,
};
use vault::{ChangeError, KeyringError, KeyringSecret};

use crate::{
    Desk, Host,
    dispatch::Body,
    entering::{SECURITY, Since, blocking},
    export::{self, Content, kit},
    failures,
    session::Session,
};

impl Body for ViewSecurity {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<SecurityView, Failure> {
        security_view(&*desk.session()?).await
    }
}

impl Body for ChangePassword {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<SecurityView, Failure> {
        let _alone = desk.opening.lock().await;
        let session = desk.session()?;
        session.require_proof()?;
        let Self { old, new } = self;
        let vault = Arc::clone(&session.vault);
        let proved = desk.attempt(move || vault.prove_password(&old), is_wrong).await?;
        proved.map_err(failures::opening::change)?;
        desk.gate().attempts.proved();
        let (vault, actor, cost) = (Arc::clone(&session.vault), desk.actor.clone(), desk.cost_of_new());
        let change = move || {
            let cost = cost().map_err(failures::create)?;
            vault.set_password(&new, &actor, cost).map_err(failures::opening::change)
        };
        desk.with_entry(&session, "vault.change_password", |since, now| since.password = Some(now), change)
            .await?;
        security_view(&session).await
    }
}

impl Body for MakeRecoveryKit {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<NewKit, Failure> {
        let _alone = desk.opening.lock().await;
        let session = desk.session()?;
        session.require_proof()?;
        let vault = Arc::clone(&session.vault);
        let make = move || vault.make_kit().map_err(failures::opening::change);
        let note = |since: &mut Since, now| (since.kit, since.kit_checked) = (Some(now), None);
        let words = desk.with_entry(&session, "vault.make_kit", note, make).await?;
        Ok(NewKit {
            asked: desk.ask_for_words(&words)?,
            // The one time that they leave: the page shows them, and nobody keeps them.
            words: words.expose().to_owned(),
            vault_id: session.vault.vault_id().to_owned(),
            made_at: since(&session).await?.kit.unwrap_or(desk.host.now()),
        })
    }
}

impl Body for SaveRecoveryKit {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Exported, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        if !session.vault.is_kit(&self.words) {
            return Err(failures::opening::not_this_kit());
        }
        let made_at = since(&session).await?.kit.unwrap_or(desk.host.now());
        let bytes = kit::page(&self.words, session.vault.vault_id(), made_at).into_bytes();
        let stem = format!("signalbox-recovery-kit-{}", kit::day(made_at));
        let content = Content { stem, extension: "html", bytes, rows: None, cut: false };
        session.store.record(&desk.act("vault.save_kit")).await.map_err(failures::store)?;
        export::write(desk.downloads.clone(), content).await
    }
}

impl Body for SetKeyring {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<SecurityView, Failure> {
        let _alone = desk.opening.lock().await;
        let session = desk.session()?;
        session.require_proof()?;
        if self.on {
            desk.add_keyring(&session).await?
        } else {
            desk.remove_keyring(&session).await?
        }
        security_view(&session).await
    }
}

impl<H: Host> Desk<H> {
    /// First the keyring, which may refuse, then the slot: a slot whose secret nobody has would be of no use.
    async fn add_keyring(&self, session: &Arc<Session>) -> Result<(), Failure> {
        let secret = KeyringSecret::make().map_err(|error| failures::opening::change(error.into()))?;
        let id = session.vault.vault_id().to_owned();
        let put = move |keyring: &dyn crate::Keyring| {
            keyring.put(&id, &secret)?;
            // What it does not give back it did not keep.
            let kept = keyring.get(&id)?;
            if kept.expose() == secret.expose() { Ok(secret) } else { Err(KeyringError::Refused) }
        };
        let secret = self.ask_keyring(put).await?.map_err(failures::opening::keyring)?;
        let vault = Arc::clone(&session.vault);
        let add = move || vault.add_keyring(&secret).map_err(failures::opening::change);
        let last = session.store.mark().await.map_err(failures::store)?.revision;
        self.with_entry(session, "vault.add_keyring", |since, now| since.prove(now, last), add).await
    }

    /// First the slot, which is what counts, then what the keyring still holds.
    async fn remove_keyring(&self, session: &Arc<Session>) -> Result<(), Failure> {
        let vault = Arc::clone(&session.vault);
        let remove = move || vault.remove_keyring().map_err(failures::opening::change);
        self.with_entry(session, "vault.remove_keyring", |since, _| since.proved = None, remove).await?;
        let id = session.vault.vault_id().to_owned();
        if let Err(error) = self.ask_keyring(move |keyring| keyring.remove(&id)).await? {
            tracing::warn!(%error, "the keyring keeps a secret that opens nothing any more");
        }
        Ok(())
    }

    /// Changes the header, with its entry in the audit log written before: without the entry there is no act. Where the
    /// act fails, an entry says so, and what is known of it is as it was.
    pub(super) async fn with_entry<T: Send + 'static>(
        &self,
        session: &Session,
        action: &'static str,
        note: impl FnOnce(&mut Since, Timestamp),
        act: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let entry = self.act(action);
        let before = since(session).await?;
        let mut after = before;
        note(&mut after, entry.at);
        session.store.set_setting(SECURITY, &after, &entry).await.map_err(failures::store)?;
        let done = blocking(act).await.and_then(|done| done);
        if done.is_err() {
            let undone = self.act("vault.change_undone");
            session.store.set_setting(SECURITY, &before, &undone).await.map_err(failures::store)?;
        }
        done
    }
}

pub(super) fn is_wrong(error: &ChangeError) -> bool {
    matches!(error, ChangeError::WrongPassword)
}

async fn since(session: &Session) -> Result<Since, Failure> {
    session.store.setting(SECURITY).await.map_err(failures::store)
}

pub(super) async fn security_view(session: &Session) -> Result<SecurityView, Failure> {
    let since = since(session).await?;
    let doors = session.vault.doors();
    Ok(SecurityView {
        password_changed_at: since.password,
        has_kit: doors.kit,
        kit_made_at: since.kit.filter(|_| doors.kit),
        kit_checked: doors.kit && since.kit_checked.is_some(),
        keyring: doors.keyring,
        keyring_until: since.keyring_until().filter(|_| doors.keyring),
        key_number: session.vault.epoch(),
        key_changed_at: since.key,
    })
}
