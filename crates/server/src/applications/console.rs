//! The same at the server's console; the server that runs does it where there is one (`control`).

use model::remote::{ApplicationToken, CreateToken, MadeToken};
use store::StoreError;

use super::{make, view::view};
use crate::{Now, Site, app::console_act};

/// Why no token was made.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// No random numbers.
    #[error("the operating system gave no random numbers")]
    Random(#[from] getrandom::Error),
    /// What it should be for.
    #[error("{0}")]
    Asked(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a token for an application.
///
/// # Errors
/// See [`TokenError`].
pub async fn make_token(site: &Site, asked: CreateToken, now: &Now) -> Result<MadeToken, TokenError> {
    let act = console_act("token.create", now);
    let made = make::make(asked, act.at)?.map_err(|faults| {
        let words: Vec<_> =
            faults.iter().map(|fault| format!("{}: {}", fault.field, fault.message)).collect();
        TokenError::Asked(words.join(" "))
    })?;
    let stored = site.store.add_application_token(&made.new, &act).await?;
    Ok(MadeToken { token: Some(made.token.to_string()), made: view(stored, act.at) })
}

/// All tokens, newest first.
///
/// # Errors
/// Those of the database.
pub async fn tokens(site: &Site, now: &Now) -> Result<Vec<ApplicationToken>, StoreError> {
    let now = now();
    Ok(site.store.application_tokens().await?.into_iter().map(|token| view(token, now)).collect())
}

/// Ends a token.
///
/// # Errors
/// [`StoreError::Gone`] when there is none of this number, and those of the database.
pub async fn revoke_token(site: &Site, number: i64, now: &Now) -> Result<ApplicationToken, StoreError> {
    let act = console_act("token.revoke", now);
    Ok(view(site.store.revoke_application_token(number, &act).await?, act.at))
}
