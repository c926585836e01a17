//! Whether the server lives, and whether it can be asked.

use axum::{Json, extract::State};
use model::remote::Success;
use serde::Serialize;
use utoipa::ToSchema;

use crate::web::{Answer, Shared, refusal};

/// How the server is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    /// Always `ok`.
    #[schema(example = "ok")]
    status: &'static str,
}

/// The process lives.
#[utoipa::path(get, path = "/healthz", tag = "probes", responses((status = 200, body = Success<Health>)), security())]
pub(crate) async fn healthz() -> Json<Success<Health>> {
    Json(Success::new(Health { status: "ok" }))
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
    Ok(healthz().await)
}
