//! Ending a token. It is refused from the next request on; calls that run go on to their end.

use axum::{Extension, Json, extract::State};
use model::remote::{ApplicationToken, Success};

use super::view::{TokenId, found, view};
use crate::{
    access::Caller,
    web::{Answer, Shared},
};

/// Revoke a token; doing it again does nothing
#[utoipa::path(delete, path = "/api/v1/super-admin/tokens/{token_id}", tag = "tokens",
    params(("token_id" = i64, Path, description = "Its id")),
    responses((status = 200, body = Success<ApplicationToken>)))]
pub(crate) async fn revoke(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    TokenId(number): TokenId,
) -> Answer<Json<Success<ApplicationToken>>> {
    found(app.store.application_token(number).await)?;
    let act = app.act(&caller, "token.revoke");
    caller.require_proof(act.at)?;
    let token = found(app.store.revoke_application_token(number, &act).await)?;
    app.renew_applications().await?;
    Ok(Json(Success::new(view(token, act.at))))
}
