//! Master password → keys, the header file, sealing of fields: the only room where a key is in memory.
//!
//! ```text
//! password → argon2id → HKDF "kek/password/v1" → unwraps the random vault key (VK)
//! recovery kit, 256 bits → HKDF "kek/recovery/v1" → unwraps the same; so does what the system keyring holds
//! VK → HKDF "db/v1" → SQLCipher's raw key      "field/v1|record|field" → a Fernet key for each sealed field
//!    → HKDF "header-mac/v1" → the header's MAC      "audit/v1" → the key of the log of acts
//!    → HKDF "backup/v1" → a backup's MAC             "highwater/v1" → the high-water mark's
//! a server's root key, from a file → the same derivations, "access-token/v1" → what signs its access tokens,
//!    and "bundle-identity/v1" → what opens its bundles
//! ```
//!
//! Deliberately not here: SQL (the database's key leaves as an opaque value), HTTP, and anything that shows itself.
//! `derive_*` functions are deterministic, `make_*` functions are random.

mod attempts;
mod backup;
mod change;
mod field;
mod fingerprint;
mod folder;
mod foreign;
mod header;
mod highwater;
mod judge;
mod kdf;
mod keyring;
mod keys;
mod kit;
mod locked;
mod login;
mod password;
mod random;
mod root;
mod rotation;
mod sealed;
mod session;
mod slot;
mod totp;

pub use attempts::{Attempts, Failures};
pub use backup::{BackupError, BackupFolder, Copied, Manifest};
pub use change::{ChangeError, Doors, RecoverError};
pub use field::{FieldError, SealedKey};
pub use fingerprint::Fingerprint;
pub use folder::{FolderLock, LockError, Presence, VaultFolder};
pub use foreign::{ForeignKeyError, ForeignKeys};
pub use header::HeaderError;
pub use highwater::{Highwater, Mark, Regress, digest_of_pages};
pub use judge::{judge_password, require_strong, suggest_password};
pub use kdf::Cost;
pub use keyring::{KEYRING_PATIENCE, KeyringError, KeyringSecret, SystemKeyring};
pub use keys::{AuditKey, DatabaseKey};
pub use kit::{KIT_WORDS, KitError};
pub use login::{ALONE, LoginPasswordError, PasswordHash, WITH_SECOND_FACTOR};
pub use password::PasswordError;
pub use random::RandomError;
pub use root::{RootKey, RootKeyError, TokenKeys};
pub use rotation::Rotation;
pub use session::{CreateError, NewVault, OpenVault, UnlockError};
pub use totp::{HashedCode, RECOVERY_CODES, TotpSecret, make_recovery_codes};
