//! The log of calls, a page at a time.

use serde::{Deserialize, Serialize};

use super::UsageFilter;
use crate::{PicoUsd, Timestamp};

/// Where a page ended: the next one goes on behind it, however deep that is and whatever was added meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallPlace {
    /// When the last call of the page ended.
    pub at: Timestamp,
    /// Its number.
    pub id: i64,
}

/// Which calls, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CallFilter {
    /// From this instant on.
    pub from: Option<Timestamp>,
    /// Up to this one, without it.
    pub to: Option<Timestamp>,
    /// Which calls.
    pub usage: UsageFilter,
    /// Calls that took at least so many milliseconds.
    pub latency_from_ms: Option<u64>,
    /// Calls that cost at least so much. Those whose cost is not known are left out.
    pub cost_from: Option<PicoUsd>,
    /// Calls with exactly this request id.
    pub request_id: Option<String>,
}

/// One attempt of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallView {
    /// Its number in the log.
    pub id: i64,
    /// Unique for the attempt.
    pub request_id: String,
    /// Which attempt of the call it was, from 1.
    pub attempt: u32,
    /// When it ended.
    pub at: Timestamp,
    /// The configuration's number.
    pub number: i64,
    /// The configuration's name, `None` when it was deleted.
    pub display_name: Option<String>,
    /// The vendor, where the log knows it.
    pub provider_type: Option<String>,
    /// The model that was asked for.
    pub model: Option<String>,
    /// The task; empty when none was named.
    pub task: String,
    /// Who caused it.
    pub user: String,
    /// Through which program.
    pub client: Option<String>,
    /// `success`, `error` or `timeout`.
    pub status: String,
    /// Why it failed.
    pub error_class: Option<String>,
    /// The vendor's status.
    pub http_status: Option<u16>,
    /// Input tokens; `None` when the vendor did not say.
    pub input_tokens: Option<u64>,
    /// Output tokens; `None` when the vendor did not say.
    pub output_tokens: Option<u64>,
    /// Its cost; `None` when it is not known.
    pub cost: Option<PicoUsd>,
    /// Whether the cost is an estimate.
    pub cost_is_estimate: bool,
    /// From sending to the last byte.
    pub latency_ms: u64,
    /// From sending to the first token.
    pub first_token_ms: Option<u64>,
    /// The vendor's id of the call.
    pub vendor_request_id: Option<String>,
}

/// A page of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallPage {
    /// Newest first.
    pub calls: Vec<CallView>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<CallPlace>,
}
