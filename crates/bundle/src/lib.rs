//! What a server serves by, in one file that only it can open and only its desk can have made.
//!
//! ```text
//! BASE64URL(header) . BASE64URL(claims) . BASE64URL(Ed25519 over both)       a compact JWS, for any JWT library
//!   header   alg EdDSA, typ, kid: the signing key's name, looked up among those that the server trusts
//!   claims   iss aud iat nbf exp jti, and serial prev format sealed
//!   sealed   age for the server's X25519 recipient: iss aud serial again, and then configurations, keys and routes
//! ```
//!
//! Checked in this order, what is cheap before what is dear and nothing of the content before its signature: size, shape,
//! header, algorithm, trusted key, signature (`verify_strict`), claims, audience, time, serial, seal, inner as outer.
//!
//! Deliberately not here: files, networks, clocks, and where serials are kept.

mod beside;
mod change;
mod claims;
mod contents;
mod fingerprint;
mod jws;
mod keys;
mod make;
mod server;
#[cfg(test)]
mod tests;
mod verify;

pub use beside::{BundledCatalog, BundledPrompt};
pub use change::{ChangeError, KeyChange};
pub use contents::{Configured, Contents, ContentsError};
pub use fingerprint::Fingerprint;
pub use keys::{KeyFileError, PublicKey, SigningKey};
pub use make::{MakeError, Order, make};
pub use server::{ServerFile, ServerFileError};
pub use share::{Identity, Recipient};
pub use verify::{Expected, OpenError, Signed, Verified, VerifyError, read};

/// Largest bundle that is looked at, in bytes.
pub const BUNDLE_LIMIT: usize = 1024 * 1024;
/// Largest of the other files: a key, a server, a change of keys.
pub const SMALL_LIMIT: usize = 8 * 1024;
/// Most configurations in a bundle.
pub const MOST: usize = 1_000;
/// Longest time that a bundle is good for, in days.
pub const MOST_DAYS: u32 = 30;
