//! What the dashboard shows, in one walk over the sums: days where the home zone's days fit, quarters of an hour at
//! ragged ends, for hours, and for other zones.

use std::{collections::HashMap, sync::Arc};

use model::{
    Timestamp,
    statistics::{Bucket, Grouping, ProviderStatistics, ProviderUsage, UsageFilter, UsageQuery, UsageView},
};
use sqlx::SqliteConnection;

use super::{
    answer::{Answer, class},
    asked::Asked,
    calendar::Calendar,
    cell::Cell,
    dimension::Dimension,
    keep::Rollup,
    walk::Walk,
};
use crate::{Store, StoreError};

/// Why a question about usage has no answer.
#[derive(Debug, thiserror::Error)]
pub enum UsageError {
    /// No calendar knows it.
    #[error("there is no such time zone")]
    Zone,
    /// Not a day, or the last before the first.
    #[error("these are no days in order")]
    Days,
    /// More than [`model::statistics::PIECES_LIMIT`].
    #[error("so long a time has too many pieces")]
    TooManyPieces,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for UsageError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Everything that the dashboard shows.
    ///
    /// # Errors
    /// See [`UsageError`].
    pub async fn usage(&self, query: &UsageQuery) -> Result<UsageView, UsageError> {
        let calendar = Calendar::of(&query.zone).ok_or(UsageError::Zone)?;
        let asked = Asked::of(query, &calendar)?;
        let mut connection = self.connection().await?;
        let rollup = Rollup::read(&mut connection).await?;
        let known = self.dimensions.all(&mut connection).await?;
        let mut answer = Answer::with_pieces(asked.starts.len());
        let mut unpacked = Cell::default();
        for (level, from, to) in asked.reads(&rollup) {
            let user = match query.filter.users.as_slice() {
                [user] => Some(user.as_str()),
                _ => None,
            };
            let passes = |dimension: &Dimension<'_>| passes(&query.filter, dimension);
            let walk = Walk::over(Arc::clone(&known), level, user, passes);
            let add = |at, dimension: &Dimension<'_>, cell: &[u8]| {
                unpacked.become_unpacked(cell)?;
                answer.add(&asked, at, dimension, &unpacked);
                Some(())
            };
            walk.cells(&mut connection, (from, to), add).await?;
        }
        let names = names(&mut connection).await?;
        Ok(answer.view(asked, &calendar, &names, rollup.zone))
    }

    /// Statistics by provider and model over the last `days` days of UTC, today included, as the specification has
    /// them.
    ///
    /// # Errors
    /// See [`UsageError`].
    pub async fn provider_statistics(
        &self,
        days: u32,
        now: Timestamp,
    ) -> Result<Vec<ProviderStatistics>, UsageError> {
        let calendar = Calendar::of("UTC").ok_or(UsageError::Zone)?;
        let day = |back: i64| calendar.label(now.plus_days(-back).0);
        let query = UsageQuery {
            first_day: day(i64::from(days.max(1)) - 1),
            last_day: day(0),
            zone: "UTC".to_owned(),
            bucket: Bucket::Month,
            grouping: Grouping::ProviderType,
            filter: UsageFilter::default(),
        };
        Ok(merged(self.usage(&query).await?.providers))
    }
}

/// The specification has one line for a vendor's model, whichever configurations asked it.
fn merged(providers: Vec<ProviderUsage>) -> Vec<ProviderStatistics> {
    let mut lines: Vec<(ProviderUsage, u64)> = Vec::new();
    for usage in providers {
        let same = |(line, _): &&mut (ProviderUsage, u64)| {
            line.provider_type == usage.provider_type && line.model == usage.model
        };
        match lines.iter_mut().find(same) {
            None => {
                let latency = usage.now.latency_sum_ms;
                lines.push((usage, latency));
            }
            Some((line, latency)) => {
                *latency = latency.saturating_add(usage.now.latency_sum_ms);
                line.now.calls += usage.now.calls;
                line.now.succeeded += usage.now.succeeded;
                line.now.unpriced += usage.now.unpriced;
                line.now.total_tokens = line.now.total_tokens.saturating_add(usage.now.total_tokens);
                line.now.cost = match (line.now.cost, usage.now.cost) {
                    (Some(one), Some(two)) => Some(one.plus(two)),
                    (one, two) => one.or(two),
                };
                line.last_7_days.calls += usage.last_7_days.calls;
                line.last_30_days.calls += usage.last_30_days.calls;
            }
        }
    }
    lines.into_iter().map(|(line, latency)| statistics(line, latency)).collect()
}

fn statistics(line: ProviderUsage, latency: u64) -> ProviderStatistics {
    ProviderStatistics {
        provider_type: line.provider_type,
        total_calls: line.now.calls,
        total_tokens: line.now.total_tokens,
        total_cost_usd: line.now.cost.map(|cost| cost.0 as f64 / model::PicoUsd::ONE_USD as f64),
        total_cost: line.now.cost,
        unpriced_calls: line.now.unpriced,
        success_rate: line.now.success_rate(),
        avg_latency_ms: latency.checked_div(line.now.calls),
        last_7_days_calls: line.last_7_days.calls,
        last_30_days_calls: line.last_30_days.calls,
        model_name: line.model,
    }
}

pub(super) struct Name {
    pub(super) display_name: String,
    pub(super) provider_type: String,
    pub(super) model: String,
}

pub(super) async fn names(connection: &mut SqliteConnection) -> Result<HashMap<i64, Name>, StoreError> {
    let select = "SELECT id, display_name, provider_type, model_name FROM ai_provider_configs";
    let rows: Vec<(i64, String, String, String)> = sqlx::query_as(select).fetch_all(connection).await?;
    let name = |(id, display_name, provider_type, model)| (id, Name { display_name, provider_type, model });
    Ok(rows.into_iter().map(name).collect())
}

pub(super) fn passes(filter: &UsageFilter, dimension: &Dimension<'_>) -> bool {
    let among = |list: &[String], text: &str| list.is_empty() || list.iter().any(|one| one == text);
    (filter.providers.is_empty() || filter.providers.contains(&dimension.config))
        && among(&filter.tasks, &dimension.task)
        && among(&filter.statuses, &dimension.status)
        && among(&filter.models, &dimension.model)
        && among(&filter.users, dimension.user.as_deref().unwrap_or_default())
        && (filter.errors.is_empty() || class(dimension).is_some_and(|class| among(&filter.errors, class)))
}
