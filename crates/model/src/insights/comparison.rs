//! What a split has shown so far: how often each of its members succeeded, what a success cost, how long it took, and
//! whether that is enough to say that one is better.

use serde::{Deserialize, Serialize};

use crate::{PicoUsd, ProviderId, ProviderType, TaskName, Timestamp};

/// One member of a split since it began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arm {
    /// Which one.
    pub provider: ProviderId,
    /// Its name.
    pub name: String,
    /// Its vendor.
    pub provider_type: ProviderType,
    /// Its model; calls with another one that it had before are left out.
    pub model: String,
    /// Its share in percent of all shares.
    pub share: u8,
    /// Attempts.
    pub calls: u64,
    /// Of them successful.
    pub succeeded: u64,
    /// What a success cost, failures paid for by it; `None` where one's cost is not known.
    pub cost_per_success: Option<PicoUsd>,
    /// Latency that half of the successes do not exceed, in milliseconds.
    pub p50_ms: Option<u64>,
    /// Latency that 95 of 100 do not exceed.
    pub p95_ms: Option<u64>,
}

/// A difference and its 95 % confidence interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference<T> {
    /// Lower end.
    pub low: T,
    /// What was seen.
    pub seen: T,
    /// Upper end.
    pub high: T,
}

/// What can be said of a member against the present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// Too few calls to say anything.
    TooFew {
        /// Its attempts, or those of the present one, whichever has less of what is needed.
        calls: u64,
        /// About so many are needed.
        needed: u64,
    },
    /// It succeeds less often.
    Worse,
    /// It costs less for a success, and succeeds about as often or more often.
    CheaperNotWorse,
    /// It succeeds about as often or more often, and does not cost less.
    NotCheaper,
    /// It succeeds about as often or more often; what it costs is not clear yet.
    NotWorse,
    /// Its interval reaches from worse to not worse.
    Unclear,
}

/// A member against the present one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Against {
    /// The other.
    pub arm: Arm,
    /// How much more often it succeeds, in hundredths of a percentage point. Less often is below zero. `None` where one of
    /// the two has no calls.
    pub success: Option<Difference<i64>>,
    /// How much more a success costs; less is below zero. `None` where too little is known.
    pub cost: Option<Difference<PicoUsd>>,
    /// What that comes to.
    pub judgement: Judgement,
}

/// A split and what it has shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The task.
    pub task: TaskName,
    /// Since when it has been split so.
    pub since: Timestamp,
    /// The member with the largest share.
    pub present: Arm,
    /// The others.
    pub others: Vec<Against>,
}
