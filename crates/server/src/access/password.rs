//! Changing the own password. Every session of the user ends, so that a thief's does too.

use axum::{Extension, Json, extract::State, http::StatusCode};
use model::remote::{ChangePassword, Success};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Caller, begin_attempt};
use crate::web::{Answer, Body, Refused, Shared, refusal};

/// A password that was changed.
#[derive(Serialize, ToSchema)]
pub(crate) struct PasswordChanged {
    /// Always true: log in again.
    sessions_ended: bool,
}

/// Change the own password; every session ends
#[utoipa::path(post, path = "/api/v1/auth/password", tag = "access", request_body = ChangePassword,
    responses((status = 200, body = Success<PasswordChanged>), (status = 403, body = model::remote::Refusal),
        (status = 429, body = model::remote::Refusal)))]
pub(crate) async fn change(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Body(asked): Body<ChangePassword>,
) -> Answer<Json<Success<PasswordChanged>>> {
    caller.require_proof(app.now())?;
    let user = &caller.session.user;
    begin_attempt(&app, caller.peer, &user.name).await?;
    let login = app.store.login_of(&user.name).await?.ok_or_else(refusal::unauthorized)?;
    if !app.passwords.is_of(Some(&login.password_hash), asked.current_password).await? {
        app.store.record(&app.act(&caller, "password.refused")).await?;
        let message = "the current password is wrong";
        return Err(Refused::new(StatusCode::FORBIDDEN, "password_refused", message, "Type it again."));
    }
    app.store.attempt_was_good(&user.name).await?;
    let hash = app.passwords.hash(asked.new_password, "new_password").await?;
    app.store.set_password(user, &hash, &app.act(&caller, "password.change")).await?;
    Ok(Json(Success::new(PasswordChanged { sessions_ended: true })))
}
