//! A bundle's routes were judged where they were made, by the catalogue that is there. What this server knows of a model decides here.

use bundle::{BundledCatalog, Contents};
use model::{Catalog, ProviderDraft, ProviderId};
use store::Database;

use super::BundleError;

/// Refuses a place that comes to a model which is known to be unable to fill it.
pub(super) async fn require(store: &Database, contents: &Contents) -> Result<(), BundleError> {
    let before = store.serving().await?;
    let own = || Catalog::bundled().ok();
    let catalog = match &contents.catalog {
        Some(BundledCatalog::Comes(catalog)) => Some(catalog.clone()),
        Some(BundledCatalog::Goes(version)) => {
            let stays = before.catalog.filter(|imported| imported.version != *version);
            stays.map(|imported| imported.catalog).or_else(own)
        }
        None => before.catalog.map(|imported| imported.catalog).or_else(own),
    };
    let Some(catalog) = catalog else { return Ok(()) };
    let drafts: Vec<(ProviderId, &ProviderDraft)> =
        contents.configurations.iter().map(|one| (one.id, &one.draft)).collect();
    let unfit =
        gateway::newly_unfit(&contents.routes, &drafts, (&before.routes, &before.providers), &catalog);
    match unfit.into_iter().next() {
        Some(unfit) => Err(BundleError::Unfit(unfit)),
        None => Ok(()),
    }
}
