//! One's own sessions: where one is logged in, and ending that.

use axum::{Extension, Json, extract::State};
use model::remote::{EndedSessions, SessionRecord, Success};
use store::{ListedSession, StoreError};
use uuid::Uuid;

use super::Caller;
use crate::web::{Answer, Part, Refused, Shared, instant, refusal};

/// List the own sessions
#[utoipa::path(get, path = "/api/v1/auth/sessions", tag = "access",
    responses((status = 200, body = Success<Vec<SessionRecord>>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
) -> Answer<Json<Success<Vec<SessionRecord>>>> {
    let sessions = app.store.sessions_of(caller.session.user.number, app.now()).await?;
    Ok(Json(Success::new(sessions.into_iter().map(|session| view(session, &caller)).collect())))
}

/// End one of the own sessions
#[utoipa::path(delete, path = "/api/v1/auth/sessions/{session_id}", tag = "access",
    params(("session_id" = String, Path, description = "Its id")),
    responses((status = 200, body = Success<EndedSessions>)))]
pub(crate) async fn end(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Part(id): Part,
) -> Answer<Json<Success<EndedSessions>>> {
    let id: Uuid = id.parse().map_err(|_| none())?;
    let act = app.act(&caller, "session.end");
    match app.store.end_own_session(&caller.session.user, id, &act).await {
        Err(StoreError::Gone) => Err(none()),
        done => {
            done?;
            Ok(Json(Success::new(EndedSessions { ended: 1 })))
        }
    }
}

/// A session as the remote API shows it.
pub(crate) fn view(session: ListedSession, caller: &Caller) -> SessionRecord {
    SessionRecord {
        id: session.id.to_string(),
        is_current: session.id == caller.session.id,
        ip_address: session.ip_address,
        created_at: instant::text(session.created_at),
        used_at: instant::text(session.used_at),
        proven_at: instant::text(session.proven_at),
        ends_at: instant::text(session.ends_at),
    }
}

fn none() -> Refused {
    refusal::no_such("there is no such session", "Read the list at /api/v1/auth/sessions.")
}
