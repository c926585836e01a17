//! A user's recovery codes: hashes of ten that were shown once, each good once.

use serde_json::json;
use sqlx::{Connection, SqliteConnection};

use super::users::subject;
use crate::{Act, Store, StoreError, StoredCode, User, audit::Subject};

impl Store {
    /// A user's codes that were not used; none of a user whom there is not.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn recovery_codes_of(&self, user: i64) -> Result<Vec<StoredCode>, StoreError> {
        let select = "SELECT salt, hash FROM user_recovery_codes WHERE user_id = ? AND used_at IS NULL";
        Ok(sqlx::query_as(select).bind(user).fetch_all(&mut *self.connection().await?).await?)
    }

    /// Puts new codes in the place of all that a user has.
    ///
    /// # Errors
    /// [`StoreError::Gone`] for a user who is not there or cannot log in; else those of the database.
    pub async fn replace_recovery_codes_of(
        &self,
        user: &User,
        codes: &[StoredCode],
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let select = "SELECT count(*) FROM users WHERE id = ? AND password_hash IS NOT NULL";
        let known: i64 = sqlx::query_scalar(select).bind(user.number).fetch_one(&mut *transaction).await?;
        if known == 0 {
            return Err(StoreError::Gone);
        }
        replace(&mut transaction, user.number, codes).await?;
        let after = Some(json!({ "codes_left": codes.len() }));
        self.audit.write(&mut transaction, act, Subject { after, ..subject(user) }).await?;
        Ok(transaction.commit().await?)
    }

    /// A recovery code was right. Says whether it is accepted: each is once.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn accept_recovery_code_of(
        &self,
        user: &User,
        code: &StoredCode,
        act: &Act,
    ) -> Result<bool, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let update =
            "UPDATE user_recovery_codes SET used_at = ? WHERE user_id = ? AND hash = ? AND used_at IS NULL";
        let update = sqlx::query(update).bind(act.at.0).bind(user.number).bind(&code.hash);
        let accepted = update.execute(&mut *transaction).await?.rows_affected() > 0;
        if accepted {
            let left = "SELECT count(*) FROM user_recovery_codes WHERE user_id = ? AND used_at IS NULL";
            let left: i64 = sqlx::query_scalar(left).bind(user.number).fetch_one(&mut *transaction).await?;
            let after = Some(json!({ "codes_left": left }));
            self.audit.write(&mut transaction, act, Subject { after, ..subject(user) }).await?;
            transaction.commit().await?;
        }
        Ok(accepted)
    }
}

/// Puts new codes in the place of whatever there was.
pub(super) async fn replace(
    connection: &mut SqliteConnection,
    user: i64,
    codes: &[StoredCode],
) -> Result<(), StoreError> {
    let delete = sqlx::query("DELETE FROM user_recovery_codes WHERE user_id = ?").bind(user);
    delete.execute(&mut *connection).await?;
    for code in codes {
        let insert = "INSERT INTO user_recovery_codes (user_id, hash, salt) VALUES (?, ?, ?)";
        let insert = sqlx::query(insert).bind(user).bind(&code.hash).bind(&code.salt);
        insert.execute(&mut *connection).await?;
    }
    Ok(())
}
