//! What an error means for a call of a model. Keys, quotas and limits read as everywhere; only calls have windows,
//! filters and forms, and only they meet errors after status 200.

use std::time::SystemTime;

use reqwest::header::HeaderMap;

use super::{
    error_body::ErrorBody,
    refusal::{self, Special},
};
use crate::{
    exchange::Answer,
    finding::{Cause, Instead, Refusal},
    json::Json,
    retry_after,
};

/// Codes of a filter that looks at the prompt.
const FILTERED: [&str; 5] =
    ["bio_policy", "content_filter", "content_policy_violation", "invalid_prompt", "moderation_blocked"];
/// Words that alone tell a window that is too small from other bad requests: OpenAI, Claude twice, Gemini.
const TOO_LONG: [&str; 4] = [
    "maximum context length",
    "prompt is too long",
    "exceed context limit",
    "exceeds the maximum number of tokens",
];

/// The meaning of an answer that holds none.
pub(super) fn of_answer(answer: &Answer, special: Special) -> Refusal {
    match ErrorBody::read(&answer.body) {
        None if answer.status == 413 => Cause::ContextTooLong.into(),
        None => refusal::by_headers_only(answer),
        // An error under status 200 says by itself what it is.
        Some(error) if answer.is_success() => of_error(&error, &answer.headers, special),
        Some(error) => at(refusal::true_status(answer, &error), &error, &answer.headers, special),
    }
}

/// The meaning of an error object that came after status 200.
pub(super) fn of_json(error: &Json<'_>, special: Special) -> Refusal {
    of_error(&ErrorBody::of(&error.to_value()), &HeaderMap::new(), special)
}

/// The meaning of text that stands where an event should, once it is a whole error.
pub(super) fn of_text(text: &str, special: Special) -> Option<Refusal> {
    ErrorBody::read(text.as_bytes()).map(|error| of_error(&error, &HeaderMap::new(), special))
}

fn of_error(error: &ErrorBody, headers: &HeaderMap, special: Special) -> Refusal {
    at(status_of(error), error, headers, special)
}

fn at(status: u16, error: &ErrorBody, headers: &HeaderMap, special: Special) -> Refusal {
    let cause =
        of_form(status, error).or_else(|| special(status, error)).unwrap_or_else(|| by_status(status, error));
    let hint = || retry_after::hint(headers, error.retry_delay.as_deref(), &error.message, SystemTime::now());
    Refusal { cause, retry_after: if refusal::is_temporary(cause) { hint() } else { None } }
}

/// What the request itself is refused for.
fn of_form(status: u16, error: &ErrorBody) -> Option<Cause> {
    let code = error.code.as_str();
    if code == "model_not_found" {
        Some(Cause::ModelMissing)
    } else if code == "context_length_exceeded" || status == 413 {
        Some(Cause::ContextTooLong)
    } else if FILTERED.contains(&code) {
        Some(Cause::Blocked)
    } else if status == 429 && error.mentions("request too large") {
        Some(Cause::TooLargeForLimit)
    } else {
        let too_long = status == 400 && TOO_LONG.iter().any(|words| error.mentions(words));
        too_long.then_some(Cause::ContextTooLong)
    }
}

fn by_status(status: u16, error: &ErrorBody) -> Cause {
    match status {
        // Frameworks say this of a path that they do not serve.
        404 if error.message.eq_ignore_ascii_case("not found") => Cause::NotThisApi(Instead::Nothing),
        404 => Cause::ModelMissing,
        // A conflict or a call that was cancelled inside may work the next time.
        409 | 425 | 499 => Cause::VendorFailed,
        401..=403 | 405 | 407 | 408 | 410 | 429 => refusal::by_status(status, true),
        400..=499 => Cause::BadRequest,
        _ => refusal::by_status(status, true),
    }
}

/// The status that the vendor would have sent with this error. Codes say more than types.
fn status_of(error: &ErrorBody) -> u16 {
    let number = error.code.parse().ok().filter(|code| (400..600).contains(code));
    let names = [&error.code, &error.status, &error.kind];
    number.or_else(|| names.into_iter().find_map(|name| named(name))).unwrap_or(500)
}

fn named(name: &str) -> Option<u16> {
    let status = match name {
        "invalid_request_error" | "INVALID_ARGUMENT" | "FAILED_PRECONDITION" => 400,
        "authentication_error" | "invalid_api_key" | "UNAUTHENTICATED" => 401,
        "billing_error" => 402,
        "permission_error" | "PERMISSION_DENIED" => 403,
        "not_found_error" | "NOT_FOUND" => 404,
        "request_too_large" => 413,
        "insufficient_quota"
        | "rate_limit_error"
        | "rate_limit_exceeded"
        | "requests"
        | "slow_down"
        | "tokens"
        | "RESOURCE_EXHAUSTED" => 429,
        "api_error" | "server_error" | "INTERNAL" => 500,
        "overloaded_error" | "server_is_overloaded" | "service_unavailable_error" | "UNAVAILABLE" => 503,
        "timeout_error" | "DEADLINE_EXCEEDED" => 504,
        _ => return None,
    };
    Some(status)
}

#[cfg(test)]
mod tests {
    use model::ErrorClass;
    use serde_json::{Value, json};

    use super::{
        super::{claude, gemini, openai, openai_compatible},
        *,
    };

    fn class(special: Special, status: u16, body: &Value) -> ErrorClass {
        of_answer(&Answer::json(status, &body.to_string()), special).cause.class()
    }

    #[test]
    fn every_documented_error_of_openai_has_its_class() {
        const INVALID: &str = "invalid_request_error";
        use ErrorClass::*;
        let cases = [
            (401, INVALID, "invalid_api_key", "Incorrect API key provided: test-con****-key.", InvalidKey),
            (401, INVALID, "", "You didn't provide an API key.", InvalidKey),
            (401, INVALID, "", "Missing scopes: model.request.", Permission),
            (403, "", "unsupported_country_region_territory", "", Permission),
            (404, INVALID, "model_not_found", "The model `x` does not exist", ModelNotFound),
            (400, INVALID, "model_not_found", "The requested model 'x' does not exist.", ModelNotFound),
            (400, INVALID, "decimal_below_min_value", "Invalid 'temperature'", BadRequest),
            (400, INVALID, "unsupported_parameter", "Unsupported parameter: 'max_tokens'", BadRequest),
            (422, INVALID, "", "", BadRequest),
            (
                400,
                INVALID,
                "context_length_exceeded",
                "Your input exceeds the context window",
                ContextTooLong,
            ),
            (400, INVALID, "", "This model's maximum context length is 128000 tokens.", ContextTooLong),
            (400, INVALID, "content_policy_violation", "", ContentBlocked),
            (429, "tokens", "rate_limit_exceeded", "Rate limit reached", RateLimit),
            (429, "tokens", "rate_limit_exceeded", "Request too large for gpt-4o", TooLargeForLimit),
            (429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota", Quota),
            (429, "", "credit_balance_exhausted", "", Quota),
            (429, "", "project_spend_limit_exceeded", "", Quota),
            (429, "", "organization_usage_limit_exceeded", "", Quota),
            (429, "rate_limit_error", "slow_down", "", RateLimit),
            (408, "", "", "", Timeout),
            (500, "server_error", "", "", Server),
            (503, "service_unavailable_error", "server_is_overloaded", "", Overloaded),
        ];
        for (status, kind, code, message, expected) in cases {
            let body = json!({"error": {"message": message, "type": kind, "param": null, "code": code}});
            assert_eq!(class(openai::cause, status, &body), expected, "{status} {code} {message}");
        }
    }

    #[test]
    fn every_documented_error_of_claude_has_its_class() {
        use ErrorClass::*;
        let cases = [
            (401, "authentication_error", "invalid x-api-key", InvalidKey),
            (403, "permission_error", "", Permission),
            (404, "not_found_error", "model: claude-sonet-4-5", ModelNotFound),
            (400, "invalid_request_error", "`temperature` is deprecated for this model.", BadRequest),
            (400, "invalid_request_error", "max_tokens: Field required", BadRequest),
            (400, "invalid_request_error", "prompt is too long: 3 tokens > 2 maximum", ContextTooLong),
            (
                400,
                "invalid_request_error",
                "input length and `max_tokens` exceed context limit",
                ContextTooLong,
            ),
            (400, "invalid_request_error", "Your credit balance is too low to access", Quota),
            (400, "invalid_request_error", "You have reached your specified API usage limits.", Quota),
            (402, "billing_error", "", Quota),
            (409, "conflict_error", "", Server),
            (413, "request_too_large", "", ContextTooLong),
            (429, "rate_limit_error", "This request would exceed the rate limit", RateLimit),
            (500, "api_error", "Internal server error", Server),
            (504, "timeout_error", "", Server),
            (529, "overloaded_error", "Overloaded", Overloaded),
        ];
        for (status, kind, message, expected) in cases {
            let body = json!({"type": "error", "error": {"type": kind, "message": message}});
            assert_eq!(class(claude::cause, status, &body), expected, "{status} {kind} {message}");
        }
        let cap = json!({"type": "error", "error": {"type": "rate_limit_error", "message": "",
            "details": {"error_code": "enforced_spend_limit_reached"}}});
        assert_eq!(class(claude::cause, 429, &cap), Quota);
        let page = Answer::literal(413, &[("content-type", "text/html")], "<html>413</html>");
        assert_eq!(of_answer(&page, claude::cause).cause.class(), ContextTooLong);
    }

    #[test]
    fn every_documented_error_of_gemini_has_its_class() {
        use ErrorClass::*;
        let reason = |reason: &str| json!([{"reason": reason}]);
        let quota = |id: &str| json!([{"violations": [{"quotaId": id}]}]);
        let cases = [
            (400, "INVALID_ARGUMENT", "API key not valid.", reason("API_KEY_INVALID"), InvalidKey),
            (400, "INVALID_ARGUMENT", "API key expired.", reason("API_KEY_INVALID"), InvalidKey),
            (403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers", json!([]), InvalidKey),
            (401, "UNAUTHENTICATED", "", reason("ACCESS_TOKEN_TYPE_UNSUPPORTED"), InvalidKey),
            (403, "PERMISSION_DENIED", "Your API key was reported as leaked.", json!([]), InvalidKey),
            (403, "PERMISSION_DENIED", "", reason("SERVICE_DISABLED"), Permission),
            (400, "FAILED_PRECONDITION", "", json!([]), Permission),
            (404, "NOT_FOUND", "models/x is not found for API version v1beta", json!([]), ModelNotFound),
            (400, "INVALID_ARGUMENT", "Please use a valid role: user, model.", json!([]), BadRequest),
            (
                400,
                "INVALID_ARGUMENT",
                "The input token count (3) exceeds the maximum number of tokens allowed (1).",
                json!([]),
                ContextTooLong,
            ),
            (429, "RESOURCE_EXHAUSTED", "You exceeded your current quota", quota("xPerMinute"), RateLimit),
            (429, "RESOURCE_EXHAUSTED", "You exceeded your current quota", quota("xPerDay"), Quota),
            (429, "RESOURCE_EXHAUSTED", "limit: 0, model: x", quota("xPerMinute"), Quota),
            (429, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted.", json!([]), Quota),
            (429, "RESOURCE_EXHAUSTED", "Your project has exceeded its spending cap.", json!([]), Quota),
            (
                429,
                "RESOURCE_EXHAUSTED",
                "Resource has been exhausted (e.g. check quota).",
                json!([]),
                RateLimit,
            ),
            (402, "", "", json!([]), Quota),
            (499, "CANCELLED", "", json!([]), Server),
            (500, "INTERNAL", "", json!([]), Server),
            (503, "UNAVAILABLE", "The model is overloaded.", json!([]), Overloaded),
            (504, "DEADLINE_EXCEEDED", "", json!([]), Server),
        ];
        for (code, status, message, details, expected) in cases {
            let error = json!({"code": code, "message": message, "status": status, "details": details});
            assert_eq!(class(gemini::cause, code, &json!({"error": error})), expected, "{code} {message}");
            // The same in the middle of a stream, where the status is gone.
            let within = of_json(&Json::of(&error), gemini::cause);
            assert_eq!(within.cause.class(), expected, "{code} {message}");
        }
    }

    #[test]
    fn errors_after_status_200_say_themselves_what_they_are() {
        let cases = [
            (json!({"type": "overloaded_error", "message": "Overloaded"}), ErrorClass::Overloaded),
            (json!({"code": "server_is_overloaded", "type": "error"}), ErrorClass::Overloaded),
            (json!({"code": "rate_limit_exceeded", "message": ""}), ErrorClass::RateLimit),
            (json!({"code": "invalid_prompt"}), ErrorClass::ContentBlocked),
            (json!({"type": "server_error", "code": null}), ErrorClass::Server),
            (json!("model is loading"), ErrorClass::Server),
            (json!({"code": 429, "message": "Provider returned error"}), ErrorClass::RateLimit),
        ];
        for (error, expected) in cases {
            assert_eq!(
                of_json(&Json::of(&error), openai_compatible::cause).cause.class(),
                expected,
                "{error}"
            );
        }
    }

    #[test]
    fn a_path_that_is_not_served_is_no_missing_model() {
        for body in [json!({"detail": "Not Found"}), json!({"error": {"message": "Not Found", "code": 404}})]
        {
            assert_eq!(class(openai_compatible::cause, 404, &body), ErrorClass::Protocol);
        }
        let ollama = json!({"error": {"message": "model \"x\" not found, try pulling it first"}});
        assert_eq!(class(openai_compatible::cause, 404, &ollama), ErrorClass::ModelNotFound);
    }
}
