//! Logging out: the session ends at once, with every token of it.

use axum::{Extension, Json, extract::State};
use model::remote::Success;
use serde::Serialize;
use utoipa::ToSchema;

use super::Caller;
use crate::web::{Answer, Shared};

/// A session that was ended.
#[derive(Serialize, ToSchema)]
pub(crate) struct LoggedOut {
    /// Always true.
    logged_out: bool,
}

/// End this session
#[utoipa::path(post, path = "/api/v1/auth/logout", tag = "access",
    responses((status = 200, body = Success<LoggedOut>)))]
pub(crate) async fn log_out(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
) -> Answer<Json<Success<LoggedOut>>> {
    app.store.end_session(&caller.session, &app.act(&caller, "session.end")).await?;
    Ok(Json(Success::new(LoggedOut { logged_out: true })))
}
