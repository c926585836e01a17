//! What is sent: of the vendors' shapes what every call needs, of the tasks all of it.

use serde_json::{Map, Value, json};

use crate::http::tasks::Endpoint;

/// The name of a task's schema.
pub(super) fn of(endpoint: Endpoint) -> String {
    let name = match endpoint {
        Endpoint::Extraction => "ExtractionTask",
        Endpoint::CvDraft => "CvDraftTask",
        Endpoint::CoverLetter => "CoverLetterTask",
        Endpoint::Validation => "ValidationTask",
    };
    name.to_owned()
}

pub(super) fn schemas() -> Map<String, Value> {
    let vendors = [
        ("ChatCall", chat()),
        ("ResponsesCall", responses()),
        ("MessagesCall", messages(true)),
        ("MessagesCount", messages(false)),
        ("GeminiCall", gemini()),
    ];
    let vendors = vendors.into_iter().map(|(name, schema)| (name.to_owned(), schema));
    vendors.chain(Endpoint::ALL.map(|endpoint| (of(endpoint), task(endpoint)))).collect()
}

fn model() -> Value {
    json!({ "type": "string", "description": "A model's id, a configuration's display name, or `task:NAME`", "examples": ["task:extraction"] })
}

/// More of the vendor's fields may follow: those that no provider is told are named in `x-signalbox-ignored`.
fn call(description: &str, required: &[&str], properties: Value) -> Value {
    json!({ "type": "object", "description": description, "required": required, "properties": properties })
}

fn stream() -> Value {
    json!({ "type": "boolean", "description": "Answer in pieces, as events" })
}

fn list(description: &str) -> Value {
    json!({ "type": "array", "minItems": 1, "items": { "type": "object" }, "description": description })
}

fn chat() -> Value {
    let number = json!({ "type": "integer", "minimum": 1, "description": "Tokens of the answer at most" });
    let properties = json!({ "model": model(), "messages": list("The conversation"), "stream": stream(), "max_completion_tokens": number });
    call("OpenAI's Chat Completions", &["model", "messages"], properties)
}

fn responses() -> Value {
    let input = json!({ "type": ["string", "array"], "description": "A text, or the conversation" });
    call(
        "OpenAI's Responses",
        &["model", "input"],
        json!({ "model": model(), "input": input, "stream": stream() }),
    )
}

fn messages(is_call: bool) -> Value {
    let mut properties = json!({ "model": model(), "messages": list("The conversation") });
    let mut required = vec!["model", "messages"];
    if is_call {
        properties["max_tokens"] =
            json!({ "type": "integer", "minimum": 1, "description": "Tokens of the answer at most" });
        properties["stream"] = stream();
        required.push("max_tokens");
    }
    call("Anthropic's Messages", &required, properties)
}

fn gemini() -> Value {
    call("Gemini's generateContent", &["contents"], json!({ "contents": list("The conversation") }))
}

fn task(endpoint: Endpoint) -> Value {
    let text = |description: &str| json!({ "type": "string", "description": description });
    let profile = json!({ "type": ["string", "object", "array"], "description": "What is known of the person: a text, or JSON of any form" });
    let job = json!({ "type": ["string", "object"], "description": "A posting's text, or what `extraction` made of it" });
    let (required, mut properties) = match endpoint {
        Endpoint::Extraction => (
            vec!["text"],
            json!({ "text": text("The posting, text or HTML"), "source_url": text("Where it was found") }),
        ),
        Endpoint::CvDraft => (
            vec!["profile"],
            json!({ "profile": profile, "job": job, "language": text("BCP 47"), "notes": text("Wishes") }),
        ),
        Endpoint::CoverLetter => (
            vec!["profile", "job"],
            json!({ "profile": profile, "job": job, "language": text("BCP 47"), "notes": text("Wishes"), "tone": text("How it is to sound"),
                "max_words": { "type": "integer", "minimum": 1, "description": "About how long it may be" } }),
        ),
        Endpoint::Validation => (
            vec!["image"],
            json!({ "image": text("A data URL, or an https address that the vendor fetches"), "expected": text("What it should show") }),
        ),
    };
    properties["user"] = text("Whom usage and quotas are counted for");
    json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Something that will do for a field.
    fn value(name: &str, schema: &Value) -> Value {
        match name {
            "image" => json!("data:image/png;base64,iVBORw0KGgo="),
            _ if schema["type"] == "integer" => json!(100),
            _ => json!("words"),
        }
    }

    #[test]
    fn a_task_takes_every_field_that_is_described_and_needs_those_that_are_required() {
        for endpoint in Endpoint::ALL {
            let schema = task(endpoint);
            let fields = schema["properties"].as_object().unwrap().iter();
            let whole: Map<String, Value> =
                fields.map(|(name, schema)| (name.clone(), value(name, schema))).collect();
            let read = |body: &Map<String, Value>| endpoint.read(&serde_json::to_vec(body).unwrap());
            assert!(read(&whole).is_ok(), "{}: {:?}", endpoint.name(), read(&whole).err());
            for field in schema["required"].as_array().unwrap() {
                let mut less = whole.clone();
                less.remove(field.as_str().unwrap());
                assert!(read(&less).is_err(), "{} without {field}", endpoint.name());
            }
        }
    }
}
