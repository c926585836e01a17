//! What a failure of one configuration would do to the routes as they are saved. On paper: nothing is changed.

use axum::{Json, extract::State};
use model::{
    remote::{FailureEffect, Success},
    routing::SimulatedFailure,
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    configs::numbers::Numbers,
    web::{Answer, Query, Shared, refusal},
};

/// Whose failure.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct What {
    /// Which configuration fails.
    config_id: i64,
    /// How; `down` when missing.
    #[param(inline)]
    failure: Option<SimulatedFailure>,
}

/// Try a failure out on paper
#[utoipa::path(get, path = "/api/v1/super-admin/routing/simulation", tag = "routing", params(What),
    responses((status = 200, body = Success<Vec<FailureEffect>>)))]
pub(crate) async fn simulate(
    State(app): State<Shared>,
    Query(what): Query<What>,
) -> Answer<Json<Success<Vec<FailureEffect>>>> {
    let numbers = Numbers::read(&app).await?;
    let fault = || refusal::invalid_field("config_id", "There is no configuration of this id.");
    let provider = numbers.id(what.config_id).ok_or_else(fault)?;
    let (_, routes) = app.store.routing().await?;
    let effects = app.gateway.simulate(provider, what.failure.unwrap_or(SimulatedFailure::Down), &routes);
    let number = |id: Option<model::ProviderId>| id.and_then(|id| numbers.of(id));
    let effects = effects.into_iter().map(|effect| FailureEffect {
        task: effect.task.to_string(),
        now: number(effect.now),
        then: number(effect.then),
        after_that: number(effect.after_that),
        same_vendor: effect.same_vendor,
    });
    Ok(Json(Success::new(effects.collect())))
}
