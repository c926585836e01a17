//! What vendors report as sums: kept beside the log and never counted into it, because a sum does not say which calls
//! there were. A later export of the same span replaces what an earlier one said.

use model::{PicoUsd, ProviderType, Timestamp, TokenUsage, import::ReportedSums};
use sqlx::{FromRow, SqliteConnection};

use super::{Imported, UsageImport};
use crate::{
    Store, StoreError,
    ledger::{exact, exact_sum, pico, signed},
};

/// What a vendor says of a span of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedRow {
    /// The same for the same span, model, account and item.
    pub key: [u8; 32],
    /// Whose sum it is.
    pub provider_type: ProviderType,
    /// When the span begins.
    pub from: Timestamp,
    /// When it ends.
    pub until: Timestamp,
    /// The model, or nothing.
    pub model: String,
    /// The project or workspace, or nothing.
    pub account: String,
    /// What was paid for, or nothing.
    pub item: String,
    /// Requests.
    pub requests: Option<u64>,
    /// Tokens.
    pub usage: Option<TokenUsage>,
    /// Cost.
    pub cost: Option<PicoUsd>,
}

/// What one form of export says of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedSpan {
    /// The form of the file.
    pub source: String,
    /// Whose sums they are.
    pub provider_type: ProviderType,
    /// When the first span of the month begins.
    pub from: Timestamp,
    /// When the last one ends.
    pub until: Timestamp,
    /// The sums.
    pub sums: ReportedSums,
}

/// Requests, tokens of each kind, cost.
type Numbers = [Option<i64>; 7];

const NUMBERS: &str =
    "requests, uncached_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens,
    output_tokens, cost_pico_usd";

fn numbers(row: &ReportedRow) -> Numbers {
    let of = |bucket: fn(&TokenUsage) -> u64| row.usage.as_ref().map(|usage| signed(bucket(usage)));
    [
        row.requests.map(signed),
        of(|usage| usage.input),
        of(|usage| usage.cache_read),
        of(|usage| usage.cache_write),
        of(|usage| usage.cache_write_1h),
        of(|usage| usage.output),
        row.cost.map(pico),
    ]
}

/// What becomes of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    New,
    Replaces,
    Known,
}

pub(super) async fn write(
    connection: &mut SqliteConnection,
    import_id: i64,
    import: &UsageImport<'_>,
    imported: &mut Imported,
) -> Result<(), StoreError> {
    for row in import.reported {
        let fate = fate(connection, row).await?;
        match fate {
            Fate::New => imported.written += 1,
            Fate::Replaces => imported.replaced += 1,
            Fate::Known => imported.known += 1,
        }
        if fate != Fate::Known {
            imported.cost = imported.cost.plus(row.cost.unwrap_or_default());
            put(connection, import_id, import.source, row).await?;
        }
    }
    Ok(())
}

async fn fate(connection: &mut SqliteConnection, row: &ReportedRow) -> Result<Fate, StoreError> {
    let select = format!("SELECT {NUMBERS} FROM reported_usage WHERE key = ?");
    let found: Option<Kept> =
        sqlx::query_as(sqlx::AssertSqlSafe(select)).bind(&row.key[..]).fetch_optional(connection).await?;
    Ok(match found {
        None => Fate::New,
        Some(kept) if kept.numbers() == numbers(row) => Fate::Known,
        Some(_) => Fate::Replaces,
    })
}

#[derive(FromRow)]
struct Kept {
    requests: Option<i64>,
    uncached_tokens: Option<i64>,
    cache_read_tokens: Option<i64>,
    cache_write_tokens: Option<i64>,
    cache_write_1h_tokens: Option<i64>,
    output_tokens: Option<i64>,
    cost_pico_usd: Option<i64>,
}

impl Kept {
    fn numbers(&self) -> Numbers {
        [
            self.requests,
            self.uncached_tokens,
            self.cache_read_tokens,
            self.cache_write_tokens,
            self.cache_write_1h_tokens,
            self.output_tokens,
            self.cost_pico_usd,
        ]
    }
}

async fn put(
    connection: &mut SqliteConnection,
    import_id: i64,
    source: &str,
    row: &ReportedRow,
) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT OR REPLACE INTO reported_usage (key, import_id, source, provider_type, starts_at, ends_at, model,
             account, item, {NUMBERS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    let query = sqlx::query(sqlx::AssertSqlSafe(insert))
        .bind(&row.key[..])
        .bind(import_id)
        .bind(source)
        .bind(row.provider_type.as_str())
        .bind(row.from.0)
        .bind(row.until.0)
        .bind(&row.model)
        .bind(&row.account)
        .bind(&row.item);
    let query = numbers(row).into_iter().fold(query, |query, number| query.bind(number));
    query.execute(connection).await?;
    Ok(())
}

#[derive(FromRow)]
struct SpanRow {
    source: String,
    provider_type: String,
    starts_at: i64,
    ends_at: i64,
    told_requests: i64,
    told_tokens: i64,
    told_cost: i64,
    requests_high: i64,
    requests_low: i64,
    input_high: i64,
    input_low: i64,
    output_high: i64,
    output_low: i64,
    cost_high: i64,
    cost_low: i64,
}

const SPANS: &str = concat!(
    "SELECT source, provider_type, min(starts_at) AS starts_at, max(ends_at) AS ends_at,
        count(requests) AS told_requests, count(output_tokens) AS told_tokens, count(cost_pico_usd) AS told_cost, ",
    exact_sum!("requests", "requests"),
    ", ",
    exact_sum!(
        "(uncached_tokens + cache_read_tokens + cache_write_tokens + cache_write_1h_tokens)",
        "input"
    ),
    ", ",
    exact_sum!("output_tokens", "output"),
    ", ",
    exact_sum!("cost_pico_usd", "cost"),
    " FROM reported_usage GROUP BY source, provider_type, strftime('%Y-%m', starts_at / 1000, 'unixepoch')
      ORDER BY max(ends_at) DESC, source LIMIT ?"
);

impl Store {
    /// What a file's sums would be: how many are new, replace others, or are there already.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn compare_reported(&self, rows: &[ReportedRow]) -> Result<Imported, StoreError> {
        let mut connection = self.connection().await?;
        let mut imported = Imported::default();
        for row in rows {
            match fate(&mut connection, row).await? {
                Fate::New => imported.written += 1,
                Fate::Replaces => imported.replaced += 1,
                Fate::Known => {
                    imported.known += 1;
                    continue;
                }
            }
            imported.cost = imported.cost.plus(row.cost.unwrap_or_default());
        }
        Ok(imported)
    }

    /// What vendors reported, by form of export and month of UTC, the newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn reported(&self, limit: u32) -> Result<Vec<ReportedSpan>, StoreError> {
        let rows: Vec<SpanRow> =
            sqlx::query_as(SPANS).bind(limit).fetch_all(&mut *self.connection().await?).await?;
        rows.into_iter().map(SpanRow::span).collect()
    }
}

impl SpanRow {
    fn span(self) -> Result<ReportedSpan, StoreError> {
        let count =
            |told: i64, high, low| (told > 0).then(|| u64::try_from(exact(high, low)).unwrap_or(u64::MAX));
        Ok(ReportedSpan {
            provider_type: self.provider_type.parse().map_err(|_| StoreError::Damaged)?,
            from: Timestamp(self.starts_at),
            until: Timestamp(self.ends_at),
            sums: ReportedSums {
                requests: count(self.told_requests, self.requests_high, self.requests_low),
                input_tokens: count(self.told_tokens, self.input_high, self.input_low),
                output_tokens: count(self.told_tokens, self.output_high, self.output_low),
                cost: (self.told_cost > 0).then(|| PicoUsd(exact(self.cost_high, self.cost_low))),
            },
            source: self.source,
        })
    }
}
