//! Writing what a source held into PostgreSQL, beside servers that run.

use super::{ActsOfSource, ConfigOfSource, ImportProgress, ImportedConfig};
use crate::{Act, CallRow, PgStore, StoreError, audit::Subject, change::subject, ledger::unsigned, postgres};
use sqlx::PgConnection;

impl PgStore {
    /// As [`Store::import_progress`](crate::Store::import_progress).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn import_progress(&self, source: &str) -> Result<Option<ImportProgress>, StoreError> {
        let select = "SELECT progress, calls, acts FROM import_sources WHERE name = $1";
        let query = sqlx::query_as(select).bind(source);
        let found: Option<(String, i64, i64)> = query.fetch_optional(&self.pool()).await?;
        let of = |(progress, calls, acts)| ImportProgress {
            progress,
            calls: unsigned(calls),
            acts: unsigned(acts),
        };
        Ok(found.map(of))
    }

    /// As [`Store::begin_import`](crate::Store::begin_import).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin_import(&self, source: &str, progress: &str, act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let upsert = "INSERT INTO import_sources (name, progress) VALUES ($1, $2)
                      ON CONFLICT (name) DO UPDATE SET progress = excluded.progress, calls = 0, acts = 0";
        sqlx::query(upsert).bind(source).bind(progress).execute(&mut *transaction).await?;
        let subject = Subject { target: Some(source.to_owned()), ..Subject::default() };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::keep_import`](crate::Store::keep_import).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn keep_import(&self, source: &str, progress: &str) -> Result<(), StoreError> {
        keep(&mut *self.pool().acquire().await?, source, progress, (0, 0)).await
    }

    /// As [`Store::imported_configs`](crate::Store::imported_configs).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn imported_configs(&self, source: &str) -> Result<Vec<ImportedConfig>, StoreError> {
        let select = "SELECT row, made_at, uuid, number FROM imported_configs WHERE source = $1 ORDER BY row";
        let rows: Vec<(i64, i64, String, i64)> =
            sqlx::query_as(select).bind(source).fetch_all(&self.pool()).await?;
        rows.into_iter().map(ImportedConfig::of).collect()
    }

    /// As [`Store::import_config`](crate::Store::import_config).
    ///
    /// # Errors
    /// [`StoreError::NameTaken`], or those of the database.
    pub async fn import_config(&self, config: ConfigOfSource<'_>, act: &Act) -> Result<i64, StoreError> {
        let mut transaction = self.change().await?;
        let before = postgres::arrangement(&mut transaction).await?;
        let (source, row, made_at) = (config.source, config.row, config.made_at);
        let after = postgres::write_provider(&mut transaction, config.provider(act)).await?;
        postgres::note_losers(&mut transaction, Some(after.id), &before, (&self.audit, act)).await?;
        let subject = Subject { after: Some(after.audited()), before: None, ..subject(&after) };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        let insert =
            "INSERT INTO imported_configs (source, row, made_at, uuid, number) VALUES ($1, $2, $3, $4, $5)";
        let insert = sqlx::query(insert).bind(source).bind(row).bind(made_at.0);
        insert.bind(after.id.to_string()).bind(after.number).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(after.number)
    }

    /// As [`Store::import_calls`](crate::Store::import_calls). A database that is away is an error here: nothing waits on disk.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn import_calls(
        &self,
        source: &str,
        rows: &[CallRow],
        progress: &str,
    ) -> Result<u64, StoreError> {
        let mut transaction = self.begin_writing(rows).await?;
        let written = postgres::write_calls(&mut transaction, rows).await?;
        keep(&mut transaction, source, progress, (written, 0)).await?;
        transaction.commit().await?;
        Ok(written)
    }

    /// As [`Store::import_acts`](crate::Store::import_acts).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn import_acts(&self, acts: ActsOfSource<'_>, progress: &str) -> Result<u64, StoreError> {
        let mut transaction = self.change().await?;
        let mut written = 0;
        for (row, after) in acts.acts {
            let claim = "INSERT INTO imported_acts (source, row) VALUES ($1, $2) ON CONFLICT DO NOTHING";
            let claim = sqlx::query(claim).bind(acts.source).bind(row);
            if claim.execute(&mut *transaction).await?.rows_affected() == 0 {
                continue;
            }
            let subject =
                Subject { target: Some(acts.source.to_owned()), after: Some(after), ..Subject::default() };
            self.audit.write_shared(&mut transaction, acts.act, subject).await?;
            written += 1;
        }
        keep(&mut transaction, acts.source, progress, (0, written)).await?;
        transaction.commit().await?;
        Ok(written)
    }

    /// As [`Store::count_known_calls`](crate::Store::count_known_calls).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn count_known_calls(&self, requests: &[String]) -> Result<u64, StoreError> {
        let select = "SELECT count(*) FROM usage_requests WHERE request_id = ANY($1)";
        let known: i64 = sqlx::query_scalar(select).bind(requests).fetch_one(&self.pool()).await?;
        Ok(unsigned(known))
    }

    /// As [`Store::count_known_acts`](crate::Store::count_known_acts).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn count_known_acts(&self, source: &str, rows: &[i64]) -> Result<u64, StoreError> {
        let select = "SELECT count(*) FROM imported_acts WHERE source = $1 AND row = ANY($2)";
        let known: i64 = sqlx::query_scalar(select).bind(source).bind(rows).fetch_one(&self.pool()).await?;
        Ok(unsigned(known))
    }
}

async fn keep(
    connection: &mut PgConnection,
    source: &str,
    progress: &str,
    (calls, acts): (u64, u64),
) -> Result<(), StoreError> {
    let update =
        "UPDATE import_sources SET progress = $1, calls = calls + $2, acts = acts + $3 WHERE name = $4";
    let [calls, acts] = [calls, acts].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    let update = sqlx::query(update).bind(progress).bind(calls).bind(acts).bind(source);
    update.execute(connection).await?;
    Ok(())
}
