//! Deleting a task of one's own with its route. The specification's four stay.

use axum::{Extension, Json, extract::State, http::HeaderMap};
use model::remote::{DeletedTask, Success};

use super::{find, refused};
use crate::{
    access::Caller,
    web::{Answer, Part, Shared, refusal, revision},
};

/// Delete a task with its route
#[utoipa::path(delete, path = "/api/v1/super-admin/tasks/{task}", tag = "routing",
    params(("task" = String, Path, description = "Its name")),
    responses((status = 200, body = Success<DeletedTask>)))]
pub(crate) async fn delete(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Part(name): Part,
    headers: HeaderMap,
) -> Answer<Json<Success<DeletedTask>>> {
    let (seen, route) = find(&app, &name).await?;
    revision::require(&headers, seen)?;
    caller.require_proof(app.now())?;
    if route.task.is_built_in() {
        let advice = "Give it an empty chain, and the default serves it.";
        return Err(refusal::conflict(
            "built_in",
            "this task is one of the specification's, which stay",
            advice,
        ));
    }
    let removed = app.store.remove_task(&route.task, seen, &app.act(&caller, "task.remove")).await;
    if let Err(error) = removed {
        return Err(refused(&app, error).await);
    }
    app.reload().await;
    Ok(Json(Success::new(DeletedTask { deleted_task: name })))
}
