//! OpenAI. `GET {base}/models`, the whole list at once, with a bearer key.

use model::ProviderType;
use reqwest::header::{AUTHORIZATION, HeaderMap};

use super::{error_body::ErrorBody, list, refusal};
use crate::{
    Target,
    exchange::{Answer, Ask, ModelPage, Question},
    finding::{Cause, Refusal},
    key::{self, KeyFault},
};

pub(super) fn build(target: &Target<'_>, ask: Ask<'_>) -> Result<Question, KeyFault> {
    Ok(Question { url: url(target, ask), headers: headers(target)? })
}

pub(super) fn headers(target: &Target<'_>) -> Result<HeaderMap, KeyFault> {
    let key = target.api_key.ok_or(KeyFault::Empty)?;
    Ok(HeaderMap::from_iter([(AUTHORIZATION, key::header_value("Bearer ", key)?)]))
}

pub(super) fn url(target: &Target<'_>, ask: Ask<'_>) -> url::Url {
    match ask {
        Ask::Models { .. } => target.base_url.below(&["models"]),
        Ask::Model { name } => target.base_url.below(&["models", name]),
    }
}

pub(super) fn parse_models(answer: &Answer) -> Result<ModelPage, Refusal> {
    let listed = answer.is_success().then(|| list::of_data(&answer.body)).flatten();
    match listed {
        Some(models) => Ok(ModelPage { models, next: None }),
        None => Err(refusal::read(answer, Some(ProviderType::OpenAi), cause)),
    }
}

/// OpenAI's own meaning of an error, also for servers that imitate it.
pub(super) fn cause(status: u16, error: &ErrorBody) -> Option<Cause> {
    match status {
        401 | 403 if error.mentions("missing scopes") => Some(Cause::ScopeMissing),
        // Both are documented as 401 without a code, so only the words tell them from a bad key.
        401 if error.mentions("ip not authorized") => Some(Cause::OriginBlocked),
        401 if error.mentions("member of an organization") => Some(Cause::NoPermission),
        403 if error.code == "unsupported_country_region_territory" => Some(Cause::CountryUnsupported),
        429 => quota(error),
        _ => None,
    }
}

fn quota(error: &ErrorBody) -> Option<Cause> {
    let code = error.code.as_str();
    if code.ends_with("_spend_limit_exceeded") || code.ends_with("_usage_limit_exceeded") {
        Some(Cause::SpendLimit)
    } else if error.kind == "insufficient_quota"
        || code == "insufficient_quota"
        || code.ends_with("_exhausted")
    {
        Some(Cause::CreditExhausted)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BaseUrl, finding::Instead};

    #[test]
    fn the_key_goes_as_a_bearer_token_and_into_no_url() {
        let base_url = BaseUrl::parse("", ProviderType::OpenAi, false).unwrap();
        let target = Target {
            provider_type: ProviderType::OpenAi,
            base_url: &base_url,
            api_key: Some("test-openai-key-0001"),
            model_name: "o3",
        };
        let question = build(&target, Ask::Models { cursor: None }).unwrap();
        assert_eq!(question.url.as_str(), "https://api.openai.com/v1/models");
        assert_eq!(question.headers[AUTHORIZATION], "Bearer test-openai-key-0001");
        assert!(question.headers[AUTHORIZATION].is_sensitive());
        let question = build(&target, Ask::Model { name: "o3" }).unwrap();
        assert_eq!(question.url.as_str(), "https://api.openai.com/v1/models/o3");
    }

    #[test]
    fn a_list_is_read_whatever_else_is_in_it() {
        let body = r#"{"object":"list","data":[
            {"id":"gpt-4o-mini","object":"model","created":1721172741,"owned_by":"system","shutdown_date":"2027-01-14"},
            {"object":"model"}, {"id":null}, {"id":"two words\u0000"}, {"id":"o3","new":{"deep":[1]}}]}"#;
        let page = parse_models(&Answer::json(200, body)).unwrap();
        let names: Vec<_> = page.models.iter().map(|model| model.name.as_str()).collect();
        assert_eq!((names, page.next), (vec!["gpt-4o-mini", "o3"], None));
    }

    fn cause_of(status: u16, kind: &str, code: &str, message: &str) -> Cause {
        let error =
            serde_json::json!({"error": {"message": message, "type": kind, "param": null, "code": code}});
        parse_models(&Answer::json(status, &error.to_string())).unwrap_err().cause
    }

    #[test]
    fn each_documented_error_has_its_own_cause() {
        const INVALID: &str = "invalid_request_error";
        let cases = [
            (
                401,
                INVALID,
                "invalid_api_key",
                "Incorrect API key provided: test-con****-key.",
                Cause::KeyUnknown,
            ),
            (401, INVALID, "", "You didn't provide an API key.", Cause::KeyUnknown),
            (
                401,
                INVALID,
                "",
                "You have insufficient permissions for this operation. Missing scopes: api.model.read.",
                Cause::ScopeMissing,
            ),
            (403, INVALID, "", "Missing scopes: api.model.read.", Cause::ScopeMissing),
            (401, INVALID, "", "You must be a member of an organization to use the API", Cause::NoPermission),
            (403, "request_forbidden", "unsupported_country_region_territory", "", Cause::CountryUnsupported),
            (403, INVALID, "", "", Cause::NoPermission),
            (429, "tokens", "rate_limit_exceeded", "", Cause::RateLimited),
            (429, "rate_limit_error", "slow_down", "", Cause::RateLimited),
            (429, "insufficient_quota", "insufficient_quota", "", Cause::CreditExhausted),
            (429, "x", "credit_balance_exhausted", "", Cause::CreditExhausted),
            (429, "x", "organization_spend_limit_exceeded", "", Cause::SpendLimit),
            (429, "x", "project_spend_limit_exceeded", "", Cause::SpendLimit),
            (429, "x", "organization_usage_limit_exceeded", "", Cause::SpendLimit),
            (500, "server_error", "", "", Cause::VendorFailed),
            (503, "service_unavailable_error", "server_is_overloaded", "", Cause::Overloaded),
            (404, INVALID, "", "Invalid URL (GET /v1/v1/models)", Cause::NotThisApi(Instead::Nothing)),
            (400, INVALID, "x", "", Cause::Unexpected),
        ];
        for (status, kind, code, message, cause) in cases {
            assert_eq!(cause_of(status, kind, code, message), cause, "{status} {kind} {code} {message}");
        }
    }

    #[test]
    fn geminis_words_about_a_quota_do_not_make_a_rate_limit_permanent() {
        // The same sentence means "never again" at OpenAI, where the type says so, and "in a minute" at Gemini.
        assert_eq!(
            cause_of(429, "requests", "", "You exceeded your current quota, please check"),
            Cause::RateLimited
        );
    }

    #[test]
    fn the_wait_comes_from_the_header_or_from_the_words() {
        let body = r#"{"error":{"message":"Rate limit reached. Please try again in 174ms.","type":"tokens","code":"rate_limit_exceeded"}}"#;
        let wait =
            |answer: Answer| parse_models(&answer).unwrap_err().retry_after.map(|wait| wait.as_millis());
        assert_eq!(wait(Answer::literal(429, &[("retry-after", "20")], body)), Some(20_000));
        assert_eq!(wait(Answer::json(429, body)), Some(174));
        // Nobody who has no credit should come back in 20 s.
        let body = r#"{"error":{"type":"insufficient_quota","code":"insufficient_quota","message":""}}"#;
        assert_eq!(wait(Answer::literal(429, &[("retry-after", "20")], body)), None);
    }

    #[test]
    fn what_is_not_openai_is_recognised() {
        let instead = |answer: Answer| parse_models(&answer).unwrap_err().cause;
        let html =
            Answer::literal(200, &[("content-type", "text/html")], "<!doctype html><title>Sign in</title>");
        assert_eq!(instead(html), Cause::NotThisApi(Instead::WebPage));
        let text = Answer::literal(200, &[("content-type", "text/plain")], "Ollama is running");
        assert_eq!(instead(text), Cause::NotThisApi(Instead::Text));
        assert_eq!(instead(Answer::json(200, r#"{"status":"ok"}"#)), Cause::NotThisApi(Instead::OtherJson));
        assert_eq!(instead(Answer::json(200, r#"{"data":[{"id":"#)), Cause::Garbled);
        let gemini = r#"{"models":[{"name":"models/x","supportedGenerationMethods":[]}]}"#;
        assert_eq!(
            instead(Answer::json(200, gemini)),
            Cause::NotThisApi(Instead::Vendor(ProviderType::Gemini))
        );
        let claude = r#"{"type":"error","error":{"type":"authentication_error","message":"x-api-key header is required"}}"#;
        assert_eq!(
            instead(Answer::json(401, claude)),
            Cause::NotThisApi(Instead::Vendor(ProviderType::Claude))
        );
        let page = Answer::literal(502, &[("content-type", "text/html")], "<html>502 Bad Gateway</html>");
        assert_eq!(instead(page), Cause::GatewayFailed);
        let page = Answer::literal(403, &[("content-type", "text/html")], "<html>Attention Required!</html>");
        assert_eq!(instead(page), Cause::Firewall);
    }

    #[test]
    fn an_error_under_status_200_is_still_an_error() {
        let body = r#"{"error":{"message":"No auth credentials found","code":401}}"#;
        assert_eq!(parse_models(&Answer::json(200, body)).unwrap_err().cause, Cause::KeyUnknown);
        let body = r#"{"error":{"message":"something"}}"#;
        assert_eq!(parse_models(&Answer::json(200, body)).unwrap_err().cause, Cause::Unexpected);
    }
}
