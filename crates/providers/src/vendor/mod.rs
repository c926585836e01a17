//! The vendors' shapes: for each a function that builds a request and functions that read an answer, all pure.

mod claude;
mod error_body;
mod gemini;
mod list;
mod openai;
mod openai_compatible;
mod refusal;

use model::ProviderType;

use crate::{
    Target,
    exchange::{Answer, Ask, ListedModel, ModelPage, Question},
    finding::Refusal,
    key::KeyFault,
};

/// Most models read of one vendor.
pub(crate) const MODELS_LIMIT: usize = list::ENTRY_LIMIT;

/// The request that asks this of the target.
pub(crate) fn build(target: &Target<'_>, ask: Ask<'_>) -> Result<Question, KeyFault> {
    match target.provider_type {
        ProviderType::Gemini => gemini::build(target, ask),
        ProviderType::OpenAi => openai::build(target, ask),
        ProviderType::Claude => claude::build(target, ask),
        ProviderType::OpenAiCompatible => openai_compatible::build(target, ask),
    }
}

/// What an answer to [`Ask::Models`] means.
pub(crate) fn parse_models(provider_type: ProviderType, answer: &Answer) -> Result<ModelPage, Refusal> {
    match provider_type {
        ProviderType::Gemini => gemini::parse_models(answer),
        ProviderType::OpenAi => openai::parse_models(answer),
        ProviderType::Claude => claude::parse_models(answer),
        ProviderType::OpenAiCompatible => openai_compatible::parse_models(answer),
    }
}

/// The model that an answer to [`Ask::Model`] describes; `None` for every kind of no.
pub(crate) fn parse_model(provider_type: ProviderType, asked: &str, answer: &Answer) -> Option<ListedModel> {
    let model = match provider_type {
        _ if !answer.is_success() => None,
        ProviderType::Gemini => gemini::parse_model(answer),
        _ => list::one(&answer.body),
    };
    // Claude answers an alias with the model behind it; anyone else who names another model was not asked.
    model.filter(|model| model.name == asked || provider_type == ProviderType::Claude)
}

/// The header in which the vendor names its request.
pub(crate) fn request_id_header(provider_type: ProviderType) -> &'static str {
    match provider_type {
        ProviderType::Claude => "request-id",
        _ => "x-request-id",
    }
}

/// A model's name as the vendor lists it: Gemini's documentation writes it with a prefix that its list also has.
pub(crate) fn bare_name(provider_type: ProviderType, name: &str) -> &str {
    match provider_type {
        ProviderType::Gemini => name.strip_prefix("models/").unwrap_or(name),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Answers that are nearly right reach deeper than noise does.
    fn body() -> impl Strategy<Value = Vec<u8>> {
        let words = prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"error\"",
            "\"data\"",
            "\"models\"",
            "\"id\"",
            "\"name\"",
            "\"details\"",
            "\"code\"",
            "\"message\"",
            "null",
            "1e999",
            "-1",
            "\"models/x\"",
            "\"has_more\"",
            "true",
            "\"try again in \"",
            "é",
        ]);
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..200),
            prop::collection::vec(words, 0..60).prop_map(|words| words.concat().into_bytes()),
        ]
    }

    proptest! {
        #[test]
        fn no_answer_makes_any_vendor_panic(status in 100_u16..1000, body in body(), html in any::<bool>()) {
            let kind = if html { "text/html" } else { "application/json" };
            let answer = Answer { body, ..Answer::literal(status, &[("content-type", kind)], "") };
            for vendor in ProviderType::ALL {
                let read = parse_models(vendor, &answer);
                prop_assert!(read.is_err() || answer.is_success());
                prop_assert!(parse_model(vendor, "x", &answer).is_none() || answer.is_success());
            }
        }
    }
}
