//! What was used since an instant: whole days of the home zone from their sums, before the first of them quarters of an
//! hour, and rows one by one only where an instant lies within a quarter or where rows are not in the sums yet.

use sqlx::SqliteConnection;

use super::{
    calendar::{Calendar, SLOT_MS, slot},
    cell::Cell,
    dimension::Dimension,
    keep::{DAYS, Rollup, SLOTS, WHOLE_DAYS},
    raw::{COLUMNS, RawRow},
    walk::Walk,
};
use crate::StoreError;

/// Rows that are held in memory at once.
const PAGE: i64 = 5_000;

/// A cell's sums without its sketch, and the instant at which its piece of time begins.
pub(crate) struct Sum<'a> {
    pub(crate) start: i64,
    pub(crate) dimension: &'a Dimension<'a>,
    pub(crate) cell: Cell,
}

/// Reads all sums since an instant whose dimensions pass, of one user or of all together. Rows that the person keeps no longer count in whole quarters.
pub(crate) async fn since(
    connection: &mut SqliteConnection,
    from: i64,
    user: Option<&str>,
    passes: impl Fn(&Dimension<'_>) -> bool,
    mut add: impl FnMut(Sum<'_>),
) -> Result<(), StoreError> {
    let rollup = Rollup::read(&mut *connection).await?;
    let calendar = rollup.calendar()?;
    let aligned = if slot(from) == from { from } else { slot(from).saturating_add(SLOT_MS) };
    let day = first_day(&calendar, aligned);
    let days = if user.is_some() { DAYS } else { WHOLE_DAYS };
    for (level, from, to) in [(SLOTS, aligned, day), (days, day, i64::MAX)] {
        if from < to {
            let walk = Walk::of(&mut *connection, level, user, &passes).await?;
            let add = |start, dimension: &Dimension<'_>, cell: &[u8]| {
                add(Sum { start, dimension, cell: Cell::unpack_sums(cell)? });
                Some(())
            };
            walk.cells(&mut *connection, (from, to), add).await?;
        }
    }
    let mut add_row = |row: &RawRow| {
        let dimension = row.dimension();
        if user.is_none_or(|user| dimension.user.as_deref() == Some(user)) && passes(&dimension) {
            let mut cell = Cell::default();
            cell.count(&row.counted());
            add(Sum { start: row.created_at, dimension: &dimension, cell });
        }
    };
    if from < aligned {
        let ragged = "created_at >= ? AND created_at < ?";
        rows(&mut *connection, ragged, (from.max(rollup.raw_from), aligned), &mut add_row).await?;
    }
    if rollup.filled < rollup.fill_to {
        let to_come = |row: &RawRow| {
            if row.created_at >= aligned {
                add_row(row);
            }
        };
        rows(connection, "id > ? AND id <= ?", (rollup.filled, rollup.fill_to), to_come).await?;
    }
    Ok(())
}

/// The first day that begins at an instant or behind it.
fn first_day(calendar: &Calendar, at: i64) -> i64 {
    let date = calendar.date(at);
    let start = calendar.start(date);
    if start >= at { start } else { calendar.start(date.tomorrow().unwrap_or(date)).max(at) }
}

async fn rows(
    connection: &mut SqliteConnection,
    which: &'static str,
    (from, to): (i64, i64),
    mut add: impl FnMut(&RawRow),
) -> Result<(), StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM ai_provider_usage_logs WHERE {which} AND id > ? ORDER BY id LIMIT {PAGE}"
    );
    let mut after = 0;
    loop {
        let page = sqlx::query_as(sqlx::AssertSqlSafe(select.as_str())).bind(from).bind(to).bind(after);
        let rows: Vec<RawRow> = page.fetch_all(&mut *connection).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id;
        rows.iter().for_each(&mut add);
    }
}
