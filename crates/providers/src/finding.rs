//! What a credential test can come to, finer than [`TestOutcome`]: each case here has its own advice.

use std::time::Duration;

use model::{ErrorClass, ProviderType, TestOutcome};

use crate::{key::KeyFault, transport::Trouble};

/// The end of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// The model can be used, under its own name or one that the vendor resolves.
    Works(Match),
    /// The key is good; the model is not there, or there but not for text.
    ModelMissing { listed_for_something_else: bool },
    /// More pages or models than any vendor has, and the model not among them.
    EndlessList,
    /// The key was not sent.
    Malformed(KeyFault),
    /// The vendor, or something in its place, said no.
    Refused(Refusal),
    /// No whole answer.
    Trouble(Trouble),
}

/// How the configured model was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    Listed,
    /// Not in the list, but the vendor or a known rule resolves the name.
    Alias,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) cause: Cause,
    /// How long the vendor wants to be left alone.
    pub(crate) retry_after: Option<Duration>,
}

impl From<Cause> for Refusal {
    fn from(cause: Cause) -> Self {
        Self { cause, retry_after: None }
    }
}

/// Why an answer is a refusal, as exactly as the vendor lets us know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    KeyUnknown,
    KeyExpired,
    KeyLeaked,
    /// A token of another kind than an API key.
    KeyOfOtherKind,
    /// OpenAI: a genuine key that may not list models.
    ScopeMissing,
    NoPermission,
    /// The API is not enabled for the key's project, or the key is limited to other APIs.
    ServiceBlocked,
    /// The key is limited to addresses, referrers or applications that we are not.
    OriginBlocked,
    CountryUnsupported,
    /// 403 with a web page: a firewall or a content network, not the API.
    Firewall,
    RateLimited,
    /// Used up until the vendor's next day.
    DailyQuota,
    /// The account's tier has none of this at all.
    NoQuota,
    CreditExhausted,
    SpendLimit,
    Overloaded,
    VendorFailed,
    /// 5xx with a web page: a gateway in front of the vendor.
    GatewayFailed,
    /// 408: the vendor gave up waiting.
    VendorTimedOut,
    /// 407.
    ProxyWantsLogin,
    NotThisApi(Instead),
    /// Of calls: no such model for this key.
    ModelMissing,
    /// Of calls: more input than the model takes.
    ContextTooLong,
    /// Of calls: this one alone is above the limit of a minute.
    TooLargeForLimit,
    /// Of calls: the vendor's filter refuses the prompt.
    Blocked,
    /// Of calls: the vendor refuses the form of the request.
    BadRequest,
    /// JSON was promised and something else came.
    Garbled,
    /// A status or an error object that the vendor does not document for this call.
    Unexpected,
}

/// What answered instead of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Instead {
    WebPage,
    Text,
    OtherJson,
    /// 404 and its like.
    Nothing,
    /// It speaks as another vendor does.
    Vendor(ProviderType),
    /// Ollama's own API, beside its compatible one.
    OllamaNative,
}

impl Finding {
    pub(crate) fn outcome(&self) -> TestOutcome {
        match self {
            Self::Works(_) => TestOutcome::Works,
            Self::ModelMissing { .. } => TestOutcome::ModelNotFound,
            Self::EndlessList => TestOutcome::NotUnderstood,
            Self::Malformed(_) => TestOutcome::KeyMalformed,
            Self::Refused(refusal) => refusal.cause.outcome(),
            Self::Trouble(trouble) => trouble.outcome(),
        }
    }
}

impl Cause {
    pub(crate) fn outcome(self) -> TestOutcome {
        match self {
            Self::KeyUnknown | Self::KeyExpired | Self::KeyLeaked | Self::KeyOfOtherKind => {
                TestOutcome::KeyRefused
            }
            Self::ScopeMissing => TestOutcome::WorksRestricted,
            Self::NoPermission
            | Self::ServiceBlocked
            | Self::OriginBlocked
            | Self::CountryUnsupported
            | Self::Firewall => TestOutcome::NoPermission,
            Self::RateLimited => TestOutcome::RateLimited,
            Self::DailyQuota | Self::NoQuota | Self::CreditExhausted | Self::SpendLimit => {
                TestOutcome::QuotaExhausted
            }
            Self::Overloaded => TestOutcome::Overloaded,
            Self::VendorFailed | Self::GatewayFailed => TestOutcome::VendorFailed,
            Self::VendorTimedOut => TestOutcome::TimedOut,
            Self::ProxyWantsLogin => TestOutcome::NoConnection,
            Self::NotThisApi(_) => TestOutcome::WrongBaseUrl,
            Self::ModelMissing => TestOutcome::ModelNotFound,
            Self::ContextTooLong
            | Self::TooLargeForLimit
            | Self::Blocked
            | Self::BadRequest
            | Self::Garbled
            | Self::Unexpected => TestOutcome::NotUnderstood,
        }
    }

    /// What kind of failure it is for a call.
    pub(crate) fn class(self) -> ErrorClass {
        match self {
            Self::KeyUnknown | Self::KeyExpired | Self::KeyLeaked | Self::KeyOfOtherKind => {
                ErrorClass::InvalidKey
            }
            Self::ScopeMissing
            | Self::NoPermission
            | Self::ServiceBlocked
            | Self::OriginBlocked
            | Self::CountryUnsupported
            | Self::Firewall => ErrorClass::Permission,
            Self::RateLimited => ErrorClass::RateLimit,
            Self::DailyQuota | Self::NoQuota | Self::CreditExhausted | Self::SpendLimit => ErrorClass::Quota,
            Self::TooLargeForLimit => ErrorClass::TooLargeForLimit,
            Self::Overloaded => ErrorClass::Overloaded,
            Self::VendorFailed | Self::GatewayFailed => ErrorClass::Server,
            Self::VendorTimedOut => ErrorClass::Timeout,
            Self::ProxyWantsLogin => ErrorClass::Network,
            Self::ModelMissing => ErrorClass::ModelNotFound,
            Self::ContextTooLong => ErrorClass::ContextTooLong,
            Self::Blocked => ErrorClass::ContentBlocked,
            Self::BadRequest => ErrorClass::BadRequest,
            Self::NotThisApi(_) | Self::Garbled | Self::Unexpected => ErrorClass::Protocol,
        }
    }
}
