//! A one-time token for somebody: who is new, or who lost password or phone. It is shown this once, and kept as a digest.

use axum::{
    Extension, Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use model::{
    Timestamp,
    remote::{InviteUser, InvitedUser, Success},
};
use store::{Invitation, Person};
use zeroize::Zeroizing;

use super::{
    find,
    view::{role, view},
};
use crate::{
    access::{Caller, invite::GOOD_FOR_MS, opaque},
    web::{Answer, Body, Part, Shared, revision},
};

/// Make a user with a one-time token to choose a password by
#[utoipa::path(post, path = "/api/v1/super-admin/users", tag = "users", request_body = InviteUser,
    responses((status = 201, body = Success<InvitedUser>, headers(("ETag" = String, description = "The user's revision")))))]
pub(crate) async fn create(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Body(asked): Body<InviteUser>,
) -> Answer<Response> {
    let act = app.act(&caller, "user.invite");
    caller.require_proof(act.at)?;
    let (token, invitation) = make(act.at)?;
    let person = app.store.add_person(&asked.user_name, role(asked.role), &invitation, &act).await?;
    Ok(answer(StatusCode::CREATED, person, &token))
}

/// Let a user choose a new password and second factor by a one-time token; the old ones hold until then
#[utoipa::path(post, path = "/api/v1/super-admin/users/{user_id}/invitation", tag = "users",
    params(("user_id" = i64, Path, description = "The user's id")),
    responses((status = 201, body = Success<InvitedUser>, headers(("ETag" = String, description = "The user's revision")))))]
pub(crate) async fn again(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Part(number): Part,
) -> Answer<Response> {
    let person = find(&app, &number).await?;
    let act = app.act(&caller, "user.invite");
    caller.require_proof(act.at)?;
    let (token, invitation) = make(act.at)?;
    let person = app.store.invite_person(person.user.number, &invitation, &act).await?;
    Ok(answer(StatusCode::CREATED, person, &token))
}

fn make(now: Timestamp) -> Answer<(Zeroizing<String>, Invitation)> {
    let token = opaque::make_for_request()?;
    let expires_at = Timestamp(now.0.saturating_add(GOOD_FOR_MS));
    let invitation = Invitation { digest: opaque::digest(&token), expires_at };
    Ok((token, invitation))
}

fn answer(status: StatusCode, person: Person, token: &str) -> Response {
    let tag = [(header::ETAG, revision::etag(person.revision))];
    let invited = InvitedUser { user: view(person), one_time_token: token.to_owned() };
    (status, tag, Json(Success::new(invited))).into_response()
}
