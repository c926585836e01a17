//! Whether the server lives, and whether it can be asked.

use axum::{Json, extract::State};
use model::remote::Success;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::App,
    web::{Answer, Shared, instant, refusal},
};

/// How the server is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    /// Always `ok`.
    #[schema(example = "ok")]
    status: &'static str,
    /// How the bundle in force stands, of several issuers' the first that expires; missing without one. It goes on after its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    bundle: Option<BundleHealth>,
}

/// How a bundle in force stands. A server that serves by one is as ready after its end as before.
#[derive(Serialize, ToSchema)]
pub(crate) struct BundleHealth {
    /// `valid`, `expires_soon` (48 hours before, of a shorter one when half of its time is over) or `expired`: a new one is due.
    #[schema(example = "valid")]
    state: &'static str,
    /// Until when it could be applied.
    #[schema(format = DateTime)]
    expires_at: String,
}

impl Health {
    fn of(app: &App) -> Self {
        let now = app.now();
        let bundle = app.metrics.bundle_ending().map(|ending| BundleHealth {
            state: match ending {
                ending if ending.expires_at <= now => "expired",
                ending if ending.warns_at <= now => "expires_soon",
                _ => "valid",
            },
            expires_at: instant::text(ending.expires_at),
        });
        Self { status: "ok", bundle }
    }
}

/// The process lives.
#[utoipa::path(get, path = "/healthz", tag = "probes", responses((status = 200, body = Success<Health>)), security())]
pub(crate) async fn healthz(State(app): State<Shared>) -> Json<Success<Health>> {
    // By the figure that is kept in memory: whether the process lives does not depend on a disk.
    Json(Success::new(Health::of(&app)))
}

/// The database answers, and the server does not end just now.
#[utoipa::path(get, path = "/readyz", tag = "probes",
    responses((status = 200, body = Success<Health>), (status = 503, body = model::remote::Refusal)), security())]
pub(crate) async fn readyz(State(app): State<Shared>) -> Answer<Json<Success<Health>>> {
    if app.closing.is_cancelled() {
        return Err(refusal::unavailable(
            "closing",
            "the server is ending",
            "Ask another one, or this one later.",
        ));
    }
    app.store.version().await?;
    Ok(Json(Success::new(Health::of(&app))))
}
