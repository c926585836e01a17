//! The usage log: one row an attempt in the partition of its month, and its sums, in one transaction. A call is taken once however
//! often it comes: its id is claimed first.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use model::{Timestamp, usage::TokenUsage};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, PgConnection};
use tokio::time::timeout;

use super::{PgStore, sums::Sums, text::clean};
use crate::{
    CallRow, Priced, StoreError,
    ledger::{pico, signed},
    log::rule,
};

/// Of the lock that makers of partitions take.
const MONTHS: i64 = super::CHANGES + 1;
/// For so long after a refusal usage goes to the spool without asking. What waits there is tried more often.
const ASK_AGAIN: Duration = Duration::from_secs(3);
/// Calls of one transaction that waited.
const AT_ONCE: usize = 2_048;
/// Months that are made before they begin.
const AHEAD: i64 = 2;
/// Calls of other years have a clock that nobody believes; they lie in the partition of no month.
const YEARS: std::ops::RangeInclusive<i64> = 2000..=2199;

/// A call under the names of its table's columns.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Logged {
    pub(super) request_id: String,
    attempt: u32,
    pub(super) provider_config_id: i64,
    pub(super) provider_type: String,
    pub(super) user_id: String,
    client: String,
    pub(super) task_type: String,
    pub(super) model_requested: String,
    model_returned: Option<String>,
    pub(super) usage_known: bool,
    pub(super) input_tokens: i64,
    pub(super) output_tokens: i64,
    pub(super) total_tokens: i64,
    uncached_tokens: Option<i64>,
    audio_tokens: Option<i64>,
    cache_read_tokens: Option<i64>,
    cache_write_tokens: Option<i64>,
    cache_write_1h_tokens: Option<i64>,
    reasoning_tokens: Option<i64>,
    service_tier: Option<String>,
    pub(super) cost_pico_usd: Option<i64>,
    pub(super) cost_is_estimate: bool,
    /// Given when it is written.
    #[serde(default)]
    price_id: Option<i64>,
    /// What it was priced by: version, day, and the price as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    priced: Option<(String, String, String)>,
    pub(super) status: String,
    pub(super) error_class: Option<String>,
    http_status: Option<u16>,
    pub(super) latency_ms: i64,
    first_token_ms: Option<i64>,
    vendor_request_id: Option<String>,
    route_rule: Option<String>,
    fallback_from: Option<i64>,
    pub(super) created_at: i64,
}

const COLUMNS: &str = "request_id, attempt, provider_config_id, provider_type, user_id, client, task_type, model_requested,
    model_returned, usage_known, input_tokens, output_tokens, total_tokens, uncached_tokens, audio_tokens,
    cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, reasoning_tokens, service_tier, cost_pico_usd,
    cost_is_estimate, price_id, status, error_class, http_status, latency_ms, first_token_ms, vendor_request_id,
    route_rule, fallback_from, created_at";

impl Logged {
    /// Calls of one batch.
    pub(super) fn all(rows: &[CallRow]) -> Vec<Self> {
        rows.iter().map(Self::of).collect()
    }

    fn of(row: &CallRow) -> Self {
        let owned = |text: &str| clean(text).into_owned();
        let some = |text: &Option<String>| text.as_deref().map(owned);
        let usage = row.usage.as_ref();
        let tokens = |of: fn(&TokenUsage) -> u64| usage.map(|usage| signed(of(usage)));
        Self {
            request_id: owned(&row.request_id),
            attempt: row.attempt.max(1),
            provider_config_id: row.provider_config_id,
            provider_type: row.provider_type.as_str().to_owned(),
            user_id: owned(&row.user_id),
            client: owned(&row.client),
            task_type: owned(&row.task_type),
            model_requested: owned(&row.model_requested),
            model_returned: some(&row.model_returned),
            usage_known: usage.is_some(),
            input_tokens: tokens(TokenUsage::total_input).unwrap_or(0),
            output_tokens: tokens(|usage| usage.output).unwrap_or(0),
            total_tokens: tokens(TokenUsage::total).unwrap_or(0),
            uncached_tokens: tokens(|usage| usage.input),
            audio_tokens: tokens(|usage| usage.audio_input),
            cache_read_tokens: tokens(|usage| usage.cache_read),
            cache_write_tokens: tokens(|usage| usage.cache_write),
            cache_write_1h_tokens: tokens(|usage| usage.cache_write_1h),
            reasoning_tokens: tokens(|usage| usage.reasoning),
            service_tier: usage.and_then(|usage| some(&usage.service_tier)),
            cost_pico_usd: row.cost.map(pico),
            cost_is_estimate: row.cost_is_estimate,
            price_id: None,
            priced: row.priced.as_deref().map(as_kept),
            status: row.status.as_str().to_owned(),
            error_class: row.error_class.map(|class| class.as_str().to_owned()),
            http_status: row.http_status,
            latency_ms: signed(row.latency_ms),
            first_token_ms: row.first_token_ms.map(signed),
            vendor_request_id: some(&row.vendor_request_id),
            route_rule: row.rule.map(|of| rule(of).to_owned()),
            fallback_from: row.fallback_from,
            created_at: row.created_at.0,
        }
    }
}

impl PgStore {
    /// Writes calls in one transaction; those already there are left as they are. While the database is away, slow, or takes no
    /// changes, they are written to the spool and come to the log later, once.
    ///
    /// # Errors
    /// Those of the database, and of the spool when that is where they should go; none of the rows is then written.
    pub async fn log_calls(self: &Arc<Self>, rows: &[CallRow]) -> Result<(), StoreError> {
        let calls: Vec<Logged> = rows.iter().map(Logged::of).collect();
        let Some(spool) = &self.spool else { return self.in_time(self.ingest(&calls)).await };
        // Asking a database that is away takes seconds, which calls would have to wait for.
        if spool.was_used_within(ASK_AGAIN) {
            return spool.put(calls).await;
        }
        match self.offer(calls.clone()).await {
            Err(error) if error.passes() => {
                tracing::warn!(%error, calls = calls.len(), "usage waits on this computer's disk");
                spool.refused();
                spool.put(calls).await
            }
            ingested => ingested,
        }
    }

    /// Ingests, and is not waited for long: until calls are in the log or the spool, they are in memory alone. It goes on meanwhile, and
    /// whether it comes to its end or not, what the spool then brings is counted once.
    async fn offer(self: &Arc<Self>, calls: Vec<Logged>) -> Result<(), StoreError> {
        let store = Arc::clone(self);
        let ingesting = tokio::spawn(async move { store.in_time(store.ingest(&calls)).await });
        match timeout(self.connections.bounds().usage, ingesting).await {
            Ok(Ok(ingested)) => ingested,
            Ok(Err(_)) | Err(_) => Err(StoreError::Away),
        }
    }

    /// Brings calls that wait on disk to the log, those that waited longest first. Says how many files did; those that cannot be
    /// brought now stay.
    ///
    /// # Errors
    /// Those of the database or the disk.
    pub async fn deliver(&self) -> Result<usize, StoreError> {
        let Some(spool) = self.spool.as_ref().filter(|spool| !spool.is_empty()) else { return Ok(0) };
        let files = spool.files().await?;
        let mut rest = files.as_slice();
        while !rest.is_empty() {
            let (calls, read) = spool.read(&rest[..rest.len().min(AT_ONCE)], AT_ONCE).await?;
            self.in_time(self.ingest(&calls)).await?;
            spool.accepted();
            let (done, more) = rest.split_at(read);
            spool.remove(done).await?;
            rest = more;
        }
        Ok(files.len())
    }

    /// Whether calls wait on disk.
    pub fn has_spooled(&self) -> bool {
        self.spool.as_ref().is_some_and(|spool| !spool.is_empty())
    }

    pub(super) async fn ingest(&self, calls: &[Logged]) -> Result<(), StoreError> {
        self.make_months(calls.iter().filter_map(|call| month_of(call.created_at)).collect()).await?;
        let mut transaction = self.pool().begin().await?;
        if insert(&mut transaction, calls).await? == 0 {
            return Ok(());
        }
        Ok(transaction.commit().await?)
    }

    /// A transaction for calls of these times.
    pub(crate) async fn begin_writing(
        &self,
        rows: &[CallRow],
    ) -> Result<sqlx::Transaction<'static, sqlx::Postgres>, StoreError> {
        self.make_months(rows.iter().filter_map(|row| month_of(row.created_at.0)).collect()).await?;
        Ok(self.pool().begin().await?)
    }

    /// The partitions of this month and of the next ones.
    pub(super) async fn make_months_ahead(&self) -> Result<(), StoreError> {
        let now = jiff::Timestamp::now().as_millisecond();
        self.make_months(month_of(now).into_iter().collect()).await
    }

    /// Makes the partitions of these months, and of those behind the last of them, that are not known to be there.
    async fn make_months(&self, mut months: BTreeSet<i64>) -> Result<(), StoreError> {
        if let Some(last) = months.last().copied() {
            months.extend((1..=AHEAD).map(|ahead| last + ahead));
        }
        let known = || self.months.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let missing: Vec<i64> = months.difference(&known()).copied().collect();
        if missing.is_empty() {
            return Ok(());
        }
        let mut transaction = self.pool().begin().await?;
        let lock = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(MONTHS);
        lock.execute(&mut *transaction).await?;
        for month in &missing {
            let there = sqlx::query_scalar("SELECT to_regclass($1) IS NOT NULL").bind(partition(*month));
            if there.fetch_one(&mut *transaction).await? {
                continue;
            }
            let (from, to) = (start_of(*month), start_of(month + 1));
            let name = partition(*month);
            // Numbers of ours alone.
            let create = AssertSqlSafe(format!(
                "CREATE TABLE {name} PARTITION OF ai_provider_usage_logs FOR VALUES FROM ({from}) TO ({to})"
            ));
            sqlx::query(create).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        known().extend(missing);
        Ok(())
    }
}

/// Writes calls within somebody's transaction, and says how many are new.
pub(crate) async fn write(connection: &mut PgConnection, rows: &[CallRow]) -> Result<u64, StoreError> {
    insert(connection, &rows.iter().map(Logged::of).collect::<Vec<_>>()).await
}

async fn insert(connection: &mut PgConnection, calls: &[Logged]) -> Result<u64, StoreError> {
    let mut fresh = claim(&mut *connection, calls).await?;
    if fresh.is_empty() {
        return Ok(0);
    }
    price(&mut *connection, &mut fresh).await?;
    let insert = AssertSqlSafe(format!(
        "INSERT INTO ai_provider_usage_logs ({COLUMNS})
         SELECT {COLUMNS} FROM json_populate_recordset(NULL::ai_provider_usage_logs, $1::json)"
    ));
    let rows = serde_json::to_string(&fresh).map_err(|_| StoreError::Damaged)?;
    sqlx::query(insert).bind(rows).execute(&mut *connection).await?;
    Sums::of(&fresh).add(connection).await?;
    Ok(fresh.len() as u64)
}

/// Months since the year 0, of UTC.
fn month_of(at: i64) -> Option<i64> {
    let date = jiff::Timestamp::from_millisecond(at).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date();
    YEARS.contains(&i64::from(date.year())).then(|| i64::from(date.year()) * 12 + i64::from(date.month()) - 1)
}

fn start_of(month: i64) -> i64 {
    let (year, month) = (i16::try_from(month / 12), i8::try_from(month % 12 + 1));
    let date =
        year.ok().zip(month.ok()).and_then(|(year, month)| jiff::civil::Date::new(year, month, 1).ok());
    let start = date.and_then(|date| date.to_zoned(jiff::tz::TimeZone::UTC).ok());
    start.map_or(i64::MAX, |start| start.timestamp().as_millisecond())
}

fn partition(month: i64) -> String {
    format!("ai_provider_usage_logs_{:04}_{:02}", month / 12, month % 12 + 1)
}

/// The calls whose ids nobody claimed before, each once.
async fn claim(connection: &mut PgConnection, calls: &[Logged]) -> Result<Vec<Logged>, StoreError> {
    // In one order, so that two servers that were sent the same never wait for each other.
    let mut of = BTreeMap::new();
    for call in calls {
        of.entry(call.request_id.as_str()).or_insert(call.created_at);
    }
    let insert =
        "INSERT INTO usage_requests (request_id, created_at) SELECT * FROM unnest($1::text[], $2::bigint[])
                  ON CONFLICT DO NOTHING RETURNING request_id";
    let (ids, instants): (Vec<&str>, Vec<i64>) = of.into_iter().unzip();
    let claimed: Vec<String> =
        sqlx::query_scalar(insert).bind(ids).bind(instants).fetch_all(connection).await?;
    let mut claimed: HashSet<String> = claimed.into_iter().collect();
    // Of two of one id the first is kept.
    Ok(calls.iter().filter(|call| claimed.remove(&call.request_id)).cloned().collect())
}

/// Gives calls the numbers of what they were priced by.
async fn price(connection: &mut PgConnection, calls: &mut [Logged]) -> Result<(), StoreError> {
    let mut known: HashMap<(String, String, String), i64> = HashMap::new();
    let wanted: BTreeSet<_> = calls.iter().filter_map(|call| call.priced.clone()).collect();
    for priced in wanted {
        let found = number_of(connection, &priced).await?;
        known.extend(found.map(|id| (priced.clone(), id)));
    }
    for call in calls {
        call.price_id = call.priced.take().and_then(|priced| known.get(&priced).copied());
    }
    Ok(())
}

async fn number_of(
    connection: &mut PgConnection,
    (version, effective, unit): &(String, String, String),
) -> Result<Option<i64>, StoreError> {
    let insert = "INSERT INTO prices (version, effective, unit) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    let select = "SELECT id FROM prices WHERE version = $1 AND effective = $2 AND unit = $3";
    let find = || sqlx::query_scalar(select).bind(version).bind(effective).bind(unit);
    let mut found: Option<i64> = find().fetch_optional(&mut *connection).await?;
    if found.is_none() {
        sqlx::query(insert).bind(version).bind(effective).bind(unit).execute(&mut *connection).await?;
        found = find().fetch_optional(&mut *connection).await?;
    }
    Ok(found)
}

/// The number of a price, which is kept when it is new.
pub(super) async fn number_of_price(
    connection: &mut PgConnection,
    priced: &Priced,
) -> Result<Option<i64>, StoreError> {
    number_of(connection, &as_kept(priced)).await
}

/// Version, day, and the price as JSON.
fn as_kept(priced: &Priced) -> (String, String, String) {
    let unit = serde_json::to_string(&priced.price).unwrap_or_default();
    (clean(&priced.version).into_owned(), clean(&priced.effective).into_owned(), unit)
}

/// For the edges of a time that begins within a quarter of an hour.
pub(super) const QUARTER_MS: i64 = crate::statistics::SLOT_MS;

/// The first instant of the first whole quarter from a moment on.
pub(super) fn whole_from(at: Timestamp) -> i64 {
    crate::statistics::slot(at.0.saturating_add(QUARTER_MS - 1))
}
