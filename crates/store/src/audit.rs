//! The admin action log: who, what, before and after without secrets, when.

use model::Timestamp;
use serde_json::{Map, Value};
use sqlx::{FromRow, SqliteConnection};

use crate::{Store, StoreError};

/// One act of an administrator: what every change needs to be allowed to happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Who.
    pub actor: String,
    /// On which computer.
    pub machine: String,
    /// What, such as `provider.update`.
    pub action: &'static str,
    /// When.
    pub at: Timestamp,
}

/// An entry as it was written.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct AuditEntry {
    /// Rising number.
    pub id: i64,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// On which computer.
    pub machine: String,
    /// What.
    pub action: String,
    /// The record's UUID, or a task's name.
    pub target: Option<String>,
    /// The record's display name at that time.
    pub target_name: Option<String>,
    /// JSON of the fields that changed, as they were.
    pub before: Option<String>,
    /// JSON of the fields that changed, as they became.
    pub after: Option<String>,
}

/// What an entry is about.
#[derive(Default)]
pub(crate) struct Subject<'a> {
    pub(crate) target: Option<String>,
    pub(crate) name: Option<&'a str>,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

pub(crate) async fn write(
    connection: &mut SqliteConnection,
    act: &Act,
    subject: Subject<'_>,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO admin_action_log (at, actor, machine, action, target, target_name, before, after)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(act.at.0)
    .bind(&act.actor)
    .bind(&act.machine)
    .bind(act.action)
    .bind(subject.target)
    .bind(subject.name)
    .bind(subject.before.map(|json| json.to_string()))
    .bind(subject.after.map(|json| json.to_string()))
    .execute(connection)
    .await?;
    Ok(())
}

/// The members in which two objects differ, as they were and as they are.
pub(crate) fn differences(before: &Value, after: &Value) -> (Value, Value) {
    let (Value::Object(before), Value::Object(after)) = (before, after) else {
        return (before.clone(), after.clone());
    };
    let changed = |of: &Map<String, Value>, other: &Map<String, Value>| {
        of.iter()
            .filter(|(name, value)| other.get(*name) != Some(value))
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect()
    };
    (Value::Object(changed(before, after)), Value::Object(changed(after, before)))
}

impl Store {
    /// Writes an entry for an act that changes no record: an unlock, a lock.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn record(&self, act: &Act) -> Result<(), StoreError> {
        write(&mut *self.connection().await?, act, Subject::default()).await
    }

    /// The newest entries, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn audit_entries(&self, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let select = "SELECT id, at, actor, machine, action, target, target_name, before, after
                      FROM admin_action_log ORDER BY id DESC LIMIT ?";
        Ok(sqlx::query_as(select).bind(limit).fetch_all(&mut *self.connection().await?).await?)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_changed_is_kept() {
        let (before, after) = differences(&json!({"a": 1, "b": 2}), &json!({"a": 1, "b": 3}));
        assert_eq!((before, after), (json!({"b": 2}), json!({"b": 3})));
    }
}
