//! What OpenAI refuses: `{"error":{message,type,param,code}}`, pretty, with a request id in a header.

use serde::Serialize;
use serde_json::Value;

use super::{Call, LAYOUT};
use crate::{
    Fault, clock,
    reply::{self, Reply},
};

/// On every answer of the API.
pub(super) const ALWAYS: [(&str, &str); 3] = [
    ("x-request-id", "req_5d0c8f2e7b9a4c61"),
    ("openai-version", "2020-10-01"),
    ("openai-processing-ms", "14"),
];

#[derive(Serialize)]
struct Failure<'a> {
    error: Detail<'a>,
}

#[derive(Serialize)]
struct Detail<'a> {
    message: &'a str,
    r#type: &'a str,
    param: Option<&'a str>,
    code: Option<&'a str>,
}

/// A body that is refused. Its type is always `invalid_request_error`.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::vendor) struct Wrong {
    pub(in crate::vendor) status: u16,
    pub(in crate::vendor) message: String,
    pub(in crate::vendor) param: Option<String>,
    pub(in crate::vendor) code: Option<&'static str>,
}

impl Wrong {
    pub(super) fn new(param: &str, code: Option<&'static str>, message: impl Into<String>) -> Self {
        let param = (!param.is_empty()).then(|| param.to_owned());
        Self { status: 400, message: message.into(), param, code }
    }

    pub(super) fn missing(param: &str) -> Self {
        let message = format!("Missing required parameter: '{param}'.");
        Self::new(param, Some("missing_required_parameter"), message)
    }

    pub(super) fn kind(param: &str, wanted: &str, got: &Value) -> Self {
        let message =
            format!("Invalid type for '{param}': expected {wanted}, but got {} instead.", kind(got));
        Self::new(param, Some("invalid_type"), message)
    }

    /// `choices` as the vendor writes them: `'auto', 'low', and 'high'`.
    pub(super) fn choice(param: &str, got: &str, choices: &str) -> Self {
        let message = format!("Invalid value: '{got}'. Supported values are: {choices}.");
        Self::new(param, Some("invalid_value"), message)
    }

    pub(super) fn unsupported(param: &str, more: &str) -> Self {
        let message = format!("Unsupported parameter: '{param}' is not supported with this model.{more}");
        Self::new(param, Some("unsupported_parameter"), message)
    }

    pub(super) fn reply(&self) -> Reply {
        let headers = [&ALWAYS[..], &[("content-type", "application/json")]].concat();
        let error = Detail {
            message: &self.message,
            r#type: "invalid_request_error",
            param: self.param.as_deref(),
            code: self.code,
        };
        reply::json(self.status, &headers, LAYOUT, &Failure { error })
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a decimal number",
        Value::Number(_) => "an integer",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// What the vendor itself refuses before it looks at the body.
pub(super) fn refusal(call: &Call<'_>) -> Option<Reply> {
    let Some(key) = call.key else {
        return Some(unauthorised(
            "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
            None,
        ));
    };
    let reply = match call.fault()? {
        Fault::BadKey | Fault::Expired | Fault::Leaked => unauthorised(
            &format!(
                "Incorrect API key provided: {}. You can find your API key at https://platform.openai.com/account/api-keys.",
                masked(key)
            ),
            Some("invalid_api_key"),
        ),
        // The scope that is missing is that of listing models.
        Fault::Restricted if call.posts() => return None,
        Fault::Restricted => unauthorised(
            "You have insufficient permissions for this operation. Missing scopes: api.model.read. Check that you have the correct role in your organization (Reader, Writer, Owner) and project (Member, Owner), and if you're using a restricted API key, that it has the necessary scopes.",
            None,
        ),
        Fault::NoPermission => error(
            403,
            &[],
            "Country, region, or territory not supported",
            "request_forbidden",
            Some("unsupported_country_region_territory"),
        ),
        Fault::RateLimit => rate_limit(("retry-after", "20"), "20s"),
        Fault::RateLimitMs => rate_limit(("retry-after-ms", "1500"), "1.5s"),
        Fault::RateLimitOnce => rate_limit(("retry-after-ms", "20"), "20ms"),
        Fault::RateLimitDate => rate_limit(("retry-after", &clock::http_date(20)), "20s"),
        Fault::TooLarge => error(
            429,
            &[],
            "Request too large for gpt-4o in organization org-simulated on tokens per min (TPM): Limit 30000, Requested 30601. The input or output tokens must be reduced in order to run successfully. Visit https://platform.openai.com/account/rate-limits to learn more.",
            "tokens",
            Some("rate_limit_exceeded"),
        ),
        Fault::SpendLimit => error(
            429,
            &[],
            "Your project has reached its spend limit. Please check your plan and billing details.",
            "insufficient_quota",
            Some("project_spend_limit_exceeded"),
        ),
        Fault::RateLimitNoHint => error(
            429,
            &[],
            "Your traffic increased too quickly. Send requests at a slower rate.",
            "rate_limit_error",
            Some("slow_down"),
        ),
        Fault::Quota => error(
            429,
            &[],
            "You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.",
            "insufficient_quota",
            Some("insufficient_quota"),
        ),
        Fault::Overloaded => error(
            503,
            &[("retry-after", "5")],
            "The server is currently overloaded with other requests. Sorry about that! You can retry your request.",
            "service_unavailable_error",
            Some("server_is_overloaded"),
        ),
        Fault::ServerError => error(
            500,
            &[],
            "The server had an error while processing your request. Sorry about that!",
            "server_error",
            None,
        ),
        _ => return None,
    };
    Some(reply)
}

fn rate_limit(hint: (&str, &str), wait: &str) -> Reply {
    let message = format!(
        "Rate limit reached for requests in organization org-simulated on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in {wait}. Visit https://platform.openai.com/account/rate-limits to learn more."
    );
    let headers = [hint, ("x-ratelimit-limit-requests", "500"), ("x-ratelimit-remaining-requests", "0")];
    error(429, &headers, &message, "requests", Some("rate_limit_exceeded"))
}

fn unauthorised(message: &str, code: Option<&str>) -> Reply {
    let challenge = [("www-authenticate", "Bearer realm=\"OpenAI API\"")];
    error(401, &challenge, message, "invalid_request_error", code)
}

pub(super) fn error(
    status: u16,
    headers: &[(&str, &str)],
    message: &str,
    kind: &str,
    code: Option<&str>,
) -> Reply {
    let headers = [&ALWAYS[..], &[("content-type", "application/json; charset=utf-8")], headers].concat();
    reply::json(
        status,
        &headers,
        LAYOUT,
        &Failure { error: Detail { message, r#type: kind, param: None, code } },
    )
}

/// The real service shows the ends of a key, and a short key whole. Clients have to cope.
fn masked(key: &str) -> String {
    let characters: Vec<char> = key.chars().collect();
    match characters.len() {
        0..13 => key.to_owned(),
        length => {
            let ends = |range: std::ops::Range<usize>| characters[range].iter().collect::<String>();
            format!("{}****{}", ends(0..8), ends(length - 4..length))
        }
    }
}
