//! Passwords of a server's users: argon2id at 64 MiB, three passes, one lane, kept as a PHC string. It takes a tenth of a second and
//! that memory, so whoever asks for it has to queue first.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use model::Secret;
use zeroize::Zeroizing;

use crate::{
    kdf::{Cost, KdfError, SALT_BYTES},
    password::normalise,
    random::{RandomError, make_bytes},
};

/// Fewest characters of a password that stands alone.
pub const ALONE: usize = 15;
/// Fewest beside a second factor.
pub const WITH_SECOND_FACTOR: usize = 12;
/// Most characters.
const MOST: usize = 256;

/// Why a password was not hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoginPasswordError {
    /// Too few characters.
    #[error("the password has fewer than {0} characters")]
    Short(usize),
    /// Too many characters.
    #[error("the password has more than {MOST} characters")]
    Long,
    /// Key derivation failed.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// No random numbers.
    #[error(transparent)]
    Random(#[from] RandomError),
}

/// A password as it is kept. It has no `Debug`: it is nobody's to read.
pub struct PasswordHash {
    cost: Cost,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

impl PasswordHash {
    /// Hashes a new password of at least so many characters.
    ///
    /// # Errors
    /// See [`LoginPasswordError`].
    pub fn make(password: &Secret, least: usize) -> Result<Self, LoginPasswordError> {
        let length = password.expose().chars().count();
        if length < least {
            return Err(LoginPasswordError::Short(least));
        }
        if length > MOST {
            return Err(LoginPasswordError::Long);
        }
        Self::of(password.expose())
    }

    /// One that no password is known of. Looking at it takes as long as at any other.
    ///
    /// # Errors
    /// See [`LoginPasswordError`].
    pub fn of_nobody() -> Result<Self, LoginPasswordError> {
        Self::of(&hex::encode(make_bytes::<32>()?.as_slice()))
    }

    fn of(password: &str) -> Result<Self, LoginPasswordError> {
        let salt: [u8; SALT_BYTES] = *make_bytes()?;
        let (cost, text) = (Cost::FLOOR, composed(password));
        Ok(Self { cost, salt: salt.to_vec(), hash: cost.derive(text.as_bytes(), &salt)?.to_vec() })
    }

    /// Whether this is the password.
    ///
    /// # Errors
    /// When there is not enough memory to say.
    pub fn is_of(&self, password: &Secret) -> Result<bool, KdfError> {
        if password.expose().chars().count() > MOST {
            return Ok(false);
        }
        let derived = self.cost.derive(composed(password.expose()).as_bytes(), &self.salt)?;
        // Every byte is looked at, wherever the first difference lies.
        let differs = derived.iter().zip(&self.hash).fold(0, |differs, (one, two)| differs | (one ^ two));
        Ok(self.hash.len() == derived.len() && differs == 0)
    }

    /// `$argon2id$v=19$m=65536,t=3,p=1$salt$hash`.
    pub fn to_phc(&self) -> String {
        let Cost { m, t, p } = self.cost;
        let [salt, hash] = [&self.salt, &self.hash].map(|bytes| STANDARD_NO_PAD.encode(bytes));
        format!("$argon2id$v=19$m={m},t={t},p={p}${salt}${hash}")
    }

    /// Reads what [`PasswordHash::to_phc`] wrote; `None` when it is not that.
    pub fn from_phc(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix("$argon2id$v=19$")?.split('$');
        let mut numbers = parts.next()?.split(',');
        let mut number = |name: &str| numbers.next()?.strip_prefix(name)?.parse().ok();
        let cost = Cost { m: number("m=")?, t: number("t=")?, p: number("p=")? };
        let mut bytes = || STANDARD_NO_PAD.decode(parts.next()?).ok();
        let (salt, hash) = (bytes()?, bytes()?);
        (cost.is_within_bounds() && salt.len() == SALT_BYTES && hash.len() == 32).then_some(())?;
        Some(Self { cost, salt, hash })
    }
}

/// The same letters typed on another keyboard are the same password. What this room refuses as a master password is taken
/// as it is.
fn composed(password: &str) -> Zeroizing<String> {
    normalise(&Secret::new(password)).unwrap_or_else(|_| Zeroizing::new(password.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_after_it_was_written_down_and_no_other_is() {
        let typed = Secret::new("plover lantern orbit");
        let kept = PasswordHash::make(&typed, ALONE).ok().unwrap().to_phc();
        assert!(kept.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{kept}");
        let read = PasswordHash::from_phc(&kept).unwrap();
        assert!(read.is_of(&typed).unwrap());
        assert!(!read.is_of(&Secret::new("plover lantern orbi")).unwrap());
    }

    #[test]
    fn a_short_password_needs_a_second_factor() {
        let typed = Secret::new("twelve chars");
        assert_eq!(PasswordHash::make(&typed, ALONE).err(), Some(LoginPasswordError::Short(15)));
        assert!(PasswordHash::make(&typed, WITH_SECOND_FACTOR).is_ok());
        assert_eq!(
            PasswordHash::make(&Secret::new("x".repeat(257)), ALONE).err(),
            Some(LoginPasswordError::Long)
        );
    }

    #[test]
    fn what_asks_for_absurd_costs_is_no_hash() {
        for text in [
            "",
            "$argon2id$v=19$m=65536,t=3,p=1$AA$AA",
            "$argon2id$v=19$m=4294967295,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AA",
        ] {
            assert!(PasswordHash::from_phc(text).is_none(), "{text}");
        }
    }
}
