//! The dashboard's figures by plain GROUP BY over the rows, as a dashboard without sums asks for them. Percentiles are left
//! out, which only makes it faster.

use std::time::{Duration, Instant};

use anyhow::ensure;
use model::{statistics::UsageView, time::DAY_MS};
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

const SUMS: &str = "count(*) AS calls, sum(status = 'success') AS succeeded, sum(status = 'timeout') AS timeouts,
    sum(cost_pico_usd IS NULL) AS unpriced, sum(cost_is_estimate) AS estimated, sum(usage_known = 0) AS unknown,
    sum(input_tokens) AS input, sum(output_tokens) AS output, sum(total_tokens) AS tokens, sum(cost_pico_usd) AS cost,
    sum(latency_ms) AS latency";

/// Asks for everything once, compares the totals with what the sums said, and says how long it took.
pub async fn dashboard(connection: &mut SqliteConnection, view: &UsageView) -> anyhow::Result<Duration> {
    let (before, from, to) = (view.before_from.0, view.from.0, view.to.0);
    let month = to - 30 * DAY_MS;
    let since = |from| format!("FROM plain WHERE created_at >= {from} AND created_at < {to}");
    let now = format!("created_at >= {from} AS now");
    let recent = |days: i64| format!("sum(created_at >= {}) AS last_{days}", to - days * DAY_MS);
    let queries = [
        format!("SELECT {now}, {SUMS} {} GROUP BY now", since(before)),
        format!("SELECT created_at / {DAY_MS} AS day, {SUMS} {} GROUP BY day", since(from)),
        format!(
            "SELECT created_at / {DAY_MS} AS day, provider_config_id, {SUMS} {} GROUP BY day, provider_config_id",
            since(from)
        ),
        format!(
            "SELECT provider_config_id, {now}, {SUMS} {} GROUP BY provider_config_id, now",
            since(before)
        ),
        format!(
            "SELECT provider_config_id, model_requested, {now}, {}, {}, {SUMS} {} GROUP BY provider_config_id, model_requested, now",
            recent(7),
            recent(30),
            since(before.min(month))
        ),
        format!("SELECT task_type, {now}, {SUMS} {} GROUP BY task_type, now", since(before)),
        // Of the month's budget and its forecast.
        format!(
            "SELECT created_at / {DAY_MS} AS day, count(*), sum(cost_pico_usd), sum(status = 'success' AND cost_pico_usd IS NULL) {} GROUP BY day",
            since(to - 87 * DAY_MS)
        ),
        format!("SELECT error_class, count(*) {} AND status <> 'success' GROUP BY error_class", since(from)),
    ];
    let began = Instant::now();
    let mut answers = Vec::new();
    for query in queries {
        answers.push(sqlx::query(AssertSqlSafe(query)).fetch_all(&mut *connection).await?);
    }
    let took = began.elapsed();
    for row in answers.first().into_iter().flatten() {
        let measures = if row.get::<bool, _>("now") { &view.now } else { &view.before };
        let cost: i64 = row.get("cost");
        ensure!(
            row.get::<i64, _>("calls") == measures.calls as i64,
            "the sums count other calls than the rows"
        );
        ensure!(
            measures.cost == Some(model::PicoUsd(cost.into())),
            "the sums have another cost than the rows"
        );
        ensure!(row.get::<i64, _>("tokens") == measures.total_tokens as i64, "the sums have other tokens");
    }
    Ok(took)
}
