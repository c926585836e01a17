//! Keeping the sums: a batch of rows is counted in memory, and each cell that it touches is read, added to and written
//! once, in the transaction that writes the rows.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
    sync::LazyLock,
};

use model::Timestamp;
use sqlx::{FromRow, SqliteConnection};

use super::{
    calendar::{Calendar, slot},
    cell::{Cell, Counted},
    dimension::Dimension,
};
use crate::StoreError;

/// Cells of one statement.
const CHUNK: usize = 32;

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

pub(crate) type Key = (i64, i64, i64);

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
    ) -> Result<(), StoreError> {
        let cells = self.cells(connection, calendar).await?;
        add(connection, cells).await
    }

    async fn cells(
        self,
        connection: &mut SqliteConnection,
        calendar: &Calendar,
    ) -> Result<BTreeMap<Key, Cell>, StoreError> {
        let mut numbers: HashMap<Dimension<'a>, (i64, i64)> = HashMap::new();
        let mut days: HashMap<i64, i64> = HashMap::new();
        let mut cells: BTreeMap<Key, Cell> = BTreeMap::new();
        for ((start, dimension), cell) in self.0 {
            let (id, whole) = match numbers.get(&dimension) {
                Some(known) => *known,
                None => {
                    let ids = (
                        dimension.id(&mut *connection).await?,
                        dimension.whole().id(&mut *connection).await?,
                    );
                    *numbers.entry(dimension).or_insert(ids)
                }
            };
            let day = *days.entry(start).or_insert_with(|| calendar.start_of_day(start));
            cells.entry((DAYS, day, id)).or_default().add(&cell);
            cells.entry((WHOLE_DAYS, day, whole)).or_default().add(&cell);
            cells.entry((SLOTS, start, id)).or_default().add(&cell);
        }
        Ok(cells)
    }
}

/// Adds to cells, or makes them.
pub(crate) async fn add(
    connection: &mut SqliteConnection,
    cells: BTreeMap<Key, Cell>,
) -> Result<(), StoreError> {
    let mut cells: Vec<(Key, Cell)> = cells.into_iter().collect();
    for chunk in cells.chunks_mut(CHUNK) {
        for (key, known) in existing(connection, chunk).await? {
            if let Ok(place) = chunk.binary_search_by_key(&key, |(key, _)| *key)
                && let Some((_, cell)) = chunk.get_mut(place)
            {
                cell.add(&known);
            }
        }
        write(connection, chunk).await?;
    }
    Ok(())
}

async fn existing(
    connection: &mut SqliteConnection,
    chunk: &[(Key, Cell)],
) -> Result<Vec<(Key, Cell)>, StoreError> {
    static SELECT: LazyLock<Vec<String>> = LazyLock::new(|| {
        let select = |count| {
            let keys = vec!["(?, ?, ?)"; count].join(", ");
            format!(
                "SELECT level, start, dimension, cell FROM usage_cells WHERE (level, start, dimension) IN (VALUES {keys})"
            )
        };
        (0..=CHUNK).map(select).collect()
    });
    let select = SELECT.get(chunk.len()).map(String::as_str).unwrap_or_default();
    let keys = chunk.iter().fold(sqlx::query_as(select), |query, ((level, start, dimension), _)| {
        query.bind(level).bind(start).bind(dimension)
    });
    let rows: Vec<(i64, i64, i64, Vec<u8>)> = keys.fetch_all(connection).await?;
    let cell = |(level, start, dimension, bytes): (i64, i64, i64, Vec<u8>)| {
        Ok(((level, start, dimension), Cell::unpack(&bytes).ok_or(StoreError::Damaged)?))
    };
    rows.into_iter().map(cell).collect()
}

/// Writes cells as they are, in place of those that there are.
pub(crate) async fn write(
    connection: &mut SqliteConnection,
    chunk: &[(Key, Cell)],
) -> Result<(), StoreError> {
    static REPLACE: LazyLock<Vec<String>> = LazyLock::new(|| {
        let replace = |count| {
            let cells = vec!["(?, ?, ?, ?)"; count].join(", ");
            format!(
                "INSERT INTO usage_cells (level, start, dimension, cell) VALUES {cells}
                 ON CONFLICT DO UPDATE SET cell = excluded.cell"
            )
        };
        (0..=CHUNK).map(replace).collect()
    });
    for chunk in chunk.chunks(CHUNK) {
        let replace = REPLACE.get(chunk.len()).map(String::as_str).unwrap_or_default();
        let cells = chunk.iter().fold(sqlx::query(replace), |query, ((level, start, dimension), cell)| {
            query.bind(level).bind(start).bind(dimension).bind(cell.pack())
        });
        cells.execute(&mut *connection).await?;
    }
    Ok(())
}
