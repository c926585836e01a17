//! OpenAI: bearer key, one unpaged list, pretty JSON, errors as `{"error":{message,type,param,code}}`.

use model::ProviderType;
use serde::Serialize;

use super::Call;
use crate::{
    Fault, models,
    reply::{self, Layout, Reply},
};

const LAYOUT: Layout = Layout::Pretty("  ");

/// On every answer of the API.
const ALWAYS: [(&str, &str); 3] = [
    ("x-request-id", "req_5d0c8f2e7b9a4c61"),
    ("openai-version", "2020-10-01"),
    ("openai-processing-ms", "14"),
];

#[derive(Serialize)]
struct List {
    object: &'static str,
    data: Vec<Model>,
}

#[derive(Serialize)]
struct Model {
    id: &'static str,
    object: &'static str,
    created: u64,
    owned_by: &'static str,
    shutdown_date: Option<&'static str>,
}

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

pub(super) fn answer(call: &Call<'_>) -> Reply {
    if let Some(refusal) = refusal(call) {
        return refusal;
    }
    match (call.path, call.model_asked()) {
        ("/models", _) if call.fault == Some(Fault::EmptyList) => list(Vec::new()),
        ("/models", _) => list(models()),
        (_, Some(name)) => one(name),
        (path, _) => unknown_url(path),
    }
}

fn refusal(call: &Call<'_>) -> Option<Reply> {
    let Some(key) = call.key else {
        return Some(unauthorised(
            "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
            None,
        ));
    };
    let reply = match call.fault? {
        Fault::BadKey | Fault::Expired | Fault::Leaked => unauthorised(
            &format!(
                "Incorrect API key provided: {}. You can find your API key at https://platform.openai.com/account/api-keys.",
                masked(key)
            ),
            Some("invalid_api_key"),
        ),
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
        Fault::RateLimit => error(
            429,
            &[
                ("retry-after", "20"),
                ("x-ratelimit-limit-requests", "500"),
                ("x-ratelimit-remaining-requests", "0"),
            ],
            "Rate limit reached for requests in organization org-simulated on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s. Visit https://platform.openai.com/account/rate-limits to learn more.",
            "requests",
            Some("rate_limit_exceeded"),
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

fn unauthorised(message: &str, code: Option<&str>) -> Reply {
    let challenge = [("www-authenticate", "Bearer realm=\"OpenAI API\"")];
    error(401, &challenge, message, "invalid_request_error", code)
}

fn error(status: u16, headers: &[(&str, &str)], message: &str, kind: &str, code: Option<&str>) -> Reply {
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

fn models() -> Vec<Model> {
    let known = models::of(ProviderType::OpenAi)
        .map(|model| (model.model_name.as_str(), model.deprecation_date.as_deref()));
    let others = models::OPENAI_OTHERS.into_iter().map(|name| (name, None));
    known.chain(others).map(|(id, shutdown_date)| entry(id, shutdown_date)).collect()
}

fn entry(id: &'static str, shutdown_date: Option<&'static str>) -> Model {
    Model { id, object: "model", created: 1_721_172_741, owned_by: "system", shutdown_date }
}

fn list(data: Vec<Model>) -> Reply {
    let headers = [&ALWAYS[..], &[("content-type", "application/json")]].concat();
    reply::json(200, &headers, LAYOUT, &List { object: "list", data })
}

fn one(name: &str) -> Reply {
    let headers = [&ALWAYS[..], &[("content-type", "application/json")]].concat();
    match models().into_iter().find(|model| model.id == name) {
        Some(model) => reply::json(200, &headers, LAYOUT, &model),
        None => error(
            404,
            &[],
            &format!("The model '{name}' does not exist or you do not have access to it."),
            "invalid_request_error",
            Some("model_not_found"),
        ),
    }
}

fn unknown_url(path: &str) -> Reply {
    error(404, &[], &format!("Invalid URL (GET /v1{path})"), "invalid_request_error", None)
}
