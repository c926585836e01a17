//! Entries of before the chain. They are chained as they are found: from then on they cannot change unseen.

use sqlx::{Connection, FromRow, SqliteConnection};

use super::{
    AuditLog,
    chain::Content,
    end::{CHECKPOINT_EVERY, End},
    insert,
};
use crate::StoreError;

/// Entries of one reading.
const PIECE: i64 = 2_000;

#[derive(FromRow)]
struct OldRow {
    id: i64,
    at: i64,
    actor: String,
    machine: String,
    ip_address: Option<String>,
    action: String,
    target: Option<String>,
    target_name: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

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
        let select = "SELECT * FROM admin_action_log_of_before WHERE id > ? ORDER BY id LIMIT ?";
        let rows: Vec<OldRow> =
            sqlx::query_as(select).bind(behind).bind(PIECE).fetch_all(&mut *transaction).await?;
        let Some(last) = rows.last() else { break };
        behind = last.id;
        for row in &rows {
            let content = row.content(end.entries + 1);
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

impl OldRow {
    fn content(&self, id: i64) -> Content<'_> {
        let texts = [
            Some(self.actor.as_str()),
            Some(&self.machine),
            self.ip_address.as_deref(),
            Some(&self.action),
            self.target.as_deref(),
            self.target_name.as_deref(),
            self.before.as_deref(),
            self.after.as_deref(),
        ];
        Content { id, at: self.at, texts }
    }
}
