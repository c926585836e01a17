//! The specification's `ai_provider_usage_logs`, and the catalogue of prices that its costs are from.

use serde::{Deserialize, Serialize};

use crate::ProviderType;

/// An entry of the specification's `AIProviderUsageLog`: one attempt of a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageLogEntry {
    /// Its number.
    pub id: i64,
    /// Which configuration.
    pub provider_config_id: i64,
    /// Who caused it.
    pub user_id: String,
    /// The task; empty when none was named.
    pub task_type: String,
    /// Input tokens; `null` when the vendor did not say.
    pub input_tokens: Option<u64>,
    /// Output tokens; `null` when the vendor did not say.
    pub output_tokens: Option<u64>,
    /// Both; `null` when the vendor did not say.
    pub total_tokens: Option<u64>,
    /// What it cost; `null` when that is not known, never 0.
    pub estimated_cost_usd: Option<f64>,
    /// `success`, `error` or `timeout`.
    #[cfg_attr(feature = "openapi", schema(example = "success"))]
    pub status: String,
    /// From sending to the last byte.
    pub latency_ms: u64,
    /// When it ended.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub created_at: String,
    /// Added: unique for the attempt.
    pub request_id: String,
    /// Added: which attempt of the call it was, from 1.
    pub attempt: u32,
    /// Added: the configuration's name; `null` when it was deleted.
    pub display_name: Option<String>,
    /// Added: the vendor, where it is known.
    pub provider_type: Option<String>,
    /// Added: the model that was asked for.
    pub model_name: Option<String>,
    /// Added: through which program.
    pub client: Option<String>,
    /// Added: why it failed.
    pub error_class: Option<String>,
    /// Added: the vendor's status.
    pub http_status: Option<u16>,
    /// Added: whether the cost is a guess.
    pub cost_is_estimate: bool,
    /// Added: from sending to the first piece of a stream.
    pub first_piece_ms: Option<u64>,
    /// Added: the vendor's id of the call.
    pub vendor_request_id: Option<String>,
}

/// The catalogue of models and prices in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogInfo {
    /// What the usage log calls it.
    pub version: String,
    /// The day on which its prices were true, `YYYY-MM-DD`.
    pub as_of: String,
    /// How many models it knows.
    pub models: u64,
    /// When it was imported; `null` is the one that came with the program.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub imported_at: Option<String>,
}

/// What a catalogue would change. Nothing is imported yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogDifference {
    /// What the usage log would call it.
    pub version: String,
    /// The day on which its prices were true.
    pub as_of: String,
    /// The day of the one in force.
    pub as_of_now: String,
    /// How many models it knows.
    pub models: u64,
    /// Models that only it knows.
    pub added: Vec<String>,
    /// Models that only the one in force knows.
    pub removed: Vec<String>,
    /// Models with another price.
    pub repriced: Vec<Repriced>,
    /// Models of which something else is different.
    pub otherwise_changed: u64,
    /// Configurations whose model has a price now and would have none.
    pub losing_their_price: Vec<i64>,
}

/// Another price of a model: decimal text, US dollars per 1,000,000 tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Repriced {
    /// Whose model it is.
    pub provider_type: ProviderType,
    /// Its exact name.
    pub model_name: String,
    /// Of input, before.
    pub input_before: String,
    /// Of output, before.
    pub output_before: String,
    /// Of input, after.
    pub input_after: String,
    /// Of output, after.
    pub output_after: String,
}

/// Prices the usage log anew, by the prices in force.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reprice {
    /// Days of UTC, today included; everything when missing.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 3660))]
    pub days: Option<u32>,
    /// Only says what it would come to. Missing is `true`: nobody rewrites a history by forgetting a field.
    #[serde(default = "super::config::yes")]
    #[cfg_attr(feature = "openapi", schema(default = true))]
    pub dry_run: bool,
}

/// What pricing the usage log anew comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RepricedLog {
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Entries of that time.
    pub entries: u64,
    /// Those that cost something else then.
    pub changed: u64,
    /// Those that stay as they are, because their usage or the price is not known.
    pub left: u64,
    /// Cost of all before, where it was known.
    pub cost_before_usd: f64,
    /// Cost of all after, where it is known.
    pub cost_after_usd: f64,
}

/// What a verification of the log of acts found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditVerdict {
    /// Whether every entry is as it was written.
    pub is_whole: bool,
    /// So many entries are there.
    pub entries: u64,
    /// The first that is not as it was written.
    pub broken_entry: Option<i64>,
    /// How: `altered`, `missing`, `cut_off`, `checkpoint` or `other_log`.
    pub broken_how: Option<String>,
    /// When it was verified.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub verified_at: String,
}
