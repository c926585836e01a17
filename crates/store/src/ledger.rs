//! The usage log as the gateway writes it: one row an attempt, with everything that its cost can be checked by.
//! Summing it up is `usage` and `spent`; pricing it anew is `reprice`.

use std::sync::Arc;

use model::{
    ErrorClass, PicoUsd, ProviderType, Timestamp,
    routing::Rule,
    usage::{Price, TokenUsage},
};
use sqlx::{Connection, SqliteConnection};

use crate::{Store, StoreError, log, usage::UsageStatus};

/// One attempt of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRow {
    /// Unique for the attempt: writing it twice keeps the first.
    pub request_id: String,
    /// Which attempt of the call it was, from 1.
    pub attempt: u32,
    /// The configuration's number.
    pub provider_config_id: i64,
    /// Its type, because the configuration may go.
    pub provider_type: ProviderType,
    /// Who caused it.
    pub user_id: Arc<str>,
    /// Through which program, such as `openai-python/2.1`.
    pub client: Arc<str>,
    /// For which task; empty when none was named.
    pub task_type: Arc<str>,
    /// The model that was asked for.
    pub model_requested: Arc<str>,
    /// The model that answered, as the vendor names it.
    pub model_returned: Option<String>,
    /// What it took; `None` when the vendor did not say.
    pub usage: Option<TokenUsage>,
    /// Its cost; `None` when the price or the usage is unknown.
    pub cost: Option<PicoUsd>,
    /// What it was priced by.
    pub priced: Option<Arc<Priced>>,
    /// Whether the cost is a guess: numbers that the vendor had not settled, or another service tier.
    pub cost_is_estimate: bool,
    /// How it ended.
    pub status: UsageStatus,
    /// Why it failed; `None` for a success.
    pub error_class: Option<ErrorClass>,
    /// The vendor's status, where there was one.
    pub http_status: Option<u16>,
    /// From sending to the last byte.
    pub latency_ms: u64,
    /// From sending to the first token of a stream.
    pub first_token_ms: Option<u64>,
    /// The vendor's id of the call.
    pub vendor_request_id: Option<String>,
    /// The rule that chose the provider.
    pub rule: Option<Rule>,
    /// Number of the configuration that failed before this one.
    pub fallback_from: Option<i64>,
    /// When it ended.
    pub created_at: Timestamp,
}

/// A price and where it is from. Kept once for all rows that it priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// The catalogue's version, or [`Priced::OWN`].
    pub version: String,
    /// The day on which it was true, `YYYY-MM-DD`.
    pub effective: String,
    /// Per token.
    pub price: Price,
}

impl Priced {
    /// The version of prices that a person entered for one configuration.
    pub const OWN: &'static str = "own";
}

impl Store {
    /// Writes calls in one transaction; those already there are left as they are.
    ///
    /// # Errors
    /// Those of the database; none of the rows is then written.
    pub async fn log_calls(&self, rows: &[CallRow]) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        self.page_cache.narrow(&mut connection).await?;
        let mut transaction = connection.begin().await?;
        let appended = log::append_new(&mut transaction, rows, &self.places).await?;
        transaction.commit().await?;
        appended.places.keep();
        Ok(())
    }
}

/// The number of a price, which is kept when it is new.
pub(crate) async fn price_id(connection: &mut SqliteConnection, priced: &Priced) -> Result<i64, StoreError> {
    let unit = serde_json::to_string(&priced.price).unwrap_or_default();
    let select = "SELECT id FROM prices WHERE version = ? AND effective = ? AND unit = ?";
    let found: Option<i64> = sqlx::query_scalar(select)
        .bind(&priced.version)
        .bind(&priced.effective)
        .bind(&unit)
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(id) = found {
        return Ok(id);
    }
    let insert = "INSERT INTO prices (version, effective, unit) VALUES (?, ?, ?) RETURNING id";
    Ok(sqlx::query_scalar(insert)
        .bind(&priced.version)
        .bind(&priced.effective)
        .bind(&unit)
        .fetch_one(connection)
        .await?)
}

/// A count as SQLite keeps it. What does not fit is more than any vendor counts.
pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A count as it comes back; the database forbids negative ones.
pub(crate) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// The sum of a column as two: SQLite stops with an error where a sum leaves 63 bits, which a few absurd rows (a
/// vendor's, not ours) would do for good. Each half holds for nine thousand million rows.
macro_rules! exact_sum {
    ($column:literal, $name:literal) => {
        concat!(
            "coalesce(sum(",
            $column,
            " / 1000000000), 0) AS ",
            $name,
            "_high, ",
            "coalesce(sum(",
            $column,
            " % 1000000000), 0) AS ",
            $name,
            "_low"
        )
    };
}
pub(crate) use exact_sum;

/// The sum that two columns of [`exact_sum`] hold.
pub(crate) fn exact(high: i64, low: i64) -> i128 {
    i128::from(high) * 1_000_000_000 + i128::from(low)
}

/// An amount as SQLite keeps it: a row holds up to nine million dollars.
pub(crate) fn pico(amount: PicoUsd) -> i64 {
    i64::try_from(amount.0).unwrap_or(i64::MAX)
}
