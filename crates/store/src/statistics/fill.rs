//! Bringing rows of before the sums into them, a piece at a time, so that unlocking waits for none of it.

use sqlx::{Connection, SqliteConnection};

use super::{
    keep::{Batch, Rollup},
    raw::{COLUMNS, RawRow},
};
use crate::{Store, StoreError};

/// Rows of one transaction. Whoever writes to the log waits for no more than these.
const PIECE: i64 = 5_000;

impl Store {
    /// Adds the next rows of before this version to the sums. Says whether any are left.
    ///
    /// # Errors
    /// Those of the database; nothing of this piece is then added.
    pub async fn fill_statistics(&self) -> Result<bool, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let rollup = Rollup::read(&mut transaction).await?;
        if rollup.filled == rollup.fill_to {
            return Ok(false);
        }
        let rows = piece(&mut transaction, &rollup).await?;
        let full = i64::try_from(rows.len()).is_ok_and(|count| count == PIECE);
        let filled = rows.last().filter(|_| full).map_or(rollup.fill_to, |last| last.id);
        let mut batch = Batch::default();
        for row in &rows {
            batch.count(row.created_at, row.dimension(), &row.counted());
        }
        let mut places = self.places.begin();
        batch.keep(&mut transaction, &rollup.calendar()?, &mut places).await?;
        sqlx::query("UPDATE usage_rollup SET filled = ?").bind(filled).execute(&mut *transaction).await?;
        transaction.commit().await?;
        places.keep();
        Ok(filled < rollup.fill_to)
    }

    pub(crate) async fn filled_statistics(&self) -> Result<(), StoreError> {
        while self.fill_statistics().await? {}
        Ok(())
    }
}

async fn piece(connection: &mut SqliteConnection, rollup: &Rollup) -> Result<Vec<RawRow>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM ai_provider_usage_logs WHERE id > ? AND id <= ? ORDER BY id LIMIT {PIECE}"
    );
    let rows = sqlx::query_as(sqlx::AssertSqlSafe(select)).bind(rollup.filled).bind(rollup.fill_to);
    Ok(rows.fetch_all(connection).await?)
}
