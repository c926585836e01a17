//! What goes over the wire, as plain data: the vendors' functions are tested on it without a socket.

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use url::Url;

use crate::json::Json;

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
    pub(crate) fn new(mut question: Question, body: &Json<'_>) -> Self {
        question.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        // With room for nearly all of it from the start, long prompts are not moved while they are written.
        let mut text = Vec::with_capacity(body.size());
        // Names are texts and it goes to memory, so this cannot fail.
        serde_json::to_writer(&mut text, body).ok();
        Self { question, body: text.into() }
    }
}

/// A whole answer, its body within bounds.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
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
        Self { status, headers: headers.iter().map(pair).collect(), body: body.as_bytes().to_vec().into() }
    }

    /// A JSON answer from literals.
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::literal(status, &[("content-type", "application/json")], body)
    }
}
