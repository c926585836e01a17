//! Entries of before the chain. They are chained as they are found: from then on they cannot change unseen.

use sqlx::{Connection, SqliteConnection};

use super::{
    AuditEntry, AuditLog,
    chain::Content,
    end::{CHECKPOINT_EVERY, End},
    insert,
};
use crate::StoreError;

/// Entries of one reading.
const PIECE: i64 = 2_000;

/// Chains what is not chained yet, all at once or nothing.
pub(crate) async fn all(connection: &mut SqliteConnection, log: &AuditLog) -> Result<(), StoreError> {
    let select =
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'admin_action_log_of_before'";
    let there: i64 = sqlx::query_scalar(select).fetch_one(&mut *connection).await?;
    if there == 0 {
        return Ok(());
    }
    let mut transaction = connection.begin().await?;
    let (mut end, mut behind) = (End { entries: 0, mac: log.keys.beginning() }, i64::MIN);
    loop {
        let select = "SELECT *, x'' AS mac FROM admin_action_log_of_before WHERE id > ? ORDER BY id LIMIT ?";
        let rows: Vec<AuditEntry> =
            sqlx::query_as(select).bind(behind).bind(PIECE).fetch_all(&mut *transaction).await?;
        let Some(last) = rows.last() else { break };
        behind = last.id;
        for row in &rows {
            let content = Content { id: end.entries + 1, ..row.content() };
            end = End { entries: content.id, mac: log.keys.entry(&end.mac, &content, &mut Vec::new()) };
            insert(&mut transaction, &content, &end.mac).await?;
            if end.entries % CHECKPOINT_EVERY == 0 {
                log.sign(&mut transaction, end).await?;
            }
        }
    }
    log.keep_end(&mut transaction, end).await?;
    sqlx::query("DROP TABLE admin_action_log_of_before").execute(&mut *transaction).await?;
    Ok(transaction.commit().await?)
}
