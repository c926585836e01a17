//! A client that can do what no SDK would: leave headers out, send half a body, go away.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub const TOKEN: &str = "sbx_test";

/// What came back.
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// A request with our token and host; both can be replaced by `headers` of the same name.
pub fn request(at: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> String {
    let host = at.to_string();
    let token = format!("Bearer {TOKEN}");
    let mut lines =
        vec![("host", host.as_str()), ("authorization", &token), ("content-type", "application/json")];
    lines.retain(|line| headers.iter().all(|(name, _)| *name != line.0));
    lines.extend(headers.iter().filter(|(_, value)| !value.is_empty()));
    let head: String = lines.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("{method} {path} HTTP/1.1\r\n{head}content-length: {}\r\n\r\n{body}", body.len())
}

/// Sends a request on a connection of its own and reads to the end.
pub async fn send(at: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    let headers: Vec<(&str, &str)> = headers.iter().copied().chain([("connection", "close")]).collect();
    raw(at, request(at, method, path, &headers, body).as_bytes()).await
}

/// Sends these bytes and reads to the end.
pub async fn raw(at: SocketAddr, bytes: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    read(&mut stream).await
}

/// Reads to the end.
pub async fn read(stream: &mut TcpStream) -> Reply {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no head: {text}"));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let is_chunked = head.contains("transfer-encoding: chunked");
    let body = if is_chunked { unchunked(body) } else { body.to_owned() };
    Reply { status, head: head.to_owned(), body }
}

fn unchunked(mut body: &str) -> String {
    let mut whole = String::new();
    while let Some((size, rest)) = body.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap();
        whole.push_str(&rest[..size]);
        body = rest[size..].trim_start_matches("\r\n");
        if size == 0 {
            break;
        }
    }
    whole
}

/// Reads until this text has come.
pub async fn until(stream: &mut TcpStream, text: &str) -> String {
    let mut all = String::new();
    let mut buffer = [0; 4096];
    while !all.contains(text) {
        let count = stream.read(&mut buffer).await.unwrap();
        assert_ne!(count, 0, "{text} did not come: {all}");
        all.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
    }
    all
}
