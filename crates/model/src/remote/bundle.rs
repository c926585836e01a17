//! Bundles: who this server is to those who make them, whom it trusts, and what it accepted. All of it is added to the specification.

use serde::{Deserialize, Serialize};

/// A bundle to be put in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UploadBundle {
    /// The compact JWS, as it stands in the file.
    pub bundle: String,
}

/// What became of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppliedBundle {
    /// Whose it is.
    pub issuer: String,
    /// Its number.
    pub serial: u64,
    /// What people compare.
    pub fingerprint: String,
    /// Until when it may be applied; what is in force goes on.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub expires_at: String,
    /// How many configurations are in force by it.
    pub configurations: usize,
    /// The one of before that it put in force again.
    pub again: Option<u64>,
}

/// This server and its bundles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bundles {
    /// 32 hex digits.
    pub server_id: String,
    /// For whom keys are sealed, `age1…`.
    pub recipient: String,
    /// What people compare when they import this server.
    pub fingerprint: String,
    /// Signing keys that are trusted.
    pub trusted: Vec<TrustedKey>,
    /// What was accepted, newest first; the first of an issuer is in force.
    pub accepted: Vec<AcceptedBundle>,
}

/// A signing key that is trusted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrustedKey {
    /// Whose it is.
    pub issuer: String,
    /// Its name.
    pub kid: String,
    /// What people compare.
    pub fingerprint: String,
}

/// A bundle that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AcceptedBundle {
    /// Whose it is.
    pub issuer: String,
    /// Its number.
    pub serial: u64,
    /// What people compare.
    pub fingerprint: String,
    /// When it was accepted.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub accepted_at: String,
    /// Until when it could be applied.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub expires_at: String,
    /// Whether that is over.
    pub has_expired: bool,
    /// The one of before that it put in force again.
    pub again: Option<u64>,
    /// Whether it can be put in force again by a new one.
    pub is_kept: bool,
}
