//! Client tokens. Only their digests are here, so that neither the store nor a core dump holds a usable one.

use std::sync::{Arc, PoisonError, RwLock};

use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

/// SHA-256 of a token. A token is 256 random bits, so there is nothing to guess and no salt is needed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TokenDigest(pub [u8; 32]);

impl TokenDigest {
    /// The digest of a token.
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token).into())
    }
}

/// The tokens that are accepted now. Clones share them, so a new token counts at once.
#[derive(Clone, Default)]
pub struct Tokens(Arc<RwLock<Vec<TokenDigest>>>);

impl Tokens {
    /// Accepts these.
    pub fn new(digests: impl IntoIterator<Item = TokenDigest>) -> Self {
        let tokens = Self::default();
        tokens.replace(digests);
        tokens
    }

    /// Accepts these and no others from now on.
    pub fn replace(&self, digests: impl IntoIterator<Item = TokenDigest>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = digests.into_iter().collect();
    }

    /// Whether this is one of them. Takes the same time wherever two digests differ, and whichever fits.
    pub(crate) fn accepts(&self, token: &str) -> bool {
        let asked = TokenDigest::of(token);
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.iter().fold(Choice::from(0), |fits, one| fits | one.0.ct_eq(&asked.0)).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_present_tokens_are_accepted() {
        let tokens = Tokens::new(["sbx_one", "sbx_two"].map(TokenDigest::of));
        let shared = tokens.clone();
        assert!(shared.accepts("sbx_one") && shared.accepts("sbx_two"));
        assert!(!shared.accepts("sbx_on") && !shared.accepts(""));
        tokens.replace([TokenDigest::of("sbx_three")]);
        assert!(shared.accepts("sbx_three") && !shared.accepts("sbx_one"));
        assert!(!Tokens::default().accepts(""));
    }
}
