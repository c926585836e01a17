//! The vendors' shapes: for each a function that builds a request and functions that read an answer, all pure.

mod call_refusal;
mod chat;
mod claude;
mod dialect;
mod error_body;
mod gemini;
mod generate;
#[cfg(test)]
mod golden;
mod list;
mod messages;
mod openai;
mod openai_compatible;
mod refusal;
mod responses;
mod usage;

use model::{ProviderType, call::Effort};
use reqwest::header::HeaderName;
use serde::{
    Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};

pub(crate) use self::dialect::{Dialect, Reader};
use self::refusal::Special;
use crate::{
    Target,
    call::{AnswerFault, Draft},
    exchange::{Answer, Ask, ListedModel, ModelPage, Question},
    finding::Refusal,
    json::{Json, Name, object},
    key::KeyFault,
};

/// Whether a stream goes on after an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Goes,
    /// The vendor's terminator has come.
    Done,
}

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
pub(crate) fn request_id_header(provider_type: ProviderType) -> &'static HeaderName {
    static CLAUDE: HeaderName = HeaderName::from_static("request-id");
    static OTHERS: HeaderName = HeaderName::from_static("x-request-id");
    if provider_type == ProviderType::Claude { &CLAUDE } else { &OTHERS }
}

/// A model's name as the vendor lists it: Gemini's documentation writes it with a prefix that its list also has.
pub(crate) fn bare_name(provider_type: ProviderType, name: &str) -> &str {
    match provider_type {
        ProviderType::Gemini => name.strip_prefix("models/").unwrap_or(name),
        _ => name,
    }
}

/// A body or an event's data, which has to be a JSON object or array.
fn parse(json: &[u8]) -> Result<Json<'_>, AnswerFault> {
    let value: Json<'_> = serde_json::from_slice(json).map_err(|_| AnswerFault::Unreadable)?;
    if value.is_object() || value.is_list() { Ok(value) } else { Err(AnswerFault::Unreadable) }
}

/// The same of an object of which these fields alone are read: an answer repeats much of its request, and nobody
/// looks at it.
fn parse_fields<'a>(json: &'a [u8], fields: &'static [&'static str]) -> Result<Json<'a>, AnswerFault> {
    struct Fields(&'static [&'static str]);
    impl<'de> Visitor<'de> for Fields {
        type Value = Json<'de>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
            let mut kept = Vec::with_capacity(self.0.len());
            while let Some(Name(name)) = object.next_key()? {
                if self.0.contains(&name.as_ref()) {
                    kept.push((name, object.next_value()?));
                } else {
                    object.next_value::<IgnoredAny>()?;
                }
            }
            Ok(Json::Object(kept))
        }
    }
    let mut reader = serde_json::Deserializer::from_slice(json);
    let object = reader.deserialize_map(Fields(fields)).map_err(|_| AnswerFault::Unreadable)?;
    reader.end().map_err(|_| AnswerFault::Unreadable)?;
    Ok(object)
}

/// A text field, empty when it is missing or something else.
fn text<'a>(value: &'a Json<'_>, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// Notes the model and the id that the vendor names, the first time that it does.
fn note_model(model: &Json<'_>, id: &Json<'_>, draft: &mut Draft) {
    let note = |known: &mut Option<String>, value: &Json<'_>| {
        if let (None, Some(name)) = (&known, value.as_str().filter(|name| !name.is_empty())) {
            *known = Some(name.to_owned());
        }
    };
    note(&mut draft.model, model);
    note(&mut draft.id, id);
}

fn data_url(media_type: &str, data: &str) -> String {
    format!("data:{media_type};base64,{data}")
}

/// The arguments of a call as the object that they are; the plan has made sure of it.
fn object_of(arguments: &str) -> Json<'_> {
    serde_json::from_str(arguments).ok().filter(Json::is_object).unwrap_or_else(|| object([]))
}

/// The word for an effort, in which OpenAI and Claude agree.
fn wire_effort(effort: Effort) -> &'static str {
    match effort {
        Effort::None => "none",
        Effort::Minimal => "minimal",
        Effort::Low => "low",
        Effort::Medium => "medium",
        Effort::High => "high",
        Effort::Xhigh => "xhigh",
        Effort::Max => "max",
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
            let answer = Answer { body: body.into(), ..Answer::literal(status, &[("content-type", kind)], "") };
            for vendor in ProviderType::ALL {
                let read = parse_models(vendor, &answer);
                prop_assert!(read.is_err() || answer.is_success());
                prop_assert!(parse_model(vendor, "x", &answer).is_none() || answer.is_success());
            }
        }
    }
}
