//! Master password → keys, the header file, sealing of fields: the only room where a key is in memory.
//!
//! ```text
//! password → argon2id → HKDF "kek/password/v1" → unwraps the random vault key (VK)
//! VK → HKDF "db/v1" → SQLCipher's raw key      "field/v1|record|field" → a Fernet key for each sealed field
//!    → HKDF "header-mac/v1" → the header's MAC
//! ```
//!
//! Deliberately not here: SQL (the database's key leaves as an opaque value), HTTP, and anything that shows itself.
//! `derive_*` functions are deterministic, `make_*` functions are random.

mod attempts;
mod field;
mod folder;
mod header;
mod judge;
mod kdf;
mod keys;
mod password;
mod random;
mod session;
mod slot;

pub use attempts::Attempts;
pub use field::{FieldError, SealedKey};
pub use folder::{FolderLock, LockError, Presence, VaultFolder};
pub use header::HeaderError;
pub use judge::{judge_password, suggest_password};
pub use kdf::Cost;
pub use keys::DatabaseKey;
pub use password::PasswordError;
pub use session::{CreateError, NewVault, OpenVault, UnlockError};
