//! Prices: the catalogue in force, another one from a file, and the history priced anew.

use std::ops::Range;

use gateway::{catalog_version, loses_its_price};
use model::{
    Catalog, Failure, FailureCode, Timestamp,
    catalog_file::CatalogFileError,
    command::{ImportCatalog, PreviewCatalog, PreviewRepricing, RepriceHistory, RestoreCatalog, ViewCatalog},
    prices::{CatalogChanges, CatalogPreview, CatalogView, Repricing},
};
use store::{Act, ImportError};

use crate::{Desk, Host, dispatch::Body, failures, session::Session};

impl Body for ViewCatalog {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<CatalogView, Failure> {
        view(desk, &*desk.session()?).await
    }
}

impl Body for PreviewCatalog {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<CatalogPreview, Failure> {
        let session = desk.session()?;
        let catalog = read(&self.text)?;
        let now = desk.catalog_in_force(&session).await?;
        let providers = session.store.serving().await.map_err(failures::store)?.providers;
        let losing = providers.iter().filter(|provider| loses_its_price(provider, &now, &catalog));
        Ok(CatalogPreview {
            version: catalog_version(&catalog),
            as_of_now: now.as_of.clone(),
            models: catalog.models.len(),
            changes: CatalogChanges::between(&now, &catalog),
            losing: losing.map(|provider| provider.draft.display_name.clone()).collect(),
            as_of: catalog.as_of,
        })
    }
}

impl Body for ImportCatalog {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<CatalogView, Failure> {
        let session = desk.session()?;
        let catalog = read(&self.text)?;
        put(desk, &session, &catalog_version(&catalog), &catalog).await
    }
}

impl Body for RestoreCatalog {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<CatalogView, Failure> {
        let session = desk.session()?;
        if let Some(version) = self.version {
            let replaced = session.replaced_catalog(&version).ok_or_else(failures::catalog_gone)?;
            return put(desk, &session, &version, &replaced).await;
        }
        session.require_proof()?;
        keep_replaced(&session).await?;
        session.store.forget_catalogs(&desk.act("catalogue.restore")).await.map_err(failures::store)?;
        session.reload().await;
        view(desk, &session).await
    }
}

impl Body for PreviewRepricing {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Repricing, Failure> {
        reprice(&*desk.session()?, self.days, None).await
    }
}

impl Body for RepriceHistory {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Repricing, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let repriced = reprice(&session, self.days, Some(&desk.act("usage.reprice"))).await?;
        session.budgets.look_soon();
        Ok(repriced)
    }
}

/// Puts a catalogue in force.
async fn put<H: Host>(
    desk: &Desk<H>,
    session: &Session,
    version: &str,
    catalog: &Catalog,
) -> Result<CatalogView, Failure> {
    // A lower price widens every limit of cost.
    session.require_proof()?;
    keep_replaced(session).await?;
    let imported = session.store.import_catalog(version, catalog, &desk.act("catalogue.import")).await;
    imported.map_err(not_imported)?;
    session.reload().await;
    view(desk, session).await
}

/// Whoever puts another one in force can go back to this one.
async fn keep_replaced(session: &Session) -> Result<(), Failure> {
    let replaced = session.store.catalog_in_force().await.map_err(failures::store)?;
    if let Some(replaced) = replaced {
        session.keep_replaced_catalog(replaced.version, replaced.catalog);
    }
    Ok(())
}

async fn view<H: Host>(desk: &Desk<H>, session: &Session) -> Result<CatalogView, Failure> {
    let imported = session.store.catalog_in_force().await.map_err(failures::store)?;
    Ok(match imported {
        Some(imported) => CatalogView {
            version: imported.version,
            as_of: imported.catalog.as_of,
            models: imported.catalog.models.len(),
            imported_at: Some(imported.imported_at),
        },
        None => CatalogView {
            version: gateway::bundled_version(&desk.catalog),
            as_of: desk.catalog.as_of.clone(),
            models: desk.catalog.models.len(),
            imported_at: None,
        },
    })
}

fn read(text: &str) -> Result<Catalog, Failure> {
    Catalog::from_file(text).map_err(|error: CatalogFileError| {
        Failure::new(FailureCode::Other, error.to_string(), error.advice())
    })
}

fn not_imported(error: ImportError) -> Failure {
    match error {
        // Its digest is in its version, so this is one file in two forms of what the program does not read.
        ImportError::VersionTaken => {
            let advice = "It was imported before in another form. Change its day, then choose it again.";
            Failure::new(FailureCode::Other, error.to_string(), advice)
        }
        ImportError::Store(error) => failures::store(error),
    }
}

async fn reprice(session: &Session, days: Option<u32>, act: Option<&Act>) -> Result<Repricing, Failure> {
    let time = last(days, session.host.now());
    session.engine().await?.reprice(time, act).await.map_err(failures::store)
}

/// The last days, today among them, or all that there is.
fn last(days: Option<u32>, now: Timestamp) -> Range<Timestamp> {
    let start =
        days.map_or(Timestamp(0), |days| now.start_of_utc_day().plus_days(1 - i64::from(days.max(1))));
    start..Timestamp(i64::MAX)
}
