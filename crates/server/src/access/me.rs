//! Who is logged in.

use axum::{Extension, Json};
use model::remote::{LoggedIn, Success};

use super::Caller;
use crate::web::instant;

/// Who is logged in
#[utoipa::path(get, path = "/api/v1/auth/me", tag = "access", responses((status = 200, body = Success<LoggedIn>)))]
pub(crate) async fn me(Extension(caller): Extension<Caller>) -> Json<Success<LoggedIn>> {
    let user = &caller.session.user;
    Json(Success::new(LoggedIn {
        id: user.number,
        user_name: user.name.clone(),
        role: user.role.as_str().to_owned(),
        proven_at: instant::text(caller.session.proven_at),
    }))
}
