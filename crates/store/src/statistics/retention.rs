//! How long rows of the log are kept, as the person set it. Their sums stay.

use model::{Timestamp, statistics::Retention};
use serde_json::json;
use sqlx::{Connection, SqliteConnection};

use super::{
    calendar::{SLOT_MS, slot},
    keep::{Rollup, SLOTS},
};
use crate::{Act, Store, StoreError, audit::Subject, log};

/// Segments of one transaction.
const PIECE: i64 = 5;

impl Store {
    /// How long rows are kept.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn retention(&self) -> Result<Retention, StoreError> {
        let rollup = Rollup::read(&mut *self.connection().await?).await?;
        Ok(Retention { days: rollup.retention_days.and_then(|days| u32::try_from(days).ok()) })
    }

    /// Sets how long rows are kept. What is too old goes with the next [`Store::delete_old_rows`].
    ///
    /// # Errors
    /// Those of the database, which refuses 0 days.
    pub async fn set_retention(&self, retention: Retention, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let before = Rollup::read(&mut transaction).await?.retention_days;
        let update = sqlx::query("UPDATE usage_rollup SET retention_days = ?").bind(retention.days);
        update.execute(&mut *transaction).await?;
        let subject = Subject {
            before: Some(json!({ "days": before })),
            after: Some(json!({ "days": retention.days })),
            ..Subject::default()
        };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }

    /// Deletes the rows that are older than the person keeps them, a piece at a time. Says how many went.
    ///
    /// # Errors
    /// Those of the database. What was deleted until then stays deleted.
    pub async fn delete_old_rows(&self, now: Timestamp) -> Result<u64, StoreError> {
        let Some(days) = self.retention().await?.days else { return Ok(0) };
        let raw_from = slot(now.plus_days(-i64::from(days)).0);
        let mut gone = 0;
        loop {
            let mut connection = self.connection().await?;
            let mut transaction = connection.begin().await?;
            // Written with the first piece: from then on such rows neither come back nor count as missing.
            let rise = sqlx::query("UPDATE usage_rollup SET raw_from = max(raw_from, ?)").bind(raw_from);
            rise.execute(&mut *transaction).await?;
            let (piece, more) = log::delete_before(&mut transaction, raw_from, PIECE).await?;
            transaction.commit().await?;
            gone += piece;
            if !more {
                return Ok(gone);
            }
        }
    }
}

/// Has the log take calls of this instant again, which it does not because a clock that was ahead said that they are too old. A
/// piece of which there are sums stays closed: rows of it may be gone, and the sums are right without them.
pub(crate) async fn open_again(
    connection: &mut SqliteConnection,
    rollup: &Rollup,
    at: i64,
) -> Result<(), StoreError> {
    let select = "SELECT max(start) FROM usage_blocks WHERE level = ? AND start < ?";
    let last: Option<i64> =
        sqlx::query_scalar(select).bind(SLOTS).bind(rollup.raw_from).fetch_one(&mut *connection).await?;
    let raw_from = slot(at).max(last.map_or(i64::MIN, |last| last.saturating_add(SLOT_MS)));
    tracing::warn!("calls are older than the log is kept: a clock was ahead, and is not any more");
    sqlx::query("UPDATE usage_rollup SET raw_from = ?").bind(raw_from).execute(connection).await?;
    Ok(())
}
