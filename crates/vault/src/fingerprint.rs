//! To know a secret again without keeping it: its HMAC-SHA256 under a random key of its own, which nobody else has. What is
//! left in memory says nothing of the secret to whoever does not have it already, not even whether two are the same.

use hmac::{Hmac, KeyInit, Mac};
use model::Secret;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::random::{RandomError, make_bytes};

/// What a secret is known again by.
pub struct Fingerprint {
    key: Zeroizing<[u8; 32]>,
    mac: [u8; 32],
}

impl Fingerprint {
    /// That of a secret; another one each time.
    ///
    /// # Errors
    /// When there are no random numbers.
    pub fn of(secret: &Secret) -> Result<Self, RandomError> {
        let key = make_bytes()?;
        let mac = hmac(&key, secret).finalize().into_bytes().into();
        Ok(Self { key, mac })
    }

    /// Whether this is the secret; takes as long whether it is or not.
    pub fn is_of(&self, text: &Secret) -> bool {
        hmac(&self.key, text).verify_slice(&self.mac).is_ok()
    }
}

fn hmac(key: &[u8; 32], text: &Secret) -> Hmac<Sha256> {
    // As in the header: HMAC pads a shorter key with zeros to the hash's block.
    let mut padded = Zeroizing::new([0; 64]);
    padded[..32].copy_from_slice(key);
    Hmac::<Sha256>::new((&*padded).into()).chain_update(text.expose())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_known_again_and_no_other_is_taken_for_it() {
        let secret = Secret::new("test-openai-key-0001");
        let print = Fingerprint::of(&secret).unwrap();
        assert!(print.is_of(&Secret::new("test-openai-key-0001")));
        for other in ["test-openai-key-0002", "test-openai-key-000", "test-openai-key-0001 ", ""] {
            assert!(!print.is_of(&Secret::new(other)), "{other}");
        }
    }

    #[test]
    fn two_of_the_same_secret_have_nothing_in_common() {
        let secret = Secret::new("test-openai-key-0001");
        assert_ne!(Fingerprint::of(&secret).unwrap().mac, Fingerprint::of(&secret).unwrap().mac);
    }
}
