//! Deleting a configuration, unless it is the default: then tasks would be left without a provider.

use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use model::{
    command::Existing,
    remote::{DeletedConfig, LostRoute, Success},
    routing::SimulatedFailure,
};
use store::{Provider, StoreError};

use crate::{
    access::Caller,
    web::{Answer, Id, Refused, Shared, refusal, revision},
};

/// Delete a configuration with its key
#[utoipa::path(delete, path = "/api/v1/super-admin/providers/configs/{config_id}", tag = "providers",
    params(("config_id" = i64, Path, description = "Its id")),
    responses((status = 200, body = Success<DeletedConfig>)))]
pub(crate) async fn delete(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Id(number): Id,
    headers: HeaderMap,
) -> Answer<Json<Success<DeletedConfig>>> {
    let provider = app.store.provider_of_number(number).await?;
    revision::require(&headers, provider.revision)?;
    caller.require_proof(app.now())?;
    if provider.draft.is_default {
        return Err(is_default(&app, &provider).await?);
    }
    let existing = Existing { id: provider.id, revision: provider.revision };
    match app.store.delete(existing, &app.act(&caller, "provider.delete")).await {
        Err(StoreError::Conflict) => {
            let now = app.store.provider_of_number(number).await?;
            return Err(refusal::other_revision(now.revision));
        }
        done => done?,
    };
    app.reload().await;
    Ok(Json(Success::new(DeletedConfig { deleted_id: number })))
}

/// Says what would lose its provider, and who would serve it then.
async fn is_default(app: &Shared, provider: &Provider) -> Answer<Refused> {
    let (_, routes) = app.store.routing().await?;
    let effects = app.gateway.simulate(provider.id, SimulatedFailure::Down, &routes);
    let served: Vec<_> = effects
        .into_iter()
        .filter(|effect| effect.now == Some(provider.id))
        .map(|effect| effect.task)
        .collect();
    let lost = routes.into_iter().filter(|route| served.contains(&route.task)).collect();
    let all = app.store.providers().await?;
    let number = |id| all.iter().find(|other| other.id == id).map(|other| other.number);
    let loses = app.gateway.handed_on(provider.id, lost).into_iter();
    let message = "this is the default, which serves what nobody else serves";
    let advice =
        "Make another configuration the default, or send `is_default: false` to this one, then delete it.";
    let mut refused = Refused::new(StatusCode::CONFLICT, "is_default", message, advice);
    refused.reason_mut().loses =
        loses.map(|(task, then)| LostRoute { task: task.to_string(), then: then.and_then(number) }).collect();
    Ok(refused)
}
