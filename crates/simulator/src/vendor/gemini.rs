//! Gemini: `x-goog-api-key`, pages by `pageToken`, pretty JSON, and 400 for a bad key.

use model::{CatalogModel, ProviderType};
use serde::Serialize;
use serde_json::{Value, json};

use super::Call;
use crate::{
    Fault, models,
    reply::{self, Layout, Reply},
};

const LAYOUT: Layout = Layout::Pretty("  ");
const HEADERS: [(&str, &str); 4] = [
    ("content-type", "application/json; charset=UTF-8"),
    ("vary", "Origin"),
    ("server", "ESF"),
    ("x-content-type-options", "nosniff"),
];
const SERVICE: &str = "generativelanguage.googleapis.com";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    models: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page_token: Option<String>,
}

#[derive(Serialize)]
struct Failure<'a> {
    error: Detail<'a>,
}

#[derive(Serialize)]
struct Detail<'a> {
    code: u16,
    message: &'a str,
    status: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<Value>,
}

pub(super) fn answer(call: &Call<'_>) -> Reply {
    if let Some(refusal) = wrong_credentials(call).or_else(|| refusal(call)) {
        return refusal;
    }
    match (call.path, call.model_asked()) {
        ("/models", _) => page(call),
        (_, Some(name)) => one(name),
        _ => reply::whole(404, &[("content-type", "text/html; charset=UTF-8")], NOT_FOUND_PAGE),
    }
}

fn wrong_credentials(call: &Call<'_>) -> Option<Reply> {
    let several = call.query.contains_key("key") || call.headers.contains_key("authorization");
    match (call.key, several) {
        (Some(_), true) => Some(error(
            400,
            "INVALID_ARGUMENT",
            "Multiple authentication credentials received. Please pass only one.",
            vec![],
        )),
        (Some(_), false) => None,
        (None, _) => Some(error(
            403,
            "PERMISSION_DENIED",
            "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
            vec![],
        )),
    }
}

fn refusal(call: &Call<'_>) -> Option<Reply> {
    let invalid = || reason("API_KEY_INVALID");
    let denied = "PERMISSION_DENIED";
    let reply = match call.fault? {
        Fault::BadKey if call.key.is_some_and(|key| key.starts_with("AQ.")) => error(
            401,
            "UNAUTHENTICATED",
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
            vec![reason("ACCESS_TOKEN_TYPE_UNSUPPORTED")],
        ),
        Fault::BadKey => {
            let message = "API key not valid. Please pass a valid API key.";
            error(400, "INVALID_ARGUMENT", message, vec![invalid(), localised(message)])
        }
        Fault::Expired => {
            let message = "API key expired. Please renew the API key.";
            error(400, "INVALID_ARGUMENT", message, vec![invalid(), localised(message)])
        }
        Fault::Leaked => {
            error(403, denied, "Your API key was reported as leaked. Please use another API key.", vec![])
        }
        Fault::NoPermission | Fault::Restricted => error(
            403,
            denied,
            "Requests to this API generativelanguage.googleapis.com method google.ai.generativelanguage.v1beta.ModelService.ListModels are blocked.",
            vec![reason("API_KEY_SERVICE_BLOCKED")],
        ),
        Fault::RateLimit => rate_limit(),
        Fault::RateLimitNoHint => {
            error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).", vec![])
        }
        Fault::Quota => error(
            429,
            "RESOURCE_EXHAUSTED",
            "Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your project and billing.",
            vec![],
        ),
        Fault::Overloaded => {
            error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.", vec![])
        }
        Fault::ServerError => error(
            500,
            "INTERNAL",
            "An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting",
            vec![],
        ),
        _ => return None,
    };
    Some(reply)
}

/// The recorded shape: the hint is in the body, and the message speaks of a quota though it is a rate.
fn rate_limit() -> Reply {
    let metric = "generativelanguage.googleapis.com/generate_content_paid_tier_input_token_count";
    let message = format!(
        "You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.\n* Quota exceeded for metric: {metric}, limit: 1000000, model: gemini-2.5-flash\nPlease retry in 48.939935699s."
    );
    let details = vec![
        json!({"@type": "type.googleapis.com/google.rpc.Help", "links": [{"description": "Learn more about Gemini API quotas", "url": "https://ai.google.dev/gemini-api/docs/rate-limits"}]}),
        json!({"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{"quotaMetric": metric, "quotaId": "GenerateContentPaidTierInputTokensPerModelPerMinute", "quotaDimensions": {"model": "gemini-2.5-flash", "location": "global"}, "quotaValue": "1000000"}]}),
        json!({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "48s"}),
    ];
    error(429, "RESOURCE_EXHAUSTED", &message, details)
}

fn page(call: &Call<'_>) -> Reply {
    let all = if call.fault == Some(Fault::EmptyList) { Vec::new() } else { models() };
    let start = call.query.get("pageToken").and_then(|token| place(token)).unwrap_or(0);
    let shown: Vec<Value> = all.iter().skip(start).take(call.page_size("pageSize", 50)).cloned().collect();
    // Without an end, empty pages follow, each with a token of its own.
    let end = start + shown.len().max(1);
    let more = end < all.len() || call.fault == Some(Fault::EndlessPages);
    let page = Page { models: shown, next_page_token: more.then(|| token(end)) };
    reply::json(200, &HEADERS, LAYOUT, &page)
}

/// An opaque token with signs that a client must escape in a URL.
fn token(place: usize) -> String {
    format!("Ch9tb2/{place}+=")
}

fn place(token: &str) -> Option<usize> {
    token.strip_prefix("Ch9tb2/")?.strip_suffix("+=")?.parse().ok()
}

fn models() -> Vec<Value> {
    let others = models::GEMINI_OTHERS.into_iter().map(|(name, method)| {
        json!({"name": format!("models/{name}"), "version": "001", "displayName": name, "supportedGenerationMethods": [method]})
    });
    others.chain(models::of(ProviderType::Gemini).map(entry)).collect()
}

fn entry(model: &CatalogModel) -> Value {
    json!({
        "name": format!("models/{}", model.model_name), "version": "001", "displayName": model.display_name,
        "description": "A simulated model", "inputTokenLimit": model.context_window, "outputTokenLimit": model.max_output_tokens,
        "supportedGenerationMethods": ["generateContent", "countTokens", "createCachedContent"],
        "temperature": 1, "topP": 0.95, "topK": 64, "maxTemperature": 2, "thinking": model.capabilities.reasoning,
    })
}

fn one(name: &str) -> Reply {
    let full = format!("models/{name}");
    match models().into_iter().find(|model| model["name"] == full.as_str()) {
        Some(model) => reply::json(200, &HEADERS, LAYOUT, &model),
        None => {
            let message = format!(
                "models/{name} is not found for API version v1beta, or is not supported for generateContent. Call ModelService.ListModels to see the list of available models and their supported methods."
            );
            error(404, "NOT_FOUND", &message, vec![])
        }
    }
}

fn error(code: u16, status: &str, message: &str, details: Vec<Value>) -> Reply {
    reply::json(code, &HEADERS, LAYOUT, &Failure { error: Detail { code, message, status, details } })
}

fn reason(reason: &str) -> Value {
    json!({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com", "metadata": {"service": SERVICE}})
}

fn localised(message: &str) -> Value {
    json!({"@type": "type.googleapis.com/google.rpc.LocalizedMessage", "locale": "en-US", "message": message})
}

const NOT_FOUND_PAGE: &str = "<!DOCTYPE html>\n<html lang=en>\n  <title>Error 404 (Not Found)!!1</title>\n  <p><b>404.</b> <ins>That’s an error.</ins>\n";
