//! What a credential test found, cut by what a person can do about it.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// The outcome of a credential test. Classes follow the vendors' documented errors; see `providers`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TestOutcome {
    /// The key is accepted and the model is among those listed.
    Works,
    /// The key is genuine but may not list models, so the model could not be checked.
    WorksRestricted,
    /// The key cannot be sent at all: empty, or with characters that no header carries.
    KeyMalformed,
    /// The vendor does not accept the key.
    KeyRefused,
    /// The key is genuine but not allowed to do this.
    NoPermission,
    /// The key works, the model is not among those listed.
    ModelNotFound,
    /// Too many requests just now.
    RateLimited,
    /// Credit or quota is used up; waiting does not help, or only after the reset.
    QuotaExhausted,
    /// The vendor has no capacity just now.
    Overloaded,
    /// The vendor failed on its side (5xx).
    VendorFailed,
    /// Something answered, but not this vendor's API.
    WrongBaseUrl,
    /// The answer points to another host, which never gets the key.
    Redirected,
    /// The certificate or handshake failed.
    TlsFailed,
    /// The host's name has no address.
    NameNotResolved,
    /// Nothing accepts connections there, or the connection broke.
    NoConnection,
    /// No answer in time.
    TimedOut,
    /// An answer that is cut off, garbled or not what the vendor documents.
    NotUnderstood,
}

impl TestOutcome {
    /// Every outcome, for exhaustive tests and lists.
    pub const ALL: [Self; 17] = [
        Self::Works,
        Self::WorksRestricted,
        Self::KeyMalformed,
        Self::KeyRefused,
        Self::NoPermission,
        Self::ModelNotFound,
        Self::RateLimited,
        Self::QuotaExhausted,
        Self::Overloaded,
        Self::VendorFailed,
        Self::WrongBaseUrl,
        Self::Redirected,
        Self::TlsFailed,
        Self::NameNotResolved,
        Self::NoConnection,
        Self::TimedOut,
        Self::NotUnderstood,
    ];

    /// The specification's `is_valid`: the key can be used as configured.
    pub fn is_valid(self) -> bool {
        matches!(self, Self::Works | Self::WorksRestricted)
    }

    /// Whether the vendor was never heard, so the key may be good: the only case for "save anyway" without doubt.
    pub fn is_offline(self) -> bool {
        matches!(self, Self::TlsFailed | Self::NameNotResolved | Self::NoConnection | Self::TimedOut)
    }

    /// A heading of two or three words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Works => "Works",
            Self::WorksRestricted => "Works, restricted key",
            Self::KeyMalformed => "Key malformed",
            Self::KeyRefused => "Key rejected",
            Self::NoPermission => "No permission",
            Self::ModelNotFound => "Model not found",
            Self::RateLimited => "Rate limited",
            Self::QuotaExhausted => "Quota exhausted",
            Self::Overloaded => "Overloaded",
            Self::VendorFailed => "Vendor error",
            Self::WrongBaseUrl => "Wrong base URL",
            Self::Redirected => "Redirected elsewhere",
            Self::TlsFailed => "TLS failed",
            Self::NameNotResolved => "Name not resolved",
            Self::NoConnection => "No connection",
            Self::TimedOut => "Timed out",
            Self::NotUnderstood => "Answer not understood",
        }
    }
}

/// One credential test. No field holds the key or the vendor's unredacted words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestReport {
    /// What was found.
    pub outcome: TestOutcome,
    /// When the test ended.
    pub tested_at: Timestamp,
    /// From sending to the last byte of the first page, in milliseconds; 0 when nothing was sent.
    pub latency_ms: u64,
    /// Status of the deciding answer, if there was one.
    pub http_status: Option<u16>,
    /// How many models the key can see.
    pub models_visible: Option<u32>,
    /// Listed names closest to a model that was not found, best first, at most three.
    pub nearest_models: Vec<String>,
    /// Seconds until the vendor wants to be asked again.
    pub retry_after_s: Option<u64>,
    /// What happened, one or two sentences.
    pub message: String,
    /// What to do, full sentences.
    pub advice: String,
    /// The vendor's id of the request, to quote to its support.
    pub request_id: Option<String>,
}
