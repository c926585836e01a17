//! Deleting a user. What the user did stays in the log of acts.

use axum::{Extension, Json, extract::State, http::HeaderMap};
use model::remote::{DeletedUser, Success};

use super::{find, refused};
use crate::{
    access::Caller,
    web::{Answer, Part, Shared, revision},
};

/// Delete a user; the last super_admin stays
#[utoipa::path(delete, path = "/api/v1/super-admin/users/{user_id}", tag = "users",
    params(("user_id" = i64, Path, description = "The user's id")),
    responses((status = 200, body = Success<DeletedUser>)))]
pub(crate) async fn delete(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Part(number): Part,
    headers: HeaderMap,
) -> Answer<Json<Success<DeletedUser>>> {
    let old = find(&app, &number).await?;
    revision::require(&headers, old.revision)?;
    let act = app.act(&caller, "user.remove");
    caller.require_proof(act.at)?;
    match app.store.delete_person((old.user.number, old.revision), &act).await {
        Ok(()) => Ok(Json(Success::new(DeletedUser { deleted_id: old.user.number }))),
        Err(error) => Err(refused(&app, old.user.number, error).await),
    }
}
