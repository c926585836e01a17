//! A user's sessions, and their end. Ending them asks for no second factor: who sees a thief must not look for a phone first.

use axum::{Extension, Json, extract::State};
use model::remote::{EndedSessions, SessionRecord, Success};

use super::find;
use crate::{
    access::{Caller, sessions::view},
    web::{Answer, Part, Shared},
};

/// List a user's sessions
#[utoipa::path(get, path = "/api/v1/super-admin/users/{user_id}/sessions", tag = "users",
    params(("user_id" = i64, Path, description = "The user's id")),
    responses((status = 200, body = Success<Vec<SessionRecord>>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Part(number): Part,
) -> Answer<Json<Success<Vec<SessionRecord>>>> {
    let person = find(&app, &number).await?;
    let sessions = app.store.sessions_of(person.user.number, app.now()).await?;
    Ok(Json(Success::new(sessions.into_iter().map(|session| view(session, &caller)).collect())))
}

/// End every session of a user
#[utoipa::path(delete, path = "/api/v1/super-admin/users/{user_id}/sessions", tag = "users",
    params(("user_id" = i64, Path, description = "The user's id")),
    responses((status = 200, body = Success<EndedSessions>)))]
pub(crate) async fn end(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Part(number): Part,
) -> Answer<Json<Success<EndedSessions>>> {
    let person = find(&app, &number).await?;
    app.store.end_sessions_of(&person.user, &app.act(&caller, "user.end_sessions")).await?;
    Ok(Json(Success::new(EndedSessions { ended: person.sessions })))
}
