//! Limits of a configuration and of a user, how far each is used, and the words for a call that was refused.

use serde::{Deserialize, Serialize};

use crate::{PicoUsd, Timestamp};

/// How a configuration is called and how much of it may be used, beyond the specification's two token limits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CallSettings {
    /// Cost a day.
    pub daily_cost_limit: Option<PicoUsd>,
    /// Cost a month.
    pub monthly_cost_limit: Option<PicoUsd>,
    /// Requests a minute.
    pub requests_per_minute: Option<u32>,
    /// Tokens a minute.
    pub tokens_per_minute: Option<u64>,
    /// Calls at the same time.
    pub concurrent_calls: Option<u32>,
    /// Seconds until a call is given up; `None` is ten minutes.
    pub timeout_s: Option<u32>,
    /// Retries before the next of the chain is tried; `None` is one.
    pub retries: Option<u8>,
    /// The person's grade of its answers, 1 to 5.
    pub quality: Option<u8>,
    /// Prices of its own, in place of the catalogue's: USD per 1,000,000 tokens.
    pub price: Option<OwnPrice>,
}

/// Prices that a person entered, decimal strings in USD per 1,000,000 tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPrice {
    /// Of input.
    pub input_usd_per_mtok: String,
    /// Of output.
    pub output_usd_per_mtok: String,
    /// Of input read from the vendor's cache; `None` costs what input costs.
    pub cached_input_usd_per_mtok: Option<String>,
}

/// What one user may use; the name `*` holds for everyone without an own entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserQuota {
    /// The user's id as callers send it, or `*`.
    pub user: String,
    /// Tokens a day.
    pub daily_tokens: Option<u64>,
    /// Tokens a month.
    pub monthly_tokens: Option<u64>,
    /// Requests a minute.
    pub requests_per_minute: Option<u32>,
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitKind {
    /// Tokens of a configuration in a day.
    DailyTokens,
    /// Tokens of a configuration in a month.
    MonthlyTokens,
    /// Cost of a configuration in a day, in pico-dollars.
    DailyCost,
    /// Cost of a configuration in a month, in pico-dollars.
    MonthlyCost,
    /// Requests to a configuration in a minute.
    RequestsPerMinute,
    /// Tokens of a configuration in a minute.
    TokensPerMinute,
    /// Calls of a configuration at the same time.
    ConcurrentCalls,
    /// Tokens of a user in a day.
    UserDailyTokens,
    /// Tokens of a user in a month.
    UserMonthlyTokens,
    /// Requests of a user in a minute.
    UserRequestsPerMinute,
}

/// A limit, how far it is used, and when it starts anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitState {
    /// Which one.
    pub kind: LimitKind,
    /// The cap. Tokens, calls or pico-dollars; in JSON a number, exact up to 2⁵³.
    pub cap: u64,
    /// Used or reserved.
    pub used: u64,
    /// When it starts anew; `None` for [`LimitKind::ConcurrentCalls`].
    pub resets_at: Option<Timestamp>,
}

impl LimitState {
    /// What is left.
    pub fn left(&self) -> u64 {
        self.cap.saturating_sub(self.used)
    }

    /// Whether it is used to 80 or 95 per cent: the two warnings.
    pub fn warning(&self) -> Option<u8> {
        let percent = u128::from(self.used) * 100 / u128::from(self.cap.max(1));
        match percent {
            95.. => Some(95),
            80.. => Some(80),
            _ => None,
        }
    }
}

impl LimitKind {
    /// The name in errors and headers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DailyTokens => "daily_tokens",
            Self::MonthlyTokens => "monthly_tokens",
            Self::DailyCost => "daily_cost",
            Self::MonthlyCost => "monthly_cost",
            Self::RequestsPerMinute => "requests_per_minute",
            Self::TokensPerMinute => "tokens_per_minute",
            Self::ConcurrentCalls => "concurrent_calls",
            Self::UserDailyTokens => "user_daily_tokens",
            Self::UserMonthlyTokens => "user_monthly_tokens",
            Self::UserRequestsPerMinute => "user_requests_per_minute",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_come_at_80_and_95_per_cent() {
        let at =
            |used| LimitState { kind: LimitKind::DailyTokens, cap: 1000, used, resets_at: None }.warning();
        assert_eq!(
            [at(799), at(800), at(949), at(950), at(2000)],
            [None, Some(80), Some(80), Some(95), Some(95)]
        );
    }
}
