//! Tokens of the gateway's clients: the same rules as `token`.

use sqlx::PgConnection;

use super::PgStore;
use crate::{
    Act, GatewayToken, StoreError,
    audit::Subject,
    token::{TokenRow, audited},
};

impl PgStore {
    /// As [`Store::gateway_tokens`](crate::Store::gateway_tokens).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn gateway_tokens(&self) -> Result<Vec<GatewayToken>, StoreError> {
        live(&mut *self.pool().acquire().await?).await
    }

    /// As [`Store::replace_gateway_token`](crate::Store::replace_gateway_token).
    ///
    /// # Errors
    /// Those of the database, which refuses a token that was used before; the old tokens then stay.
    pub async fn replace_gateway_token(
        &self,
        digest: &[u8; 32],
        last_four: &str,
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let before = live(&mut transaction).await?;
        let revoke = "UPDATE gateway_tokens SET revoked_at = $1 WHERE revoked_at IS NULL";
        sqlx::query(revoke).bind(act.at.0).execute(&mut *transaction).await?;
        let insert = "INSERT INTO gateway_tokens (digest, last_four, created_at) VALUES ($1, $2, $3)";
        let insert = sqlx::query(insert).bind(digest.as_slice()).bind(last_four).bind(act.at.0);
        insert.execute(&mut *transaction).await?;
        let after = live(&mut transaction).await?;
        let subject =
            Subject { before: Some(audited(&before)), after: Some(audited(&after)), ..Subject::default() };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }
}

async fn live(connection: &mut PgConnection) -> Result<Vec<GatewayToken>, StoreError> {
    let select = "SELECT digest, last_four, created_at FROM gateway_tokens WHERE revoked_at IS NULL
                  ORDER BY id DESC";
    let rows: Vec<TokenRow> = sqlx::query_as(select).fetch_all(connection).await?;
    rows.into_iter().map(TokenRow::into_token).collect()
}
