//! Opening what another program sealed: Fernet tokens of Python's `cryptography`, under the keys that it was given. Nothing is sealed
//! by them here.
//!
//! Tokens carry the time of the computer that made them, and the crate refuses those from the future even when no lifetime is asked
//! for; a wrong clock there would make good keys unreadable, so they are read as of a time that never comes.

use fernet::Fernet;
use model::Secret;
use zeroize::Zeroizing;

/// Far behind every date, and far from the end of the numbers.
const NEVER: u64 = 1 << 62;
/// `MultiFernet` is given a handful.
const MOST_KEYS: usize = 32;
/// A Fernet key is 32 bytes in URL-safe base64.
const KEY_LETTERS: usize = 44;

/// Another program's Fernet keys, the newest first. It has no `Debug`.
pub struct ForeignKeys(Vec<Fernet>);

/// Why these are no keys. It quotes nothing of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ForeignKeyError {
    /// There is none.
    #[error("there is no Fernet key")]
    Empty,
    /// One of them is none.
    #[error("Fernet key {0} is not 32 bytes in URL-safe base64, 44 characters")]
    Form(usize),
    /// There are more than anybody has.
    #[error("there are more than 32 Fernet keys")]
    Many,
}

impl ForeignKeys {
    /// Reads one key, or several with blanks, line breaks or commas between them, as `MultiFernet` is given them.
    ///
    /// # Errors
    /// See [`ForeignKeyError`].
    pub fn parse(text: &Secret) -> Result<Self, ForeignKeyError> {
        let split =
            text.expose().split(|c: char| c.is_whitespace() || c == ',').filter(|key| !key.is_empty());
        let mut keys = Vec::new();
        for (at, key) in split.enumerate() {
            if at == MOST_KEYS {
                return Err(ForeignKeyError::Many);
            }
            let fernet = Some(key).filter(|key| key.len() == KEY_LETTERS).and_then(Fernet::new);
            keys.push(fernet.ok_or(ForeignKeyError::Form(at + 1))?);
        }
        if keys.is_empty() { Err(ForeignKeyError::Empty) } else { Ok(Self(keys)) }
    }

    /// What a token holds, if one of the keys opens it and it is a text.
    pub fn open(&self, token: &str) -> Option<Secret> {
        let token = token.trim();
        let open = |fernet: &Fernet| fernet.decrypt_at_time(token, None, NEVER).ok().map(Zeroizing::new);
        let plain = self.0.iter().find_map(open)?;
        std::str::from_utf8(&plain).ok().map(Secret::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Made by Python's `cryptography` 48: Fernet(key)._encrypt_from_parts(text, time, bytes(range(16))), with keys that count up.
    const NEW: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const OLD: &str = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
    const OF_NEW: &str = "gAAAAABlppFYAAECAwQFBgcICQoLDA0OD_FnFZYdOmnwo2LFCFANvstE1T6_dRb3K8uB72qaWPJArwkTa-iDcgA4TeKex12-bARmGkGc8_JfcbDyHoFNhrJg3ffgRFKKlBvTrnNYhyJy";
    const OF_OLD: &str = "gAAAAABlp91gAAECAwQFBgcICQoLDA0OD8LAZQrZV9uigRbLNtIKMNWPt6JYl0rxQX5VU7ro_QGKCQE6pQZ43SyWdpg2gJrtsZVozM-R6RLh1BQ2b9dLL28IfApYEOfxQO1M086jKTwH";
    /// Dated 2100.
    const OF_THE_FUTURE: &str = "gAAAAAD0hlcAAAECAwQFBgcICQoLDA0OD-9Jtz-iwS0vOdZRaO8CKVf46ScTbe7X18ihKseHubTLhbVktEOwRM-pnsxct4cKu8Xw4ejCVuly6l7XcXqDBofDd67cLc0_Y8oD85AXxdHt";

    fn keys(text: &str) -> Result<ForeignKeys, ForeignKeyError> {
        ForeignKeys::parse(&Secret::new(text))
    }

    fn opened(keys: &ForeignKeys, token: &str) -> Option<String> {
        keys.open(token).map(|secret| secret.expose().to_owned())
    }

    #[test]
    fn tokens_of_pythons_cryptography_open_under_the_key_that_made_them() {
        let new = keys(NEW).ok().unwrap();
        assert_eq!(opened(&new, OF_NEW).as_deref(), Some("sk-test-0000000000000000000000000000oa"));
        assert_eq!(opened(&new, OF_OLD), None);
        let both = keys(&format!("{NEW}\n{OLD},")).ok().unwrap();
        assert_eq!(opened(&both, OF_OLD).as_deref(), Some("sk-ant-test-000000000000000000000000cl"));
    }

    #[test]
    fn a_token_from_the_future_opens_because_a_clock_may_have_been_wrong() {
        let new = keys(NEW).ok().unwrap();
        assert_eq!(opened(&new, OF_THE_FUTURE).as_deref(), Some("sk-test-future-000000000000000000000fu"));
    }

    #[test]
    fn a_token_with_any_letter_changed_does_not_open() {
        let new = keys(NEW).ok().unwrap();
        for at in 0..OF_NEW.len() {
            let mut changed = OF_NEW.as_bytes().to_vec();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(opened(&new, std::str::from_utf8(&changed).unwrap()), None, "letter {at}");
        }
    }

    #[test]
    fn what_is_no_key_is_refused_and_not_quoted() {
        assert_eq!(keys(" \n").err(), Some(ForeignKeyError::Empty));
        let refused = keys(&format!("{NEW} CANARY-short")).err().unwrap();
        assert_eq!(refused, ForeignKeyError::Form(2));
        assert!(!refused.to_string().contains("CANARY"));
        assert_eq!(keys(&format!("{NEW} ").repeat(33)).err(), Some(ForeignKeyError::Many));
    }
}
