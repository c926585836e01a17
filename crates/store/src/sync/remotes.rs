//! Servers to synchronise with.

use model::Timestamp;
use serde_json::{Value, json};
use sqlx::{Connection, FromRow, SqliteConnection};
use uuid::Uuid;

use crate::{Act, Store, StoreError, audit::Subject, provider::fold};

/// How somebody logs in there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemoteWay {
    /// User name, password and a code.
    Password,
    /// A token of the application that the API belongs to.
    Token,
}

/// One of them. It has no `Debug`: what is sealed is nobody's to read.
#[derive(Clone)]
pub struct KeptRemote {
    /// Its identity here.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// Its address, the part before `/api/v1`.
    pub address: String,
    /// SHA-256 of its certificate, 64 hexadecimal digits.
    pub pin: Option<String>,
    /// How somebody logs in.
    pub way: RemoteWay,
    /// As whom; empty with a token.
    pub user_name: String,
    /// Password or token where it is kept, sealed for this address; opaque here.
    pub sealed: Option<Vec<u8>>,
    /// When it was added.
    pub added_at: Timestamp,
    /// When both sides were last the same.
    pub completed_at: Option<Timestamp>,
    pub(super) number: i64,
}

/// A remote as it is to be.
pub struct NewRemote<'a> {
    /// Its identity here; one that is there is changed.
    pub id: Uuid,
    /// What people call it.
    pub name: &'a str,
    /// Its address.
    pub address: &'a str,
    /// Its pinned certificate.
    pub pin: Option<&'a str>,
    /// How somebody logs in.
    pub way: RemoteWay,
    /// As whom.
    pub user_name: &'a str,
    /// Password or token, sealed.
    pub sealed: Option<&'a [u8]>,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    uuid: String,
    name: String,
    address: String,
    pin: Option<String>,
    way: String,
    user_name: String,
    secret_encrypted: Option<Vec<u8>>,
    added_at: i64,
    completed_at: Option<i64>,
}

const SELECT: &str =
    "SELECT id, uuid, name, address, pin, way, user_name, secret_encrypted, added_at, completed_at
                      FROM remotes";

impl RemoteWay {
    fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Token => "token",
        }
    }
}

impl Row {
    fn kept(self) -> Result<KeptRemote, StoreError> {
        Ok(KeptRemote {
            number: self.id,
            id: self.uuid.parse().map_err(|_| StoreError::Damaged)?,
            name: self.name,
            address: self.address,
            pin: self.pin,
            way: if self.way == "token" { RemoteWay::Token } else { RemoteWay::Password },
            user_name: self.user_name,
            sealed: self.secret_encrypted,
            added_at: Timestamp(self.added_at),
            completed_at: self.completed_at.map(Timestamp),
        })
    }
}

impl Store {
    /// All of them, in the order in which they were added.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn remotes(&self) -> Result<Vec<KeptRemote>, StoreError> {
        let select = sqlx::AssertSqlSafe(format!("{SELECT} ORDER BY id"));
        let rows: Vec<Row> = sqlx::query_as(select).fetch_all(&mut *self.connection().await?).await?;
        rows.into_iter().map(Row::kept).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn remote(&self, id: Uuid) -> Result<KeptRemote, StoreError> {
        find(&mut *self.connection().await?, id).await?.ok_or(StoreError::Gone)
    }

    /// Adds one, or changes it. What is remembered of it stays: a server that moved is the one that it was, and one that is
    /// another shows by its identities.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`], or those of the database.
    pub async fn keep_remote(&self, remote: &NewRemote<'_>, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let before = find(&mut transaction, remote.id).await?.map(|old| old.audited());
        let upsert = "INSERT INTO remotes (uuid, name, name_folded, address, pin, way, user_name, secret_encrypted, added_at)
                      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                      ON CONFLICT (uuid) DO UPDATE SET name = excluded.name, name_folded = excluded.name_folded,
                          address = excluded.address, pin = excluded.pin, way = excluded.way,
                          user_name = excluded.user_name, secret_encrypted = excluded.secret_encrypted";
        sqlx::query(upsert)
            .bind(remote.id.to_string())
            .bind(remote.name)
            .bind(fold(remote.name))
            .bind(remote.address)
            .bind(remote.pin)
            .bind(remote.way.as_str())
            .bind(remote.user_name)
            .bind(remote.sealed)
            .bind(act.at.0)
            .execute(&mut *transaction)
            .await
            .map_err(StoreError::of_name)?;
        let after = find(&mut transaction, remote.id).await?.map(|new| new.audited());
        let subject = Subject { target: Some(remote.id.to_string()), name: Some(remote.name), before, after };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }

    /// Forgets one, with all that was remembered of it. Nothing is changed on it, and no configuration here.
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn forget_remote(&self, id: Uuid, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let old = find(&mut transaction, id).await?.ok_or(StoreError::Gone)?;
        sqlx::query("DELETE FROM remotes WHERE id = ?").bind(old.number).execute(&mut *transaction).await?;
        let before = Some(old.audited());
        let subject = Subject { target: Some(id.to_string()), name: Some(&old.name), before, after: None };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }

    /// Both sides are the same now. An observation, not an act.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn note_completed(&self, id: Uuid, at: Timestamp) -> Result<(), StoreError> {
        let update = "UPDATE remotes SET completed_at = ? WHERE uuid = ?";
        let update = sqlx::query(update).bind(at.0).bind(id.to_string());
        update.execute(&mut *self.connection().await?).await?;
        Ok(())
    }

    /// Writes an entry about a remote; `after` is what it says.
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn record_of_remote(&self, id: Uuid, after: Value, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let remote = find(&mut transaction, id).await?.ok_or(StoreError::Gone)?;
        let (target, name) = (Some(id.to_string()), Some(remote.name.as_str()));
        let subject = Subject { target, name, before: None, after: Some(after) };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }
}

pub(super) async fn find(
    connection: &mut SqliteConnection,
    id: Uuid,
) -> Result<Option<KeptRemote>, StoreError> {
    let select = sqlx::AssertSqlSafe(format!("{SELECT} WHERE uuid = ?"));
    let row: Option<Row> = sqlx::query_as(select).bind(id.to_string()).fetch_optional(connection).await?;
    row.map(Row::kept).transpose()
}

impl KeptRemote {
    /// What the log of acts may hold of it.
    fn audited(&self) -> Value {
        json!({ "name": self.name, "address": self.address, "pin": self.pin, "way": self.way.as_str(),
            "user_name": self.user_name, "secret": if self.sealed.is_some() { "kept" } else { "none" } })
    }
}
