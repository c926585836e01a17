//! Which catalogue is in force.

use axum::{extract::State, response::Response};
use model::remote::{CatalogInfo, Success};

use super::answer;
use crate::web::{Answer, Shared};

/// Read which catalogue of models and prices is in force
#[utoipa::path(get, path = "/api/v1/super-admin/catalog", tag = "catalog",
    responses((status = 200, body = Success<CatalogInfo>, headers(("ETag" = String, description = "Of its version")))))]
pub(crate) async fn get(State(app): State<Shared>) -> Answer<Response> {
    answer(&app).await
}
