//! Sums of the log, by quarters of an hour and by days of UTC, added to in the transaction that writes the rows. Several servers
//! add to one cell at once; the database does the adding.

use std::collections::BTreeMap;

use model::Timestamp;
use serde::Serialize;
use sqlx::{AssertSqlSafe, PgConnection};

use super::usage::Logged;
use crate::{StoreError, statistics::slot};

/// What a cell is of; days leave the user out.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Key<'a> {
    start_at: i64,
    provider_config_id: i64,
    provider_type: &'a str,
    model: &'a str,
    task_type: &'a str,
    user_id: &'a str,
    status: &'a str,
    error_class: &'a str,
}

#[derive(Clone, Default)]
struct Cell {
    calls: i64,
    unpriced: i64,
    estimated: i64,
    unknown_usage: i64,
    input: i128,
    output: i128,
    total: i128,
    cost: i128,
    latency: i128,
}

/// A cell under the names of its table's columns. Sums are text on the way: JSON's numbers are only sure to 53 bits.
#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    key: &'a Key<'a>,
    calls: i64,
    unpriced: i64,
    estimated: i64,
    unknown_usage: i64,
    input_tokens: String,
    output_tokens: String,
    total_tokens: String,
    cost_pico_usd: String,
    latency_ms: String,
}

/// What a batch of calls adds.
pub(super) struct Sums<'a> {
    // Kept in order: two servers that add to the same cells never wait for each other in a circle.
    quarters: BTreeMap<Key<'a>, Cell>,
    days: BTreeMap<Key<'a>, Cell>,
}

impl<'a> Sums<'a> {
    pub(super) fn of(calls: &'a [Logged]) -> Self {
        let mut sums = Self { quarters: BTreeMap::new(), days: BTreeMap::new() };
        for call in calls {
            let quarter = Key {
                start_at: slot(call.created_at),
                provider_config_id: call.provider_config_id,
                provider_type: &call.provider_type,
                model: &call.model_requested,
                task_type: &call.task_type,
                user_id: &call.user_id,
                status: &call.status,
                error_class: call.error_class.as_deref().unwrap_or_default(),
            };
            let start_at = Timestamp(call.created_at).start_of_utc_day().0;
            let day = Key { start_at, user_id: "", ..quarter.clone() };
            sums.quarters.entry(quarter).or_default().count(call);
            sums.days.entry(day).or_default().count(call);
        }
        sums
    }

    pub(super) async fn add(&self, connection: &mut PgConnection) -> Result<(), StoreError> {
        let quarter =
            "start_at, provider_config_id, provider_type, model, task_type, user_id, status, error_class";
        let day = "start_at, provider_config_id, provider_type, model, task_type, status, error_class";
        add(connection, ("usage_quarters", quarter), &self.quarters).await?;
        add(connection, ("usage_days", day), &self.days).await
    }
}

impl Cell {
    fn count(&mut self, call: &Logged) {
        self.calls += 1;
        self.unpriced += i64::from(call.cost_pico_usd.is_none());
        self.estimated += i64::from(call.cost_is_estimate);
        self.unknown_usage += i64::from(!call.usage_known);
        self.input += i128::from(call.input_tokens);
        self.output += i128::from(call.output_tokens);
        self.total += i128::from(call.total_tokens);
        self.cost += i128::from(call.cost_pico_usd.unwrap_or(0));
        self.latency += i128::from(call.latency_ms);
    }
}

async fn add(
    connection: &mut PgConnection,
    (table, key): (&str, &str),
    cells: &BTreeMap<Key<'_>, Cell>,
) -> Result<(), StoreError> {
    const SUMS: [&str; 9] = [
        "calls",
        "unpriced",
        "estimated",
        "unknown_usage",
        "input_tokens",
        "output_tokens",
        "total_tokens",
        "cost_pico_usd",
        "latency_ms",
    ];
    let rows: Vec<Row<'_>> = cells
        .iter()
        .map(|(key, cell)| Row {
            key,
            calls: cell.calls,
            unpriced: cell.unpriced,
            estimated: cell.estimated,
            unknown_usage: cell.unknown_usage,
            input_tokens: cell.input.to_string(),
            output_tokens: cell.output.to_string(),
            total_tokens: cell.total.to_string(),
            cost_pico_usd: cell.cost.to_string(),
            latency_ms: cell.latency.to_string(),
        })
        .collect();
    let sums = SUMS.join(", ");
    let adding = SUMS.map(|sum| format!("{sum} = there.{sum} + excluded.{sum}")).join(", ");
    // Our own names alone; what was counted is bound.
    let upsert = AssertSqlSafe(format!(
        "INSERT INTO {table} AS there ({key}, {sums})
         SELECT {key}, {sums} FROM json_populate_recordset(NULL::{table}, $1::json)
         ON CONFLICT ({key}) DO UPDATE SET {adding}"
    ));
    let rows = serde_json::to_string(&rows).map_err(|_| StoreError::Damaged)?;
    sqlx::query(upsert).bind(rows).execute(connection).await?;
    Ok(())
}
