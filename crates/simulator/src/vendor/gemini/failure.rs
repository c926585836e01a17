//! What Gemini refuses: `{"error":{code,message,status,details}}`, pretty, in an array where an array was to be streamed.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Call, HEADERS, LAYOUT};
use crate::{
    Fault,
    reply::{self, Reply},
};

const SERVICE: &str = "generativelanguage.googleapis.com";

/// A call that is refused.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Wrong {
    pub(super) code: u16,
    pub(super) message: String,
    status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<Value>,
}

impl Wrong {
    pub(super) fn new(code: u16, status: &'static str, message: &str, details: Vec<Value>) -> Self {
        Self { code, message: message.to_owned(), status, details }
    }

    pub(super) fn argument(message: impl Into<String>) -> Self {
        Self { code: 400, message: message.into(), status: "INVALID_ARGUMENT", details: Vec::new() }
    }

    /// `place` is where in the body, in snake case; empty at its top.
    pub(super) fn unknown_field(name: &str, place: &str) -> Self {
        let at = if place.is_empty() { String::new() } else { format!(" at '{place}'") };
        let description =
            format!("Invalid JSON payload received. Unknown name \"{name}\"{at}: Cannot find field.");
        let violations = json!([{"field": place, "description": description}]);
        let details =
            json!({"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": violations});
        Self { details: vec![details], ..Self::argument(description) }
    }

    pub(super) fn no_model(name: &str, method: &str) -> Self {
        let message = format!(
            "models/{name} is not found for API version v1beta, or is not supported for {method}. Call ModelService.ListModels to see the list of available models and their supported methods."
        );
        Self::new(404, "NOT_FOUND", &message, Vec::new())
    }

    pub(super) fn closed_model(name: &str) -> Self {
        let message = format!(
            "This model models/{name} is no longer available to new users. Please update your code to use a newer model for the latest features and improvements."
        );
        Self::new(404, "NOT_FOUND", &message, Vec::new())
    }

    pub(super) fn body(&self) -> Value {
        json!({"error": self})
    }

    pub(super) fn reply(&self, in_array: bool) -> Reply {
        let body = if in_array { json!([self.body()]) } else { self.body() };
        reply::json(self.code, &HEADERS, LAYOUT, &body)
    }
}

/// In the middle of a stream.
pub(super) fn overloaded() -> Wrong {
    Wrong::new(503, "UNAVAILABLE", "The model is overloaded. Please try again later.", Vec::new())
}

pub(super) fn wrong_credentials(call: &Call<'_>) -> Option<Wrong> {
    let several = call.query.contains_key("key") || call.headers.contains_key("authorization");
    match (call.key, several) {
        (Some(_), true) => Some(Wrong::new(
            400,
            "INVALID_ARGUMENT",
            "Multiple authentication credentials received. Please pass only one.",
            vec![],
        )),
        (Some(_), false) => None,
        (None, _) => Some(Wrong::new(
            403,
            "PERMISSION_DENIED",
            "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
            vec![],
        )),
    }
}

/// What the vendor itself refuses before it looks at the body.
pub(super) fn refusal(call: &Call<'_>) -> Option<Wrong> {
    let invalid = || reason("API_KEY_INVALID");
    let denied = "PERMISSION_DENIED";
    let wrong = match call.fault()? {
        Fault::BadKey if call.key.is_some_and(|key| key.starts_with("AQ.")) => Wrong::new(
            401,
            "UNAUTHENTICATED",
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
            vec![reason("ACCESS_TOKEN_TYPE_UNSUPPORTED")],
        ),
        Fault::BadKey => {
            let message = "API key not valid. Please pass a valid API key.";
            Wrong::new(400, "INVALID_ARGUMENT", message, vec![invalid(), localised(message)])
        }
        Fault::Expired => {
            let message = "API key expired. Please renew the API key.";
            Wrong::new(400, "INVALID_ARGUMENT", message, vec![invalid(), localised(message)])
        }
        Fault::Leaked => Wrong::new(
            403,
            denied,
            "Your API key was reported as leaked. Please use another API key.",
            vec![],
        ),
        Fault::NoPermission | Fault::Restricted => Wrong::new(
            403,
            denied,
            "Requests to this API generativelanguage.googleapis.com method google.ai.generativelanguage.v1beta.ModelService.ListModels are blocked.",
            vec![reason("API_KEY_SERVICE_BLOCKED")],
        ),
        Fault::RateLimit | Fault::RateLimitMs | Fault::RateLimitDate | Fault::TooLarge => {
            rate_limit("48.939935699s", "48s")
        }
        Fault::RateLimitOnce => rate_limit("0.02s", "0.02s"),
        Fault::RateLimitNoHint => {
            Wrong::new(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).", vec![])
        }
        Fault::Quota => Wrong::new(
            429,
            "RESOURCE_EXHAUSTED",
            "Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your project and billing.",
            vec![],
        ),
        Fault::SpendLimit => per_day(),
        Fault::Overloaded => {
            Wrong::new(503, "UNAVAILABLE", "The model is overloaded. Please try again later.", vec![])
        }
        Fault::ServerError => Wrong::new(
            500,
            "INTERNAL",
            "An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting",
            vec![],
        ),
        _ => return None,
    };
    Some(wrong)
}

/// The recorded shape: the hint is in the body, and the message speaks of a quota though it is a rate.
fn rate_limit(wait: &str, delay: &str) -> Wrong {
    quota_failure("GenerateContentPaidTierInputTokensPerModelPerMinute", "1000000", wait, delay)
}

/// The same but for the quota's name and the long wait.
fn per_day() -> Wrong {
    quota_failure("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "250", "10h17m5.7s", "37025s")
}

fn quota_failure(quota: &str, limit: &str, wait: &str, delay: &str) -> Wrong {
    let metric = "generativelanguage.googleapis.com/generate_content_paid_tier_input_token_count";
    let message = format!(
        "You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.\n* Quota exceeded for metric: {metric}, limit: {limit}, model: gemini-2.5-flash\nPlease retry in {wait}."
    );
    let details = vec![
        json!({"@type": "type.googleapis.com/google.rpc.Help", "links": [{"description": "Learn more about Gemini API quotas", "url": "https://ai.google.dev/gemini-api/docs/rate-limits"}]}),
        json!({"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{"quotaMetric": metric, "quotaId": quota, "quotaDimensions": {"model": "gemini-2.5-flash", "location": "global"}, "quotaValue": limit}]}),
        json!({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay}),
    ];
    Wrong::new(429, "RESOURCE_EXHAUSTED", &message, details)
}

fn reason(reason: &str) -> Value {
    json!({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com", "metadata": {"service": SERVICE}})
}

fn localised(message: &str) -> Value {
    json!({"@type": "type.googleapis.com/google.rpc.LocalizedMessage", "locale": "en-US", "message": message})
}
