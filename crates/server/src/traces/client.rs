//! The way to the collector: as this computer trusts certificates, by the server's runtime, and without a word more than once about a
//! collector that is away.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use axum::{
    body::Bytes,
    http::{Request, Response},
};
use opentelemetry_http::{HttpClient, HttpError};
use reqwest::redirect::Policy;
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::runtime::Handle;
use url::{Host, Url};

use super::{SEND_WITHIN, TracesError};

const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// A collector has nothing longer to say.
const MOST_BYTES: usize = 64 * 1024;

#[derive(Debug)]
pub(super) struct Client {
    http: reqwest::Client,
    /// The exporter's thread has none.
    runtime: Handle,
    fails: AtomicBool,
}

impl Client {
    pub(super) fn new(collector: &Url) -> Result<Self, TracesError> {
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(collector.scheme() == "https")?)
            .connect_timeout(CONNECT_WITHIN)
            .timeout(SEND_WITHIN)
            .redirect(Policy::none());
        let http = if is_here(collector) { builder.no_proxy() } else { builder }.build()?;
        Ok(Self { http, runtime: Handle::current(), fails: AtomicBool::new(false) })
    }

    /// Tells of a change, and of nothing else: every second would be a line.
    fn tell(&self, trouble: Option<String>) {
        let failed = self.fails.swap(trouble.is_some(), Ordering::Relaxed);
        match trouble {
            Some(trouble) if !failed => {
                tracing::warn!(trouble, "traces cannot be delivered; calls go on without them");
            }
            None if failed => tracing::info!("traces are delivered again"),
            _ => {}
        }
    }
}

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let sent = self.runtime.spawn(send(self.http.clone(), request)).await?;
        let trouble = match &sent {
            Ok(answer) if answer.status().is_success() => None,
            Ok(answer) => Some(format!("the collector answered {}", answer.status())),
            Err(error) => Some(error.to_string()),
        };
        self.tell(trouble);
        Ok(sent?)
    }
}

/// An error says nothing of the address, in which there may be more than an address.
async fn send(http: reqwest::Client, request: Request<Bytes>) -> Result<Response<Bytes>, reqwest::Error> {
    let request = reqwest::Request::try_from(request)?;
    let mut answer = http.execute(request).await.map_err(reqwest::Error::without_url)?;
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(reqwest::Error::without_url)? {
        if body.len() + piece.len() > MOST_BYTES {
            break;
        }
        body.extend_from_slice(&piece);
    }
    let mut whole = Response::new(Bytes::from(body));
    *whole.status_mut() = answer.status();
    *whole.headers_mut() = answer.headers().clone();
    Ok(whole)
}

/// Plain http needs no authorities, and a computer may have none.
fn tls(needs_it: bool) -> Result<ClientConfig, rustls::Error> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?;
    let verified = match needs_it {
        true => builder.with_platform_verifier()?,
        false => builder.with_root_certificates(RootCertStore::empty()),
    };
    Ok(verified.with_no_client_auth())
}

/// On this computer: no proxy leads there.
pub(crate) fn is_here(collector: &Url) -> bool {
    match collector.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
