//! Opening a vault without its password: with the recovery kit, which is void from then on, or with the keyring.

use std::sync::Arc;

use model::{
    Failure,
    command::{Opened, RecoverVault, UnlockWithKeyring},
    remembered::Remembered,
    security::{NewKit, Recovered},
};
use vault::OpenVault;

use crate::{
    Desk, Host,
    dispatch::Body,
    entering::{Entry, Seen},
    failures,
};

impl Body for RecoverVault {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Recovered, Failure> {
        desk.hurry();
        let _alone = desk.opening.lock().await;
        if desk.session().is_ok() {
            return Err(failures::opening::is_open());
        }
        let (folder, actor, cost) = (desk.folder.clone(), desk.actor.clone(), desk.cost_of_new());
        let recover = move || {
            let cost = cost().map_err(failures::create)?;
            OpenVault::recover(&folder, &self.words, &self.password, &actor, cost)
                .map_err(failures::opening::recover)
        };
        let is_wrong = |failure: &Failure| failure.code == model::FailureCode::WrongPassword;
        let (open, words) = desk.attempt(recover, is_wrong).await??;
        let open = Arc::new(open);
        let made_at = desk.host.now();
        let vault_id = open.vault_id().to_owned();
        // The new password and the new kit are in force, so a database that does not open must not cost a person the words.
        // They are in force already: an older vault is opened with them, its log says so, and so does the window.
        let seen = Seen { pages: None, accept_older: true };
        let entered = desk.enter(open, Entry::Kit, seen).await;
        let opened = match entered {
            Ok(opened) => {
                desk.password_was_typed().await;
                opened
            }
            Err(failure) => {
                tracing::error!(reason = failure.message, "a recovered vault did not open");
                // The words were right: nobody waits for what is wrong with the files.
                desk.gate().attempts.proved();
                Opened { view: desk.view(), list: None, remembered: Remembered::default() }
            }
        };
        let asked = desk.ask_for_words(&words)?;
        let kit = NewKit { words: words.expose().to_owned(), vault_id, made_at, asked };
        Ok(Recovered { opened, kit })
    }
}

impl Body for UnlockWithKeyring {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Opened, Failure> {
        desk.hurry();
        let _alone = desk.opening.lock().await;
        if desk.session().is_ok() {
            return Ok(desk.opened().await);
        }
        let id = desk.folder.vault_id().filter(|_| desk.folder.doors().keyring);
        let id = id.ok_or_else(failures::opening::keyring_is_off)?;
        let secret = desk.ask_keyring(move |keyring| keyring.get(&id)).await?;
        let secret = secret.map_err(failures::opening::keyring)?;
        let open = OpenVault::unlock_with_keyring(&desk.folder, &secret);
        let open = open.map_err(|error| failures::opening::by_keyring(&error))?;
        let seen = Seen { pages: desk.digest().await, accept_older: false };
        desk.enter(Arc::new(open), Entry::Keyring, seen).await
    }
}
