//! What opens a vault, as the settings page shows it, and how it is changed.

use serde::{Deserialize, Serialize};

use crate::{Timestamp, command::Opened};

/// What opens the vault, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityView {
    /// When the password was changed last; `None` when it is the first one.
    pub password_changed_at: Option<Timestamp>,
    /// Whether a recovery kit opens the vault.
    pub has_kit: bool,
    /// When that kit was made.
    pub kit_made_at: Option<Timestamp>,
    /// Whether somebody has shown to have a copy of that kit.
    pub kit_checked: bool,
    /// Whether the system keyring opens the vault.
    pub keyring: bool,
    /// When the password is asked for again although the keyring would open.
    pub keyring_until: Option<Timestamp>,
    /// The vault key's number, from 1.
    pub key_number: u32,
    /// When the vault key was replaced last; `None` when it is the first one.
    pub key_changed_at: Option<Timestamp>,
}

/// A new recovery kit. Its words are shown once, and nobody keeps them but the person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKit {
    /// 24 words, parted by blanks.
    pub words: String,
    /// Which vault they open, 32 hex digits.
    pub vault_id: String,
    /// When they were made.
    pub made_at: Timestamp,
    /// Places of the two words that are asked for, from 1: who can type them has a copy.
    pub asked: [usize; 2],
}

/// A vault that its recovery kit opened. The kit is void, and here is the next.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovered {
    /// The open vault.
    pub opened: Opened,
    /// The new kit.
    pub kit: NewKit,
}

/// A vault key was replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotated {
    /// What opens the vault now.
    pub view: SecurityView,
    /// Whether there was a recovery kit that is void now.
    pub kit_void: bool,
    /// Whether the keyring opened the vault and does not any more.
    pub keyring_void: bool,
}

/// How far the replacement of a vault key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RotationStep {
    /// Calls end and the database closes.
    Closing,
    /// The database is copied under the new key.
    Copying,
    /// API keys are sealed anew.
    Sealing,
    /// The copy is checked.
    Checking,
    /// The header changes over to the new key.
    Switching,
}
