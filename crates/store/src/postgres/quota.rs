//! What one user may use, against the revision that was seen: the same rules as `user_quota`.

use model::limits::UserQuota;
use serde_json::json;
use sqlx::{AssertSqlSafe, PgConnection};

use super::{PgStore, text::clean};
use crate::{
    Act, KeptQuota, StoreError,
    audit::differences,
    ledger::{signed, unsigned},
    user_quota::subject,
};

/// Name, tokens a day and a month, requests a minute, revision.
type Row = (String, Option<i64>, Option<i64>, Option<i64>, i64);

const SELECT: &str =
    "SELECT user_id, daily_tokens, monthly_tokens, requests_per_minute, revision FROM user_quotas";

impl PgStore {
    /// As [`Store::quotas_after`](crate::Store::quotas_after).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn quotas_after(&self, after: &str, limit: u32) -> Result<Vec<KeptQuota>, StoreError> {
        let select = AssertSqlSafe(format!(
            "{SELECT} WHERE user_id COLLATE \"C\" > $1 ORDER BY user_id COLLATE \"C\" LIMIT $2"
        ));
        let query = sqlx::query_as(select).bind(clean(after).into_owned()).bind(i64::from(limit));
        let rows: Vec<Row> = query.fetch_all(&self.pool()).await?;
        Ok(rows.into_iter().map(kept).collect())
    }

    /// As [`Store::quota_of`](crate::Store::quota_of).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn quota_of(&self, user: &str) -> Result<Option<KeptQuota>, StoreError> {
        find(&mut *self.pool().acquire().await?, user).await
    }

    /// As [`Store::set_quota`](crate::Store::set_quota).
    ///
    /// # Errors
    /// [`StoreError::Conflict`], or those of the database, which refuses a quota of 0.
    pub async fn set_quota(
        &self,
        quota: &UserQuota,
        seen: Option<i64>,
        act: &Act,
    ) -> Result<KeptQuota, StoreError> {
        let mut transaction = self.change().await?;
        let before = expect(&mut transaction, &quota.user, seen).await?;
        let upsert = "INSERT INTO user_quotas (user_id, daily_tokens, monthly_tokens, requests_per_minute)
                      VALUES ($1, $2, $3, $4)
                      ON CONFLICT (user_id) DO UPDATE SET daily_tokens = excluded.daily_tokens,
                          monthly_tokens = excluded.monthly_tokens, requests_per_minute = excluded.requests_per_minute";
        sqlx::query(upsert)
            .bind(clean(&quota.user))
            .bind(quota.daily_tokens.map(signed))
            .bind(quota.monthly_tokens.map(signed))
            .bind(quota.requests_per_minute.map(i64::from))
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
        self.audit.write_shared(&mut transaction, act, subject(&after.quota.user, was, Some(is))).await?;
        transaction.commit().await?;
        Ok(after)
    }

    /// As [`Store::delete_quota`](crate::Store::delete_quota).
    ///
    /// # Errors
    /// [`StoreError::Conflict`], or those of the database.
    pub async fn delete_quota(&self, user: &str, seen: i64, act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let before = expect(&mut transaction, user, Some(seen)).await?;
        let delete = sqlx::query("DELETE FROM user_quotas WHERE user_id = $1").bind(clean(user));
        delete.execute(&mut *transaction).await?;
        let was = before.map(|before| json!(before.quota));
        self.audit.write_shared(&mut transaction, act, subject(&clean(user), was, None)).await?;
        Ok(transaction.commit().await?)
    }
}

fn kept((user, daily, monthly, rate, revision): Row) -> KeptQuota {
    let quota = UserQuota {
        user,
        daily_tokens: daily.map(unsigned),
        monthly_tokens: monthly.map(unsigned),
        requests_per_minute: rate.map(|rate| u32::try_from(rate).unwrap_or(u32::MAX)),
    };
    KeptQuota { quota, revision }
}

async fn find(connection: &mut PgConnection, user: &str) -> Result<Option<KeptQuota>, StoreError> {
    let select = AssertSqlSafe(format!("{SELECT} WHERE user_id = $1"));
    let row: Option<Row> =
        sqlx::query_as(select).bind(clean(user).into_owned()).fetch_optional(connection).await?;
    Ok(row.map(kept))
}

async fn expect(
    connection: &mut PgConnection,
    user: &str,
    seen: Option<i64>,
) -> Result<Option<KeptQuota>, StoreError> {
    let kept = find(connection, user).await?;
    if kept.as_ref().map(|kept| kept.revision) == seen { Ok(kept) } else { Err(StoreError::Conflict) }
}
