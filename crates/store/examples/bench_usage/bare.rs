//! The practical limit of writing: the same rows into the same table with its indexes, many to a statement, without cost
//! and without sums.

use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

use sqlx::{Arguments, Connection, SqliteConnection, sqlite::SqliteArguments};
use store::CallRow;

const CHUNK: usize = 512;

const COLUMNS: [&str; 28] = [
    "request_id",
    "attempt",
    "provider_config_id",
    "provider_type",
    "user_id",
    "client",
    "task_type",
    "model_requested",
    "model_returned",
    "usage_known",
    "input_tokens",
    "output_tokens",
    "total_tokens",
    "uncached_tokens",
    "audio_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "cache_write_1h_tokens",
    "reasoning_tokens",
    "status",
    "error_class",
    "http_status",
    "latency_ms",
    "first_token_ms",
    "vendor_request_id",
    "route_rule",
    "fallback_from",
    "created_at",
];

static INSERT: LazyLock<String> = LazyLock::new(|| {
    let row = format!("({})", ["?"; COLUMNS.len()].join(", "));
    let rows = vec![row; CHUNK].join(", ");
    format!("INSERT INTO ai_provider_usage_logs ({}) VALUES {rows}", COLUMNS.join(", "))
});

/// Writes rows in one transaction, as many as fill whole statements, and says how long that took and how many they were.
pub async fn write(connection: &mut SqliteConnection, rows: &[CallRow]) -> anyhow::Result<(Duration, usize)> {
    let began = Instant::now();
    let mut transaction = connection.begin().await?;
    let (chunks, _) = rows.as_chunks::<CHUNK>();
    for chunk in chunks {
        let mut values = SqliteArguments::default();
        values.reserve(CHUNK * COLUMNS.len(), 0);
        let insert = chunk.iter().fold(sqlx::query_with(INSERT.as_str(), values), |query, row| {
            let usage = row.usage.as_ref();
            let tokens = |of: fn(&model::TokenUsage) -> u64| usage.map(|usage| of(usage) as i64);
            query
                .bind(&row.request_id)
                .bind(row.attempt)
                .bind(row.provider_config_id)
                .bind(row.provider_type.as_str())
                .bind(row.user_id.clone())
                .bind(row.client.clone())
                .bind(row.task_type.clone())
                .bind(row.model_requested.clone())
                .bind(&row.model_returned)
                .bind(usage.is_some())
                .bind(tokens(|usage| usage.total_input()).unwrap_or(0))
                .bind(tokens(|usage| usage.output).unwrap_or(0))
                .bind(tokens(|usage| usage.total()).unwrap_or(0))
                .bind(tokens(|usage| usage.input))
                .bind(tokens(|usage| usage.audio_input))
                .bind(tokens(|usage| usage.cache_read))
                .bind(tokens(|usage| usage.cache_write))
                .bind(tokens(|usage| usage.cache_write_1h))
                .bind(tokens(|usage| usage.reasoning))
                .bind(if row.error_class.is_some() { "error" } else { "success" })
                .bind(row.error_class.map(|class| class.as_str()))
                .bind(row.http_status)
                .bind(row.latency_ms as i64)
                .bind(row.first_token_ms.map(|ms| ms as i64))
                .bind(&row.vendor_request_id)
                .bind("chain")
                .bind(row.fallback_from)
                .bind(row.created_at.0)
        });
        insert.execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    Ok((began.elapsed(), chunks.len() * CHUNK))
}
