//! Claude. `GET {base}/v1/models` in pages by `after_id`, with `x-api-key` and the API's version.

use model::ProviderType;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;

use super::{error_body::ErrorBody, list, refusal};
use crate::{
    Target,
    exchange::{Answer, Ask, ModelPage, Question},
    finding::{Cause, Refusal},
    key::{self, KeyFault},
};

const VERSION: &str = "2023-06-01";
/// The largest page that the API gives.
const PAGE_SIZE: &str = "1000";

#[derive(Deserialize)]
struct Paging {
    #[serde(default)]
    has_more: bool,
    #[serde(default)]
    last_id: Option<String>,
}

pub(super) fn build(target: &Target<'_>, ask: Ask<'_>) -> Result<Question, KeyFault> {
    Ok(Question { url: url(target, ask), headers: headers(target)? })
}

fn headers(target: &Target<'_>) -> Result<HeaderMap, KeyFault> {
    let key = target.api_key.ok_or(KeyFault::Empty)?;
    Ok(HeaderMap::from_iter([
        (HeaderName::from_static("x-api-key"), key::header_value("", key)?),
        (HeaderName::from_static("anthropic-version"), HeaderValue::from_static(VERSION)),
    ]))
}

/// Where calls go, and as whom.
pub(super) fn messages(target: &Target<'_>) -> Result<Question, KeyFault> {
    Ok(Question { url: below(target, &["messages"]), headers: headers(target)? })
}

/// Where tokens are counted, and as whom.
pub(super) fn count_tokens(target: &Target<'_>) -> Result<Question, KeyFault> {
    Ok(Question { url: below(target, &["messages", "count_tokens"]), headers: headers(target)? })
}

/// Other vendors' base URLs end in the version, so people enter it here as well.
fn below(target: &Target<'_>, segments: &[&str]) -> url::Url {
    let has_version = target.base_url.last_segment() == "v1";
    let version: &[&str] = if has_version { &[] } else { &["v1"] };
    target.base_url.below(&[version, segments].concat())
}

fn url(target: &Target<'_>, ask: Ask<'_>) -> url::Url {
    match ask {
        Ask::Model { name } => below(target, &["models", name]),
        Ask::Models { cursor } => {
            let mut url = below(target, &["models"]);
            url.query_pairs_mut()
                .append_pair("limit", PAGE_SIZE)
                .extend_pairs(cursor.map(|id| ("after_id", id)));
            url
        }
    }
}

pub(super) fn parse_models(answer: &Answer) -> Result<ModelPage, Refusal> {
    let refused = || refusal::read(answer, Some(ProviderType::Claude), cause);
    if !answer.is_success() {
        return Err(refused());
    }
    // OpenAI's list has `data` too, but never says whether there is more.
    let is_claudes = answer.body.windows(10).any(|part| part == b"\"has_more\"");
    let models = list::of_data(&answer.body).filter(|_| is_claudes).ok_or_else(refused)?;
    let paging: Paging = serde_json::from_slice(&answer.body).map_err(|_| refused())?;
    Ok(ModelPage { models, next: paging.last_id.filter(|_| paging.has_more) })
}

pub(super) fn cause(status: u16, error: &ErrorBody) -> Option<Cause> {
    match status {
        // Nothing but the words tells an empty balance from a bad request.
        400 if error.mentions("credit balance is too low") => Some(Cause::CreditExhausted),
        400 if error.mentions("usage limits") => Some(Cause::SpendLimit),
        401 if error.mentions("oauth") => Some(Cause::KeyOfOtherKind),
        429 if error.detail_code == "enforced_spend_limit_reached" => Some(Cause::SpendLimit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BaseUrl, finding::Instead};

    fn question(base_url: &str, cursor: Option<&str>) -> Question {
        let base_url = BaseUrl::parse(base_url, ProviderType::Claude, false).unwrap();
        let api_key = Some("test-claude-key-0001");
        let target =
            Target { provider_type: ProviderType::Claude, base_url: &base_url, api_key, model_name: "x" };
        build(&target, Ask::Models { cursor }).unwrap()
    }

    #[test]
    fn the_key_goes_in_its_own_header_with_the_version_and_no_origin() {
        let question = question("", None);
        assert_eq!(question.url.as_str(), "https://api.anthropic.com/v1/models?limit=1000");
        assert_eq!(question.headers["x-api-key"], "test-claude-key-0001");
        assert!(question.headers["x-api-key"].is_sensitive());
        assert_eq!(question.headers["anthropic-version"], "2023-06-01");
        assert_eq!(question.headers.len(), 2);
    }

    #[test]
    fn a_version_that_was_entered_with_the_base_url_is_not_doubled() {
        let url = question("https://api.anthropic.com/v1/", Some("claude-opus-5 5")).url;
        assert_eq!(url.as_str(), "https://api.anthropic.com/v1/models?limit=1000&after_id=claude-opus-5+5");
    }

    #[test]
    fn a_page_says_where_the_next_one_starts() {
        let body = r#"{"data":[{"type":"model","id":"claude-opus-4-8","display_name":"Claude Opus 4.8","capabilities":{}}],
            "has_more":true,"first_id":"claude-opus-4-8","last_id":"claude-opus-4-8"}"#;
        let page = parse_models(&Answer::json(200, body)).unwrap();
        assert_eq!(page.next.as_deref(), Some("claude-opus-4-8"));
        let last = body.replace("true", "false");
        assert_eq!(parse_models(&Answer::json(200, &last)).unwrap().next, None);
    }

    #[test]
    fn each_documented_error_has_its_own_cause() {
        let cases = [
            (401, "authentication_error", "invalid x-api-key", Cause::KeyUnknown),
            (401, "authentication_error", "x-api-key header is required", Cause::KeyUnknown),
            (
                401,
                "authentication_error",
                "OAuth authentication is currently not supported.",
                Cause::KeyOfOtherKind,
            ),
            (403, "permission_error", "", Cause::NoPermission),
            (
                400,
                "invalid_request_error",
                "Your credit balance is too low to access the Anthropic API.",
                Cause::CreditExhausted,
            ),
            (
                400,
                "invalid_request_error",
                "You have reached your specified API usage limits.",
                Cause::SpendLimit,
            ),
            (400, "invalid_request_error", "anthropic-version: header is required", Cause::Unexpected),
            (402, "billing_error", "", Cause::CreditExhausted),
            (429, "rate_limit_error", "", Cause::RateLimited),
            (500, "api_error", "Internal server error", Cause::VendorFailed),
            (504, "timeout_error", "", Cause::VendorFailed),
            (529, "overloaded_error", "Overloaded", Cause::Overloaded),
            (404, "not_found_error", "Not Found", Cause::NotThisApi(Instead::Nothing)),
        ];
        for (status, kind, message, cause) in cases {
            let body = serde_json::json!({"type": "error", "error": {"type": kind, "message": message}});
            let refusal = parse_models(&Answer::json(status, &body.to_string())).unwrap_err();
            assert_eq!(refusal.cause, cause, "{status} {kind} {message}");
        }
    }

    #[test]
    fn the_tiers_spend_cap_is_no_rate_limit() {
        let body = r#"{"type":"error","error":{"type":"rate_limit_error","message":"You will regain access on 2026-09-01 at 00:00 UTC.","details":{"error_code":"enforced_spend_limit_reached"}}}"#;
        assert_eq!(parse_models(&Answer::json(429, body)).unwrap_err().cause, Cause::SpendLimit);
    }

    #[test]
    fn openais_list_is_recognised_as_not_claudes() {
        let body = r#"{"object":"list","data":[{"id":"gpt-4o"}]}"#;
        let refusal = parse_models(&Answer::json(200, body)).unwrap_err();
        assert_eq!(refusal.cause, Cause::NotThisApi(Instead::Vendor(ProviderType::OpenAi)));
    }
}
