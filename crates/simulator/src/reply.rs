//! Building one answer: status, headers in the vendor's spelling, JSON in the vendor's layout.

use std::borrow::Cow;

use axum::{body::Body, http::Response};
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

pub(crate) type Reply = Response<Body>;

/// A header whose value may be made for one answer.
pub(crate) type Header = (&'static str, Cow<'static, str>);

/// How a vendor lays out its JSON.
#[derive(Clone, Copy)]
pub(crate) enum Layout {
    Compact,
    /// Indented by this text.
    Pretty(&'static str),
}

/// A JSON answer. Headers that are not valid are a mistake in this crate, so they show up as status 500.
pub(crate) fn json(status: u16, headers: &[(&str, &str)], layout: Layout, body: &impl Serialize) -> Reply {
    whole(status, headers, write(layout, body))
}

pub(crate) fn whole(status: u16, headers: &[(&str, &str)], body: impl Into<Body>) -> Reply {
    let mut builder = Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body.into()).unwrap_or_else(|_| {
        let mut broken = Response::new(Body::empty());
        *broken.status_mut() = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
        broken
    })
}

/// As [`whole`], with headers made for this answer.
pub(crate) fn made(status: u16, headers: &[Header], body: impl Into<Body>) -> Reply {
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_ref())).collect();
    whole(status, &headers, body)
}

/// JSON as a vendor lays it out.
pub(crate) fn write(layout: Layout, body: &impl Serialize) -> Vec<u8> {
    let Layout::Pretty(indent) = layout else {
        return serde_json::to_vec(body).unwrap_or_default();
    };
    let mut text = Vec::new();
    let mut serializer =
        Serializer::with_formatter(&mut text, PrettyFormatter::with_indent(indent.as_bytes()));
    match body.serialize(&mut serializer) {
        Ok(()) => [text, b"\n".to_vec()].concat(),
        Err(_) => Vec::new(),
    }
}
