//! Usage that comes from a file: all of it and its entry in one transaction, or none. Calls go into the log as the
//! gateway's do; what a vendor summed up goes into a table of its own, `reported`.

mod reported;

use std::collections::HashSet;

use model::{PicoUsd, Timestamp};
use serde_json::json;
use sqlx::{Connection, SqliteConnection};

use crate::{
    Act, CallRow, Store, StoreError,
    audit::Subject,
    log,
    statistics::{KnownPlaces, Places, Rollup},
};

pub use reported::{ReportedRow, ReportedSpan};

/// What a file held.
#[derive(Clone, Copy, Debug)]
pub struct UsageImport<'a> {
    /// The form of the file.
    pub source: &'a str,
    /// SHA-256 of the file.
    pub digest: [u8; 32],
    /// Its calls.
    pub calls: &'a [CallRow],
    /// Its sums.
    pub reported: &'a [ReportedRow],
    /// Rows that could not be read, for the entry.
    pub left_out: u64,
}

/// What an import came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Calls and sums that were written.
    pub written: u64,
    /// Sums that took the place of others.
    pub replaced: u64,
    /// Calls and sums that were there already.
    pub known: u64,
    /// Calls older than the log is kept.
    pub too_old: u64,
    /// Cost of what was written or replaced, where it is known.
    pub cost: PicoUsd,
}

impl Store {
    /// Writes a file's calls and sums. One that changes nothing leaves no entry either.
    ///
    /// # Errors
    /// Those of the database; nothing is then written.
    pub async fn import_usage(&self, import: UsageImport<'_>, act: &Act) -> Result<Imported, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let id = begin(&mut transaction, &import, act.at).await?;
        let (mut imported, places) = calls(&mut transaction, id, import.calls, &self.places).await?;
        reported::write(&mut transaction, id, &import, &mut imported).await?;
        if imported.written + imported.replaced == 0 {
            transaction.rollback().await?;
            return Ok(imported);
        }
        self.audit.write(&mut transaction, act, subject(&import, &imported)).await?;
        transaction.commit().await?;
        places.keep();
        Ok(imported)
    }

    /// Which of these ids the log has.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn known_calls<'a>(&self, ids: &[&'a str]) -> Result<HashSet<&'a str>, StoreError> {
        let mut connection = self.connection().await?;
        let packed: Vec<(Vec<u8>, &str)> = ids.iter().map(|id| (log::pack_request(id), *id)).collect();
        let there = packed.iter().map(|(packed, _)| packed.as_slice());
        let there = log::numbers_of(&mut connection, there).await?;
        Ok(packed.into_iter().filter(|(packed, _)| there.contains_key(packed)).map(|(_, id)| id).collect())
    }

    /// The earliest instant whose calls the log still takes.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn log_kept_from(&self) -> Result<Timestamp, StoreError> {
        Ok(Timestamp(Rollup::read(&mut *self.connection().await?).await?.raw_from))
    }
}

async fn begin(
    connection: &mut SqliteConnection,
    import: &UsageImport<'_>,
    at: Timestamp,
) -> Result<i64, StoreError> {
    let insert = "INSERT INTO usage_imports (at, source, digest) VALUES (?, ?, ?) RETURNING id";
    let query = sqlx::query_scalar(insert).bind(at.0).bind(import.source).bind(&import.digest[..]);
    Ok(query.fetch_one(connection).await?)
}

async fn calls<'s>(
    connection: &mut SqliteConnection,
    id: i64,
    rows: &[CallRow],
    places: &'s KnownPlaces,
) -> Result<(Imported, Places<'s>), StoreError> {
    let raw_from = Rollup::read(&mut *connection).await?.raw_from;
    let appended = log::append(&mut *connection, rows, places).await?;
    let (first, last) = appended.numbers.unzip();
    let update = "UPDATE usage_imports SET first_id = ?, last_id = ? WHERE id = ?";
    sqlx::query(update).bind(first).bind(last).bind(id).execute(connection).await?;
    let written = appended.calls;
    let too_old = rows.iter().filter(|row| row.created_at.0 < raw_from).count() as u64;
    let known = (rows.len() as u64).saturating_sub(too_old).saturating_sub(written);
    let cost = PicoUsd(appended.cost);
    Ok((Imported { written, known, too_old, replaced: 0, cost }, appended.places))
}

fn subject(import: &UsageImport<'_>, imported: &Imported) -> Subject<'static> {
    let digest: String = import.digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let after = json!({
        "source": import.source,
        "sha256": digest,
        "written": imported.written,
        "replaced": imported.replaced,
        "known": imported.known,
        "too_old": imported.too_old,
        "left_out": import.left_out,
        "cost": imported.cost,
    });
    Subject { after: Some(after), ..Subject::default() }
}
