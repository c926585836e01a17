//! Single configurations that go to another vault and come from one, as the page sees them: never a key.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{ProviderType, Secret, Timestamp, command::Existing, provider::ProviderList, vault::UndoToken};

/// Largest file that is looked at, in bytes.
pub const FILE_LIMIT: usize = 1024 * 1024;

/// For whom a file is sealed.
#[derive(Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(Serialize))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ShareFor {
    /// For whoever knows this passphrase, which must be as good as a vault's password.
    Passphrase(Secret),
    /// For whoever has the identity of this age recipient, `age1…`.
    Recipient(String),
}

/// This vault's own recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipientView {
    /// `age1…`; `None` as long as none was made.
    pub recipient: Option<String>,
    /// When it was made.
    pub made_at: Option<Timestamp>,
}

/// What importing a file would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPreview {
    /// When it was written, by the clock of whoever did.
    pub made_at: Timestamp,
    /// What is in it, in its order.
    pub entries: Vec<SharedEntry>,
}

/// A configuration in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedEntry {
    /// Its identity in the vault that it comes from.
    pub id: Uuid,
    /// What people call it there.
    pub display_name: String,
    /// Fixed at creation.
    pub provider_type: ProviderType,
    /// Where its calls go.
    pub base_url: String,
    /// The model.
    pub model_name: String,
    /// Whether it is switched on there, and so will be here.
    pub is_active: bool,
    /// Whether its key came along.
    pub has_key: bool,
    /// The configuration of this vault that has its identity or its name.
    pub same: Option<SharedSame>,
}

/// A configuration of this vault that one in a file collides with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedSame {
    /// Which one, as it was seen.
    pub existing: Existing,
    /// What it is called here.
    pub display_name: String,
    /// Whether it has the same identity; else it has the same name.
    pub by_id: bool,
    /// What the one in the file would be called as a copy.
    pub copy_name: String,
    /// Whether its key can be replaced by the one in the file: both are of one type and one base URL, and there is one.
    pub can_replace_key: bool,
}

/// What becomes of one configuration of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SharedChoice {
    /// It is added as it is; refused if it collides.
    Add,
    /// It is added beside the one that it collides with, under another name and identity.
    Copy,
    /// The one that it collides with gets its key, and nothing else.
    ReplaceKey(Existing),
    /// It is left out.
    Skip,
}

/// What an import came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedImported {
    /// The list with it.
    pub list: ProviderList,
    /// How many were added, copies among them.
    pub added: u32,
    /// How many got another key.
    pub replaced: u32,
    /// How many were left out.
    pub skipped: u32,
    /// The way back, a step for each, in the order in which they were taken.
    pub undo: Vec<UndoToken>,
}
