//! The key that signs bundles: one at a time. Of one that was replaced the seed is gone, and what it was is kept.

use model::Timestamp;
use serde_json::json;
use sqlx::{Connection, FromRow};
use uuid::Uuid;

use crate::{Act, Store, StoreError, audit::Subject};

/// The key in force as it is kept.
#[derive(FromRow)]
pub struct KeptSigningKey {
    /// Its name.
    pub kid: String,
    /// Its seed, sealed; opaque here.
    #[sqlx(rename = "seed_encrypted")]
    pub sealed: Vec<u8>,
    uuid: String,
    made_at: i64,
}

/// A key that is to be in force.
pub struct NewSigningKey<'a> {
    /// The record that its seed is sealed for.
    pub record: Uuid,
    /// Its name.
    pub kid: &'a str,
    /// Its public half.
    pub public: &'a [u8; 32],
    /// Its seed, sealed.
    pub sealed: &'a [u8],
}

impl KeptSigningKey {
    /// The record that its seed is sealed for.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    pub fn record(&self) -> Result<Uuid, StoreError> {
        self.uuid.parse().map_err(|_| StoreError::Damaged)
    }

    /// When it was made.
    pub fn made_at(&self) -> Timestamp {
        Timestamp(self.made_at)
    }
}

impl Store {
    /// The key in force, and how many there were in all.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn signing_key(&self) -> Result<(Option<KeptSigningKey>, u32), StoreError> {
        let mut connection = self.connection().await?;
        let select = "SELECT uuid, kid, seed_encrypted, made_at FROM signing_keys WHERE replaced_at IS NULL";
        let kept = sqlx::query_as(select).fetch_optional(&mut *connection).await?;
        let count =
            sqlx::query_scalar("SELECT count(*) FROM signing_keys").fetch_one(&mut *connection).await?;
        Ok((kept, count))
    }

    /// Name and public half of every key that there was.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn signing_publics(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let select = "SELECT kid, public FROM signing_keys ORDER BY id";
        Ok(sqlx::query_as(select).fetch_all(&mut *self.connection().await?).await?)
    }

    /// Puts a key in force in place of the one of this name, whose seed goes; `None` for the first.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another one is in force, or those of the database.
    pub async fn keep_signing_key(
        &self,
        replaced: Option<&str>,
        new: &NewSigningKey<'_>,
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let select = "SELECT kid FROM signing_keys WHERE replaced_at IS NULL";
        let there: Option<String> = sqlx::query_scalar(select).fetch_optional(&mut *transaction).await?;
        if there.as_deref() != replaced {
            return Err(StoreError::Conflict);
        }
        let retire =
            "UPDATE signing_keys SET seed_encrypted = NULL, replaced_at = ? WHERE replaced_at IS NULL";
        sqlx::query(retire).bind(act.at.0).execute(&mut *transaction).await?;
        let insert =
            "INSERT INTO signing_keys (uuid, kid, public, seed_encrypted, made_at) VALUES (?, ?, ?, ?, ?)";
        sqlx::query(insert)
            .bind(new.record.to_string())
            .bind(new.kid)
            .bind(&new.public[..])
            .bind(new.sealed)
            .bind(act.at.0)
            .execute(&mut *transaction)
            .await?;
        let subject = Subject {
            before: replaced.map(|kid| json!({ "key": kid })),
            after: Some(json!({ "key": new.kid })),
            ..Subject::default()
        };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }
}
