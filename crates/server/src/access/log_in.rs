//! Logging in with password and second factor. A wrong name, a wrong password and a wrong code look alike, and take alike.

use std::net::IpAddr;

use axum::{Extension, Json, extract::State, http::StatusCode};
use model::remote::{LogIn, Success, Tokens};
use store::{Login, NewSession, User};
use uuid::Uuid;

use super::{
    Peer, accepts_code, begin_attempt, opaque, recovery_codes,
    tokens::{Bearer, GOOD_FOR_S},
};
use crate::web::{Answer, Body, Refused, Shared, refusal};

/// Log in with password and second factor
#[utoipa::path(post, path = "/api/v1/auth/login", tag = "access", request_body = LogIn,
    responses((status = 200, body = Success<Tokens>), (status = 401, body = model::remote::Refusal),
        (status = 429, body = model::remote::Refusal)), security())]
pub(crate) async fn log_in(
    State(app): State<Shared>,
    Extension(Peer(peer)): Extension<Peer>,
    Body(asked): Body<LogIn>,
) -> Answer<Json<Success<Tokens>>> {
    begin_attempt(&app, peer, &asked.user_name).await?;
    let login = judged(&app, peer, &asked.user_name, asked.password, &asked.code).await?;
    let Some(login) = login else {
        // Of somebody who is not known, no name: a password may stand in its place.
        let known = app.store.login_of(&asked.user_name).await?;
        let actor = known.map_or_else(|| "unknown".to_owned(), |login| login.user.name);
        app.store.record(&app.act_of(&actor, peer, "session.refused")).await?;
        return Err(refused());
    };
    app.store.attempt_was_good(&asked.user_name).await?;
    let refresh = opaque::make_for_request()?;
    let session = NewSession { id: Uuid::now_v7(), user: &login.user, refresh: opaque::digest(&refresh) };
    app.store.begin_session(&session, &app.act_of(&login.user.name, peer, "session.begin")).await?;
    tokens(&app, &login.user, session.id, &refresh)
}

/// The tokens of a session that goes on.
pub(super) fn tokens(
    app: &Shared,
    user: &User,
    session: Uuid,
    refresh: &str,
) -> Answer<Json<Success<Tokens>>> {
    let issued = app.tokens.issue(Bearer { user: user.id, session }, app.now());
    let access_token = issued.map_err(|error| {
        tracing::error!(%error, "an access token could not be signed");
        refusal::internal()
    })?;
    Ok(Json(Success::new(Tokens {
        access_token,
        token_type: "Bearer".to_owned(),
        expires_in: GOOD_FOR_S,
        refresh_token: refresh.to_owned(),
    })))
}

async fn judged(
    app: &Shared,
    peer: IpAddr,
    name: &str,
    password: model::Secret,
    code: &model::Secret,
) -> Answer<Option<Login>> {
    let login = app.store.login_of(name).await?;
    let kept = recovery_codes(app, login.as_ref(), code).await?;
    let hash = login.as_ref().map(|login| login.password_hash.as_str());
    let is_right = app.passwords.is_of(hash, password).await?;
    let Some(login) = login.filter(|_| is_right) else { return Ok(None) };
    let act = app.act_of(&login.user.name, peer, "session.begin");
    Ok(accepts_code(app, &login, (code, &kept), act).await?.then_some(login))
}

fn refused() -> Refused {
    let advice = "Check all three. Each code of the authenticator app is good once, and each recovery code.";
    let message = "name, password or code is wrong";
    Refused::new(StatusCode::UNAUTHORIZED, "login_refused", message, advice)
}
