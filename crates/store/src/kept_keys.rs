//! Keys that were replaced, each kept sealed beside its configuration until its period ends. A replacement and the way back
//! are one act: another key comes into force, and the one before is kept.

use model::{ProviderId, TestReport, Timestamp, command::Existing};
use serde_json::{Value, json};
use sqlx::{Connection, FromRow, SqliteConnection};

use crate::{
    Act, NewKey, Provider, Store, StoreError,
    audit::{AuditLog, Subject, differences},
    change::{expect, subject},
    provider,
};

/// A key that was replaced. It has no `Debug`: the sealed key is nobody's to read.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptKey {
    /// The sealed form, under the name of another field than the one in force.
    pub sealed: Vec<u8>,
    /// Last four characters, when the key is long enough to show them.
    pub last_four: Option<String>,
    /// When a person entered it.
    pub entered_at: Timestamp,
    /// Which base URL it may be sent to. What holds is inside the seal; this is for people.
    pub base_url: String,
    /// Since when it is kept.
    pub kept_at: Timestamp,
    /// From when on it is to be destroyed.
    pub until: Timestamp,
}

/// Another key in force.
pub struct KeySwitch {
    /// The key.
    pub key: NewKey,
    /// The one before, to be kept in place of any that is kept already.
    pub kept: Option<KeptKey>,
    /// The kept key that this goes back to, as it was read: destroyed in the meantime, nothing is changed.
    pub back_to: Option<KeptKey>,
    /// The test that was made with the key.
    pub test: TestReport,
}

/// A key and its age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnteredKey {
    /// Whose.
    pub id: ProviderId,
    /// What that is called.
    pub display_name: String,
    /// When it was entered.
    pub entered_at: Timestamp,
}

#[derive(FromRow)]
struct KeptRow {
    key_encrypted: Vec<u8>,
    last_four: Option<String>,
    entered_at: i64,
    base_url: String,
    kept_at: i64,
    until: i64,
}

impl Store {
    /// The key that a configuration had before, while it is kept.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn kept_key(&self, number: i64) -> Result<Option<KeptKey>, StoreError> {
        find(&mut *self.connection().await?, number).await
    }

    /// Puts another key in force and keeps the one before, both or neither.
    ///
    /// # Errors
    /// [`StoreError::Gone`], [`StoreError::Conflict`] when the configuration or the kept key changed since it was read, or
    /// those of the database.
    pub async fn switch_key(
        &self,
        existing: Existing,
        switch: KeySwitch,
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let old = expect(&mut transaction, existing).await?;
        let was = find(&mut transaction, old.number).await?;
        if switch.back_to.is_some() && switch.back_to != was {
            return Err(StoreError::Conflict);
        }
        write_key(&mut transaction, &old, &switch, act).await?;
        delete(&mut transaction, old.number).await?;
        if let Some(kept) = &switch.kept {
            insert(&mut transaction, old.number, kept).await?;
        }
        let is = provider::find(&mut transaction, old.id).await?.ok_or(StoreError::Gone)?;
        let (before, after) = differences(&audited(&old, was.as_ref()), &audited(&is, switch.kept.as_ref()));
        let entry = Subject { before: Some(before), after: Some(after), ..subject(&is) };
        self.audit.write(&mut transaction, act, entry).await?;
        Ok(transaction.commit().await?)
    }

    /// Destroys the key that a configuration had before, if it is kept.
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn destroy_kept_key(&self, id: ProviderId, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let provider = provider::find(&mut transaction, id).await?.ok_or(StoreError::Gone)?;
        destroy(&mut transaction, &provider, (&self.audit, act)).await?;
        Ok(transaction.commit().await?)
    }

    /// Destroys every kept key whose period is over at the act's time, and says whose they were.
    ///
    /// # Errors
    /// Those of the database; then none is destroyed.
    pub async fn destroy_expired_keys(&self, act: &Act) -> Result<Vec<ProviderId>, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let select = "SELECT c.uuid FROM kept_keys k JOIN ai_provider_configs c ON c.id = k.config_id
                      WHERE k.until <= ? ORDER BY k.until";
        let expired: Vec<String> =
            sqlx::query_scalar(select).bind(act.at.0).fetch_all(&mut *transaction).await?;
        let mut destroyed = Vec::with_capacity(expired.len());
        for id in expired {
            let id = id.parse().map_err(|_| StoreError::Damaged)?;
            let provider = provider::find(&mut transaction, id).await?.ok_or(StoreError::Gone)?;
            destroy(&mut transaction, &provider, (&self.audit, act)).await?;
            destroyed.push(id);
        }
        transaction.commit().await?;
        Ok(destroyed)
    }

    /// Writes an entry about a configuration that nothing of it changes.
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn record_about(&self, id: ProviderId, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let provider = provider::find(&mut transaction, id).await?.ok_or(StoreError::Gone)?;
        self.audit.write(&mut transaction, act, subject(&provider)).await?;
        Ok(transaction.commit().await?)
    }

    /// Keys that were entered at an instant or before it, the oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn keys_entered_until(&self, at: Timestamp) -> Result<Vec<EnteredKey>, StoreError> {
        let select = "SELECT uuid, display_name, api_key_changed_at FROM ai_provider_configs
                      WHERE api_key_changed_at <= ? ORDER BY api_key_changed_at, id";
        let rows: Vec<(String, String, i64)> =
            sqlx::query_as(select).bind(at.0).fetch_all(&mut *self.connection().await?).await?;
        let key = |(id, display_name, entered_at): (String, String, i64)| {
            let id = id.parse().map_err(|_| StoreError::Damaged)?;
            Ok(EnteredKey { id, display_name, entered_at: Timestamp(entered_at) })
        };
        rows.into_iter().map(key).collect()
    }
}

/// Destroys what is kept of a configuration, with an entry if there was anything.
pub(crate) async fn destroy(
    connection: &mut SqliteConnection,
    provider: &Provider,
    (audit, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    let Some(kept) = find(connection, provider.number).await? else { return Ok(()) };
    delete(connection, provider.number).await?;
    let fields = |kept| json!({ "kept_key": said(kept), "kept_until": kept.map(|kept| kept.until) });
    let (before, after) = (Some(fields(Some(&kept))), Some(fields(None)));
    audit.write(connection, act, Subject { before, after, ..subject(provider) }).await
}

async fn find(connection: &mut SqliteConnection, number: i64) -> Result<Option<KeptKey>, StoreError> {
    let select = "SELECT key_encrypted, last_four, entered_at, base_url, kept_at, until FROM kept_keys
                  WHERE config_id = ?";
    let row: Option<KeptRow> = sqlx::query_as(select).bind(number).fetch_optional(connection).await?;
    Ok(row.map(KeptRow::into_kept))
}

async fn delete(connection: &mut SqliteConnection, number: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM kept_keys WHERE config_id = ?").bind(number).execute(connection).await?;
    Ok(())
}

async fn insert(connection: &mut SqliteConnection, number: i64, kept: &KeptKey) -> Result<(), StoreError> {
    let insert =
        "INSERT INTO kept_keys (config_id, key_encrypted, last_four, entered_at, base_url, kept_at, until)
                  VALUES (?, ?, ?, ?, ?, ?, ?)";
    sqlx::query(insert)
        .bind(number)
        .bind(&kept.sealed)
        .bind(&kept.last_four)
        .bind(kept.entered_at.0)
        .bind(&kept.base_url)
        .bind(kept.kept_at.0)
        .bind(kept.until.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// The key alone: nothing else of the row is touched, nor any route.
async fn write_key(
    connection: &mut SqliteConnection,
    old: &Provider,
    switch: &KeySwitch,
    act: &Act,
) -> Result<(), StoreError> {
    let update = "UPDATE ai_provider_configs
                  SET revision = revision + 1, api_key_encrypted = ?, api_key_last_four = ?, api_key_changed_at = ?,
                      last_tested_at = ?, last_test_success = ?, last_test_report = ?, updated_at = ?
                  WHERE id = ?";
    sqlx::query(update)
        .bind(&switch.key.sealed)
        .bind(&switch.key.last_four)
        .bind(switch.key.entered_at.0)
        .bind(switch.test.tested_at.0)
        .bind(switch.test.outcome.is_valid())
        .bind(serde_json::to_string(&switch.test).unwrap_or_default())
        .bind(act.at.0)
        .bind(old.number)
        .execute(connection)
        .await?;
    Ok(())
}

fn audited(provider: &Provider, kept: Option<&KeptKey>) -> Value {
    json!({
        "api_key": set(provider.sealed_key.is_some(), provider.key_last_four.as_deref()),
        "api_key_changed_at": provider.key_changed_at,
        "kept_key": said(kept),
        "kept_until": kept.map(|kept| kept.until),
    })
}

fn said(kept: Option<&KeptKey>) -> Value {
    set(kept.is_some(), kept.and_then(|kept| kept.last_four.as_deref()))
}

/// What may be said of a key.
pub(crate) fn set(there: bool, last_four: Option<&str>) -> Value {
    match (there, last_four) {
        (false, _) => Value::Null,
        (true, None) => json!("set"),
        (true, Some(four)) => json!(format!("set, ends in {four}")),
    }
}

impl KeptRow {
    fn into_kept(self) -> KeptKey {
        KeptKey {
            sealed: self.key_encrypted,
            last_four: self.last_four,
            entered_at: Timestamp(self.entered_at),
            base_url: self.base_url,
            kept_at: Timestamp(self.kept_at),
            until: Timestamp(self.until),
        }
    }
}
