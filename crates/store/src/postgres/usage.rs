//! The usage log: one row an attempt in the partition of its month, and its sums, in one transaction. A call is taken once however
//! often it comes: its id is claimed in the same one.

use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
    time::Duration,
};

use model::{Timestamp, time::DAY_MS};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio::time::timeout;

use super::{
    PgStore,
    logged::{self, Logged, PricedBy, Prices},
    sums::Sums,
};
use crate::{CallRow, Priced, StoreError};

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

/// What is known of calls that are to be written.
#[derive(Clone, Copy)]
enum Ids {
    /// They were just made, so none is in the log, unless it comes once more after an answer was lost.
    New,
    /// Some may be in the log.
    Unsure,
}

impl PgStore {
    /// Writes calls in one transaction; those already there are left as they are. While the database is away, slow, or takes no
    /// changes, they are written to the spool and come to the log later, once.
    ///
    /// # Errors
    /// Those of the database, and of the spool when that is where they should go; none of the rows is then written.
    pub async fn log_calls(self: &Arc<Self>, rows: &[CallRow]) -> Result<(), StoreError> {
        let calls: Arc<[Logged]> = Logged::all(rows).into();
        let Some(spool) = &self.spool else { return self.in_time(self.ingest(&calls, Ids::New)).await };
        // Asking a database that is away takes seconds, which calls would have to wait for.
        if spool.was_used_within(ASK_AGAIN) {
            return spool.put(calls).await;
        }
        match self.offer(Arc::clone(&calls)).await {
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
    async fn offer(self: &Arc<Self>, calls: Arc<[Logged]>) -> Result<(), StoreError> {
        let store = Arc::clone(self);
        let ingesting = tokio::spawn(async move { store.in_time(store.ingest(&calls, Ids::New)).await });
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
            self.in_time(self.ingest(&calls, Ids::Unsure)).await?;
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

    async fn ingest(&self, calls: &[Logged], ids: Ids) -> Result<(), StoreError> {
        self.make_months(months_of(calls.iter().map(|call| call.created_at))).await?;
        let mut connection = self.pool().acquire().await?;
        // A new price is there at once, and no other server waits for the end of these calls because of it.
        let prices = numbers(&mut connection, calls).await?;
        let mut transaction = connection.begin().await?;
        insert(&mut transaction, calls, &prices, ids).await?;
        Ok(transaction.commit().await?)
    }

    /// A transaction for calls of these times.
    pub(crate) async fn begin_writing(
        &self,
        rows: &[CallRow],
    ) -> Result<sqlx::Transaction<'static, sqlx::Postgres>, StoreError> {
        self.make_months(months_of(rows.iter().map(|row| row.created_at.0))).await?;
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
    let calls = Logged::all(rows);
    let prices = numbers(&mut *connection, &calls).await?;
    insert(connection, &calls, &prices, Ids::Unsure).await
}

async fn insert(
    connection: &mut PgConnection,
    calls: &[Logged],
    prices: &Prices<'_>,
    mut ids: Ids,
) -> Result<u64, StoreError> {
    loop {
        let fresh = match ids {
            Ids::New => calls.iter().collect(),
            Ids::Unsure => unknown(&mut *connection, calls).await?,
        };
        if fresh.is_empty() {
            return Ok(0);
        }
        let mut attempt = connection.begin().await?;
        if add(&mut attempt, &fresh, prices).await? {
            attempt.commit().await?;
            return Ok(fresh.len() as u64);
        }
        // Whoever has one of the ids has committed it, so it is seen now.
        attempt.rollback().await?;
        ids = Ids::Unsure;
    }
}

/// Writes calls, claims their ids, and adds them up; `false` when somebody has one of the ids, or two of the calls have the same.
async fn add(
    connection: &mut PgConnection,
    calls: &[&Logged],
    prices: &Prices<'_>,
) -> Result<bool, StoreError> {
    // First of all: no time-out of PostgreSQL's ends a COPY whose server is not heard of any more, and others wait for ids and sums.
    logged::write(&mut *connection, calls, prices).await?;
    let is_new = claim(&mut *connection, calls).await?;
    if is_new {
        Sums::of(calls).add(connection).await?;
    }
    Ok(is_new)
}

/// The months of these instants.
fn months_of(instants: impl Iterator<Item = i64>) -> BTreeSet<i64> {
    // The calendar is asked once a day and not once a call.
    let days: BTreeSet<i64> = instants.map(|at| at.div_euclid(DAY_MS)).collect();
    days.into_iter().filter_map(|day| month_of(day.saturating_mul(DAY_MS))).collect()
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

/// Claims the ids of calls; `false`, and the attempt is lost, when one of them is claimed.
async fn claim(connection: &mut PgConnection, calls: &[&Logged]) -> Result<bool, StoreError> {
    // `ON CONFLICT` writes twice as much, and calls are new as a rule.
    let insert =
        "INSERT INTO usage_requests (request_id, created_at) SELECT * FROM unnest($1::text[], $2::bigint[])";
    let mut order = calls.to_vec();
    // In one order, so that two servers that were sent the same never wait for each other in a circle.
    order.sort_by(|one, two| one.request_id.cmp(&two.request_id));
    let ids: Vec<&str> = order.iter().map(|call| &*call.request_id).collect();
    let instants: Vec<i64> = order.iter().map(|call| call.created_at).collect();
    match sqlx::query(insert).bind(ids).bind(instants).execute(connection).await {
        Err(sqlx::Error::Database(refused)) if refused.is_unique_violation() => Ok(false),
        claimed => Ok(claimed.map(|_| true)?),
    }
}

/// The calls that are not in the log, each once.
async fn unknown<'a>(
    connection: &mut PgConnection,
    calls: &'a [Logged],
) -> Result<Vec<&'a Logged>, StoreError> {
    let select = "SELECT request_id FROM usage_requests WHERE request_id = ANY($1)";
    let ids: Vec<&str> = calls.iter().map(|call| &*call.request_id).collect();
    let known: Vec<String> = sqlx::query_scalar(select).bind(ids).fetch_all(connection).await?;
    let mut seen: HashSet<&str> = known.iter().map(String::as_str).collect();
    // Of two of one id the first is kept.
    Ok(calls.iter().filter(|call| seen.insert(&call.request_id)).collect())
}

/// The numbers of what calls were priced by.
async fn numbers<'a>(connection: &mut PgConnection, calls: &'a [Logged]) -> Result<Prices<'a>, StoreError> {
    let mut known = Prices::new();
    let wanted: BTreeSet<&PricedBy> = calls.iter().filter_map(|call| call.priced.as_ref()).collect();
    for priced in wanted {
        known.extend(number_of(connection, priced).await?.map(|number| (priced, number)));
    }
    Ok(known)
}

async fn number_of(connection: &mut PgConnection, priced: &PricedBy) -> Result<Option<i64>, StoreError> {
    let [version, effective, unit] = priced.parts();
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
    number_of(connection, &PricedBy::of(priced)).await
}

/// For the edges of a time that begins within a quarter of an hour.
pub(super) const QUARTER_MS: i64 = crate::statistics::SLOT_MS;

/// The first instant of the first whole quarter from a moment on.
pub(super) fn whole_from(at: Timestamp) -> i64 {
    crate::statistics::slot(at.0.saturating_add(QUARTER_MS - 1))
}
