//! Users, and the invitations by which they choose a password.

use model::Timestamp;
use serde_json::json;
use sqlx::{Connection, FromRow, SqliteConnection};
use uuid::Uuid;

use super::recovery;
use crate::{Act, Store, StoreError, StoredCode, audit::Subject, provider::fold};

/// What a user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Everything.
    SuperAdmin,
    /// Log in, and nothing of the administration.
    User,
}

/// A user as may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The specification's integer id.
    pub number: i64,
    /// Stable identity.
    pub id: Uuid,
    /// By which the person logs in.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// Whether the invitation was taken up.
    pub can_log_in: bool,
}

/// What a login is judged by. It has no `Debug`.
pub struct Login {
    /// Who it would be.
    pub user: User,
    /// PHC string.
    pub password_hash: String,
    /// Sealed.
    pub totp_secret: Vec<u8>,
}

/// Lets a user choose a password, once.
pub struct Invitation {
    /// SHA-256 of the token.
    pub digest: [u8; 32],
    /// It is void from then on.
    pub expires_at: Timestamp,
}

/// Why a user was not made, or not removed.
#[derive(Debug, thiserror::Error)]
pub enum UserError {
    /// The name has no letters, or more than 80.
    #[error("a user's name has 1 to 80 characters")]
    Name,
    /// It is the last who may administrate.
    #[error("this is the last super_admin")]
    Last,
    /// There is none of this name.
    #[error("there is no such user")]
    Unknown,
    /// There is one of this name already.
    #[error("there is a user of this name already")]
    Taken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why an invitation was not taken up.
#[derive(Debug, thiserror::Error)]
pub enum TakeUpError {
    /// It was never made, is used, or too old.
    #[error("this one-time token is not valid")]
    Invalid,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Role {
    /// The name in the database and the remote API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SuperAdmin => "super_admin",
            Self::User => "user",
        }
    }
}

#[derive(FromRow)]
pub(crate) struct UserRow {
    id: i64,
    uuid: String,
    name: String,
    role: String,
    pub(crate) password_hash: Option<String>,
    pub(crate) totp_secret_encrypted: Option<Vec<u8>>,
}

pub(crate) const SELECT: &str =
    "SELECT id, uuid, name, role, password_hash, totp_secret_encrypted FROM users";

impl UserRow {
    pub(crate) fn user(&self) -> Result<User, StoreError> {
        let roles = [Role::SuperAdmin, Role::User];
        Ok(User {
            number: self.id,
            id: self.uuid.parse().map_err(|_| StoreError::Damaged)?,
            name: self.name.clone(),
            role: roles.into_iter().find(|role| role.as_str() == self.role).ok_or(StoreError::Damaged)?,
            can_log_in: self.password_hash.is_some(),
        })
    }
}

impl Store {
    /// All users by name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn users(&self) -> Result<Vec<User>, StoreError> {
        let select = sqlx::AssertSqlSafe(format!("{SELECT} ORDER BY name_folded"));
        let rows: Vec<UserRow> = sqlx::query_as(select).fetch_all(&mut *self.connection().await?).await?;
        rows.iter().map(UserRow::user).collect()
    }

    /// What a login by this name is judged by, if anyone of this name can log in.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn login_of(&self, name: &str) -> Result<Option<Login>, StoreError> {
        let select = sqlx::AssertSqlSafe(format!("{SELECT} WHERE name_folded = ? AND disabled_at IS NULL"));
        let query = sqlx::query_as(select).bind(fold(name.trim()));
        let row: Option<UserRow> = query.fetch_optional(&mut *self.connection().await?).await?;
        let Some(row) = row else { return Ok(None) };
        let user = row.user()?;
        let kept = row.password_hash.zip(row.totp_secret_encrypted);
        Ok(kept.map(|(password_hash, totp_secret)| Login { user, password_hash, totp_secret }))
    }

    /// Makes a user, or invites one that is there to choose a new password; the old one holds until that is done. Whoever was
    /// disabled may then come back.
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
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await.map_err(StoreError::from)?;
        let before = by_name(&mut transaction, &name).await?.map(|row| row.user()).transpose()?;
        if before.as_ref().is_some_and(|user| user.role == Role::SuperAdmin && role != Role::SuperAdmin) {
            require_another(&mut transaction, &name).await?;
        }
        let upsert = "INSERT INTO users (uuid, name, name_folded, role, created_at, updated_at)
                      VALUES (?1, ?2, ?3, ?4, ?5, ?5)
                      ON CONFLICT (name_folded) DO UPDATE SET role = excluded.role, updated_at = excluded.updated_at,
                          disabled_at = NULL";
        let upsert = sqlx::query(upsert).bind(Uuid::now_v7().to_string()).bind(&name).bind(fold(&name));
        let upsert = upsert.bind(role.as_str()).bind(act.at.0);
        upsert.execute(&mut *transaction).await.map_err(StoreError::from)?;
        let user = by_name(&mut transaction, &name).await?.ok_or(StoreError::Gone)?.user()?;
        let insert = "INSERT INTO invitations (user_id, digest, expires_at) VALUES (?, ?, ?)
                      ON CONFLICT (user_id) DO UPDATE SET digest = excluded.digest, expires_at = excluded.expires_at";
        let insert = sqlx::query(insert).bind(user.number).bind(&invitation.digest[..]);
        let insert = insert.bind(invitation.expires_at.0);
        insert.execute(&mut *transaction).await.map_err(StoreError::from)?;
        // Whoever was more before is out at once.
        if before.as_ref().is_some_and(|before| before.role != role) {
            end_sessions(&mut transaction, user.number).await?;
        }
        let shown = |user: &User| json!({ "role": user.role.as_str() });
        let subject =
            Subject { before: before.as_ref().map(shown), after: Some(shown(&user)), ..subject(&user) };
        self.audit.write(&mut transaction, act, subject).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(user)
    }

    /// Whom an invitation is for, while it is valid.
    ///
    /// # Errors
    /// See [`TakeUpError`].
    pub async fn invited(&self, digest: &[u8; 32], now: Timestamp) -> Result<User, TakeUpError> {
        invited(&mut *self.connection().await?, digest, now).await
    }

    /// Gives an invited user a password, a second factor and recovery codes. The invitation is then used, older codes are void, and older
    /// sessions end.
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
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await.map_err(StoreError::from)?;
        let user = invited(&mut transaction, digest, act.at).await?;
        let update = "UPDATE users SET password_hash = ?, totp_secret_encrypted = ?, last_step = 0, updated_at = ? WHERE id = ?";
        let update =
            sqlx::query(update).bind(password_hash).bind(totp_secret).bind(act.at.0).bind(user.number);
        update.execute(&mut *transaction).await.map_err(StoreError::from)?;
        let delete = sqlx::query("DELETE FROM invitations WHERE user_id = ?").bind(user.number);
        delete.execute(&mut *transaction).await.map_err(StoreError::from)?;
        recovery::replace(&mut transaction, user.number, codes).await?;
        end_sessions(&mut transaction, user.number).await?;
        self.audit.write(&mut transaction, act, subject(&user)).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(User { can_log_in: true, ..user })
    }

    /// Changes a password. Every session of the user ends.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_password(&self, user: &User, password_hash: &str, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let update =
            "UPDATE users SET password_hash = ?, updated_at = ? WHERE id = ? AND password_hash IS NOT NULL";
        let update = sqlx::query(update).bind(password_hash).bind(act.at.0).bind(user.number);
        if update.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Err(StoreError::Gone);
        }
        end_sessions(&mut transaction, user.number).await?;
        self.audit.write(&mut transaction, act, subject(user)).await?;
        Ok(transaction.commit().await?)
    }

    /// Removes a user with all sessions. The last super_admin stays.
    ///
    /// # Errors
    /// See [`UserError`].
    pub async fn remove_user(&self, name: &str, act: &Act) -> Result<(), UserError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await.map_err(StoreError::from)?;
        let user = by_name(&mut transaction, name).await?.ok_or(UserError::Unknown)?.user()?;
        if user.role == Role::SuperAdmin {
            require_another(&mut transaction, name).await?;
        }
        let delete = sqlx::query("DELETE FROM users WHERE id = ?").bind(user.number);
        delete.execute(&mut *transaction).await.map_err(StoreError::from)?;
        self.audit.write(&mut transaction, act, subject(&user)).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(())
    }

    /// A code of this step was right. Says whether it is accepted: never one of that step or of an earlier one again.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn accept_step_of(&self, user: &User, step: i64) -> Result<bool, StoreError> {
        let update = "UPDATE users SET last_step = ?1 WHERE id = ?2 AND last_step < ?1";
        let update = sqlx::query(update).bind(step).bind(user.number);
        Ok(update.execute(&mut *self.connection().await?).await?.rows_affected() > 0)
    }
}

pub(crate) fn subject(user: &User) -> Subject<'_> {
    Subject { target: Some(user.id.to_string()), name: Some(&user.name), ..Subject::default() }
}

pub(super) async fn end_sessions(connection: &mut SqliteConnection, user: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE user_id = ?").bind(user).execute(connection).await?;
    Ok(())
}

async fn by_name(connection: &mut SqliteConnection, name: &str) -> Result<Option<UserRow>, StoreError> {
    let select = sqlx::AssertSqlSafe(format!("{SELECT} WHERE name_folded = ?"));
    Ok(sqlx::query_as(select).bind(fold(name.trim())).fetch_optional(connection).await?)
}

async fn invited(
    connection: &mut SqliteConnection,
    digest: &[u8; 32],
    now: Timestamp,
) -> Result<User, TakeUpError> {
    let select = sqlx::AssertSqlSafe(format!(
        "{SELECT} WHERE id = (SELECT user_id FROM invitations WHERE digest = ? AND expires_at > ?) AND disabled_at IS NULL"
    ));
    let found = sqlx::query_as(select).bind(&digest[..]).bind(now.0).fetch_optional(connection);
    let row: Option<UserRow> = found.await.map_err(StoreError::from)?;
    Ok(row.ok_or(TakeUpError::Invalid)?.user()?)
}

/// Another super_admin who can log in.
pub(super) async fn require_another(connection: &mut SqliteConnection, name: &str) -> Result<(), UserError> {
    let select = "SELECT EXISTS (SELECT 1 FROM users
                  WHERE role = 'super_admin' AND password_hash IS NOT NULL AND disabled_at IS NULL AND name_folded <> ?)";
    let another = sqlx::query_scalar(select).bind(fold(name.trim())).fetch_one(connection).await;
    if another.map_err(StoreError::from)? { Ok(()) } else { Err(UserError::Last) }
}
