//! Gemini with an AI Studio key. `GET {base}/models` in pages by `pageToken`, with `x-goog-api-key`.

use model::ProviderType;
use reqwest::header::{HeaderMap, HeaderName};
use serde::Deserialize;

use super::{error_body::ErrorBody, list, refusal};
use crate::{
    Target,
    exchange::{Answer, Ask, ListedModel, ModelPage, Question},
    finding::{Cause, Refusal},
    key::{self, KeyFault},
};

/// The largest page that the API gives.
const PAGE_SIZE: &str = "1000";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List {
    #[serde(deserialize_with = "list::bounded")]
    models: Vec<Entry>,
    #[serde(default)]
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    supported_generation_methods: Vec<String>,
}

pub(super) fn build(target: &Target<'_>, ask: Ask<'_>) -> Result<Question, KeyFault> {
    Ok(Question { url: url(target, ask), headers: headers(target)? })
}

fn headers(target: &Target<'_>) -> Result<HeaderMap, KeyFault> {
    let key = target.api_key.ok_or(KeyFault::Empty)?;
    // Never `?key=`: URLs end up in the logs of every proxy on the way.
    Ok(HeaderMap::from_iter([(HeaderName::from_static("x-goog-api-key"), key::header_value("", key)?)]))
}

/// Where calls of a model go, and as whom.
pub(super) fn generate(target: &Target<'_>, name: &str, streams: bool) -> Result<Question, KeyFault> {
    let method = if streams { "streamGenerateContent" } else { "generateContent" };
    let mut url = target.base_url.below(&["models", &format!("{name}:{method}")]);
    // Without it, a stream is one array that is whole only at its end.
    url.set_query(streams.then_some("alt=sse"));
    Ok(Question { url, headers: headers(target)? })
}

fn url(target: &Target<'_>, ask: Ask<'_>) -> url::Url {
    match ask {
        Ask::Model { name } => target.base_url.below(&["models", name]),
        Ask::Models { cursor } => {
            let mut url = target.base_url.below(&["models"]);
            url.query_pairs_mut()
                .append_pair("pageSize", PAGE_SIZE)
                .extend_pairs(cursor.map(|at| ("pageToken", at)));
            url
        }
    }
}

pub(super) fn parse_models(answer: &Answer) -> Result<ModelPage, Refusal> {
    let listed = answer.is_success().then(|| read(&answer.body)).flatten();
    listed.ok_or_else(|| refusal::read(answer, Some(ProviderType::Gemini), cause))
}

pub(super) fn parse_model(answer: &Answer) -> Option<ListedModel> {
    model(serde_json::from_slice(&answer.body).ok()?)
}

fn read(body: &[u8]) -> Option<ModelPage> {
    // Google leaves out what is empty, so a key without any model gets `{}`.
    if body.trim_ascii() == b"{}" {
        return Some(ModelPage::default());
    }
    let list: List = serde_json::from_slice(body).ok()?;
    let models: Vec<_> = list.models.into_iter().filter_map(model).collect();
    let next = list.next_page_token.filter(|token| !token.is_empty());
    Some(ModelPage { models, next })
}

fn model(entry: Entry) -> Option<ListedModel> {
    // Ollama's list has names without the prefix.
    let name = entry.name?.strip_prefix("models/")?.to_owned();
    let generates = entry.supported_generation_methods.iter().any(|method| method == "generateContent");
    list::is_sound(&name).then_some(ListedModel { name, generates })
}

pub(super) fn cause(status: u16, error: &ErrorBody) -> Option<Cause> {
    match status {
        400 if error.mentions("api key expired") => Some(Cause::KeyExpired),
        400 if error.reason == "API_KEY_INVALID" => Some(Cause::KeyUnknown),
        400 if error.status == "FAILED_PRECONDITION" => Some(Cause::CountryUnsupported),
        401 if error.reason == "ACCESS_TOKEN_TYPE_UNSUPPORTED" => Some(Cause::KeyOfOtherKind),
        403 => Some(forbidden(error)),
        429 => exhausted(error),
        _ => None,
    }
}

fn forbidden(error: &ErrorBody) -> Cause {
    match error.reason.as_str() {
        "API_KEY_SERVICE_BLOCKED" | "SERVICE_DISABLED" => Cause::ServiceBlocked,
        "API_KEY_HTTP_REFERRER_BLOCKED"
        | "API_KEY_IP_ADDRESS_BLOCKED"
        | "API_KEY_ANDROID_APP_BLOCKED"
        | "API_KEY_IOS_APP_BLOCKED" => Cause::OriginBlocked,
        _ if error.mentions("reported as leaked") => Cause::KeyLeaked,
        _ if error.mentions("unregistered callers") => Cause::KeyUnknown,
        _ => Cause::NoPermission,
    }
}

/// `RESOURCE_EXHAUSTED` is five different things; only a rate gets better soon.
fn exhausted(error: &ErrorBody) -> Option<Cause> {
    if error.mentions("prepayment credits") {
        Some(Cause::CreditExhausted)
    } else if error.mentions("spending cap") {
        Some(Cause::SpendLimit)
    } else if has_zero_limit(&error.message) {
        Some(Cause::NoQuota)
    } else if error.quota_ids.contains("PerDay") {
        Some(Cause::DailyQuota)
    } else {
        None
    }
}

/// `limit: 0`, but not `limit: 0.5`.
fn has_zero_limit(message: &str) -> bool {
    let goes_on =
        |rest: &str| rest.strip_prefix('.').unwrap_or(rest).starts_with(|c: char| c.is_ascii_digit());
    message.split("limit: 0").skip(1).any(|rest| !goes_on(rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BaseUrl, finding::Instead};

    #[test]
    fn the_key_goes_in_googles_header_and_into_no_url() {
        let base_url = BaseUrl::parse("", ProviderType::Gemini, false).unwrap();
        let api_key = Some("test-gemini-key-0001");
        let target =
            Target { provider_type: ProviderType::Gemini, base_url: &base_url, api_key, model_name: "x" };
        let question = build(&target, Ask::Models { cursor: Some("Ch9/+=") }).unwrap();
        assert_eq!(
            question.url.as_str(),
            "https://generativelanguage.googleapis.com/v1beta/models?pageSize=1000&pageToken=Ch9%2F%2B%3D"
        );
        assert_eq!(question.headers["x-goog-api-key"], "test-gemini-key-0001");
        assert!(question.headers["x-goog-api-key"].is_sensitive());
        assert_eq!(question.headers.len(), 1);
    }

    #[test]
    fn a_list_is_read_without_its_prefix_and_knows_who_generates() {
        let body = r#"{"models":[
            {"name":"models/gemini-2.5-flash","version":"001","supportedGenerationMethods":["generateContent","countTokens"],"thinking":true},
            {"name":"models/gemini-embedding-001","supportedGenerationMethods":["embedContent"]}],"nextPageToken":"Ch9tb2"}"#;
        let page = parse_models(&Answer::json(200, body)).unwrap();
        let models: Vec<_> = page.models.iter().map(|model| (model.name.as_str(), model.generates)).collect();
        assert_eq!(models, [("gemini-2.5-flash", true), ("gemini-embedding-001", false)]);
        assert_eq!(page.next.as_deref(), Some("Ch9tb2"));
        assert_eq!(parse_models(&Answer::json(200, "{}\n")).unwrap(), ModelPage::default());
    }

    fn cause_of(status: u16, name: &str, message: &str, detail: serde_json::Value) -> Cause {
        let error = serde_json::json!({"error": {"code": status, "message": message, "status": name, "details": [detail]}});
        let alone = parse_models(&Answer::json(status, &error.to_string())).unwrap_err();
        let in_array = parse_models(&Answer::json(status, &format!("[{error}]"))).unwrap_err();
        assert_eq!(alone, in_array);
        alone.cause
    }

    #[test]
    fn each_documented_error_has_its_own_cause() {
        let reason = |reason: &str| serde_json::json!({"reason": reason});
        let none = || serde_json::json!({});
        let cases = [
            (
                400,
                "INVALID_ARGUMENT",
                "API key not valid. Please pass a valid API key.",
                reason("API_KEY_INVALID"),
                Cause::KeyUnknown,
            ),
            (
                400,
                "INVALID_ARGUMENT",
                "API key expired. Please renew the API key.",
                reason("API_KEY_INVALID"),
                Cause::KeyExpired,
            ),
            (
                400,
                "FAILED_PRECONDITION",
                "User location is not supported for the API use.",
                none(),
                Cause::CountryUnsupported,
            ),
            (
                400,
                "INVALID_ARGUMENT",
                "Multiple authentication credentials received.",
                none(),
                Cause::Unexpected,
            ),
            (
                401,
                "UNAUTHENTICATED",
                "Expected OAuth 2 access token",
                reason("ACCESS_TOKEN_TYPE_UNSUPPORTED"),
                Cause::KeyOfOtherKind,
            ),
            (
                403,
                "PERMISSION_DENIED",
                "Method doesn't allow unregistered callers",
                none(),
                Cause::KeyUnknown,
            ),
            (403, "PERMISSION_DENIED", "Your API key was reported as leaked.", none(), Cause::KeyLeaked),
            (403, "PERMISSION_DENIED", "", reason("API_KEY_SERVICE_BLOCKED"), Cause::ServiceBlocked),
            (403, "PERMISSION_DENIED", "", reason("SERVICE_DISABLED"), Cause::ServiceBlocked),
            (403, "PERMISSION_DENIED", "", reason("API_KEY_IP_ADDRESS_BLOCKED"), Cause::OriginBlocked),
            (403, "PERMISSION_DENIED", "The caller does not have permission", none(), Cause::NoPermission),
            (402, "PAYMENT_REQUIRED", "", none(), Cause::CreditExhausted),
            (
                429,
                "RESOURCE_EXHAUSTED",
                "Your prepayment credits are depleted.",
                none(),
                Cause::CreditExhausted,
            ),
            (
                429,
                "RESOURCE_EXHAUSTED",
                "Your project has exceeded its spending cap.",
                none(),
                Cause::SpendLimit,
            ),
            (
                429,
                "RESOURCE_EXHAUSTED",
                "* Quota exceeded for metric: x, limit: 0, model: y",
                none(),
                Cause::NoQuota,
            ),
            (429, "RESOURCE_EXHAUSTED", "* Quota exceeded, limit: 0", none(), Cause::NoQuota),
            (
                429,
                "RESOURCE_EXHAUSTED",
                "Resource has been exhausted (e.g. check quota).",
                none(),
                Cause::RateLimited,
            ),
            (500, "INTERNAL", "", none(), Cause::VendorFailed),
            (
                503,
                "UNAVAILABLE",
                "The model is overloaded. Please try again later.",
                none(),
                Cause::Overloaded,
            ),
            (504, "DEADLINE_EXCEEDED", "", none(), Cause::VendorFailed),
            (499, "CANCELLED", "", none(), Cause::Unexpected),
            (404, "NOT_FOUND", "", none(), Cause::NotThisApi(Instead::Nothing)),
        ];
        for (status, name, message, detail, cause) in cases {
            assert_eq!(cause_of(status, name, message, detail), cause, "{status} {name} {message}");
        }
    }

    /// The recorded answer: its words sound permanent, its details say that it is a matter of seconds.
    const RECORDED_429: &str = r#"{"error":{"code":429,"status":"RESOURCE_EXHAUSTED",
 "message":"You exceeded your current quota, please check your plan and billing details. ...\n* Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_paid_tier_input_token_count, limit: 1000000, model: gemini-2.5-flash\nPlease retry in 48.939935699s.",
 "details":[{"@type":"type.googleapis.com/google.rpc.Help","links":[]},
  {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateContentPaidTierInputTokensPerModelPerMinute","quotaValue":"1000000"}]},
  {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"48s"}]}}"#;

    #[test]
    fn a_rate_is_told_from_a_day_by_the_quotas_name() {
        let refusal = parse_models(&Answer::json(429, RECORDED_429)).unwrap_err();
        assert_eq!(
            (refusal.cause, refusal.retry_after.map(|wait| wait.as_secs())),
            (Cause::RateLimited, Some(48))
        );
        let daily = RECORDED_429.replace("PerMinute", "PerDay").replace("\"48s\"", "\"10h17m5.7s\"");
        let refusal = parse_models(&Answer::json(429, &daily)).unwrap_err();
        assert_eq!(
            (refusal.cause, refusal.retry_after.map(|wait| wait.as_secs())),
            (Cause::DailyQuota, Some(37_025))
        );
    }

    #[test]
    fn errors_of_the_newer_interface_have_a_string_as_code() {
        let body = r#"{"error":{"code":"invalid_request","message":"x"}}"#;
        assert_eq!(parse_models(&Answer::json(400, body)).unwrap_err().cause, Cause::Unexpected);
    }
}
