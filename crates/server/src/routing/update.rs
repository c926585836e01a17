//! Another route of a task: by chain, by split, or the cheapest that will do. What cannot serve the task is refused now, and
//! not when the first call fails.

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use model::{
    remote::{FieldAtFault, Success, Task, TaskMember, UpdateTask},
    routing::{CHAIN_LIMIT, ChainMember, TaskRoute},
};
use store::Provider;

use super::{find, refused, view::answer};
use crate::{
    access::Caller,
    configs::numbers::Numbers,
    web::{Answer, Body, Part, Shared, refusal, revision},
};

/// Change a task's route
#[utoipa::path(put, path = "/api/v1/super-admin/tasks/{task}", tag = "routing",
    params(("task" = String, Path, description = "Its name")), request_body = UpdateTask,
    responses((status = 200, body = Success<Task>, headers(("ETag" = String, description = "The revision of all routes")))))]
pub(crate) async fn update(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Part(name): Part,
    headers: HeaderMap,
    Body(asked): Body<UpdateTask>,
) -> Answer<Response> {
    let (seen, old) = find(&app, &name).await?;
    revision::require(&headers, seen)?;
    let providers = app.store.providers().await?;
    let route = changed(old, asked, &providers)?;
    if let Some(refusal) = gateway::route_refusal(&route, &providers, &app.catalog().await?) {
        return Err(refusal::invalid_field("chain", refusal.message));
    }
    let saved = app.store.save_routes(seen, &[route], &app.act(&caller, "routing.save")).await;
    if let Err(error) = saved {
        return Err(refused(&app, error).await);
    }
    app.reload().await;
    answer(&app, StatusCode::OK, &name).await
}

fn changed(old: TaskRoute, asked: UpdateTask, providers: &[Provider]) -> Answer<TaskRoute> {
    Ok(TaskRoute {
        mode: asked.mode.unwrap_or(old.mode),
        chain: match asked.chain {
            Some(chain) => members(&chain, &Numbers::among(providers))?,
            None => old.chain,
        },
        needs: asked.needs.unwrap_or(old.needs),
        bounds: asked.bounds.unwrap_or(old.bounds),
        task: old.task,
    })
}

fn members(chain: &[TaskMember], numbers: &Numbers) -> Answer<Vec<ChainMember>> {
    if chain.len() > CHAIN_LIMIT {
        return Err(refusal::invalid_field("chain", format!("Send at most {CHAIN_LIMIT} configurations.")));
    }
    let (mut members, mut faults) = (Vec::new(), Vec::new());
    for (place, member) in chain.iter().enumerate() {
        let fault = |message: &str| FieldAtFault {
            field: format!("chain[{place}].config_id"),
            message: message.to_owned(),
        };
        match numbers.id(member.config_id) {
            None => faults.push(fault("There is no configuration of this id.")),
            Some(_) if chain[..place].iter().any(|before| before.config_id == member.config_id) => {
                faults.push(fault("Name each configuration once."));
            }
            Some(provider) => members.push(ChainMember { provider, weight: member.weight }),
        }
    }
    if faults.is_empty() { Ok(members) } else { Err(refusal::invalid_fields(faults)) }
}
