//! Pricing the log's rows anew, in one transaction with its entry. What rows took is never changed, only what it cost.

use std::{ops::Range, sync::Arc};

use model::{PicoUsd, ProviderType, Timestamp, prices::Repricing, usage::TokenUsage};
use serde_json::json;
use sqlx::{Connection, FromRow, SqliteConnection};

use crate::{
    Act, Priced, Store, StoreError,
    audit::{self, Subject},
    ledger::{pico, price_id, unsigned},
};

/// Rows that are held in memory at once.
const CHUNK: u32 = 2_000;

/// Whose price is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Billed<'a> {
    /// The configuration's number, for prices of its own.
    pub provider_config_id: i64,
    /// Its type.
    pub provider_type: ProviderType,
    /// The model that was asked for.
    pub model_name: &'a str,
    /// The model that answered, where the vendor named one.
    pub returned: Option<&'a str>,
}

#[derive(FromRow)]
struct CallCost {
    id: i64,
    provider_config_id: i64,
    provider_type: Option<String>,
    model: Option<String>,
    model_returned: Option<String>,
    has_buckets: bool,
    usage_known: bool,
    input_tokens: i64,
    output_tokens: i64,
    uncached_tokens: i64,
    audio_tokens: i64,
    cache_read_tokens: i64,
    cache_write_tokens: i64,
    cache_write_1h_tokens: i64,
    cost_pico_usd: Option<i64>,
    price_id: Option<i64>,
}

impl Store {
    /// Prices the rows of a time anew. A row without a known usage, or for which there is no price, stays as it is.
    /// Rows of before the ledger have input and output alone, and no model: they are priced by the model that their
    /// configuration has now, and their cost becomes an estimate.
    ///
    /// # Errors
    /// Those of the database; nothing is then changed.
    pub async fn reprice(
        &self,
        price_for: impl Fn(Billed<'_>) -> Option<Arc<Priced>> + Send,
        time: Range<Timestamp>,
        act: &Act,
    ) -> Result<Repricing, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let mut total = Repricing::default();
        let mut behind = 0;
        while let Some(rows) = chunk(&mut transaction, &mut behind, &time).await? {
            for row in rows {
                let priced = row.billed().and_then(&price_for);
                row.reprice(&mut transaction, priced.as_deref()).await?;
                add(&mut total, &row, row.cost(priced.as_deref()));
            }
        }
        audit::write(&mut transaction, act, subject(&total, &time)).await?;
        transaction.commit().await?;
        Ok(total)
    }

    /// What [`Store::reprice`] would come to. Nothing is written.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn try_repricing(
        &self,
        price_for: impl Fn(Billed<'_>) -> Option<Arc<Priced>> + Send,
        time: Range<Timestamp>,
    ) -> Result<Repricing, StoreError> {
        let mut connection = self.connection().await?;
        let mut total = Repricing::default();
        let mut behind = 0;
        while let Some(rows) = chunk(&mut connection, &mut behind, &time).await? {
            for row in rows {
                add(&mut total, &row, row.cost(row.billed().and_then(&price_for).as_deref()));
            }
        }
        Ok(total)
    }
}

/// The next rows; `behind` is the last one that was seen.
async fn chunk(
    connection: &mut SqliteConnection,
    behind: &mut i64,
    time: &Range<Timestamp>,
) -> Result<Option<Vec<CallCost>>, StoreError> {
    let select = "
        SELECT l.id, l.provider_config_id, coalesce(l.provider_type, c.provider_type) AS provider_type,
               coalesce(l.model_requested, c.model_name) AS model, l.model_returned,
               l.uncached_tokens IS NOT NULL AS has_buckets,
               l.usage_known, l.input_tokens, l.output_tokens, coalesce(l.uncached_tokens, 0) AS uncached_tokens,
               coalesce(l.audio_tokens, 0) AS audio_tokens, coalesce(l.cache_read_tokens, 0) AS cache_read_tokens,
               coalesce(l.cache_write_tokens, 0) AS cache_write_tokens,
               coalesce(l.cache_write_1h_tokens, 0) AS cache_write_1h_tokens, l.cost_pico_usd, l.price_id
        FROM ai_provider_usage_logs l LEFT JOIN ai_provider_configs c ON c.id = l.provider_config_id
        WHERE l.id > ? AND l.created_at >= ? AND l.created_at < ? ORDER BY l.id LIMIT ?";
    let rows: Vec<CallCost> = sqlx::query_as(select)
        .bind(*behind)
        .bind(time.start.0)
        .bind(time.end.0)
        .bind(CHUNK)
        .fetch_all(connection)
        .await?;
    Ok(rows.last().map(|last| last.id).map(|last| {
        *behind = last;
        rows
    }))
}

impl CallCost {
    fn billed(&self) -> Option<Billed<'_>> {
        if !self.usage_known {
            return None;
        }
        let provider_type = self.provider_type.as_deref()?.parse().ok()?;
        let model_name = self.model.as_deref()?;
        let returned = self.model_returned.as_deref();
        Some(Billed { provider_config_id: self.provider_config_id, provider_type, model_name, returned })
    }

    fn usage(&self) -> TokenUsage {
        let input = if self.has_buckets { self.uncached_tokens } else { self.input_tokens };
        TokenUsage {
            input: unsigned(input),
            audio_input: unsigned(self.audio_tokens),
            cache_read: unsigned(self.cache_read_tokens),
            cache_write: unsigned(self.cache_write_tokens),
            cache_write_1h: unsigned(self.cache_write_1h_tokens),
            output: unsigned(self.output_tokens),
            ..TokenUsage::default()
        }
    }

    fn cost(&self, priced: Option<&Priced>) -> Option<i64> {
        priced.map(|priced| pico(priced.price.cost(&self.usage())))
    }

    /// Writes the new cost, if it is another or by another price.
    async fn reprice(
        &self,
        connection: &mut SqliteConnection,
        priced: Option<&Priced>,
    ) -> Result<(), StoreError> {
        let Some(priced) = priced else { return Ok(()) };
        let cost = self.cost(Some(priced));
        let price = price_id(connection, priced).await?;
        if (self.cost_pico_usd, self.price_id) != (cost, Some(price)) {
            let update = "UPDATE ai_provider_usage_logs
                          SET cost_pico_usd = ?, price_id = ?, cost_is_estimate = max(cost_is_estimate, ?) WHERE id = ?";
            let update = sqlx::query(update).bind(cost).bind(price).bind(!self.has_buckets).bind(self.id);
            update.execute(connection).await?;
        }
        Ok(())
    }
}

fn add(total: &mut Repricing, row: &CallCost, cost: Option<i64>) {
    let known = |cost: Option<i64>| PicoUsd(i128::from(cost.unwrap_or(0)));
    total.rows += 1;
    total.left += u64::from(cost.is_none());
    total.changed += u64::from(cost.is_some() && cost != row.cost_pico_usd);
    total.before = total.before.plus(known(row.cost_pico_usd));
    total.after = total.after.plus(known(cost.or(row.cost_pico_usd)));
}

fn subject(total: &Repricing, time: &Range<Timestamp>) -> Subject<'static> {
    let after = json!({
        "cost_pico_usd": total.after, "from": time.start, "to": time.end,
        "rows": total.rows, "changed": total.changed, "left": total.left,
    });
    Subject {
        before: Some(json!({ "cost_pico_usd": total.before })),
        after: Some(after),
        ..Subject::default()
    }
}
