//! What is answered from the sums: the specification's statistics, and what was used since a moment.

use model::{PicoUsd, ProviderType, Timestamp, statistics::ProviderStatistics};
use sqlx::FromRow;

use super::{PgStore, usage::whole_from};
use crate::{Spender, Spent, StoreError, statistics::fit};

/// One vendor's model. Sums come as text: they may be more than 64 bits hold.
#[derive(FromRow)]
struct Line {
    provider_type: String,
    model: String,
    calls: i64,
    succeeded: i64,
    unpriced: i64,
    total_tokens: String,
    cost: String,
    latency: String,
    week: i64,
    month: i64,
}

#[derive(FromRow)]
struct Used {
    calls: i64,
    tokens: String,
    cost: String,
    unknown: i64,
}

impl PgStore {
    /// As [`Store::provider_statistics`](crate::Store::provider_statistics): days of UTC, today included.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn provider_statistics(
        &self,
        days: u32,
        now: Timestamp,
    ) -> Result<Vec<ProviderStatistics>, StoreError> {
        let select = "
            SELECT provider_type, model,
                coalesce(sum(calls) FILTER (WHERE start_at >= $1), 0)::bigint AS calls,
                coalesce(sum(calls) FILTER (WHERE start_at >= $1 AND status = 'success'), 0)::bigint AS succeeded,
                coalesce(sum(unpriced) FILTER (WHERE start_at >= $1), 0)::bigint AS unpriced,
                coalesce(sum(total_tokens) FILTER (WHERE start_at >= $1), 0)::text AS total_tokens,
                coalesce(sum(cost_pico_usd) FILTER (WHERE start_at >= $1), 0)::text AS cost,
                coalesce(sum(latency_ms) FILTER (WHERE start_at >= $1), 0)::text AS latency,
                coalesce(sum(calls) FILTER (WHERE start_at >= $2), 0)::bigint AS week,
                coalesce(sum(calls) FILTER (WHERE start_at >= $3), 0)::bigint AS month
            FROM usage_days WHERE start_at >= least($1, $3) AND start_at < $4
            GROUP BY provider_type, model
            ORDER BY 3 DESC, min(provider_config_id), model COLLATE \"C\"";
        let today = now.start_of_utc_day();
        let back = |days: i64| today.plus_days(1 - days).0;
        let lines: Vec<Line> = sqlx::query_as(select)
            .bind(back(i64::from(days.max(1))))
            .bind(back(7))
            .bind(back(30))
            .bind(today.plus_days(1).0)
            .fetch_all(&self.pool())
            .await?;
        lines.into_iter().map(Line::statistics).collect()
    }

    /// As [`Store::spent_since`](crate::Store::spent_since), this moment included.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn spent_since(&self, spender: Spender<'_>, from: Timestamp) -> Result<Spent, StoreError> {
        // From the first whole quarter on the sums say it; before that, which is rare, the rows do.
        let select = "
            WITH used AS (
                SELECT calls, total_tokens, cost_pico_usd, unknown_usage FROM usage_quarters
                WHERE start_at >= $2 AND ($3::bigint IS NULL OR provider_config_id = $3)
                  AND ($4::text IS NULL OR user_id = $4)
                  AND ($5 OR provider_config_id IN (SELECT id FROM ai_provider_configs))
                UNION ALL
                SELECT 1, total_tokens, coalesce(cost_pico_usd, 0), (NOT usage_known)::int FROM ai_provider_usage_logs
                WHERE created_at >= $1 AND created_at < $2 AND ($3::bigint IS NULL OR provider_config_id = $3)
                  AND ($4::text IS NULL OR user_id = $4)
                  AND ($5 OR provider_config_id IN (SELECT id FROM ai_provider_configs))
            )
            SELECT coalesce(sum(calls), 0)::bigint AS calls, coalesce(sum(total_tokens), 0)::text AS tokens,
                   coalesce(sum(cost_pico_usd), 0)::text AS cost, coalesce(sum(unknown_usage), 0)::bigint AS unknown
            FROM used";
        let (config, user) = match spender {
            Spender::Config(number) => (Some(number), None),
            Spender::User(user) => (None, Some(super::text::clean(user))),
            Spender::Everyone => (None, None),
        };
        let used: Used = sqlx::query_as(select)
            .bind(from.0)
            .bind(whole_from(from))
            .bind(config)
            .bind(user)
            .bind(spender != Spender::Everyone)
            .fetch_one(&self.pool())
            .await?;
        Ok(Spent {
            calls: used.calls.unsigned_abs(),
            tokens: fit(whole(&used.tokens)?),
            cost: PicoUsd(whole(&used.cost)?),
            unknown: used.unknown.unsigned_abs(),
        })
    }
}

impl Line {
    fn statistics(self) -> Result<ProviderStatistics, StoreError> {
        let calls = self.calls.unsigned_abs();
        let cost = PicoUsd(whole(&self.cost)?);
        let cost = (self.unpriced < self.calls).then_some(cost);
        Ok(ProviderStatistics {
            provider_type: self.provider_type.parse::<ProviderType>().ok(),
            model_name: self.model,
            total_calls: calls,
            total_tokens: fit(whole(&self.total_tokens)?),
            total_cost_usd: cost.map(|cost| cost.0 as f64 / PicoUsd::ONE_USD as f64),
            total_cost: cost,
            unpriced_calls: self.unpriced.unsigned_abs(),
            success_rate: (calls > 0).then(|| self.succeeded as f64 * 100.0 / calls as f64),
            avg_latency_ms: fit(whole(&self.latency)?).checked_div(calls),
            last_7_days_calls: self.week.unsigned_abs(),
            last_30_days_calls: self.month.unsigned_abs(),
        })
    }
}

pub(super) fn whole(sum: &str) -> Result<i128, StoreError> {
    sum.parse().map_err(|_| StoreError::Damaged)
}
