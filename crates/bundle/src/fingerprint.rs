//! What people compare by eye: the first 64 bits of a SHA-256, in four groups.

use std::{fmt, str::FromStr};

use sha2::{Digest, Sha256};

/// `9F2C 61A8 04DE B713`. Not for machines: those compare whole keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 8]);

impl Fingerprint {
    /// That of some parts. Each is preceded by its length, so that nothing moves from one to the next unseen.
    pub(crate) fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let digest = hash.finalize();
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        Self(first)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups: Vec<String> =
            self.0.chunks(2).map(|pair| format!("{:02X}{:02X}", pair[0], pair[1])).collect();
        f.write_str(&groups.join(" "))
    }
}

impl FromStr for Fingerprint {
    type Err = ();

    /// As it is shown, with or without blanks, in either case.
    fn from_str(text: &str) -> Result<Self, ()> {
        let digits: String = text.chars().filter(|character| !character.is_whitespace()).collect();
        let mut bytes = [0; 8];
        hex::decode_to_slice(digits, &mut bytes).map_err(|_| ())?;
        Ok(Self(bytes))
    }
}
