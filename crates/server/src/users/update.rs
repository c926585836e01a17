//! What a user may do, and whether the user may log in. Whoever is changed is out at once.

use axum::{Extension, extract::State, http::HeaderMap, response::Response};
use model::remote::{Success, UpdateUser, UserRecord};
use store::PersonChange;

use super::{
    find, refused,
    view::{answer, role},
};
use crate::{
    access::Caller,
    web::{Answer, Body, Part, Shared, revision},
};

/// Change a user's role, or lock a user out; every session of the user ends
#[utoipa::path(put, path = "/api/v1/super-admin/users/{user_id}", tag = "users",
    params(("user_id" = i64, Path, description = "The user's id")), request_body = UpdateUser,
    responses((status = 200, body = Success<UserRecord>, headers(("ETag" = String, description = "The user's revision")))))]
pub(crate) async fn update(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Part(number): Part,
    headers: HeaderMap,
    Body(asked): Body<UpdateUser>,
) -> Answer<Response> {
    let old = find(&app, &number).await?;
    revision::require(&headers, old.revision)?;
    let act = app.act(&caller, "user.update");
    caller.require_proof(act.at)?;
    let change = PersonChange { role: asked.role.map(role), is_active: asked.is_active };
    match app.store.change_person((old.user.number, old.revision), change, &act).await {
        Ok(person) => Ok(answer(person)),
        Err(error) => Err(refused(&app, old.user.number, error).await),
    }
}
