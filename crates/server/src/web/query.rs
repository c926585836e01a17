//! Reading what stands in a request's address.

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use model::remote::FieldAtFault;
use serde::de::DeserializeOwned;

use super::{Refused, refusal, unknown::Unknown};

/// The part behind the question mark.
pub(crate) struct Query<T>(pub(crate) T);

/// A name in the path, of any text.
pub(crate) struct Part(pub(crate) String);

/// A configuration's number in the path.
pub(crate) struct Id(pub(crate) i64);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Query<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refused> {
        let query = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        query.map(|query| Self(query.0)).map_err(|error| {
            let text = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
            // With the path of the parameter in front of it, or without.
            let words = text.find("unknown field `").map_or("", |at| &text[at..]);
            let (field, message) = match Unknown::of(words) {
                Some(Unknown { name, nearest: Some(near) }) => {
                    (name, format!("There is no such parameter. Did you mean `{near}`?"))
                }
                Some(Unknown { name, nearest: None }) => (name, "There is no such parameter.".to_owned()),
                None => wrong(&text),
            };
            refusal::invalid_fields(vec![FieldAtFault { field, message }])
        })
    }
}

/// Which parameter has a value that it cannot have. Of the words only its name is used: the others quote what was sent.
fn wrong(text: &str) -> (String, String) {
    let is_name = |name: &&str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let twice = text.find("duplicate field `").and_then(|at| text[at..].split('`').nth(1));
    let named = text.split_once(": ").map(|(name, _)| name);
    let (field, message) = match (twice.filter(is_name), named.filter(is_name)) {
        (Some(twice), _) => (twice, "Send this parameter once."),
        (_, Some(named)) => (named, "Send another value; see /api/v1/openapi.json."),
        _ => ("query", "Send other values; see /api/v1/openapi.json."),
    };
    (field.to_owned(), message.to_owned())
}

impl<S: Send + Sync> FromRequestParts<S> for Part {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        // Bytes that are no text name nothing.
        path.map(|Path(name)| Self(name)).map_err(|_| {
            refusal::no_such("there is nothing of this name", "See /api/v1/openapi.json for what there is.")
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let path = Path::<i64>::from_request_parts(parts, state).await;
        // What is no number is no configuration's.
        path.map(|Path(number)| Self(number)).map_err(|_| refusal::not_found())
    }
}
