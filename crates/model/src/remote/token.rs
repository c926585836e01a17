//! Tokens by which applications make calls.

use serde::{Deserialize, Serialize};

/// A token to be made. What it is for never changes afterwards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateToken {
    /// The application's name, which stands in the usage log.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 80))]
    pub name: String,
    /// Tasks that it may ask for; every one when missing, none when empty.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 200))]
    pub tasks: Option<Vec<String>>,
    /// Models and configurations that it may ask for by name, as they are written; every one when missing, none when empty.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 200))]
    pub models: Option<Vec<String>>,
    /// Tokens a day, of all its calls together.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 9007199254740991u64))]
    pub daily_tokens: Option<u64>,
    /// Tokens a month, of all its calls together.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 9007199254740991u64))]
    pub monthly_tokens: Option<u64>,
    /// Requests a minute.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 1000000))]
    pub requests_per_minute: Option<u32>,
    /// Days until it is void; 90 when missing.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 366, default = 90))]
    pub expires_in_days: Option<u32>,
}

/// Whether a token is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TokenState {
    /// It is.
    Good,
    /// Its time is over.
    Expired,
    /// Somebody ended it.
    Revoked,
}

/// A token as may be shown: everything but the token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApplicationToken {
    /// Never used twice.
    pub id: i64,
    /// The application's name.
    pub name: String,
    /// By which a person knows it again.
    pub last_four: String,
    /// Whether it is accepted.
    pub state: TokenState,
    /// Tasks that it may ask for; `null` is every one.
    pub tasks: Option<Vec<String>>,
    /// Models and configurations that it may ask for by name; `null` is every one.
    pub models: Option<Vec<String>>,
    /// Tokens a day.
    pub daily_tokens: Option<u64>,
    /// Tokens a month.
    pub monthly_tokens: Option<u64>,
    /// Requests a minute.
    pub requests_per_minute: Option<u32>,
    /// The user who made it, or `console`.
    pub created_by: String,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub created_at: String,
    /// It is void from then on.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub expires_at: String,
    /// When somebody ended it.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub revoked_at: Option<String>,
}

/// A token that was made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MadeToken {
    /// What the application sends as its API key. Shown this once: `null` when the same request is sent again.
    pub token: Option<String>,
    /// Everything else.
    pub made: ApplicationToken,
}
