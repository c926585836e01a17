//! Keeping the sums: a batch of rows is counted in memory, and each block that it touches is read, added to and written
//! once, in the transaction that writes the rows.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use foldhash::fast::RandomState;
use model::Timestamp;
use sqlx::{FromRow, SqliteConnection};

use super::{
    block,
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
    pub(crate) retention_days: Option<i64>,
    pub(crate) raw_from: i64,
    /// Number of the newest call that there was.
    pub(crate) last_call: i64,
}

impl Rollup {
    pub(crate) async fn read(connection: &mut SqliteConnection) -> Result<Self, StoreError> {
        let select = "SELECT zone, retention_days, raw_from, last_call FROM usage_rollup";
        Ok(sqlx::query_as(select).fetch_one(connection).await?)
    }

    pub(crate) fn calendar(&self) -> Result<Calendar, StoreError> {
        Calendar::of(&self.zone).ok_or(StoreError::Damaged)
    }

    /// The part of a time whose rows the person keeps, whether the others are gone yet or not.
    pub(crate) fn kept(&self, time: Range<Timestamp>) -> Range<Timestamp> {
        time.start.max(Timestamp(self.raw_from))..time.end
    }
}

/// Level, start and number of a block.
pub(crate) type Key = (i64, i64, i64);

/// Cells with the blocks in which they lie. Each dimension of a block comes once.
#[derive(Default)]
pub(crate) struct Blocks(Vec<(Key, i64, Cell)>);

impl Blocks {
    pub(crate) fn push(&mut self, level: i64, start: i64, place: Place, cell: Cell) {
        self.0.push(((level, start, place.block), place.id, cell));
    }

    /// Adds them to the sums that are there.
    pub(crate) async fn keep(mut self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        // By keys apart from their cells, which are long to move.
        self.0.sort_by_cached_key(|(key, dimension, _)| (*key, *dimension));
        let blocks: Vec<&[(Key, i64, Cell)]> =
            self.0.chunk_by(|(one, ..), (other, ..)| one == other).collect();
        for chunk in blocks.chunks(CHUNK) {
            let keys: Vec<Key> = chunk.iter().filter_map(|block| Some(block.first()?.0)).collect();
            let there = existing(connection, &keys).await?;
            let sum = |(key, block): (&Key, &&[(Key, i64, Cell)])| {
                let more = block.iter().map(|(_, dimension, cell)| (*dimension, cell));
                Some((*key, block::add(there.get(key).map_or(&[], Vec::as_slice), more)?))
            };
            let sums: Option<Vec<(Key, Vec<u8>)>> = keys.iter().zip(chunk).map(sum).collect();
            write(connection, sums.ok_or(StoreError::Damaged)?).await?;
        }
        Ok(())
    }
}

/// Asked for every call: the standard hash was a tenth of what pricing calls anew took. Seeded, as that is.
type Quick<K, V> = HashMap<K, V, RandomState>;

/// Calls that were counted and are not in the sums yet. Their dimensions are few and long, so each is kept once.
#[derive(Default)]
pub(crate) struct Batch<'a> {
    numbers: Quick<Dimension<'a>, usize>,
    cells: Quick<(i64, usize), Cell>,
}

impl<'a> Batch<'a> {
    pub(crate) fn count(&mut self, at: i64, dimension: Dimension<'a>, row: &Counted) {
        self.cell(at, dimension).count(row);
    }

    /// The cell of a call, for a difference to it.
    pub(crate) fn cell(&mut self, at: i64, dimension: Dimension<'a>) -> &mut Cell {
        let next = self.numbers.len();
        let number = *self.numbers.entry(dimension).or_insert(next);
        self.cells.entry((slot(at), number)).or_default()
    }

    /// Adds what another one counted.
    pub(crate) fn merge(&mut self, other: Batch<'_>) {
        let number = |(dimension, number): (Dimension<'_>, usize)| {
            let next = self.numbers.len();
            let known = known_number(&self.numbers, &dimension);
            (number, known.unwrap_or_else(|| *self.numbers.entry(dimension.into_owned()).or_insert(next)))
        };
        let numbers: Quick<usize, usize> = other.numbers.into_iter().map(number).collect();
        for ((start, number), cell) in other.cells {
            let number = numbers.get(&number).copied().unwrap_or_default();
            self.cells.entry((start, number)).or_default().add(&cell);
        }
    }

    /// Cells that it has.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Adds it to the sums of all levels.
    pub(crate) async fn keep(
        self,
        connection: &mut SqliteConnection,
        calendar: &Calendar,
        places: &mut Places<'_>,
    ) -> Result<(), StoreError> {
        let mut of_numbers = Quick::default();
        for (dimension, number) in &self.numbers {
            of_numbers.insert(*number, places.of(&mut *connection, dimension).await?);
        }
        let mut starts: Quick<i64, i64> = Quick::default();
        let mut days: Quick<(i64, usize), Cell> = Quick::default();
        let mut blocks = Blocks::default();
        for ((start, number), cell) in self.cells {
            let day = *starts.entry(start).or_insert_with(|| calendar.start_of_day(start));
            days.entry((day, number)).or_default().add(&cell);
            let (place, _) = of_numbers.get(&number).ok_or(StoreError::Damaged)?;
            blocks.push(SLOTS, start, *place, cell);
        }
        let mut wholes: HashMap<(i64, Place), Cell> = HashMap::new();
        for ((day, number), cell) in days {
            let (place, whole) = of_numbers.get(&number).ok_or(StoreError::Damaged)?;
            wholes.entry((day, *whole)).or_default().add(&cell);
            blocks.push(DAYS, day, *place, cell);
        }
        for ((day, place), cell) in wholes {
            blocks.push(WHOLE_DAYS, day, place, cell);
        }
        blocks.keep(connection).await
    }
}

/// A function of its own, because a map of what lives long is one of what lives shorter.
fn known_number<'a>(numbers: &Quick<Dimension<'a>, usize>, dimension: &Dimension<'a>) -> Option<usize> {
    numbers.get(dimension).copied()
}

async fn existing(
    connection: &mut SqliteConnection,
    chunk: &[Key],
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
    let keys = chunk.iter().fold(sqlx::query_as(select), |query, (level, start, block)| {
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
