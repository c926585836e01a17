//! What Claude refuses: compact JSON, with the request's id in a header and in the body.

use serde::Serialize;
use serde_json::{Value, json};

use super::Call;
use crate::{
    Fault, clock,
    reply::{self, Layout, Reply},
};

pub(super) const REQUEST_ID: &str = "req_011CSHoEeqs5C35K2UUqR7Fy";
const PERMISSION: &str = "Your API key does not have permission to use the specified resource.";
const CREDIT: &str = "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.";

#[derive(Serialize)]
struct Failure<'a> {
    r#type: &'static str,
    error: Detail<'a>,
    request_id: &'static str,
}

#[derive(Serialize)]
struct Detail<'a> {
    r#type: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Value>,
}

/// A body that is refused.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    pub(super) message: String,
}

impl Wrong {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { status: 400, kind: "invalid_request_error", message: message.into() }
    }

    pub(super) fn missing(place: &str) -> Self {
        Self::new(format!("{place}: Field required"))
    }

    pub(super) fn no_model(name: &str) -> Self {
        Self { status: 404, kind: "not_found_error", message: format!("model: {name}") }
    }

    pub(super) fn reply(&self) -> Reply {
        error(self.status, &[], self.kind, &self.message)
    }
}

/// Whether the call is of API version 2026-10-21, which takes less (platform.claude.com/docs/en/api/migration-2026-10-21).
/// The SDKs of late 2026 send it by default; 2023-06-01 goes on being served.
pub(super) fn is_newer_version(call: &Call<'_>) -> bool {
    call.headers.get("anthropic-version").is_some_and(|version| version == "2026-10-21")
}

pub(super) fn wrong_headers(call: &Call<'_>) -> Option<Reply> {
    if call.headers.contains_key("origin") {
        let message = "CORS requests must set 'anthropic-dangerous-direct-browser-access' header";
        return Some(error(401, &[], "authentication_error", message));
    }
    if call.key.is_none() {
        return Some(error(401, &[], "authentication_error", "x-api-key header is required"));
    }
    match call.headers.get("anthropic-version").map(|version| version.as_bytes()) {
        Some(b"2023-06-01" | b"2026-10-21") => None,
        Some(_) => Some(error(400, &[], "invalid_request_error", "anthropic-version: unknown version")),
        None => Some(error(400, &[], "invalid_request_error", "anthropic-version: header is required")),
    }
}

/// What the vendor itself refuses before it looks at the body.
pub(super) fn refusal(fault: Option<Fault>) -> Option<Reply> {
    let reply = match fault? {
        Fault::BadKey | Fault::Expired | Fault::Leaked => {
            error(401, &[("x-should-retry", "false")], "authentication_error", "invalid x-api-key")
        }
        Fault::NoPermission | Fault::Restricted => error(403, &[], "permission_error", PERMISSION),
        Fault::RateLimit | Fault::TooLarge => rate_limit(("retry-after", "12")),
        Fault::RateLimitMs => rate_limit(("retry-after-ms", "1500")),
        Fault::RateLimitOnce => rate_limit(("retry-after", "0.02")),
        Fault::RateLimitDate => rate_limit(("retry-after", &clock::http_date(20))),
        Fault::RateLimitNoHint => error(
            429,
            &[],
            "rate_limit_error",
            "This request would exceed your organization's acceleration limit.",
        ),
        Fault::Quota => error(400, &[], "invalid_request_error", CREDIT),
        Fault::SpendLimit => spend_limit(),
        Fault::Overloaded => error(529, &[], "overloaded_error", "Overloaded"),
        Fault::ServerError => error(500, &[], "api_error", "Internal server error"),
        _ => return None,
    };
    Some(reply)
}

fn rate_limit(hint: (&str, &str)) -> Reply {
    let message = "This request would exceed the rate limit for your organization (simulated) of 50 requests per minute.";
    error(429, &[hint, ("anthropic-ratelimit-requests-remaining", "0")], "rate_limit_error", message)
}

/// A 429 that no waiting helps: told apart by its details alone, and without a hint.
fn spend_limit() -> Reply {
    let detail = Detail {
        r#type: "rate_limit_error",
        message: "You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.",
        details: Some(json!({"error_code": "enforced_spend_limit_reached"})),
    };
    send(429, &[], detail)
}

pub(super) fn error(status: u16, more: &[(&str, &str)], kind: &str, message: &str) -> Reply {
    send(status, more, Detail { r#type: kind, message, details: None })
}

fn send(status: u16, more: &[(&str, &str)], error: Detail<'_>) -> Reply {
    let body = Failure { r#type: "error", error, request_id: REQUEST_ID };
    reply::json(status, &headers(more), Layout::Compact, &body)
}

pub(super) fn headers<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("content-type", "application/json"), ("request-id", REQUEST_ID)], more].concat()
}
