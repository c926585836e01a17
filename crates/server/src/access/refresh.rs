//! New tokens for an old refresh token, which is good once. One that comes twice was stolen, and ends the session for both.

use axum::{Extension, Json, extract::State, http::StatusCode};
use model::remote::{Refresh, Success, Tokens};
use store::Refreshed;

use super::{Peer, log_in::tokens, opaque};
use crate::web::{Answer, Body, Refused, Shared};

/// New tokens for a refresh token
#[utoipa::path(post, path = "/api/v1/auth/refresh", tag = "access", request_body = Refresh,
    responses((status = 200, body = Success<Tokens>), (status = 401, body = model::remote::Refusal)), security())]
pub(crate) async fn refresh(
    State(app): State<Shared>,
    Extension(Peer(peer)): Extension<Peer>,
    Body(asked): Body<Refresh>,
) -> Answer<Json<Success<Tokens>>> {
    let next = opaque::make_for_request()?;
    let shown = opaque::digest(asked.refresh_token.expose());
    let act = app.act_of("unknown", peer, "session.refresh");
    match app.store.refresh_session(&shown, &opaque::digest(&next), &act).await? {
        Refreshed::Renewed(session) => tokens(&app, &session.user, session.id, &next),
        Refreshed::Reused => {
            tracing::warn!(%peer, "a refresh token came twice; its session is ended");
            Err(refused())
        }
        Refreshed::Unknown => Err(refused()),
    }
}

fn refused() -> Refused {
    let message = "this refresh token is not valid";
    Refused::new(StatusCode::UNAUTHORIZED, "refresh_refused", message, "Log in again at /api/v1/auth/login.")
}
