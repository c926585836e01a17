//! Usage as people look at it: what is asked for, and the sums that come back. Sums are exact; percentiles are within
//! 1/256 of the exact ones. What is not known is `None` and never 0.

use serde::{Deserialize, Serialize};

use crate::{PicoUsd, ProviderType, Timestamp};

mod calls;
mod export;
mod upkeep;

pub use calls::{CallFilter, CallPage, CallPlace, CallView};
pub use export::{DataFormat, Exported, PictureFormat, ReportFormat};
pub use upkeep::{Difference, RebuildReport, Retention, VerifyReport};

/// Pieces of a chart at most.
pub const PIECES_LIMIT: usize = 1_000;

/// How long one piece of a chart is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bucket {
    /// An hour.
    Hour,
    /// A day of the zone.
    #[default]
    Day,
    /// A week of the zone, from Monday.
    Week,
    /// A month of the zone.
    Month,
}

/// What the parts of a chart are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// The vendor.
    #[default]
    ProviderType,
    /// The configuration.
    Provider,
    /// The model.
    Model,
    /// The task.
    Task,
    /// The user.
    User,
    /// How calls ended.
    Status,
}

/// Which calls; an empty list is "all of them".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UsageFilter {
    /// Numbers of configurations.
    pub providers: Vec<i64>,
    /// Tasks; the empty text is "none was named".
    pub tasks: Vec<String>,
    /// Users.
    pub users: Vec<String>,
    /// `success`, `error`, `timeout`.
    pub statuses: Vec<String>,
    /// Models as they were asked for.
    pub models: Vec<String>,
    /// Why calls failed, as [`ErrorCount::class`] has it. Calls that succeeded are then left out.
    pub errors: Vec<String>,
}

/// A question about usage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsageQuery {
    /// The first day, `YYYY-MM-DD` in the zone.
    pub first_day: String,
    /// The last day, included.
    pub last_day: String,
    /// An IANA time zone, such as `Europe/Berlin`.
    pub zone: String,
    /// How long one piece of a chart is.
    #[serde(default)]
    pub bucket: Bucket,
    /// What the parts of a chart are.
    #[serde(default)]
    pub grouping: Grouping,
    /// Which calls.
    #[serde(default)]
    pub filter: UsageFilter,
}

/// Sums over calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measures {
    /// All of them.
    pub calls: u64,
    /// Those that succeeded.
    pub succeeded: u64,
    /// Those that took too long; the others failed.
    pub timeouts: u64,
    /// Those whose cost is not known. It is not in the sum.
    pub unpriced: u64,
    /// Successful ones whose cost is not known. A failed call mostly has neither tokens nor a cost.
    pub succeeded_unpriced: u64,
    /// Those whose cost is an estimate.
    pub estimated: u64,
    /// Those whose tokens the vendor did not say. They are not in the sums.
    pub unknown_usage: u64,
    /// Input tokens of all kinds.
    pub input_tokens: u64,
    /// Output tokens.
    pub output_tokens: u64,
    /// Both.
    pub total_tokens: u64,
    /// Cost of the calls whose cost is known; `None` when it is of none of them.
    pub cost: Option<PicoUsd>,
    /// Sum of the latencies in milliseconds.
    pub latency_sum_ms: u64,
    /// The latency that half of the calls do not exceed.
    pub latency_p50_ms: Option<u64>,
    /// The latency that 95 in 100 calls do not exceed.
    pub latency_p95_ms: Option<u64>,
    /// The latency that 99 in 100 calls do not exceed.
    pub latency_p99_ms: Option<u64>,
}

impl Measures {
    /// Successful calls in 100, `None` without calls.
    pub fn success_rate(&self) -> Option<f64> {
        share(self.succeeded, self.calls)
    }

    /// Calls without a known cost in 100, `None` without calls.
    pub fn unpriced_rate(&self) -> Option<f64> {
        share(self.unpriced, self.calls)
    }

    /// Mean latency in whole milliseconds, `None` without calls.
    pub fn avg_latency_ms(&self) -> Option<u64> {
        self.latency_sum_ms.checked_div(self.calls)
    }

    /// What a successful call cost, failed ones paid for by it; `None` where no call succeeded or any successful one has
    /// no known cost.
    pub fn cost_per_success(&self) -> Option<PicoUsd> {
        let cost = self.cost.filter(|_| self.succeeded_unpriced == 0)?;
        cost.0.checked_div(i128::from(self.succeeded)).map(PicoUsd)
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 * 100.0 / whole as f64)
}

/// One row of a table: whose, and now against before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Number of a configuration, a vendor's name, model, task, user or status, as the grouping says.
    pub key: String,
    /// In the time that was asked for.
    pub now: Measures,
    /// In the time of the same length before.
    pub before: Measures,
}

/// A configuration and a model that it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderUsage {
    /// The configuration's number; it may have been deleted.
    pub number: i64,
    /// Its type, where it is known.
    pub provider_type: Option<ProviderType>,
    /// Its name, `None` when it was deleted.
    pub display_name: Option<String>,
    /// The model that was asked for; empty where the log does not say.
    pub model: String,
    /// In the time that was asked for.
    pub now: Measures,
    /// In the time of the same length before.
    pub before: Measures,
    /// In the last 7 days up to the last day that was asked for, that one included.
    pub last_7_days: Measures,
    /// In the last 30 days up to the last day that was asked for, that one included.
    pub last_30_days: Measures,
}

/// One part of a chart: a value for each piece of [`UsageView::starts`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// As in [`Group::key`].
    pub key: String,
    /// Calls of each piece.
    pub calls: Vec<u64>,
    /// Successful ones of each piece.
    pub succeeded: Vec<u64>,
    /// Those of each piece whose cost is not known.
    pub unpriced: Vec<u64>,
    /// Cost of each piece; `None` where there were calls and the cost of none is known.
    pub cost: Vec<Option<PicoUsd>>,
    /// Successful calls of each piece whose cost is not known and not in the sum.
    pub succeeded_unpriced: Vec<u64>,
    /// Tokens of each piece.
    pub tokens: Vec<u64>,
}

/// Failures of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorCount {
    /// As [`crate::ErrorClass::as_str`] has it; the status, where the log knows no class.
    pub class: String,
    /// How many.
    pub calls: u64,
}

/// All that the dashboard shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageView {
    /// The first instant that was asked for.
    pub from: Timestamp,
    /// The instant behind the last.
    pub to: Timestamp,
    /// The first instant of the time before.
    pub before_from: Timestamp,
    /// The first instant of the last 30 days up to the last day that was asked for, that one included.
    pub last_30_days_from: Timestamp,
    /// Everything in the time that was asked for.
    pub now: Measures,
    /// Everything in the time before: as many days.
    pub before: Measures,
    /// When each piece of the charts begins.
    pub starts: Vec<Timestamp>,
    /// The day of each piece's beginning, `YYYY-MM-DD` in the zone.
    pub days: Vec<String>,
    /// What the zone's clocks show at each piece's beginning, in minutes behind midnight.
    pub clocks: Vec<u16>,
    /// Everything, for each piece.
    pub pieces: Vec<Measures>,
    /// The parts of each piece, by [`UsageQuery::grouping`].
    pub parts: Vec<Part>,
    /// The table, by [`UsageQuery::grouping`], most calls first.
    pub groups: Vec<Group>,
    /// By configuration and model, most calls first.
    pub providers: Vec<ProviderUsage>,
    /// By task, most calls first.
    pub tasks: Vec<Group>,
    /// Failures by kind, most first.
    pub errors: Vec<ErrorCount>,
    /// The zone whose days are kept; questions about others take longer.
    pub home_zone: String,
}

impl UsageView {
    /// Compares with other days than those directly before: `other` answers the same question about them.
    pub fn compare_with(&mut self, other: Self) {
        (self.before_from, self.before) = (other.from, other.now);
        compare_groups(&mut self.groups, other.groups);
        compare_groups(&mut self.tasks, other.tasks);
        for provider in &mut self.providers {
            let same = |one: &&ProviderUsage| (one.number, &one.model) == (provider.number, &provider.model);
            let before = other.providers.iter().find(same).map(|one| one.now.clone());
            provider.before = before.unwrap_or_default();
        }
    }
}

fn compare_groups(groups: &mut Vec<Group>, others: Vec<Group>) {
    for group in groups.iter_mut() {
        group.before = Measures::default();
    }
    for other in others.into_iter().filter(|other| other.now.calls > 0) {
        match groups.iter_mut().find(|group| group.key == other.key) {
            Some(group) => group.before = other.now,
            None => groups.push(Group { key: other.key, now: Measures::default(), before: other.now }),
        }
    }
}

/// Statistics of one provider and model, as the specification returns them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProviderStatistics {
    /// The vendor, where it is known.
    pub provider_type: Option<ProviderType>,
    /// The model.
    pub model_name: String,
    /// Calls in the days asked for.
    pub total_calls: u64,
    /// Tokens in the days asked for.
    pub total_tokens: u64,
    /// Cost in dollars; `None` when no call's cost is known.
    pub total_cost_usd: Option<f64>,
    /// The same, exact.
    pub total_cost: Option<PicoUsd>,
    /// Calls whose cost is not known and not in the sum.
    pub unpriced_calls: u64,
    /// Successful calls in 100.
    pub success_rate: Option<f64>,
    /// Mean latency.
    pub avg_latency_ms: Option<u64>,
    /// Calls in the last 7 days.
    pub last_7_days_calls: u64,
    /// Calls in the last 30 days.
    pub last_30_days_calls: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_not_zero() {
        let none = Measures::default();
        assert_eq!((none.success_rate(), none.avg_latency_ms(), none.cost_per_success()), (None, None, None));
        let some = Measures { calls: 3, succeeded: 2, cost: Some(PicoUsd(9)), ..none };
        assert_eq!(some.cost_per_success(), Some(PicoUsd(4)));
        assert_eq!(Measures { succeeded_unpriced: 1, ..some }.cost_per_success(), None);
    }
}
