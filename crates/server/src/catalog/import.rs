//! Another catalogue in force, and the bundled one again. Prices that priced calls are kept with the log and stay; pricing the log
//! anew is an act of its own.

use axum::{Extension, Json, extract::State};
use model::{
    Catalog,
    remote::{CatalogInfo, Success},
};
use store::ImportError;

use super::{info, read};
use crate::{
    access::Caller,
    web::{Answer, Raw, Refused, Shared, refusal},
};

/// Put a catalogue in force
#[utoipa::path(put, path = "/api/v1/super-admin/catalog", tag = "catalog", request_body = Catalog,
    responses((status = 200, body = Success<CatalogInfo>)))]
pub(crate) async fn import(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Raw(bytes): Raw,
) -> Answer<Json<Success<CatalogInfo>>> {
    let catalog = read(&bytes)?;
    let act = app.act(&caller, "catalogue.import");
    caller.require_proof(act.at)?;
    app.store.import_catalog(&gateway::catalog_version(&catalog), &catalog, &act).await?;
    app.reload().await;
    Ok(Json(Success::new(info(&app).await?)))
}

/// Put the catalogue that came with the program in force again
#[utoipa::path(delete, path = "/api/v1/super-admin/catalog", tag = "catalog",
    responses((status = 200, body = Success<CatalogInfo>)))]
pub(crate) async fn restore(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
) -> Answer<Json<Success<CatalogInfo>>> {
    let act = app.act(&caller, "catalogue.restore");
    caller.require_proof(act.at)?;
    app.store.forget_catalogs(&act).await?;
    app.reload().await;
    Ok(Json(Success::new(info(&app).await?)))
}

impl From<ImportError> for Refused {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::VersionTaken => {
                let advice = "It was imported before in another form. Change its day, then send it again.";
                refusal::conflict("version_taken", error.to_string(), advice)
            }
            ImportError::Store(error) => error.into(),
        }
    }
}
