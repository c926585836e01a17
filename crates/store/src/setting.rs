//! Settings of this vault, each a JSON value under a name. What they mean is known to those who read them.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use sqlx::{Connection, SqliteConnection};

use crate::{
    Act, Store, StoreError,
    audit::{Subject, differences},
};

impl Store {
    /// A setting, or its type's default when it was never set. So is one that another version wrote in words that
    /// this one does not know: that is no reason to call a vault damaged.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn setting<T: DeserializeOwned + Default>(&self, name: &str) -> Result<T, StoreError> {
        let value = find(&mut *self.connection().await?, name).await?;
        Ok(value.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_setting<T: Serialize + Sync>(
        &self,
        name: &str,
        value: &T,
        act: &Act,
    ) -> Result<(), StoreError> {
        let value = serde_json::to_value(value).unwrap_or_default();
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let before = find(&mut transaction, name).await?;
        let upsert = "INSERT INTO settings (name, value) VALUES (?, ?)
                      ON CONFLICT DO UPDATE SET value = excluded.value";
        sqlx::query(upsert).bind(name).bind(value.to_string()).execute(&mut *transaction).await?;
        let (was, is) = differences(&before.unwrap_or_default(), &value);
        let subject = Subject {
            target: Some(name.to_owned()),
            before: Some(was),
            after: Some(is),
            ..Subject::default()
        };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }

    /// Keeps how something was last looked at. That is no act: nobody relies on it, and its entries would bury those of
    /// acts.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn remember<T: Serialize + Sync>(&self, name: &str, value: &T) -> Result<(), StoreError> {
        let value = serde_json::to_value(value).unwrap_or_default();
        let upsert = "INSERT INTO settings (name, value) VALUES (?, ?)
                      ON CONFLICT DO UPDATE SET value = excluded.value";
        let upsert = sqlx::query(upsert).bind(name).bind(value.to_string());
        upsert.execute(&mut *self.connection().await?).await?;
        Ok(())
    }
}

async fn find(connection: &mut SqliteConnection, name: &str) -> Result<Option<Value>, StoreError> {
    let select = "SELECT value FROM settings WHERE name = ?";
    let text: Option<String> = sqlx::query_scalar(select).bind(name).fetch_optional(connection).await?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}
