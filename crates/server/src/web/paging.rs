//! Lists in pages: how many, and the `Link` (RFC 8288) that leads to the next ones. It goes on behind the last record that was
//! shown, so that a page is neither slower nor different because of what came before it.

use std::ops::RangeInclusive;

use axum::http::{HeaderMap, HeaderValue, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Answer, refusal};

/// A number within bounds.
pub(crate) fn within(
    field: &str,
    given: Option<u32>,
    usual: u32,
    bounds: RangeInclusive<u32>,
) -> Answer<u32> {
    let number = given.unwrap_or(usual);
    if bounds.contains(&number) {
        return Ok(number);
    }
    Err(refusal::invalid_field(field, format!("Send {} to {}.", bounds.start(), bounds.end())))
}

/// A text to look for, which is no longer than anything that could be found.
pub(crate) fn short(field: &str, given: Option<&str>, most: usize) -> Answer<()> {
    match given {
        Some(text) if text.chars().count() > most => {
            Err(refusal::invalid_field(field, format!("Send at most {most} characters.")))
        }
        _ => Ok(()),
    }
}

/// The header that leads to the next page: the same question again, but for where it goes on.
pub(crate) fn next(path: &str, parameters: &[(&str, Option<String>)]) -> HeaderMap {
    let given = parameters.iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
    let query: Vec<String> = given
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
        .collect();
    let link = format!("<{path}?{}>; rel=\"next\"", query.join("&"));
    let mut headers = HeaderMap::new();
    if let Ok(link) = HeaderValue::from_str(&link) {
        headers.insert(header::LINK, link);
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_asks_the_same_question() {
        let headers =
            next("/x", &[("actor", Some("a&b=ü".into())), ("text", None), ("before", Some("7".into()))]);
        assert_eq!(headers["link"], "</x?actor=a%26b%3D%C3%BC&before=7>; rel=\"next\"");
    }
}
