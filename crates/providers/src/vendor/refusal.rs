//! What a status and a body mean where no vendor says anything special.

use std::time::SystemTime;

use model::ProviderType;
use serde_json::Value;

use super::error_body::ErrorBody;
use crate::{
    exchange::Answer,
    finding::{Cause, Instead, Refusal},
    retry_after,
};

/// A vendor's own reading of its errors; `None` leaves the case to the status.
pub(super) type Special = fn(u16, &ErrorBody) -> Option<Cause>;

/// The meaning of an answer that is not a list: by the vendor's own rules first, then by its status.
pub(super) fn read(answer: &Answer, speaks: Option<ProviderType>, special: Special) -> Refusal {
    let Some(error) = ErrorBody::read(&answer.body) else {
        return by_headers_only(answer);
    };
    let status = true_status(answer, &error);
    let cause = stranger(&error, speaks)
        .map(|vendor| Cause::NotThisApi(Instead::Vendor(vendor)))
        .or_else(|| special(status, &error))
        .unwrap_or_else(|| by_status(status, true));
    let now = SystemTime::now();
    let hint = || retry_after::hint(&answer.headers, error.retry_delay.as_deref(), &error.message, now);
    Refusal { cause, retry_after: if is_temporary(cause) { hint() } else { None } }
}

pub(super) fn by_headers_only(answer: &Answer) -> Refusal {
    let cause = if answer.is_success() { misfit(answer) } else { without_error_object(answer) };
    let hint = || retry_after::hint(&answer.headers, None, "", SystemTime::now());
    Refusal { cause, retry_after: if is_temporary(cause) { hint() } else { None } }
}

/// Some gateways report errors under status 200, with the true one inside.
pub(super) fn true_status(answer: &Answer, error: &ErrorBody) -> u16 {
    let inner = error.code.parse().ok().filter(|code| (400..600).contains(code));
    if answer.is_success() { inner.unwrap_or(answer.status) } else { answer.status }
}

/// Another vendor, when the error is in that one's handwriting. `speaks` is `None` where any handwriting will do.
fn stranger(error: &ErrorBody, speaks: Option<ProviderType>) -> Option<ProviderType> {
    let speaks = speaks?;
    let writer = if error.is_claudes {
        ProviderType::Claude
    } else if !error.status.is_empty() && error.code.parse::<u16>().is_ok() {
        ProviderType::Gemini
    } else if matches!(error.kind.as_str(), "invalid_request_error" | "insufficient_quota") {
        ProviderType::OpenAi
    } else {
        return None;
    };
    (writer != speaks).then_some(writer)
}

/// A success that is not a list of the expected shape.
fn misfit(answer: &Answer) -> Cause {
    if answer.is_web_page() {
        return Cause::NotThisApi(Instead::WebPage);
    }
    match serde_json::from_slice::<Value>(&answer.body) {
        Ok(body) => Cause::NotThisApi(author(&body)),
        Err(_) if answer.may_be_json() => Cause::Garbled,
        Err(_) => Cause::NotThisApi(Instead::Text),
    }
}

/// Who answers with such a body.
fn author(body: &Value) -> Instead {
    let first = |list: &str| body.get(list).and_then(|list| list.get(0));
    if first("models").is_some_and(|model| model.get("digest").is_some()) {
        Instead::OllamaNative
    } else if first("models").is_some_and(|model| model.get("supportedGenerationMethods").is_some()) {
        Instead::Vendor(ProviderType::Gemini)
    } else if body.get("has_more").is_some() && body.get("data").is_some() {
        Instead::Vendor(ProviderType::Claude)
    } else if body.get("object").is_some() && body.get("data").is_some() {
        Instead::Vendor(ProviderType::OpenAi)
    } else {
        Instead::OtherJson
    }
}

fn without_error_object(answer: &Answer) -> Cause {
    match answer.status {
        403 if answer.is_web_page() => Cause::Firewall,
        500.. if answer.is_web_page() => Cause::GatewayFailed,
        status => by_status(status, false),
    }
}

pub(super) fn by_status(status: u16, has_error_object: bool) -> Cause {
    match status {
        401 => Cause::KeyUnknown,
        402 => Cause::CreditExhausted,
        403 => Cause::NoPermission,
        404 | 405 | 410 | 501 => Cause::NotThisApi(Instead::Nothing),
        407 => Cause::ProxyWantsLogin,
        408 => Cause::VendorTimedOut,
        429 => Cause::RateLimited,
        503 | 529 => Cause::Overloaded,
        500..=599 => Cause::VendorFailed,
        400 if !has_error_object => Cause::NotThisApi(Instead::Nothing),
        _ => Cause::Unexpected,
    }
}

/// Only these get better by waiting.
pub(super) fn is_temporary(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::RateLimited
            | Cause::DailyQuota
            | Cause::SpendLimit
            | Cause::Overloaded
            | Cause::VendorFailed
            | Cause::GatewayFailed
    )
}
