//! One-time tokens by which users choose a password. They are made at the server's console alone: there are no default credentials.

use model::Timestamp;
use store::{Invitation, Role, UserError};
use zeroize::Zeroizing;

use super::opaque;
use crate::{Now, Site, app::console_act};

/// A token is good for so long, in milliseconds.
pub(crate) const GOOD_FOR_MS: i64 = 24 * 3_600_000;

/// Good once, for a day. It has no `Debug`.
pub struct OneTimeToken {
    /// 43 letters.
    pub token: Zeroizing<String>,
    /// The user that it is for.
    pub user_name: String,
}

/// Why nobody was invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// No random numbers.
    #[error("the operating system gave no random numbers")]
    Random(#[from] getrandom::Error),
    /// The name, the role, or the database.
    #[error(transparent)]
    User(#[from] UserError),
}

/// Makes a user, or lets one that is there choose a new password.
///
/// # Errors
/// See [`InviteError`].
pub async fn invite(site: &Site, name: &str, role: Role, now: &Now) -> Result<OneTimeToken, InviteError> {
    let token = opaque::make()?;
    let act = console_act("user.invite", now);
    let expires_at = Timestamp(act.at.0.saturating_add(GOOD_FOR_MS));
    let invitation = Invitation { digest: opaque::digest(&token), expires_at };
    let user = site.store.invite(name, role, &invitation, &act).await?;
    Ok(OneTimeToken { token, user_name: user.name })
}

/// Removes a user, whose sessions end at once. The last super_admin stays.
///
/// # Errors
/// See [`UserError`].
pub async fn remove_user(site: &Site, name: &str, now: &Now) -> Result<(), UserError> {
    site.store.remove_user(name, &console_act("user.remove", now)).await
}
