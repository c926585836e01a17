//! Answers kept for a day under the key that their request came with.

use model::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::Connection;

use super::users::User;
use crate::{Store, StoreError};

/// Whose a key is. Nobody meets another's answer by choosing the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// A user of this server, by number.
    User(i64),
    /// Somebody whom another application's token names, by a digest of both.
    Outsider([u8; 32]),
}

/// What a request with a key is.
#[derive(Debug, PartialEq, Eq)]
pub enum Idempotent {
    /// New: answer it, then [`Store::keep_answer`].
    New,
    /// It was answered before.
    Known(Answered),
    /// The same is being answered just now.
    Running,
    /// The key came with another request before.
    Other,
}

/// An answer as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// HTTP status.
    pub status: u16,
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its body.
    pub body: String,
}

/// No request takes so long. One that is still unanswered then was answered, and the answer found no room.
const CUT_OFF_MS: i64 = 15 * 60_000;

type Row = (Vec<u8>, Option<u16>, Option<String>, Option<String>);

impl Asker {
    /// A subject of an issuer. Two issuers' subjects of one name are two.
    pub fn outsider(issuer: &str, subject: &str) -> Self {
        let length = u64::try_from(issuer.len()).unwrap_or(u64::MAX);
        let digest = Sha256::new().chain_update(length.to_be_bytes()).chain_update(issuer);
        Self::Outsider(digest.chain_update(subject).finalize().into())
    }

    /// What stands in the two columns, of which one is empty.
    pub(crate) fn columns(&self) -> (Option<i64>, Option<&[u8]>) {
        match self {
            Self::User(number) => (Some(*number), None),
            Self::Outsider(digest) => (None, Some(digest)),
        }
    }
}

impl From<&User> for Asker {
    fn from(user: &User) -> Self {
        Self::User(user.number)
    }
}

impl Store {
    /// Begins to answer a request that came with a key.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin_answer(
        &self,
        asker: Asker,
        key: &str,
        digest: &[u8; 32],
        now: Timestamp,
    ) -> Result<Idempotent, StoreError> {
        let (user, outsider) = asker.columns();
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let sweep = "DELETE FROM idempotent_requests WHERE at <= ? OR (status IS NULL AND at <= ?)";
        let sweep = sqlx::query(sweep).bind(now.plus_days(-1).0).bind(now.0 - CUT_OFF_MS);
        sweep.execute(&mut *transaction).await?;
        let select = "SELECT digest, status, etag, body FROM idempotent_requests WHERE (user_id = ? OR outsider = ?) AND key = ?";
        let select = sqlx::query_as(select).bind(user).bind(outsider).bind(key);
        let row: Option<Row> = select.fetch_optional(&mut *transaction).await?;
        let found = match row {
            None => {
                let insert = "INSERT INTO idempotent_requests (user_id, outsider, key, digest, at) VALUES (?, ?, ?, ?, ?)";
                let insert = sqlx::query(insert).bind(user).bind(outsider).bind(key);
                insert.bind(&digest[..]).bind(now.0).execute(&mut *transaction).await?;
                Idempotent::New
            }
            Some((of, ..)) if of != digest => Idempotent::Other,
            Some((_, Some(status), etag, Some(body))) => Idempotent::Known(Answered { status, etag, body }),
            Some(_) => Idempotent::Running,
        };
        transaction.commit().await?;
        Ok(found)
    }

    /// Keeps what was answered; `None` forgets the key, so that the same may be tried again.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn keep_answer(
        &self,
        asker: Asker,
        key: &str,
        answer: Option<&Answered>,
    ) -> Result<(), StoreError> {
        let (user, outsider) = asker.columns();
        let mut connection = self.connection().await?;
        let query = match answer {
            Some(answer) => sqlx::query(
                "UPDATE idempotent_requests SET status = ?, etag = ?, body = ?
                 WHERE (user_id = ? OR outsider = ?) AND key = ?",
            )
            .bind(answer.status)
            .bind(answer.etag.clone())
            .bind(answer.body.clone()),
            None => {
                sqlx::query("DELETE FROM idempotent_requests WHERE (user_id = ? OR outsider = ?) AND key = ?")
            }
        };
        query.bind(user).bind(outsider).bind(key.to_owned()).execute(&mut *connection).await?;
        Ok(())
    }

    /// Forgets requests whose answer was cut off by an end of the program. What they did is not known.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn forget_unanswered(&self) -> Result<(), StoreError> {
        let delete = "DELETE FROM idempotent_requests WHERE status IS NULL";
        sqlx::query(delete).execute(&mut *self.connection().await?).await?;
        Ok(())
    }
}
