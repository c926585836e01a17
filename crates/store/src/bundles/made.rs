//! Bundles that were made, newest first. A serial is given away once, whatever becomes of the file.

use model::Timestamp;
use serde_json::json;
use sqlx::{Connection, FromRow};

use crate::{Act, Store, StoreError, audit::Subject};

/// One that was made.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct MadeBundle {
    /// Its number.
    pub serial: i64,
    /// For whom.
    pub server_id: String,
    /// What that server was called.
    pub server_name: String,
    /// The name of the key that signed it.
    pub kid: String,
    /// The number of the one before it for this server; 0 for none.
    pub previous: i64,
    made_at: i64,
    expires_at: i64,
    /// What people compare.
    pub fingerprint: String,
    /// What is in it, without keys, as JSON.
    pub scope: String,
    /// Whether the bundle itself is still there.
    pub is_kept: bool,
}

/// One that is to be kept.
pub struct NewBundle<'a> {
    /// Above every one before it.
    pub serial: u64,
    /// For whom.
    pub server: (&'a str, &'a str),
    /// The name of the key that signed it.
    pub kid: &'a str,
    /// The number of the one before it for this server; 0 for none.
    pub previous: u64,
    /// Until when it may be applied.
    pub expires_at: Timestamp,
    /// What people compare.
    pub fingerprint: &'a str,
    /// What is in it, without keys, as JSON.
    pub scope: &'a str,
    /// How many configurations are in it.
    pub configurations: usize,
    /// Itself.
    pub body: &'a str,
}

impl MadeBundle {
    /// When it was made.
    pub fn made_at(&self) -> Timestamp {
        Timestamp(self.made_at)
    }

    /// Until when it may be applied.
    pub fn expires_at(&self) -> Timestamp {
        Timestamp(self.expires_at)
    }
}

impl Store {
    /// All of them, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn bundles(&self) -> Result<Vec<MadeBundle>, StoreError> {
        let select =
            "SELECT serial, server_id, server_name, kid, previous, made_at, expires_at, fingerprint, scope,
                             body IS NOT NULL AS is_kept FROM bundles ORDER BY serial DESC";
        Ok(sqlx::query_as(select).fetch_all(&mut *self.connection().await?).await?)
    }

    /// The highest serial that was given away.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn bundle_serial(&self) -> Result<u64, StoreError> {
        let select = "SELECT serial FROM bundle_serial";
        let serial: i64 = sqlx::query_scalar(select).fetch_one(&mut *self.connection().await?).await?;
        u64::try_from(serial).map_err(|_| StoreError::Damaged)
    }

    /// One of them itself.
    ///
    /// # Errors
    /// [`StoreError::Gone`] when it is not kept any more, or those of the database.
    pub async fn bundle_body(&self, serial: u64) -> Result<String, StoreError> {
        let serial = i64::try_from(serial).map_err(|_| StoreError::Gone)?;
        let select = "SELECT body FROM bundles WHERE serial = ? AND body IS NOT NULL";
        let body = sqlx::query_scalar(select).bind(serial);
        body.fetch_optional(&mut *self.connection().await?).await?.ok_or(StoreError::Gone)
    }

    /// Keeps a bundle, and lets go of those that it takes the place of.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when its serial was given away already, or those of the database.
    pub async fn keep_bundle(&self, new: &NewBundle<'_>, act: &Act) -> Result<(), StoreError> {
        let [serial, previous] = [new.serial, new.previous].map(i64::try_from);
        let (Ok(serial), Ok(previous)) = (serial, previous) else { return Err(StoreError::Conflict) };
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let take = "UPDATE bundle_serial SET serial = ?1 WHERE serial < ?1";
        if sqlx::query(take).bind(serial).execute(&mut *transaction).await?.rows_affected() == 0 {
            return Err(StoreError::Conflict);
        }
        let (id, name) = new.server;
        let let_go = "UPDATE bundles SET body = NULL WHERE server_id = ?";
        sqlx::query(let_go).bind(id).execute(&mut *transaction).await?;
        let insert =
            "INSERT INTO bundles (serial, server_id, server_name, kid, previous, made_at, expires_at,
                                           fingerprint, scope, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        sqlx::query(insert)
            .bind(serial)
            .bind(id)
            .bind(name)
            .bind(new.kid)
            .bind(previous)
            .bind(act.at.0)
            .bind(new.expires_at.0)
            .bind(new.fingerprint)
            .bind(new.scope)
            .bind(new.body)
            .execute(&mut *transaction)
            .await?;
        let after = json!({ "serial": serial, "expires_at": new.expires_at, "fingerprint": new.fingerprint,
            "configurations": new.configurations, "key": new.kid });
        let subject =
            Subject { target: Some(id.to_owned()), name: Some(name), before: None, after: Some(after) };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }
}
