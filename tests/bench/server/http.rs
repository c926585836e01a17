//! A connection to the admin API that is kept alive.

use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::{
    Request,
    client::conn::http1::{self, SendRequest},
    header::{AUTHORIZATION, CONTENT_TYPE, HOST},
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// A connection.
pub struct Http {
    address: String,
    sender: SendRequest<Full<Bytes>>,
    /// Whom the requests are from, where a proxy is believed.
    pub peer: String,
}

impl Http {
    pub async fn connect(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(async move {
            // What went wrong shows in the request that it went wrong in.
            connection.await.ok();
        });
        Ok(Self { address: address.to_owned(), sender, peer: "127.0.0.1".to_owned() })
    }

    /// Status and body, and how long it took until the answer was whole.
    pub async fn ask(
        &mut self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
    ) -> anyhow::Result<(u16, Bytes, Duration)> {
        self.sender.ready().await?;
        let mut request = Request::builder().method(method).uri(path).header(HOST, &self.address);
        request = request.header("x-forwarded-for", &self.peer);
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = match body {
            Some(body) => request.header(CONTENT_TYPE, "application/json").body(body.to_string().into())?,
            None => request.body(Full::default())?,
        };
        let began = Instant::now();
        let response = self.sender.send_request(request).await?;
        let status = response.status().as_u16();
        let body = response.into_body().collect().await?.to_bytes();
        Ok((status, body, began.elapsed()))
    }

    /// The data of an answer that did what was asked.
    pub async fn data(
        &mut self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
    ) -> anyhow::Result<Value> {
        let (status, body, _) = self.ask(method, path, token, body).await?;
        ensure!((200..300).contains(&status), "{path}: {status}: {}", String::from_utf8_lossy(&body));
        let mut answer: Value = serde_json::from_slice(&body).context("the answer is no JSON")?;
        Ok(answer["data"].take())
    }
}
