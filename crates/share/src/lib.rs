//! Single configurations with their keys in a file for another vault: versioned JSON within, age
//! (age-encryption.org/v1) around it, for a passphrase or for a vault's own recipient.
//!
//! Deliberately not here: files, vaults and what becomes of the configurations. age does not say who wrote a file:
//! whoever knows the passphrase or the recipient can write one, so what comes out is shown to a person before it counts.

mod identity;
mod opening;
mod plain;
mod sealing;

pub use identity::{Identity, Recipient};
pub use opening::{OpenError, Opener, Way, open, open_bytes, way_of};
pub use plain::{Configuration, PlainError, Shared, read, write};
pub use sealing::{SealError, Sealer, WORK, seal, seal_bytes};

pub use model::share::FILE_LIMIT;

/// Most configurations in a file.
pub const MOST: usize = 1_000;
