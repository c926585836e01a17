//! Catalogues of models that somebody imported: the same rules as `catalog`.

use model::Catalog;
use serde_json::json;
use sqlx::PgConnection;

use super::PgStore;
use crate::{Act, ImportError, ImportedCatalog, StoreError, audit::Subject, catalog::CatalogRow};

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
        let delete = "DELETE FROM catalogues WHERE version = $1 RETURNING version, as_of, body, imported_at";
        let same: Option<CatalogRow> = sqlx::query_as(delete)
            .bind(version)
            .fetch_optional(&mut *transaction)
            .await
            .map_err(StoreError::from)?;
        let same = same.map(CatalogRow::into_catalog).transpose()?;
        if same.is_some_and(|there| there.catalog != *catalog) {
            return Err(ImportError::VersionTaken);
        }
        let insert = "INSERT INTO catalogues (version, as_of, body, imported_at) VALUES ($1, $2, $3, $4)";
        let insert = sqlx::query(insert).bind(version).bind(&catalog.as_of);
        let insert = insert.bind(serde_json::to_string(catalog).unwrap_or_default()).bind(act.at.0);
        insert.execute(&mut *transaction).await.map_err(StoreError::from)?;
        let shown = |version: &str, catalog: &Catalog| json!({ "version": version, "as_of": catalog.as_of });
        let subject = Subject {
            before: before.map(|there| shown(&there.version, &there.catalog)),
            after: Some(shown(version, catalog)),
            ..Subject::default()
        };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await.map_err(StoreError::from)?)
    }

    /// As [`Store::forget_catalogs`](crate::Store::forget_catalogs).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn forget_catalogs(&self, act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let Some(before) = in_force(&mut transaction).await? else { return Ok(()) };
        sqlx::query("DELETE FROM catalogues").execute(&mut *transaction).await?;
        let before = Some(json!({ "version": before.version, "as_of": before.catalog.as_of }));
        self.audit.write_shared(&mut transaction, act, Subject { before, ..Subject::default() }).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::catalog_in_force`](crate::Store::catalog_in_force).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn catalog_in_force(&self) -> Result<Option<ImportedCatalog>, StoreError> {
        in_force(&mut *self.pool.acquire().await?).await
    }
}

pub(super) async fn in_force(connection: &mut PgConnection) -> Result<Option<ImportedCatalog>, StoreError> {
    let row: Option<CatalogRow> = sqlx::query_as(SELECT).fetch_optional(connection).await?;
    row.map(CatalogRow::into_catalog).transpose()
}
