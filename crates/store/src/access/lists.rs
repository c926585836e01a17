//! Sessions as people see them: which go on, since when, and from where each was begun; and ending one of them.

use model::Timestamp;
use sqlx::{Connection, FromRow};
use uuid::Uuid;

use super::{
    sessions::{IDLE_MS, WHOLE_MS},
    users::{User, subject},
};
use crate::{Act, Store, StoreError, audit::Subject};

/// A session as may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSession {
    /// Its identity. No token can be made of it.
    pub id: Uuid,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last renewed.
    pub used_at: Timestamp,
    /// When the second factor was last shown.
    pub proven_at: Timestamp,
    /// When it ends, if it is not renewed before.
    pub ends_at: Timestamp,
    /// From where it was begun.
    pub ip_address: Option<String>,
}

#[derive(FromRow)]
pub(crate) struct ListedRow {
    uuid: String,
    created_at: i64,
    used_at: i64,
    proven_at: i64,
    ip_address: Option<String>,
}

impl ListedRow {
    pub(crate) fn into_session(self) -> Result<ListedSession, StoreError> {
        Ok(ListedSession {
            id: self.uuid.parse().map_err(|_| StoreError::Damaged)?,
            ends_at: Timestamp((self.used_at + IDLE_MS).min(self.created_at + WHOLE_MS)),
            created_at: Timestamp(self.created_at),
            used_at: Timestamp(self.used_at),
            proven_at: Timestamp(self.proven_at),
            ip_address: self.ip_address,
        })
    }
}

impl Store {
    /// The sessions of a user that go on, the newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sessions_of(&self, user: i64, now: Timestamp) -> Result<Vec<ListedSession>, StoreError> {
        let select = "SELECT uuid, created_at, used_at, proven_at, ip_address FROM sessions
                      WHERE user_id = ? AND used_at > ? AND created_at > ? ORDER BY created_at DESC, uuid DESC";
        let query = sqlx::query_as(select).bind(user).bind(now.0 - IDLE_MS).bind(now.0 - WHOLE_MS);
        let rows: Vec<ListedRow> = query.fetch_all(&mut *self.connection().await?).await?;
        rows.into_iter().map(ListedRow::into_session).collect()
    }

    /// Ends one session of a user; one of somebody else is not found.
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn end_own_session(&self, user: &User, session: Uuid, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let delete = "DELETE FROM sessions WHERE uuid = ? AND user_id = ? AND used_at > ? AND created_at > ?";
        let delete = sqlx::query(delete).bind(session.to_string()).bind(user.number);
        let delete = delete.bind(act.at.0 - IDLE_MS).bind(act.at.0 - WHOLE_MS);
        if delete.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Err(StoreError::Gone);
        }
        let before = Some(serde_json::json!({ "session": session }));
        self.audit.write(&mut transaction, act, Subject { before, ..subject(user) }).await?;
        Ok(transaction.commit().await?)
    }
}
