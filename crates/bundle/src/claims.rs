//! What a bundle says in the clear: by whom, for whom, when, and which. Neither a name nor a URL is among it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(crate) const FORMAT: u32 = 1;
/// Exact in every language's numbers.
pub(crate) const SERIAL_LIMIT: u64 = 9_007_199_254_740_991;
pub(crate) const KIND: &str = "signalbox-bundle+jwt";

/// What is looked at before anything else is.
#[derive(Deserialize)]
pub(crate) struct Head {
    pub(crate) format: u32,
}

/// All instants in seconds since 1970, as RFC 7519 has them. A member twice, one that is missing, one that is not known: refused.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Claims {
    pub(crate) iss: String,
    pub(crate) aud: String,
    pub(crate) iat: i64,
    pub(crate) nbf: i64,
    pub(crate) exp: i64,
    pub(crate) jti: Uuid,
    pub(crate) serial: u64,
    /// The serial of the one before it for this server, 0 for the first.
    pub(crate) prev: u64,
    pub(crate) format: u32,
    pub(crate) sealed: String,
}
