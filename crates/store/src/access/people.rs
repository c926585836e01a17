//! Users as super_admins administrate them: by number, against the revision that was seen.

use model::Timestamp;
use serde_json::{Value, json};
use sqlx::{Connection, FromRow, SqliteConnection};
use uuid::Uuid;

use super::{
    sessions::{IDLE_MS, WHOLE_MS},
    users::{Invitation, Role, User, UserError, UserRow, end_sessions, require_another, subject},
};
use crate::{Act, Store, StoreError, audit::Subject, audit::differences, provider::fold};

/// A user as the administration shows one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub user: User,
    /// Rises by one with each change of role, password or lock.
    pub revision: i64,
    /// Since when nobody logs in by this name.
    pub disabled_at: Option<Timestamp>,
    /// Until when a one-time token can be taken up, if one was made and was not.
    pub invited_until: Option<Timestamp>,
    /// Sessions that go on.
    pub sessions: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A change of a user; what is `None` stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PersonChange {
    /// What the user may do.
    pub role: Option<Role>,
    /// Whether the user may log in.
    pub is_active: Option<bool>,
}

#[derive(FromRow)]
pub(crate) struct PersonRow {
    #[sqlx(flatten)]
    user: UserRow,
    revision: i64,
    disabled_at: Option<i64>,
    invited_until: Option<i64>,
    sessions: i64,
    created_at: i64,
    updated_at: i64,
}

pub(crate) const SELECT: &str = "
    SELECT u.id, u.uuid, u.name, u.role, u.password_hash, u.totp_secret_encrypted, u.revision, u.disabled_at,
        u.created_at, u.updated_at,
        (SELECT expires_at FROM invitations i WHERE i.user_id = u.id AND i.expires_at > ?3) AS invited_until,
        (SELECT count(*) FROM sessions s WHERE s.user_id = u.id AND s.used_at > ?1 AND s.created_at > ?2) AS sessions
    FROM users u";

impl PersonRow {
    pub(crate) fn into_person(self) -> Result<Person, StoreError> {
        Ok(Person {
            user: self.user.user()?,
            revision: self.revision,
            disabled_at: self.disabled_at.map(Timestamp),
            invited_until: self.invited_until.map(Timestamp),
            sessions: self.sessions.unsigned_abs(),
            created_at: Timestamp(self.created_at),
            updated_at: Timestamp(self.updated_at),
        })
    }
}

impl Store {
    /// All users by number.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn people(&self, now: Timestamp) -> Result<Vec<Person>, StoreError> {
        let select = sqlx::AssertSqlSafe(format!("{SELECT} ORDER BY u.id"));
        let query = sqlx::query_as(select).bind(now.0 - IDLE_MS).bind(now.0 - WHOLE_MS).bind(now.0);
        let rows: Vec<PersonRow> = query.fetch_all(&mut *self.connection().await?).await?;
        rows.into_iter().map(PersonRow::into_person).collect()
    }

    /// One user by number.
    ///
    /// # Errors
    /// [`UserError::Unknown`], or those of the database.
    pub async fn person(&self, number: i64, now: Timestamp) -> Result<Person, UserError> {
        find(&mut *self.connection().await?, number, now).await
    }

    /// Makes a user who may choose a password by an invitation.
    ///
    /// # Errors
    /// [`UserError::Taken`], [`UserError::Name`], or those of the database.
    pub async fn add_person(
        &self,
        name: &str,
        role: Role,
        invitation: &Invitation,
        act: &Act,
    ) -> Result<Person, UserError> {
        let name = model::text::check(name, 80, false).map_err(|_| UserError::Name)?;
        if name.is_empty() {
            return Err(UserError::Name);
        }
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await.map_err(StoreError::from)?;
        let insert = "INSERT INTO users (uuid, name, name_folded, role, created_at, updated_at)
                      VALUES (?1, ?2, ?3, ?4, ?5, ?5) RETURNING id";
        let insert =
            sqlx::query_scalar(insert).bind(Uuid::now_v7().to_string()).bind(&name).bind(fold(&name));
        let inserted = insert.bind(role.as_str()).bind(act.at.0).fetch_one(&mut *transaction).await;
        let number: i64 = inserted.map_err(|error| {
            let taken = error.as_database_error().is_some_and(|error| error.is_unique_violation());
            if taken { UserError::Taken } else { StoreError::from(error).into() }
        })?;
        write_invitation(&mut transaction, number, invitation).await?;
        let person = find(&mut transaction, number, act.at).await?;
        let after = Some(audited(&person));
        self.audit.write(&mut transaction, act, Subject { after, ..subject(&person.user) }).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(person)
    }

    /// Lets a user choose a new password and second factor. The old ones hold until that is done.
    ///
    /// # Errors
    /// [`UserError::Unknown`], or those of the database.
    pub async fn invite_person(
        &self,
        number: i64,
        invitation: &Invitation,
        act: &Act,
    ) -> Result<Person, UserError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await.map_err(StoreError::from)?;
        find(&mut transaction, number, act.at).await?;
        write_invitation(&mut transaction, number, invitation).await?;
        let person = find(&mut transaction, number, act.at).await?;
        self.audit.write(&mut transaction, act, subject(&person.user)).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(person)
    }

    /// Changes a user whom nobody else changed since. Whoever may do less, or something else, is out at once. The last
    /// super_admin who can log in stays one.
    ///
    /// # Errors
    /// See [`UserError`].
    pub async fn change_person(
        &self,
        (number, revision): (i64, i64),
        change: PersonChange,
        act: &Act,
    ) -> Result<Person, UserError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await.map_err(StoreError::from)?;
        let before = expect(&mut transaction, (number, revision), act.at).await?;
        let role = change.role.unwrap_or(before.user.role);
        let is_active = change.is_active.unwrap_or(before.disabled_at.is_none());
        if (role, is_active) == (before.user.role, before.disabled_at.is_none()) {
            return Ok(before);
        }
        if before.user.role == Role::SuperAdmin && (role != Role::SuperAdmin || !is_active) {
            require_another(&mut transaction, &before.user.name).await?;
        }
        let disabled_at = (!is_active).then_some(before.disabled_at.unwrap_or(act.at).0);
        let update = "UPDATE users SET role = ?, disabled_at = ?, updated_at = ? WHERE id = ?";
        let update = sqlx::query(update).bind(role.as_str()).bind(disabled_at).bind(act.at.0).bind(number);
        update.execute(&mut *transaction).await.map_err(StoreError::from)?;
        end_sessions(&mut transaction, number).await?;
        let after = find(&mut transaction, number, act.at).await?;
        let (was, is) = differences(&audited(&before), &audited(&after));
        let subject = Subject { before: Some(was), after: Some(is), ..subject(&after.user) };
        self.audit.write(&mut transaction, act, subject).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(after)
    }

    /// Deletes a user whom nobody else changed since, with all sessions. The last super_admin who can log in stays.
    ///
    /// # Errors
    /// See [`UserError`].
    pub async fn delete_person(&self, (number, revision): (i64, i64), act: &Act) -> Result<(), UserError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await.map_err(StoreError::from)?;
        let before = expect(&mut transaction, (number, revision), act.at).await?;
        if before.user.role == Role::SuperAdmin {
            require_another(&mut transaction, &before.user.name).await?;
        }
        let delete = sqlx::query("DELETE FROM users WHERE id = ?").bind(number);
        delete.execute(&mut *transaction).await.map_err(StoreError::from)?;
        let was = Some(audited(&before));
        self.audit.write(&mut transaction, act, Subject { before: was, ..subject(&before.user) }).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(())
    }
}

async fn find(connection: &mut SqliteConnection, number: i64, now: Timestamp) -> Result<Person, UserError> {
    let select = sqlx::AssertSqlSafe(format!("{SELECT} WHERE u.id = ?4"));
    let query = sqlx::query_as(select).bind(now.0 - IDLE_MS).bind(now.0 - WHOLE_MS).bind(now.0);
    let row: Option<PersonRow> =
        query.bind(number).fetch_optional(connection).await.map_err(StoreError::from)?;
    Ok(row.ok_or(UserError::Unknown)?.into_person()?)
}

async fn expect(
    connection: &mut SqliteConnection,
    (number, revision): (i64, i64),
    now: Timestamp,
) -> Result<Person, UserError> {
    let person = find(connection, number, now).await?;
    if person.revision == revision { Ok(person) } else { Err(StoreError::Conflict.into()) }
}

pub(super) async fn write_invitation(
    connection: &mut SqliteConnection,
    number: i64,
    invitation: &Invitation,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO invitations (user_id, digest, expires_at) VALUES (?, ?, ?)
                  ON CONFLICT (user_id) DO UPDATE SET digest = excluded.digest, expires_at = excluded.expires_at";
    let insert = sqlx::query(insert).bind(number).bind(&invitation.digest[..]).bind(invitation.expires_at.0);
    insert.execute(connection).await?;
    Ok(())
}

pub(crate) fn audited(person: &Person) -> Value {
    json!({ "role": person.user.role.as_str(), "is_active": person.disabled_at.is_none() })
}
