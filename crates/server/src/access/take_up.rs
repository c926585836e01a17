//! Taking up an invitation: a password is chosen, and second factor and recovery codes are shown this once.

use axum::{Extension, Json, extract::State, http::StatusCode};
use model::remote::{Enrolment, Success, TakeUp};
use store::TakeUpError;
use vault::TotpSecret;

use super::{Peer, opaque, recovery};
use crate::web::{Answer, Body, Refused, Shared, peer, refusal};

/// Choose a password by a one-time token
#[utoipa::path(post, path = "/api/v1/auth/take-up", tag = "access", request_body = TakeUp,
    responses((status = 200, body = Success<Enrolment>), (status = 401, body = model::remote::Refusal),
        (status = 429, body = model::remote::Refusal)), security())]
pub(crate) async fn take_up(
    State(app): State<Shared>,
    Extension(Peer(peer)): Extension<Peer>,
    Body(asked): Body<TakeUp>,
) -> Answer<Json<Success<Enrolment>>> {
    let now = app.now();
    let begun = app.store.begin_peer_attempt(&peer::scope(peer), now).await?;
    begun.map_err(|waits| refusal::wait(waits.until, now))?;
    let digest = opaque::digest(asked.token.expose());
    // Before the password costs anything.
    let user = app.store.invited(&digest, now).await?;
    let hash = app.passwords.hash(asked.password, "password").await?;
    let secret = TotpSecret::make().map_err(|_| refusal::internal())?;
    let sealed = app.root.seal_totp(user.id, &secret);
    let (recovery_codes, codes) = recovery::codes().map_err(|_| refusal::internal())?;
    let act = app.act_of(&user.name, peer, "user.take_up");
    app.store.take_up(&digest, (&hash, &sealed.0), &codes, &act).await?;
    Ok(Json(Success::new(Enrolment {
        totp_secret: secret.base32().to_string(),
        totp_uri: secret.uri(&user.name).to_string(),
        user_name: user.name,
        recovery_codes,
    })))
}

impl From<TakeUpError> for Refused {
    fn from(error: TakeUpError) -> Self {
        match error {
            TakeUpError::Invalid => {
                let advice = "Have a new one made with `signalbox-server user add`.";
                Self::new(StatusCode::UNAUTHORIZED, "token_refused", error.to_string(), advice)
            }
            TakeUpError::Store(error) => error.into(),
        }
    }
}
