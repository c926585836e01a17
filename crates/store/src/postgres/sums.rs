//! Sums of the log, by quarters of an hour and by days of UTC, added to in the transaction that writes the rows. Several servers
//! add to one cell at once; the database does the adding.

use std::{
    collections::{BTreeMap, HashMap},
    ops::AddAssign,
};

use foldhash::fast::RandomState;
use model::Timestamp;
use sqlx::{AssertSqlSafe, PgConnection};

use super::logged::Logged;
use crate::{StoreError, statistics::slot};

/// What a cell is of; days leave the user out.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

#[derive(Clone, Copy, Default)]
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

/// What a batch of calls adds.
pub(super) struct Sums<'a> {
    // Kept in order: two servers that add to the same cells never wait for each other in a circle.
    quarters: BTreeMap<Key<'a>, Cell>,
    days: BTreeMap<Key<'a>, Cell>,
}

impl<'a> Sums<'a> {
    pub(super) fn of(calls: &[&'a Logged]) -> Self {
        let mut quarters: HashMap<Key<'a>, Cell, RandomState> = HashMap::default();
        for call in calls {
            quarters.entry(Key::of(call)).or_default().count(call);
        }
        let mut days: BTreeMap<Key<'a>, Cell> = BTreeMap::new();
        for (quarter, cell) in &quarters {
            // No quarter of an hour is of two days.
            let start_at = Timestamp(quarter.start_at).start_of_utc_day().0;
            *days.entry(Key { start_at, user_id: "", ..quarter.clone() }).or_default() += *cell;
        }
        Self { quarters: quarters.into_iter().collect(), days }
    }

    pub(super) async fn add(&self, connection: &mut PgConnection) -> Result<(), StoreError> {
        let quarter =
            "start_at, provider_config_id, provider_type, model, task_type, user_id, status, error_class";
        let day = "start_at, provider_config_id, provider_type, model, task_type, status, error_class";
        add(connection, ("usage_quarters", quarter), &self.quarters).await?;
        add(connection, ("usage_days", day), &self.days).await
    }
}

impl<'a> Key<'a> {
    fn of(call: &'a Logged) -> Self {
        Self {
            start_at: slot(call.created_at),
            provider_config_id: call.provider_config_id,
            provider_type: &call.provider_type,
            model: &call.model_requested,
            task_type: &call.task_type,
            user_id: &call.user_id,
            status: &call.status,
            error_class: call.error_class.as_deref().unwrap_or_default(),
        }
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

impl AddAssign for Cell {
    fn add_assign(&mut self, other: Self) {
        self.calls += other.calls;
        self.unpriced += other.unpriced;
        self.estimated += other.estimated;
        self.unknown_usage += other.unknown_usage;
        self.input += other.input;
        self.output += other.output;
        self.total += other.total;
        self.cost += other.cost;
        self.latency += other.latency;
    }
}

/// Our own names alone; what was counted is bound.
fn upsert(table: &str, key: &str) -> String {
    const COUNTS: [&str; 4] = ["calls", "unpriced", "estimated", "unknown_usage"];
    const SUMS: [&str; 5] = ["input_tokens", "output_tokens", "total_tokens", "cost_pico_usd", "latency_ms"];
    let (counts, sums) = (COUNTS.join(", "), SUMS.join(", "));
    // They may be more than 64 bits hold, so they are text on the way.
    let numeric = SUMS.map(|sum| format!("{sum}::numeric")).join(", ");
    let adding = COUNTS.iter().chain(&SUMS).map(|sum| format!("{sum} = there.{sum} + excluded.{sum}"));
    let adding = adding.collect::<Vec<_>>().join(", ");
    format!(
        "INSERT INTO {table} AS there ({key}, {counts}, {sums})
         SELECT {key}, {counts}, {numeric}
         FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                     $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[],
                     $13::text[], $14::text[], $15::text[], $16::text[], $17::text[])
             AS added (start_at, provider_config_id, provider_type, model, task_type, user_id, status, error_class,
                       {counts}, {sums})
         ON CONFLICT ({key}) DO UPDATE SET {adding}"
    )
}

async fn add(
    connection: &mut PgConnection,
    (table, key): (&str, &str),
    cells: &BTreeMap<Key<'_>, Cell>,
) -> Result<(), StoreError> {
    let mut query = sqlx::query(AssertSqlSafe(upsert(table, key)));
    let numbers: [fn(&Key<'_>) -> i64; 2] = [|key| key.start_at, |key| key.provider_config_id];
    for number in numbers {
        query = query.bind(cells.keys().map(number).collect::<Vec<_>>());
    }
    let names: [for<'k> fn(&'k Key<'_>) -> &'k str; 6] = [
        |key| key.provider_type,
        |key| key.model,
        |key| key.task_type,
        |key| key.user_id,
        |key| key.status,
        |key| key.error_class,
    ];
    for name in names {
        query = query.bind(cells.keys().map(name).collect::<Vec<_>>());
    }
    let counts: [fn(&Cell) -> i64; 4] =
        [|cell| cell.calls, |cell| cell.unpriced, |cell| cell.estimated, |cell| cell.unknown_usage];
    for count in counts {
        query = query.bind(cells.values().map(count).collect::<Vec<_>>());
    }
    let sums: [fn(&Cell) -> i128; 5] =
        [|cell| cell.input, |cell| cell.output, |cell| cell.total, |cell| cell.cost, |cell| cell.latency];
    for sum in sums {
        query = query.bind(cells.values().map(|cell| sum(cell).to_string()).collect::<Vec<_>>());
    }
    query.execute(connection).await?;
    Ok(())
}
