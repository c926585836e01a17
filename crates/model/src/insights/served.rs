//! Who served a task, and how it went: sums over attempts, as the usage log has them.

use crate::PicoUsd;

/// What one configuration did for one task with one model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Served {
    /// The task; empty where none was named.
    pub task: String,
    /// The configuration's number.
    pub number: i64,
    /// The model that was asked for; empty where the log does not say.
    pub model: String,
    /// Attempts.
    pub calls: u64,
    /// Those that succeeded.
    pub succeeded: u64,
    /// Those of them whose cost is not known.
    pub succeeded_unpriced: u64,
    /// Attempts whose tokens are not known.
    pub unknown_usage: u64,
    /// Input tokens of all kinds.
    pub input_tokens: u64,
    /// Output tokens.
    pub output_tokens: u64,
    /// Cost of those whose cost is known.
    pub cost: PicoUsd,
}

/// The same since an instant, and how it differs from one quarter of an hour to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sliced {
    /// All of it.
    pub sums: Served,
    /// Latency that half of the successful attempts do not exceed, in milliseconds.
    pub p50_ms: Option<u64>,
    /// Latency that 95 of 100 do not exceed.
    pub p95_ms: Option<u64>,
    /// Cost and successes of each quarter of an hour with attempts, in order.
    pub slices: Vec<(PicoUsd, u64)>,
}
