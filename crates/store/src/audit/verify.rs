//! Verification of the whole log: every entry, every checkpoint, and the end.

use futures::TryStreamExt;
use model::audit::{AuditBreak, BreakKind};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

#[cfg(feature = "postgres")]
use super::AuditEntry;
use super::{
    AuditLog,
    chain::{Content, Mac},
    end::{BROKEN, CHECKPOINT_EVERY, End, OLDER},
    quick,
};
use crate::{Store, StoreError};

/// Entries of one reading, during which nobody else is served.
const PIECE: i64 = 20_000;
/// The lowest number of an entry.
pub(super) const FIRST: &str = "SELECT min(id) FROM admin_action_log";
pub(super) const COUNT: &str = "SELECT count(*) FROM admin_action_log";

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// So many entries are there.
    pub entries: i64,
    /// The first that is not as it was written.
    pub broken: Option<AuditBreak>,
    /// Where one that is whole ends, to be kept elsewhere: [`Store::end_of`] reads it.
    pub end: Option<String>,
}

/// How far the chain is good.
pub(super) struct Walk<'a> {
    log: &'a AuditLog,
    end: End,
    /// Ends that somebody kept outside.
    known: Vec<End>,
    buffer: Vec<u8>,
}

impl Store {
    /// Verifies the whole log, in pieces between which others are served. `known` are ends that were kept elsewhere: a
    /// log that does not come through them is an older or another one.
    ///
    /// # Errors
    /// Those of the database. A broken chain is no error.
    pub async fn verify_audit(&self, known: impl IntoIterator<Item = End>) -> Result<Verified, StoreError> {
        let mut walk = Walk::new(&self.audit, known);
        let first = sqlx::query_scalar(FIRST).fetch_one(&mut *self.connection().await?).await?;
        let mut broken = before_the_first(first);
        while broken.is_none() {
            let mut connection = self.connection().await?;
            if walk.quickly(&mut connection).await? {
                continue;
            }
            let before = walk.end.entries;
            broken = walk.piece(&mut connection).await?;
            if broken.is_none() && walk.end.entries == before {
                broken = walk.ending(&mut connection).await?;
                break;
            }
        }
        let entries = match broken {
            // Counting reads them all once more.
            None => walk.end.entries,
            Some(_) => sqlx::query_scalar(COUNT).fetch_one(&mut *self.connection().await?).await?,
        };
        let end = broken.is_none().then(|| self.audit.text(walk.end));
        Ok(Verified { entries, broken, end })
    }
}

impl<'a> Walk<'a> {
    pub(super) fn new(log: &'a AuditLog, known: impl IntoIterator<Item = End>) -> Self {
        let beginning = End { entries: 0, mac: log.keys.beginning() };
        Walk { log, end: beginning, known: known.into_iter().collect(), buffer: Vec::new() }
    }
}

#[cfg(feature = "postgres")]
impl Walk<'_> {
    /// Behind how many entries it is.
    pub(super) fn place(&self) -> i64 {
        self.end.entries
    }

    /// Where it is.
    pub(super) fn end(&self) -> End {
        self.end
    }

    /// Goes over the next entries, with the signatures that are among them.
    pub(super) fn entries(
        &mut self,
        entries: &[AuditEntry],
        signed: &quick::Signatures,
    ) -> Option<AuditBreak> {
        for entry in entries {
            let broken = self.next(entry.content(), &entry.mac);
            if broken.is_some() {
                return broken;
            }
            if self.end.entries % CHECKPOINT_EVERY == 0 {
                let signature = signed.get(&self.end.entries).map_or(&[][..], Vec::as_slice);
                if !self.log.keys.is_signed(self.end.entries, &self.end.mac, signature) {
                    return Some(at(self.end.entries, BreakKind::Checkpoint));
                }
            }
        }
        None
    }
}

impl Walk<'_> {
    /// Over entries that are as they were written; whether they were a whole piece.
    async fn quickly(&mut self, connection: &mut SqliteConnection) -> Result<bool, StoreError> {
        let from = self.end;
        let signatures =
            signatures(&mut *connection, (from.entries, from.entries.saturating_add(PIECE))).await?;
        let judge = quick::Judge { keys: self.log.keys.clone(), known: self.known.clone(), signatures };
        self.end = quick::good(connection, judge, from, PIECE).await?;
        Ok(self.end.entries == from.entries.saturating_add(PIECE))
    }

    async fn piece(&mut self, connection: &mut SqliteConnection) -> Result<Option<AuditBreak>, StoreError> {
        let (from, to) = (self.end.entries, self.end.entries.saturating_add(PIECE));
        let mut signatures = signatures(&mut *connection, (from, to)).await?;
        let select =
            "SELECT id, at, mac, actor, machine, ip_address, action, target, target_name, before, after
                      FROM admin_action_log WHERE id > ? ORDER BY id LIMIT ?";
        let mut rows = sqlx::query(select).bind(from).bind(PIECE).fetch(connection);
        while let Some(row) = rows.try_next().await? {
            if let Some(broken) = self.entry(&row)? {
                return Ok(Some(broken));
            }
            if self.end.entries % CHECKPOINT_EVERY == 0 {
                let signature = signatures.remove(&self.end.entries).unwrap_or_default();
                if !self.log.keys.is_signed(self.end.entries, &self.end.mac, &signature) {
                    return Ok(Some(at(self.end.entries, BreakKind::Checkpoint)));
                }
            }
        }
        Ok(None)
    }

    fn entry(&mut self, row: &SqliteRow) -> Result<Option<AuditBreak>, StoreError> {
        let mut texts = [None; 8];
        for (place, text) in texts.iter_mut().enumerate() {
            *text = row.try_get::<Option<&str>, _>(place + 3)?;
        }
        Ok(self.next(Content { id: row.try_get(0)?, at: row.try_get(1)?, texts }, row.try_get(2)?))
    }

    fn next(&mut self, content: Content<'_>, stored: &[u8]) -> Option<AuditBreak> {
        let (id, texts) = (content.id, content.texts);
        let expected = self.end.entries + 1;
        if id != expected {
            return Some(at(expected, BreakKind::Missing));
        }
        let mac: Mac = self.log.keys.entry(&self.end.mac, &content, &mut self.buffer);
        if stored != mac {
            return Some(at(id, BreakKind::Altered));
        }
        // We wrote it ourselves, when we found that entries behind the one before were gone.
        if texts[3] == Some(BROKEN) {
            return Some(at(id, BreakKind::CutOff));
        }
        // Written when a person opened it although the note outside of it said that it had come further, or elsewhere.
        if texts[3] == Some(OLDER) {
            return Some(at(id, BreakKind::OtherLog));
        }
        self.end = End { entries: id, mac };
        let is_other = self.known.iter().any(|known| known.entries == id && known.mac != mac);
        is_other.then(|| at(id, BreakKind::OtherLog))
    }

    /// Behind the last entry.
    async fn ending(&self, connection: &mut SqliteConnection) -> Result<Option<AuditBreak>, StoreError> {
        Ok(self.ending_at(self.log.kept_end(connection).await?))
    }

    /// The same, when the end is kept as this.
    pub(super) fn ending_at(&self, kept: Option<End>) -> Option<AuditBreak> {
        let next = self.end.entries + 1;
        match kept {
            Some(kept) if kept == self.end => {}
            _ => return Some(at(next, BreakKind::Missing)),
        }
        let is_older = self.known.iter().any(|known| known.entries > self.end.entries);
        is_older.then(|| at(next, BreakKind::OtherLog))
    }
}

/// The chain begins with 1. What has a lower number was put in by somebody else, where nobody who goes along it comes by.
pub(super) fn before_the_first(first: Option<i64>) -> Option<AuditBreak> {
    first.filter(|first| *first < 1).map(|first| at(first, BreakKind::Altered))
}

fn at(entry: i64, kind: BreakKind) -> AuditBreak {
    AuditBreak { entry, kind }
}

async fn signatures(
    connection: &mut SqliteConnection,
    (from, to): (i64, i64),
) -> Result<quick::Signatures, StoreError> {
    let select = "SELECT entries, signature FROM audit_checkpoints WHERE entries > ? AND entries <= ?";
    let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(select).bind(from).bind(to).fetch_all(connection).await?;
    Ok(rows.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use model::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::Act;

    /// Numbers, dashes and spaces are what the packed entries are read by.
    const TEXTS: [&str; 7] =
        ["", "-", " ", "12 and more", "7 -\0 nothing\n", "ünïcode 🗝", "'; DROP TABLE x; --"];

    #[tokio::test]
    async fn the_quick_way_goes_over_whatever_was_written_and_stops_before_what_was_altered() {
        let data = tempfile::tempdir().unwrap();
        let file = data.path().join("vault.1.db");
        let key = "6f3c1f0a5d2b4e8897a6b5c4d3e2f1000f1e2d3c4b5a69788796a5b4c3d2e1f0";
        Store::create(&file, key, "vault").await.unwrap();
        let store = Store::open(&file, key, "vault", &[7; 32]).await.unwrap();
        let acted = |number: usize| {
            let text = TEXTS[number % TEXTS.len()];
            let act = Act {
                actor: text.into(),
                machine: TEXTS[number % 5].into(),
                action: "provider.update",
                at: Timestamp(number as i64 - 3),
            };
            (act, json!({ "description": text }))
        };
        store.record_all((0..2_345).map(acted)).await.unwrap();

        let reached = async |known: Vec<End>| {
            let mut walk = Walk {
                log: &store.audit,
                end: End { entries: 0, mac: store.audit.keys.beginning() },
                known,
                buffer: Vec::new(),
            };
            let mut connection = store.connection().await.unwrap();
            assert!(!walk.quickly(&mut connection).await.unwrap(), "it is no whole piece");
            walk.end
        };
        let end = store.audit_end().await.unwrap();
        assert_eq!(reached(vec![end]).await, end);
        assert_eq!(reached(vec![End { entries: 1_500, mac: [0; 32] }]).await.entries, 1_499);

        let mut connection = store.connection().await.unwrap();
        let alter = "DROP TRIGGER admin_action_log_is_never_updated;
                     UPDATE admin_action_log SET machine = machine || ' ' WHERE id = 2001";
        sqlx::raw_sql(alter).execute(&mut *connection).await.unwrap();
        drop(connection);
        assert_eq!(reached(Vec::new()).await.entries, 2_000);
    }
}
