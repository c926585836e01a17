//! Catalogues of models that somebody imported: the same rules as `catalog`.

use model::Catalog;
use serde_json::json;
use sqlx::PgConnection;

use super::PgStore;
use crate::{
    Act, ImportError, ImportedCatalog, StoreError,
    audit::{AuditLog, Subject},
    catalog::CatalogRow,
};

const SELECT: &str = "SELECT version, as_of, body, imported_at FROM catalogues ORDER BY number DESC LIMIT 1";

impl PgStore {
    /// As [`Store::import_catalog`](crate::Store::import_catalog).
    ///
    /// # Errors
    /// [`ImportError::VersionTaken`], or those of the database.
    pub async fn import_catalog(
        &self,
        version: &str,
        catalog: &Catalog,
        act: &Act,
    ) -> Result<(), ImportError> {
        let mut transaction = self.change().await?;
        let before = in_force(&mut transaction).await?;
        replace(&mut transaction, before, (version, catalog), (&self.audit, act)).await?;
        Ok(transaction.commit().await.map_err(StoreError::from)?)
    }

    /// As [`Store::forget_catalogs`](crate::Store::forget_catalogs).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn forget_catalogs(&self, act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let Some(before) = in_force(&mut transaction).await? else { return Ok(()) };
        forget(&mut transaction, &before, (&self.audit, act)).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::change_catalog`](crate::Store::change_catalog).
    ///
    /// # Errors
    /// [`StoreError::Conflict`], and those of [`import_catalog`](Self::import_catalog).
    pub async fn change_catalog(
        &self,
        seen: Option<&str>,
        new: Option<(&str, &Catalog)>,
        act: &Act,
    ) -> Result<(), ImportError> {
        let mut transaction = self.change().await?;
        let before = in_force(&mut transaction).await?;
        if before.as_ref().map(|there| there.version.as_str()) != seen {
            return Err(StoreError::Conflict.into());
        }
        match (new, before) {
            (Some(new), before) => replace(&mut transaction, before, new, (&self.audit, act)).await?,
            (None, Some(before)) => forget(&mut transaction, &before, (&self.audit, act)).await?,
            (None, None) => {}
        }
        Ok(transaction.commit().await.map_err(StoreError::from)?)
    }

    /// As [`Store::catalog_in_force`](crate::Store::catalog_in_force).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn catalog_in_force(&self) -> Result<Option<ImportedCatalog>, StoreError> {
        in_force(&mut *self.pool().acquire().await?).await
    }
}

pub(super) async fn in_force(connection: &mut PgConnection) -> Result<Option<ImportedCatalog>, StoreError> {
    let row: Option<CatalogRow> = sqlx::query_as(SELECT).fetch_optional(connection).await?;
    row.map(CatalogRow::into_catalog).transpose()
}

async fn forget(
    connection: &mut PgConnection,
    before: &ImportedCatalog,
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM catalogues").execute(&mut *connection).await?;
    let before = Some(json!({ "version": before.version, "as_of": before.catalog.as_of }));
    log.write_shared(connection, act, Subject { before, ..Subject::default() }).await
}

async fn replace(
    connection: &mut PgConnection,
    before: Option<ImportedCatalog>,
    (version, catalog): (&str, &Catalog),
    (log, act): (&AuditLog, &Act),
) -> Result<(), ImportError> {
    let delete = "DELETE FROM catalogues WHERE version = $1 RETURNING version, as_of, body, imported_at";
    let same: Option<CatalogRow> = sqlx::query_as(delete)
        .bind(version)
        .fetch_optional(&mut *connection)
        .await
        .map_err(StoreError::from)?;
    let same = same.map(CatalogRow::into_catalog).transpose()?;
    if same.is_some_and(|there| there.catalog != *catalog) {
        return Err(ImportError::VersionTaken);
    }
    let insert = "INSERT INTO catalogues (version, as_of, body, imported_at) VALUES ($1, $2, $3, $4)";
    let insert = sqlx::query(insert).bind(version).bind(&catalog.as_of);
    let insert = insert.bind(serde_json::to_string(catalog).unwrap_or_default()).bind(act.at.0);
    insert.execute(&mut *connection).await.map_err(StoreError::from)?;
    let shown = |version: &str, as_of: &str| json!({ "version": version, "as_of": as_of });
    let subject = Subject {
        before: before.map(|there| shown(&there.version, &there.catalog.as_of)),
        after: Some(shown(version, &catalog.as_of)),
        ..Subject::default()
    };
    Ok(log.write_shared(connection, act, subject).await?)
}

/// As [`put`](crate::catalog::put) of the embedded database.
pub(super) async fn put(
    connection: &mut PgConnection,
    version: &str,
    catalog: &Catalog,
    log: (&AuditLog, &Act),
) -> Result<(), ImportError> {
    let before = in_force(connection).await?;
    match before.as_ref().is_some_and(|there| there.version == version) {
        true => Ok(()),
        false => replace(connection, before, (version, catalog), log).await,
    }
}

/// As [`remove`](crate::catalog::remove) of the embedded database.
pub(super) async fn remove(
    connection: &mut PgConnection,
    version: &str,
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    let delete = "DELETE FROM catalogues WHERE version = $1 RETURNING as_of";
    let as_of: Option<String> =
        sqlx::query_scalar(delete).bind(version).fetch_optional(&mut *connection).await?;
    let Some(as_of) = as_of else { return Ok(()) };
    let before = Some(json!({ "version": version, "as_of": as_of }));
    log.write_shared(connection, act, Subject { before, ..Subject::default() }).await
}
