//! What was used since an instant: whole days of the home zone from their sums, before the first of them quarters of an
//! hour, and calls one by one only where an instant lies within a quarter.

use sqlx::SqliteConnection;

use super::{
    calendar::{Calendar, SLOT_MS, slot},
    cell::Cell,
    dimension::{Dimension, KnownDimensions},
    keep::{DAYS, Rollup, SLOTS, WHOLE_DAYS},
    walk::Walk,
};
use crate::{StoreError, log};

/// A cell's sums without its sketch, and the instant at which its piece of time begins.
pub(crate) struct Sum<'a> {
    pub(crate) start: i64,
    pub(crate) dimension: &'a Dimension<'a>,
    pub(crate) cell: Cell,
}

/// Reads all sums since an instant whose dimensions pass, of one user or of all together. Rows that the person keeps no longer count in whole quarters.
pub(crate) async fn since(
    connection: &mut SqliteConnection,
    dimensions: &KnownDimensions,
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
            // One user's are few among many and read by themselves.
            let walk = match user {
                Some(_) => Walk::of(&mut *connection, level, user, &passes).await?,
                None => Walk::over(dimensions.all(&mut *connection).await?, level, None, &passes),
            };
            let add = |start, dimension: &Dimension<'_>, cell: &[u8]| {
                add(Sum { start, dimension, cell: Cell::unpack_sums(cell)? });
                Some(())
            };
            walk.cells(&mut *connection, (from, to), add).await?;
        }
    }
    if from < aligned {
        let ragged = (from.max(rollup.raw_from), aligned);
        log::each(connection, ragged, |kind, figures| {
            let dimension = kind.dimension();
            if user.is_none_or(|user| kind.user == user) && passes(&dimension) {
                let mut cell = Cell::default();
                cell.count(&figures.counted());
                add(Sum { start: kind.at, dimension: &dimension, cell });
            }
        })
        .await?;
    }
    Ok(())
}

/// The first day that begins at an instant or behind it.
fn first_day(calendar: &Calendar, at: i64) -> i64 {
    let date = calendar.date(at);
    let start = calendar.start(date);
    if start >= at { start } else { calendar.start(date.tomorrow().unwrap_or(date)).max(at) }
}
