//! Catalogues of models that a person imported. The one imported last is in force, in place of the bundled one.

use model::{Catalog, Timestamp};
use serde_json::{Value, json};
use sqlx::{Connection, FromRow, SqliteConnection};

use crate::{
    Act, Store, StoreError,
    audit::{AuditLog, Subject},
};

/// A catalogue that was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedCatalog {
    /// What the log calls it.
    pub version: String,
    /// What it says.
    pub catalog: Catalog,
    /// When it was imported last.
    pub imported_at: Timestamp,
}

/// Why a catalogue was not imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Rows of the log name their catalogue's version, so one version cannot be two catalogues.
    #[error("another catalogue has this version")]
    VersionTaken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(FromRow)]
pub(crate) struct CatalogRow {
    version: String,
    as_of: String,
    body: String,
    imported_at: i64,
}

impl Store {
    /// Puts a catalogue in force. One that was imported before comes into force again.
    ///
    /// # Errors
    /// [`ImportError::VersionTaken`], or those of the database, which refuses the version `own` and a day that is not
    /// of ten characters.
    pub async fn import_catalog(
        &self,
        version: &str,
        catalog: &Catalog,
        act: &Act,
    ) -> Result<(), ImportError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await.map_err(StoreError::from)?;
        let before = newest(&mut transaction).await?;
        replace(&mut transaction, before, (version, catalog), (&self.audit, act)).await?;
        Ok(transaction.commit().await.map_err(StoreError::from)?)
    }

    /// Forgets the catalogues that were imported, so that the bundled one is in force. Prices that priced calls are kept
    /// with the log and stay.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn forget_catalogs(&self, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let Some(before) = newest(&mut transaction).await? else { return Ok(()) };
        forget(&mut transaction, &before, (&self.audit, act)).await?;
        Ok(transaction.commit().await?)
    }

    /// Either of these, unless another one is in force by now than was seen; `None` is the bundled one.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], and those of [`import_catalog`](Self::import_catalog).
    pub async fn change_catalog(
        &self,
        seen: Option<&str>,
        new: Option<(&str, &Catalog)>,
        act: &Act,
    ) -> Result<(), ImportError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await.map_err(StoreError::from)?;
        let before = newest(&mut transaction).await?;
        if before.as_ref().map(|row| row.version.as_str()) != seen {
            return Err(StoreError::Conflict.into());
        }
        match (new, before) {
            (Some(new), before) => replace(&mut transaction, before, new, (&self.audit, act)).await?,
            (None, Some(before)) => forget(&mut transaction, &before, (&self.audit, act)).await?,
            (None, None) => {}
        }
        Ok(transaction.commit().await.map_err(StoreError::from)?)
    }

    /// The imported catalogue in force; `None` leaves it to the bundled one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn catalog_in_force(&self) -> Result<Option<ImportedCatalog>, StoreError> {
        in_force(&mut *self.connection().await?).await
    }
}

async fn forget(
    connection: &mut SqliteConnection,
    before: &CatalogRow,
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM catalogues").execute(&mut *connection).await?;
    let before = Some(shown(&before.version, &before.as_of));
    log.write(connection, act, Subject { before, ..Subject::default() }).await
}

async fn replace(
    connection: &mut SqliteConnection,
    before: Option<CatalogRow>,
    (version, catalog): (&str, &Catalog),
    (log, act): (&AuditLog, &Act),
) -> Result<(), ImportError> {
    release(connection, version, catalog).await?;
    insert(connection, version, catalog, act.at).await?;
    let subject = Subject {
        before: before.map(|row| shown(&row.version, &row.as_of)),
        after: Some(shown(version, &catalog.as_of)),
        ..Subject::default()
    };
    Ok(log.write(connection, act, subject).await?)
}

/// Puts a catalogue in force, unless it is in force already.
pub(crate) async fn put(
    connection: &mut SqliteConnection,
    version: &str,
    catalog: &Catalog,
    log: (&AuditLog, &Act),
) -> Result<(), ImportError> {
    let before = newest(connection).await?;
    match before.as_ref().is_some_and(|row| row.version == version) {
        true => Ok(()),
        false => replace(connection, before, (version, catalog), log).await,
    }
}

/// Forgets the catalogue of one version, if it is there. The one imported before it, or the bundled one, is in force then.
pub(crate) async fn remove(
    connection: &mut SqliteConnection,
    version: &str,
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    let delete = "DELETE FROM catalogues WHERE version = ? RETURNING as_of";
    let as_of: Option<String> =
        sqlx::query_scalar(delete).bind(version).fetch_optional(&mut *connection).await?;
    let Some(as_of) = as_of else { return Ok(()) };
    let subject = Subject { before: Some(shown(version, &as_of)), ..Subject::default() };
    log.write(connection, act, subject).await
}

fn shown(version: &str, as_of: &str) -> Value {
    json!({ "version": version, "as_of": as_of })
}

pub(crate) async fn in_force(
    connection: &mut SqliteConnection,
) -> Result<Option<ImportedCatalog>, StoreError> {
    newest(connection).await?.map(CatalogRow::into_catalog).transpose()
}

async fn newest(connection: &mut SqliteConnection) -> Result<Option<CatalogRow>, StoreError> {
    let select = "SELECT version, as_of, body, imported_at FROM catalogues ORDER BY number DESC LIMIT 1";
    Ok(sqlx::query_as(select).fetch_optional(connection).await?)
}

/// Takes the row of this version away, if it holds the same catalogue, so that it can be inserted as the newest.
async fn release(
    connection: &mut SqliteConnection,
    version: &str,
    catalog: &Catalog,
) -> Result<(), ImportError> {
    let delete = "DELETE FROM catalogues WHERE version = ? RETURNING version, as_of, body, imported_at";
    let row: Option<CatalogRow> =
        sqlx::query_as(delete).bind(version).fetch_optional(connection).await.map_err(StoreError::from)?;
    match row.map(CatalogRow::into_catalog).transpose()? {
        Some(there) if there.catalog != *catalog => Err(ImportError::VersionTaken),
        _ => Ok(()),
    }
}

async fn insert(
    connection: &mut SqliteConnection,
    version: &str,
    catalog: &Catalog,
    at: Timestamp,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO catalogues (version, as_of, body, imported_at) VALUES (?, ?, ?, ?)";
    sqlx::query(insert)
        .bind(version)
        .bind(&catalog.as_of)
        .bind(serde_json::to_string(catalog).unwrap_or_default())
        .bind(at.0)
        .execute(connection)
        .await?;
    Ok(())
}

impl CatalogRow {
    pub(crate) fn into_catalog(self) -> Result<ImportedCatalog, StoreError> {
        Ok(ImportedCatalog {
            version: self.version,
            catalog: serde_json::from_str(&self.body).map_err(|_| StoreError::Damaged)?,
            imported_at: Timestamp(self.imported_at),
        })
    }
}
