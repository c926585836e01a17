//! Users and invitations: the same rules as `access::users`.

use model::Timestamp;
use serde_json::json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::{PgStore, recovery, text::clean};
use crate::{
    Act, Invitation, Login, Role, StoreError, StoredCode, TakeUpError, User, UserError,
    access::users::{SELECT, UserRow, subject},
    audit::Subject,
    provider::fold,
};

impl PgStore {
    /// As [`Store::users`](crate::Store::users).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn users(&self) -> Result<Vec<User>, StoreError> {
        // By bytes, as the embedded database does, whatever the database's locale.
        let select = AssertSqlSafe(format!("{SELECT} ORDER BY name_folded COLLATE \"C\""));
        let rows: Vec<UserRow> = sqlx::query_as(select).fetch_all(&self.pool()).await?;
        rows.iter().map(UserRow::user).collect()
    }

    /// As [`Store::login_of`](crate::Store::login_of).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn login_of(&self, name: &str) -> Result<Option<Login>, StoreError> {
        let select = AssertSqlSafe(format!("{SELECT} WHERE name_folded = $1 AND disabled_at IS NULL"));
        let name = fold(name.trim());
        let row: Option<UserRow> =
            sqlx::query_as(select).bind(clean(&name)).fetch_optional(&self.pool()).await?;
        let Some(row) = row else { return Ok(None) };
        let user = row.user()?;
        let kept = row.password_hash.zip(row.totp_secret_encrypted);
        Ok(kept.map(|(password_hash, totp_secret)| Login { user, password_hash, totp_secret }))
    }

    /// As [`Store::invite`](crate::Store::invite).
    ///
    /// # Errors
    /// See [`UserError`].
    pub async fn invite(
        &self,
        name: &str,
        role: Role,
        invitation: &Invitation,
        act: &Act,
    ) -> Result<User, UserError> {
        let name = model::text::check(name, 80, false).map_err(|_| UserError::Name)?;
        if name.is_empty() {
            return Err(UserError::Name);
        }
        let mut transaction = self.change().await?;
        let before = by_name(&mut transaction, &name).await?.map(|row| row.user()).transpose()?;
        if before.as_ref().is_some_and(|user| user.role == Role::SuperAdmin && role != Role::SuperAdmin) {
            require_another(&mut transaction, &name).await?;
        }
        write(&mut transaction, before.as_ref(), (&name, role), act.at).await?;
        let user = by_name(&mut transaction, &name).await?.ok_or(StoreError::Gone)?.user()?;
        write_invitation(&mut transaction, user.number, invitation).await?;
        // Whoever was more before is out at once.
        if before.as_ref().is_some_and(|before| before.role != role) {
            end_sessions(&mut transaction, user.number).await?;
        }
        let shown = |user: &User| json!({ "role": user.role.as_str() });
        let subject =
            Subject { before: before.as_ref().map(shown), after: Some(shown(&user)), ..subject(&user) };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(user)
    }

    /// As [`Store::invited`](crate::Store::invited).
    ///
    /// # Errors
    /// See [`TakeUpError`].
    pub async fn invited(&self, digest: &[u8; 32], now: Timestamp) -> Result<User, TakeUpError> {
        let mut connection = self.pool().acquire().await.map_err(StoreError::from)?;
        invited(&mut connection, digest, now).await
    }

    /// As [`Store::take_up`](crate::Store::take_up).
    ///
    /// # Errors
    /// See [`TakeUpError`].
    pub async fn take_up(
        &self,
        digest: &[u8; 32],
        (password_hash, totp_secret): (&str, &[u8]),
        codes: &[StoredCode],
        act: &Act,
    ) -> Result<User, TakeUpError> {
        let mut transaction = self.change().await?;
        let user = invited(&mut transaction, digest, act.at).await?;
        let update =
            "UPDATE users SET password_hash = $1, totp_secret_encrypted = $2, last_step = 0, updated_at = $3
                      WHERE id = $4";
        let update =
            sqlx::query(update).bind(password_hash).bind(totp_secret).bind(act.at.0).bind(user.number);
        update.execute(&mut *transaction).await.map_err(StoreError::from)?;
        let delete = sqlx::query("DELETE FROM invitations WHERE user_id = $1").bind(user.number);
        delete.execute(&mut *transaction).await.map_err(StoreError::from)?;
        recovery::replace(&mut transaction, user.number, codes).await?;
        end_sessions(&mut transaction, user.number).await?;
        self.audit.write_shared(&mut transaction, act, subject(&user)).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(User { can_log_in: true, ..user })
    }

    /// As [`Store::set_password`](crate::Store::set_password).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_password(&self, user: &User, password_hash: &str, act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let update = "UPDATE users SET password_hash = $1, updated_at = $2 WHERE id = $3 AND password_hash IS NOT NULL";
        let update = sqlx::query(update).bind(password_hash).bind(act.at.0).bind(user.number);
        if update.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Err(StoreError::Gone);
        }
        end_sessions(&mut transaction, user.number).await?;
        self.audit.write_shared(&mut transaction, act, subject(user)).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::remove_user`](crate::Store::remove_user).
    ///
    /// # Errors
    /// See [`UserError`].
    pub async fn remove_user(&self, name: &str, act: &Act) -> Result<(), UserError> {
        let mut transaction = self.change().await?;
        let user = by_name(&mut transaction, name).await?.ok_or(UserError::Unknown)?.user()?;
        if user.role == Role::SuperAdmin {
            require_another(&mut transaction, name).await?;
        }
        let delete = sqlx::query("DELETE FROM users WHERE id = $1").bind(user.number);
        delete.execute(&mut *transaction).await.map_err(StoreError::from)?;
        self.audit.write_shared(&mut transaction, act, subject(&user)).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(())
    }

    /// As [`Store::accept_step_of`](crate::Store::accept_step_of): of two servers that are shown one code at once, one accepts it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn accept_step_of(&self, user: &User, step: i64) -> Result<bool, StoreError> {
        let update = "UPDATE users SET last_step = $1 WHERE id = $2 AND last_step < $1";
        let update = sqlx::query(update).bind(step).bind(user.number);
        Ok(update.execute(&self.pool()).await?.rows_affected() > 0)
    }
}

/// Not as one upsert: that would use up a number with each invitation.
async fn write(
    connection: &mut PgConnection,
    before: Option<&User>,
    (name, role): (&str, Role),
    at: Timestamp,
) -> Result<(), StoreError> {
    let query = match before {
        Some(user) => {
            sqlx::query("UPDATE users SET role = $1, updated_at = $2, disabled_at = NULL WHERE id = $3")
                .bind(role.as_str())
                .bind(at.0)
                .bind(user.number)
        }
        None => {
            let insert = "INSERT INTO users (role, created_at, updated_at, uuid, name, name_folded)
                          VALUES ($1, $2, $2, $3, $4, $5)";
            let insert = sqlx::query(insert).bind(role.as_str()).bind(at.0);
            insert.bind(Uuid::now_v7().to_string()).bind(name).bind(fold(name))
        }
    };
    query.execute(connection).await?;
    Ok(())
}

pub(super) async fn end_sessions(connection: &mut PgConnection, user: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE user_id = $1").bind(user).execute(connection).await?;
    Ok(())
}

pub(super) async fn write_invitation(
    connection: &mut PgConnection,
    user: i64,
    invitation: &Invitation,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO invitations (user_id, digest, expires_at) VALUES ($1, $2, $3)
                  ON CONFLICT (user_id) DO UPDATE SET digest = excluded.digest, expires_at = excluded.expires_at";
    let insert = sqlx::query(insert).bind(user).bind(&invitation.digest[..]).bind(invitation.expires_at.0);
    insert.execute(connection).await?;
    Ok(())
}

async fn by_name(connection: &mut PgConnection, name: &str) -> Result<Option<UserRow>, StoreError> {
    let select = AssertSqlSafe(format!("{SELECT} WHERE name_folded = $1"));
    let name = fold(name.trim());
    Ok(sqlx::query_as(select).bind(clean(&name)).fetch_optional(connection).await?)
}

async fn invited(
    connection: &mut PgConnection,
    digest: &[u8; 32],
    now: Timestamp,
) -> Result<User, TakeUpError> {
    let select = AssertSqlSafe(format!(
        "{SELECT} WHERE id = (SELECT user_id FROM invitations WHERE digest = $1 AND expires_at > $2)
             AND disabled_at IS NULL"
    ));
    let found = sqlx::query_as(select).bind(&digest[..]).bind(now.0).fetch_optional(connection);
    let row: Option<UserRow> = found.await.map_err(StoreError::from)?;
    Ok(row.ok_or(TakeUpError::Invalid)?.user()?)
}

/// Another super_admin who can log in.
pub(super) async fn require_another(connection: &mut PgConnection, name: &str) -> Result<(), UserError> {
    let select = "SELECT EXISTS (SELECT 1 FROM users
                  WHERE role = 'super_admin' AND password_hash IS NOT NULL AND disabled_at IS NULL AND name_folded <> $1)";
    let name = fold(name.trim());
    let another = sqlx::query_scalar(select).bind(clean(&name)).fetch_one(connection).await;
    if another.map_err(StoreError::from)? { Ok(()) } else { Err(UserError::Last) }
}
