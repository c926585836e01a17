//! The log under a new key, when the vault's key changes.

use sqlx::Connection;

use super::{
    AuditEntry, AuditLog,
    end::{CHECKPOINT_EVERY, End},
};
use crate::{Store, StoreError};

/// The triggers that keep entries as they are, put aside for this one transaction.
const SHIELDS: [&str; 4] = [
    "admin_action_log_is_never_updated",
    "admin_action_log_is_never_deleted",
    "audit_checkpoints_are_never_updated",
    "audit_checkpoints_are_never_deleted",
];
const PIECE: i64 = 2_000;

impl Store {
    /// Chains and signs the log anew under another key, all of it or nothing, and goes on with that. It is verified by the old
    /// key first: from a break on, entries stay as they are, so that nothing which was tampered with is made good, and the
    /// break is found where it was. Says where the log ends now.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn rekey_audit(&mut self, key: &[u8; 32], vault_id: &str) -> Result<End, StoreError> {
        let good_until = self.verify_audit(None).await?.broken.map_or(i64::MAX, |broken| broken.entry);
        let log = AuditLog::new(key, vault_id);
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let left = self.audit.kept_end(&mut transaction).await?;
        let mut shields = Vec::new();
        for name in SHIELDS {
            let select = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?";
            // One that somebody took away is no reason to keep the new key from a vault.
            let sql: Option<String> =
                sqlx::query_scalar(select).bind(name).fetch_optional(&mut *transaction).await?;
            let Some(sql) = sql else { continue };
            shields.push(sql);
            let drop = sqlx::AssertSqlSafe(format!("DROP TRIGGER {name}"));
            sqlx::query(drop).execute(&mut *transaction).await?;
        }
        sqlx::query("DELETE FROM audit_checkpoints").execute(&mut *transaction).await?;
        let mut end = End { entries: 0, mac: log.keys.beginning() };
        loop {
            let select = "SELECT * FROM admin_action_log WHERE id > ? AND id < ? ORDER BY id LIMIT ?";
            let rows = sqlx::query_as(select).bind(end.entries).bind(good_until).bind(PIECE);
            let rows: Vec<AuditEntry> = rows.fetch_all(&mut *transaction).await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                let mac = log.keys.entry(&end.mac, &row.content(), &mut Vec::new());
                end = End { entries: row.id, mac };
                let update = "UPDATE admin_action_log SET mac = ? WHERE id = ?";
                sqlx::query(update).bind(&mac[..]).bind(row.id).execute(&mut *transaction).await?;
                if row.id % CHECKPOINT_EVERY == 0 {
                    log.sign(&mut transaction, end).await?;
                }
            }
        }
        if good_until < i64::MAX {
            end = left.unwrap_or(end);
        }
        log.keep_end(&mut transaction, end).await?;
        for sql in shields {
            // As SQLite kept what our own migration said.
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        drop(connection);
        self.audit = log;
        Ok(end)
    }
}
