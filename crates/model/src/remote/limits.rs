//! How much of a configuration, and by whom, may be used; what it costs.

use serde::{Deserialize, Serialize};

use super::config::given;

/// How a configuration is called and how much of it may be used. `null` is no limit, or the usual value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfigLimits {
    /// Which configuration.
    pub config_id: i64,
    /// Tokens a day.
    pub daily_token_limit: Option<u64>,
    /// Tokens a month.
    pub monthly_token_limit: Option<u64>,
    /// Cost a day.
    pub daily_cost_limit_usd: Option<f64>,
    /// Cost a month.
    pub monthly_cost_limit_usd: Option<f64>,
    /// Requests a minute.
    pub requests_per_minute: Option<u32>,
    /// Tokens a minute.
    pub tokens_per_minute: Option<u64>,
    /// Calls at the same time.
    pub concurrent_calls: Option<u32>,
    /// Seconds until a call is given up; `null` is ten minutes.
    pub timeout_s: Option<u32>,
    /// Retries before the next of the chain is tried; `null` is one.
    pub retries: Option<u8>,
    /// The grade of its answers, 1 to 5.
    pub quality: Option<u8>,
    /// Tokens that calls took since midnight UTC.
    pub tokens_today: u64,
    /// Tokens that calls took since the first of the month, UTC.
    pub tokens_this_month: u64,
    /// The configuration's revision, which is the `ETag`.
    pub revision: i64,
}

/// A change of limits. What is missing stays; `null` ends the limit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateLimits {
    /// Tokens a day.
    #[serde(default, deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u64>, minimum = 1, maximum = 9007199254740991u64))]
    pub daily_token_limit: Option<Option<u64>>,
    /// Tokens a month.
    #[serde(default, deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u64>, minimum = 1, maximum = 9007199254740991u64))]
    pub monthly_token_limit: Option<Option<u64>>,
    /// Cost a day.
    #[serde(default, deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<f64>, exclusive_minimum = 0, maximum = 10000000))]
    pub daily_cost_limit_usd: Option<Option<f64>>,
    /// Cost a month.
    #[serde(default, deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<f64>, exclusive_minimum = 0, maximum = 10000000))]
    pub monthly_cost_limit_usd: Option<Option<f64>>,
    /// Requests a minute.
    #[serde(default, deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u32>, minimum = 1, maximum = 1000000))]
    pub requests_per_minute: Option<Option<u32>>,
    /// Tokens a minute.
    #[serde(default, deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u64>, minimum = 1, maximum = 9007199254740991u64))]
    pub tokens_per_minute: Option<Option<u64>>,
    /// Calls at the same time.
    #[serde(default, deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u32>, minimum = 1, maximum = 10000))]
    pub concurrent_calls: Option<Option<u32>>,
    /// Seconds until a call is given up.
    #[serde(default, deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u32>, minimum = 1, maximum = 3600))]
    pub timeout_s: Option<Option<u32>>,
    /// Retries before the next of the chain is tried.
    #[serde(default, deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u8>, minimum = 0, maximum = 5))]
    pub retries: Option<Option<u8>>,
    /// The grade of its answers.
    #[serde(default, deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u8>, minimum = 1, maximum = 5))]
    pub quality: Option<Option<u8>>,
}

/// The price by which a configuration's calls are counted: decimal text, US dollars per 1,000,000 tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfigPrice {
    /// Which configuration.
    pub config_id: i64,
    /// `own`, `catalog`, or `unknown`: the cost of its calls is then `null`, never 0.
    #[cfg_attr(feature = "openapi", schema(example = "catalog"))]
    pub source: String,
    /// Of input.
    pub input_usd_per_mtok: Option<String>,
    /// Of output.
    pub output_usd_per_mtok: Option<String>,
    /// Of input read from the vendor's cache; `null` costs what input costs.
    pub cached_input_usd_per_mtok: Option<String>,
    /// The configuration's revision, which is the `ETag`.
    pub revision: i64,
}

/// A price of a configuration's own, in place of the catalogue's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetPrice {
    /// Of input, such as `0.25`.
    #[cfg_attr(feature = "openapi", schema(pattern = r"^[0-9]{1,12}(\.[0-9]{0,6})?$"))]
    pub input_usd_per_mtok: String,
    /// Of output.
    #[cfg_attr(feature = "openapi", schema(pattern = r"^[0-9]{1,12}(\.[0-9]{0,6})?$"))]
    pub output_usd_per_mtok: String,
    /// Of input read from the vendor's cache; what input costs when missing.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(pattern = r"^[0-9]{1,12}(\.[0-9]{0,6})?$"))]
    pub cached_input_usd_per_mtok: Option<String>,
}

/// What one user of the gateway may use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Quota {
    /// The user's id as callers send it; `*` is everyone without an own quota.
    pub user_id: String,
    /// Tokens a day.
    pub daily_tokens: Option<u64>,
    /// Tokens a month.
    pub monthly_tokens: Option<u64>,
    /// Requests a minute.
    pub requests_per_minute: Option<u32>,
    /// Rises with each change, and is the `ETag`.
    pub revision: i64,
}

/// A quota as it is to be: what is missing or `null` is no limit. One at least is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetQuota {
    /// Tokens a day.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 9007199254740991u64))]
    pub daily_tokens: Option<u64>,
    /// Tokens a month.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 9007199254740991u64))]
    pub monthly_tokens: Option<u64>,
    /// Requests a minute.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 1000000))]
    pub requests_per_minute: Option<u32>,
}

/// A quota that was taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeletedQuota {
    /// Whose.
    pub deleted_user_id: String,
}
