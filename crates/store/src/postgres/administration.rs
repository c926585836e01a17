//! Users by number, and the sessions of one: the same rules as `access::people` and `access::lists`.

use model::Timestamp;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::{
    PgStore,
    people::{end_sessions, require_another, write_invitation},
};
use crate::{
    Act, Invitation, ListedSession, Person, PersonChange, Role, StoreError, User, UserError,
    access::{
        lists::ListedRow,
        people::{PersonRow, SELECT, audited},
        sessions::{IDLE_MS, WHOLE_MS},
        users::subject,
    },
    audit::{Subject, differences},
    provider::fold,
};

impl PgStore {
    /// As [`Store::people`](crate::Store::people).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn people(&self, now: Timestamp) -> Result<Vec<Person>, StoreError> {
        let select = AssertSqlSafe(format!("{} ORDER BY u.id", select()));
        let query = sqlx::query_as(select).bind(now.0 - IDLE_MS).bind(now.0 - WHOLE_MS).bind(now.0);
        let rows: Vec<PersonRow> = query.fetch_all(&self.pool()).await?;
        rows.into_iter().map(PersonRow::into_person).collect()
    }

    /// As [`Store::person`](crate::Store::person).
    ///
    /// # Errors
    /// [`UserError::Unknown`], or those of the database.
    pub async fn person(&self, number: i64, now: Timestamp) -> Result<Person, UserError> {
        let mut connection = self.pool().acquire().await.map_err(StoreError::from)?;
        find(&mut connection, number, now).await
    }

    /// As [`Store::add_person`](crate::Store::add_person).
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
        let mut transaction = self.change().await?;
        // A name that is taken uses no number up.
        let insert = "INSERT INTO users (uuid, name, name_folded, role, created_at, updated_at)
                      SELECT $1, $2, $3, $4, $5, $5 WHERE NOT EXISTS (SELECT 1 FROM users WHERE name_folded = $3)
                      RETURNING id";
        let insert =
            sqlx::query_scalar(insert).bind(Uuid::now_v7().to_string()).bind(&name).bind(fold(&name));
        let inserted = insert.bind(role.as_str()).bind(act.at.0).fetch_optional(&mut *transaction).await;
        let number: i64 = inserted.map_err(StoreError::from)?.ok_or(UserError::Taken)?;
        write_invitation(&mut transaction, number, invitation).await?;
        let person = find(&mut transaction, number, act.at).await?;
        let after = Some(audited(&person));
        self.audit.write_shared(&mut transaction, act, Subject { after, ..subject(&person.user) }).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(person)
    }

    /// As [`Store::invite_person`](crate::Store::invite_person).
    ///
    /// # Errors
    /// [`UserError::Unknown`], or those of the database.
    pub async fn invite_person(
        &self,
        number: i64,
        invitation: &Invitation,
        act: &Act,
    ) -> Result<Person, UserError> {
        let mut transaction = self.change().await?;
        find(&mut transaction, number, act.at).await?;
        write_invitation(&mut transaction, number, invitation).await?;
        let person = find(&mut transaction, number, act.at).await?;
        self.audit.write_shared(&mut transaction, act, subject(&person.user)).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(person)
    }

    /// As [`Store::change_person`](crate::Store::change_person).
    ///
    /// # Errors
    /// See [`UserError`].
    pub async fn change_person(
        &self,
        seen: (i64, i64),
        change: PersonChange,
        act: &Act,
    ) -> Result<Person, UserError> {
        let mut transaction = self.change().await?;
        let before = expect(&mut transaction, seen, act.at).await?;
        let role = change.role.unwrap_or(before.user.role);
        let is_active = change.is_active.unwrap_or(before.disabled_at.is_none());
        if (role, is_active) == (before.user.role, before.disabled_at.is_none()) {
            return Ok(before);
        }
        if before.user.role == Role::SuperAdmin && (role != Role::SuperAdmin || !is_active) {
            require_another(&mut transaction, &before.user.name).await?;
        }
        let disabled_at = (!is_active).then_some(before.disabled_at.unwrap_or(act.at).0);
        let update = "UPDATE users SET role = $1, disabled_at = $2, updated_at = $3 WHERE id = $4";
        let update = sqlx::query(update).bind(role.as_str()).bind(disabled_at).bind(act.at.0).bind(seen.0);
        update.execute(&mut *transaction).await.map_err(StoreError::from)?;
        end_sessions(&mut transaction, seen.0).await?;
        let after = find(&mut transaction, seen.0, act.at).await?;
        let (was, is) = differences(&audited(&before), &audited(&after));
        let subject = Subject { before: Some(was), after: Some(is), ..subject(&after.user) };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(after)
    }

    /// As [`Store::delete_person`](crate::Store::delete_person).
    ///
    /// # Errors
    /// See [`UserError`].
    pub async fn delete_person(&self, seen: (i64, i64), act: &Act) -> Result<(), UserError> {
        let mut transaction = self.change().await?;
        let before = expect(&mut transaction, seen, act.at).await?;
        if before.user.role == Role::SuperAdmin {
            require_another(&mut transaction, &before.user.name).await?;
        }
        let delete = sqlx::query("DELETE FROM users WHERE id = $1").bind(seen.0);
        delete.execute(&mut *transaction).await.map_err(StoreError::from)?;
        let was = Some(audited(&before));
        let subject = Subject { before: was, ..subject(&before.user) };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(())
    }

    /// As [`Store::sessions_of`](crate::Store::sessions_of).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sessions_of(&self, user: i64, now: Timestamp) -> Result<Vec<ListedSession>, StoreError> {
        let select = "SELECT uuid, created_at, used_at, proven_at, ip_address FROM sessions
                      WHERE user_id = $1 AND used_at > $2 AND created_at > $3
                      ORDER BY created_at DESC, uuid COLLATE \"C\" DESC";
        let query = sqlx::query_as(select).bind(user).bind(now.0 - IDLE_MS).bind(now.0 - WHOLE_MS);
        let rows: Vec<ListedRow> = query.fetch_all(&self.pool()).await?;
        rows.into_iter().map(ListedRow::into_session).collect()
    }

    /// As [`Store::end_own_session`](crate::Store::end_own_session).
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn end_own_session(&self, user: &User, session: Uuid, act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let delete =
            "DELETE FROM sessions WHERE uuid = $1 AND user_id = $2 AND used_at > $3 AND created_at > $4";
        let delete = sqlx::query(delete).bind(session.to_string()).bind(user.number);
        let delete = delete.bind(act.at.0 - IDLE_MS).bind(act.at.0 - WHOLE_MS);
        if delete.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Err(StoreError::Gone);
        }
        let before = Some(serde_json::json!({ "session": session }));
        self.audit.write_shared(&mut transaction, act, Subject { before, ..subject(user) }).await?;
        Ok(transaction.commit().await?)
    }
}

/// The embedded database's question, with this one's marks for what is bound.
fn select() -> String {
    SELECT.replace('?', "$")
}

async fn find(connection: &mut PgConnection, number: i64, now: Timestamp) -> Result<Person, UserError> {
    let select = AssertSqlSafe(format!("{} WHERE u.id = $4", select()));
    let query = sqlx::query_as(select).bind(now.0 - IDLE_MS).bind(now.0 - WHOLE_MS).bind(now.0);
    let row: Option<PersonRow> =
        query.bind(number).fetch_optional(connection).await.map_err(StoreError::from)?;
    Ok(row.ok_or(UserError::Unknown)?.into_person()?)
}

async fn expect(
    connection: &mut PgConnection,
    (number, revision): (i64, i64),
    now: Timestamp,
) -> Result<Person, UserError> {
    let person = find(connection, number, now).await?;
    if person.revision == revision { Ok(person) } else { Err(StoreError::Conflict.into()) }
}
