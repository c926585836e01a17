//! Pricing the log's rows anew: the same rules as the embedded database's `reprice`. Rows are read a piece at a time; what that does
//! to the sums is gathered beside them and added at the end, in the order in which calls are added, so that neither waits long for
//! the other and never in a circle.

use std::{
    collections::{HashMap, hash_map::Entry},
    ops::Range,
    sync::Arc,
};

use model::{ProviderType, Timestamp, prices::Repricing, usage::TokenUsage};
use sqlx::{AssertSqlSafe, FromRow, PgConnection};

use super::{CHANGES, PgStore, usage::number_of_price};
use crate::{
    Act, Billed, Priced, StoreError,
    ledger::{pico, unsigned},
    reprice::{count, subject},
    statistics::slot,
};

/// Rows that are read and written at once.
const PIECE: i64 = 4_096;
/// Of the lock that whoever prices anew takes.
const REPRICING: i64 = CHANGES + 2;

const SELECT: &str = "SELECT id, created_at, provider_config_id, provider_type, model_requested, model_returned, task_type,
    user_id, status, error_class, usage_known, input_tokens, output_tokens, uncached_tokens, audio_tokens, cache_read_tokens,
    cache_write_tokens, cache_write_1h_tokens, cost_pico_usd, cost_is_estimate, price_id
    FROM ai_provider_usage_logs";

#[derive(FromRow)]
struct Row {
    id: i64,
    created_at: i64,
    provider_config_id: i64,
    provider_type: String,
    model_requested: String,
    model_returned: Option<String>,
    task_type: String,
    user_id: String,
    status: String,
    error_class: Option<String>,
    usage_known: bool,
    input_tokens: i64,
    output_tokens: i64,
    uncached_tokens: Option<i64>,
    audio_tokens: Option<i64>,
    cache_read_tokens: Option<i64>,
    cache_write_tokens: Option<i64>,
    cache_write_1h_tokens: Option<i64>,
    cost_pico_usd: Option<i64>,
    cost_is_estimate: bool,
    price_id: Option<i64>,
}

/// A row's new cost.
struct Change<'a> {
    row: &'a Row,
    cost: i64,
    price: i64,
    estimated: bool,
}

/// What each configuration and model is priced by, asked once.
#[derive(Default)]
struct Prices(HashMap<Asked, Option<(Arc<Priced>, i64)>>);

/// Configuration, type, model asked for, model that answered.
type Asked = (i64, ProviderType, String, Option<String>);

impl PgStore {
    /// As [`Store::reprice`](crate::Store::reprice), in one transaction with its entry. Calls that are logged meanwhile are priced
    /// by the prices in force already, and are left out.
    ///
    /// # Errors
    /// Those of the database; nothing is then changed. [`StoreError::Busy`] when another server is at it.
    pub async fn reprice(
        &self,
        price_for: impl Fn(Billed<'_>) -> Option<Arc<Priced>> + Send,
        time: Range<Timestamp>,
        act: &Act,
    ) -> Result<Repricing, StoreError> {
        let mut transaction = self.pool().begin().await?;
        sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(REPRICING).execute(&mut *transaction).await?;
        begin(&mut transaction).await?;
        let last = last(&mut transaction).await?;
        let (mut total, mut prices) = (Repricing::default(), Prices::default());
        let mut behind = (time.start.0, i64::MIN);
        while let Some(rows) = next(&mut transaction, &mut behind, (time.end.0, last)).await? {
            let mut changes = Vec::new();
            for row in &rows {
                let price = prices.of(self, row, &price_for).await?;
                let change = price.map(|(price, number)| row.change(price, number));
                count(&mut total, row.cost_pico_usd, change.as_ref().map(|change| change.cost));
                changes.extend(change.filter(Change::is_one));
            }
            write(&mut transaction, &changes).await?;
            gather(&mut transaction, &changes).await?;
        }
        // From here on calls that are logged wait for the end.
        add_up(&mut transaction).await?;
        let end = async {
            let _turn = self.turn.lock().await;
            sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(CHANGES).execute(&mut *transaction).await?;
            self.audit.write_shared(&mut transaction, act, subject(&total, &time)).await?;
            Ok::<_, StoreError>(transaction.commit().await?)
        };
        // All before may take minutes; for this other changes wait.
        self.in_time(end).await?;
        Ok(total)
    }

    /// As [`Store::try_repricing`](crate::Store::try_repricing). Nothing is written.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn try_repricing(
        &self,
        price_for: impl Fn(Billed<'_>) -> Option<Arc<Priced>> + Send,
        time: Range<Timestamp>,
    ) -> Result<Repricing, StoreError> {
        let mut moment = self.pool().begin_with(super::ONE_MOMENT).await?;
        let last = last(&mut moment).await?;
        let mut total = Repricing::default();
        let mut behind = (time.start.0, i64::MIN);
        while let Some(rows) = next(&mut moment, &mut behind, (time.end.0, last)).await? {
            for row in &rows {
                let priced = row.billed().and_then(&price_for);
                count(&mut total, row.cost_pico_usd, priced.map(|priced| row.cost(&priced)));
            }
        }
        Ok(total)
    }
}

/// A place for what is done to the sums; it is gone with the transaction. The last statement may take long.
async fn begin(connection: &mut PgConnection) -> Result<(), StoreError> {
    let begin = "SET LOCAL statement_timeout = 0;
                 CREATE TEMPORARY TABLE repriced (LIKE usage_quarters) ON COMMIT DROP";
    sqlx::raw_sql(begin).execute(connection).await?;
    Ok(())
}

/// The number of the latest row.
async fn last(connection: &mut PgConnection) -> Result<i64, StoreError> {
    // Rows come in about the order of their numbers, but not quite, and there is no index of numbers: the sequence says it.
    let select = "SELECT last_value FROM pg_sequences WHERE schemaname = current_schema()
                  AND sequencename = 'ai_provider_usage_logs_id_seq'";
    let last: Option<Option<i64>> = sqlx::query_scalar(select).fetch_optional(connection).await?;
    Ok(last.flatten().unwrap_or(i64::MAX))
}

/// The next rows in order of time; `behind` is the last one that was seen.
async fn next(
    connection: &mut PgConnection,
    behind: &mut (i64, i64),
    (end, last): (i64, i64),
) -> Result<Option<Vec<Row>>, StoreError> {
    let select = AssertSqlSafe(format!(
        "{SELECT} WHERE created_at >= $1 AND (created_at, id) > ($1, $2) AND created_at < $3 AND id <= $4
         ORDER BY created_at, id LIMIT $5"
    ));
    let query = sqlx::query_as(select).bind(behind.0).bind(behind.1).bind(end).bind(last).bind(PIECE);
    let rows: Vec<Row> = query.fetch_all(connection).await?;
    Ok(rows.last().map(|row| (row.created_at, row.id)).map(|place| {
        *behind = place;
        rows
    }))
}

async fn write(connection: &mut PgConnection, changes: &[Change<'_>]) -> Result<(), StoreError> {
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return Ok(()) };
    // The two bounds are for the partitions that nothing of this is in.
    let update = "UPDATE ai_provider_usage_logs l
                  SET cost_pico_usd = n.cost, price_id = n.price, cost_is_estimate = n.estimated
                  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::boolean[])
                      AS n (at, id, cost, price, estimated)
                  WHERE l.created_at = n.at AND l.id = n.id AND l.created_at >= $6 AND l.created_at <= $7";
    let all = |of: fn(&Change<'_>) -> i64| changes.iter().map(of).collect::<Vec<i64>>();
    sqlx::query(update)
        .bind(all(|change| change.row.created_at))
        .bind(all(|change| change.row.id))
        .bind(all(|change| change.cost))
        .bind(all(|change| change.price))
        .bind(changes.iter().map(|change| change.estimated).collect::<Vec<bool>>())
        .bind(first.row.created_at)
        .bind(last.row.created_at)
        .execute(connection)
        .await?;
    Ok(())
}

/// What changes do to the sums.
async fn gather(connection: &mut PgConnection, changes: &[Change<'_>]) -> Result<(), StoreError> {
    // Sums of a piece are far within 64 bits or come from a vendor's absurd number; text holds either.
    let mut cells: HashMap<_, (i64, i64, i128)> = HashMap::new();
    for Change { row, cost, estimated, .. } in changes {
        let (unpriced, old_cost) = (row.cost_pico_usd.is_none(), row.cost_pico_usd.unwrap_or(0));
        let cell = cells.entry(row.cell()).or_default();
        cell.0 -= i64::from(unpriced);
        cell.1 += i64::from(*estimated) - i64::from(row.cost_is_estimate);
        cell.2 += i128::from(*cost) - i128::from(old_cost);
    }
    let rows: Vec<serde_json::Value> = cells
        .into_iter()
        .map(|((start, config, [kind, model, task, user, status, error]), (unpriced, estimated, cost))| {
            serde_json::json!({
                "start_at": start, "provider_config_id": config, "provider_type": kind, "model": model, "task_type": task,
                "user_id": user, "status": status, "error_class": error, "calls": 0, "unpriced": unpriced,
                "estimated": estimated, "unknown_usage": 0, "input_tokens": 0, "output_tokens": 0, "total_tokens": 0,
                "cost_pico_usd": cost.to_string(), "latency_ms": 0,
            })
        })
        .collect();
    let insert = "INSERT INTO repriced SELECT * FROM json_populate_recordset(NULL::usage_quarters, $1::json)";
    let rows = serde_json::to_string(&rows).map_err(|_| StoreError::Damaged)?;
    sqlx::query(insert).bind(rows).execute(connection).await?;
    Ok(())
}

/// In the order of `Sums::add`: quarters before days, each by its key.
async fn add_up(connection: &mut PgConnection) -> Result<(), StoreError> {
    for (table, start, user) in [
        ("usage_quarters", "start_at", ", user_id"),
        ("usage_days", "start_at - ((start_at % 86400000) + 86400000) % 86400000", ""),
    ] {
        let key = format!("provider_config_id, provider_type, model, task_type{user}, status, error_class");
        let order = key.split(", ").map(|column| match column {
            "provider_config_id" => column.to_owned(),
            text => format!("{text} COLLATE \"C\""),
        });
        let order = order.collect::<Vec<_>>().join(", ");
        // The cells are there: their calls were counted in them.
        let update = AssertSqlSafe(format!(
            "INSERT INTO {table} AS there (start_at, {key}, calls, unpriced, estimated, unknown_usage, input_tokens,
                                           output_tokens, total_tokens, cost_pico_usd, latency_ms)
             SELECT at, {key}, 0, unpriced, estimated, 0, 0, 0, 0, cost, 0 FROM (
                 SELECT {start} AS at, {key}, sum(unpriced)::bigint AS unpriced, sum(estimated)::bigint AS estimated,
                        sum(cost_pico_usd) AS cost
                 FROM repriced GROUP BY at, {key}) changed
             ORDER BY at, {order}
             ON CONFLICT (start_at, {key}) DO UPDATE SET unpriced = there.unpriced + excluded.unpriced,
                 estimated = there.estimated + excluded.estimated, cost_pico_usd = there.cost_pico_usd + excluded.cost_pico_usd"
        ));
        sqlx::query(update).execute(&mut *connection).await?;
    }
    Ok(())
}

impl Row {
    fn billed(&self) -> Option<Billed<'_>> {
        self.usage_known.then_some(())?;
        Some(Billed {
            provider_config_id: self.provider_config_id,
            provider_type: self.provider_type.parse().ok()?,
            model_name: &self.model_requested,
            returned: self.model_returned.as_deref(),
        })
    }

    fn usage(&self) -> TokenUsage {
        let bucket = |tokens: Option<i64>| unsigned(tokens.unwrap_or(0));
        TokenUsage {
            // A row that knows input and output alone is priced as if nothing had been cached.
            input: unsigned(self.uncached_tokens.unwrap_or(self.input_tokens)),
            audio_input: bucket(self.audio_tokens),
            cache_read: bucket(self.cache_read_tokens),
            cache_write: bucket(self.cache_write_tokens),
            cache_write_1h: bucket(self.cache_write_1h_tokens),
            output: unsigned(self.output_tokens),
            ..TokenUsage::default()
        }
    }

    fn cost(&self, priced: &Priced) -> i64 {
        pico(priced.price.cost(&self.usage()))
    }

    fn change(&self, price: &Priced, number: i64) -> Change<'_> {
        let estimated = self.cost_is_estimate || self.uncached_tokens.is_none();
        Change { row: self, cost: self.cost(price), price: number, estimated }
    }

    /// Its sum of a quarter of an hour: start, configuration, and the rest of the key.
    fn cell(&self) -> (i64, i64, [&str; 6]) {
        let error = self.error_class.as_deref().unwrap_or_default();
        let names: [&str; 6] =
            [&self.provider_type, &self.model_requested, &self.task_type, &self.user_id, &self.status, error];
        (slot(self.created_at), self.provider_config_id, names)
    }
}

impl Change<'_> {
    /// Whether it is another cost, or by another price.
    fn is_one(&self) -> bool {
        (self.row.cost_pico_usd, self.row.price_id) != (Some(self.cost), Some(self.price))
    }
}

impl Prices {
    async fn of(
        &mut self,
        store: &PgStore,
        row: &Row,
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
            Entry::Vacant(place) => place.insert(match price_for(billed) {
                // Not within the long transaction: calls that are logged with this price would wait for its end.
                Some(priced) => {
                    let number = number_of_price(&mut *store.pool().acquire().await?, &priced).await?;
                    number.map(|number| (priced, number))
                }
                None => None,
            }),
        };
        Ok(price.as_ref().map(|(priced, number)| (&**priced, *number)))
    }
}
