//! Servers that bundles are made for.

use model::Timestamp;
use serde_json::json;
use sqlx::{Connection, FromRow};

use crate::{Act, Store, StoreError, audit::Subject, provider::fold};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct BundleServer {
    /// 32 hex digits.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// For whom keys are sealed.
    pub recipient: String,
    added_at: i64,
}

impl BundleServer {
    /// When it was imported first.
    pub fn added_at(&self) -> Timestamp {
        Timestamp(self.added_at)
    }
}

impl Store {
    /// All of them, by name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn bundle_servers(&self) -> Result<Vec<BundleServer>, StoreError> {
        let select = "SELECT id, name, recipient, added_at FROM bundle_servers ORDER BY name_folded";
        Ok(sqlx::query_as(select).fetch_all(&mut *self.connection().await?).await?)
    }

    /// Adds one, or changes what is known of it. Serials go on above the one that it says it has accepted.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`] when another one is called so, or those of the database.
    pub async fn keep_bundle_server(
        &self,
        (id, name, recipient): (&str, &str, &str),
        accepted: u64,
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let upsert =
            "INSERT INTO bundle_servers (id, name, name_folded, recipient, added_at) VALUES (?, ?, ?, ?, ?)
                      ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_folded = excluded.name_folded,
                          recipient = excluded.recipient";
        sqlx::query(upsert)
            .bind(id)
            .bind(name)
            .bind(fold(name))
            .bind(recipient)
            .bind(act.at.0)
            .execute(&mut *transaction)
            .await
            .map_err(name_taken)?;
        let raise = "UPDATE bundle_serial SET serial = max(serial, ?)";
        sqlx::query(raise)
            .bind(i64::try_from(accepted).map_err(|_| StoreError::Conflict)?)
            .execute(&mut *transaction)
            .await?;
        let after = Some(json!({ "recipient": recipient, "accepted": accepted }));
        let subject = Subject { target: Some(id.to_owned()), name: Some(name), before: None, after };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }

    /// Forgets one. Its bundles stay in the list.
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn forget_bundle_server(&self, id: &str, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let delete = "DELETE FROM bundle_servers WHERE id = ? RETURNING name";
        let name: Option<String> =
            sqlx::query_scalar(delete).bind(id).fetch_optional(&mut *transaction).await?;
        let name = name.ok_or(StoreError::Gone)?;
        let subject = Subject { target: Some(id.to_owned()), name: Some(&name), ..Subject::default() };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }
}

fn name_taken(error: sqlx::Error) -> StoreError {
    let taken = error.as_database_error().is_some_and(|error| error.is_unique_violation());
    if taken { StoreError::NameTaken } else { error.into() }
}
