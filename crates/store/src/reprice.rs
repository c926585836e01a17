//! Pricing the log's rows anew, in one transaction with its entry. What rows took is never changed, only what it cost.

use std::{
    collections::{HashMap, hash_map::Entry},
    ops::Range,
    sync::{Arc, LazyLock},
};

use model::{PicoUsd, ProviderType, Timestamp, prices::Repricing, usage::TokenUsage};
use serde_json::json;
use sqlx::{Connection, FromRow, SqliteConnection};

use crate::{
    Act, Priced, Store, StoreError,
    audit::{self, Subject},
    ledger::{pico, price_id, unsigned},
    statistics::{Batch, Cell, Dimension, Rollup},
};

/// Rows that are held in memory at once.
const CHUNK: u32 = 2_000;
/// Rows of one statement.
const UPDATED: usize = 64;
/// Cells that are held in memory at once.
const CELLS: usize = 20_000;

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
    cost_is_estimate: bool,
    created_at: i64,
    logged_type: Option<String>,
    logged_model: Option<String>,
    task_type: String,
    user_id: String,
    status: String,
    error_class: Option<String>,
}

/// A row's new cost.
struct Change {
    id: i64,
    cost: i64,
    price_id: i64,
    is_estimate: bool,
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
        let rollup = Rollup::read(&mut transaction).await?;
        let time = rollup.kept(time);
        let (mut total, mut prices, mut batch) = (Repricing::default(), Prices::new(), Batch::default());
        let (mut places, mut behind) = (self.places.begin(), 0);
        while let Some(rows) = chunk(&mut transaction, &mut behind, &time).await? {
            let mut changes = Vec::new();
            for row in &rows {
                let price = prices.of(&mut transaction, row, &price_for).await?;
                let change = price.map(|(price, id)| row.change(price, id));
                add(&mut total, row, change.as_ref().map(|change| change.cost));
                if let Some(change) = change.filter(|change| change.is_one(row)) {
                    if rollup.has(row.id) {
                        row.differ(&change, batch.cell(row.created_at, row.dimension()));
                    }
                    changes.push(change);
                }
            }
            write(&mut transaction, &changes).await?;
            if batch.len() > CELLS {
                std::mem::take(&mut batch).keep(&mut transaction, &rollup.calendar()?, &mut places).await?;
            }
        }
        batch.keep(&mut transaction, &rollup.calendar()?, &mut places).await?;
        audit::write(&mut transaction, act, subject(&total, &time)).await?;
        transaction.commit().await?;
        places.keep();
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
        let time = Rollup::read(&mut connection).await?.kept(time);
        let mut total = Repricing::default();
        let mut behind = 0;
        while let Some(rows) = chunk(&mut connection, &mut behind, &time).await? {
            for row in rows {
                let priced = row.billed().and_then(&price_for);
                add(&mut total, &row, priced.map(|priced| row.cost(&priced)));
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
               coalesce(l.cache_write_1h_tokens, 0) AS cache_write_1h_tokens, l.cost_pico_usd, l.price_id,
               l.cost_is_estimate, l.created_at, l.provider_type AS logged_type, l.model_requested AS logged_model,
               l.task_type, l.user_id, l.status, l.error_class
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

    fn cost(&self, priced: &Priced) -> i64 {
        pico(priced.price.cost(&self.usage()))
    }

    fn change(&self, price: &Priced, price_id: i64) -> Change {
        Change {
            id: self.id,
            cost: self.cost(price),
            price_id,
            is_estimate: self.cost_is_estimate || !self.has_buckets,
        }
    }

    /// What the change does to the sums.
    fn differ(&self, change: &Change, cell: &mut Cell) {
        cell.cost += i128::from(change.cost) - i128::from(self.cost_pico_usd.unwrap_or(0));
        cell.unpriced -= i128::from(self.cost_pico_usd.is_none());
        cell.estimated += i128::from(change.is_estimate) - i128::from(self.cost_is_estimate);
    }

    /// As the sums have it: what the log says, not what the configuration says now.
    fn dimension(&self) -> Dimension<'static> {
        Dimension {
            config: self.provider_config_id,
            provider_type: self.logged_type.clone().unwrap_or_default().into(),
            model: self.logged_model.clone().unwrap_or_default().into(),
            task: self.task_type.clone().into(),
            user: Some(self.user_id.clone().into()),
            status: self.status.clone().into(),
            error: self.error_class.clone().unwrap_or_default().into(),
        }
    }
}

impl Change {
    /// Whether it is another cost, or by another price.
    fn is_one(&self, row: &CallCost) -> bool {
        (row.cost_pico_usd, row.price_id) != (Some(self.cost), Some(self.price_id))
    }
}

/// What each configuration and model is priced by, asked once.
struct Prices(HashMap<Asked, Option<(Arc<Priced>, i64)>>);

/// Configuration, type, model asked for, model that answered.
type Asked = (i64, ProviderType, String, Option<String>);

impl Prices {
    fn new() -> Self {
        Self(HashMap::new())
    }

    async fn of(
        &mut self,
        connection: &mut SqliteConnection,
        row: &CallCost,
        price_for: &(impl Fn(Billed<'_>) -> Option<Arc<Priced>> + Send),
    ) -> Result<Option<(&Priced, i64)>, StoreError> {
        let Some(billed) = row.billed() else { return Ok(None) };
        let key = (
            billed.provider_config_id,
            billed.provider_type,
            billed.model_name.to_owned(),
            billed.returned.map(str::to_owned),
        );
        let price = match self.0.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let price = match price_for(billed) {
                    Some(priced) => {
                        let id = price_id(connection, &priced).await?;
                        Some((priced, id))
                    }
                    None => None,
                };
                place.insert(price)
            }
        };
        Ok(price.as_ref().map(|(priced, id)| (&**priced, *id)))
    }
}

async fn write(connection: &mut SqliteConnection, changes: &[Change]) -> Result<(), StoreError> {
    static UPDATES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let update = |count| {
            format!(
                "WITH changed (id, cost, price, estimate) AS (VALUES {})
                 UPDATE ai_provider_usage_logs AS l SET cost_pico_usd = c.cost, price_id = c.price,
                     cost_is_estimate = c.estimate
                 FROM changed c WHERE l.id = c.id",
                vec!["(?, ?, ?, ?)"; count].join(", ")
            )
        };
        (0..=UPDATED).map(update).collect()
    });
    for changes in changes.chunks(UPDATED) {
        let update = UPDATES.get(changes.len()).map(String::as_str).unwrap_or_default();
        let update = changes.iter().fold(sqlx::query(update), |query, change| {
            query.bind(change.id).bind(change.cost).bind(change.price_id).bind(change.is_estimate)
        });
        update.execute(&mut *connection).await?;
    }
    Ok(())
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
