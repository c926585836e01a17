//! The usage log: the row of the specification, and the recent sums that the list of providers shows. The gateway's
//! fuller rows are `ledger`'s.

use std::collections::HashMap;

use model::{PicoUsd, Timestamp, provider::RecentUsage, time::DAY_MS};
use sqlx::{Connection, FromRow, SqliteConnection, sqlite::SqliteQueryResult};

use crate::{
    Store, StoreError,
    ledger::{pico, signed, unsigned},
    statistics::Ingest,
};

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

/// How a call ended, as the specification names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsageStatus {
    /// An answer arrived whole.
    Success,
    /// It failed.
    Error,
    /// It took too long.
    Timeout,
}

/// One call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageRow {
    /// Unique for the call: writing it twice keeps the first.
    pub request_id: String,
    /// The configuration's number.
    pub provider_config_id: i64,
    /// Who caused it.
    pub user_id: String,
    /// For which task.
    pub task_type: String,
    /// All input tokens.
    pub input_tokens: u64,
    /// All output tokens.
    pub output_tokens: u64,
    /// Its cost; `None` when the price is unknown.
    pub cost: Option<PicoUsd>,
    /// How it ended.
    pub status: UsageStatus,
    /// From sending to the last byte.
    pub latency_ms: u64,
    /// When it ended.
    pub created_at: Timestamp,
}

impl UsageStatus {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Error => "error",
            Self::Timeout => "timeout",
        }
    }
}

impl Store {
    /// Writes calls in one transaction; those already there are left as they are.
    ///
    /// # Errors
    /// Those of the database; none of the rows is then written.
    pub async fn log_usage(&self, rows: &[UsageRow]) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let mut ingest = Ingest::begin(&mut transaction).await?;
        for row in rows {
            if ingest.takes(row) {
                let result = insert(&mut transaction, row).await?;
                ingest.wrote(&mut transaction, std::slice::from_ref(row), &result).await?;
            }
        }
        ingest.end(&mut transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// Calls of one configuration in the log, and their cost where it is known.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn usage_of(&self, number: i64) -> Result<(u64, PicoUsd), StoreError> {
        let select = concat!(
            "SELECT count(*), ",
            exact_sum!("cost_pico_usd", "cost"),
            " FROM ai_provider_usage_logs WHERE provider_config_id = ?"
        );
        let (calls, high, low): (i64, i64, i64) =
            sqlx::query_as(select).bind(number).fetch_one(&mut *self.connection().await?).await?;
        Ok((unsigned(calls), PicoUsd(exact(high, low))))
    }
}

async fn insert(connection: &mut SqliteConnection, row: &UsageRow) -> Result<SqliteQueryResult, StoreError> {
    Ok(sqlx::query(
        "INSERT INTO ai_provider_usage_logs (request_id, provider_config_id, user_id, task_type, input_tokens,
             output_tokens, total_tokens, cost_pico_usd, status, latency_ms, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (request_id) DO NOTHING",
    )
    .bind(&row.request_id)
    .bind(row.provider_config_id)
    .bind(&row.user_id)
    .bind(&row.task_type)
    .bind(signed(row.input_tokens))
    .bind(signed(row.output_tokens))
    .bind(signed(row.input_tokens.saturating_add(row.output_tokens)))
    .bind(row.cost.map(pico))
    .bind(row.status.as_str())
    .bind(signed(row.latency_ms))
    .bind(row.created_at.0)
    .execute(connection)
    .await?)
}

#[derive(FromRow)]
struct DaySum {
    provider_config_id: i64,
    day: i64,
    calls: i64,
    unpriced: i64,
    tokens_high: i64,
    tokens_low: i64,
    cost_high: i64,
    cost_low: i64,
}

impl DaySum {
    fn tokens(&self) -> u64 {
        u64::try_from(exact(self.tokens_high, self.tokens_low)).unwrap_or(u64::MAX)
    }
}

/// Sums of this month and of the last seven days, by configuration number.
pub(crate) async fn recent(
    connection: &mut SqliteConnection,
    now: Timestamp,
) -> Result<HashMap<i64, RecentUsage>, StoreError> {
    let today = now.start_of_utc_day();
    let week = today.plus_days(-6);
    let month = start_of_utc_month(connection, now).await?;
    let sums: Vec<DaySum> = sqlx::query_as(
        concat!(
        "SELECT provider_config_id, created_at / ?1 AS day, count(*) AS calls, sum(cost_pico_usd IS NULL) AS unpriced, ",
        exact_sum!("total_tokens", "tokens"), ", ", exact_sum!("cost_pico_usd", "cost"),
        " FROM ai_provider_usage_logs
         WHERE provider_config_id IN (SELECT id FROM ai_provider_configs) AND created_at >= ?2 AND created_at < ?3
         GROUP BY provider_config_id, day"),
    )
    .bind(DAY_MS)
    .bind(week.0.min(month.0))
    .bind(today.plus_days(1).0)
    .fetch_all(connection)
    .await?;
    let mut usage: HashMap<i64, RecentUsage> = HashMap::new();
    for sum in sums {
        add(usage.entry(sum.provider_config_id).or_default(), &sum, week, month, today);
    }
    Ok(usage)
}

fn add(usage: &mut RecentUsage, sum: &DaySum, week: Timestamp, month: Timestamp, today: Timestamp) {
    let start = Timestamp(sum.day * DAY_MS);
    let cost = PicoUsd(exact(sum.cost_high, sum.cost_low));
    if start >= month {
        usage.tokens_this_month = usage.tokens_this_month.saturating_add(sum.tokens());
    }
    if start >= week {
        usage.calls_7d += unsigned(sum.calls);
        usage.unpriced_7d += unsigned(sum.unpriced);
        let place = usize::try_from((start.0 - week.0) / DAY_MS).unwrap_or(usize::MAX);
        if let Some(day) = usage.cost_by_day.get_mut(place) {
            *day = day.plus(cost);
        }
    }
    if start == today {
        usage.tokens_today = sum.tokens();
        usage.cost_today = cost;
    }
}

/// SQLite's calendar, so that no date routine of ours is needed.
async fn start_of_utc_month(
    connection: &mut SqliteConnection,
    now: Timestamp,
) -> Result<Timestamp, StoreError> {
    let select = "SELECT unixepoch(? / 1000, 'unixepoch', 'start of month') * 1000";
    Ok(Timestamp(sqlx::query_scalar(select).bind(now.0).fetch_one(connection).await?))
}
