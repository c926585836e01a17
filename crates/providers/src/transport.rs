//! Carries a question over the network and brings back a whole answer, bounded in time and size. No vendor is
//! known here.

mod resolver;
mod tls;
mod trouble;

use std::{borrow::Cow, sync::Arc, time::Duration};

use bytes::{Bytes, BytesMut};
use reqwest::{Client, ClientBuilder, Method, Request, Response, header::LOCATION, redirect, retry};
use tokio::time::{Instant, timeout_at};
use url::Url;

use self::tls::Tls;
pub(crate) use self::trouble::{Stage, TlsTrouble, Trouble};
use crate::{
    Timeouts,
    base_url::is_loopback,
    exchange::{Answer, Post, Question},
};

/// Largest body of a list or of an error that is read, after unpacking. The longest real list is under 1 MiB.
pub(crate) const BODY_LIMIT: usize = 8 * 1024 * 1024;
/// Most bytes that a server's word about its body's length makes room for.
const ANNOUNCED_LIMIT: usize = 64 * 1024;
/// Most redirects followed within one origin.
const REDIRECT_LIMIT: usize = 5;

/// Why no client could be made. A system without certificates is no reason: see `TlsTrouble::NoRoots`.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The TLS library refuses its settings.
    #[error("cannot prepare TLS")]
    Tls(#[from] rustls::Error),
    /// The HTTP library refuses its settings, or a proxy of the environment.
    #[error("cannot prepare the HTTP client")]
    Http(#[from] reqwest::Error),
}

/// How long to wait for a body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Between two of its pieces.
    pub(crate) idle: Duration,
    /// For all of it.
    pub(crate) until: Instant,
}

impl Pace {
    /// When the next piece has to be there.
    pub(crate) fn next(&self) -> Instant {
        self.until.min(Instant::now() + self.idle)
    }
}

pub(crate) struct Transport {
    /// For this computer. Never by a proxy: over plain http, the proxy's network would read the key.
    direct: Client,
    /// For everyone else, by the environment's proxies.
    proxied: Client,
    has_roots: bool,
    whole: Duration,
}

impl Transport {
    pub(crate) fn new(timeouts: Timeouts) -> Result<Self, ClientError> {
        let Tls { config, has_roots } = Tls::of_system()?;
        let builder = || client(timeouts.connect).tls_backend_preconfigured(config.clone());
        let (direct, proxied) = (builder().no_proxy().build()?, builder().build()?);
        Ok(Self { direct, proxied, has_roots, whole: timeouts.whole })
    }

    /// The instant at which a test that starts now is over.
    pub(crate) fn deadline(&self) -> Instant {
        Instant::now() + self.whole
    }

    /// Asks, following redirects within the same origin only.
    pub(crate) async fn ask(&self, question: &Question, deadline: Instant) -> Result<Answer, Trouble> {
        let get = |url: &Url| request(Method::GET, url, question);
        let response = self.follow(&question.url, get, &[301, 302, 303, 307, 308], deadline).await?;
        read(response, BODY_LIMIT, Pace { idle: self.whole, until: deadline }).await
    }

    /// Sends a call and waits for the head of its answer, until `deadline`. A call is sent once: only a redirect
    /// within the same origin, which says that nothing was done yet, makes it leave again.
    pub(crate) async fn open(&self, post: &Post, deadline: Instant) -> Result<Response, Trouble> {
        let send = |url: &Url| {
            let mut request = request(Method::POST, url, &post.question);
            *request.body_mut() = Some(post.body.clone().into());
            request
        };
        // 303 says that the call was done, and where to read about it.
        self.follow(&post.question.url, send, &[301, 302, 307, 308], deadline).await
    }

    async fn follow(
        &self,
        first: &Url,
        request: impl Fn(&Url) -> Request,
        statuses: &[u16],
        deadline: Instant,
    ) -> Result<Response, Trouble> {
        let mut url = Cow::Borrowed(first);
        for _ in 0..=REDIRECT_LIMIT {
            let response = self.send(self.client(&url), request(&url), deadline).await?;
            match target_of_redirect(&response, &url, statuses) {
                None => return Ok(response),
                Some(next) if next.origin() == first.origin() => url = Cow::Owned(next),
                Some(next) => return Err(Trouble::Redirected { to: next.origin().ascii_serialization() }),
            }
        }
        Err(Trouble::RedirectLoop)
    }

    fn client(&self, url: &Url) -> &Client {
        if is_loopback(url) { &self.direct } else { &self.proxied }
    }

    async fn send(&self, client: &Client, request: Request, deadline: Instant) -> Result<Response, Trouble> {
        match timeout_at(deadline, client.execute(request)).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => match Trouble::before_answer(&error) {
                Trouble::Tls(TlsTrouble::Untrusted) if !self.has_roots => {
                    Err(Trouble::Tls(TlsTrouble::NoRoots))
                }
                trouble => Err(trouble),
            },
            Err(_) => Err(Trouble::TimedOut(Stage::Waiting)),
        }
    }
}

fn client(connect_timeout: Duration) -> ClientBuilder {
    Client::builder()
        .user_agent(concat!("Signalbox/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(connect_timeout)
        // Small requests must not wait for the answer to the packet before.
        .tcp_nodelay(true)
        .redirect(redirect::Policy::none())
        // A call is sent once, so no copy of it is kept for a second time.
        .retry(retry::never())
        .referer(false)
        .dns_resolver(Arc::new(resolver::Resolver))
}

/// Made by hand: a builder would put the headers into a map of its own, one by one.
fn request(method: Method, url: &Url, question: &Question) -> Request {
    let mut request = Request::new(method, url.clone());
    request.headers_mut().clone_from(&question.headers);
    request
}

/// Where the answer points, if it points anywhere.
fn target_of_redirect(response: &Response, from: &Url, statuses: &[u16]) -> Option<Url> {
    if !statuses.contains(&response.status().as_u16()) {
        return None;
    }
    from.join(response.headers().get(LOCATION)?.to_str().ok()?).ok()
}

/// Reads a body to its end, if it is not longer than `limit`.
pub(crate) async fn read(mut response: Response, limit: usize, pace: Pace) -> Result<Answer, Trouble> {
    let (status, headers) = (response.status().as_u16(), std::mem::take(response.headers_mut()));
    let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
    let mut body = Body::Nothing;
    while let Some(chunk) = piece(&mut response, pace).await? {
        if body.len() + chunk.len() > limit {
            return Err(Trouble::TooLarge);
        }
        body.add(chunk, announced.unwrap_or(0).min(ANNOUNCED_LIMIT));
    }
    Ok(Answer { status, headers, body: body.whole() })
}

async fn piece(response: &mut Response, pace: Pace) -> Result<Option<Bytes>, Trouble> {
    let piece = timeout_at(pace.next(), response.chunk()).await;
    let piece = piece.map_err(|_| Trouble::TimedOut(Stage::Reading))?;
    piece.map_err(|error| Trouble::within_answer(&error))
}

/// A body as it comes. Most come in one piece, which needs no copy.
enum Body {
    Nothing,
    One(Bytes),
    Many(BytesMut),
}

impl Body {
    fn len(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::One(piece) => piece.len(),
            Self::Many(pieces) => pieces.len(),
        }
    }

    fn add(&mut self, piece: Bytes, announced: usize) {
        *self = match std::mem::replace(self, Self::Nothing) {
            Self::Nothing => Self::One(piece),
            Self::One(first) => {
                let mut all = BytesMut::with_capacity(announced.max(first.len() + piece.len()));
                all.extend_from_slice(&first);
                all.extend_from_slice(&piece);
                Self::Many(all)
            }
            Self::Many(mut all) => {
                all.extend_from_slice(&piece);
                Self::Many(all)
            }
        };
    }

    fn whole(self) -> Bytes {
        match self {
            Self::Nothing => Bytes::new(),
            Self::One(piece) => piece,
            Self::Many(pieces) => pieces.freeze(),
        }
    }
}
