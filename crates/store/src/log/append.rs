//! Writing calls: those that are new get numbers, lie down behind the last ones, and are counted in the sums, all in one
//! transaction.

use std::{borrow::Cow, collections::HashSet};

use model::routing::Rule;
use sqlx::SqliteConnection;

use super::{
    requests::{self, Fresh},
    row::{Buckets, Figures, Kind, Logged, Names},
    segment::{FULL, Segment},
    table::{self, Head},
};
use crate::{
    CallRow, Priced, StoreError,
    ledger::{pico, price_id, signed},
    statistics::{Batch, KnownPlaces, Places, Rollup, open_again},
};

/// Segments that a new one may take in. Ten doublings make a full one of single calls.
const NEIGHBOURS: i64 = 11;

/// What was written.
pub(crate) struct Appended<'s> {
    /// To be kept when the transaction is on disk.
    pub(crate) places: Places<'s>,
    /// The first and the last number.
    pub(crate) numbers: Option<(i64, i64)>,
    pub(crate) calls: u64,
    /// Of those with a known cost.
    pub(crate) cost: i128,
}

/// Writes calls that were just made and leaves out those that are there. When even the newest is older than calls are kept, a
/// clock was ahead as old ones were deleted: they are taken all the same, and so is what comes from now on.
pub(crate) async fn append_new<'s>(
    connection: &mut SqliteConnection,
    rows: &[CallRow],
    known: &'s KnownPlaces,
) -> Result<Appended<'s>, StoreError> {
    let rollup = Rollup::read(&mut *connection).await?;
    let newest = rows.iter().map(|row| row.created_at.0).max();
    if newest.is_none_or(|newest| newest >= rollup.raw_from) {
        return append(connection, rows, known).await;
    }
    let oldest = rows.iter().map(|row| row.created_at.0).min().unwrap_or(rollup.raw_from);
    open_again(&mut *connection, &rollup, oldest).await?;
    write(connection, rows.iter().collect(), &rollup, known).await
}

/// Writes calls and leaves out those that are there, and those older than calls are kept.
pub(crate) async fn append<'s>(
    connection: &mut SqliteConnection,
    rows: &[CallRow],
    known: &'s KnownPlaces,
) -> Result<Appended<'s>, StoreError> {
    let rollup = Rollup::read(&mut *connection).await?;
    let kept = rows.iter().filter(|row| row.created_at.0 >= rollup.raw_from).collect();
    write(connection, kept, &rollup, known).await
}

async fn write<'s>(
    connection: &mut SqliteConnection,
    kept: Vec<&CallRow>,
    rollup: &Rollup,
    known: &'s KnownPlaces,
) -> Result<Appended<'s>, StoreError> {
    let fresh = requests::claim(&mut *connection, &in_time(kept), rollup.last_call).await?;
    let numbers = fresh.first().zip(fresh.last()).map(|(first, last)| (first.number, last.number));
    let mut appended = Appended { places: known.begin(), numbers, calls: fresh.len() as u64, cost: 0 };
    let Some((_, last)) = numbers else { return Ok(appended) };
    let prices = Prices::of(&mut *connection, &fresh).await?;
    let mut batch = Batch::default();
    let mut segment = taken_in(&mut *connection, fresh.len()).await?;
    for call in &fresh {
        let call = logged(call, &prices);
        batch.count(call.kind.at, call.kind.dimension(), &call.figures.counted());
        appended.cost += i128::from(call.figures.cost.unwrap_or(0));
        if segment.len() == FULL {
            table::insert(&mut *connection, &std::mem::take(&mut segment)).await?;
        }
        segment.push(&call);
    }
    table::insert(&mut *connection, &segment).await?;
    let rise = "UPDATE usage_rollup SET last_call = ?";
    sqlx::query(rise).bind(last).execute(&mut *connection).await?;
    batch.keep(connection, &rollup.calendar()?, &mut appended.places).await?;
    Ok(appended)
}

/// In the order of time, so that a segment spans little of it. Ours come so, a file's may not.
fn in_time(mut rows: Vec<&CallRow>) -> Vec<&CallRow> {
    if !rows.is_sorted_by_key(|row| row.created_at) {
        // The first of two alike is the one that stays, wherever it lies then.
        let mut seen = HashSet::new();
        rows.retain(|row| seen.insert(row.request_id.as_str()));
        rows.sort_by_key(|row| row.created_at);
    }
    rows
}

/// The calls of the last segments that are no larger than what comes behind them, as a binary counter carries: however
/// few come at a time, each call is written again ten times at most, and segments end up full.
async fn taken_in(connection: &mut SqliteConnection, coming: usize) -> Result<Segment, StoreError> {
    let (mut size, mut heads) = (coming, Vec::<Head>::new());
    for head in table::newest(&mut *connection, NEIGHBOURS).await? {
        if head.len() > size || head.len() + size > FULL {
            break;
        }
        size += head.len();
        heads.push(head);
    }
    let mut segment = Segment::default();
    for head in heads.into_iter().rev() {
        head.whole(&mut *connection).await?.calls().for_each(|call| segment.push(&call));
        head.delete(&mut *connection).await?;
    }
    Ok(segment)
}

/// The few prices of a batch with their numbers.
struct Prices<'a>(Vec<(&'a Priced, i64)>);

impl<'a> Prices<'a> {
    async fn of(connection: &mut SqliteConnection, calls: &[Fresh<'a>]) -> Result<Self, StoreError> {
        let mut prices = Self(Vec::new());
        for priced in calls.iter().filter_map(|call| call.row.priced.as_deref()) {
            if prices.number(priced).is_none() {
                prices.0.push((priced, price_id(connection, priced).await?));
            }
        }
        Ok(prices)
    }

    fn number(&self, priced: &Priced) -> Option<i64> {
        // Nearly always the very same.
        let found = self.0.iter().find(|(known, _)| std::ptr::eq(*known, priced));
        found.or_else(|| self.0.iter().find(|(known, _)| *known == priced)).map(|(_, number)| *number)
    }
}

fn logged<'a>(call: &'a Fresh<'a>, prices: &Prices<'_>) -> Logged<'a> {
    let row = call.row;
    let kind = Kind {
        number: call.number,
        at: row.created_at.0,
        attempt: row.attempt,
        config: row.provider_config_id,
        provider_type: Some(row.provider_type.as_str()),
        model: Some(&row.model_requested),
        task: &row.task_type,
        user: &row.user_id,
        client: Some(&row.client),
        status: row.status.as_str(),
        error: row.error_class.map(|class| class.as_str()),
    };
    let names =
        Names { request: Cow::Borrowed(&call.request), vendor_request: row.vendor_request_id.as_deref() };
    Logged { kind, figures: figures(row, prices), names }
}

fn figures<'a>(row: &'a CallRow, prices: &Prices<'_>) -> Figures<'a> {
    let usage = row.usage.as_ref();
    Figures {
        usage_known: usage.is_some(),
        input: usage.map_or(0, |usage| signed(usage.total_input())),
        output: usage.map_or(0, |usage| signed(usage.output)),
        total: usage.map_or(0, |usage| signed(usage.total())),
        buckets: usage.map(|usage| Buckets {
            uncached: signed(usage.input),
            audio: signed(usage.audio_input),
            cache_read: signed(usage.cache_read),
            cache_write: signed(usage.cache_write),
            cache_write_1h: signed(usage.cache_write_1h),
            reasoning: signed(usage.reasoning),
        }),
        service_tier: usage.and_then(|usage| usage.service_tier.as_deref()),
        returned: row.model_returned.as_deref(),
        cost: row.cost.map(pico),
        price: row.priced.as_deref().and_then(|priced| prices.number(priced)),
        estimated: row.cost_is_estimate,
        latency: signed(row.latency_ms),
        first_token: row.first_token_ms.map(signed),
        http_status: row.http_status,
        rule: row.rule.map(rule),
        fallback_from: row.fallback_from,
    }
}

pub(crate) fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::Chain => "chain",
        Rule::Split => "split",
        Rule::Auto => "auto",
        Rule::Default => "default",
        Rule::Named => "named",
    }
}
