//! Showing the second factor again, for sensitive operations.

use axum::{Extension, Json, extract::State, http::StatusCode};
use model::remote::{LoggedIn, StepUp, Success};

use super::{Caller, accepts_code, begin_attempt, me, recovery_codes};
use crate::web::{Answer, Body, Refused, Shared, refusal};

/// Show the second factor again, for sensitive operations
#[utoipa::path(post, path = "/api/v1/auth/step-up", tag = "access", request_body = StepUp,
    responses((status = 200, body = Success<LoggedIn>), (status = 403, body = model::remote::Refusal),
        (status = 429, body = model::remote::Refusal)))]
pub(crate) async fn step_up(
    State(app): State<Shared>,
    Extension(mut caller): Extension<Caller>,
    Body(asked): Body<StepUp>,
) -> Answer<Json<Success<LoggedIn>>> {
    let name = caller.session.user.name.clone();
    begin_attempt(&app, caller.peer, &name).await?;
    let login = app.store.login_of(&name).await?.ok_or_else(refusal::unauthorized)?;
    let kept = recovery_codes(&app, Some(&login), &asked.code).await?;
    let act = app.act(&caller, "step_up.accepted");
    if !accepts_code(&app, &login, (&asked.code, &kept), act).await? {
        app.store.record(&app.act(&caller, "step_up.refused")).await?;
        let advice = "Wait for the next code of the authenticator app. Each is good once.";
        return Err(Refused::new(StatusCode::FORBIDDEN, "code_refused", "this code is wrong", advice));
    }
    app.store.attempt_was_good(&name).await?;
    let act = app.act(&caller, "step_up.accepted");
    app.store.prove_session(&caller.session, &act).await?;
    caller.session.proven_at = act.at;
    Ok(me::me(Extension(caller)).await)
}
