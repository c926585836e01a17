//! Another catalogue in force, and the bundled one again. Prices that priced calls are kept with the log and stay; pricing the log
//! anew is an act of its own.

use axum::{Extension, extract::State, http::HeaderMap, response::Response};
use model::{
    Catalog,
    remote::{CatalogInfo, Success},
};
use store::{Act, ImportError, StoreError};

use super::{answer, info, read};
use crate::{
    access::Caller,
    app::App,
    web::{Answer, Raw, Refused, Shared, refusal, revision},
};

/// Put a catalogue in force
#[utoipa::path(put, path = "/api/v1/super-admin/catalog", tag = "catalog", request_body = Catalog,
    responses((status = 200, body = Success<CatalogInfo>, headers(("ETag" = String, description = "Of its version")))))]
pub(crate) async fn import(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Raw(bytes): Raw,
) -> Answer<Response> {
    let catalog = read(&bytes)?;
    let version = gateway::catalog_version(&catalog);
    let act = app.act(&caller, "catalogue.import");
    change(&app, &caller, &headers, Some((version.as_str(), &catalog)), &act).await
}

/// Put the catalogue that came with the program in force again
#[utoipa::path(delete, path = "/api/v1/super-admin/catalog", tag = "catalog",
    responses((status = 200, body = Success<CatalogInfo>, headers(("ETag" = String, description = "Of its version")))))]
pub(crate) async fn restore(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
) -> Answer<Response> {
    let act = app.act(&caller, "catalogue.restore");
    change(&app, &caller, &headers, None, &act).await
}

async fn change(
    app: &App,
    caller: &Caller,
    headers: &HeaderMap,
    new: Option<(&str, &Catalog)>,
    act: &Act,
) -> Answer<Response> {
    // Twice read, and the second time held: between the two another one may come into force, which is a conflict then.
    let seen = app.store.catalog_in_force().await?.map(|imported| imported.version);
    revision::require(headers, revision::of_words(&info(app).await?.version))?;
    caller.require_proof(act.at)?;
    match app.store.change_catalog(seen.as_deref(), new, act).await {
        Err(ImportError::Store(StoreError::Conflict)) => {
            let current = info(app).await?;
            return Err(refusal::other_revision(revision::of_words(&current.version)));
        }
        done => done?,
    }
    app.reload().await;
    answer(app).await
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
