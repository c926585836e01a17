//! A keyring that does as a test tells it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use desk::Keyring;
use vault::{KeyringError, KeyringSecret};

/// A keyring in memory.
#[derive(Clone, Default)]
pub struct FakeKeyring(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    secrets: BTreeMap<String, Vec<u8>>,
    refuses: Option<KeyringError>,
}

impl FakeKeyring {
    /// Lets it refuse everything from now on, or nothing any more.
    pub fn refuse(&self, with: Option<KeyringError>) {
        self.0.lock().unwrap().refuses = with;
    }

    /// How many vaults it holds something for.
    pub fn len(&self) -> usize {
        self.0.lock().unwrap().secrets.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts what is in it under all its names in place of other secrets.
    pub fn garble(&self) {
        self.0.lock().unwrap().secrets.values_mut().for_each(|secret| secret[0] ^= 1);
    }

    fn willing(&self) -> Result<std::sync::MutexGuard<'_, Kept>, KeyringError> {
        let kept = self.0.lock().unwrap();
        kept.refuses.map_or(Ok(kept), Err)
    }
}

impl Keyring for FakeKeyring {
    fn put(&self, vault_id: &str, secret: &KeyringSecret) -> Result<(), KeyringError> {
        self.willing()?.secrets.insert(vault_id.to_owned(), secret.expose().to_vec());
        Ok(())
    }

    fn get(&self, vault_id: &str) -> Result<KeyringSecret, KeyringError> {
        let kept = self.willing()?;
        let secret = kept.secrets.get(vault_id).ok_or(KeyringError::Empty)?;
        KeyringSecret::from_bytes(secret).ok_or(KeyringError::Empty)
    }

    fn remove(&self, vault_id: &str) -> Result<(), KeyringError> {
        self.willing()?.secrets.remove(vault_id);
        Ok(())
    }
}
