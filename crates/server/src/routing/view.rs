//! A task as the remote API shows it.

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use gateway::Ask;
use model::{
    remote::{Success, Task, TaskMember},
    routing::TaskRoute,
};

use crate::{
    app::App,
    configs::numbers::Numbers,
    web::{Answer, revision},
};

pub(super) fn view(app: &App, numbers: &Numbers, revision: i64, route: TaskRoute) -> Task {
    let served_by = app.gateway.explain(&Ask::Task(route.task.clone()), None, None).chosen();
    let member = |member: model::routing::ChainMember| {
        Some(TaskMember { config_id: numbers.of(member.provider)?, weight: member.weight })
    };
    Task {
        name: route.task.to_string(),
        is_built_in: route.task.is_built_in(),
        mode: route.mode,
        chain: route.chain.into_iter().filter_map(member).collect(),
        needs: route.needs,
        bounds: route.bounds,
        served_by: served_by.and_then(|id| numbers.of(id)),
        revision,
    }
}

/// A task with the revision of all routes as `ETag`.
pub(super) async fn answer(app: &App, status: StatusCode, name: &str) -> Answer<Response> {
    let (revision, route) = super::find(app, name).await?;
    let task = view(app, &Numbers::read(app).await?, revision, route);
    Ok((status, [(header::ETAG, revision::etag(revision))], Json(Success::new(task))).into_response())
}
