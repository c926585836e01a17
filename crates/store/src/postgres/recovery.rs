//! A user's recovery codes: the same rules as `access::recovery`.

use serde_json::json;
use sqlx::PgConnection;

use super::PgStore;
use crate::{Act, StoreError, StoredCode, User, access::users::subject, audit::Subject};

impl PgStore {
    /// As [`Store::recovery_codes_of`](crate::Store::recovery_codes_of).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn recovery_codes_of(&self, user: i64) -> Result<Vec<StoredCode>, StoreError> {
        let select = "SELECT salt, hash FROM user_recovery_codes WHERE user_id = $1 AND used_at IS NULL";
        Ok(sqlx::query_as(select).bind(user).fetch_all(&self.pool()).await?)
    }

    /// As [`Store::replace_recovery_codes_of`](crate::Store::replace_recovery_codes_of).
    ///
    /// # Errors
    /// As there.
    pub async fn replace_recovery_codes_of(
        &self,
        user: &User,
        codes: &[StoredCode],
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let select = "SELECT count(*) FROM users WHERE id = $1 AND password_hash IS NOT NULL";
        let known: i64 = sqlx::query_scalar(select).bind(user.number).fetch_one(&mut *transaction).await?;
        if known == 0 {
            return Err(StoreError::Gone);
        }
        replace(&mut transaction, user.number, codes).await?;
        let after = Some(json!({ "codes_left": codes.len() }));
        self.audit.write_shared(&mut transaction, act, Subject { after, ..subject(user) }).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::accept_recovery_code_of`](crate::Store::accept_recovery_code_of): of two servers that are shown one code at once, one
    /// accepts it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn accept_recovery_code_of(
        &self,
        user: &User,
        code: &StoredCode,
        act: &Act,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.change().await?;
        let update = "UPDATE user_recovery_codes SET used_at = $1 WHERE user_id = $2 AND hash = $3 AND used_at IS NULL";
        let update = sqlx::query(update).bind(act.at.0).bind(user.number).bind(&code.hash);
        let accepted = update.execute(&mut *transaction).await?.rows_affected() > 0;
        if accepted {
            let left = "SELECT count(*) FROM user_recovery_codes WHERE user_id = $1 AND used_at IS NULL";
            let left: i64 = sqlx::query_scalar(left).bind(user.number).fetch_one(&mut *transaction).await?;
            let after = Some(json!({ "codes_left": left }));
            self.audit.write_shared(&mut transaction, act, Subject { after, ..subject(user) }).await?;
            transaction.commit().await?;
        }
        Ok(accepted)
    }
}

/// Puts new codes in the place of whatever there was.
pub(super) async fn replace(
    connection: &mut PgConnection,
    user: i64,
    codes: &[StoredCode],
) -> Result<(), StoreError> {
    let delete = sqlx::query("DELETE FROM user_recovery_codes WHERE user_id = $1").bind(user);
    delete.execute(&mut *connection).await?;
    for code in codes {
        let insert = "INSERT INTO user_recovery_codes (user_id, hash, salt) VALUES ($1, $2, $3)";
        let insert = sqlx::query(insert).bind(user).bind(&code.hash).bind(&code.salt);
        insert.execute(&mut *connection).await?;
    }
    Ok(())
}
