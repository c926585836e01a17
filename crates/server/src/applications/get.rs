//! One token, whole but for the token.

use axum::{Json, extract::State};
use model::remote::{ApplicationToken, Success};

use super::view::{TokenId, found, view};
use crate::web::{Answer, Shared};

/// Read a token's scope and state
#[utoipa::path(get, path = "/api/v1/super-admin/tokens/{token_id}", tag = "tokens",
    params(("token_id" = i64, Path, description = "Its id")),
    responses((status = 200, body = Success<ApplicationToken>)))]
pub(crate) async fn get(
    State(app): State<Shared>,
    TokenId(number): TokenId,
) -> Answer<Json<Success<ApplicationToken>>> {
    let token = found(app.store.application_token(number).await)?;
    Ok(Json(Success::new(view(token, app.now()))))
}
