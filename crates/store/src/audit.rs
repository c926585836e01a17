//! The admin action log: who, what, before and after without secrets, when. Its entries are a chain that only the vault's
//! key can go on with (decision 25), so that a changed, missing or added entry shows.

mod chain;
mod convert;
mod end;
#[cfg(feature = "postgres")]
mod postgres;
mod quick;
mod rekey;
mod search;
mod verify;

use model::Timestamp;
use serde_json::{Map, Value};
use sqlx::{Connection, FromRow, SqliteConnection};

use self::{
    chain::{Content, Keys, Mac},
    end::CHECKPOINT_EVERY,
};
use crate::{Store, StoreError};

pub(crate) use convert::all as convert;
pub use end::End;
pub use verify::Verified;

/// A person said at the console that the clock is right, after it had been ahead by mistake.
pub const CLOCK_ACCEPTED: &str = "clock.accept";

/// One act of an administrator: what every change needs to be allowed to happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Who.
    pub actor: String,
    /// On which computer.
    pub machine: Machine,
    /// What, such as `provider.update`.
    pub action: &'static str,
    /// When.
    pub at: Timestamp,
}

/// The computer that an act was done on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Its name.
    pub name: String,
    /// Of the caller, for an act that came over a network.
    pub ip_address: Option<String>,
}

impl<T: Into<String>> From<T> for Machine {
    fn from(name: T) -> Self {
        Self { name: name.into(), ip_address: None }
    }
}

/// An entry as it was written.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct AuditEntry {
    /// 1, 2, 3, … without a gap.
    pub id: i64,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// On which computer.
    pub machine: String,
    /// Of the caller, for acts that came over a network.
    pub ip_address: Option<String>,
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
    /// Its place in the chain, 32 bytes.
    pub mac: Vec<u8>,
}

impl AuditEntry {
    /// What of it is authenticated.
    fn content(&self) -> Content<'_> {
        let texts = [
            Some(self.actor.as_str()),
            Some(&self.machine),
            self.ip_address.as_deref(),
            Some(&self.action),
            self.target.as_deref(),
            self.target_name.as_deref(),
            self.before.as_deref(),
            self.after.as_deref(),
        ];
        Content { id: self.id, at: self.at, texts }
    }
}

/// What an entry is about.
#[derive(Default)]
pub(crate) struct Subject<'a> {
    pub(crate) target: Option<String>,
    pub(crate) name: Option<&'a str>,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

/// The log of one vault: what is needed to go on with its chain.
#[derive(Clone)]
pub(crate) struct AuditLog {
    keys: Keys,
}

impl AuditLog {
    pub(crate) fn new(key: &[u8; 32], vault_id: &str) -> Self {
        Self { keys: Keys::new(key, vault_id) }
    }

    /// Adds an entry. In the transaction of the act, which fails if this fails.
    pub(crate) async fn write(
        &self,
        connection: &mut SqliteConnection,
        act: &Act,
        subject: Subject<'_>,
    ) -> Result<(), StoreError> {
        let end = self.end(&mut *connection, act).await?;
        self.append(connection, end, act, subject).await
    }

    /// Adds an entry about each of these, as [`Self::write`] does. The log's end is read and kept once for all of them.
    pub(crate) async fn write_all(
        &self,
        connection: &mut SqliteConnection,
        act: &Act,
        subjects: Vec<Subject<'_>>,
    ) -> Result<(), StoreError> {
        if subjects.is_empty() {
            return Ok(());
        }
        let mut end = self.end(&mut *connection, act).await?;
        for subject in subjects {
            end = self.entry(&mut *connection, end, act, subject).await?;
            if end.entries % CHECKPOINT_EVERY == 0 {
                self.sign(&mut *connection, end).await?;
            }
        }
        self.keep_end(connection, end).await
    }

    async fn append(
        &self,
        connection: &mut SqliteConnection,
        end: End,
        act: &Act,
        subject: Subject<'_>,
    ) -> Result<(), StoreError> {
        let end = self.entry(&mut *connection, end, act, subject).await?;
        self.keep_end(connection, end).await
    }

    /// Writes the entry behind this end, and says the new one. Keeping it is the caller's.
    async fn entry(
        &self,
        connection: &mut SqliteConnection,
        end: End,
        act: &Act,
        subject: Subject<'_>,
    ) -> Result<End, StoreError> {
        let id = end.entries + 1;
        let [before, after] = [subject.before, subject.after].map(|json| json.map(|json| json.to_string()));
        let texts = [
            Some(act.actor.as_str()),
            Some(&act.machine.name),
            act.machine.ip_address.as_deref(),
            Some(act.action),
            subject.target.as_deref(),
            subject.name,
            before.as_deref(),
            after.as_deref(),
        ];
        let content = Content { id, at: act.at.0, texts };
        let mac = self.keys.entry(&end.mac, &content, &mut Vec::new());
        insert(connection, &content, &mac).await?;
        Ok(End { entries: id, mac })
    }
}

async fn insert(
    connection: &mut SqliteConnection,
    content: &Content<'_>,
    mac: &Mac,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO admin_action_log
            (id, at, actor, machine, ip_address, action, target, target_name, before, after, mac)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let insert = sqlx::query(insert).bind(content.id).bind(content.at);
    let insert = content.texts.into_iter().fold(insert, |insert, text| insert.bind(text));
    insert.bind(&mac[..]).execute(connection).await?;
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
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        self.audit.write(&mut transaction, act, Subject::default()).await?;
        Ok(transaction.commit().await?)
    }

    /// Writes entries for acts that change no record, with what they came to, all at once or none.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn record_all(&self, acts: impl IntoIterator<Item = (Act, Value)>) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        for (act, after) in acts {
            let subject = Subject { after: Some(after), ..Subject::default() };
            self.audit.write(&mut transaction, &act, subject).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// The latest time of any entry; `None` of an empty log. Entries that a clock which was set back dates earlier do not lower it.
    /// What comes before [`CLOCK_ACCEPTED`] does not count any more.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn latest_act(&self) -> Result<Option<Timestamp>, StoreError> {
        let select = "SELECT at FROM admin_action_log
                      WHERE id >= coalesce((SELECT max(id) FROM admin_action_log WHERE action = ?), 0)
                      ORDER BY at DESC LIMIT 1";
        let latest = sqlx::query_scalar(select).bind(CLOCK_ACCEPTED);
        let latest: Option<i64> = latest.fetch_optional(&mut *self.connection().await?).await?;
        Ok(latest.map(Timestamp))
    }

    /// The latest time of any entry behind that of this number; `None` where there is none.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn latest_act_after(&self, id: i64) -> Result<Option<Timestamp>, StoreError> {
        // The plus keeps the index by time out: a few entries by their number are faster than the whole log by its time.
        let select = "SELECT max(+at) FROM admin_action_log WHERE id > ?";
        let latest = sqlx::query_scalar(select).bind(id);
        let latest: Option<i64> = latest.fetch_one(&mut *self.connection().await?).await?;
        Ok(latest.map(Timestamp))
    }

    /// The newest entries, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn audit_entries(&self, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let select =
            "SELECT id, at, actor, machine, ip_address, action, target, target_name, before, after, mac
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
