//! Limits of a configuration and of a user, how far each is used, and the words for a call that was refused.

use serde::{Deserialize, Serialize};

use crate::{Field, FieldError, PicoUsd, Timestamp, text};

/// Longest time until a call is given up: an hour. Longer answers are streamed and never wait so long for a piece.
pub const TIMEOUT_LIMIT_S: u32 = 3_600;
/// Most retries before the next of the chain is tried.
pub const RETRY_LIMIT: u8 = 5;
/// Most requests a minute that a limit can name.
pub const REQUESTS_LIMIT: u32 = 1_000_000;
/// Most calls at the same time that a limit can name.
pub const CONCURRENCY_LIMIT: u32 = 10_000;
/// Best grade of a configuration's answers; the worst is 1.
pub const BEST_QUALITY: u8 = 5;
/// Largest cost limit: ten million dollars, well inside what a [`LimitState`] counts in pico-dollars.
pub const COST_LIMIT_MAX: PicoUsd = PicoUsd(10_000_000 * PicoUsd::ONE_USD);

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

impl CallSettings {
    /// Whether nothing was set.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Every field that needs a change, in the form's order.
    pub fn faults(&self) -> Vec<FieldError> {
        let whole = |number: Option<u64>, most: u64| {
            number.filter(|number| !(1..=most).contains(number)).map(|_| from_to(1, most))
        };
        let retries = self.retries.filter(|retries| *retries > RETRY_LIMIT);
        let grade = self.quality.filter(|grade| !(1..=BEST_QUALITY).contains(grade));
        let price = self.price.as_ref();
        let cached = price.and_then(|price| price.cached_input_usd_per_mtok.as_deref());
        let faults = [
            (Field::Timeout, whole(self.timeout_s.map(u64::from), TIMEOUT_LIMIT_S.into())),
            (Field::Retries, retries.map(|_| from_to(0, RETRY_LIMIT.into()))),
            (Field::RequestsPerMinute, whole(self.requests_per_minute.map(u64::from), REQUESTS_LIMIT.into())),
            (Field::TokensPerMinute, whole(self.tokens_per_minute, crate::draft::TOKEN_LIMIT_MAX)),
            (Field::ConcurrentCalls, whole(self.concurrent_calls.map(u64::from), CONCURRENCY_LIMIT.into())),
            (Field::DailyCostLimit, self.daily_cost_limit.and_then(cost_fault)),
            (Field::MonthlyCostLimit, self.monthly_cost_limit.and_then(cost_fault)),
            (Field::Quality, grade.map(|_| from_to(1, BEST_QUALITY.into()))),
            (Field::InputPrice, price.and_then(|price| price_fault(&price.input_usd_per_mtok))),
            (Field::OutputPrice, price.and_then(|price| price_fault(&price.output_usd_per_mtok))),
            (Field::CachedInputPrice, cached.and_then(price_fault)),
        ];
        let faulty =
            |(field, message): (Field, Option<String>)| Some(FieldError { field, message: message? });
        faults.into_iter().filter_map(faulty).collect()
    }
}

fn from_to(least: u64, most: u64) -> String {
    format!("Enter {least} to {}, or leave empty.", text::field_digits(u128::from(most)))
}

fn cost_fault(limit: PicoUsd) -> Option<String> {
    let fits = limit > PicoUsd(0) && limit <= COST_LIMIT_MAX;
    (!fits).then(|| "Enter more than 0 and at most 10,000,000 dollars, or leave empty.".to_owned())
}

fn price_fault(usd_per_mtok: &str) -> Option<String> {
    let known = PicoUsd::per_token(usd_per_mtok).is_ok();
    (!known).then(|| "Enter dollars per 1M tokens, such as 0.25.".to_owned())
}

/// Prices that a person entered, decimal strings in USD per 1,000,000 tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[serde(deny_unknown_fields)]
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
    /// Tokens of an application in a day.
    ApplicationDailyTokens,
    /// Tokens of an application in a month.
    ApplicationMonthlyTokens,
    /// Requests of an application in a minute.
    ApplicationRequestsPerMinute,
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
    /// When there is room again; `None` where no clock says: [`LimitKind::ConcurrentCalls`] has room when a call ends, and for a
    /// call that is larger than the whole limit there never is any.
    pub resets_at: Option<Timestamp>,
}

impl LimitState {
    /// What is left.
    pub fn left(&self) -> u64 {
        self.cap.saturating_sub(self.used)
    }

    /// Whether it can never hold the call that asked: alone that is larger than the whole limit.
    pub fn never_fits(&self) -> bool {
        self.resets_at.is_none() && self.kind != LimitKind::ConcurrentCalls
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
            Self::ApplicationDailyTokens => "application_daily_tokens",
            Self::ApplicationMonthlyTokens => "application_monthly_tokens",
            Self::ApplicationRequestsPerMinute => "application_requests_per_minute",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_would_serve_nobody_or_cost_the_unknown_is_named() {
        assert_eq!(CallSettings::default().faults(), []);
        let bad = CallSettings {
            timeout_s: Some(0),
            retries: Some(6),
            requests_per_minute: Some(0),
            daily_cost_limit: Some(PicoUsd(0)),
            quality: Some(6),
            price: Some(OwnPrice {
                input_usd_per_mtok: "1,5".into(),
                output_usd_per_mtok: "2".into(),
                cached_input_usd_per_mtok: None,
            }),
            ..CallSettings::default()
        };
        let fields: Vec<Field> = bad.faults().into_iter().map(|fault| fault.field).collect();
        assert_eq!(
            fields,
            [
                Field::Timeout,
                Field::Retries,
                Field::RequestsPerMinute,
                Field::DailyCostLimit,
                Field::Quality,
                Field::InputPrice
            ]
        );
    }

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
