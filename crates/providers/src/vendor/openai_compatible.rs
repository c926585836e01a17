//! Servers that speak as OpenAI does, more or less: Ollama, vLLM, OpenRouter, a company's gateway. A key is optional.

use reqwest::header::{AUTHORIZATION, HeaderMap};

use super::{error_body::ErrorBody, list, openai, refusal};
use crate::{
    Target,
    exchange::{Answer, Ask, ModelPage, Question},
    finding::{Cause, Refusal},
    key::{self, KeyFault},
};

pub(super) fn build(target: &Target<'_>, ask: Ask<'_>) -> Result<Question, KeyFault> {
    Ok(Question { url: openai::url(target, ask), headers: headers(target)? })
}

pub(super) fn headers(target: &Target<'_>) -> Result<HeaderMap, KeyFault> {
    let mut headers = HeaderMap::new();
    if let Some(key) = target.api_key.filter(|key| !key.is_empty()) {
        headers.insert(AUTHORIZATION, key::header_value("Bearer ", key)?);
    }
    Ok(headers)
}

pub(super) fn parse_models(answer: &Answer) -> Result<ModelPage, Refusal> {
    let read = |body: &[u8]| list::of_data(body).or_else(|| list::of_array(body));
    let listed = answer.is_success().then(|| read(&answer.body)).flatten();
    match listed {
        Some(models) => Ok(ModelPage { models, next: None }),
        None => Err(refusal::read(answer, None, cause)),
    }
}

/// Gateways pass on the errors of those behind them, so Google's and Claude's handwriting is no stranger here.
pub(super) fn cause(status: u16, error: &ErrorBody) -> Option<Cause> {
    match status {
        400 if error.reason == "API_KEY_INVALID" => Some(Cause::KeyUnknown),
        _ => openai::cause(status, error),
    }
}

#[cfg(test)]
mod tests {
    use model::ProviderType;

    use super::*;
    use crate::{BaseUrl, finding::Instead};

    fn question(api_key: Option<&str>) -> Question {
        let base_url =
            BaseUrl::parse("http://localhost:11434/v1", ProviderType::OpenAiCompatible, false).unwrap();
        let provider_type = ProviderType::OpenAiCompatible;
        build(
            &Target { provider_type, base_url: &base_url, api_key, model_name: "x" },
            Ask::Models { cursor: None },
        )
        .unwrap()
    }

    #[test]
    fn without_a_key_there_is_no_header_for_one() {
        assert!(question(None).headers.is_empty() && question(Some("")).headers.is_empty());
        assert_eq!(
            question(Some("test-compatible-key-0001")).headers[AUTHORIZATION],
            "Bearer test-compatible-key-0001"
        );
    }

    #[test]
    fn a_bare_array_is_a_list_too() {
        let page =
            parse_models(&Answer::json(200, r#"[{"id":"llama3.2:latest"},{"id":"qwen3:8b"}]"#)).unwrap();
        assert_eq!(page.models.len(), 2);
    }

    #[test]
    fn numbers_as_codes_and_foreign_handwriting_are_understood() {
        let cause = |status, body: &str| parse_models(&Answer::json(status, body)).unwrap_err().cause;
        assert_eq!(cause(401, r#"{"error":{"message":"No auth","code":401}}"#), Cause::KeyUnknown);
        assert_eq!(
            cause(402, r#"{"error":{"message":"Insufficient credits","code":402}}"#),
            Cause::CreditExhausted
        );
        let google = r#"[{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}]"#;
        assert_eq!(cause(400, google), Cause::KeyUnknown);
        assert_eq!(cause(404, r#"{"detail":"Not Found"}"#), Cause::NotThisApi(Instead::Nothing));
        let ollama = r#"{"models":[{"name":"llama3.2:latest","digest":"a80c4f17acd5"}]}"#;
        assert_eq!(cause(200, ollama), Cause::NotThisApi(Instead::OllamaNative));
    }
}
