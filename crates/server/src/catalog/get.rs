//! Which catalogue is in force.

use axum::{Json, extract::State};
use model::remote::{CatalogInfo, Success};

use super::info;
use crate::web::{Answer, Shared};

/// Read which catalogue of models and prices is in force
#[utoipa::path(get, path = "/api/v1/super-admin/catalog", tag = "catalog",
    responses((status = 200, body = Success<CatalogInfo>)))]
pub(crate) async fn get(State(app): State<Shared>) -> Answer<Json<Success<CatalogInfo>>> {
    Ok(Json(Success::new(info(&app).await?)))
}
