//! Keeping the sums: a batch of rows is counted in memory, and each block that it touches is read, added to and written
//! once, in the transaction that writes the rows.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
    sync::LazyLock,
};

use model::Timestamp;
use sqlx::{FromRow, SqliteConnection};

use super::{
    block::{self, Cells},
    calendar::{Calendar, slot},
    cell::{Cell, Counted},
    dimension::Dimension,
    place::{Place, Places},
};
use crate::StoreError;

/// Blocks of one statement.
const CHUNK: usize = 16;

/// Quarters of an hour by all dimensions.
pub(crate) const SLOTS: i64 = 0;
/// Days of the home zone by all dimensions.
pub(crate) const DAYS: i64 = 1;
/// Days of the home zone by all dimensions but the user.
pub(crate) const WHOLE_DAYS: i64 = 2;

/// What the sums go by.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct Rollup {
    pub(crate) zone: String,
    pub(crate) filled: i64,
    pub(crate) fill_to: i64,
    pub(crate) retention_days: Option<i64>,
    pub(crate) raw_from: i64,
}

impl Rollup {
    pub(crate) async fn read(connection: &mut SqliteConnection) -> Result<Self, StoreError> {
        let select = "SELECT zone, filled, fill_to, retention_days, raw_from FROM usage_rollup";
        Ok(sqlx::query_as(select).fetch_one(connection).await?)
    }

    pub(crate) fn calendar(&self) -> Result<Calendar, StoreError> {
        Calendar::of(&self.zone).ok_or(StoreError::Damaged)
    }

    /// Whether a row of the log is in the sums, or will be by being written.
    pub(crate) fn has(&self, id: i64) -> bool {
        id <= self.filled || id > self.fill_to
    }

    /// The part of a time whose rows the person keeps, whether the others are gone yet or not.
    pub(crate) fn kept(&self, time: Range<Timestamp>) -> Range<Timestamp> {
        time.start.max(Timestamp(self.raw_from))..time.end
    }
}

/// Level, start and number of a block.
pub(crate) type Key = (i64, i64, i64);

/// Cells by the blocks in which they lie.
#[derive(Default)]
pub(crate) struct Blocks(BTreeMap<Key, Cells>);

impl Blocks {
    pub(crate) fn add(&mut self, level: i64, start: i64, place: Place, cell: &Cell) {
        self.0.entry((level, start, place.block)).or_default().entry(place.id).or_default().add(cell);
    }

    /// Adds them to the sums that are there.
    pub(crate) async fn keep(self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        let blocks: Vec<(Key, Cells)> = self.0.into_iter().collect();
        for chunk in blocks.chunks(CHUNK) {
            let there = existing(connection, chunk).await?;
            let sums: Option<Vec<(Key, Vec<u8>)>> = chunk
                .iter()
                .map(|(key, cells)| {
                    Some((*key, block::add(there.get(key).map_or(&[], Vec::as_slice), cells)?))
                })
                .collect();
            write(connection, sums.ok_or(StoreError::Damaged)?).await?;
        }
        Ok(())
    }
}

/// Rows that were counted and are not in the sums yet.
#[derive(Default)]
pub(crate) struct Batch<'a>(HashMap<(i64, Dimension<'a>), Cell>);

impl<'a> Batch<'a> {
    pub(crate) fn count(&mut self, at: i64, dimension: Dimension<'a>, row: &Counted) {
        self.cell(at, dimension).count(row);
    }

    /// The cell of a row, for a difference to it.
    pub(crate) fn cell(&mut self, at: i64, dimension: Dimension<'a>) -> &mut Cell {
        self.0.entry((slot(at), dimension)).or_default()
    }

    /// Cells that it has.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds it to the sums of all levels.
    pub(crate) async fn keep(
        self,
        connection: &mut SqliteConnection,
        calendar: &Calendar,
        places: &mut Places<'_>,
    ) -> Result<(), StoreError> {
        let mut days: HashMap<i64, i64> = HashMap::new();
        let mut blocks = Blocks::default();
        for ((start, dimension), cell) in self.0 {
            let (place, whole) = places.of(&mut *connection, &dimension).await?;
            let day = *days.entry(start).or_insert_with(|| calendar.start_of_day(start));
            blocks.add(DAYS, day, place, &cell);
            blocks.add(WHOLE_DAYS, day, whole, &cell);
            blocks.add(SLOTS, start, place, &cell);
        }
        blocks.keep(connection).await
    }
}

async fn existing(
    connection: &mut SqliteConnection,
    chunk: &[(Key, Cells)],
) -> Result<HashMap<Key, Vec<u8>>, StoreError> {
    static SELECT: LazyLock<Vec<String>> = LazyLock::new(|| {
        let select = |count| {
            let keys = vec!["(?, ?, ?)"; count].join(", ");
            format!(
                "SELECT level, start, block, cells FROM usage_blocks WHERE (level, start, block) IN (VALUES {keys})"
            )
        };
        (0..=CHUNK).map(select).collect()
    });
    let select = SELECT.get(chunk.len()).map(String::as_str).unwrap_or_default();
    let keys = chunk.iter().fold(sqlx::query_as(select), |query, ((level, start, block), _)| {
        query.bind(level).bind(start).bind(block)
    });
    let rows: Vec<(i64, i64, i64, Vec<u8>)> = keys.fetch_all(connection).await?;
    Ok(rows.into_iter().map(|(level, start, block, cells)| ((level, start, block), cells)).collect())
}

/// Writes blocks as they are, in place of those that there are.
async fn write(connection: &mut SqliteConnection, blocks: Vec<(Key, Vec<u8>)>) -> Result<(), StoreError> {
    static REPLACE: LazyLock<Vec<String>> = LazyLock::new(|| {
        let replace = |count| {
            let blocks = vec!["(?, ?, ?, ?)"; count].join(", ");
            format!(
                "INSERT INTO usage_blocks (level, start, block, cells) VALUES {blocks}
                 ON CONFLICT DO UPDATE SET cells = excluded.cells"
            )
        };
        (0..=CHUNK).map(replace).collect()
    });
    let replace = REPLACE.get(blocks.len()).map(String::as_str).unwrap_or_default();
    let query = blocks.into_iter().fold(sqlx::query(replace), |query, ((level, start, block), cells)| {
        query.bind(level).bind(start).bind(block).bind(cells)
    });
    query.execute(connection).await?;
    Ok(())
}
