//! An X25519 key pair of age: the recipient is anybody's to know, the identity opens what was sealed for it.

use std::{fmt, str::FromStr};

use age::{secrecy::ExposeSecret as _, x25519};
use model::Secret;
use zeroize::Zeroizing;

/// For whom a file is sealed, `age1…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient(pub(crate) String);

/// What opens such a file. It derives nothing.
pub struct Identity(pub(crate) x25519::Identity);

impl FromStr for Recipient {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed: x25519::Recipient = text.trim().parse()?;
        Ok(Self(parsed.to_string()))
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Identity {
    /// A new one, from the operating system's random numbers.
    pub fn make() -> Self {
        Self(x25519::Identity::generate())
    }

    /// One that was kept; `None` when that is no identity.
    pub fn kept(text: &Secret) -> Option<Self> {
        text.expose().parse().ok().map(Self)
    }

    /// The one of 32 bytes that somebody derived: any are a key of X25519.
    pub fn of(bytes: &[u8; 32]) -> Option<Self> {
        let name = bech32::Hrp::parse("age-secret-key-").ok()?;
        let text = Zeroizing::new(bech32::encode_upper::<bech32::Bech32>(name, bytes).ok()?);
        text.parse().ok().map(Self)
    }

    /// `AGE-SECRET-KEY-1…`, to be kept sealed.
    pub fn text(&self) -> Secret {
        Secret::new(self.0.to_string().expose_secret())
    }

    /// For whom to seal what this one opens.
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_that_was_kept_has_the_same_recipient() {
        let made = Identity::make();
        let kept = Identity::kept(&made.text()).unwrap();
        assert_eq!(kept.recipient(), made.recipient());
        assert_ne!(Identity::make().recipient(), made.recipient());
        assert!(Identity::kept(&Secret::new("AGE-SECRET-KEY-1")).is_none());
    }

    #[test]
    fn the_same_bytes_are_the_same_identity() {
        let [one, again, other] = [[7; 32], [7; 32], [8; 32]].map(|bytes| Identity::of(&bytes).unwrap());
        assert_eq!(one.recipient(), again.recipient());
        assert_ne!(one.recipient(), other.recipient());
        assert_eq!(Identity::kept(&one.text()).unwrap().recipient(), one.recipient());
    }

    #[test]
    fn a_recipient_is_read_with_blanks_around_it_and_nothing_else_is_one() {
        let made = Identity::make();
        let text = made.recipient().to_string();
        assert_eq!(format!(" {text}\n").parse::<Recipient>().unwrap(), made.recipient());
        let secret = made.text();
        for wrong in
            ["", "age1", &text[..text.len() - 1], secret.expose(), "ssh-ed25519 AAAA", "admin@example.com"]
        {
            assert!(wrong.parse::<Recipient>().is_err(), "{wrong}");
        }
    }
}
