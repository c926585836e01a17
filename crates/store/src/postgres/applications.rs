//! Tokens of applications: the same rules as `access::applications`.

use sqlx::{AssertSqlSafe, PgConnection};

use super::PgStore;
use crate::{
    Act, ApplicationToken, NewApplicationToken, StoreError,
    access::applications::{Row, SELECT, added, list, revoked},
    ledger::signed,
};

impl PgStore {
    /// As [`Store::application_tokens`](crate::Store::application_tokens).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn application_tokens(&self) -> Result<Vec<ApplicationToken>, StoreError> {
        let select = AssertSqlSafe(format!("{SELECT} ORDER BY id DESC"));
        let rows: Vec<Row> = sqlx::query_as(select).fetch_all(&self.pool()).await?;
        rows.into_iter().map(Row::into_token).collect()
    }

    /// As [`Store::application_token`](crate::Store::application_token).
    ///
    /// # Errors
    /// [`StoreError::Gone`] when there is none, and those of the database.
    pub async fn application_token(&self, number: i64) -> Result<ApplicationToken, StoreError> {
        of_number(&mut *self.pool().acquire().await?, number).await
    }

    /// As [`Store::add_application_token`](crate::Store::add_application_token).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn add_application_token(
        &self,
        token: &NewApplicationToken,
        act: &Act,
    ) -> Result<ApplicationToken, StoreError> {
        let mut transaction = self.change().await?;
        let insert = "INSERT INTO application_tokens (name, digest, last_four, tasks, models, daily_tokens,
                      monthly_tokens, requests_per_minute, created_by, created_at, expires_at)
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id";
        let number: i64 = sqlx::query_scalar(insert)
            .bind(&token.name)
            .bind(&token.digest[..])
            .bind(&token.last_four)
            .bind(list(&token.tasks))
            .bind(list(&token.models))
            .bind(token.daily_tokens.map(signed))
            .bind(token.monthly_tokens.map(signed))
            .bind(token.requests_per_minute.map(i64::from))
            .bind(&act.actor)
            .bind(act.at.0)
            .bind(token.expires_at.0)
            .fetch_one(&mut *transaction)
            .await?;
        let made = of_number(&mut transaction, number).await?;
        self.audit.write_shared(&mut transaction, act, added(&made)).await?;
        transaction.commit().await?;
        Ok(made)
    }

    /// As [`Store::revoke_application_token`](crate::Store::revoke_application_token).
    ///
    /// # Errors
    /// [`StoreError::Gone`] when there is none, and those of the database.
    pub async fn revoke_application_token(
        &self,
        number: i64,
        act: &Act,
    ) -> Result<ApplicationToken, StoreError> {
        let mut transaction = self.change().await?;
        let before = of_number(&mut transaction, number).await?;
        if before.revoked_at.is_some() {
            return Ok(before);
        }
        let update = sqlx::query("UPDATE application_tokens SET revoked_at = $1 WHERE id = $2");
        update.bind(act.at.0).bind(number).execute(&mut *transaction).await?;
        let after = of_number(&mut transaction, number).await?;
        self.audit.write_shared(&mut transaction, act, revoked(&after)).await?;
        transaction.commit().await?;
        Ok(after)
    }
}

async fn of_number(connection: &mut PgConnection, number: i64) -> Result<ApplicationToken, StoreError> {
    let select = AssertSqlSafe(format!("{SELECT} WHERE id = $1"));
    let row: Option<Row> = sqlx::query_as(select).bind(number).fetch_optional(connection).await?;
    row.ok_or(StoreError::Gone)?.into_token()
}
