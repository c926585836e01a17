//! Comparing the sums with the rows, and making them anew. One day after the other, each in a transaction of its own:
//! whoever writes to the log waits for one day at most, and memory holds no more.

use std::collections::{BTreeMap, HashMap};

use model::{
    Timestamp,
    statistics::{Difference, RebuildReport, VerifyReport},
};
use serde_json::json;
use sqlx::{Connection, SqliteConnection};

use super::{
    calendar::slot,
    cell::Cell,
    dimension::Dimension,
    keep::{Blocks, DAYS, Rollup, SLOTS, WHOLE_DAYS},
    place,
    walk::Walk,
};
use crate::{Act, Store, StoreError, audit::Subject, log};

/// What a number in a [`Difference`] is of, in the order of [`Cell::numbers`].
pub(crate) const NAMES: [&str; 9] = [
    "calls",
    "calls without a known price",
    "calls with an estimated cost",
    "calls without known tokens",
    "input tokens",
    "output tokens",
    "tokens",
    "cost",
    "latency",
];

type Cells = BTreeMap<(i64, i64, Dimension<'static>), Cell>;

struct Day {
    rows: u64,
    right: Cells,
    stored: Cells,
}

impl Store {
    /// Compares every sum with the rows that it is of, to the last unit; sums whose rows were deleted, with each other.
    ///
    /// # Errors
    /// Those of the database. A difference is no error.
    pub async fn verify_statistics(&self) -> Result<VerifyReport, StoreError> {
        let mut report = VerifyReport::default();
        let mut from = i64::MIN;
        loop {
            let mut connection = self.connection().await?;
            let mut transaction = connection.begin().await?;
            let rollup = Rollup::read(&mut transaction).await?;
            let Some((start, end)) = next_day(&mut transaction, &rollup, from).await? else {
                return Ok(report);
            };
            let day = Day::read(&mut transaction, &rollup, start, end).await?;
            report.rows += day.rows;
            report.cells += day.stored.len() as u64;
            if let Some(difference) = day.difference() {
                report.first_difference = Some(difference);
                return Ok(report);
            }
            from = end;
        }
    }

    /// Makes every sum anew from the rows; where rows were deleted, the days from the quarters of an hour.
    ///
    /// # Errors
    /// Those of the database. What was made anew until then stays so.
    pub async fn rebuild_statistics(&self, act: &Act) -> Result<RebuildReport, StoreError> {
        let mut report = RebuildReport::default();
        let mut from = i64::MIN;
        loop {
            let mut connection = self.connection().await?;
            let mut transaction = connection.begin().await?;
            let rollup = Rollup::read(&mut transaction).await?;
            let Some((start, end)) = next_day(&mut transaction, &rollup, from).await? else {
                let after = Some(json!({ "rows": report.rows, "cells": report.cells }));
                self.audit.write(&mut transaction, act, Subject { after, ..Subject::default() }).await?;
                transaction.commit().await?;
                return Ok(report);
            };
            let day = Day::read(&mut transaction, &rollup, start, end).await?;
            report.rows += day.rows;
            report.cells += day.right.len() as u64;
            delete(&mut transaction, start, end).await?;
            write(&mut transaction, day.right).await?;
            transaction.commit().await?;
            from = end;
        }
    }

    /// Makes another zone's days the ones that are kept. Other zones are answered, too, but slower.
    ///
    /// # Errors
    /// [`StoreError::Refused`] is not among them: a zone that no calendar knows changes nothing and says `false`.
    pub async fn set_statistics_zone(&self, zone: &str) -> Result<bool, StoreError> {
        let Some(calendar) = super::calendar::Calendar::of(zone) else { return Ok(false) };
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        if Rollup::read(&mut transaction).await?.zone == zone {
            return Ok(true);
        }
        sqlx::query("DELETE FROM usage_blocks WHERE level <> 0").execute(&mut *transaction).await?;
        sqlx::query("UPDATE usage_rollup SET zone = ?").bind(zone).execute(&mut *transaction).await?;
        let rollup = Rollup::read(&mut transaction).await?;
        let mut from = i64::MIN;
        while let Some(first) = first_slot(&mut transaction, from).await? {
            let date = calendar.date(first);
            let (start, end) = (calendar.start(date), calendar.start(date.tomorrow().unwrap_or(date)));
            let stored = stored(&mut transaction, start, end).await?;
            write(&mut transaction, days(stored, &rollup)?).await?;
            from = end.max(first + 1);
        }
        transaction.commit().await?;
        Ok(true)
    }
}

impl Day {
    async fn read(
        connection: &mut SqliteConnection,
        rollup: &Rollup,
        start: i64,
        end: i64,
    ) -> Result<Self, StoreError> {
        let stored = stored(connection, start, end).await?;
        let kept = |(level, at, _): &(i64, i64, Dimension<'_>)| *level == SLOTS && *at < rollup.raw_from;
        let mut slots: Cells = stored
            .iter()
            .filter(|(key, _)| kept(key))
            .map(|(key, cell)| (key.clone(), cell.clone()))
            .collect();
        let rows = count_rows(connection, &mut slots, start.max(rollup.raw_from), end).await?;
        let mut right = days(slots.clone(), rollup)?;
        right.append(&mut slots);
        Ok(Self { rows, right, stored })
    }

    fn difference(&self) -> Option<Difference> {
        let empty = Cell::default();
        for key in self.right.keys().chain(self.stored.keys()) {
            let (right, stored) =
                (self.right.get(key).unwrap_or(&empty), self.stored.get(key).unwrap_or(&empty));
            if right == stored && self.right.contains_key(key) == self.stored.contains_key(key) {
                continue;
            }
            let numbers = right.numbers().into_iter().zip(stored.numbers()).zip(NAMES);
            let (sum, right, stored) = numbers
                .filter(|((right, stored), _)| right != stored)
                .map(|((right, stored), name)| (name, right, stored))
                .next()
                .unwrap_or(("latencies by size", right.calls, stored.calls));
            let (level, start, dimension) = key;
            return Some(Difference {
                at: Timestamp(*start),
                of_a_day: *level != SLOTS,
                provider_config_id: dimension.config,
                task: dimension.task.to_string(),
                user: dimension.user.as_ref().map(ToString::to_string),
                status: dimension.status.to_string(),
                sum: sum.to_owned(),
                rows_say: right.to_string(),
                sums_say: stored.to_string(),
            });
        }
        None
    }
}

/// The home zone's days of these quarters of an hour.
fn days(slots: Cells, rollup: &Rollup) -> Result<Cells, StoreError> {
    let calendar = rollup.calendar()?;
    let mut days = Cells::new();
    for ((level, at, dimension), cell) in slots {
        if level == SLOTS {
            let day = calendar.start_of_day(at);
            days.entry((WHOLE_DAYS, day, dimension.whole())).or_default().add(&cell);
            days.entry((DAYS, day, dimension)).or_default().add(&cell);
        }
    }
    Ok(days)
}

async fn count_rows(
    connection: &mut SqliteConnection,
    slots: &mut Cells,
    from: i64,
    to: i64,
) -> Result<u64, StoreError> {
    let mut count = 0;
    for head in log::within(&mut *connection, (from, to)).await? {
        let (kinds, figures) = head.figures(&mut *connection).await?;
        let mut cells: HashMap<(i64, Dimension<'_>), Cell> = HashMap::new();
        for (kind, figures) in
            kinds.iter().zip(figures.iter()).filter(|(kind, _)| (from..to).contains(&kind.at))
        {
            cells.entry((slot(kind.at), kind.dimension())).or_default().count(&figures.counted());
            count += 1;
        }
        for ((slot, dimension), cell) in cells {
            slots.entry((SLOTS, slot, dimension.into_owned())).or_default().add(&cell);
        }
    }
    Ok(count)
}

async fn stored(connection: &mut SqliteConnection, from: i64, to: i64) -> Result<Cells, StoreError> {
    let mut cells = Cells::new();
    for level in [SLOTS, DAYS, WHOLE_DAYS] {
        let walk = Walk::of(&mut *connection, level, None, |_| true).await?;
        let add = |start, dimension: &Dimension<'_>, cell: &[u8]| {
            cells.insert((level, start, dimension.clone().into_owned()), Cell::unpack(cell)?);
            Some(())
        };
        walk.cells(&mut *connection, (from, to), add).await?;
    }
    Ok(cells)
}

async fn delete(connection: &mut SqliteConnection, from: i64, to: i64) -> Result<(), StoreError> {
    let delete = "DELETE FROM usage_blocks WHERE level IN (0, 1, 2) AND start >= ? AND start < ?";
    sqlx::query(delete).bind(from).bind(to).execute(connection).await?;
    Ok(())
}

/// Adds to what is there, which is nothing.
async fn write(connection: &mut SqliteConnection, cells: Cells) -> Result<(), StoreError> {
    let mut places = BTreeMap::new();
    let mut blocks = Blocks::default();
    for ((level, start, dimension), cell) in cells {
        let place = match places.get(&dimension) {
            Some(place) => *place,
            None => {
                let place = place::find(&mut *connection, &dimension).await?;
                places.insert(dimension, place);
                place
            }
        };
        blocks.push(level, start, place, cell);
    }
    blocks.keep(connection).await
}

/// The first day from here on that has rows or sums.
async fn next_day(
    connection: &mut SqliteConnection,
    rollup: &Rollup,
    from: i64,
) -> Result<Option<(i64, i64)>, StoreError> {
    let calendar = rollup.calendar()?;
    let row = log::first_at(&mut *connection, from.max(rollup.raw_from)).await?;
    let cell =
        "SELECT min(start) FROM (SELECT min(start) AS start FROM usage_blocks WHERE level = 0 AND start >= ?1
                UNION ALL SELECT min(start) FROM usage_blocks WHERE level = 1 AND start >= ?1
                UNION ALL SELECT min(start) FROM usage_blocks WHERE level = 2 AND start >= ?1)";
    let cell: Option<i64> = sqlx::query_scalar(cell).bind(from).fetch_one(connection).await?;
    let Some(first) = [row, cell].into_iter().flatten().min() else { return Ok(None) };
    let date = calendar.date(first);
    let end = calendar.start(date.tomorrow().unwrap_or(date));
    Ok(Some((calendar.start(date).min(first), end.max(first.saturating_add(1)))))
}

async fn first_slot(connection: &mut SqliteConnection, from: i64) -> Result<Option<i64>, StoreError> {
    let select = "SELECT min(start) FROM usage_blocks WHERE level = 0 AND start >= ?";
    Ok(sqlx::query_scalar(select).bind(from).fetch_one(connection).await?)
}
