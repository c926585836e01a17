//! Configurations that come from another vault, all at once or none, and the identity for files that others made for this one.

use model::{ProviderId, Timestamp, command::Existing};
use serde_json::{Value, json};
use sqlx::{Connection, FromRow};

use crate::{
    Act, Before, Change, Store, StoreError,
    audit::Subject,
    change::{insert, update},
    provider,
};

/// One configuration of a file and what becomes of it.
pub struct Import {
    /// The one whose key is replaced; `None` adds a new one.
    pub existing: Option<Existing>,
    /// The identity that a new one gets; it must be free.
    pub id: ProviderId,
    /// What is written.
    pub change: Change,
    /// What the entry of the log says.
    pub act: Act,
}

/// The identity as it is kept.
#[derive(FromRow)]
pub struct KeptIdentity {
    /// For whom others seal.
    pub recipient: String,
    /// The identity, sealed; opaque here.
    #[sqlx(rename = "identity_encrypted")]
    pub sealed: Vec<u8>,
    /// When it was made, in milliseconds since 1970.
    made_at: i64,
}

impl KeptIdentity {
    /// When it was made.
    pub fn made_at(&self) -> Timestamp {
        Timestamp(self.made_at)
    }
}

impl Store {
    /// Writes configurations of a file in one transaction, each with its entry and its way back.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`], [`StoreError::Conflict`] where an identity is taken or a record changed,
    /// [`StoreError::Gone`], or those of the database; nothing was then written.
    pub async fn import_providers(&self, imports: Vec<Import>) -> Result<Vec<Before>, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let mut steps = Vec::with_capacity(imports.len());
        for Import { existing, id, change, act } in imports {
            let step = match existing {
                Some(existing) => update(&mut transaction, existing, change, (&self.audit, &act)).await?,
                None if provider::find(&mut transaction, id).await?.is_some() => {
                    return Err(StoreError::Conflict);
                }
                None => insert(&mut transaction, id, change, (&self.audit, &act)).await?,
            };
            steps.push(step);
        }
        transaction.commit().await?;
        Ok(steps)
    }

    /// The identity of this vault, if one was made.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn identity(&self) -> Result<Option<KeptIdentity>, StoreError> {
        let select = "SELECT recipient, identity_encrypted, made_at FROM sharing";
        Ok(sqlx::query_as(select).fetch_optional(&mut *self.connection().await?).await?)
    }

    /// Keeps an identity, unless there is one: files may be on their way to that one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn keep_identity(&self, recipient: &str, sealed: &[u8], act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let insert = "INSERT INTO sharing (id, recipient, identity_encrypted, made_at) VALUES (1, ?, ?, ?)
                      ON CONFLICT DO NOTHING";
        let insert = sqlx::query(insert).bind(recipient).bind(sealed).bind(act.at.0);
        if insert.execute(&mut *transaction).await?.rows_affected() > 0 {
            self.note(&mut transaction, act, json!({ "recipient": recipient })).await?;
            transaction.commit().await?;
        }
        Ok(())
    }

    async fn note(
        &self,
        connection: &mut sqlx::SqliteConnection,
        act: &Act,
        after: Value,
    ) -> Result<(), StoreError> {
        self.audit.write(connection, act, Subject { after: Some(after), ..Subject::default() }).await
    }
}
