//! Failures of a call in the gateway's words. The provider's key is not the client's token: a refused key is a bad
//! gateway (502), or the client would throw its own token away.

use model::{CallError, ErrorClass};

use super::{Fault, Kind};

impl From<ErrorClass> for Kind {
    fn from(class: ErrorClass) -> Self {
        match class {
            ErrorClass::InvalidKey | ErrorClass::Permission => Self::Credentials,
            ErrorClass::Quota => Self::Quota,
            ErrorClass::RateLimit => Self::RateLimit,
            ErrorClass::TooLargeForLimit => Self::TooLargeForLimit,
            ErrorClass::ContextTooLong => Self::ContextTooLong,
            ErrorClass::ModelNotFound => Self::UnknownModel,
            ErrorClass::BadRequest => Self::BadRequest,
            ErrorClass::Unsupported => Self::Unsupported,
            ErrorClass::ContentBlocked => Self::ContentBlocked,
            ErrorClass::Overloaded => Self::Overloaded,
            ErrorClass::Server | ErrorClass::Network | ErrorClass::Protocol | ErrorClass::Quality => {
                Self::Upstream
            }
            ErrorClass::Timeout => Self::Timeout,
            // Whoever went away reads no answer; whoever reads it was cut off by the lock.
            ErrorClass::Cancelled => Self::Closed,
        }
    }
}

impl From<CallError> for Fault {
    fn from(error: CallError) -> Self {
        let kind = Kind::from(error.class);
        Self {
            // An answer that breaks its schema was already asked for again.
            is_final: kind.is_final() || error.class == ErrorClass::Quality,
            ..Self::new(kind, error.message, error.advice).after(error.retry_after_ms)
        }
    }
}
