//! A client of the local gateway, which needs no library to say what it means.

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A port that nobody has just now.
pub async fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

/// Sends a request in OpenAI's shape, on a connection of its own.
pub async fn begin(port: u16, token: &str, body: &Value) -> TcpStream {
    begin_at(port, token, "/v1/chat/completions", body).await
}

/// Sends a request to a path, on a connection of its own.
pub async fn begin_at(port: u16, token: &str, path: &str, body: &Value) -> TcpStream {
    begin_with(port, token, path, "", body).await
}

/// The same with further headers, each a line with its end.
pub async fn begin_with(port: u16, token: &str, path: &str, headers: &str, body: &Value) -> TcpStream {
    let body = body.to_string();
    let mut connection = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nauthorization: Bearer {token}\r\n\
         connection: close\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\n\r\n",
        body.len()
    );
    connection.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    connection
}

/// Reads to the end.
pub async fn rest(mut connection: TcpStream) -> String {
    let mut all = Vec::new();
    connection.read_to_end(&mut all).await.unwrap();
    String::from_utf8(all).unwrap()
}

/// A request, and its whole answer with its head.
pub async fn chat(port: u16, token: &str, body: &Value) -> String {
    rest(begin(port, token, body).await).await
}

/// Whether nobody listens there.
pub async fn is_closed(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).await.is_err()
}
