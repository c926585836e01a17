//! Making a vault and opening one. What is open holds the vault key, and wipes it when dropped.

use std::{
    io,
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

use model::Secret;
use uuid::Uuid;

use crate::{
    field::{self, FieldError, KeyField, SealedKey},
    folder::VaultFolder,
    header::{Copy, FORMAT, Header, HeaderError, Kdf},
    judge::require_strong,
    kdf::{Cost, KdfError, SALT_BYTES},
    keys::{AuditKey, DatabaseKey, VaultId, VaultKey},
    password::{PasswordError, normalise},
    random::{RandomError, make_bytes},
    slot::PASSWORD,
    totp::TotpSecret,
};

/// Why no vault was made.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// There is one already; it was not touched.
    #[error("there is a vault in this folder already")]
    Exists,
    /// The password is not good enough.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// Key derivation failed.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// No random numbers.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// The header could not be encoded.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// The folder cannot be written.
    #[error("the vault's folder cannot be written")]
    Io(#[from] io::Error),
}

/// Why a vault did not open.
#[derive(Debug, thiserror::Error)]
pub enum UnlockError {
    /// The password does not open the slot.
    #[error("that password did not open the vault")]
    WrongPassword,
    /// The header cannot be used.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// Key derivation failed.
    #[error(transparent)]
    Kdf(#[from] KdfError),
}

/// A vault whose folder is prepared and not yet in place. Make its database at [`NewVault::database`], close it, then
/// [`NewVault::commit`]. Dropped before that, there is still no vault.
pub struct NewVault {
    folder: VaultFolder,
    staging: PathBuf,
    open: OpenVault,
}

/// An open vault: the key and what may be done with it.
pub struct OpenVault {
    pub(crate) folder: VaultFolder,
    pub(crate) id: VaultId,
    pub(crate) id_text: String,
    /// As it is on disk.
    pub(crate) header: Mutex<Header>,
    pub(crate) key: VaultKey,
}

impl NewVault {
    /// Prepares a vault under a new random key. Takes about a second.
    ///
    /// # Errors
    /// See [`CreateError`]; nothing is left behind that a second try would trip over.
    pub fn prepare(
        folder: &VaultFolder,
        password: &Secret,
        user_name: &str,
        cost: Cost,
    ) -> Result<Self, CreateError> {
        if folder.vault().exists() {
            return Err(CreateError::Exists);
        }
        require_strong(password, user_name)?;
        let open = OpenVault::make(folder, password, cost)?;
        let staging = folder.make_staging()?;
        Ok(Self { folder: folder.clone(), staging, open })
    }

    /// Where the database is to be made.
    pub fn database(&self) -> PathBuf {
        VaultFolder::database(&self.staging, self.open.epoch())
    }

    /// The database's key.
    pub fn database_key(&self) -> DatabaseKey {
        self.open.database_key()
    }

    /// The vault's identity, 32 hex digits.
    pub fn vault_id(&self) -> &str {
        self.open.vault_id()
    }

    /// Puts the vault in place, in one step.
    ///
    /// # Errors
    /// When the disk refuses; there is then no vault.
    pub fn commit(self) -> Result<OpenVault, CreateError> {
        VaultFolder::write_copies(&self.staging, &self.open.header().encode(&self.open.key)?)?;
        self.folder.commit_staging()?;
        Ok(self.open)
    }
}

impl OpenVault {
    fn make(folder: &VaultFolder, password: &Secret, cost: Cost) -> Result<Self, CreateError> {
        let key = VaultKey::make()?;
        let id: VaultId = *make_bytes()?;
        let salt: [u8; SALT_BYTES] = *make_bytes()?;
        let mut header = Header {
            format: FORMAT,
            vault_id: hex::encode(id),
            seq: 1,
            active_epoch: 1,
            kdf: Kdf::new(cost, &salt),
            slots: Vec::new(),
        };
        let stretched = cost.derive(normalise(password)?.as_bytes(), &salt)?;
        header.put_slot(PASSWORD, stretched.as_slice(), &id, &key)?;
        Ok(Self::holding(folder, id, header, key))
    }

    pub(crate) fn holding(folder: &VaultFolder, id: VaultId, header: Header, key: VaultKey) -> Self {
        let id_text = header.vault_id.clone();
        Self { folder: folder.clone(), id, id_text, header: Mutex::new(header), key }
    }

    pub(crate) fn header(&self) -> MutexGuard<'_, Header> {
        self.header.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens the vault in a folder. Takes about a second; a copy of the header that was damaged is mended.
    ///
    /// # Errors
    /// [`UnlockError::WrongPassword`] when the slot's seal does not open, which is the only judge of passwords.
    pub fn unlock(folder: &VaultFolder, password: &Secret) -> Result<Self, UnlockError> {
        Self::unlock_by(folder, |header| open_password_slot(header, password))
    }

    /// Opens the vault with whatever opens a slot of its newest header.
    pub(crate) fn unlock_by(
        folder: &VaultFolder,
        open_slot: impl FnOnce(&Header) -> Result<VaultKey, UnlockError>,
    ) -> Result<Self, UnlockError> {
        let copies = folder.read_copies()?;
        let newest = copies.first().ok_or(HeaderError::Damaged)?;
        let key = open_slot(&newest.header)?;
        let header = pick_authentic(&copies, &key)?;
        let open = Self::holding(folder, header.id()?, header, key);
        open.mend_copies();
        Ok(open)
    }

    /// An open vault from its parts, which were proven to belong together.
    pub(crate) fn assemble(folder: &VaultFolder, header: Header, key: VaultKey) -> Result<Self, HeaderError> {
        Ok(Self::holding(folder, header.id()?, header, key))
    }

    pub(crate) fn key(&self) -> &VaultKey {
        &self.key
    }

    fn mend_copies(&self) {
        let Ok(bytes) = self.header().encode(&self.key) else { return };
        if !self.folder.copies_are(&bytes)
            && let Err(error) = VaultFolder::write_copies(&self.folder.vault(), &bytes)
        {
            // The other copy opened the vault; a folder that cannot be written must not keep a person out.
            tracing::warn!(%error, "one copy of the header is damaged and could not be mended");
        }
    }

    /// Where the database is.
    pub fn database(&self) -> PathBuf {
        VaultFolder::database(&self.folder.vault(), self.epoch())
    }

    /// The database's key.
    pub fn database_key(&self) -> DatabaseKey {
        self.key.derive_database_key(&self.id)
    }

    /// The key of the log of acts.
    pub fn audit_key(&self) -> AuditKey {
        self.key.derive_audit_key(&self.id)
    }

    /// The vault's identity, 32 hex digits.
    pub fn vault_id(&self) -> &str {
        &self.id_text
    }

    /// How often the vault key was replaced, counted from 1.
    pub fn epoch(&self) -> u32 {
        self.header().active_epoch
    }

    /// Seals the secret of the second factor.
    pub fn seal_totp(&self, secret: &TotpSecret) -> SealedKey {
        field::seal_totp(&self.key, &self.id, secret)
    }

    /// Opens the secret of the second factor.
    ///
    /// # Errors
    /// See [`FieldError`].
    pub fn open_totp(&self, sealed: &SealedKey) -> Result<TotpSecret, FieldError> {
        field::open_totp(&self.key, &self.id, sealed)
    }

    /// Seals the identity that opens files which others made for this vault.
    pub fn seal_identity(&self, identity: &Secret) -> SealedKey {
        field::seal_identity(&self.key, &self.id, identity)
    }

    /// Opens that identity.
    ///
    /// # Errors
    /// See [`FieldError`].
    pub fn open_identity(&self, sealed: &SealedKey) -> Result<Secret, FieldError> {
        field::open_identity(&self.key, &self.id, sealed)
    }

    /// Seals the seed of a key that signs bundles, for one record.
    pub fn seal_seed(&self, record: Uuid, seed: &Secret) -> SealedKey {
        field::seal_seed(&self.key, &self.id, record, seed)
    }

    /// Opens that seed.
    ///
    /// # Errors
    /// See [`FieldError`].
    pub fn open_seed(&self, record: Uuid, sealed: &SealedKey) -> Result<Secret, FieldError> {
        field::open_seed(&self.key, &self.id, record, sealed)
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

    /// Seals what logs in at a remote, for one record and the address that it may be sent to.
    pub fn seal_remote(&self, record: Uuid, address: &str, secret: &Secret) -> SealedKey {
        field::seal_key(&self.key, &self.id, (record, KeyField::Remote), address, secret)
    }

    /// Opens what logs in at a remote.
    ///
    /// # Errors
    /// See [`FieldError`]; with another address it goes nowhere.
    pub fn open_remote(&self, record: Uuid, address: &str, sealed: &SealedKey) -> Result<Secret, FieldError> {
        field::open_key(&self.key, &self.id, (record, KeyField::Remote), address, sealed)
    }

    /// Seals a key that was replaced, as another field than the one in force.
    pub fn seal_kept_key(&self, record: Uuid, base_url: &str, key: &Secret) -> SealedKey {
        field::seal_key(&self.key, &self.id, (record, KeyField::Kept), base_url, key)
    }

    /// Opens a key that was replaced.
    ///
    /// # Errors
    /// See [`FieldError`]; with the base URL of now it goes back to no other host.
    pub fn open_kept_key(
        &self,
        record: Uuid,
        base_url: &str,
        sealed: &SealedKey,
    ) -> Result<Secret, FieldError> {
        field::open_key(&self.key, &self.id, (record, KeyField::Kept), base_url, sealed)
    }
}

pub(crate) fn open_password_slot(header: &Header, password: &Secret) -> Result<VaultKey, UnlockError> {
    // A password that could never have made a vault is a wrong one; saying more would help a guesser.
    let password = normalise(password).map_err(|_| UnlockError::WrongPassword)?;
    let id = header.id()?;
    let stretched = header.kdf.cost().derive(password.as_bytes(), &header.kdf.salt()?)?;
    let slot = header.slot(PASSWORD).ok_or(HeaderError::Damaged)?;
    slot.open(stretched.as_slice(), &id, &header.slot_aad(PASSWORD)).map_err(|_| UnlockError::WrongPassword)
}

fn pick_authentic(copies: &[Copy], key: &VaultKey) -> Result<Header, HeaderError> {
    copies
        .iter()
        .find(|copy| copy.is_authentic(key))
        .map(|copy| copy.header.clone())
        .ok_or(HeaderError::Damaged)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const PASSWORD_TEXT: &str = "plover-lantern-orbit-quilt-saddle-vex";

    fn made() -> (tempfile::TempDir, VaultFolder, OpenVault) {
        let data = tempfile::tempdir().unwrap();
        let folder = VaultFolder::new(data.path());
        let new = NewVault::prepare(&folder, &Secret::new(PASSWORD_TEXT), "admin", Cost::FLOOR).ok().unwrap();
        let open = new.commit().ok().unwrap();
        (data, folder, open)
    }

    fn unlock(folder: &VaultFolder, password: &str) -> Result<OpenVault, UnlockError> {
        OpenVault::unlock(folder, &Secret::new(password))
    }

    #[test]
    fn the_password_opens_and_gives_the_same_keys_again() {
        let (_data, folder, made) = made();
        let opened = unlock(&folder, PASSWORD_TEXT).ok().unwrap();
        assert_eq!(opened.database_key().expose_hex(), made.database_key().expose_hex());
        assert_eq!(opened.vault_id(), made.vault_id());
    }

    #[test]
    fn unlock_rejects_a_wrong_password() {
        let (_data, folder, _) = made();
        for wrong in ["", "short", "plover-lantern-orbit-quilt-saddle-vey"] {
            assert!(matches!(unlock(&folder, wrong), Err(UnlockError::WrongPassword)));
        }
    }

    #[test]
    fn one_damaged_copy_opens_and_is_mended() {
        let (_data, folder, _) = made();
        let copy = folder.vault().join("header.a");
        fs::write(&copy, b"").unwrap();
        unlock(&folder, PASSWORD_TEXT).ok().unwrap();
        assert_eq!(fs::read(copy).unwrap(), fs::read(folder.vault().join("header.b")).unwrap());
    }

    #[test]
    fn two_damaged_copies_are_damage_not_a_wrong_password() {
        let (_data, folder, _) = made();
        for name in ["header.a", "header.b"] {
            let mut bytes = fs::read(folder.vault().join(name)).unwrap();
            bytes[60] ^= 1;
            fs::write(folder.vault().join(name), bytes).unwrap();
        }
        assert!(matches!(unlock(&folder, PASSWORD_TEXT), Err(UnlockError::Header(HeaderError::Damaged))));
    }

    #[test]
    fn a_second_vault_is_never_made_over_the_first() {
        let (_data, folder, _) = made();
        let second = NewVault::prepare(&folder, &Secret::new(PASSWORD_TEXT), "admin", Cost::FLOOR);
        assert!(matches!(second.err(), Some(CreateError::Exists)));
    }

    #[test]
    fn a_weak_password_makes_no_vault() {
        let data = tempfile::tempdir().unwrap();
        let folder = VaultFolder::new(data.path());
        let new = NewVault::prepare(&folder, &Secret::new("password1234"), "admin", Cost::FLOOR);
        assert!(matches!(new.err(), Some(CreateError::Password(PasswordError::TooWeak))));
        assert!(!folder.vault().exists());
    }
}
