//! What a failed call says about its configuration, and the failures that arise here and not at a vendor.

use model::{CallError, ErrorClass};
use store::StoreError;

use crate::breaker::Outcome;

/// What a failure says to the breaker.
pub(crate) fn outcome(class: ErrorClass) -> Outcome {
    match class {
        ErrorClass::InvalidKey | ErrorClass::Permission => Outcome::BadKey,
        ErrorClass::Quota => Outcome::NoCredit,
        ErrorClass::Overloaded
        | ErrorClass::Server
        | ErrorClass::Network
        | ErrorClass::Timeout
        | ErrorClass::Protocol
        | ErrorClass::Quality
        // No request will be served until the name is mended, whoever sends it.
        | ErrorClass::ModelNotFound => Outcome::Bad,
        // A rate limit is waited for by `throttle`, until the moment that the vendor names.
        ErrorClass::RateLimit
        | ErrorClass::TooLargeForLimit
        | ErrorClass::ContextTooLong
        | ErrorClass::BadRequest
        | ErrorClass::Unsupported
        | ErrorClass::ContentBlocked
        | ErrorClass::Cancelled => Outcome::Nothing,
    }
}

/// Whether a call that failed like this, without a word on its usage, may yet have been billed: then its whole
/// reservation counts as used, or a limit could be overshot.
pub(crate) fn may_have_been_billed(error: &CallError) -> bool {
    let unheard = matches!(
        error.class,
        ErrorClass::Timeout | ErrorClass::Protocol | ErrorClass::Quality | ErrorClass::Cancelled
    );
    error.answer_began || error.may_have_arrived || unheard
}

/// Whether anything was sent, so that the attempt belongs in the log.
pub(crate) fn reached_the_vendor(error: &CallError) -> bool {
    error.class != ErrorClass::Unsupported
}

fn here(class: ErrorClass, message: &str, advice: &str) -> CallError {
    CallError {
        class,
        message: message.into(),
        advice: advice.into(),
        http_status: None,
        retry_after_ms: None,
        request_id: None,
        usage: None,
        answer_began: false,
        may_have_arrived: false,
    }
}

/// The time for all attempts is over.
pub(crate) fn out_of_time() -> CallError {
    here(
        ErrorClass::Timeout,
        "no answer came in the time that this configuration has",
        "Call again, or give the configuration more time in Signalbox.",
    )
}

/// A stream ended without its end.
pub(crate) fn cut_off() -> CallError {
    here(ErrorClass::Protocol, "the answer broke off before its end", "Call again.")
}

/// The caller went away.
pub(crate) fn caller_left() -> CallError {
    here(ErrorClass::Cancelled, "the caller went away before the answer was whole", "Call again.")
}

/// The vault is being locked.
pub(crate) fn locked() -> CallError {
    here(
        ErrorClass::Cancelled,
        "the call was ended because the vault is being locked",
        "Unlock the vault in Signalbox and call again.",
    )
}

/// The key could not be opened.
pub(crate) fn no_key() -> CallError {
    here(
        ErrorClass::InvalidKey,
        "this configuration has no key that fits its address",
        "Enter its key in Signalbox.",
    )
}

/// An answer without anything in it.
pub(crate) fn empty_answer() -> CallError {
    here(ErrorClass::Quality, "the answer is empty", "Allow more output tokens, or use another model.")
}

/// An answer that is not the JSON that was asked for.
pub(crate) fn not_json() -> CallError {
    here(
        ErrorClass::Quality,
        "the answer is not the JSON that was asked for",
        "Call again, or use a model that holds to a schema.",
    )
}

/// An answer that is JSON of another form than was asked for.
pub(crate) fn breaks_schema() -> CallError {
    here(
        ErrorClass::Quality,
        "the answer does not hold to the schema that was asked for",
        "Call again, or use a model that holds to a schema.",
    )
}

/// The log is so far behind that no further call may be made.
pub(crate) fn cannot_log() -> CallError {
    here(
        ErrorClass::Server,
        "the usage log is too far behind to take another call, so it was not made",
        "Make room on the disk that holds the vault, then call again.",
    )
}

/// Limits cannot be held because nothing can be written down.
pub(crate) fn cannot_count(error: &StoreError) -> CallError {
    let advice = match error {
        StoreError::Away | StoreError::Busy | StoreError::Protected => {
            "Call again in some seconds. If it stays, see to the database."
        }
        _ => "Make room on the disk that holds the vault, then call again.",
    };
    here(ErrorClass::Server, "the limits of this call could not be written down, so it was not made", advice)
}

#[cfg(test)]
pub(crate) fn failed(class: ErrorClass) -> CallError {
    here(class, "it failed", "Call again.")
}
