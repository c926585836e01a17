//! Writing rows of the log. Each statement is a trip to SQLite's thread and back, so they go many at a time.

use std::sync::{Arc, LazyLock};

use model::routing::Rule;
use sqlx::{Arguments, Sqlite, SqliteConnection, query::Query, sqlite::SqliteArguments};

use super::{CallRow, Priced, pico, price_id, signed};
use crate::{
    StoreError,
    statistics::{Ingest, KnownPlaces, Places},
};

/// Rows of one statement; SQLite takes 32,766 values.
const CHUNK: usize = 512;
/// Rows of one statement where there are less.
const FEW: usize = 16;

const COLUMNS: [&str; 32] = [
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
    "service_tier",
    "cost_pico_usd",
    "price_id",
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

static ONE: LazyLock<String> = LazyLock::new(|| statement(1));
static SOME: LazyLock<String> = LazyLock::new(|| statement(FEW));
static MANY: LazyLock<String> = LazyLock::new(|| statement(CHUNK));

fn statement(rows: usize) -> String {
    let row = format!("({})", ["?"; COLUMNS.len()].join(", "));
    format!(
        "INSERT INTO ai_provider_usage_logs ({}) VALUES {} ON CONFLICT (request_id) DO NOTHING",
        COLUMNS.join(", "),
        vec![row; rows].join(", ")
    )
}

/// Says which places of sums were learned, to be kept when the transaction is on disk.
pub(super) async fn all<'s>(
    connection: &mut SqliteConnection,
    rows: &[CallRow],
    known: &'s KnownPlaces,
) -> Result<Places<'s>, StoreError> {
    if rows.is_empty() {
        return Ok(known.begin());
    }
    let mut ingest = Ingest::begin(connection, known).await?;
    // Runs of rows that are taken: mostly one, the whole.
    for run in rows.chunk_by(|one, two| ingest.takes(one) == ingest.takes(two)).collect::<Vec<_>>() {
        if run.first().is_some_and(|row| ingest.takes(row)) {
            all_taken(connection, run, &mut ingest).await?;
        }
    }
    ingest.end(connection).await
}

async fn all_taken<'a>(
    connection: &mut SqliteConnection,
    rows: &'a [CallRow],
    ingest: &mut Ingest<'a, '_>,
) -> Result<(), StoreError> {
    let prices = prices(connection, rows).await?;
    let (chunks, rest) = rows.as_chunks::<CHUNK>();
    for chunk in chunks {
        insert(connection, MANY.as_str(), chunk, &prices, ingest).await?;
    }
    let (few, rest) = rest.as_chunks::<FEW>();
    for chunk in few {
        insert(connection, SOME.as_str(), chunk, &prices, ingest).await?;
    }
    for row in rest {
        insert(connection, ONE.as_str(), std::slice::from_ref(row), &prices, ingest).await?;
    }
    Ok(())
}

type Prices<'a> = Vec<(&'a Priced, i64)>;

/// The few prices of a batch with their numbers.
async fn prices<'a>(
    connection: &mut SqliteConnection,
    rows: &'a [CallRow],
) -> Result<Prices<'a>, StoreError> {
    let mut prices = Prices::new();
    for priced in rows.iter().filter_map(|row| row.priced.as_deref()) {
        if !prices.iter().any(|(known, _)| is(known, priced)) {
            prices.push((priced, price_id(connection, priced).await?));
        }
    }
    Ok(prices)
}

/// Nearly always the very same.
fn is(one: &Priced, other: &Priced) -> bool {
    std::ptr::eq(one, other) || one == other
}

async fn insert<'a>(
    connection: &mut SqliteConnection,
    statement: &'static str,
    rows: &'a [CallRow],
    prices: &Prices<'_>,
    ingest: &mut Ingest<'a, '_>,
) -> Result<(), StoreError> {
    let mut room = SqliteArguments::default();
    room.reserve(rows.len() * COLUMNS.len(), 0);
    let query = rows.iter().fold(sqlx::query_with(statement, room), |query, row| bind(query, row, prices));
    let result = query.execute(&mut *connection).await?;
    ingest.wrote(connection, rows, &result).await
}

type Insert<'q> = Query<'q, Sqlite, SqliteArguments>;

/// In the order of [`COLUMNS`].
fn bind<'q>(query: Insert<'q>, row: &'q CallRow, prices: &Prices<'_>) -> Insert<'q> {
    let price = row.priced.as_deref().and_then(|one| prices.iter().find(|(known, _)| is(known, one)));
    let query = query
        .bind(&row.request_id)
        .bind(row.attempt)
        .bind(row.provider_config_id)
        .bind(row.provider_type.as_str())
        .bind(Arc::clone(&row.user_id))
        .bind(Arc::clone(&row.client))
        .bind(Arc::clone(&row.task_type))
        .bind(Arc::clone(&row.model_requested))
        .bind(&row.model_returned);
    bind_usage(query, row)
        .bind(row.cost.map(pico))
        .bind(price.map(|(_, id)| *id))
        .bind(row.cost_is_estimate)
        .bind(row.status.as_str())
        .bind(row.error_class.map(|class| class.as_str()))
        .bind(row.http_status)
        .bind(signed(row.latency_ms))
        .bind(row.first_token_ms.map(signed))
        .bind(&row.vendor_request_id)
        .bind(row.rule.map(rule))
        .bind(row.fallback_from)
        .bind(row.created_at.0)
}

fn bind_usage<'q>(query: Insert<'q>, row: &'q CallRow) -> Insert<'q> {
    let usage = row.usage.as_ref();
    query
        .bind(usage.is_some())
        .bind(usage.map_or(0, |usage| signed(usage.total_input())))
        .bind(usage.map_or(0, |usage| signed(usage.output)))
        .bind(usage.map_or(0, |usage| signed(usage.total())))
        .bind(usage.map(|usage| signed(usage.input)))
        .bind(usage.map(|usage| signed(usage.audio_input)))
        .bind(usage.map(|usage| signed(usage.cache_read)))
        .bind(usage.map(|usage| signed(usage.cache_write)))
        .bind(usage.map(|usage| signed(usage.cache_write_1h)))
        .bind(usage.map(|usage| signed(usage.reasoning)))
        .bind(usage.and_then(|usage| usage.service_tier.as_deref()))
}

fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::Chain => "chain",
        Rule::Split => "split",
        Rule::Auto => "auto",
        Rule::Default => "default",
        Rule::Named => "named",
    }
}
