//! What goes over the wire, as plain data: the vendors' functions are tested on it without a socket.

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::Value;
use url::Url;

/// What is asked of a vendor, at no cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask<'a> {
    /// A page of the models that the key may use, from the start or after the cursor of the page before.
    Models { cursor: Option<&'a str> },
    /// One model by its name; some vendors accept aliases here that their list does not hold.
    Model { name: &'a str },
}

/// A GET request. Headers that carry a key are marked sensitive.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
}

/// A POST request with a JSON body: a call of a model.
#[derive(Debug)]
pub(crate) struct Post {
    pub(crate) question: Question,
    pub(crate) body: Bytes,
}

impl Post {
    /// Adds the body to where and as whom it is sent.
    pub(crate) fn new(mut question: Question, body: &Value) -> Self {
        question.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        // With room for nearly all of it from the start, long prompts are not moved while they are written.
        let mut text = Vec::with_capacity(size(body));
        // A value has text keys and goes to memory, so this cannot fail.
        serde_json::to_writer(&mut text, body).ok();
        Self { question, body: text.into() }
    }
}

/// About as many bytes as the JSON has, an eighth of each text for what has to be escaped.
fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len() + text.len() / 8 + 4,
        Value::Array(values) => values.iter().map(size).sum::<usize>() + 4,
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| name.len() + 4 + size(value)).sum::<usize>() + 4
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => 8,
    }
}

/// A whole answer, its body within bounds.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// A header as text; `None` also when it is not ASCII.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether a web page answered. Some gateways send one without saying so.
    pub(crate) fn is_web_page(&self) -> bool {
        self.says("text/html") || self.body.trim_ascii_start().starts_with(b"<")
    }

    /// Whether the content type has this text in it, or is missing altogether.
    pub(crate) fn may_be_json(&self) -> bool {
        self.says("json") || self.header("content-type").is_none()
    }

    fn says(&self, kind: &str) -> bool {
        self.header("content-type").is_some_and(|value| value.to_ascii_lowercase().contains(kind))
    }
}

/// A page of a vendor's list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ModelPage {
    pub(crate) models: Vec<ListedModel>,
    /// Where the next page starts, if there is one.
    pub(crate) next: Option<String>,
}

/// A model as listed, in the form in which requests name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListedModel {
    pub(crate) name: String,
    /// Whether it can generate text, as far as the vendor says.
    pub(crate) generates: bool,
}

#[cfg(test)]
impl Answer {
    /// An answer from literals.
    pub(crate) fn literal(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Self {
        use reqwest::header::{HeaderName, HeaderValue};
        let pair = |&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value));
        Self { status, headers: headers.iter().map(pair).collect(), body: body.as_bytes().to_vec() }
    }

    /// A JSON answer from literals.
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::literal(status, &[("content-type", "application/json")], body)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_room_for_a_request_is_about_what_it_takes() {
        for body in
            [json!({"a": [1, true, null, {"b": "c"}]}), json!({"text": "Say \"hello\".\n".repeat(1000)})]
        {
            let takes = body.to_string().len();
            assert!((takes * 9 / 10..takes * 3 + 16).contains(&size(&body)), "{takes} {}", size(&body));
        }
    }
}
