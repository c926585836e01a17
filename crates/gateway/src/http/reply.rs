//! Building answers: status, the headers that all of them have, and a body that is whole or comes in pieces.

use std::{convert::Infallible, pin::Pin};

use bytes::Bytes;
use futures::{Stream, StreamExt};
use http::{
    HeaderMap, HeaderValue, Response, StatusCode,
    header::{CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE},
};
use http_body_util::{Either, Full, StreamBody};
use hyper::body::Frame;
use model::CallAnswer;
use serde::Serialize;

use super::{
    fault::{self, Face, Fault, Kind},
    sse,
};

type Frames = Pin<Box<dyn Stream<Item = Result<Frame<Bytes>, Infallible>> + Send>>;

/// A whole body, or one that comes in pieces.
pub(crate) type Body = Either<Full<Bytes>, StreamBody<Frames>>;

/// An answer.
pub(crate) type Reply = Response<Body>;

/// Bytes around what an answer says.
const AROUND: usize = 1024;
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A whole answer with status 200.
pub(crate) fn json(body: Bytes) -> Reply {
    let mut reply = Response::new(Either::Left(Full::new(body)));
    reply.headers_mut().insert(CONTENT_TYPE, JSON);
    reply
}

/// An answer as the JSON of some face: with room for nearly all of it from the start, little is moved while it is
/// written.
pub(crate) fn written(json: &impl Serialize, answer: &CallAnswer) -> Bytes {
    let arguments: usize = answer.tool_calls.iter().map(|call| call.arguments.len()).sum();
    let said = answer.text.len() + arguments;
    // An eighth more for what has to be escaped.
    let mut out = Vec::with_capacity(AROUND + said + said / 8);
    sse::write(&mut out, json);
    out.into()
}

/// An answer in pieces. `no-cache` keeps proxies from collecting them.
pub(crate) fn pieces(
    stream: impl Stream<Item = Bytes> + Send + 'static,
    content_type: &'static str,
) -> Reply {
    let frames: Frames = Box::pin(stream.map(|bytes| Ok(Frame::data(bytes))));
    let mut reply = Response::new(Either::Right(StreamBody::new(frames)));
    let headers = reply.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    reply
}

/// A refusal.
pub(crate) fn refusal(fault: &Fault, face: Face, request_id: &str) -> Reply {
    let mut reply = json(fault::body(fault, face, request_id));
    let status = fault.kind.status(face);
    *reply.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = reply.headers_mut();
    if let Some(ms) = fault.retry_after_ms {
        headers.insert(RETRY_AFTER, ms.div_ceil(1000).into());
        headers.insert("retry-after-ms", ms.into());
    }
    if fault.is_final {
        headers.insert("x-should-retry", HeaderValue::from_static("false"));
    }
    match fault.kind {
        Kind::Unauthorized => {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"Signalbox\""));
        }
        // The rest of the body may still be on its way.
        Kind::BodyTooLarge => {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        _ => {}
    }
    reply
}

/// Names the request to the client, in the header where its SDK looks.
pub(crate) fn identify(reply: &mut Reply, face: Face, request_id: &str) {
    put(reply.headers_mut(), REQUEST_ID, request_id);
    if face == Face::Claude {
        put(reply.headers_mut(), HeaderName::from_static("request-id"), request_id);
    }
}

/// Sets a header, unless the value cannot stand in one.
pub(crate) fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_when_and_whether_to_come_back() {
        let fault = Fault::new(Kind::Quota, "no credit", "Add some.").after(Some(1500));
        let reply = refusal(&fault, Face::OpenAi, "r");
        assert_eq!(reply.status(), 429);
        assert_eq!(reply.headers()["retry-after"], "2");
        assert_eq!(reply.headers()["retry-after-ms"], "1500");
        assert_eq!(reply.headers()["x-should-retry"], "false");
        let reply = refusal(&Fault::new(Kind::Overloaded, "a", "B."), Face::Claude, "r");
        assert_eq!(reply.status().as_u16(), 529);
        assert!(!reply.headers().contains_key("x-should-retry"));
    }
}
