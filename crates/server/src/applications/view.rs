//! A token as the remote API shows it.

use axum::{
    extract::{FromRequestParts, Path},
    http::{StatusCode, request::Parts},
};
use model::{
    Timestamp,
    remote::{ApplicationToken, TokenState},
};

use crate::web::{Answer, Refused, instant};

pub(super) fn view(token: store::ApplicationToken, now: Timestamp) -> ApplicationToken {
    let state = match token.revoked_at {
        Some(_) => TokenState::Revoked,
        None if now < token.made.expires_at => TokenState::Good,
        None => TokenState::Expired,
    };
    let made = token.made;
    ApplicationToken {
        id: token.number,
        name: made.name,
        last_four: made.last_four,
        state,
        tasks: made.tasks,
        models: made.models,
        daily_tokens: made.daily_tokens,
        monthly_tokens: made.monthly_tokens,
        requests_per_minute: made.requests_per_minute,
        created_by: token.created_by,
        created_at: instant::text(token.created_at),
        expires_at: instant::text(made.expires_at),
        revoked_at: token.revoked_at.map(instant::text),
    }
}

/// A token's number in the path.
pub(crate) struct TokenId(pub(super) i64);

impl<S: Send + Sync> FromRequestParts<S> for TokenId {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Answer<Self> {
        let path = Path::<i64>::from_request_parts(parts, state).await;
        // What is no number is no token's.
        path.map(|Path(number)| Self(number)).map_err(|_| not_found())
    }
}

/// Of a number that no token has.
pub(super) fn found<T>(token: Result<T, store::StoreError>) -> Answer<T> {
    token.map_err(|error| match error {
        store::StoreError::Gone => not_found(),
        error => error.into(),
    })
}

fn not_found() -> Refused {
    let advice = "Read the list at /api/v1/super-admin/tokens; ids are never used twice.";
    Refused::new(StatusCode::NOT_FOUND, "not_found", "there is no token of this id", advice)
}
