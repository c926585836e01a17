//! Writing what a source held into the encrypted file.

use std::collections::HashSet;

use model::Timestamp;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

use super::{ActsOfSource, ConfigOfSource, ImportProgress, ImportedConfig};
use crate::{
    Act, CallRow, Provider, Store, StoreError,
    audit::Subject,
    change::{subject, write},
    ledger::unsigned,
    log,
    tasks::{arrangement, note_losers},
};

/// Ids of one statement.
const CHUNK: usize = 500;

impl Store {
    /// How far the import of a source is; `None` when none was begun.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn import_progress(&self, source: &str) -> Result<Option<ImportProgress>, StoreError> {
        let select = "SELECT progress, calls, acts FROM import_sources WHERE name = ?";
        let query = sqlx::query_as(select).bind(source);
        let found: Option<(String, i64, i64)> = query.fetch_optional(&mut *self.connection().await?).await?;
        let of = |(progress, calls, acts)| ImportProgress {
            progress,
            calls: unsigned(calls),
            acts: unsigned(acts),
        };
        Ok(found.map(of))
    }

    /// Begins an import, with nothing counted. What an earlier one brought stays known.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin_import(&self, source: &str, progress: &str, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let upsert = "INSERT INTO import_sources (name, progress) VALUES (?, ?)
                      ON CONFLICT DO UPDATE SET progress = excluded.progress, calls = 0, acts = 0";
        sqlx::query(upsert).bind(source).bind(progress).execute(&mut *transaction).await?;
        let subject = Subject { target: Some(source.to_owned()), ..Subject::default() };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }

    /// Keeps how far an import is.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn keep_import(&self, source: &str, progress: &str) -> Result<(), StoreError> {
        keep(&mut *self.connection().await?, source, progress, (0, 0)).await
    }

    /// A source's configurations that came here before.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn imported_configs(&self, source: &str) -> Result<Vec<ImportedConfig>, StoreError> {
        let select = "SELECT row, made_at, uuid, number FROM imported_configs WHERE source = ? ORDER BY row";
        let query = sqlx::query_as(select).bind(source);
        let rows: Vec<(i64, i64, String, i64)> = query.fetch_all(&mut *self.connection().await?).await?;
        rows.into_iter().map(ImportedConfig::of).collect()
    }

    /// Writes a source's configuration with its entry, and says its number here.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`], or those of the database.
    pub async fn import_config(&self, config: ConfigOfSource<'_>, act: &Act) -> Result<i64, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let before = arrangement(&mut transaction).await?;
        let (source, row, made_at) = (config.source, config.row, config.made_at);
        let after = write(&mut transaction, config.provider(act)).await?;
        note_losers(&mut transaction, Some(after.id), &before, (&self.audit, act)).await?;
        let subject = Subject { after: Some(after.audited()), before: None, ..subject(&after) };
        self.audit.write(&mut transaction, act, subject).await?;
        let insert =
            "INSERT INTO imported_configs (source, row, made_at, uuid, number) VALUES (?, ?, ?, ?, ?)";
        let insert = sqlx::query(insert).bind(source).bind(row).bind(made_at.0);
        insert.bind(after.id.to_string()).bind(after.number).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(after.number)
    }

    /// Writes a source's calls and how far the import then is, all of it or nothing. Says how many calls are new.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn import_calls(
        &self,
        source: &str,
        rows: &[CallRow],
        progress: &str,
    ) -> Result<u64, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let appended = log::append(&mut transaction, rows, &self.places).await?;
        keep(&mut transaction, source, progress, (appended.calls, 0)).await?;
        transaction.commit().await?;
        appended.places.keep();
        Ok(appended.calls)
    }

    /// Writes a source's acts as entries of ours, each once, and how far the import then is. Says how many are new.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn import_acts(&self, acts: ActsOfSource<'_>, progress: &str) -> Result<u64, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let mut written = 0;
        for (row, after) in acts.acts {
            let claim = "INSERT INTO imported_acts (source, row) VALUES (?, ?) ON CONFLICT DO NOTHING";
            let claim = sqlx::query(claim).bind(acts.source).bind(row);
            if claim.execute(&mut *transaction).await?.rows_affected() == 0 {
                continue;
            }
            let subject =
                Subject { target: Some(acts.source.to_owned()), after: Some(after), ..Subject::default() };
            self.audit.write(&mut transaction, acts.act, subject).await?;
            written += 1;
        }
        keep(&mut transaction, acts.source, progress, (0, written)).await?;
        transaction.commit().await?;
        Ok(written)
    }

    /// How many of these requests the log of calls has.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn count_known_calls(&self, requests: &[String]) -> Result<u64, StoreError> {
        let requests: Vec<&str> = requests.iter().map(String::as_str).collect();
        Ok(self.known_calls(&requests).await?.len() as u64)
    }

    /// How many of a source's acts came here before.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn count_known_acts(&self, source: &str, rows: &[i64]) -> Result<u64, StoreError> {
        let mut connection = self.connection().await?;
        let mut known = HashSet::new();
        for chunk in rows.chunks(CHUNK) {
            let list = vec!["?"; chunk.len()].join(", ");
            let select = format!("SELECT row FROM imported_acts WHERE source = ? AND row IN ({list})");
            let query = sqlx::query_scalar(AssertSqlSafe(select)).bind(source);
            let query = chunk.iter().fold(query, |query, row| query.bind(row));
            let found: Vec<i64> = query.fetch_all(&mut *connection).await?;
            known.extend(found);
        }
        Ok(known.len() as u64)
    }
}

async fn keep(
    connection: &mut SqliteConnection,
    source: &str,
    progress: &str,
    (calls, acts): (u64, u64),
) -> Result<(), StoreError> {
    let update = "UPDATE import_sources SET progress = ?, calls = calls + ?, acts = acts + ? WHERE name = ?";
    let [calls, acts] = [calls, acts].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    let update = sqlx::query(update).bind(progress).bind(calls).bind(acts).bind(source);
    update.execute(connection).await?;
    Ok(())
}

impl ConfigOfSource<'_> {
    /// As it is written, with who made it when, there.
    pub(super) fn provider(self, act: &Act) -> Provider {
        let blank = Provider::blank(self.id, &self.change, act);
        let blank = Provider { created_by: self.made_by, created_at: self.made_at, ..blank };
        blank.with(self.change, act.at)
    }
}

impl ImportedConfig {
    pub(super) fn of((row, made_at, uuid, number): (i64, i64, String, i64)) -> Result<Self, StoreError> {
        let id = uuid.parse().map_err(|_| StoreError::Damaged)?;
        Ok(Self { row, made_at: Timestamp(made_at), id, number })
    }
}
