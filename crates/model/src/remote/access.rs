//! Logging in and out.

use serde::{Deserialize, Serialize};

use crate::Secret;

/// Takes up an invitation: the one-time token that `init` or `user add` printed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakeUp {
    /// The one-time token.
    #[cfg_attr(feature = "openapi", schema(value_type = String, max_length = 200))]
    pub token: Secret,
    /// The password to log in with, 12 to 256 characters.
    #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 12, max_length = 256))]
    pub password: Secret,
}

/// The second factor of a user who took up an invitation. It is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolment {
    /// By which the user logs in.
    pub user_name: String,
    /// For an authenticator app, as a person types it: base32.
    pub totp_secret: String,
    /// The same for a picture: `otpauth://totp/…`.
    pub totp_uri: String,
    /// For when the app is lost: each takes the place of its code, once.
    pub recovery_codes: Vec<String>,
}

/// Password and second factor.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LogIn {
    /// The user's name.
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    pub user_name: String,
    /// The user's password.
    #[cfg_attr(feature = "openapi", schema(value_type = String, max_length = 256))]
    pub password: Secret,
    /// Six digits of the authenticator app, or a recovery code.
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^([0-9]{6}|[a-z2-7]{4}(-[a-z2-7]{4}){3})$"))]
    pub code: Secret,
}

/// Asks for new tokens.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refresh {
    /// The newest refresh token. It is good once.
    #[cfg_attr(feature = "openapi", schema(value_type = String, max_length = 200))]
    pub refresh_token: Secret,
}

/// Tokens of a session. Names are those of RFC 6749, section 5.1.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tokens {
    /// For the header `Authorization: Bearer`.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: String,
    /// Seconds for which the access token is good.
    pub expires_in: u32,
    /// For the next tokens.
    pub refresh_token: String,
}

/// Shows the second factor again, for sensitive operations.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepUp {
    /// Six digits of the authenticator app, or a recovery code.
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^([0-9]{6}|[a-z2-7]{4}(-[a-z2-7]{4}){3})$"))]
    pub code: Secret,
}

/// Changes the own password. Every session ends, this one too.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePassword {
    /// As it is.
    #[cfg_attr(feature = "openapi", schema(value_type = String, max_length = 256))]
    pub current_password: Secret,
    /// As it is to be, 12 to 256 characters.
    #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 12, max_length = 256))]
    pub new_password: Secret,
}

/// Who is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoggedIn {
    /// The specification's `created_by_id`.
    pub id: i64,
    /// The user's name.
    pub user_name: String,
    /// `super_admin` or `user`.
    pub role: String,
    /// When the second factor was last shown.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub proven_at: String,
}
