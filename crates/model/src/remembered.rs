//! How a person last looked at each list: filters and order, and by whose days usage is counted. In the vault, since what is searched for may be a name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Most characters of one list's text.
pub const REMEMBERED_LIMIT: usize = 1_024;

/// A list that is found again as it was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RememberedList {
    /// Providers.
    Providers,
    /// The usage page.
    Usage,
    /// By which zone's days usage is counted: an IANA name, and nothing for the computer's own.
    Zone,
    /// The log of acts.
    History,
    /// What servers are given.
    Bundles,
    /// The differences with a server.
    Sync,
    /// The server whose usage, health and history are shown; nothing for this computer.
    Source,
}

/// What is remembered of each list, in words that only the page reads. What it does not know any more, it leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Remembered(pub BTreeMap<RememberedList, String>);
