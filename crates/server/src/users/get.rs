//! One user.

use axum::{extract::State, response::Response};
use model::remote::{Success, UserRecord};

use super::{find, view::answer};
use crate::web::{Answer, Part, Shared};

/// Read a user
#[utoipa::path(get, path = "/api/v1/super-admin/users/{user_id}", tag = "users",
    params(("user_id" = i64, Path, description = "The user's id")),
    responses((status = 200, body = Success<UserRecord>, headers(("ETag" = String, description = "The user's revision")))))]
pub(crate) async fn get(State(app): State<Shared>, Part(number): Part) -> Answer<Response> {
    Ok(answer(find(&app, &number).await?))
}
