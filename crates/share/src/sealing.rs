//! Sealing: JSON in, armored age out. The plaintext exists in memory alone.

use std::{io::Write as _, iter};

use age::{
    Encryptor,
    armor::{ArmoredWriter, Format},
    scrypt,
    secrecy::SecretString,
    x25519,
};
use model::Secret;

use crate::{FILE_LIMIT, Recipient, Shared, plain};

/// log₂ of scrypt's N for a new file: 256 MiB and about a second, as age and rage choose it.
pub const WORK: u8 = 18;

/// For whom a file is sealed.
pub enum Sealer<'a> {
    /// For whoever knows the passphrase, at a work of 2ⁿ.
    Passphrase(&'a Secret, u8),
    /// For whoever has the identity.
    Recipient(&'a Recipient),
}

/// Why nothing was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// It would be larger than what is read again.
    #[error("these are too many configurations for one file")]
    TooLarge,
    /// age refused, which it does for a work of 0 or above 63.
    #[error("the file could not be sealed")]
    Refused,
}

/// The bytes of a file, armored.
///
/// # Errors
/// See [`SealError`].
pub fn seal(shared: &Shared, sealer: &Sealer) -> Result<Vec<u8>, SealError> {
    let written = plain::write(shared);
    let recipient: Box<dyn age::Recipient> = match sealer {
        Sealer::Passphrase(passphrase, work) if (1..64).contains(work) => {
            let mut recipient = scrypt::Recipient::new(secret(passphrase));
            recipient.set_work_factor(*work);
            Box::new(recipient)
        }
        Sealer::Passphrase(..) => return Err(SealError::Refused),
        Sealer::Recipient(recipient) => {
            Box::new(recipient.0.parse::<x25519::Recipient>().map_err(|_| SealError::Refused)?)
        }
    };
    let sealed = sealed(&*recipient, &written).ok_or(SealError::Refused)?;
    if sealed.len() > FILE_LIMIT { Err(SealError::TooLarge) } else { Ok(sealed) }
}

/// Any bytes for a recipient, armored.
///
/// # Errors
/// See [`SealError`].
pub fn seal_bytes(plain: &[u8], recipient: &Recipient) -> Result<Vec<u8>, SealError> {
    let recipient = recipient.0.parse::<x25519::Recipient>().map_err(|_| SealError::Refused)?;
    let sealed = sealed(&recipient, plain).ok_or(SealError::Refused)?;
    if sealed.len() > FILE_LIMIT { Err(SealError::TooLarge) } else { Ok(sealed) }
}

fn sealed(recipient: &dyn age::Recipient, plain: &[u8]) -> Option<Vec<u8>> {
    let encryptor = Encryptor::with_recipients(iter::once(recipient)).ok()?;
    let armor = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor).ok()?;
    let mut writer = encryptor.wrap_output(armor).ok()?;
    writer.write_all(plain).ok()?;
    writer.finish().ok()?.finish().ok()
}

pub(crate) fn secret(text: &Secret) -> SecretString {
    SecretString::from(text.expose().to_owned())
}
