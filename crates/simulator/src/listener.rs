//! Sockets: plain and TLS listeners on 127.0.0.1, whose connections die with the simulator.

use std::{net::SocketAddr, sync::Arc};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;

use crate::Certificate;

/// Why a simulator did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken or not allowed.
    #[error("cannot listen on 127.0.0.1:{port}")]
    Listen {
        /// The port asked for, 0 for any.
        port: u16,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The self-signed certificate could not be made.
    #[error("cannot make a certificate")]
    Certificate(#[from] rcgen::Error),
    /// The certificate could not be used.
    #[error("cannot serve TLS")]
    Tls(#[from] rustls::Error),
}

/// A listener that does not accept yet.
pub(crate) struct Bound {
    pub(crate) address: SocketAddr,
    listener: TcpListener,
}

impl Bound {
    pub(crate) async fn to(port: u16) -> Result<Self, StartError> {
        let failed = |source| StartError::Listen { port, source };
        let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(failed)?;
        Ok(Self { address: listener.local_addr().map_err(failed)?, listener })
    }

    /// Accepts until dropped. The connections are in a `JoinSet`, so dropping this future cuts them all.
    pub(crate) async fn serve(self, tls: Option<TlsAcceptor>, router: Router) {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                Ok((stream, _)) = self.listener.accept() => {
                    connections.spawn(connection(stream, tls.clone(), router.clone()));
                }
                Some(_) = connections.join_next() => {}
            }
        }
    }
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, router: Router) {
    // Without it, a small write waits for the acknowledgement of the one before, up to 40 ms.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no TCP_NODELAY");
    }
    match tls {
        None => speak(stream, router).await,
        // A client that refuses the certificate is what this listener is for.
        Some(acceptor) => {
            if let Ok(stream) = acceptor.accept(stream).await {
                speak(stream, router).await;
            }
        }
    }
}

async fn speak(stream: impl AsyncRead + AsyncWrite + Unpin, router: Router) {
    let service = TowerToHyperService::new(router);
    if let Err(error) = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await {
        tracing::debug!(%error, "connection ended early");
    }
}

/// An acceptor with a fresh self-signed certificate, and that certificate as PEM.
pub(crate) fn self_signed(certificate: Certificate) -> Result<(TlsAcceptor, String), StartError> {
    let names = match certificate {
        Certificate::OfAnotherHost => vec!["vendor.invalid".to_owned()],
        Certificate::Current | Certificate::Expired => vec!["localhost".to_owned(), "127.0.0.1".to_owned()],
    };
    let mut wanted = CertificateParams::new(names)?;
    if certificate == Certificate::Expired {
        (wanted.not_before, wanted.not_after) = (date_time_ymd(2000, 1, 1), date_time_ymd(2001, 1, 1));
    }
    let key = KeyPair::generate()?;
    let made = wanted.self_signed(&key)?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![made.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))?;
    Ok((TlsAcceptor::from(Arc::new(config)), made.pem()))
}
