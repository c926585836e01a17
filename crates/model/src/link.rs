//! What a link proposes, `signalbox://import?…`. It comes from anybody, so nothing of it is done before a person has seen
//! all of it and said so. Reading one is `desk`'s.

use serde::{Deserialize, Serialize};

use crate::{ProviderType, TaskName};

/// The scheme that the program is registered for.
pub const SCHEME: &str = "signalbox";
/// Longest link that is read, in bytes: more than all of its fields need.
pub const LINK_LIMIT: usize = 4_096;

/// What a link proposes. No field for a key: a link is kept by browsers, chats and logs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedProvider {
    /// Its type.
    pub provider_type: ProviderType,
    /// What it is to be called; empty for a name from type and model.
    pub display_name: String,
    /// The model; empty where the link leaves it to the person.
    pub model_name: String,
    /// Where requests would go; empty for the vendor's own address.
    pub base_url: String,
    /// The task whose first place it is to take.
    pub task: Option<TaskName>,
    /// What to look at twice.
    pub flags: Vec<LinkFlag>,
}

/// What to look at twice before a key is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkFlag {
    /// A vendor's type, but not the vendor's address: the key would go elsewhere.
    NotTheVendor,
    /// A host of this computer or of a private network.
    PrivateHost,
    /// Plain http, by which anybody between reads the key.
    PlainHttp,
}
