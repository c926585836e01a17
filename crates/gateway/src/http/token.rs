//! Client tokens. Only their digests are here, so that neither the store nor a core dump holds a usable one.

use std::sync::{Arc, PoisonError, RwLock};

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::grant::Grant;

/// SHA-256 of a token. A token is 256 random bits, so there is nothing to guess and no salt is needed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TokenDigest(pub [u8; 32]);

impl TokenDigest {
    /// The digest of a token.
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token).into())
    }
}

/// The tokens that are accepted now, and what each is for. Clones share them, so a new token counts at once.
#[derive(Clone, Default)]
pub struct Tokens(Arc<RwLock<Vec<Known>>>);

type Known = (TokenDigest, Arc<Grant>);

impl Tokens {
    /// Accepts these, for everything.
    pub fn new(digests: impl IntoIterator<Item = TokenDigest>) -> Self {
        let tokens = Self::default();
        tokens.replace(digests);
        tokens
    }

    /// Accepts these and no others from now on, for everything.
    pub fn replace(&self, digests: impl IntoIterator<Item = TokenDigest>) {
        let everything = Arc::new(Grant::default());
        self.put(digests.into_iter().map(|digest| (digest, Arc::clone(&everything))).collect());
    }

    /// Accepts these and no others from now on, each for what it is granted.
    pub fn replace_granted(&self, tokens: impl IntoIterator<Item = (TokenDigest, Grant)>) {
        self.put(tokens.into_iter().map(|(digest, grant)| (digest, Arc::new(grant))).collect());
    }

    fn put(&self, tokens: Vec<Known>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = tokens;
    }

    /// What this token is for, if it is one of them. Takes the same time wherever two digests differ, and whichever fits.
    pub(crate) fn find(&self, token: &str) -> Option<Arc<Grant>> {
        let asked = TokenDigest::of(token);
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut found = None;
        for (digest, grant) in known.iter() {
            if digest.0.ct_eq(&asked.0).into() {
                found = Some(grant);
            }
        }
        found.cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_present_tokens_are_accepted() {
        let tokens = Tokens::new(["sbx_one", "sbx_two"].map(TokenDigest::of));
        let shared = tokens.clone();
        let accepts = |token: &str| shared.find(token).is_some();
        assert!(accepts("sbx_one") && accepts("sbx_two"));
        assert!(!accepts("sbx_on") && !accepts(""));
        tokens.replace([TokenDigest::of("sbx_three")]);
        assert!(accepts("sbx_three") && !accepts("sbx_one"));
        assert!(Tokens::default().find("").is_none());
    }
}
