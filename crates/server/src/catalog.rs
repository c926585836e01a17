//! The catalogue of models and prices in force: the one that came with the program, or one that was imported over it.

pub(crate) mod get;
pub(crate) mod import;
pub(crate) mod models;
pub(crate) mod preview;

use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use model::{
    Catalog,
    catalog_file::CatalogFileError,
    remote::{CatalogInfo, Success},
};

use crate::{
    app::App,
    web::{Answer, Refused, instant, refusal, revision},
};

impl App {
    /// The catalogue in force.
    pub(crate) async fn catalog(&self) -> Answer<Catalog> {
        match self.store.catalog_in_force().await? {
            Some(imported) => Ok(imported.catalog),
            None => bundled(),
        }
    }
}

fn bundled() -> Answer<Catalog> {
    Catalog::bundled().map_err(|error| {
        tracing::error!(%error, "the catalogue that came with the program does not read");
        refusal::internal()
    })
}

/// Which one is in force, with its version as `ETag`.
async fn answer(app: &App) -> Answer<Response> {
    let info = info(app).await?;
    let tag = [(header::ETAG, revision::etag(revision::of_words(&info.version)))];
    Ok((tag, Json(Success::new(info))).into_response())
}

async fn info(app: &App) -> Answer<CatalogInfo> {
    Ok(match app.store.catalog_in_force().await? {
        Some(imported) => CatalogInfo {
            version: imported.version,
            as_of: imported.catalog.as_of,
            models: imported.catalog.models.len() as u64,
            imported_at: Some(instant::text(imported.imported_at)),
        },
        None => {
            let bundled = bundled()?;
            CatalogInfo {
                version: gateway::bundled_version(&bundled),
                models: bundled.models.len() as u64,
                as_of: bundled.as_of,
                imported_at: None,
            }
        }
    })
}

/// Reads a catalogue that was sent. What is wrong with it is named by its line or its model; nothing else of it is quoted.
fn read(bytes: &[u8]) -> Answer<Catalog> {
    let text = std::str::from_utf8(bytes).map_err(|_| {
        refusal::bad_request("not_json", "the body is no text in UTF-8", "Send one JSON object.")
    })?;
    Catalog::from_file(text).map_err(|error| match error {
        CatalogFileError::NotJson { .. } => {
            refusal::bad_request("not_json", error.to_string(), error.advice())
        }
        error => unreadable(&error),
    })
}

fn unreadable(error: &CatalogFileError) -> Refused {
    let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    Refused::new(status, "not_a_catalog", error.to_string(), error.advice())
}
