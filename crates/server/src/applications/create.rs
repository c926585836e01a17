//! A new token. It is shown this once: what is kept of the answer for an idempotency key is without it.

use axum::{
    Extension, Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use model::remote::{CreateToken, MadeToken, Success};

use super::{make, view::view};
use crate::{
    access::Caller,
    web::{Answer, Body, Refused, Shared, idempotency::KeepInstead, refusal},
};

/// Make a token for an application; it is shown this once
#[utoipa::path(post, path = "/api/v1/super-admin/tokens", tag = "tokens", request_body = CreateToken,
    responses((status = 201, body = Success<MadeToken>)))]
pub(crate) async fn create(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Body(asked): Body<CreateToken>,
) -> Answer<Response> {
    let act = app.act(&caller, "token.create");
    let made = make::make(asked, act.at).map_err(|error| {
        tracing::error!(%error, "the operating system gave no random numbers");
        refusal::internal()
    })?;
    let made = made.map_err(refusal::invalid_fields)?;
    caller.require_proof(act.at)?;
    let good =
        app.store.application_tokens().await?.into_iter().filter(|token| token.is_good(act.at)).count();
    if good >= make::MOST {
        let message = format!("there are {} tokens already", make::MOST);
        return Err(Refused::new(
            StatusCode::CONFLICT,
            "too_many_tokens",
            message,
            "Revoke those that are not used.",
        ));
    }
    let stored = app.store.add_application_token(&made.new, &act).await?;
    app.renew_applications().await?;
    let made_token = view(stored, act.at);
    let answer = |token| Success::new(MadeToken { token, made: made_token.clone() });
    let kept = serde_json::to_vec(&answer(None)).map_err(|_| refusal::internal())?;
    let shown = Json(answer(Some(made.token.to_string())));
    Ok((StatusCode::CREATED, Extension(KeepInstead(kept.into())), shown).into_response())
}
