//! One task.

use axum::{extract::State, http::StatusCode, response::Response};
use model::remote::{Success, Task};

use super::view::answer;
use crate::web::{Answer, Part, Shared};

/// Read a task with its route
#[utoipa::path(get, path = "/api/v1/super-admin/tasks/{task}", tag = "routing",
    params(("task" = String, Path, description = "Its name")),
    responses((status = 200, body = Success<Task>, headers(("ETag" = String, description = "The revision of all routes")))))]
pub(crate) async fn get(State(app): State<Shared>, Part(name): Part) -> Answer<Response> {
    answer(&app, StatusCode::OK, &name).await
}
