//! The operating system's keyring: Secret Service, Keychain, Credential Manager. It holds 32 random bytes for a vault,
//! which open one slot.
//!
//! A keyring may never answer: a locked collection waits for a person, and has hung an application for 150 seconds. So
//! every call has a thread of its own and three seconds. While an earlier call still hangs, the next is not even made.
//! Each call opens a connection of its own, so that a service that was absent or stuck is found when it is back.

use std::{
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use keyring_core::{Entry, Error, api::CredentialStoreApi};
use zeroize::{Zeroize, Zeroizing};

use crate::random::{RandomError, make_bytes};

/// How long a keyring may take to answer.
pub const KEYRING_PATIENCE: Duration = Duration::from_secs(3);
const SERVICE: &str = "signalbox";

/// What the keyring holds for one vault: 32 random bytes.
pub struct KeyringSecret(Zeroizing<[u8; 32]>);

impl KeyringSecret {
    /// A new one.
    ///
    /// # Errors
    /// When the operating system gives no random numbers.
    pub fn make() -> Result<Self, RandomError> {
        make_bytes().map(Self)
    }

    /// What a keyring gave; `None` when it is no secret of ours.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut secret = Zeroizing::new([0; 32]);
        (bytes.len() == secret.len()).then(|| secret.copy_from_slice(bytes))?;
        Some(Self(secret))
    }

    /// The bytes, on their way into a keyring.
    pub fn expose(&self) -> &[u8] {
        self.0.as_slice()
    }
}

/// Why a keyring did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// No answer within three seconds; most often it waits for its own password.
    #[error("the system keyring does not answer")]
    Silent,
    /// It is there, and locked.
    #[error("the system keyring is locked")]
    Locked,
    /// This computer, or this session of it, has none.
    #[error("there is no system keyring")]
    Absent,
    /// It holds nothing for this vault.
    #[error("the system keyring holds nothing for this vault")]
    Empty,
    /// Anything else.
    #[error("the system keyring refused")]
    Refused,
}

/// The keyring of whoever runs this program.
#[derive(Clone, Default)]
pub struct SystemKeyring {
    /// Cloned into the thread of each call: more than one share means that a call still hangs.
    busy: Arc<()>,
}

impl SystemKeyring {
    /// Puts a vault's secret into it, over an older one.
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub fn put(&self, vault_id: &str, secret: &KeyringSecret) -> Result<(), KeyringError> {
        let bytes = Zeroizing::new(secret.expose().to_vec());
        self.call(vault_id, move |entry| entry.set_secret(&bytes))
    }

    /// Reads a vault's secret.
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub fn get(&self, vault_id: &str) -> Result<KeyringSecret, KeyringError> {
        let bytes = Zeroizing::new(self.call(vault_id, Entry::get_secret)?);
        KeyringSecret::from_bytes(&bytes).ok_or(KeyringError::Empty)
    }

    /// Removes a vault's secret. That there is none is no failure.
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub fn remove(&self, vault_id: &str) -> Result<(), KeyringError> {
        match self.call(vault_id, Entry::delete_credential) {
            Err(KeyringError::Empty) => Ok(()),
            done => done,
        }
    }

    fn call<T: Send + 'static>(
        &self,
        vault_id: &str,
        act: impl FnOnce(&Entry) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, KeyringError> {
        if Arc::strong_count(&self.busy) > 1 {
            return Err(KeyringError::Silent);
        }
        let (busy, user) = (Arc::clone(&self.busy), vault_id.to_owned());
        let (answer, answered) = mpsc::channel();
        let thread = thread::Builder::new().name("keyring".to_owned()).spawn(move || {
            let result = entry(&user).and_then(|entry| act(&entry)).map_err(of_keyring);
            drop(busy);
            // Nobody may wait any more.
            let _ = answer.send(result);
        });
        thread.map_err(|_| KeyringError::Refused)?;
        match answered.recv_timeout(KEYRING_PATIENCE) {
            Ok(result) => result,
            Err(mpsc::RecvTimeoutError::Timeout) => Err(KeyringError::Silent),
            // The thread ended without an answer: the library panicked.
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(KeyringError::Refused),
        }
    }
}

fn entry(user: &str) -> Result<Entry, Error> {
    #[cfg(target_os = "macos")]
    let store = apple_native_keyring_store::keychain::Store::new()?;
    #[cfg(windows)]
    let store = windows_native_keyring_store::Store::new()?;
    #[cfg(all(unix, not(target_os = "macos")))]
    let store = zbus_secret_service_keyring_store::Store::new().map_err(absent)?;
    store.build(SERVICE, user, None)
}

/// Without a bus or a service on it there is nothing to connect to, which the store calls a failure of the platform.
#[cfg(all(unix, not(target_os = "macos")))]
fn absent(_error: Error) -> Error {
    Error::NoDefaultStore
}

/// The library's texts may quote what it was given: they go nowhere.
fn of_keyring(error: Error) -> KeyringError {
    match error {
        Error::NoEntry => KeyringError::Empty,
        Error::NoStorageAccess(_) => KeyringError::Locked,
        Error::NoDefaultStore => KeyringError::Absent,
        Error::BadEncoding(mut bytes) | Error::BadDataFormat(mut bytes, _) => {
            bytes.zeroize();
            KeyringError::Empty
        }
        _ => KeyringError::Refused,
    }
}
