//! How every configuration is at this moment.

use axum::{Json, extract::State};
use model::{
    health::{BreakerState, ProviderHealth},
    remote::{ConfigHealth, HealthReport, HealthTask, Success},
};

use crate::{
    app::App,
    configs::numbers::Numbers,
    web::{Answer, Shared, instant},
};

/// Read how every configuration is, the worst first
#[utoipa::path(get, path = "/api/v1/super-admin/providers/health", tag = "health",
    responses((status = 200, body = Success<HealthReport>)))]
pub(crate) async fn report(State(app): State<Shared>) -> Answer<Json<Success<HealthReport>>> {
    Ok(Json(Success::new(read(&app).await?)))
}

/// Ask every vendor now whether the keys work, at no cost
#[utoipa::path(post, path = "/api/v1/super-admin/providers/health/check", tag = "health",
    responses((status = 200, body = Success<HealthReport>)))]
pub(crate) async fn check(State(app): State<Shared>) -> Answer<Json<Success<HealthReport>>> {
    app.gateway.probe_all().await;
    Ok(Json(Success::new(read(&app).await?)))
}

async fn read(app: &App) -> Answer<HealthReport> {
    let numbers = Numbers::read(app).await?;
    let health = app.gateway.health();
    Ok(HealthReport {
        configs: health.providers.into_iter().filter_map(|one| view(one, &numbers)).collect(),
        probed_at: instant::maybe(health.probed_at),
        probe_every_s: health.probe_every_s,
    })
}

fn view(health: ProviderHealth, numbers: &Numbers) -> Option<ConfigHealth> {
    let (breaker, until) = match health.breaker {
        BreakerState::Closed => ("closed", None),
        BreakerState::HalfOpen => ("half_open", None),
        BreakerState::Open { until } => ("open", Some(until)),
        BreakerState::CannotProbe => ("cannot_probe", None),
    };
    let task = |(task, place): (model::TaskName, u32)| HealthTask { task: task.to_string(), place };
    Some(ConfigHealth {
        config_id: numbers.of(health.id)?,
        provider_type: health.provider_type,
        display_name: health.display_name,
        model_name: health.model_name,
        is_active: health.is_active,
        state: health.state,
        reason: health.reason,
        breaker: breaker.to_owned(),
        breaker_until: instant::maybe(until),
        last_hour: health.hour,
        last_day: health.day,
        half_hours: health.slots,
        p50_ms: health.p50_ms,
        p95_ms: health.p95_ms,
        tasks: health.tasks.into_iter().map(task).collect(),
        checked_at: instant::maybe(health.checked_at),
    })
}
