//! Reading a request's JSON: bounded in size and time, strict, and without a word of what was sent in the refusal.

use std::time::Duration;

use axum::{
    body::{Body as Stream, to_bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use model::remote::FieldAtFault;
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use super::{Refused, refusal, unknown::Unknown};

/// Largest body that is read, in bytes.
pub(crate) const MOST_BYTES: usize = 1024 * 1024;
const BUNDLES: &str = "/api/v1/super-admin/bundles";
/// A bundle may have as many bytes by itself (docs/guide/bundle.md), and a member's name, quotes and some blanks come around it.
const MOST_OF_BUNDLES: usize = MOST_BYTES + 64;
/// A client that needs longer for its body is not one.
const WITHIN: Duration = Duration::from_secs(20);

/// A request's body.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Refused> {
        let (head, body) = request.into_parts();
        require_json(&head.headers)?;
        let bytes = read(&head, body).await?;
        parse(&bytes).map(Self)
    }
}

/// A request's body as it came, for those who read it themselves. JSON, by what it says.
pub(crate) struct Raw(pub(crate) axum::body::Bytes);

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = Refused;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Refused> {
        let (head, body) = request.into_parts();
        require_json(&head.headers)?;
        read(&head, body).await.map(Self)
    }
}

fn require_json(headers: &HeaderMap) -> Result<(), Refused> {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let message = "the body is not said to be JSON";
    let advice = "Send `Content-Type: application/json`.";
    Err(Refused::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message, advice))
}

/// The whole body. One that says that it is too large is not read at all.
pub(crate) async fn read(head: &Parts, body: Stream) -> Result<axum::body::Bytes, Refused> {
    let most = if head.uri.path() == BUNDLES { MOST_OF_BUNDLES } else { MOST_BYTES };
    let too_large = || {
        let advice = format!("Send at most {most} bytes.");
        Refused::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "the body is too large", advice)
    };
    let announced =
        head.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|bytes: u64| bytes > most as u64) {
        return Err(too_large());
    }
    match timeout(WITHIN, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_limit(&error) => Err(too_large()),
        Ok(Err(_)) => Err(refusal::bad_request("body_cut", "the body ended early", "Send it again.")),
        Err(_) => {
            let advice = "Send it again, on a faster connection.";
            Err(Refused::new(StatusCode::REQUEST_TIMEOUT, "body_too_slow", "the body took too long", advice))
        }
    }
}

fn is_limit(error: &axum::Error) -> bool {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = source {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        source = error.source();
    }
    false
}

pub(crate) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refused> {
    // A list of values would be read as if they were an object's.
    let is_list = bytes.trim_ascii_start().starts_with(b"[");
    if is_list && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok() {
        let message = "Send one JSON object.".to_owned();
        return Err(refusal::invalid_fields(vec![FieldAtFault { field: "body".to_owned(), message }]));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let parsed = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        mistake(&path, &error.into_inner())
    })?;
    let more = "there is more after the JSON";
    reader.end().map_err(|_| refusal::bad_request("not_json", more, "Send one JSON object."))?;
    Ok(parsed)
}

/// Of serde's own words only names of fields are used: the others quote what was sent.
fn mistake(path: &str, error: &serde_json::Error) -> Refused {
    if !error.is_data() {
        let message = format!("the body is no JSON from line {}, column {} on", error.line(), error.column());
        return refusal::bad_request("not_json", message, "Send one JSON object.");
    }
    let text = error.to_string();
    if let Some(Unknown { name, nearest }) = Unknown::of(&text) {
        let message = match nearest {
            Some(near) => format!("There is no such field. Did you mean `{near}`?"),
            None => "There is no such field. See /api/v1/openapi.json.".to_owned(),
        };
        return refusal::invalid_fields(vec![FieldAtFault { field: name, message }]);
    }
    let named = |prefix: &str| text.strip_prefix(prefix).and_then(|rest| rest.split('`').next());
    let (field, message) = match (named("missing field `"), named("duplicate field `")) {
        (Some(missing), _) => (missing, "Send this field."),
        (_, Some(twice)) => (twice, "Send this field once."),
        _ if path == "." => ("body", "Send one JSON object."),
        _ => (path, "Send another kind of value; see /api/v1/openapi.json."),
    };
    refusal::invalid_fields(vec![FieldAtFault { field: field.to_owned(), message: message.to_owned() }])
}
