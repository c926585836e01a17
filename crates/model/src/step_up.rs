//! The proof of being there that sensitive acts ask for: the vault's password, or a code once an app is enrolled.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// How long a proof is remembered, in seconds of a clock that never goes back.
pub const REMEMBERED_S: u64 = 5 * 60;
/// Wrong answers after which it is waited.
pub const FREE_FAILURES: u32 = 5;
/// How long, in seconds.
pub const WAIT_S: u64 = 5 * 60;

/// By what somebody proves to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofKind {
    /// The vault's password; as long as no app is enrolled.
    Password,
    /// A code of the authenticator app.
    Totp,
    /// One of the recovery codes.
    RecoveryCode,
}

/// Where the second factor and the proof stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepUpView {
    /// The authenticator app, if one is enrolled.
    pub totp: Option<TotpView>,
    /// Milliseconds for which the present proof still counts; 0 is none.
    pub proven_ms: u64,
    /// Milliseconds until the next answer is heard.
    pub wait_ms: u64,
}

/// An enrolled authenticator app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotpView {
    /// Since when.
    pub since: Timestamp,
    /// Recovery codes that were not used.
    pub codes_left: u32,
}

/// What an app needs to be enrolled. It may become the second factor, so it has no `Debug`.
#[derive(Serialize, Deserialize)]
pub struct TotpEnrolment {
    /// The secret as a person types it: base32 in groups of four.
    pub secret: String,
    /// The picture that an app reads, as the path of an SVG in a square of `size` units, one for each module.
    pub picture: String,
    /// Units of a side, the quiet zone of four among them.
    pub size: u32,
}

/// Recovery codes, shown once. No `Debug`: each is as good as a code of the app.
#[derive(Serialize, Deserialize)]
pub struct RecoveryCodes {
    /// Ten of them.
    pub codes: Vec<String>,
}
