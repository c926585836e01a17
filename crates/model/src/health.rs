//! How a configuration is: from its calls and from cheap probes.

use serde::{Deserialize, Serialize};

use crate::{ProviderId, ProviderType, TaskName, Timestamp};

/// Slots of the last 24 hours, half an hour each.
pub const SLOTS: usize = 48;
/// Length of a slot in milliseconds.
pub const SLOT_MS: i64 = 1_800_000;

/// How it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HealthState {
    /// It answers.
    Up,
    /// It answers, but late or with errors.
    Degraded,
    /// It does not answer, or refuses every call.
    Down,
    /// Nobody asked it lately.
    #[default]
    Unknown,
}

impl HealthState {
    /// Whether somebody should look at it.
    pub fn is_unwell(self) -> bool {
        matches!(self, Self::Degraded | Self::Down)
    }
}

/// A circuit breaker's state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreakerState {
    /// Calls pass.
    #[default]
    Closed,
    /// One call is let through to see.
    HalfOpen,
    /// Calls are turned away until a moment.
    Open {
        /// When one call is let through.
        until: Timestamp,
    },
    /// It is open, and there is nothing to probe with: no key, a refused key, no credit. A person has to act.
    CannotProbe,
}

/// Half an hour of one configuration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HealthSlot {
    /// Calls and probes that went well.
    pub good: u32,
    /// Those that did not.
    pub bad: u32,
}

/// One configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderHealth {
    /// Which one.
    pub id: ProviderId,
    /// Its type.
    pub provider_type: ProviderType,
    /// Its name.
    pub display_name: String,
    /// Its model.
    pub model_name: String,
    /// Whether it is switched on.
    pub is_active: bool,
    /// How it is now.
    pub state: HealthState,
    /// Why, one sentence; empty when it is up.
    pub reason: String,
    /// The last 24 hours, oldest first.
    pub slots: Vec<HealthSlot>,
    /// Calls of the last hour, and how many of them failed.
    pub hour: HealthSlot,
    /// Calls of the last 24 hours, and how many of them failed.
    pub day: HealthSlot,
    /// Median latency of the last hour, else of the last day, in milliseconds.
    pub p50_ms: Option<u64>,
    /// 95th percentile likewise.
    pub p95_ms: Option<u64>,
    /// Its breaker.
    pub breaker: BreakerState,
    /// Tasks in whose chain it stands, with its place from 1.
    pub tasks: Vec<(TaskName, u32)>,
    /// When it was last asked, by a call or a probe.
    pub checked_at: Option<Timestamp>,
}

/// A time in which something was wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Rising number.
    pub id: i64,
    /// Which configuration.
    pub provider: ProviderId,
    /// Its name then.
    pub display_name: String,
    /// How bad it was.
    pub state: HealthState,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended; `None` while it goes on.
    pub ended_at: Option<Timestamp>,
    /// What happened, one sentence.
    pub cause: String,
    /// Calls that went to another provider meanwhile.
    pub calls_moved: u64,
}

/// The health page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthView {
    /// Worst first, then in the usual order.
    pub providers: Vec<ProviderHealth>,
    /// Of the last seven days, newest first.
    pub incidents: Vec<Incident>,
    /// When the last round of probes ended.
    pub probed_at: Option<Timestamp>,
    /// Seconds between rounds.
    pub probe_every_s: u64,
}
