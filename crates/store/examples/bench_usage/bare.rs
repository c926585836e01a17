//! The practical limit of writing with a row for each call: the same rows into a plain table of an encrypted database, many to
//! a statement, known by their request and in the order of time, without sums. Their cost is a number among the others,
//! because it is summed up by GROUP BY later.

use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

use sqlx::{Arguments, AssertSqlSafe, Connection, SqliteConnection, sqlite::SqliteArguments};
use store::{CallRow, UsageStatus};

const CHUNK: usize = 512;

const TABLE: &str = "
    CREATE TABLE plain (
        id                    INTEGER PRIMARY KEY,
        request_id            TEXT    NOT NULL UNIQUE,
        attempt               INTEGER NOT NULL,
        provider_config_id    INTEGER NOT NULL,
        provider_type         TEXT    NOT NULL,
        user_id               TEXT    NOT NULL,
        client                TEXT    NOT NULL,
        task_type             TEXT    NOT NULL,
        model_requested       TEXT    NOT NULL,
        model_returned        TEXT,
        usage_known           INTEGER NOT NULL,
        input_tokens          INTEGER NOT NULL,
        output_tokens         INTEGER NOT NULL,
        total_tokens          INTEGER NOT NULL,
        uncached_tokens       INTEGER,
        audio_tokens          INTEGER,
        cache_read_tokens     INTEGER,
        cache_write_tokens    INTEGER,
        cache_write_1h_tokens INTEGER,
        reasoning_tokens      INTEGER,
        cost_pico_usd         INTEGER,
        cost_is_estimate      INTEGER NOT NULL,
        status                TEXT    NOT NULL,
        error_class           TEXT,
        http_status           INTEGER,
        latency_ms            INTEGER NOT NULL,
        first_token_ms        INTEGER,
        vendor_request_id     TEXT,
        route_rule            TEXT,
        fallback_from         INTEGER,
        created_at            INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX plain_by_time ON plain (created_at);";

const COLUMNS: [&str; 30] = [
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
    "cost_pico_usd",
    "cost_is_estimate",
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

static INSERT: LazyLock<String> = LazyLock::new(|| statement(CHUNK));

fn statement(rows: usize) -> String {
    let row = format!("({})", ["?"; COLUMNS.len()].join(", "));
    format!("INSERT INTO plain ({}) VALUES {}", COLUMNS.join(", "), vec![row; rows].join(", "))
}

/// Makes the table.
pub async fn prepare(connection: &mut SqliteConnection) -> anyhow::Result<()> {
    sqlx::raw_sql(TABLE).execute(connection).await?;
    Ok(())
}

/// Writes rows in one transaction and says how long that took.
pub async fn write(connection: &mut SqliteConnection, rows: &[CallRow]) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let mut transaction = connection.begin().await?;
    for chunk in rows.chunks(CHUNK) {
        let mut values = SqliteArguments::default();
        values.reserve(chunk.len() * COLUMNS.len(), 0);
        let last = statement(chunk.len());
        let insert = if chunk.len() == CHUNK { INSERT.as_str() } else { last.as_str() };
        let insert = sqlx::query_with(AssertSqlSafe(insert), values);
        let insert = chunk.iter().fold(insert, |query, row| {
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
                .bind(row.cost.map(|cost| cost.0 as i64))
                .bind(row.cost_is_estimate)
                .bind(match row.status {
                    UsageStatus::Success => "success",
                    UsageStatus::Error => "error",
                    UsageStatus::Timeout => "timeout",
                })
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
    Ok(began.elapsed())
}
