//! Instants as the remote API writes them.

use model::{Timestamp, remote::FieldAtFault};

use super::{Answer, refusal};

/// RFC 3339 in UTC, such as `2024-01-15T10:30:00Z`, to the second.
pub(crate) fn text(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_second(at.0.div_euclid(1_000)).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.to_string()
}

/// An instant that may not be.
pub(crate) fn maybe(at: Option<Timestamp>) -> Option<String> {
    at.map(text)
}

/// An instant in a query: RFC 3339 with its zone.
pub(crate) fn parse(field: &str, given: Option<&str>) -> Answer<Option<Timestamp>> {
    let Some(given) = given else { return Ok(None) };
    match given.parse::<jiff::Timestamp>() {
        Ok(at) => Ok(Some(Timestamp(at.as_millisecond()))),
        Err(_) => {
            let message = "Send an instant such as 2026-01-31T10:30:00Z.".to_owned();
            Err(refusal::invalid_fields(vec![FieldAtFault { field: field.to_owned(), message }]))
        }
    }
}
