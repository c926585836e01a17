//! Carries a question to the one address and brings back a whole answer, bounded in time and size. No redirect is followed.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::{
    Client, Method, RequestBuilder, Response,
    header::{self, HeaderValue},
    redirect,
};
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Address, ClientError, Pin, Timeouts, tls, trouble};
use crate::remote::RemoteError;

/// Largest answer that is read, after unpacking: ten thousand configurations with long notes.
pub(super) const BODY_LIMIT: usize = 16 * 1024 * 1024;
/// Most bytes that a remote's word about its answer's length makes room for.
const ANNOUNCED_LIMIT: usize = 64 * 1024;

/// What is asked.
pub(super) struct Question {
    pub(super) method: Method,
    pub(super) path: String,
    body: Option<Bytes>,
    idempotency: Option<Uuid>,
    if_match: Option<i64>,
    held_by: Option<HeaderValue>,
}

/// What is answered.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) retry_after: Option<u64>,
    pub(super) body: Bytes,
}

impl Question {
    pub(super) fn new(method: Method, path: &str) -> Self {
        Self { method, path: path.to_owned(), body: None, idempotency: None, if_match: None, held_by: None }
    }

    /// JSON that is wiped when it was sent.
    pub(super) fn body(self, body: Zeroizing<Vec<u8>>) -> Self {
        Self { body: Some(Bytes::from_owner(Wiped(body))), ..self }
    }

    pub(super) fn idempotent(self, key: Uuid) -> Self {
        Self { idempotency: Some(key), ..self }
    }

    pub(super) fn at(self, revision: Option<i64>) -> Self {
        Self { if_match: revision, ..self }
    }

    pub(super) fn while_held(self, held_by: Option<HeaderValue>) -> Self {
        Self { held_by, ..self }
    }
}

struct Wiped(Zeroizing<Vec<u8>>);

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

pub(super) struct Carrier {
    client: Client,
    pub(super) address: Address,
    whole: Duration,
}

impl Carrier {
    pub(super) fn new(address: Address, pin: Option<Pin>, timeouts: Timeouts) -> Result<Self, ClientError> {
        let builder = Client::builder()
            .user_agent(concat!("Signalbox/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(timeouts.connect)
            .tcp_nodelay(true)
            .redirect(redirect::Policy::none())
            .referer(false);
        // Over plain http, a proxy's network would read what is sent to this computer.
        let builder = if address.is_loopback() { builder.no_proxy() } else { builder };
        let needs_tls = address.url().scheme() == "https";
        let builder = builder.tls_backend_preconfigured(tls::config(pin, needs_tls)?);
        Ok(Self { client: builder.build()?, address, whole: timeouts.whole })
    }

    pub(super) async fn ask(
        &self,
        question: &Question,
        token: Option<HeaderValue>,
    ) -> Result<Answer, RemoteError> {
        let until = Instant::now() + self.whole;
        let url = self.address.at(&question.path);
        let url = url.map_err(|_| RemoteError::NotUnderstood { reason: "its address cannot be used" })?;
        let request = with_headers(self.client.request(question.method.clone(), url), question, token);
        let response = match timeout_at(until, request.send()).await {
            Ok(response) => response.map_err(|error| trouble::before_answer(&error, &self.address))?,
            Err(_) => return Err(self.cut()),
        };
        if response.status().is_redirection() {
            return Err(self.redirected(&response));
        }
        self.read(response, until).await
    }

    fn cut(&self) -> RemoteError {
        RemoteError::Cut { host: self.address.host() }
    }

    fn redirected(&self, response: &Response) -> RemoteError {
        let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
        let to = to.and_then(|to| self.address.url().join(to).ok());
        let to = to.map_or_else(|| "nowhere".to_owned(), |to| to.origin().ascii_serialization());
        RemoteError::Redirected { to: to.chars().take(300).collect() }
    }

    async fn read(&self, mut response: Response, until: Instant) -> Result<Answer, RemoteError> {
        let status = response.status().as_u16();
        let retry_after = response.headers().get(header::RETRY_AFTER);
        let retry_after = retry_after.and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let announced = response.content_length().unwrap_or(0);
        if announced > BODY_LIMIT as u64 {
            return Err(RemoteError::TooLarge { limit: BODY_LIMIT });
        }
        let mut body = BytesMut::with_capacity(usize::try_from(announced).unwrap_or(0).min(ANNOUNCED_LIMIT));
        loop {
            let piece = timeout_at(until, response.chunk()).await.map_err(|_| self.cut())?;
            let Some(piece) = piece.map_err(|_| self.cut())? else { break };
            if body.len() + piece.len() > BODY_LIMIT {
                return Err(RemoteError::TooLarge { limit: BODY_LIMIT });
            }
            body.extend_from_slice(&piece);
        }
        Ok(Answer { status, retry_after, body: body.freeze() })
    }
}

fn with_headers(
    mut request: RequestBuilder,
    question: &Question,
    token: Option<HeaderValue>,
) -> RequestBuilder {
    request = request.header(header::ACCEPT, "application/json");
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, token);
    }
    if let Some(key) = question.idempotency {
        request = request.header("idempotency-key", key.to_string());
    }
    if let Some(revision) = question.if_match {
        request = request.header(header::IF_MATCH, format!("\"{revision}\""));
    }
    if let Some(held_by) = &question.held_by {
        request = request.header("x-signalbox-held-by", held_by);
    }
    match &question.body {
        Some(body) => request.header(header::CONTENT_TYPE, "application/json").body(body.clone()),
        None => request,
    }
}
