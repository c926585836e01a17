//! Tokens of the gateway's clients. Only their digests are here; the caller makes tokens and compares digests.

use model::Timestamp;
use serde_json::{Value, json};
use sqlx::{Connection, FromRow, SqliteConnection};

use crate::{Act, Store, StoreError, audit::Subject};

/// A token that is accepted now.
#[derive(Clone, PartialEq, Eq)]
pub struct GatewayToken {
    /// SHA-256 of the token.
    pub digest: [u8; 32],
    /// Its last four characters.
    pub last_four: String,
    /// When it was made.
    pub created_at: Timestamp,
}

#[derive(FromRow)]
pub(crate) struct TokenRow {
    digest: Vec<u8>,
    last_four: String,
    created_at: i64,
}

impl Store {
    /// The tokens that are accepted now, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn gateway_tokens(&self) -> Result<Vec<GatewayToken>, StoreError> {
        live(&mut *self.connection().await?).await
    }

    /// Accepts this token and none of those before it.
    ///
    /// # Errors
    /// Those of the database, which refuses a token that was used before; the old tokens then stay.
    pub async fn replace_gateway_token(
        &self,
        digest: &[u8; 32],
        last_four: &str,
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let before = live(&mut transaction).await?;
        let revoke = "UPDATE gateway_tokens SET revoked_at = ? WHERE revoked_at IS NULL";
        sqlx::query(revoke).bind(act.at.0).execute(&mut *transaction).await?;
        let insert = "INSERT INTO gateway_tokens (digest, last_four, created_at) VALUES (?, ?, ?)";
        sqlx::query(insert)
            .bind(digest.as_slice())
            .bind(last_four)
            .bind(act.at.0)
            .execute(&mut *transaction)
            .await?;
        let after = live(&mut transaction).await?;
        let subject =
            Subject { before: Some(audited(&before)), after: Some(audited(&after)), ..Subject::default() };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }
}

pub(crate) fn audited(tokens: &[GatewayToken]) -> Value {
    json!(tokens.iter().map(|token| format!("ends in {}", token.last_four)).collect::<Vec<_>>())
}

async fn live(connection: &mut SqliteConnection) -> Result<Vec<GatewayToken>, StoreError> {
    let select = "SELECT digest, last_four, created_at FROM gateway_tokens WHERE revoked_at IS NULL
                  ORDER BY id DESC";
    let rows: Vec<TokenRow> = sqlx::query_as(select).fetch_all(connection).await?;
    rows.into_iter().map(TokenRow::into_token).collect()
}

impl TokenRow {
    pub(crate) fn into_token(self) -> Result<GatewayToken, StoreError> {
        Ok(GatewayToken {
            digest: self.digest.try_into().map_err(|_| StoreError::Damaged)?,
            last_four: self.last_four,
            created_at: Timestamp(self.created_at),
        })
    }
}
