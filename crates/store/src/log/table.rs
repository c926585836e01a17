//! Segments in the database.

use std::{collections::HashMap, ops::Range};

use futures::TryStreamExt;
use model::Timestamp;
use sqlx::{FromRow, QueryBuilder, Sqlite, SqliteConnection};

use super::segment::{FigureColumns, Kinds, NameColumns, Part, Segment};
use crate::StoreError;

/// What is known of a segment without its parts.
#[derive(Clone, Copy, Debug, FromRow)]
pub(crate) struct Head {
    pub(crate) first: i64,
    pub(crate) calls: i64,
    pub(crate) first_at: i64,
    pub(crate) last_at: i64,
    pub(crate) most_latency: i64,
    pub(crate) most_cost: Option<i64>,
}

macro_rules! heads {
    ($which:literal) => {
        concat!(
            "SELECT first, calls, first_at, last_at, most_latency, most_cost FROM ai_provider_usage_logs ",
            $which
        )
    };
}

impl Head {
    /// How many calls it has.
    pub(crate) fn len(&self) -> usize {
        usize::try_from(self.calls).unwrap_or(0)
    }

    pub(crate) async fn kinds(&self, connection: &mut SqliteConnection) -> Result<Kinds, StoreError> {
        let select = "SELECT kinds FROM ai_provider_usage_logs WHERE first = ?";
        let kinds: Vec<u8> = sqlx::query_scalar(select).bind(self.first).fetch_one(connection).await?;
        Kinds::unpack(&kinds, self.len())
    }

    /// All but the ids.
    pub(crate) async fn figures(
        &self,
        connection: &mut SqliteConnection,
    ) -> Result<(Kinds, FigureColumns), StoreError> {
        let select = "SELECT kinds, figures FROM ai_provider_usage_logs WHERE first = ?";
        let (kinds, figures): (Vec<u8>, Vec<u8>) =
            sqlx::query_as(select).bind(self.first).fetch_one(connection).await?;
        Ok((Kinds::unpack(&kinds, self.len())?, FigureColumns::unpack(&figures, self.len())?))
    }

    pub(crate) async fn whole(&self, connection: &mut SqliteConnection) -> Result<Segment, StoreError> {
        let select = "SELECT kinds, figures, names FROM ai_provider_usage_logs WHERE first = ?";
        let (kinds, figures, names): (Vec<u8>, Vec<u8>, Vec<u8>) =
            sqlx::query_as(select).bind(self.first).fetch_one(connection).await?;
        Ok(Segment {
            kinds: Kinds::unpack(&kinds, self.len())?,
            figures: FigureColumns::unpack(&figures, self.len())?,
            names: NameColumns::unpack(&names, self.len())?,
        })
    }

    pub(crate) async fn delete(&self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        let delete = "DELETE FROM ai_provider_usage_logs WHERE first = ?";
        sqlx::query(delete).bind(self.first).execute(connection).await?;
        Ok(())
    }
}

/// A segment as it lies in the database, without its ids.
#[derive(Debug, FromRow)]
pub(crate) struct PackedFigures {
    first: i64,
    calls: i64,
    kinds: Vec<u8>,
    figures: Vec<u8>,
}

/// Other figures of the same calls.
#[derive(Debug)]
pub(crate) struct NewFigures {
    first: i64,
    figures: Vec<u8>,
    most_cost: Option<i64>,
}

/// The next segments behind a number that may have calls of a time.
pub(crate) async fn figures_behind(
    connection: &mut SqliteConnection,
    number: i64,
    time: &Range<Timestamp>,
    limit: i64,
) -> Result<Vec<PackedFigures>, StoreError> {
    let select = "SELECT first, calls, kinds, figures FROM ai_provider_usage_logs
        WHERE first > ? AND +last_at >= ? AND first_at < ? ORDER BY first LIMIT ?";
    let segments = sqlx::query_as(select).bind(number).bind(time.start.0).bind(time.end.0).bind(limit);
    Ok(segments.fetch_all(connection).await?)
}

impl PackedFigures {
    /// The number of its first call.
    pub(crate) fn first(&self) -> i64 {
        self.first
    }

    pub(crate) fn unpack(&self) -> Result<(Kinds, FigureColumns), StoreError> {
        let calls = usize::try_from(self.calls).unwrap_or(0);
        Ok((Kinds::unpack(&self.kinds, calls)?, FigureColumns::unpack(&self.figures, calls)?))
    }

    /// The same calls with other figures.
    pub(crate) fn with(&self, figures: &FigureColumns) -> Result<NewFigures, StoreError> {
        let packed = figures.pack_into_the_place_of(&self.figures)?;
        Ok(NewFigures { first: self.first, figures: packed, most_cost: figures.most_cost() })
    }
}

impl NewFigures {
    pub(crate) async fn write(
        connection: &mut SqliteConnection,
        segments: impl IntoIterator<Item = Self>,
    ) -> Result<(), StoreError> {
        for Self { first, figures, most_cost } in segments {
            let update = "UPDATE ai_provider_usage_logs SET figures = ?, most_cost = ? WHERE first = ?";
            let update = sqlx::query(update).bind(figures).bind(most_cost).bind(first);
            update.execute(&mut *connection).await?;
        }
        Ok(())
    }
}

/// Kinds of those of these segments that may have what is looked for, by the segments' first numbers. A `text` that all of it
/// has is looked for in the packed bytes, which is much less than unpacking them; `may_be` is asked about all texts.
pub(crate) async fn kinds_of(
    connection: &mut SqliteConnection,
    heads: &[Head],
    text: Option<&str>,
    may_be: impl Fn(&[&str]) -> bool,
) -> Result<HashMap<i64, Kinds>, StoreError> {
    let mut select =
        of_each("SELECT first, calls, kinds FROM ai_provider_usage_logs WHERE first IN (", heads);
    if let Some(text) = text {
        select.push(" AND instr(kinds, ").push_bind(text.as_bytes()).push(")");
    }
    let mut rows = select.build_query_as::<(i64, i64, Vec<u8>)>().fetch(connection);
    let mut all = HashMap::new();
    while let Some((first, calls, kinds)) = rows.try_next().await? {
        if may_be(&Kinds::texts(&kinds)?) {
            all.insert(first, Kinds::unpack(&kinds, usize::try_from(calls).unwrap_or(0))?);
        }
    }
    Ok(all)
}

/// Shows all that is not kinds of these segments, with their first numbers.
pub(crate) async fn others_of(
    connection: &mut SqliteConnection,
    heads: &[Head],
    mut show: impl FnMut(i64, &FigureColumns, &NameColumns) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let select = "SELECT first, calls, figures, names FROM ai_provider_usage_logs WHERE first IN (";
    let mut select = of_each(select, heads);
    let mut rows = select.build_query_as::<(i64, i64, Vec<u8>, Vec<u8>)>().fetch(connection);
    while let Some((first, calls, figures, names)) = rows.try_next().await? {
        let calls = usize::try_from(calls).unwrap_or(0);
        show(first, &FigureColumns::unpack(&figures, calls)?, &NameColumns::unpack(&names, calls)?)?;
    }
    Ok(())
}

fn of_each(select: &'static str, heads: &[Head]) -> QueryBuilder<Sqlite> {
    let mut select = QueryBuilder::new(select);
    let mut firsts = select.separated(", ");
    for head in heads {
        firsts.push_bind(head.first);
    }
    select.push(")");
    select
}

/// Writes a new segment, unless it has no calls.
pub(crate) async fn insert(connection: &mut SqliteConnection, segment: &Segment) -> Result<(), StoreError> {
    let bounds = segment.kinds.numbers().zip(segment.kinds.times());
    let Some(((first, last), (first_at, last_at))) = bounds else { return Ok(()) };
    let insert =
        "INSERT INTO ai_provider_usage_logs (first, last, calls, first_at, last_at, most_latency, most_cost, kinds, figures, names)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    sqlx::query(insert)
        .bind(first)
        .bind(last)
        .bind(i64::try_from(segment.len()).map_err(|_| StoreError::Damaged)?)
        .bind(first_at)
        .bind(last_at)
        .bind(segment.figures.most_latency())
        .bind(segment.figures.most_cost())
        .bind(segment.kinds.pack()?)
        .bind(segment.figures.pack()?)
        .bind(segment.names.pack()?)
        .execute(connection)
        .await?;
    Ok(())
}

/// The last ones by number, the last first.
pub(super) async fn newest(connection: &mut SqliteConnection, limit: i64) -> Result<Vec<Head>, StoreError> {
    let select = heads!("ORDER BY first DESC LIMIT ?");
    Ok(sqlx::query_as(select).bind(limit).fetch_all(connection).await?)
}

/// The one that would have a call of this number.
pub(crate) async fn around(
    connection: &mut SqliteConnection,
    number: i64,
) -> Result<Option<Head>, StoreError> {
    let select = heads!("WHERE first <= ? ORDER BY first DESC LIMIT 1");
    Ok(sqlx::query_as(select).bind(number).fetch_optional(connection).await?)
}

/// Those that have calls of before an instant.
pub(crate) async fn before(
    connection: &mut SqliteConnection,
    at: i64,
    limit: i64,
) -> Result<Vec<Head>, StoreError> {
    let select = heads!("WHERE first_at < ? ORDER BY first_at LIMIT ?");
    Ok(sqlx::query_as(select).bind(at).bind(limit).fetch_all(connection).await?)
}

/// Those that may have calls from one instant to before another, by number.
pub(crate) async fn within(
    connection: &mut SqliteConnection,
    (from, to): (i64, i64),
) -> Result<Vec<Head>, StoreError> {
    let select = heads!("WHERE last_at >= ? AND first_at < ? ORDER BY first");
    Ok(sqlx::query_as(select).bind(from).bind(to).fetch_all(connection).await?)
}

/// The same by their latest call, the latest first, behind one of them. Where their calls end, newer ones cannot be.
pub(crate) async fn latest_within(
    connection: &mut SqliteConnection,
    (from, to): (i64, i64),
    behind: (i64, i64),
    limit: i64,
) -> Result<Vec<Head>, StoreError> {
    let select = heads!(
        "WHERE last_at >= ? AND first_at < ? AND (last_at, first) < (?, ?) ORDER BY last_at DESC, first DESC LIMIT ?"
    );
    let heads = sqlx::query_as(select).bind(from).bind(to).bind(behind.0).bind(behind.1).bind(limit);
    Ok(heads.fetch_all(connection).await?)
}

/// How many have their latest call from one instant to before another.
pub(crate) async fn ending_within(
    connection: &mut SqliteConnection,
    (from, to): (i64, i64),
) -> Result<i64, StoreError> {
    let count = "SELECT count(*) FROM ai_provider_usage_logs WHERE last_at >= ? AND last_at < ?";
    Ok(sqlx::query_scalar(count).bind(from).bind(to).fetch_one(connection).await?)
}

/// When the first call ended that did from an instant on.
pub(crate) async fn first_at(
    connection: &mut SqliteConnection,
    from: i64,
) -> Result<Option<i64>, StoreError> {
    let whole = "SELECT min(first_at) FROM ai_provider_usage_logs WHERE last_at >= ?1 AND first_at >= ?1";
    let mut first: Option<i64> = sqlx::query_scalar(whole).bind(from).fetch_one(&mut *connection).await?;
    let torn = heads!("WHERE last_at >= ?1 AND first_at < ?1");
    let torn: Vec<Head> = sqlx::query_as(torn).bind(from).fetch_all(&mut *connection).await?;
    for head in torn {
        let kinds = head.kinds(&mut *connection).await?;
        let calls = kinds.iter().map(|kind| kind.at).filter(|at| *at >= from);
        first = calls.chain(first).min();
    }
    Ok(first)
}
