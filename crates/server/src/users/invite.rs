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
    web::{Answer, Body, Part, Shared, idempotency::KeepInstead, refusal, revision},
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
    answer(person, &token)
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
    answer(person, &token)
}

fn make(now: Timestamp) -> Answer<(Zeroizing<String>, Invitation)> {
    let token = opaque::make_for_request()?;
    let expires_at = Timestamp(now.0.saturating_add(GOOD_FOR_MS));
    let invitation = Invitation { digest: opaque::digest(&token), expires_at };
    Ok((token, invitation))
}

/// What is kept for whoever sends the same again has no token in it: whoever reads the database would take it up.
fn answer(person: Person, token: &str) -> Answer<Response> {
    let tag = [(header::ETAG, revision::etag(person.revision))];
    let user = view(person);
    let invited = |token| Success::new(InvitedUser { user: user.clone(), one_time_token: token });
    let kept = serde_json::to_vec(&invited(None)).map_err(|_| refusal::internal())?;
    let shown = Json(invited(Some(token.to_owned())));
    Ok((StatusCode::CREATED, tag, Extension(KeepInstead(kept.into())), shown).into_response())
}
