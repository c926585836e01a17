//! Faults of the transport: they look alike at every vendor, and none of them is an answer of its API.

use std::{
    io::{self, Write},
    net::SocketAddr,
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody, to_bytes},
    http::{
        HeaderMap, HeaderValue, Uri,
        header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE},
    },
};
use flate2::{Compression, write::GzEncoder};
use futures::{Stream, StreamExt, stream};

use crate::{
    Fault,
    reply::{self, Layout, Reply},
};

const JSON: [(&str, &str); 1] = [("content-type", "application/json")];
const HTML: [(&str, &str); 1] = [("content-type", "text/html; charset=utf-8")];
const CHUNK: usize = 64 * 1024;

/// The answer of a broken, foreign or hostile transport; `None` for the faults that the vendor itself answers.
/// Half of an answer of a model is not here, because only the vendor knows the whole.
pub(crate) fn answer(
    fault: Fault,
    uri: &Uri,
    key: Option<&str>,
    (here, elsewhere): (&str, SocketAddr),
    generates: bool,
) -> Option<Reply> {
    let reply = match fault {
        Fault::BadGatewayHtml => reply::whole(502, &HTML, BAD_GATEWAY),
        Fault::Html => reply::whole(200, &HTML, SIGN_IN),
        Fault::Garbage => reply::whole(200, &JSON, "{\"object\":\"li\u{0}st\",\"data\":[{\"id\":]]]"),
        Fault::NotFound => {
            reply::whole(404, &[("content-type", "text/plain; charset=utf-8")], "404 page not found")
        }
        Fault::Redirect => redirect(302, &format!("http://{elsewhere}{uri}")),
        Fault::Moved => redirect(308, &moved(uri)?),
        Fault::Downgrade => redirect(302, &format!("http://{here}{}", moved(uri)?)),
        Fault::Stall => reply::whole(200, &JSON, Body::from_stream(stream::pending::<io::Result<Bytes>>())),
        Fault::HangUp => reply::whole(200, &JSON, Body::from_stream(stream::iter([broken()]))),
        Fault::Cut if generates => return None,
        Fault::Cut => reply::whole(200, &[JSON[0], ("content-length", "90000")], Body::from_stream(half())),
        Fault::Huge => reply::whole(200, &JSON, Body::from_stream(endless())),
        Fault::GzipBomb => {
            reply::whole(200, &[JSON[0], ("content-encoding", "gzip")], Body::from_stream(bomb()))
        }
        Fault::EchoKey if generates => echo_in_error(key.unwrap_or_default()),
        Fault::EchoKey => echo(key.unwrap_or_default()),
        _ => return None,
    };
    Some(reply)
}

/// Spoils a good answer of a model on its way.
pub(crate) async fn spoil(mut reply: Reply, fault: Option<Fault>) -> Reply {
    match fault {
        Some(Fault::WrongContentType) => {
            reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(HTML[0].1));
            reply
        }
        // A stream is cut by its vendor's script.
        Some(Fault::Cut) if reply.body().size_hint().exact().is_some() => {
            let (mut head, body) = reply.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
            head.headers.insert(CONTENT_LENGTH, body.len().into());
            Reply::from_parts(head, Body::from_stream(then_broken(body.slice(..body.len() / 2))))
        }
        _ => reply,
    }
}

/// Packs a whole answer for clients that accept gzip, as all vendors do.
pub(crate) async fn pack(reply: Reply, asked: &HeaderMap) -> Reply {
    let accepts = |value: &HeaderValue| value.to_str().is_ok_and(|value| value.contains("gzip"));
    let is_stream = reply.body().size_hint().exact().is_none();
    if is_stream || !asked.get(ACCEPT_ENCODING).is_some_and(accepts) {
        return reply;
    }
    let (mut head, body) = reply.into_parts();
    // The bodies are our own and whole, so reading them cannot fail.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    head.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    Reply::from_parts(head, Body::from(gzip(&body).unwrap_or_default()))
}

fn gzip(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body)?;
    encoder.finish()
}

/// `None` when the client has already followed.
fn moved(uri: &Uri) -> Option<String> {
    const MARK: &str = "moved=1";
    match uri.query() {
        Some(query) if query.contains(MARK) => None,
        Some(query) => Some(format!("{}?{query}&{MARK}", uri.path())),
        None => Some(format!("{}?{MARK}", uri.path())),
    }
}

fn redirect(status: u16, location: &str) -> Reply {
    reply::whole(status, &[("location", location), HTML[0]], "<html><body>Moved</body></html>")
}

/// One body that every vendor's client takes for a list.
fn echo(key: &str) -> Reply {
    let body = serde_json::json!({
        "object": "list", "has_more": false, "data": [{"id": key}],
        "models": [{"name": format!("models/{key}"), "supportedGenerationMethods": ["generateContent"]}],
    });
    let headers = [JSON[0], ("x-request-id", key), ("request-id", key)];
    reply::json(200, &headers, Layout::Compact, &body)
}

/// One body that every vendor's client takes for an error.
fn echo_in_error(key: &str) -> Reply {
    let error = serde_json::json!({"message": key, "type": key, "code": key, "status": key, "param": key});
    let body = serde_json::json!({"type": "error", "error": error, "request_id": key});
    let headers = [JSON[0], ("x-request-id", key), ("request-id", key)];
    reply::json(400, &headers, Layout::Compact, &body)
}

fn broken() -> io::Result<Bytes> {
    Err(io::ErrorKind::ConnectionReset.into())
}

/// Half a list.
fn half() -> impl Stream<Item = io::Result<Bytes>> {
    then_broken(Bytes::from_static(b"{\"object\":\"list\",\"data\":[{\"id\":\"gpt"))
}

/// Bytes that are on the wire before the connection breaks: hyper sends nothing of what it gets together with the error.
fn then_broken(bytes: Bytes) -> impl Stream<Item = io::Result<Bytes>> {
    stream::iter([Ok(bytes)]).chain(stream::once(async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        broken()
    }))
}

fn endless() -> impl Stream<Item = io::Result<Bytes>> {
    let entries = Bytes::from("{\"id\":\"model\",\"object\":\"model\"},".repeat(CHUNK / 32));
    let start = stream::iter([Ok(Bytes::from_static(b"{\"object\":\"list\",\"data\":["))]);
    start.chain(stream::repeat_with(move || Ok(entries.clone())))
}

/// A gzip stream may have any number of members (RFC 1952, 2.2), so one that holds a mebibyte of blanks serves for all.
fn bomb() -> impl Stream<Item = io::Result<Bytes>> {
    let member = gzip(&b" ".repeat(1 << 20)).map(Bytes::from);
    stream::try_unfold(member.map_err(|error| error.kind()), |member| async move {
        let member = member?;
        Ok(Some((member.clone(), Ok(member))))
    })
}

const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
const SIGN_IN: &str = "<!doctype html><html><head><title>Guest network</title></head><body><h1>Sign in to continue</h1></body></html>";
