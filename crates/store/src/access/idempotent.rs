//! Answers kept for a day under the key that their request came with.

use model::Timestamp;
use sqlx::Connection;

use super::users::User;
use crate::{Store, StoreError};

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

type Row = (Vec<u8>, Option<u16>, Option<String>, Option<String>);

impl Store {
    /// Begins to answer a request that came with a key.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin_answer(
        &self,
        user: &User,
        key: &str,
        digest: &[u8; 32],
        now: Timestamp,
    ) -> Result<Idempotent, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let sweep = "DELETE FROM idempotent_requests WHERE at <= ?";
        sqlx::query(sweep).bind(now.plus_days(-1).0).execute(&mut *transaction).await?;
        let select =
            "SELECT digest, status, etag, body FROM idempotent_requests WHERE user_id = ? AND key = ?";
        let select = sqlx::query_as(select).bind(user.number).bind(key);
        let row: Option<Row> = select.fetch_optional(&mut *transaction).await?;
        let found = match row {
            None => {
                let insert = "INSERT INTO idempotent_requests (user_id, key, digest, at) VALUES (?, ?, ?, ?)";
                let insert = sqlx::query(insert).bind(user.number).bind(key).bind(&digest[..]).bind(now.0);
                insert.execute(&mut *transaction).await?;
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
        user: &User,
        key: &str,
        answer: Option<&Answered>,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let query = match answer {
            Some(answer) => sqlx::query(
                "UPDATE idempotent_requests SET status = ?, etag = ?, body = ? WHERE user_id = ? AND key = ?",
            )
            .bind(answer.status)
            .bind(answer.etag.clone())
            .bind(answer.body.clone()),
            None => sqlx::query("DELETE FROM idempotent_requests WHERE user_id = ? AND key = ?"),
        };
        query.bind(user.number).bind(key.to_owned()).execute(&mut *connection).await?;
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
