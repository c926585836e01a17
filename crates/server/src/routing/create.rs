//! A task of one's own. The default serves it until it has a route.

use axum::{Extension, extract::State, http::StatusCode, response::Response};
use model::{
    TaskName,
    remote::{CreateTask, Success, Task},
    task::TaskNameError,
};
use store::StoreError;

use super::view::answer;
use crate::{
    access::Caller,
    web::{Answer, Body, Shared, refusal},
};

/// Create a task; the default serves it until it has a route
#[utoipa::path(post, path = "/api/v1/super-admin/tasks", tag = "routing", request_body = CreateTask,
    responses((status = 201, body = Success<Task>, headers(("ETag" = String, description = "The revision of all routes")))))]
pub(crate) async fn create(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Body(asked): Body<CreateTask>,
) -> Answer<Response> {
    let name: TaskName = asked
        .name
        .parse()
        .map_err(|error: TaskNameError| refusal::invalid_field("name", error.to_string()))?;
    match app.store.add_task(&name, &app.act(&caller, "task.add")).await {
        Err(error @ StoreError::TaskExists) => {
            return Err(refusal::conflict("name_taken", error.to_string(), "Choose another name."));
        }
        done => done?,
    }
    app.reload().await;
    answer(&app, StatusCode::CREATED, name.as_str()).await
}
