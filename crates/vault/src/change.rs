//! Changes of who opens an open vault: its password and that password's cost, a recovery kit, the keyring. Each is one
//! new header; the vault key and the database stay as they are. (A new vault key is made in `rotation`.)
//!
//! The new header is in force when its first copy is renamed into place. What fails before has changed nothing, and
//! what fails behind it is mended at the next unlock.

use std::io;

use model::Secret;

use crate::{
    folder::VaultFolder,
    header::{Header, HeaderError, Kdf},
    judge::require_strong,
    kdf::{Cost, KdfError, SALT_BYTES},
    keyring::KeyringSecret,
    keys::VaultKey,
    kit::{KitError, KitSecret},
    password::{PasswordError, normalise},
    random::{RandomError, make_bytes},
    session::{OpenVault, UnlockError, open_password_slot},
    slot::{KEYRING, PASSWORD, RECOVERY},
};

/// Why who opens a vault was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The password that should prove it does not open the vault.
    #[error("that is not the vault password")]
    WrongPassword,
    /// The new password is not good enough.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// Key derivation failed.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// No random numbers.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// The header could not be used or encoded.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// The folder cannot be written.
    #[error("the vault's folder cannot be written")]
    Io(#[from] io::Error),
}

/// Why a recovery kit did not open a vault.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    /// The words are no kit: a slip of the pen, not an attempt.
    #[error(transparent)]
    Kit(#[from] KitError),
    /// They are a kit, and not the one of this vault that is in force.
    #[error("this recovery kit does not open the vault")]
    WrongKit,
    /// The vault has none.
    #[error("this vault has no recovery kit")]
    NoKit,
    /// The new password or the new header.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

/// What opens a vault besides its password. Readable without a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Doors {
    /// A recovery kit.
    pub kit: bool,
    /// The operating system's keyring.
    pub keyring: bool,
}

impl From<&Header> for Doors {
    fn from(header: &Header) -> Self {
        Self { kit: header.slot(RECOVERY).is_some(), keyring: header.slot(KEYRING).is_some() }
    }
}

impl VaultFolder {
    /// What opens the vault besides its password; nothing, as far as its header cannot be read.
    pub fn doors(&self) -> Doors {
        let copies = self.read_copies().unwrap_or_default();
        copies.first().map(|copy| Doors::from(&copy.header)).unwrap_or_default()
    }
}

impl OpenVault {
    /// What opens the vault besides its password.
    pub fn doors(&self) -> Doors {
        Doors::from(&*self.header())
    }

    /// What deriving from the password costs.
    pub fn cost(&self) -> Cost {
        self.header().kdf.cost()
    }

    /// Whether this is the vault's password. Takes about a second.
    ///
    /// # Errors
    /// [`ChangeError::WrongPassword`] when it is not.
    pub fn prove_password(&self, password: &Secret) -> Result<(), ChangeError> {
        let header = self.header().clone();
        match open_password_slot(&header, password) {
            Ok(key) if key.expose() == self.key.expose() => Ok(()),
            Ok(_) | Err(UnlockError::WrongPassword) => Err(ChangeError::WrongPassword),
            Err(UnlockError::Header(error)) => Err(error.into()),
            Err(UnlockError::Kdf(error)) => Err(error.into()),
        }
    }

    /// Replaces the password, under a new salt. The kit and the keyring go on opening the vault.
    ///
    /// # Errors
    /// See [`ChangeError`]; the old password is then still the one.
    pub fn change_password(
        &self,
        old: &Secret,
        new: &Secret,
        user_name: &str,
        cost: Cost,
    ) -> Result<(), ChangeError> {
        require_strong(new, user_name)?;
        self.prove_password(old)?;
        self.set_password(new, user_name, cost)
    }

    /// The same where the old password, or what stands for it, was proved already.
    ///
    /// # Errors
    /// See [`ChangeError`]; the old password is then still the one.
    pub fn set_password(&self, new: &Secret, user_name: &str, cost: Cost) -> Result<(), ChangeError> {
        require_strong(new, user_name)?;
        self.set_password_and(new, cost, |_| Ok(()))
    }

    /// Wraps the key anew when a guess at the password is cheaper than it should be today. Says whether it did.
    ///
    /// # Errors
    /// See [`ChangeError`]; the password opens the vault as before.
    pub fn raise_cost(&self, password: &Secret, today: Cost) -> Result<bool, ChangeError> {
        let before = self.header().kdf.clone();
        if !before.cost().is_below(today) {
            return Ok(false);
        }
        let salt: [u8; SALT_BYTES] = *make_bytes()?;
        let stretched = today.derive(normalise(password)?.as_bytes(), &salt)?;
        self.switch(|header| {
            // Changed meanwhile, and with it perhaps the password: what was derived is of no use.
            if header.kdf != before {
                return Ok(false);
            }
            header.kdf = Kdf::new(today, &salt);
            header.put_slot(PASSWORD, stretched.as_slice(), &self.id, &self.key)?;
            Ok(true)
        })
    }

    /// Makes a new recovery kit, which voids the one before. The words are shown once and kept nowhere.
    ///
    /// # Errors
    /// See [`ChangeError`]; the kit before is then still good.
    pub fn make_kit(&self) -> Result<Secret, ChangeError> {
        let kit = KitSecret::make()?;
        self.switch(|header| Ok(header.put_slot(RECOVERY, kit.expose(), &self.id, &self.key)?))?;
        Ok(kit.words())
    }

    /// Whether these words are the kit in force.
    pub fn is_kit(&self, words: &Secret) -> bool {
        let header = self.header().clone();
        KitSecret::read(words).is_ok_and(|kit| open_kit_slot(&header, &kit).is_ok())
    }

    /// Opens a vault with its recovery kit. A kit is good once: the same step gives the vault a new password and a new
    /// kit, whose words come with it.
    ///
    /// # Errors
    /// See [`RecoverError`]; password and kit are then as they were.
    pub fn recover(
        folder: &VaultFolder,
        words: &Secret,
        new: &Secret,
        user_name: &str,
        cost: Cost,
    ) -> Result<(Self, Secret), RecoverError> {
        let kit = KitSecret::read(words)?;
        require_strong(new, user_name).map_err(ChangeError::from)?;
        let no_kit = |error| match error {
            UnlockError::WrongPassword => RecoverError::WrongKit,
            UnlockError::Header(error) => ChangeError::from(error).into(),
            UnlockError::Kdf(error) => ChangeError::from(error).into(),
        };
        if !folder.doors().kit {
            folder.presence().map_err(|error| RecoverError::Change(error.into()))?;
            return Err(RecoverError::NoKit);
        }
        let open = Self::unlock_by(folder, |header| open_kit_slot(header, &kit)).map_err(no_kit)?;
        let next = KitSecret::make().map_err(ChangeError::from)?;
        open.set_password_and(new, cost, |header| {
            Ok(header.put_slot(RECOVERY, next.expose(), &open.id, &open.key)?)
        })?;
        Ok((open, next.words()))
    }

    /// Opens a vault with what the keyring holds for it.
    ///
    /// # Errors
    /// [`UnlockError::WrongPassword`] when it does not open the slot, or there is none.
    pub fn unlock_with_keyring(folder: &VaultFolder, secret: &KeyringSecret) -> Result<Self, UnlockError> {
        Self::unlock_by(folder, |header| {
            let slot = header.slot(KEYRING).ok_or(UnlockError::WrongPassword)?;
            slot.open(secret.expose(), &header.id()?, &header.slot_aad(KEYRING))
                .map_err(|_| UnlockError::WrongPassword)
        })
    }

    /// Lets what is in the keyring open the vault. Put it there first: a slot without its secret opens nothing.
    ///
    /// # Errors
    /// See [`ChangeError`]; nothing was changed.
    pub fn add_keyring(&self, secret: &KeyringSecret) -> Result<(), ChangeError> {
        self.switch(|header| Ok(header.put_slot(KEYRING, secret.expose(), &self.id, &self.key)?))
    }

    /// Ends that the keyring opens the vault, whatever the keyring still holds. Says whether it did.
    ///
    /// # Errors
    /// See [`ChangeError`]; nothing was changed.
    pub fn remove_keyring(&self) -> Result<bool, ChangeError> {
        if !self.doors().keyring {
            return Ok(false);
        }
        self.switch(|header| Ok(header.remove_slot(KEYRING)))
    }

    fn set_password_and(
        &self,
        new: &Secret,
        cost: Cost,
        and: impl FnOnce(&mut Header) -> Result<(), ChangeError>,
    ) -> Result<(), ChangeError> {
        let salt: [u8; SALT_BYTES] = *make_bytes()?;
        let stretched = cost.derive(normalise(new)?.as_bytes(), &salt)?;
        self.switch(|header| {
            header.kdf = Kdf::new(cost, &salt);
            header.put_slot(PASSWORD, stretched.as_slice(), &self.id, &self.key)?;
            and(header)
        })
    }

    /// Puts a changed header in force, and remembers it only then.
    fn switch<T>(
        &self,
        change: impl FnOnce(&mut Header) -> Result<T, ChangeError>,
    ) -> Result<T, ChangeError> {
        let mut current = self.header();
        let mut next = current.clone();
        let done = change(&mut next)?;
        if next == *current {
            return Ok(done);
        }
        next.seq += 1;
        self.folder.put_in_force(&current, &next.encode(&self.key)?)?;
        *current = next;
        Ok(done)
    }
}

fn open_kit_slot(header: &Header, kit: &KitSecret) -> Result<VaultKey, UnlockError> {
    let slot = header.slot(RECOVERY).ok_or(UnlockError::WrongPassword)?;
    slot.open(kit.expose(), &header.id()?, &header.slot_aad(RECOVERY)).map_err(|_| UnlockError::WrongPassword)
}

#[cfg(test)]
mod tests;
