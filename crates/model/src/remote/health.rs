//! How configurations are, and what was wrong with them.

use serde::{Deserialize, Serialize};

use crate::{
    ProviderType,
    health::{HealthSlot, HealthState},
};

/// How every configuration is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HealthReport {
    /// The worst first.
    pub configs: Vec<ConfigHealth>,
    /// When the last round of probes ended.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub probed_at: Option<String>,
    /// Seconds between rounds.
    pub probe_every_s: u64,
}

/// How one configuration is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfigHealth {
    /// Which one.
    pub config_id: i64,
    /// Its type.
    pub provider_type: ProviderType,
    /// Its name.
    pub display_name: String,
    /// Its model.
    pub model_name: String,
    /// Whether routes may use it.
    pub is_active: bool,
    /// How it is now.
    pub state: HealthState,
    /// Why, one sentence; empty when it is up.
    pub reason: String,
    /// Its circuit breaker: `closed`, `half_open`, `open`, or `cannot_probe` (a person has to act).
    #[cfg_attr(feature = "openapi", schema(example = "closed"))]
    pub breaker: String,
    /// When an open one lets a call through.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub breaker_until: Option<String>,
    /// Calls and probes of the last hour.
    pub last_hour: HealthSlot,
    /// Of the last 24 hours.
    pub last_day: HealthSlot,
    /// The same by half hours, oldest first.
    pub half_hours: Vec<HealthSlot>,
    /// Median latency of the last hour, else of the last day, in milliseconds.
    pub p50_ms: Option<u64>,
    /// 95th percentile likewise.
    pub p95_ms: Option<u64>,
    /// Tasks in whose chain it stands.
    pub tasks: Vec<HealthTask>,
    /// When it was last asked, by a call or a probe.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub checked_at: Option<String>,
}

/// A task in whose chain a configuration stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HealthTask {
    /// The task.
    pub task: String,
    /// Its place, from 1.
    pub place: u32,
}

/// A time in which something was wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentRecord {
    /// Rising number.
    pub id: i64,
    /// Which configuration; `null` when it was deleted.
    pub config_id: Option<i64>,
    /// Its UUID.
    pub config_uuid: String,
    /// Its name then.
    pub display_name: String,
    /// How bad it was.
    pub state: HealthState,
    /// When it began.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub started_at: String,
    /// When it ended; `null` while it goes on.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub ended_at: Option<String>,
    /// What happened, one sentence.
    pub cause: String,
    /// Calls that went to another configuration meanwhile.
    pub calls_moved: u64,
}
