//! Claude: `x-api-key` with a version header, pages by `after_id`, compact JSON, a status of its own (529).

use model::CatalogModel;
use serde::Serialize;
use serde_json::{Value, json};

use super::Call;
use crate::{
    Fault, models,
    reply::{self, Layout, Reply},
};

const REQUEST_ID: &str = "req_011CSHoEeqs5C35K2UUqR7Fy";
const CREATED: &str = "2026-05-20T00:00:00Z";

#[derive(Serialize)]
struct Page {
    data: Vec<Value>,
    has_more: bool,
    first_id: Option<&'static str>,
    last_id: Option<&'static str>,
}

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
}

pub(super) fn answer(call: &Call<'_>) -> Reply {
    if let Some(refusal) = wrong_headers(call).or_else(|| refusal(call.fault)) {
        return refusal;
    }
    match (call.path, call.model_asked()) {
        ("/models", _) => page(call),
        (_, Some(name)) => one(name),
        _ => error(404, &[], "not_found_error", "Not Found"),
    }
}

fn wrong_headers(call: &Call<'_>) -> Option<Reply> {
    if call.headers.contains_key("origin") {
        let message = "CORS requests must set 'anthropic-dangerous-direct-browser-access' header";
        return Some(error(401, &[], "authentication_error", message));
    }
    if call.key.is_none() {
        return Some(error(401, &[], "authentication_error", "x-api-key header is required"));
    }
    match call.headers.get("anthropic-version").map(|version| version.as_bytes()) {
        Some(b"2023-06-01") => None,
        Some(_) => Some(error(400, &[], "invalid_request_error", "anthropic-version: unknown version")),
        None => Some(error(400, &[], "invalid_request_error", "anthropic-version: header is required")),
    }
}

fn refusal(fault: Option<Fault>) -> Option<Reply> {
    let reply = match fault? {
        Fault::BadKey | Fault::Expired | Fault::Leaked => {
            error(401, &[("x-should-retry", "false")], "authentication_error", "invalid x-api-key")
        }
        Fault::NoPermission | Fault::Restricted => error(
            403,
            &[],
            "permission_error",
            "Your API key does not have permission to use the specified resource.",
        ),
        Fault::RateLimit => error(
            429,
            &[("retry-after", "12"), ("anthropic-ratelimit-requests-remaining", "0")],
            "rate_limit_error",
            "This request would exceed the rate limit for your organization (simulated) of 50 requests per minute.",
        ),
        Fault::RateLimitNoHint => error(
            429,
            &[],
            "rate_limit_error",
            "This request would exceed your organization's acceleration limit.",
        ),
        Fault::Quota => error(
            400,
            &[],
            "invalid_request_error",
            "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.",
        ),
        Fault::Overloaded => error(529, &[], "overloaded_error", "Overloaded"),
        Fault::ServerError => error(500, &[], "api_error", "Internal server error"),
        _ => return None,
    };
    Some(reply)
}

fn page(call: &Call<'_>) -> Reply {
    let all = if call.fault == Some(Fault::EmptyList) { Vec::new() } else { models::of_claude() };
    let after =
        call.query.get("after_id").and_then(|id| all.iter().position(|model| model.model_name == *id));
    // Without an end, the last page leads back to the first.
    let start = after.map_or(0, |place| place + 1) % all.len().max(1);
    let shown: Vec<_> = all.iter().skip(start).take(call.page_size("limit", 20)).collect();
    let id = |model: Option<&&&'static CatalogModel>| model.map(|model| model.model_name.as_str());
    let page = Page {
        data: shown.iter().map(|model| entry(&model.model_name, model)).collect(),
        has_more: start + shown.len() < all.len() || call.fault == Some(Fault::EndlessPages),
        first_id: id(shown.first()),
        last_id: id(shown.last()),
    };
    reply::json(200, &headers(&[]), Layout::Compact, &page)
}

/// An alias is answered with the model behind it, under that model's own id.
fn one(name: &str) -> Reply {
    let wanted = models::dated(name).unwrap_or(name);
    match models::of_claude().into_iter().find(|model| model.model_name == wanted) {
        Some(model) => reply::json(200, &headers(&[]), Layout::Compact, &entry(wanted, model)),
        None => error(404, &[], "not_found_error", &format!("model: {name}")),
    }
}

fn entry(id: &str, model: &CatalogModel) -> Value {
    json!({
        "type": "model", "id": id, "display_name": model.display_name, "created_at": CREATED,
        "max_input_tokens": model.context_window, "max_tokens": model.max_output_tokens,
        "capabilities": {
            "image_input": {"supported": model.capabilities.vision},
            "pdf_input": {"supported": model.capabilities.pdf_input},
            "structured_outputs": {"supported": model.capabilities.json_schema},
        },
    })
}

fn error(status: u16, more: &[(&str, &str)], kind: &str, message: &str) -> Reply {
    let body = Failure { r#type: "error", error: Detail { r#type: kind, message }, request_id: REQUEST_ID };
    reply::json(status, &headers(more), Layout::Compact, &body)
}

fn headers<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("content-type", "application/json"), ("request-id", REQUEST_ID)], more].concat()
}
