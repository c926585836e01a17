//! Revisions as `ETag` and `If-Match` (RFC 9110, section 13.1.1).

use axum::http::{HeaderMap, HeaderValue, header};

use super::{Answer, refusal};
use crate::access::opaque;

/// A revision as an entity tag.
pub(crate) fn etag(revision: i64) -> HeaderValue {
    // Digits and quotes are what a header may hold.
    HeaderValue::from_str(&format!("\"{revision}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

/// The revision of what has words and no counter: another one for other words, and the same for the same.
pub(crate) fn of_words(words: &str) -> i64 {
    // Six bytes are a number that every reader of JSON keeps whole.
    let [a, b, c, d, e, f, ..] = opaque::digest(words);
    i64::from_be_bytes([0, 0, a, b, c, d, e, f])
}

/// Refuses a change that saw another revision. Without the header the newest is changed, as the specification has it.
pub(crate) fn require(headers: &HeaderMap, current: i64) -> Answer<()> {
    let mut given = headers.get_all(header::IF_MATCH).iter().peekable();
    if given.peek().is_none() {
        return Ok(());
    }
    let tag = etag(current);
    let matches = given.filter_map(|value| value.to_str().ok()).flat_map(|list| list.split(','));
    let matches = matches.map(str::trim).any(|one| one == "*" || one.as_bytes() == tag.as_bytes());
    if matches { Ok(()) } else { Err(refusal::other_revision(current)) }
}

/// The same for what may not be there yet: then no tag is of it, and `*` neither.
pub(crate) fn require_of(headers: &HeaderMap, current: Option<i64>) -> Answer<()> {
    match current {
        Some(current) => require(headers, current),
        None if headers.contains_key(header::IF_MATCH) => Err(refusal::other_revision(0)),
        None => Ok(()),
    }
}
