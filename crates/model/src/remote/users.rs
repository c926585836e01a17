//! Users of the server and their sessions.

use serde::{Deserialize, Serialize};

/// What a user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum UserRole {
    /// Everything.
    SuperAdmin,
    /// Log in, and nothing of the administration.
    User,
}

/// A user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserRecord {
    /// The specification's `created_by_id`; never used twice.
    pub id: i64,
    /// By which the person logs in.
    pub user_name: String,
    /// What the person may do.
    pub role: UserRole,
    /// Whether the person may log in.
    pub is_active: bool,
    /// Whether a one-time token was ever taken up, so that there is something to log in with.
    pub has_enrolled: bool,
    /// Until when a one-time token can be taken up, if one was made and was not.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub invited_until: Option<String>,
    /// Sessions that go on.
    pub sessions: u64,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub created_at: String,
    /// When it was last changed.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub updated_at: String,
    /// Rises with each change, and is the `ETag`.
    pub revision: i64,
}

/// A new user.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InviteUser {
    /// By which the person will log in.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 80))]
    pub user_name: String,
    /// What the person may do.
    pub role: UserRole,
}

/// A user with a one-time token, which is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitedUser {
    /// The user.
    pub user: UserRecord,
    /// For `/api/v1/auth/take-up`, once, within a day. Shown this once: `null` when the same request is sent again.
    pub one_time_token: Option<String>,
}

/// A change of a user. What is missing stays as it is; every session of the user ends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateUser {
    /// What the person may do.
    #[serde(default)]
    pub role: Option<UserRole>,
    /// Whether the person may log in.
    #[serde(default)]
    pub is_active: Option<bool>,
}

/// A user who was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeletedUser {
    /// Which one.
    pub deleted_id: i64,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionRecord {
    /// Its identity, a UUID. Nobody can act by it.
    pub id: String,
    /// Whether it is the one that asks.
    pub is_current: bool,
    /// From where it was begun.
    pub ip_address: Option<String>,
    /// When it was begun.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub created_at: String,
    /// When it was last renewed.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub used_at: String,
    /// When the second factor was last shown.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub proven_at: String,
    /// When it ends, if it is not renewed before.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub ends_at: String,
}

/// Sessions that were ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EndedSessions {
    /// How many.
    pub ended: u64,
}
