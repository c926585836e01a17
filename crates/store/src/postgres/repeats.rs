//! Answers kept for a day under the key that their request came with: the same rules as `access::idempotent`.

use model::Timestamp;

use super::PgStore;
use crate::{Answered, Asker, Idempotent, StoreError};

type Row = (Vec<u8>, Option<i64>, Option<String>, Option<String>);

/// No request takes so long. One that is still unanswered then was cut off: by the end of its server, which may not have been this
/// one, or because its answer found no room. By the database's clock, which all servers share.
const CUT_OFF: &str = "status IS NULL AND begun < now() - interval '15 minutes'";

impl PgStore {
    /// As [`Store::begin_answer`](crate::Store::begin_answer). Of two servers that are sent one request at once, one answers it.
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
        let key = self.audit.veiled(key);
        let mut transaction = self.pool().begin().await?;
        let sweep = sqlx::AssertSqlSafe(format!(
            "DELETE FROM idempotent_requests WHERE ctid IN (
                 SELECT ctid FROM idempotent_requests WHERE at <= $1 OR {CUT_OFF} FOR UPDATE SKIP LOCKED)"
        ));
        sqlx::query(sweep).bind(now.plus_days(-1).0).execute(&mut *transaction).await?;
        let insert = "INSERT INTO idempotent_requests (user_id, outsider, key, digest, at)
                      VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
        let insert = sqlx::query(insert).bind(user).bind(outsider).bind(&key).bind(&digest[..]).bind(now.0);
        let is_new = insert.execute(&mut *transaction).await?.rows_affected() > 0;
        let select = "SELECT digest, status, etag, body FROM idempotent_requests WHERE (user_id = $1 OR outsider = $2) AND key = $3";
        let select = sqlx::query_as(select).bind(user).bind(outsider).bind(&key);
        let row: Option<Row> = select.fetch_optional(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(match row {
            _ if is_new => Idempotent::New,
            Some((of, ..)) if of != digest => Idempotent::Other,
            Some((_, Some(status), etag, Some(body))) => {
                let status = u16::try_from(status).map_err(|_| StoreError::Damaged)?;
                Idempotent::Known(Answered { status, etag, body })
            }
            // Nobody is there to ask when it was forgotten meanwhile: the client asks again.
            Some(_) | None => Idempotent::Running,
        })
    }

    /// As [`Store::keep_answer`](crate::Store::keep_answer).
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
        let query = match answer {
            Some(_) => sqlx::query(
                "UPDATE idempotent_requests SET status = $4, etag = $5, body = $6
                 WHERE (user_id = $1 OR outsider = $2) AND key = $3",
            ),
            None => sqlx::query(
                "DELETE FROM idempotent_requests WHERE (user_id = $1 OR outsider = $2) AND key = $3",
            ),
        };
        let query = query.bind(user).bind(outsider).bind(self.audit.veiled(key));
        let query = match answer {
            Some(answer) => query.bind(i64::from(answer.status)).bind(&answer.etag).bind(&answer.body),
            None => query,
        };
        query.execute(&self.pool()).await?;
        Ok(())
    }

    /// As [`Store::forget_unanswered`](crate::Store::forget_unanswered), but for requests that another server may be answering.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn forget_unanswered(&self) -> Result<(), StoreError> {
        let delete = sqlx::AssertSqlSafe(format!("DELETE FROM idempotent_requests WHERE {CUT_OFF}"));
        sqlx::query(delete).execute(&self.pool()).await?;
        Ok(())
    }
}
