//! One budget.

use axum::{extract::State, http::StatusCode, response::Response};
use model::remote::{Budget, Success};

use super::{find, view::answer};
use crate::web::{Answer, Part, Shared};

/// Read a budget and how it stands
#[utoipa::path(get, path = "/api/v1/super-admin/budgets/{budget_id}", tag = "budgets",
    params(("budget_id" = i64, Path, description = "Its id")),
    responses((status = 200, body = Success<Budget>, headers(("ETag" = String, description = "Its revision")))))]
pub(crate) async fn get(State(app): State<Shared>, Part(number): Part) -> Answer<Response> {
    let budget = find(&app, &number).await?;
    answer(&app, StatusCode::OK, budget).await
}
