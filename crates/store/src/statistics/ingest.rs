//! Which rows of a statement are new: those alone are counted, so that writing a batch again changes nothing.

use std::collections::HashSet;

use sqlx::{SqliteConnection, sqlite::SqliteQueryResult};

use super::{
    keep::{Batch, Rollup},
    place::{KnownPlaces, Places},
    raw::Loggable,
};
use crate::StoreError;

/// Counts rows while they are written.
pub(crate) struct Ingest<'a, 's> {
    rollup: Rollup,
    places: Places<'s>,
    last_id: i64,
    batch: Batch<'a>,
}

impl<'a, 's> Ingest<'a, 's> {
    pub(crate) async fn begin(
        connection: &mut SqliteConnection,
        known: &'s KnownPlaces,
    ) -> Result<Self, StoreError> {
        let rollup = Rollup::read(&mut *connection).await?;
        let select = "SELECT coalesce(max(id), 0) FROM ai_provider_usage_logs";
        let last_id = sqlx::query_scalar(select).fetch_one(connection).await?;
        Ok(Self { rollup, places: known.begin(), last_id, batch: Batch::default() })
    }

    /// Whether a row is of a time whose rows are still kept. An older one may have been here and gone.
    pub(crate) fn takes(&self, row: &impl Loggable) -> bool {
        row.created_at() >= self.rollup.raw_from
    }

    /// Counts what a statement that skips known rows has written.
    pub(crate) async fn wrote(
        &mut self,
        connection: &mut SqliteConnection,
        rows: &'a [impl Loggable],
        result: &SqliteQueryResult,
    ) -> Result<(), StoreError> {
        let before = self.last_id;
        if result.rows_affected() == 0 {
            return Ok(());
        }
        self.last_id = result.last_insert_rowid();
        if result.rows_affected() == rows.len() as u64 {
            rows.iter().for_each(|row| self.count(row));
            return Ok(());
        }
        let select = "SELECT request_id FROM ai_provider_usage_logs WHERE id > ?";
        let new: Vec<String> = sqlx::query_scalar(select).bind(before).fetch_all(connection).await?;
        let mut new: HashSet<String> = new.into_iter().collect();
        // The first of two alike is the one that is there.
        for row in rows {
            if new.remove(row.request_id()) {
                self.count(row);
            }
        }
        Ok(())
    }

    fn count(&mut self, row: &'a impl Loggable) {
        self.batch.count(row.created_at(), row.dimension(), &row.counted());
    }

    /// Adds what was counted to the sums. The places are to be kept when the transaction is on disk.
    pub(crate) async fn end(mut self, connection: &mut SqliteConnection) -> Result<Places<'s>, StoreError> {
        let calendar = self.rollup.calendar()?;
        self.batch.keep(connection, &calendar, &mut self.places).await?;
        Ok(self.places)
    }
}
