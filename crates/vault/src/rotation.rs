//! A new vault key. Everything hangs on it, so everything is made anew beside the old, and one new header changes from
//! one to the other:
//!
//! 1. [`Rotation::prepare`]: a new key, and a header of the next epoch that wraps it.
//! 2. The store copies the database into `vault.<epoch+1>.db` under the new key, seals its fields anew by
//!    [`Rotation::reseal`] and checks it. (Never `PRAGMA rekey`, which writes over the only copy there is.)
//! 3. [`Rotation::commit`]: the header is put in force. Killed before, the old vault opens; killed behind, the new one.
//! 4. [`OpenVault::remove_leftovers`]: files of other epochs go, now or at the next unlock.

use std::{fs, io, path::PathBuf};

use model::Secret;
use uuid::Uuid;

use crate::{
    change::{ChangeError, Doors},
    field::{self, FieldError, SealedKey},
    folder::{VaultFolder, sync_file, sync_folder},
    header::{Header, Kdf},
    kdf::{Cost, SALT_BYTES},
    keyring::KeyringSecret,
    keys::{AuditKey, DatabaseKey, VaultId, VaultKey},
    password::normalise,
    random::make_bytes,
    session::OpenVault,
    slot::{KEYRING, PASSWORD},
};

/// A new vault key that is not in force yet. Dropped before it is, the vault is as it was.
pub struct Rotation {
    folder: VaultFolder,
    id: VaultId,
    /// In force until the commit.
    known: Header,
    header: Header,
    old: VaultKey,
    new: VaultKey,
    void: Doors,
}

impl Rotation {
    /// Makes a new key and wraps it for the password and, if the keyring's secret is at hand, for the keyring. A
    /// recovery kit cannot be asked for its words: it is void, as is what else is not wrapped anew.
    ///
    /// # Errors
    /// [`ChangeError::WrongPassword`] and others; nothing was changed.
    pub fn prepare(
        open: &OpenVault,
        password: &Secret,
        cost: Cost,
        keyring: Option<&KeyringSecret>,
    ) -> Result<Self, ChangeError> {
        open.prove_password(password)?;
        let new = VaultKey::make()?;
        let salt: [u8; SALT_BYTES] = *make_bytes()?;
        let stretched = cost.derive(normalise(password)?.as_bytes(), &salt)?;
        let known = open.header().clone();
        let (mut header, before) = (known.clone(), Doors::from(&known));
        header.seq += 1;
        header.active_epoch += 1;
        header.kdf = Kdf::new(cost, &salt);
        header.slots.clear();
        header.put_slot(PASSWORD, stretched.as_slice(), &open.id, &new)?;
        if let Some(secret) = keyring.filter(|_| before.keyring) {
            header.put_slot(KEYRING, secret.expose(), &open.id, &new)?;
        }
        let after = Doors::from(&header);
        Ok(Self {
            folder: open.folder.clone(),
            id: open.id,
            old: open.key.copy(),
            void: Doors { kit: before.kit && !after.kit, keyring: before.keyring && !after.keyring },
            known,
            header,
            new,
        })
    }

    /// Where the database under the new key is to be made; what an earlier try left there is removed.
    ///
    /// # Errors
    /// When that cannot be removed.
    pub fn database(&self) -> io::Result<PathBuf> {
        let file = VaultFolder::database(&self.folder.vault(), self.header.active_epoch);
        remove(&file)?;
        remove(&journal(&file))?;
        Ok(file)
    }

    /// The new database's key.
    pub fn database_key(&self) -> DatabaseKey {
        self.new.derive_database_key(&self.id)
    }

    /// The key of the log of acts under the new key.
    pub fn audit_key(&self) -> AuditKey {
        self.new.derive_audit_key(&self.id)
    }

    /// The same field, sealed under the new key.
    ///
    /// # Errors
    /// See [`FieldError`].
    pub fn reseal(&self, record: Uuid, field: &str, sealed: &SealedKey) -> Result<SealedKey, FieldError> {
        field::reseal([&self.old, &self.new], &self.id, record, field, sealed)
    }

    /// What opened the vault and does not any more.
    pub fn void(&self) -> Doors {
        self.void
    }

    /// Puts the new key in force. Its database must be whole and closed.
    ///
    /// # Errors
    /// When the disk refuses; the old key is then still in force.
    pub fn commit(self) -> Result<OpenVault, ChangeError> {
        let folder = self.folder.vault();
        sync_file(&VaultFolder::database(&folder, self.header.active_epoch))?;
        sync_folder(&folder)?;
        self.folder.put_in_force(&self.known, &self.header.encode(&self.new)?)?;
        Ok(OpenVault::holding(&self.folder, self.id, self.header, self.new))
    }
}

impl OpenVault {
    /// Removes what rotations and changes that were killed left behind: databases of other epochs, and files that were
    /// never renamed into place. Call it only once the database of this epoch has opened: until then an old file may
    /// be all that is left of a vault.
    pub fn remove_leftovers(&self) {
        let epoch = self.epoch();
        let Ok(entries) = fs::read_dir(self.folder.vault()) else { return };
        for entry in entries.flatten() {
            let is_leftover = entry.file_name().to_str().is_some_and(|name| is_leftover(name, epoch));
            if is_leftover && let Err(error) = remove(&entry.path()) {
                tracing::warn!(%error, "a file of an older vault key could not be removed");
            }
        }
    }
}

fn is_leftover(name: &str, epoch: u32) -> bool {
    if matches!(name, "header.a.new" | "header.b.new") {
        return true;
    }
    let Some(rest) = name.strip_prefix("vault.") else { return false };
    let Some((number, kind)) = rest.split_once('.') else { return false };
    let other = number.parse::<u32>().is_ok_and(|number| number != epoch);
    other && matches!(kind, "db" | "db-journal")
}

fn journal(database: &std::path::Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-journal");
    name.into()
}

fn remove(file: &std::path::Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_other_epochs_and_unfinished_ones_are_leftovers() {
        for name in ["vault.1.db", "vault.3.db", "vault.1.db-journal", "header.a.new", "header.b.new"] {
            assert!(is_leftover(name, 2), "{name}");
        }
        for name in ["vault.2.db", "vault.2.db-journal", "header.a", "vault.x.db", "vault.1.db.mine", "notes"]
        {
            assert!(!is_leftover(name, 2), "{name}");
        }
    }
}
