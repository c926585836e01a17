//! What a catalogue would change. Nothing is imported.

use axum::{Json, extract::State};
use model::{
    Catalog,
    prices::{CatalogChanges, PriceChange},
    remote::{CatalogDifference, Repriced, Success},
};

use super::read;
use crate::web::{Answer, Raw, Shared};

/// Say what a catalogue would change
#[utoipa::path(post, path = "/api/v1/super-admin/catalog/preview", tag = "catalog", request_body = Catalog,
    responses((status = 200, body = Success<CatalogDifference>)))]
pub(crate) async fn preview(
    State(app): State<Shared>,
    Raw(bytes): Raw,
) -> Answer<Json<Success<CatalogDifference>>> {
    let catalog = read(&bytes)?;
    let now = app.catalog().await?;
    let changes = CatalogChanges::between(&now, &catalog);
    let mut providers = app.store.providers().await?;
    providers.retain(|provider| gateway::loses_its_price(provider, &now, &catalog));
    Ok(Json(Success::new(CatalogDifference {
        version: gateway::catalog_version(&catalog),
        as_of_now: now.as_of,
        models: catalog.models.len() as u64,
        as_of: catalog.as_of,
        added: changes.added,
        removed: changes.removed,
        repriced: changes.repriced.into_iter().map(view).collect(),
        otherwise_changed: changes.other as u64,
        losing_their_price: providers.into_iter().map(|provider| provider.number).collect(),
    })))
}

fn view(change: PriceChange) -> Repriced {
    Repriced {
        provider_type: change.provider_type,
        model_name: change.model_name,
        input_before: change.before.0,
        output_before: change.before.1,
        input_after: change.after.0,
        output_after: change.after.1,
    }
}
