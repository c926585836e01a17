//! Keeping the sums right, and how long rows are kept.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// How long rows of the log are kept. Sums are kept for good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Days; `None` keeps every row.
    pub days: Option<u32>,
}

impl Retention {
    /// Fewer would take rows away that a month's limits are counted from.
    pub const LEAST_DAYS: u32 = 32;
    /// A hundred years.
    pub const MOST_DAYS: u32 = 36_525;
}

/// A sum that is not what its rows say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// When the quarter of an hour, or the day, begins.
    pub at: Timestamp,
    /// Whether it is the sum of a day.
    pub of_a_day: bool,
    /// Number of the configuration.
    pub provider_config_id: i64,
    /// The task.
    pub task: String,
    /// The user; `None` in a sum over all of them.
    pub user: Option<String>,
    /// How the calls ended.
    pub status: String,
    /// Of what it is the sum.
    pub sum: String,
    /// What the rows add up to.
    pub rows_say: String,
    /// What the sum is.
    pub sums_say: String,
}

/// What comparing all sums with the rows found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyReport {
    /// Rows that were read.
    pub rows: u64,
    /// Sums that were compared.
    pub cells: u64,
    /// The first that is wrong; `None` when all are right.
    pub first_difference: Option<Difference>,
}

/// What was made anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RebuildReport {
    /// Rows that were read.
    pub rows: u64,
    /// Sums that were written.
    pub cells: u64,
}
