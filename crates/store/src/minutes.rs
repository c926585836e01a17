//! Shares of limits of a minute, which several servers have of one limit. Alone on its database a server needs none.

/// What a server asks of one limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareWish {
    /// The limit, in words that the gateway chooses.
    pub scope: String,
    /// Of its share it keeps so much. The rest was not used for a minute.
    pub keep: u64,
    /// So much more, as far as others leave it.
    pub more: u64,
    /// All shares together are never more than this.
    pub cap: u64,
}

/// How a limit stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// The limit.
    pub scope: String,
    /// This server's share now.
    pub granted: u64,
    /// What all the others have of it.
    pub others: u64,
    /// How many servers have of it or ask for it, with this one.
    pub holders: u64,
    /// What others asked for in vain.
    pub missing: u64,
}
