//! Where the log ends. It is kept in `vault_meta`, with a MAC, so that entries which were cut off are missed at the next act
//! and at the next verification; and every hundredth end is signed.

use sqlx::{Connection, SqliteConnection};

use super::{
    Act, AuditLog, Subject,
    chain::{Mac, from_hex, hex},
};
use crate::{Store, StoreError};

/// Entries from one signed checkpoint to the next.
pub(crate) const CHECKPOINT_EVERY: i64 = 100;
pub(super) const NAME: &str = "audit_head";
/// What is written down when the log did not end where it was left.
pub(super) const BROKEN: &str = "audit.broken";
/// What is written down when a person opens a vault whose log is not the one that was last seen.
pub(super) const OLDER: &str = "vault.accept_other_log";

/// The end of the log at some time: what someone keeps elsewhere who wants to notice that an older log was put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// So many entries.
    pub entries: i64,
    /// MAC of the last one, or of the beginning.
    pub mac: [u8; 32],
}

impl AuditLog {
    /// Behind which entry the next one comes. If the log does not end where it was left, its next entry says so: whoever cut
    /// it off cannot make that undone, and nobody is kept out of a vault by it.
    pub(super) async fn end(&self, connection: &mut SqliteConnection, act: &Act) -> Result<End, StoreError> {
        let kept = self.kept_end(&mut *connection).await?;
        let last = self.last(&mut *connection).await?;
        if kept == Some(last) {
            return Ok(last);
        }
        let found = serde_json::json!({ "entries": last.entries });
        let expected = kept.map(|kept| serde_json::json!({ "entries": kept.entries }));
        let subject = Subject { before: expected, after: Some(found), ..Subject::default() };
        let told = Act { action: BROKEN, ..act.clone() };
        self.append(&mut *connection, last, &told, subject).await?;
        self.last(connection).await
    }

    /// What the table ends with.
    pub(super) async fn last(&self, connection: &mut SqliteConnection) -> Result<End, StoreError> {
        let select = "SELECT id, mac FROM admin_action_log ORDER BY id DESC LIMIT 1";
        let last: Option<(i64, Vec<u8>)> = sqlx::query_as(select).fetch_optional(connection).await?;
        let Some((entries, mac)) = last else {
            return Ok(End { entries: 0, mac: self.keys.beginning() });
        };
        Ok(End { entries, mac: Mac::try_from(mac).map_err(|_| StoreError::Damaged)? })
    }

    /// Where the last act left it, unless that is not to be believed.
    pub(super) async fn kept_end(
        &self,
        connection: &mut SqliteConnection,
    ) -> Result<Option<End>, StoreError> {
        let select = "SELECT value FROM vault_meta WHERE name = ?";
        let kept: Option<String> = sqlx::query_scalar(select).bind(NAME).fetch_optional(connection).await?;
        Ok(kept.and_then(|kept| self.read(&kept)))
    }

    pub(super) fn read(&self, kept: &str) -> Option<End> {
        let mut words = kept.split(' ');
        let entries = words.next()?.parse().ok()?;
        let (mac, seal) = (from_hex(words.next()?)?, from_hex(words.next()?)?);
        (seal == self.keys.end(entries, &mac)).then_some(End { entries, mac })
    }

    /// As it is kept, here and elsewhere: nobody without the log's key can make one.
    pub(super) fn text(&self, end: End) -> String {
        let seal = self.keys.end(end.entries, &end.mac);
        format!("{} {} {}", end.entries, hex(&end.mac), hex(&seal))
    }

    /// Keeps the new end, and signs it if it is its turn.
    pub(super) async fn keep_end(
        &self,
        connection: &mut SqliteConnection,
        end: End,
    ) -> Result<(), StoreError> {
        let upsert = "INSERT INTO vault_meta (name, value) VALUES (?, ?)
                      ON CONFLICT DO UPDATE SET value = excluded.value";
        sqlx::query(upsert).bind(NAME).bind(self.text(end)).execute(&mut *connection).await?;
        if end.entries % CHECKPOINT_EVERY == 0 {
            self.sign(connection, end).await?;
        }
        Ok(())
    }

    pub(super) async fn sign(&self, connection: &mut SqliteConnection, end: End) -> Result<(), StoreError> {
        // A log that was cut off goes on over the same numbers; the old signature stays, and is found to be of other entries.
        let insert = "INSERT OR IGNORE INTO audit_checkpoints (entries, signature) VALUES (?, ?)";
        let signature = self.keys.sign(end.entries, &end.mac);
        sqlx::query(insert).bind(end.entries).bind(&signature[..]).execute(connection).await?;
        Ok(())
    }
}

impl Store {
    /// Where the log of acts ends, to be kept outside the vault.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn audit_end(&self) -> Result<End, StoreError> {
        self.audit.last(&mut *self.connection().await?).await
    }

    /// The end that a [`Mark`](crate::Mark)'s head tells, unless that is not to be believed.
    pub fn end_of(&self, head: &str) -> Option<End> {
        self.audit.read(head)
    }

    /// Writes down that a person opened this vault although its log had come to `expected` where it was last seen.
    /// Verification names this entry from then on.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn accept_other_log(&self, act: &Act, expected: i64) -> Result<(), StoreError> {
        let act = Act { action: OLDER, ..act.clone() };
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let found = self.audit.last(&mut transaction).await?;
        let subject = Subject {
            before: Some(serde_json::json!({ "entries": expected })),
            after: Some(serde_json::json!({ "entries": found.entries })),
            ..Subject::default()
        };
        self.audit.write(&mut transaction, &act, subject).await?;
        Ok(transaction.commit().await?)
    }
}
