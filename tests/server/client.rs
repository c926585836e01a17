//! A client of the admin API, which needs no library to say what it means.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub const CONFIGS: &str = "/api/v1/super-admin/providers/configs";

/// A request.
#[derive(Clone)]
pub struct Request {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// An answer, whole.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    /// As it came, with its head.
    pub text: String,
    pub body: Value,
}

impl Request {
    pub fn new(method: &str, path: &str) -> Self {
        Self { method: method.into(), path: path.into(), headers: Vec::new(), body: Vec::new() }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json").raw(body.to_string().into_bytes())
    }

    pub fn raw(mut self, body: Vec<u8>) -> Self {
        self.body = body;
        self
    }

    pub async fn send(mut self, to: SocketAddr) -> Reply {
        let body = std::mem::take(&mut self.body);
        let sized = match body.is_empty() {
            true => self,
            false => self.header("content-length", &body.len().to_string()),
        };
        sized.send_as_is(to, &body).await
    }

    /// With this behind the head, whatever the head says.
    pub async fn send_as_is(self, to: SocketAddr, body: &[u8]) -> Reply {
        let mut connection = TcpStream::connect(to).await.unwrap();
        let mut head =
            format!("{} {} HTTP/1.1\r\nhost: {to}\r\nconnection: close\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        connection.write_all(head.as_bytes()).await.unwrap();
        // A server that refuses by the head alone may close before the body is sent.
        let _ = connection.write_all(body).await;
        let mut all = Vec::new();
        let read = connection.read_to_end(&mut all).await;
        assert!(!all.is_empty(), "{} {}: {read:?}", self.method, self.path);
        Reply::of(String::from_utf8(all).unwrap())
    }
}

impl Reply {
    pub fn of(text: String) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let body = serde_json::from_str(body).unwrap_or(Value::Null);
        Self { status, body, text }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let (head, _) = self.text.split_once("\r\n\r\n").unwrap();
        let lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(one, _)| one.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }

    /// Of an answer that did what was asked.
    #[track_caller]
    pub fn data(&self) -> &Value {
        assert!((200..300).contains(&self.status), "{}", self.text);
        assert_eq!(self.body["success"], true, "{}", self.text);
        &self.body["data"]
    }

    /// Of one that did not: its code.
    #[track_caller]
    pub fn code(&self) -> &str {
        assert_eq!(self.body["success"], false, "{}", self.text);
        for text in ["message", "advice"] {
            assert!(!self.body["error"][text].as_str().unwrap().is_empty(), "{}", self.text);
        }
        self.body["error"]["code"].as_str().unwrap()
    }
}
