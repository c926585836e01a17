//! All tasks with their routes.

use axum::{Json, extract::State};
use model::remote::{Success, Task};

use super::view::view;
use crate::{
    configs::numbers::Numbers,
    web::{Answer, Shared},
};

/// List tasks with their routes
#[utoipa::path(get, path = "/api/v1/super-admin/tasks", tag = "routing",
    responses((status = 200, body = Success<Vec<Task>>)))]
pub(crate) async fn list(State(app): State<Shared>) -> Answer<Json<Success<Vec<Task>>>> {
    let (revision, routes) = app.store.routing().await?;
    let numbers = Numbers::read(&app).await?;
    let tasks = routes.into_iter().map(|route| view(&app, &numbers, revision, route));
    Ok(Json(Success::new(tasks.collect())))
}
