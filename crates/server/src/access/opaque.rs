//! Random tokens that mean nothing by themselves, and their digests, which are all that is kept.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::web::{Answer, refusal};

/// A new token of 256 random bits, 43 letters.
pub(crate) fn make() -> Result<Zeroizing<String>, getrandom::Error> {
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::fill(bytes.as_mut_slice())?;
    Ok(Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_slice())))
}

/// The same for a request.
pub(crate) fn make_for_request() -> Answer<Zeroizing<String>> {
    make().map_err(|error| {
        tracing::error!(%error, "the operating system gave no random numbers");
        refusal::internal()
    })
}

/// By what a token is known again.
pub(crate) fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
