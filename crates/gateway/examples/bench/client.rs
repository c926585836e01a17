//! One connection that is kept alive, and calls on it. Every answer is looked at.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Response, StatusCode,
    body::Incoming,
    client::conn::http1::{self, SendRequest},
    header::{AUTHORIZATION, CONTENT_TYPE, HOST},
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::{check, shapes};

/// Whom to call, and with what.
#[derive(Clone)]
pub struct Call {
    address: String,
    token: String,
    body: Bytes,
    stream: bool,
    answered: Arc<AtomicU64>,
}

/// A target's address, the token that it wants, and how many calls it has answered rightly.
#[derive(Clone)]
pub struct Way {
    pub address: String,
    pub token: String,
    pub answered: Arc<AtomicU64>,
}

impl Way {
    pub fn new(address: &str, token: &str) -> Self {
        Self { address: address.to_owned(), token: token.to_owned(), answered: Arc::default() }
    }

    /// Calls answered so far.
    pub fn answered(&self) -> u64 {
        self.answered.load(Ordering::Relaxed)
    }

    /// A call.
    pub fn call(&self, prompt: &str, stream: bool) -> Call {
        Call {
            address: self.address.clone(),
            token: format!("Bearer {}", self.token),
            body: shapes::request(prompt, stream).to_string().into(),
            answered: Arc::clone(&self.answered),
            stream,
        }
    }
}

/// A connection.
pub struct Client {
    call: Call,
    sender: SendRequest<Full<Bytes>>,
}

impl Client {
    /// Connects.
    pub async fn connect(call: Call) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(&call.address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(async move {
            // What went wrong shows in the call that it went wrong in.
            connection.await.ok();
        });
        Ok(Self { call, sender })
    }

    /// Calls, and says how long it took until the answer was whole, or until there was text of a streamed one.
    pub async fn call(&mut self) -> anyhow::Result<Duration> {
        self.sender.ready().await?;
        let request = self.request()?;
        let began = Instant::now();
        let response = self.sender.send_request(request).await?;
        let took = match self.call.stream {
            true => first_text(response).await?.duration_since(began),
            false => {
                let (status, body) = whole(response).await?;
                let took = began.elapsed();
                ensure!(status == StatusCode::OK, "status {status}: {}", String::from_utf8_lossy(&body));
                check::whole(&body)?;
                took
            }
        };
        self.call.answered.fetch_add(1, Ordering::Relaxed);
        Ok(took)
    }

    fn request(&self) -> anyhow::Result<Request<Full<Bytes>>> {
        let request = Request::post("/v1/chat/completions")
            .header(HOST, &self.call.address)
            .header(AUTHORIZATION, &self.call.token)
            .header(CONTENT_TYPE, "application/json");
        Ok(request.body(Full::new(self.call.body.clone()))?)
    }
}

async fn whole(response: Response<Incoming>) -> anyhow::Result<(StatusCode, Bytes)> {
    Ok((response.status(), response.into_body().collect().await?.to_bytes()))
}

async fn first_text(response: Response<Incoming>) -> anyhow::Result<Instant> {
    ensure!(response.status() == StatusCode::OK, "status {}", response.status());
    let (mut body, mut stream, mut first) = (response.into_body(), check::Stream::default(), None);
    while let Some(frame) = body.frame().await {
        let Ok(bytes) = frame?.into_data() else { continue };
        if stream.hear(&bytes)? {
            first.get_or_insert_with(Instant::now);
        }
    }
    stream.end()?;
    first.context("the stream has no text")
}
