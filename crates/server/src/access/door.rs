//! The door: every request passes it, and what is not named as open asks for a session. A path that nobody thought of is closed.

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use store::Role;

use super::{Caller, Peer};
use crate::web::{Answer, Shared, peer, refusal};

/// What anyone may ask for. Each of these guards itself, or has nothing to guard.
const OPEN: [&str; 7] = [
    "/healthz",
    "/readyz",
    "/api/v1/docs",
    "/api/v1/openapi.json",
    "/api/v1/auth/take-up",
    "/api/v1/auth/login",
    "/api/v1/auth/refresh",
];
/// What anyone who is logged in may ask for; everything else is for super_admins.
const OWN: [&str; 6] = [
    "/api/v1/auth/logout",
    "/api/v1/auth/me",
    "/api/v1/auth/me/recovery-codes",
    "/api/v1/auth/password",
    "/api/v1/auth/sessions",
    "/api/v1/auth/step-up",
];
/// Which alone also whoever came with an application's token may ask for.
const ME: &str = "/api/v1/auth/me";
/// So is what lies one step below this: a session by its id, of which one's own alone are found.
const OWN_BELOW: &str = "/api/v1/auth/sessions/";

const HEADERS: [(HeaderName, HeaderValue); 3] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
];

/// Lets a request in, or answers it.
pub(crate) async fn guard(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    let peer = peer::of(&request, &app.trusted_proxies);
    request.extensions_mut().insert(Peer(peer));
    let path = request.uri().path();
    if OPEN.contains(&path) {
        return next.run(request).await;
    }
    let below = |rest: &str| !rest.is_empty() && !rest.contains('/');
    let is_own = OWN.contains(&path) || path.strip_prefix(OWN_BELOW).is_some_and(below);
    match caller(&app, request.headers(), peer).await {
        Ok(caller) if caller.is_outsider() && is_own && path != ME => refusal::outsider().into_response(),
        Ok(caller) if is_own || caller.session.user.role == Role::SuperAdmin => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Ok(_) => refusal::forbidden().into_response(),
        Err(refused) => refused.into_response(),
    }
}

/// What every answer says of itself: in its head to whoever asked, and here within by which route it came.
pub(crate) async fn seal(matched: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(matched) = matched {
        response.extensions_mut().insert(matched);
    }
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, value);
    }
    response
}

async fn caller(app: &Shared, headers: &HeaderMap, peer: std::net::IpAddr) -> Answer<Caller> {
    let token = bearer(headers).ok_or_else(refusal::unauthorized)?;
    let Some(bearer) = app.tokens.read(token, app.now()) else {
        let outsider = app.issuer.as_ref().and_then(|issuer| issuer.read(token, app.now()));
        return outsider.map(|outsider| Caller::outsider(outsider, peer)).ok_or_else(refusal::unauthorized);
    };
    let session = app.store.session(bearer.session, app.now()).await?;
    let session = session.filter(|session| session.user.id == bearer.user);
    Ok(Caller::user(session.ok_or_else(refusal::unauthorized)?, peer))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (scheme, token) = values.next()?.to_str().ok()?.split_once(' ')?;
    (values.next().is_none() && scheme.eq_ignore_ascii_case("bearer")).then(|| token.trim())
}
