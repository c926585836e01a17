//! The recent sums that the list of providers shows.

use std::collections::HashMap;

use model::{PicoUsd, Timestamp, provider::RecentUsage};
use sqlx::SqliteConnection;

use crate::{
    Store, StoreError, provider,
    statistics::{Cell, Dimension, KnownDimensions, Rollup, Sum, fit, since},
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

impl UsageStatus {
    /// The name in the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Error => "error",
            Self::Timeout => "timeout",
        }
    }
}

impl Store {
    /// Calls of one configuration in the log, and their cost where it is known.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn usage_of(&self, number: i64) -> Result<(u64, PicoUsd), StoreError> {
        let mut sums = Cell::default();
        let passes = |dimension: &Dimension<'_>| dimension.config == number;
        let mut connection = self.connection().await?;
        since(&mut connection, &self.dimensions, i64::MIN, None, passes, |sum| sums.add_sums(&sum.cell))
            .await?;
        Ok((fit(sums.calls), PicoUsd(sums.cost)))
    }
}

/// Sums of today, of this month and of the last seven days, by configuration number. Limits go by UTC, so tokens do;
/// cost and calls go by the days of the statistics' zone.
pub(crate) async fn recent(
    connection: &mut SqliteConnection,
    dimensions: &KnownDimensions,
    now: Timestamp,
) -> Result<HashMap<i64, RecentUsage>, StoreError> {
    let mut usage: HashMap<i64, RecentUsage> = HashMap::new();
    let today = now.start_of_utc_day();
    let month = start_of_utc_month(connection, now).await?;
    tokens(&mut *connection, dimensions, today, |config, tokens| {
        let sum = &mut usage.entry(config).or_default().tokens_today;
        *sum = sum.saturating_add(tokens);
    })
    .await?;
    tokens(&mut *connection, dimensions, month, |config, tokens| {
        let sum = &mut usage.entry(config).or_default().tokens_this_month;
        *sum = sum.saturating_add(tokens);
    })
    .await?;
    let calendar = Rollup::read(&mut *connection).await?.calendar()?;
    let days = calendar.last_days::<7>(now.0);
    let [first, .., last] = days;
    let add = |sum: Sum<'_>| add(usage.entry(sum.dimension.config).or_default(), &sum, &days, last);
    since(&mut *connection, dimensions, first, None, |_| true, add).await?;
    let there = provider::numbers(connection).await?;
    usage.retain(|number, _| there.contains(number));
    Ok(usage)
}

async fn tokens(
    connection: &mut SqliteConnection,
    dimensions: &KnownDimensions,
    from: Timestamp,
    mut add: impl FnMut(i64, u64),
) -> Result<(), StoreError> {
    let add = |sum: Sum<'_>| add(sum.dimension.config, fit(sum.cell.total));
    since(connection, dimensions, from.0, None, |_| true, add).await
}

fn add(usage: &mut RecentUsage, sum: &Sum<'_>, days: &[i64; 7], today: i64) {
    let cost = PicoUsd(sum.cell.cost);
    usage.calls_7d += fit(sum.cell.calls);
    usage.priced_7d += fit(sum.cell.calls - sum.cell.unpriced);
    let succeeded = sum.dimension.status == UsageStatus::Success.as_str();
    let unpriced = if succeeded { fit(sum.cell.unpriced) } else { 0 };
    usage.unpriced_7d += unpriced;
    let day = days.partition_point(|start| *start <= sum.start).checked_sub(1);
    if let Some(day) = day.and_then(|day| usage.cost_by_day.get_mut(day)) {
        *day = day.plus(cost);
    }
    if sum.start >= today {
        usage.unpriced_today += unpriced;
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
