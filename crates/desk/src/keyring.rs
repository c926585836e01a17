//! The system keyring as the desk uses it: a wall, so that tests have one that does as it is told.

use std::sync::Arc;

use model::Failure;
use vault::{KeyringError, KeyringSecret, SystemKeyring};

use crate::{Desk, Host, failures};

/// Holds one secret for each vault. Every call ends within seconds, whatever the keyring does.
pub trait Keyring: Send + Sync + 'static {
    /// Puts a vault's secret into it, over an older one.
    ///
    /// # Errors
    /// See [`KeyringError`].
    fn put(&self, vault_id: &str, secret: &KeyringSecret) -> Result<(), KeyringError>;

    /// Reads a vault's secret.
    ///
    /// # Errors
    /// See [`KeyringError`].
    fn get(&self, vault_id: &str) -> Result<KeyringSecret, KeyringError>;

    /// Removes a vault's secret; that there is none is no failure.
    ///
    /// # Errors
    /// See [`KeyringError`].
    fn remove(&self, vault_id: &str) -> Result<(), KeyringError>;
}

impl Keyring for SystemKeyring {
    fn put(&self, vault_id: &str, secret: &KeyringSecret) -> Result<(), KeyringError> {
        self.put(vault_id, secret)
    }

    fn get(&self, vault_id: &str) -> Result<KeyringSecret, KeyringError> {
        self.get(vault_id)
    }

    fn remove(&self, vault_id: &str) -> Result<(), KeyringError> {
        self.remove(vault_id)
    }
}

impl<H: Host> Desk<H> {
    /// Asks the keyring, off the threads that serve others.
    pub(crate) async fn ask_keyring<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&dyn Keyring) -> Result<T, KeyringError> + Send + 'static,
    ) -> Result<Result<T, KeyringError>, Failure> {
        let keyring = Arc::clone(&self.options.keyring);
        let asked = tokio::task::spawn_blocking(move || ask(keyring.as_ref()));
        asked.await.map_err(|_| failures::broken_off())
    }
}
