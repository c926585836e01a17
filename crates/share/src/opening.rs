//! Opening what somebody sent. Everything is bounded before it costs anything: the file, age's header, scrypt's work.

use std::{io::Read as _, iter};

use age::{DecryptError, Decryptor, armor::ArmoredReader, scrypt};
use model::Secret;
use zeroize::Zeroizing;

use crate::{FILE_LIMIT, Identity, PlainError, Shared, plain, sealing::secret};

/// Most work that a passphrase may cost, log₂ of scrypt's N: 1 GiB, as much as a vault's own header may ask for. rage and age
/// choose 18 to 20 on today's computers.
const MOST_WORK: u8 = 20;
/// Longest header of age: some eighty recipients, each of which costs a multiplication to try.
const HEADER_LIMIT: usize = 8 * 1024;

/// What opens a file.
pub enum Opener<'a> {
    /// A passphrase.
    Passphrase(&'a Secret),
    /// The vault's own identity.
    Identity(&'a Identity),
}

/// What a file asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A passphrase.
    Passphrase,
    /// Somebody's identity.
    Identity,
}

/// Why a file did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Above [`FILE_LIMIT`].
    #[error("this file is too large to hold configurations")]
    TooLarge,
    /// No file of age, or a later one of it.
    #[error("this is no file with configurations from Signalbox")]
    NotAge,
    /// It asks for more than is ever granted.
    #[error("this file asks for more work than any honest one")]
    TooMuchWork,
    /// The passphrase does not open it.
    #[error("that passphrase did not open the file")]
    WrongPassphrase,
    /// It was sealed for somebody else.
    #[error("this file was sealed for another vault")]
    OtherRecipient,
    /// It was sealed for a recipient, and a passphrase was given.
    #[error("this file is not sealed with a passphrase")]
    NeedsIdentity,
    /// It was sealed with a passphrase, and none was given.
    #[error("this file is sealed with a passphrase")]
    NeedsPassphrase,
    /// It was for us, and changed on its way.
    #[error("this file is damaged")]
    Damaged,
    /// It opened, and holds something else.
    #[error(transparent)]
    Plain(#[from] PlainError),
}

/// What a file asks for. Nothing is derived.
///
/// # Errors
/// See [`OpenError`].
pub fn way_of(file: &[u8]) -> Result<Way, OpenError> {
    let bytes = bounded(file)?;
    let decryptor = Decryptor::new_buffered(&bytes[..]).map_err(|_| OpenError::NotAge)?;
    Ok(if decryptor.is_scrypt() { Way::Passphrase } else { Way::Identity })
}

/// What is in a file, armored or not.
///
/// # Errors
/// See [`OpenError`].
pub fn open(file: &[u8], opener: &Opener) -> Result<Shared, OpenError> {
    Ok(plain::read(&open_bytes(file, opener)?)?)
}

/// What was sealed, whatever it is, armored or not.
///
/// # Errors
/// See [`OpenError`], but for [`OpenError::Plain`].
pub fn open_bytes(file: &[u8], opener: &Opener) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let bytes = bounded(file)?;
    let decryptor = Decryptor::new_buffered(&bytes[..]).map_err(|_| OpenError::NotAge)?;
    let mut passphrase = None;
    let identity: &dyn age::Identity = match (opener, decryptor.is_scrypt()) {
        (Opener::Passphrase(text), true) => {
            let kept = passphrase.insert(scrypt::Identity::new(secret(text)));
            kept.set_max_work_factor(MOST_WORK);
            kept
        }
        (Opener::Identity(identity), false) => &identity.0,
        (Opener::Passphrase(_), false) => return Err(OpenError::NeedsIdentity),
        (Opener::Identity(_), true) => return Err(OpenError::NeedsPassphrase),
    };
    // age compresses nothing: what comes out is shorter than what went in.
    let mut opened = Zeroizing::new(Vec::with_capacity(bytes.len()));
    let mut reader = decryptor.decrypt(iter::once(identity)).map_err(|error| refused(&error, opener))?;
    reader.read_to_end(&mut opened).map_err(|_| OpenError::Damaged)?;
    Ok(opened)
}

fn refused(error: &DecryptError, opener: &Opener) -> OpenError {
    let by_passphrase = matches!(opener, Opener::Passphrase(_));
    match error {
        DecryptError::ExcessiveWork { .. } => OpenError::TooMuchWork,
        DecryptError::InvalidHeader | DecryptError::UnknownFormat => OpenError::NotAge,
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed if by_passphrase => {
            OpenError::WrongPassphrase
        }
        DecryptError::NoMatchingKeys => OpenError::OtherRecipient,
        _ => OpenError::Damaged,
    }
}

/// The binary form, if it is no larger than may be looked at, and neither is its header.
fn bounded(file: &[u8]) -> Result<Vec<u8>, OpenError> {
    if file.len() > FILE_LIMIT {
        return Err(OpenError::TooLarge);
    }
    let mut bytes = Vec::with_capacity(file.len());
    ArmoredReader::new(file).read_to_end(&mut bytes).map_err(|_| OpenError::NotAge)?;
    let header = &bytes[..bytes.len().min(HEADER_LIMIT)];
    let ends = header.windows(5).any(|five| five == b"\n--- ");
    if ends { Ok(bytes) } else { Err(OpenError::NotAge) }
}

#[cfg(test)]
mod tests {
    use model::Timestamp;

    use super::*;
    use crate::{Recipient, Sealer, plain::tests::one, seal};

    /// The least that age knows, so that tests are quick.
    const LITTLE: u8 = 2;
    const PASSPHRASE: &str = "plover-lantern-orbit-quilt";

    fn shared() -> Shared {
        Shared { made_at: Timestamp(3), configurations: vec![one(1), one(2)] }
    }

    fn by_passphrase() -> Vec<u8> {
        seal(&shared(), &Sealer::Passphrase(&Secret::new(PASSPHRASE), LITTLE)).unwrap()
    }

    fn with(passphrase: &str, file: &[u8]) -> Result<Shared, OpenError> {
        open(file, &Opener::Passphrase(&Secret::new(passphrase)))
    }

    #[test]
    fn a_file_opens_with_its_passphrase_and_no_other() {
        let file = by_passphrase();
        assert!(file.starts_with(b"-----BEGIN AGE ENCRYPTED FILE-----"));
        assert_eq!(way_of(&file), Ok(Way::Passphrase));
        assert_eq!(with(PASSPHRASE, &file).ok().unwrap().configurations.len(), 2);
        assert_eq!(with("plover-lantern-orbit-quilu", &file).err(), Some(OpenError::WrongPassphrase));
        assert_eq!(with("", &file).err(), Some(OpenError::WrongPassphrase));
        let identity = Identity::make();
        assert_eq!(open(&file, &Opener::Identity(&identity)).err(), Some(OpenError::NeedsPassphrase));
    }

    #[test]
    fn a_file_opens_for_its_recipient_and_nobody_else() {
        let identity = Identity::make();
        let recipient: Recipient = identity.recipient();
        let file = seal(&shared(), &Sealer::Recipient(&recipient)).unwrap();
        assert_eq!(way_of(&file), Ok(Way::Identity));
        assert_eq!(open(&file, &Opener::Identity(&identity)).ok().unwrap().configurations.len(), 2);
        let other = Identity::make();
        assert_eq!(open(&file, &Opener::Identity(&other)).err(), Some(OpenError::OtherRecipient));
        assert_eq!(with(PASSPHRASE, &file).err(), Some(OpenError::NeedsIdentity));
    }

    #[test]
    fn nothing_of_a_key_or_a_name_is_in_a_file() {
        let mut binary = Vec::new();
        ArmoredReader::new(&by_passphrase()[..]).read_to_end(&mut binary).unwrap();
        for secret in ["test-openai-key-0001", "OpenAI", "gpt-6-sol", "configurations"] {
            assert!(memchr(&binary, secret.as_bytes()).is_none(), "{secret}");
        }
    }

    fn memchr(within: &[u8], what: &[u8]) -> Option<usize> {
        within.windows(what.len()).position(|part| part == what)
    }

    #[test]
    fn every_flipped_bit_of_a_small_file_is_refused() {
        let identity = Identity::make();
        let sealed = seal(&shared(), &Sealer::Recipient(&identity.recipient())).unwrap();
        let mut binary = Vec::new();
        ArmoredReader::new(&sealed[..]).read_to_end(&mut binary).unwrap();
        for byte in 0..binary.len() {
            let mut bad = binary.clone();
            bad[byte] ^= 1 << (byte % 8);
            assert!(open(&bad, &Opener::Identity(&identity)).is_err(), "byte {byte}");
        }
        for length in 0..binary.len() {
            assert!(open(&binary[..length], &Opener::Identity(&identity)).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn a_file_that_asks_for_too_much_work_is_refused_before_any_is_done() {
        let mut binary = Vec::new();
        ArmoredReader::new(&by_passphrase()[..]).read_to_end(&mut binary).unwrap();
        let line = memchr(&binary, b" 2\n").unwrap();
        for work in [" 21\n", " 30\n", " 63\n", " 255\n", " 4294967295\n", " -1\n", " 02\n"] {
            let mut hostile = binary.clone();
            hostile.splice(line..line + 3, work.bytes());
            let refused = with(PASSPHRASE, &hostile).err().unwrap();
            assert!(matches!(refused, OpenError::TooMuchWork | OpenError::NotAge), "{work}: {refused:?}");
        }
    }

    #[test]
    fn large_files_long_headers_and_other_files_are_refused() {
        assert_eq!(with(PASSPHRASE, &vec![b'a'; FILE_LIMIT + 1]).err(), Some(OpenError::TooLarge));
        let stanza = format!("-> X25519 {0}\n{0}\n", "A".repeat(43));
        let long = format!("age-encryption.org/v1\n{}--- {}\n", stanza.repeat(9_000), "A".repeat(43));
        assert_eq!(
            open(long.as_bytes(), &Opener::Identity(&Identity::make())).err(),
            Some(OpenError::NotAge)
        );
        for other in [
            "",
            "age-encryption.org/v1\n",
            "{\"format\":1}",
            "-----BEGIN AGE ENCRYPTED FILE-----\n",
            "PK\u{3}\u{4}",
        ] {
            assert_eq!(with(PASSPHRASE, other.as_bytes()).err(), Some(OpenError::NotAge), "{other:.20}");
        }
    }

    #[test]
    fn what_opens_and_is_something_else_says_so() {
        let identity = Identity::make();
        let sealed = age::encrypt(&identity.0.to_public(), b"hello").unwrap();
        let opened = open(&sealed, &Opener::Identity(&identity)).err();
        assert_eq!(opened, Some(OpenError::Plain(PlainError::Other)));
    }
}
