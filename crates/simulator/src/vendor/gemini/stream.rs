//! Chunks on the wire: events with CRLF, or one array that is never whole until its end.

use serde::Serialize;
use serde_json::{Value, ser::Formatter};

use super::{LAYOUT, failure};
use crate::{
    generate::{Frame, Script},
    reply,
};

/// Events. The last one is no part of the middle, so that a stream that breaks off has no `finishReason`.
pub(super) fn events(chunks: &[Value]) -> Script {
    let error = failure::overloaded().body();
    let raw = String::from_utf8(reply::write(LAYOUT, &error)).unwrap_or_default();
    let frames = marked(chunks, |_, chunk| event(chunk));
    Script { frames, error: event(&error).into(), raw_error: raw.replace('\n', "\r\n").into() }
}

/// `[`, the chunks in pretty JSON with `,` between them, and `]`.
pub(super) fn array(chunks: &[Value]) -> Script {
    let pretty = |value: &Value| String::from_utf8(reply::write(LAYOUT, value)).unwrap_or_default();
    let last = chunks.len().saturating_sub(1);
    let frames = marked(chunks, |place, chunk| {
        let before = if place == 0 { "[" } else { ",\r\n" };
        let behind = if place == last { "]\n" } else { "" };
        format!("{before}{}{behind}", pretty(chunk))
    });
    let error = format!(",\r\n{}]\n", pretty(&failure::overloaded().body()));
    Script { frames, error: error.clone().into(), raw_error: error.into() }
}

fn marked(chunks: &[Value], write: impl Fn(usize, &Value) -> String) -> Vec<Frame> {
    let last = chunks.len().saturating_sub(1);
    let frame = |(place, chunk)| {
        let text = write(place, chunk);
        if place == last && place > 0 { Frame::other(text) } else { Frame::delta(text) }
    };
    chunks.iter().enumerate().map(frame).collect()
}

fn event(chunk: &Value) -> String {
    format!("data: {}\r\n\r\n", spaced(chunk))
}

/// One line with a blank behind each colon, as recorded.
fn spaced(value: &Value) -> String {
    let mut text = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut text, Spaced);
    match value.serialize(&mut serializer) {
        Ok(()) => String::from_utf8(text).unwrap_or_default(),
        Err(_) => String::new(),
    }
}

struct Spaced;

impl Formatter for Spaced {
    fn begin_object_value<W: std::io::Write + ?Sized>(&mut self, writer: &mut W) -> std::io::Result<()> {
        writer.write_all(b": ")
    }
}
