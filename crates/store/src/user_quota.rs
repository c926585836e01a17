//! What one user may use, changed by itself against the revision that was seen.

use model::limits::UserQuota;
use serde_json::json;
use sqlx::{Connection, FromRow, SqliteConnection};

use crate::{
    Act, Store, StoreError,
    audit::{Subject, differences},
    ledger::{signed, unsigned},
};

/// A quota with its revision, which rises with each change of any quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptQuota {
    /// What is kept.
    pub quota: UserQuota,
    /// Its revision.
    pub revision: i64,
}

#[derive(FromRow)]
struct Row {
    user_id: String,
    daily_tokens: Option<i64>,
    monthly_tokens: Option<i64>,
    requests_per_minute: Option<u32>,
    revision: i64,
}

const SELECT: &str =
    "SELECT user_id, daily_tokens, monthly_tokens, requests_per_minute, revision FROM user_quotas";

impl From<Row> for KeptQuota {
    fn from(row: Row) -> Self {
        let quota = UserQuota {
            user: row.user_id,
            daily_tokens: row.daily_tokens.map(unsigned),
            monthly_tokens: row.monthly_tokens.map(unsigned),
            requests_per_minute: row.requests_per_minute,
        };
        Self { quota, revision: row.revision }
    }
}

impl Store {
    /// Quotas by the user's name, behind one of them; at most so many.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn quotas_after(&self, after: &str, limit: u32) -> Result<Vec<KeptQuota>, StoreError> {
        let select = sqlx::AssertSqlSafe(format!("{SELECT} WHERE user_id > ? ORDER BY user_id LIMIT ?"));
        let query = sqlx::query_as(select).bind(after.to_owned()).bind(limit);
        let rows: Vec<Row> = query.fetch_all(&mut *self.connection().await?).await?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// The quota of one user, or that of everyone (`*`).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn quota_of(&self, user: &str) -> Result<Option<KeptQuota>, StoreError> {
        find(&mut *self.connection().await?, user).await
    }

    /// Puts a quota in place of the one of this revision; `None` is that there is none yet.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], or those of the database, which refuses a quota of 0.
    pub async fn set_quota(
        &self,
        quota: &UserQuota,
        seen: Option<i64>,
        act: &Act,
    ) -> Result<KeptQuota, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let before = expect(&mut transaction, &quota.user, seen).await?;
        let upsert = "INSERT INTO user_quotas (user_id, daily_tokens, monthly_tokens, requests_per_minute)
                      VALUES (?, ?, ?, ?)
                      ON CONFLICT (user_id) DO UPDATE SET daily_tokens = excluded.daily_tokens,
                          monthly_tokens = excluded.monthly_tokens, requests_per_minute = excluded.requests_per_minute";
        sqlx::query(upsert)
            .bind(&quota.user)
            .bind(quota.daily_tokens.map(signed))
            .bind(quota.monthly_tokens.map(signed))
            .bind(quota.requests_per_minute)
            .execute(&mut *transaction)
            .await?;
        let after = find(&mut transaction, &quota.user).await?.ok_or(StoreError::Gone)?;
        let is = json!(after.quota);
        let (was, is) = match before {
            Some(before) => {
                let (was, is) = differences(&json!(before.quota), &is);
                (Some(was), is)
            }
            None => (None, is),
        };
        self.audit.write(&mut transaction, act, subject(&quota.user, was, Some(is))).await?;
        transaction.commit().await?;
        Ok(after)
    }

    /// Takes the quota of this revision away.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], or those of the database.
    pub async fn delete_quota(&self, user: &str, seen: i64, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let before = expect(&mut transaction, user, Some(seen)).await?;
        sqlx::query("DELETE FROM user_quotas WHERE user_id = ?")
            .bind(user)
            .execute(&mut *transaction)
            .await?;
        let was = before.map(|before| json!(before.quota));
        self.audit.write(&mut transaction, act, subject(user, was, None)).await?;
        Ok(transaction.commit().await?)
    }
}

async fn find(connection: &mut SqliteConnection, user: &str) -> Result<Option<KeptQuota>, StoreError> {
    let select = sqlx::AssertSqlSafe(format!("{SELECT} WHERE user_id = ?"));
    let row: Option<Row> = sqlx::query_as(select).bind(user.to_owned()).fetch_optional(connection).await?;
    Ok(row.map(Into::into))
}

async fn expect(
    connection: &mut SqliteConnection,
    user: &str,
    seen: Option<i64>,
) -> Result<Option<KeptQuota>, StoreError> {
    let kept = find(connection, user).await?;
    if kept.as_ref().map(|kept| kept.revision) == seen { Ok(kept) } else { Err(StoreError::Conflict) }
}

pub(crate) fn subject(
    user: &str,
    before: Option<serde_json::Value>,
    after: Option<serde_json::Value>,
) -> Subject<'_> {
    Subject { target: Some("quota".to_owned()), name: Some(user), before, after }
}
