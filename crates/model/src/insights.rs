//! What the vault's own data says that a person may want to know or change: jumps of usage, keys, routes and limits.

use serde::{Deserialize, Serialize};

use crate::{PicoUsd, ProviderId, TaskName};

mod cheaper;
mod comparison;
mod jump;
mod served;

pub use cheaper::{Cheaper, Risk, Suggestion, Trial};
pub use comparison::{Against, Arm, Comparison, Difference, Judgement};
pub use jump::{Cause, Causes, JumpView, Jumps, Measure, Watching, tenths};
pub use served::{Served, Sliced};

/// Days without a call after which a key is unused, and whole days that limits are judged by.
pub const LOOKED_AT_DAYS: u32 = 30;

/// What stands out, the most urgent first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insights {
    /// Each thing that stands out.
    pub findings: Vec<Finding>,
    /// Usage far above the account's own habit.
    pub jumps: Jumps,
    /// Tasks that could be served for less, the largest saving first.
    pub cheaper: Vec<Suggestion>,
    /// Splits and what they have shown.
    pub compared: Vec<Comparison>,
}

/// A limit of a day and the most that was used in one, or of a month and what was used in the last [`LOOKED_AT_DAYS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UsedLimit {
    /// Tokens.
    Tokens {
        /// Allowed.
        limit: u64,
        /// Used at most.
        most: u64,
    },
    /// Cost.
    Cost {
        /// Allowed.
        limit: PicoUsd,
        /// Used at most, of calls whose price is known.
        most: PicoUsd,
    },
}

/// Something that stands out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// A limit is reached on every second day or more often.
    LimitAlwaysHit {
        /// Whose.
        provider: ProviderId,
        /// Its name.
        name: String,
        /// Which.
        limit: UsedLimit,
        /// Days on which it was reached.
        hit: u32,
        /// Days with calls.
        days: u32,
    },
    /// The last [`LOOKED_AT_DAYS`] used as much as a month may.
    MonthLimitHit {
        /// Whose.
        provider: ProviderId,
        /// Its name.
        name: String,
        /// Which.
        limit: UsedLimit,
    },
    /// One provider serves a task, and nobody does when it fails.
    NoFallback {
        /// The task.
        task: TaskName,
        /// Who serves it.
        provider: ProviderId,
        /// Its name.
        name: String,
    },
    /// A key is older than a person wants keys to be, see [`crate::keys::KeySettings`].
    OldKey {
        /// Whose.
        provider: ProviderId,
        /// Its name.
        name: String,
        /// How old it is.
        days: u32,
    },
    /// A key was not used in [`LOOKED_AT_DAYS`].
    UnusedKey {
        /// Whose.
        provider: ProviderId,
        /// Its name.
        name: String,
    },
    /// Not even a fifth of a limit was ever used.
    LimitNeverReached {
        /// Whose.
        provider: ProviderId,
        /// Its name.
        name: String,
        /// Which.
        limit: UsedLimit,
        /// Days with calls.
        days: u32,
    },
    /// The last [`LOOKED_AT_DAYS`] did not use even a fifth of what a month may.
    MonthLimitFar {
        /// Whose.
        provider: ProviderId,
        /// Its name.
        name: String,
        /// Which.
        limit: UsedLimit,
    },
}

impl Finding {
    /// Its place among others: the most urgent is the first.
    pub fn urgency(&self) -> u8 {
        match self {
            Self::LimitAlwaysHit { .. } | Self::MonthLimitHit { .. } => 0,
            Self::NoFallback { .. } => 1,
            Self::OldKey { .. } => 2,
            Self::UnusedKey { .. } => 3,
            Self::LimitNeverReached { .. } | Self::MonthLimitFar { .. } => 4,
        }
    }
}
