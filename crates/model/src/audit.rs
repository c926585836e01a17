//! The log of what was done: what is asked of it, and what may be shown of it.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// Longest text that is searched for, in characters.
pub const TEXT_LIMIT: usize = 200;

/// Which entries; what is `None` lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuditFilter {
    /// Done by.
    pub actor: Option<String>,
    /// What was done, such as `provider.update`.
    pub action: Option<String>,
    /// The record that it was done to: a UUID, or a task's name.
    pub record: Option<String>,
    /// Somewhere in actor, machine, action, record or values; small and capital ASCII letters are the same.
    pub text: Option<String>,
    /// From this instant.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub to: Option<Timestamp>,
}

/// A page of entries, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The entries.
    pub entries: Vec<AuditLine>,
    /// Number before which the next page goes on, if there is one.
    pub next: Option<i64>,
    /// How many the filter lets through, and what there is to choose from; of the first page alone.
    pub found: Option<AuditFound>,
}

/// What a filter found, and what there is to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFound {
    /// So many does it let through.
    pub matching: u64,
    /// So many are there.
    pub all: u64,
    /// Who ever acted.
    pub actors: Vec<String>,
    /// What was ever done.
    pub actions: Vec<String>,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// 1, 2, 3, … without a gap.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// On which computer.
    pub machine: String,
    /// Of the caller, for acts that came over a network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<String>,
    /// What.
    pub action: String,
    /// The record: a UUID, or a task's name.
    pub record: Option<String>,
    /// The record's display name at that time.
    pub record_name: Option<String>,
    /// The fields that changed, secrets masked.
    pub changes: Vec<FieldChange>,
    /// Its place in the chain: 64 hex digits.
    pub mac: String,
}

/// One field of an entry. `None` is: there was none, or there is none any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Its name, such as `daily_token_limit`; fields within fields have a dot.
    pub field: String,
    /// As it was.
    pub before: Option<String>,
    /// As it became.
    pub after: Option<String>,
}

/// What a verification of the chain found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditVerdict {
    /// So many entries are there.
    pub entries: u64,
    /// When it was verified.
    pub at: Timestamp,
    /// The first entry that is not as it was written; `None` is a whole chain.
    pub broken: Option<AuditBreak>,
}

/// Where a chain breaks first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditBreak {
    /// Number of the entry.
    pub entry: i64,
    /// How.
    pub kind: BreakKind,
}

/// How a chain breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreakKind {
    /// The entry was changed, inserted, or moved from another place.
    Altered,
    /// The entry is missing: it was deleted, or the log ends before it.
    Missing,
    /// The entry says that the log did not end where it was left: what came before it was cut off.
    CutOff,
    /// The signature behind the entry is missing or of another log.
    Checkpoint,
    /// The log is an older one or another one than the end that was kept outside of it.
    OtherLog,
}
