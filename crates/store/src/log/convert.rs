//! Calls of before the segments, which lay in a row each. Whoever opens such a database waits for it once: until they have
//! moved, no sum of them could be right.

use sqlx::{Connection, FromRow, SqliteConnection};

use super::{
    request, requests,
    row::{Buckets, Figures, Kind, Logged, Names},
    segment::{FULL, Segment},
    table,
};
use crate::{
    StoreError,
    statistics::{Batch, KnownPlaces, Rollup},
};

/// Rows of one transaction.
const PIECE: i64 = 8 * FULL as i64;

#[derive(FromRow)]
struct OldRow {
    id: i64,
    request_id: String,
    attempt: u32,
    provider_config_id: i64,
    provider_type: Option<String>,
    user_id: String,
    client: Option<String>,
    task_type: String,
    model_requested: Option<String>,
    model_returned: Option<String>,
    usage_known: bool,
    input_tokens: i64,
    output_tokens: i64,
    total_tokens: i64,
    uncached_tokens: Option<i64>,
    audio_tokens: Option<i64>,
    cache_read_tokens: Option<i64>,
    cache_write_tokens: Option<i64>,
    cache_write_1h_tokens: Option<i64>,
    reasoning_tokens: Option<i64>,
    service_tier: Option<String>,
    cost_pico_usd: Option<i64>,
    price_id: Option<i64>,
    cost_is_estimate: bool,
    status: String,
    error_class: Option<String>,
    http_status: Option<u16>,
    latency_ms: i64,
    first_token_ms: Option<i64>,
    vendor_request_id: Option<String>,
    route_rule: Option<String>,
    fallback_from: Option<i64>,
    created_at: i64,
}

/// Moves them a piece at a time, so that it goes on where it was cut off.
pub(crate) async fn all(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let select = "SELECT count(*) FROM sqlite_schema WHERE name = 'usage_rows_of_before'";
    let there: i64 = sqlx::query_scalar(select).fetch_one(&mut *connection).await?;
    let mut left = there > 0;
    while left {
        let mut transaction = connection.begin().await?;
        left = piece(&mut transaction).await?;
        if !left {
            for statement in [
                "DROP TABLE usage_rows_of_before",
                "ALTER TABLE usage_rollup DROP COLUMN fill_to",
                "ALTER TABLE usage_rollup DROP COLUMN filled",
            ] {
                sqlx::query(statement).execute(&mut *transaction).await?;
            }
        }
        transaction.commit().await?;
    }
    Ok(())
}

/// Says whether there was any.
async fn piece(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    let select = "SELECT * FROM usage_rows_of_before ORDER BY id LIMIT ?";
    let rows: Vec<OldRow> = sqlx::query_as(select).bind(PIECE).fetch_all(&mut *connection).await?;
    let Some(last) = rows.last() else { return Ok(false) };
    // Rows of before the sums are not in them yet.
    let select = "SELECT filled, fill_to FROM usage_rollup";
    let (filled, fill_to): (i64, i64) = sqlx::query_as(select).fetch_one(&mut *connection).await?;
    let ids: Vec<(Vec<u8>, i64)> = rows.iter().map(|row| (request::pack(&row.request_id), row.id)).collect();
    let (mut batch, mut segment) = (Batch::default(), Segment::default());
    for (row, (request, _)) in rows.iter().zip(&ids) {
        let call = row.logged(request);
        if row.id > filled && row.id <= fill_to {
            batch.count(call.kind.at, call.kind.dimension(), &call.figures.counted());
        }
        segment.push(&call);
        if segment.len() == FULL {
            table::insert(&mut *connection, &std::mem::take(&mut segment)).await?;
        }
    }
    table::insert(&mut *connection, &segment).await?;
    requests::keep(&mut *connection, &ids).await?;
    let delete = "DELETE FROM usage_rows_of_before WHERE id <= ?";
    sqlx::query(delete).bind(last.id).execute(&mut *connection).await?;
    let calendar = Rollup::read(&mut *connection).await?.calendar()?;
    batch.keep(connection, &calendar, &mut KnownPlaces::default().begin()).await?;
    Ok(true)
}

impl OldRow {
    fn logged<'a>(&'a self, request: &'a [u8]) -> Logged<'a> {
        let kind = Kind {
            number: self.id,
            at: self.created_at,
            attempt: self.attempt,
            config: self.provider_config_id,
            provider_type: self.provider_type.as_deref(),
            model: self.model_requested.as_deref(),
            task: &self.task_type,
            user: &self.user_id,
            client: self.client.as_deref(),
            status: &self.status,
            error: self.error_class.as_deref(),
        };
        let names = Names { request: request.into(), vendor_request: self.vendor_request_id.as_deref() };
        Logged { kind, figures: self.figures(), names }
    }

    fn figures(&self) -> Figures<'_> {
        let number = |column: Option<i64>| column.unwrap_or(0);
        Figures {
            usage_known: self.usage_known,
            input: self.input_tokens,
            output: self.output_tokens,
            total: self.total_tokens,
            buckets: self.uncached_tokens.map(|uncached| Buckets {
                uncached,
                audio: number(self.audio_tokens),
                cache_read: number(self.cache_read_tokens),
                cache_write: number(self.cache_write_tokens),
                cache_write_1h: number(self.cache_write_1h_tokens),
                reasoning: number(self.reasoning_tokens),
            }),
            service_tier: self.service_tier.as_deref(),
            returned: self.model_returned.as_deref(),
            cost: self.cost_pico_usd,
            price: self.price_id,
            estimated: self.cost_is_estimate,
            latency: self.latency_ms,
            first_token: self.first_token_ms,
            http_status: self.http_status,
            rule: self.route_rule.as_deref(),
            fallback_from: self.fallback_from,
        }
    }
}
