//! One configuration, whole but for its key.

use axum::{extract::State, http::StatusCode, response::Response};
use model::remote::{ProviderConfig, Success};

use super::view;
use crate::web::{Answer, Id, Shared};

/// Read a configuration
#[utoipa::path(get, path = "/api/v1/super-admin/providers/configs/{config_id}", tag = "providers",
    params(("config_id" = i64, Path, description = "Its id")),
    responses((status = 200, body = Success<ProviderConfig>, headers(("ETag" = String, description = "Its revision")))))]
pub(crate) async fn get(State(app): State<Shared>, Id(number): Id) -> Answer<Response> {
    let provider = app.store.provider_of_number(number).await?;
    view::answer(&app, StatusCode::OK, provider).await
}
