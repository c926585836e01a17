//! Recovery codes: ten at a time, shown once, and of those before none is good any more.

use axum::{
    Extension, Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use model::remote::Success;
use serde::Serialize;
use store::{StoreError, StoredCode};
use utoipa::ToSchema;
use vault::{HashedCode, make_recovery_codes};

use super::Caller;
use crate::{
    Now, Site,
    app::console_act,
    web::{Answer, Shared, idempotency::KeepInstead, refusal},
};

/// Recovery codes that were made.
#[derive(Serialize, ToSchema)]
pub(crate) struct MadeRecoveryCodes {
    /// Each takes the place of the authenticator app's code, once. They are shown this once: an answer that is repeated for its
    /// `Idempotency-Key` has none.
    recovery_codes: Vec<String>,
}

/// What is shown, and what is kept.
pub(super) type Codes = (Vec<String>, Vec<StoredCode>);

/// Why no codes were made.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    /// No random numbers.
    #[error("the operating system gave no random numbers")]
    Random,
    /// Nobody, or nobody who has taken up an invitation.
    #[error("there is no user of this name who can log in")]
    Nobody,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

pub(super) fn codes() -> Result<Codes, RecoveryError> {
    let made = make_recovery_codes().map_err(|_| RecoveryError::Random)?;
    let stored = |code: &HashedCode| StoredCode { salt: code.salt.to_vec(), hash: code.hash.to_vec() };
    let kept = made.iter().map(|(_, code)| stored(code)).collect();
    Ok((made.into_iter().map(|(code, _)| code.to_string()).collect(), kept))
}

/// Make ten recovery codes for the own second factor; those of before are void
#[utoipa::path(post, path = "/api/v1/auth/me/recovery-codes", tag = "access",
    responses((status = 201, body = Success<MadeRecoveryCodes>)))]
pub(crate) async fn make(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
) -> Answer<Response> {
    caller.require_proof(app.now())?;
    let (shown, kept) = codes().map_err(|_| refusal::internal())?;
    let act = app.act(&caller, "recovery_codes.make");
    app.store.replace_recovery_codes_of(&caller.session.user, &kept, &act).await?;
    let body = |recovery_codes| Success::new(MadeRecoveryCodes { recovery_codes });
    // Whoever reads the database would use what is kept for a request that is sent again.
    let again = serde_json::to_vec(&body(Vec::new())).map_err(|_| refusal::internal())?;
    Ok((StatusCode::CREATED, Extension(KeepInstead(again.into())), Json(body(shown))).into_response())
}

/// The same at the console, for a user who has none.
///
/// # Errors
/// See [`RecoveryError`].
pub async fn make_recovery_codes_of(
    site: &Site,
    name: &str,
    now: &Now,
) -> Result<Vec<String>, RecoveryError> {
    let login = site.store.login_of(name).await?.ok_or(RecoveryError::Nobody)?;
    let (shown, kept) = codes()?;
    let act = console_act("recovery_codes.make", now);
    site.store.replace_recovery_codes_of(&login.user, &kept, &act).await?;
    Ok(shown)
}
