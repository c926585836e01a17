//! The usage log: the row of the specification, and the recent sums that the list of providers shows. The gateway's
//! fuller rows are `ledger`'s.

use std::collections::HashMap;

use model::{PicoUsd, Timestamp, provider::RecentUsage};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteQueryResult};

use crate::{
    Store, StoreError,
    ledger::{pico, signed},
    provider,
    statistics::{Cell, Dimension, Ingest, Rollup, Sum, fit, since},
};

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
    pub(crate) const fn as_str(self) -> &'static str {
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
        let mut ingest = Ingest::begin(&mut transaction, &self.places).await?;
        for row in rows {
            if ingest.takes(row) {
                let result = insert(&mut transaction, row).await?;
                ingest.wrote(&mut transaction, std::slice::from_ref(row), &result).await?;
            }
        }
        let places = ingest.end(&mut transaction).await?;
        transaction.commit().await?;
        places.keep();
        Ok(())
    }

    /// Calls of one configuration in the log, and their cost where it is known.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn usage_of(&self, number: i64) -> Result<(u64, PicoUsd), StoreError> {
        let mut sums = Cell::default();
        let passes = |dimension: &Dimension<'_>| dimension.config == number;
        let mut connection = self.connection().await?;
        since(&mut connection, i64::MIN, None, passes, |sum| sums.add_sums(&sum.cell)).await?;
        Ok((fit(sums.calls), PicoUsd(sums.cost)))
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

/// Sums of today, of this month and of the last seven days, by configuration number. Limits go by UTC, so tokens do;
/// cost and calls go by the days of the statistics' zone.
pub(crate) async fn recent(
    connection: &mut SqliteConnection,
    now: Timestamp,
) -> Result<HashMap<i64, RecentUsage>, StoreError> {
    let mut usage: HashMap<i64, RecentUsage> = HashMap::new();
    let today = now.start_of_utc_day();
    let month = start_of_utc_month(connection, now).await?;
    tokens(&mut *connection, today, |config, tokens| {
        let sum = &mut usage.entry(config).or_default().tokens_today;
        *sum = sum.saturating_add(tokens);
    })
    .await?;
    tokens(&mut *connection, month, |config, tokens| {
        let sum = &mut usage.entry(config).or_default().tokens_this_month;
        *sum = sum.saturating_add(tokens);
    })
    .await?;
    let calendar = Rollup::read(&mut *connection).await?.calendar()?;
    let days = calendar.last_days::<7>(now.0);
    let [first, .., last] = days;
    let add = |sum: Sum<'_>| add(usage.entry(sum.dimension.config).or_default(), &sum, &days, last);
    since(&mut *connection, first, None, |_| true, add).await?;
    let there = provider::numbers(connection).await?;
    usage.retain(|number, _| there.contains(number));
    Ok(usage)
}

async fn tokens(
    connection: &mut SqliteConnection,
    from: Timestamp,
    mut add: impl FnMut(i64, u64),
) -> Result<(), StoreError> {
    let add = |sum: Sum<'_>| add(sum.dimension.config, fit(sum.cell.total));
    since(connection, from.0, None, |_| true, add).await
}

fn add(usage: &mut RecentUsage, sum: &Sum<'_>, days: &[i64; 7], today: i64) {
    let cost = PicoUsd(sum.cell.cost);
    usage.calls_7d += fit(sum.cell.calls);
    usage.priced_7d += fit(sum.cell.calls - sum.cell.unpriced);
    if sum.dimension.status == UsageStatus::Success.as_str() {
        usage.unpriced_7d += fit(sum.cell.unpriced);
    }
    let day = days.partition_point(|start| *start <= sum.start).checked_sub(1);
    if let Some(day) = day.and_then(|day| usage.cost_by_day.get_mut(day)) {
        *day = day.plus(cost);
    }
    if sum.start >= today {
        usage.cost_today = usage.cost_today.plus(cost);
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
