//! Sessions: one for each login, renewed by refresh tokens of which each is good once. Only digests are here.

use model::Timestamp;
use sqlx::{Connection, FromRow, SqliteConnection};
use uuid::Uuid;

use super::users::{User, UserRow, end_sessions, subject};
use crate::{Act, Store, StoreError, audit::Subject};

/// A session that is not renewed for so long ends, in milliseconds.
pub(crate) const IDLE_MS: i64 = 30 * 60_000;
/// The longest that a session can last, in milliseconds.
pub(crate) const WHOLE_MS: i64 = 8 * 3_600_000;

/// A session to be.
pub struct NewSession<'a> {
    /// Its identity.
    pub id: Uuid,
    /// Whose.
    pub user: &'a User,
    /// SHA-256 of its first refresh token.
    pub refresh: [u8; 32],
}

/// A session that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its identity.
    pub id: Uuid,
    /// Whose, with the role of this moment.
    pub user: User,
    /// When the second factor was last shown.
    pub proven_at: Timestamp,
}

/// What came of a refresh token.
#[derive(Debug, PartialEq, Eq)]
pub enum Refreshed {
    /// The session goes on.
    Renewed(Session),
    /// The token was used before: the session is ended, for everyone who has one of its tokens.
    Reused,
    /// There is no such session, or it has ended.
    Unknown,
}

#[derive(FromRow)]
pub(crate) struct SessionRow {
    session: String,
    proven_at: i64,
    #[sqlx(flatten)]
    user: UserRow,
}

const SELECT: &str = "
    SELECT s.uuid AS session, s.proven_at, u.id, u.uuid, u.name, u.role, u.password_hash, u.totp_secret_encrypted
    FROM sessions s JOIN users u ON u.id = s.user_id
    WHERE s.used_at > ?1 AND s.created_at > ?2 AND u.disabled_at IS NULL";

impl SessionRow {
    pub(crate) fn into_session(self) -> Result<Session, StoreError> {
        Ok(Session {
            id: self.session.parse().map_err(|_| StoreError::Damaged)?,
            user: self.user.user()?,
            proven_at: Timestamp(self.proven_at),
        })
    }
}

impl Store {
    /// Begins a session. Those that ended by themselves are swept away.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin_session(&self, session: &NewSession<'_>, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let sweep = "DELETE FROM sessions WHERE used_at <= ? OR created_at <= ?";
        let sweep = sqlx::query(sweep).bind(act.at.0 - IDLE_MS).bind(act.at.0 - WHOLE_MS);
        sweep.execute(&mut *transaction).await?;
        let insert =
            "INSERT INTO sessions (uuid, user_id, refresh, created_at, used_at, proven_at, ip_address)
                      VALUES (?1, ?2, ?3, ?4, ?4, ?4, ?5)";
        let insert = sqlx::query(insert).bind(session.id.to_string()).bind(session.user.number);
        let insert = insert.bind(&session.refresh[..]).bind(act.at.0).bind(act.machine.ip_address.as_deref());
        insert.execute(&mut *transaction).await?;
        self.audit.write(&mut transaction, act, subject(session.user)).await?;
        Ok(transaction.commit().await?)
    }

    /// A session, while it goes on.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn session(&self, id: Uuid, now: Timestamp) -> Result<Option<Session>, StoreError> {
        find(&mut *self.connection().await?, "s.uuid = ?3", id.to_string(), now).await
    }

    /// Puts a new refresh token in the place of the old one, which is good once.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn refresh_session(
        &self,
        shown: &[u8; 32],
        next: &[u8; 32],
        act: &Act,
    ) -> Result<Refreshed, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let Some(session) = find(&mut transaction, "s.refresh = ?3", shown.to_vec(), act.at).await? else {
            let reused = end_stolen(&mut transaction, shown).await?;
            if reused {
                let entry = Act { action: "session.stolen", ..act.clone() };
                self.audit.write(&mut transaction, &entry, Subject::default()).await?;
            }
            transaction.commit().await?;
            return Ok(if reused { Refreshed::Reused } else { Refreshed::Unknown });
        };
        let insert = "INSERT INTO spent_refresh_tokens (digest, session) VALUES (?, ?)";
        let insert = sqlx::query(insert).bind(&shown[..]).bind(session.id.to_string());
        insert.execute(&mut *transaction).await?;
        let update = "UPDATE sessions SET refresh = ?, used_at = ? WHERE uuid = ?";
        let update = sqlx::query(update).bind(&next[..]).bind(act.at.0).bind(session.id.to_string());
        update.execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(Refreshed::Renewed(session))
    }

    /// The second factor was shown again.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn prove_session(&self, session: &Session, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let update = "UPDATE sessions SET proven_at = ? WHERE uuid = ?";
        let update = sqlx::query(update).bind(act.at.0).bind(session.id.to_string());
        update.execute(&mut *transaction).await?;
        self.audit.write(&mut transaction, act, subject(&session.user)).await?;
        Ok(transaction.commit().await?)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_session(&self, session: &Session, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let delete = sqlx::query("DELETE FROM sessions WHERE uuid = ?").bind(session.id.to_string());
        delete.execute(&mut *transaction).await?;
        self.audit.write(&mut transaction, act, subject(&session.user)).await?;
        Ok(transaction.commit().await?)
    }

    /// Ends every session of a user.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_sessions_of(&self, user: &User, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        end_sessions(&mut transaction, user.number).await?;
        self.audit.write(&mut transaction, act, subject(user)).await?;
        Ok(transaction.commit().await?)
    }
}

async fn find<'q, K>(
    connection: &mut SqliteConnection,
    by: &str,
    key: K,
    now: Timestamp,
) -> Result<Option<Session>, StoreError>
where
    K: sqlx::Encode<'q, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + Send + 'q,
{
    // The text holds nothing but our own words; what was sent is bound.
    let select = sqlx::AssertSqlSafe(format!("{SELECT} AND {by}"));
    let query = sqlx::query_as(select).bind(now.0 - IDLE_MS).bind(now.0 - WHOLE_MS).bind(key);
    let row: Option<SessionRow> = query.fetch_optional(connection).await?;
    row.map(SessionRow::into_session).transpose()
}

/// Ends the session of a token that was used before. Says whether it was one.
async fn end_stolen(connection: &mut SqliteConnection, shown: &[u8; 32]) -> Result<bool, StoreError> {
    let delete =
        "DELETE FROM sessions WHERE uuid = (SELECT session FROM spent_refresh_tokens WHERE digest = ?)";
    Ok(sqlx::query(delete).bind(&shown[..]).execute(connection).await?.rows_affected() > 0)
}
