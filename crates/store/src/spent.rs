//! What was used since a moment, for limits that are counted anew at start.

use model::{PicoUsd, Timestamp};

use crate::{
    Store, StoreError,
    ledger::unsigned,
    usage::{exact, exact_sum},
};

/// Whose usage is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spender<'a> {
    /// A configuration, by its number.
    Config(i64),
    /// A user.
    User(&'a str),
    /// Every configuration that there is.
    Everyone,
}

/// What was used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Rows of the log.
    pub calls: u64,
    /// All tokens, of the calls whose usage is known.
    pub tokens: u64,
    /// Cost, of the calls whose cost is known.
    pub cost: PicoUsd,
    /// Calls whose usage is not known; their tokens are not in the sum.
    pub unknown: u64,
}

const SUMS: &str = concat!(
    "SELECT count(*), coalesce(sum(usage_known = 0), 0), ",
    exact_sum!("total_tokens", "tokens"),
    ", ",
    exact_sum!("cost_pico_usd", "cost"),
    " FROM ai_provider_usage_logs WHERE created_at >= ? AND "
);

const CALLS: &str = "SELECT count(*) FROM ai_provider_usage_logs
    WHERE provider_config_id IN (SELECT id FROM ai_provider_configs) AND created_at >= ? AND attempt = 1
        AND client <> ?";

impl Store {
    /// Calls since a moment that came through any program but this one; retries and fallbacks are no calls of their own.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn calls_since(&self, from: Timestamp, but: &str) -> Result<u64, StoreError> {
        let count = sqlx::query_scalar(CALLS).bind(from.0).bind(but);
        Ok(unsigned(count.fetch_one(&mut *self.connection().await?).await?))
    }

    /// What the log says was used since a moment, this one included.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn spent_since(&self, spender: Spender<'_>, from: Timestamp) -> Result<Spent, StoreError> {
        let whose = match spender {
            Spender::Config(_) => "provider_config_id = ?",
            Spender::User(_) => "user_id = ?",
            Spender::Everyone => "provider_config_id IN (SELECT id FROM ai_provider_configs)",
        };
        let sums = sqlx::query_as(sqlx::AssertSqlSafe(format!("{SUMS}{whose}"))).bind(from.0);
        let sums = match spender {
            Spender::Config(number) => sums.bind(number),
            Spender::User(user) => sums.bind(user.to_owned()),
            Spender::Everyone => sums,
        };
        let row: (i64, i64, i64, i64, i64, i64) = sums.fetch_one(&mut *self.connection().await?).await?;
        let (calls, unknown, tokens_high, tokens_low, cost_high, cost_low) = row;
        Ok(Spent {
            calls: unsigned(calls),
            tokens: u64::try_from(exact(tokens_high, tokens_low)).unwrap_or(u64::MAX),
            cost: PicoUsd(exact(cost_high, cost_low)),
            unknown: unsigned(unknown),
        })
    }
}
