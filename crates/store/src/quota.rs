//! What each user may use.

use model::limits::UserQuota;
use serde_json::json;
use sqlx::{Connection, FromRow, SqliteConnection};

use crate::{
    Act, Store, StoreError,
    audit::Subject,
    ledger::{signed, unsigned},
};

#[derive(FromRow)]
struct QuotaRow {
    user_id: String,
    daily_tokens: Option<i64>,
    monthly_tokens: Option<i64>,
    requests_per_minute: Option<u32>,
}

impl Store {
    /// All quotas by name; `*` is first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn quotas(&self) -> Result<Vec<UserQuota>, StoreError> {
        all(&mut *self.connection().await?).await
    }

    /// Puts these quotas in place of all that there are.
    ///
    /// # Errors
    /// Those of the database, which refuses a user named twice and a quota of 0.
    pub async fn save_quotas(&self, quotas: &[UserQuota], act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let before = all(&mut transaction).await?;
        sqlx::query("DELETE FROM user_quotas").execute(&mut *transaction).await?;
        for quota in quotas {
            insert(&mut transaction, quota).await?;
        }
        let after = all(&mut transaction).await?;
        // Each side holds what the other has not: a long list with one change stays a short entry.
        let only = |these: &[UserQuota], those: &[UserQuota]| {
            json!(these.iter().filter(|one| !those.contains(one)).collect::<Vec<_>>())
        };
        let subject = Subject {
            before: Some(only(&before, &after)),
            after: Some(only(&after, &before)),
            ..Subject::default()
        };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }
}

pub(crate) async fn all(connection: &mut SqliteConnection) -> Result<Vec<UserQuota>, StoreError> {
    let select = "SELECT user_id, daily_tokens, monthly_tokens, requests_per_minute FROM user_quotas
                  ORDER BY user_id <> '*', user_id";
    let rows: Vec<QuotaRow> = sqlx::query_as(select).fetch_all(connection).await?;
    let quota = |row: QuotaRow| UserQuota {
        user: row.user_id,
        daily_tokens: row.daily_tokens.map(unsigned),
        monthly_tokens: row.monthly_tokens.map(unsigned),
        requests_per_minute: row.requests_per_minute,
    };
    Ok(rows.into_iter().map(quota).collect())
}

async fn insert(connection: &mut SqliteConnection, quota: &UserQuota) -> Result<(), StoreError> {
    let insert = "INSERT INTO user_quotas (user_id, daily_tokens, monthly_tokens, requests_per_minute)
                  VALUES (?, ?, ?, ?)";
    sqlx::query(insert)
        .bind(&quota.user)
        .bind(quota.daily_tokens.map(signed))
        .bind(quota.monthly_tokens.map(signed))
        .bind(quota.requests_per_minute)
        .execute(connection)
        .await?;
    Ok(())
}
