//! Sessions: the same rules as `access::sessions`. A session's row is locked while its token is exchanged, so that of two servers
//! that are shown one token, the second finds it used.

use model::Timestamp;
use sqlx::{AssertSqlSafe, Encode, PgConnection, Postgres, Type};
use uuid::Uuid;

use super::{PgStore, people::end_sessions};
use crate::{
    Act, NewSession, Refreshed, Session, StoreError, User,
    access::{
        sessions::{IDLE_MS, SessionRow, WHOLE_MS},
        users::subject,
    },
    audit::Subject,
};

const SELECT: &str = "
    SELECT s.uuid AS session, s.proven_at, u.id, u.uuid, u.name, u.role, u.password_hash, u.totp_secret_encrypted
    FROM sessions s JOIN users u ON u.id = s.user_id
    WHERE s.used_at > $1 AND s.created_at > $2 AND u.disabled_at IS NULL";

impl PgStore {
    /// As [`Store::begin_session`](crate::Store::begin_session).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin_session(&self, session: &NewSession<'_>, act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let sweep = "DELETE FROM sessions WHERE used_at <= $1 OR created_at <= $2";
        let sweep = sqlx::query(sweep).bind(act.at.0 - IDLE_MS).bind(act.at.0 - WHOLE_MS);
        sweep.execute(&mut *transaction).await?;
        let insert =
            "INSERT INTO sessions (uuid, user_id, refresh, created_at, used_at, proven_at, ip_address)
                      VALUES ($1, $2, $3, $4, $4, $4, $5)";
        let insert = sqlx::query(insert).bind(session.id.to_string()).bind(session.user.number);
        let insert = insert.bind(&session.refresh[..]).bind(act.at.0).bind(act.machine.ip_address.as_deref());
        insert.execute(&mut *transaction).await?;
        self.audit.write_shared(&mut transaction, act, subject(session.user)).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::session`](crate::Store::session).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn session(&self, id: Uuid, now: Timestamp) -> Result<Option<Session>, StoreError> {
        find(&mut *self.pool().acquire().await?, "s.uuid = $3", id.to_string(), now).await
    }

    /// As [`Store::refresh_session`](crate::Store::refresh_session).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn refresh_session(
        &self,
        shown: &[u8; 32],
        next: &[u8; 32],
        act: &Act,
    ) -> Result<Refreshed, StoreError> {
        let mut transaction = self.pool().begin().await?;
        let by = "s.refresh = $3 FOR UPDATE OF s";
        if let Some(session) = find(&mut transaction, by, shown.to_vec(), act.at).await? {
            let insert = "INSERT INTO spent_refresh_tokens (digest, session) VALUES ($1, $2)";
            let insert = sqlx::query(insert).bind(&shown[..]).bind(session.id.to_string());
            insert.execute(&mut *transaction).await?;
            let update = "UPDATE sessions SET refresh = $1, used_at = $2 WHERE uuid = $3";
            let update = sqlx::query(update).bind(&next[..]).bind(act.at.0).bind(session.id.to_string());
            update.execute(&mut *transaction).await?;
            transaction.commit().await?;
            return Ok(Refreshed::Renewed(session));
        }
        transaction.rollback().await?;
        self.end_stolen(shown, act).await
    }

    /// Ends the session of a token that was used before, if it is one.
    async fn end_stolen(&self, shown: &[u8; 32], act: &Act) -> Result<Refreshed, StoreError> {
        let mut transaction = self.change().await?;
        let delete =
            "DELETE FROM sessions WHERE uuid = (SELECT session FROM spent_refresh_tokens WHERE digest = $1)";
        let delete = sqlx::query(delete).bind(&shown[..]);
        if delete.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Ok(Refreshed::Unknown);
        }
        let entry = Act { action: "session.stolen", ..act.clone() };
        self.audit.write_shared(&mut transaction, &entry, Subject::default()).await?;
        transaction.commit().await?;
        Ok(Refreshed::Reused)
    }

    /// As [`Store::prove_session`](crate::Store::prove_session).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn prove_session(&self, session: &Session, act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let update = sqlx::query("UPDATE sessions SET proven_at = $1 WHERE uuid = $2").bind(act.at.0);
        update.bind(session.id.to_string()).execute(&mut *transaction).await?;
        self.audit.write_shared(&mut transaction, act, subject(&session.user)).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::end_session`](crate::Store::end_session).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_session(&self, session: &Session, act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let delete = sqlx::query("DELETE FROM sessions WHERE uuid = $1").bind(session.id.to_string());
        delete.execute(&mut *transaction).await?;
        self.audit.write_shared(&mut transaction, act, subject(&session.user)).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::end_sessions_of`](crate::Store::end_sessions_of).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_sessions_of(&self, user: &User, act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        end_sessions(&mut transaction, user.number).await?;
        self.audit.write_shared(&mut transaction, act, subject(user)).await?;
        Ok(transaction.commit().await?)
    }
}

async fn find<'q, K>(
    connection: &mut PgConnection,
    by: &str,
    key: K,
    now: Timestamp,
) -> Result<Option<Session>, StoreError>
where
    K: Encode<'q, Postgres> + Type<Postgres> + Send + 'q,
{
    // The text holds nothing but our own words; what was sent is bound.
    let select = AssertSqlSafe(format!("{SELECT} AND {by}"));
    let query = sqlx::query_as(select).bind(now.0 - IDLE_MS).bind(now.0 - WHOLE_MS).bind(key);
    let row: Option<SessionRow> = query.fetch_optional(connection).await?;
    row.map(SessionRow::into_session).transpose()
}
