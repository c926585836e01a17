//! What opens a server's database: 32 random bytes from a file or from a credential of the system's service manager, in place
//! of a password. Everything else hangs on them exactly as on a vault's key, by the same derivations.
//!
//! The identity that salts them is derived as well, so that the root key alone brings everything back.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    path::Path,
};

use ed25519_dalek::SigningKey;
use model::Secret;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    AuditKey, DatabaseKey, FieldError, SealedKey, TotpSecret,
    field::{self, KeyField},
    keys::{VaultId, VaultKey, derive},
    random::{RandomError, make_bytes},
};

/// PKCS #8 of an Ed25519 key (RFC 8410, section 7) is its seed behind these bytes.
const PKCS8_HEAD: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// Why there is no root key.
#[derive(Debug, thiserror::Error)]
pub enum RootKeyError {
    /// Anyone else on this computer may read it.
    #[error("the root key's file can be read by others")]
    Open,
    /// It is not 32 bytes long.
    #[error("the root key's file does not hold 32 bytes")]
    Length,
    /// A file is where the new one was to be.
    #[error("there is a root key already")]
    Exists,
    /// It cannot be read or written.
    #[error("the root key's file cannot be used")]
    Io(#[source] io::Error),
    /// No random numbers.
    #[error(transparent)]
    Random(#[from] RandomError),
}

/// A server's root key.
pub struct RootKey {
    key: VaultKey,
    id: VaultId,
    id_text: String,
}

/// The key pair that signs a server's access tokens.
pub struct TokenKeys {
    /// PKCS #8, DER.
    pub private: Zeroizing<Vec<u8>>,
    /// 32 bytes.
    pub public: [u8; 32],
}

impl RootKey {
    /// Makes a new one in a file that nobody else may read. A file that is there is left alone.
    ///
    /// # Errors
    /// See [`RootKeyError`].
    pub fn make(file: &Path) -> Result<Self, RootKeyError> {
        let bytes = make_bytes()?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut opened = options.open(file).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => RootKeyError::Exists,
            _ => RootKeyError::Io(error),
        })?;
        opened.write_all(bytes.as_slice()).and_then(|()| opened.sync_all()).map_err(RootKeyError::Io)?;
        Ok(Self::of(bytes))
    }

    /// Reads a file that its owner alone may read.
    ///
    /// # Errors
    /// See [`RootKeyError`].
    pub fn read_file(file: &Path) -> Result<Self, RootKeyError> {
        let opened = File::open(file).map_err(RootKeyError::Io)?;
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(
                &opened.metadata().map_err(RootKeyError::Io)?.permissions(),
            );
            if mode & 0o077 != 0 {
                return Err(RootKeyError::Open);
            }
        }
        Self::read(opened)
    }

    /// Reads a credential of the system's service manager, which guards its folder itself.
    ///
    /// # Errors
    /// See [`RootKeyError`].
    pub fn read_credential(file: &Path) -> Result<Self, RootKeyError> {
        Self::read(File::open(file).map_err(RootKeyError::Io)?)
    }

    fn read(file: File) -> Result<Self, RootKeyError> {
        // One byte more than there may be shows that there are more.
        let mut bytes = Zeroizing::new(Vec::with_capacity(33));
        file.take(33).read_to_end(&mut bytes).map_err(RootKeyError::Io)?;
        let exact: [u8; 32] = bytes.as_slice().try_into().map_err(|_| RootKeyError::Length)?;
        Ok(Self::of(Zeroizing::new(exact)))
    }

    fn of(bytes: Zeroizing<[u8; 32]>) -> Self {
        let mut id = VaultId::default();
        id.copy_from_slice(&derive(bytes.as_slice(), &[0; 16], "server-id/v1")[..16]);
        Self { key: VaultKey::from_bytes(bytes), id, id_text: hex::encode(id) }
    }

    /// The server's identity, 32 hex digits. It tells nothing of the key.
    pub fn server_id(&self) -> &str {
        &self.id_text
    }

    /// The database's key.
    pub fn database_key(&self) -> DatabaseKey {
        self.key.derive_database_key(&self.id)
    }

    /// The key of the log of acts.
    pub fn audit_key(&self) -> AuditKey {
        self.key.derive_audit_key(&self.id)
    }

    /// What signs access tokens.
    pub fn token_keys(&self) -> TokenKeys {
        let seed = self.key.derive(&self.id, "access-token/v1");
        let mut private = Zeroizing::new(PKCS8_HEAD.to_vec());
        private.extend_from_slice(seed.as_slice());
        TokenKeys { private, public: SigningKey::from_bytes(&seed).verifying_key().to_bytes() }
    }

    /// Of what opens bundles that were made for this server: 32 bytes, the private key of X25519.
    pub fn bundle_identity(&self) -> Zeroizing<[u8; 32]> {
        let mut bytes = Zeroizing::new([0; 32]);
        bytes.copy_from_slice(self.key.derive(&self.id, "bundle-identity/v1").as_slice());
        bytes
    }

    /// Seals an API key for one record and the base URL that it may be sent to.
    pub fn seal_key(&self, record: Uuid, base_url: &str, key: &Secret) -> SealedKey {
        field::seal_key(&self.key, &self.id, (record, KeyField::InForce), base_url, key)
    }

    /// Opens a sealed API key. Do this at the moment of its use.
    ///
    /// # Errors
    /// See [`FieldError`].
    pub fn open_key(&self, record: Uuid, base_url: &str, sealed: &SealedKey) -> Result<Secret, FieldError> {
        field::open_key(&self.key, &self.id, (record, KeyField::InForce), base_url, sealed)
    }

    /// Seals the secret of a user's second factor.
    pub fn seal_totp(&self, user: Uuid, secret: &TotpSecret) -> SealedKey {
        field::seal_totp_of(&self.key, &self.id, user, secret)
    }

    /// Opens the secret of a user's second factor.
    ///
    /// # Errors
    /// See [`FieldError`].
    pub fn open_totp(&self, user: Uuid, sealed: &SealedKey) -> Result<TotpSecret, FieldError> {
        field::open_totp_of(&self.key, &self.id, user, sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_file_gives_the_same_keys_and_another_file_gives_others() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("one"), folder.path().join("other"));
        let made = RootKey::make(&one).unwrap();
        let read = RootKey::read_file(&one).unwrap();
        assert_eq!(made.server_id(), read.server_id());
        assert_eq!(made.database_key().expose_hex(), read.database_key().expose_hex());
        let another = RootKey::make(&other).unwrap();
        assert_ne!(made.server_id(), another.server_id());
        assert_ne!(made.token_keys().public, another.token_keys().public);
        assert_eq!(*made.bundle_identity(), *read.bundle_identity());
        assert_ne!(*made.bundle_identity(), *another.bundle_identity());
    }

    #[test]
    fn a_root_key_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("root.key");
        let id = RootKey::make(&file).unwrap().server_id().to_owned();
        assert!(matches!(RootKey::make(&file), Err(RootKeyError::Exists)));
        assert_eq!(RootKey::read_file(&file).unwrap().server_id(), id);
    }

    #[test]
    fn a_file_of_another_length_is_no_root_key() {
        let folder = tempfile::tempdir().unwrap();
        for length in [0, 31, 33, 4096] {
            let file = folder.path().join(length.to_string());
            std::fs::write(&file, vec![7; length]).unwrap();
            assert!(matches!(RootKey::read_credential(&file), Err(RootKeyError::Length)), "{length}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_root_key_that_others_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("root.key");
        RootKey::make(&file).unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        for mode in [0o640, 0o604, 0o660] {
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
            assert!(matches!(RootKey::read_file(&file), Err(RootKeyError::Open)), "{mode:o}");
        }
    }

    #[test]
    fn a_second_factor_opens_for_its_user_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = RootKey::make(&folder.path().join("root.key")).unwrap();
        let secret = TotpSecret::make().unwrap();
        let sealed = root.seal_totp(Uuid::from_u128(1), &secret);
        assert_eq!(root.open_totp(Uuid::from_u128(1), &sealed).ok().unwrap().base32(), secret.base32());
        assert!(root.open_totp(Uuid::from_u128(2), &sealed).is_err());
    }
}
