//! The second factor as it is kept: its sealed secret, which step was used last, the recovery codes' hashes, and wrong answers
//! in a row.

use model::Timestamp;
use serde_json::json;
use sqlx::{Connection, FromRow};

use crate::{Act, Store, StoreError, audit::Subject};

/// Where the second factor stands.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct StepUp {
    /// Wrong answers since the last right one.
    pub failed: u32,
    /// The sealed secret, once an app is enrolled.
    #[sqlx(rename = "totp_secret_encrypted")]
    pub sealed: Option<Vec<u8>>,
    /// Since when, in milliseconds since 1970.
    pub enrolled_at: Option<i64>,
    /// Recovery codes that were not used.
    pub codes_left: u32,
}

/// A recovery code as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct StoredCode {
    /// 16 random bytes.
    pub salt: Vec<u8>,
    /// 32 bytes.
    pub hash: Vec<u8>,
}

impl Store {
    /// Where the second factor stands.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn step_up(&self) -> Result<StepUp, StoreError> {
        let select = "SELECT failed, totp_secret_encrypted, enrolled_at,
                          (SELECT count(*) FROM recovery_codes WHERE used_at IS NULL) AS codes_left FROM step_up";
        Ok(sqlx::query_as(select).fetch_one(&mut *self.connection().await?).await?)
    }

    /// Counts an answer as wrong before it is looked at; a right one takes that back. Says how many are counted now.
    ///
    /// # Errors
    /// Those of the database: the answer must then not be looked at.
    pub async fn begin_step_up(&self) -> Result<u32, StoreError> {
        let update = "UPDATE step_up SET failed = min(failed + 1, 1000000) RETURNING failed";
        Ok(sqlx::query_scalar(update).fetch_one(&mut *self.connection().await?).await?)
    }

    /// The password was right.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn accept_password(&self, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        sqlx::query("UPDATE step_up SET failed = 0").execute(&mut *transaction).await?;
        let after = Some(json!({ "proof": "password" }));
        self.audit.write(&mut transaction, act, Subject { after, ..Subject::default() }).await?;
        Ok(transaction.commit().await?)
    }

    /// A code of this step was right. Says whether it is accepted: never one of that step or of an earlier one again.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn accept_totp(&self, step: i64, act: &Act) -> Result<bool, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let update = "UPDATE step_up SET last_step = ?1, failed = 0 WHERE last_step < ?1";
        let accepted = sqlx::query(update).bind(step).execute(&mut *transaction).await?.rows_affected() > 0;
        if accepted {
            let after = Some(json!({ "proof": "totp" }));
            self.audit.write(&mut transaction, act, Subject { after, ..Subject::default() }).await?;
            transaction.commit().await?;
        }
        Ok(accepted)
    }

    /// Recovery codes that were not used.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn recovery_codes(&self) -> Result<Vec<StoredCode>, StoreError> {
        let select = "SELECT salt, hash FROM recovery_codes WHERE used_at IS NULL";
        Ok(sqlx::query_as(select).fetch_all(&mut *self.connection().await?).await?)
    }

    /// A recovery code was right. Says whether it is accepted: each is once.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn accept_recovery_code(&self, code: &StoredCode, act: &Act) -> Result<bool, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let update = "UPDATE recovery_codes SET used_at = ? WHERE hash = ? AND used_at IS NULL";
        let update = sqlx::query(update).bind(act.at.0).bind(&code.hash);
        let accepted = update.execute(&mut *transaction).await?.rows_affected() > 0;
        if accepted {
            sqlx::query("UPDATE step_up SET failed = 0").execute(&mut *transaction).await?;
            let after = Some(json!({ "proof": "recovery_code" }));
            self.audit.write(&mut transaction, act, Subject { after, ..Subject::default() }).await?;
            transaction.commit().await?;
        }
        Ok(accepted)
    }

    /// Puts an app in the place of whatever there was, with new recovery codes. `step` is that of the code which confirmed it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn enrol_totp(
        &self,
        sealed: &[u8],
        step: i64,
        codes: &[StoredCode],
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let update = "UPDATE step_up
                      SET totp_secret_encrypted = ?, enrolled_at = ?, last_step = ?, failed = 0";
        let update = sqlx::query(update).bind(sealed).bind(act.at.0).bind(step);
        update.execute(&mut *transaction).await?;
        replace_codes(&mut transaction, codes).await?;
        self.audit.write(&mut transaction, act, Subject::default()).await?;
        Ok(transaction.commit().await?)
    }

    /// Puts new recovery codes in the place of the old ones.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn replace_recovery_codes(&self, codes: &[StoredCode], act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        replace_codes(&mut transaction, codes).await?;
        self.audit.write(&mut transaction, act, Subject::default()).await?;
        Ok(transaction.commit().await?)
    }

    /// Ends the second factor.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn remove_totp(&self, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let update = "UPDATE step_up SET totp_secret_encrypted = NULL, enrolled_at = NULL, failed = 0";
        sqlx::query(update).execute(&mut *transaction).await?;
        replace_codes(&mut transaction, &[]).await?;
        self.audit.write(&mut transaction, act, Subject::default()).await?;
        Ok(transaction.commit().await?)
    }
}

async fn replace_codes(
    connection: &mut sqlx::SqliteConnection,
    codes: &[StoredCode],
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM recovery_codes").execute(&mut *connection).await?;
    for code in codes {
        let insert = "INSERT INTO recovery_codes (hash, salt) VALUES (?, ?)";
        sqlx::query(insert).bind(&code.hash).bind(&code.salt).execute(&mut *connection).await?;
    }
    Ok(())
}

impl StepUp {
    /// Since when an app is enrolled.
    pub fn since(&self) -> Option<Timestamp> {
        self.enrolled_at.map(Timestamp)
    }
}
