//! Connections: how many, how long a client may take for a handshake and for its headers, and TLS before everything else.

use std::{net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;

use super::doorway::Doorway;
use crate::{app::App, metrics::Metrics};

/// A client that needs longer for its headers is not one, and a connection that is not used for so long is closed.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);
/// One that needs longer to agree on TLS is not one, either.
const HANDSHAKE_WITHIN: Duration = Duration::from_secs(10);
/// Until sockets are free again, when the system has none left.
const NO_SOCKETS_PAUSE: Duration = Duration::from_millis(50);

/// An address, and what is behind it.
pub(super) struct Listener {
    pub(super) tcp: TcpListener,
    pub(super) doorway: Doorway,
    pub(super) tls: Option<TlsAcceptor>,
    /// Whoever has none waits to be accepted.
    pub(super) places: Arc<Semaphore>,
}

/// Accepts until the server ends, and gives the connections that are open then.
pub(super) async fn accept(listener: Listener, app: Arc<App>) -> JoinSet<()> {
    let Listener { tcp, doorway, tls, places } = listener;
    let mut connections = JoinSet::new();
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, tcp.accept().await)
        };
        tokio::select! {
            () = app.closing.cancelled() => return connections,
            Some(_) = connections.join_next() => {}
            (place, accepted) = next => match accepted {
                Ok((stream, peer)) => {
                    let (doorway, tls, app) = (doorway.clone(), tls.clone(), Arc::clone(&app));
                    connections.spawn(async move {
                        let _open = Open::new(&app.metrics);
                        connection(stream, peer, doorway, tls, &app).await;
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(NO_SOCKETS_PAUSE).await;
                }
            },
        }
    }
}

/// Counts a connection out, however it ends.
struct Open(Arc<Metrics>);

impl Open {
    fn new(metrics: &Arc<Metrics>) -> Self {
        metrics.connections.inc();
        Self(Arc::clone(metrics))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.connections.dec();
    }
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    doorway: Doorway,
    tls: Option<TlsAcceptor>,
    app: &Arc<App>,
) {
    // Without it, a small write waits for the acknowledgement of the one before, up to 40 ms.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no TCP_NODELAY");
    }
    let Some(tls) = tls else { return serve(stream, peer, doorway, app).await };
    let handshake = tokio::select! {
        handshake = timeout(HANDSHAKE_WITHIN, tls.accept(stream)) => handshake,
        () = app.closing.cancelled() => return,
    };
    match handshake {
        Ok(Ok(stream)) => serve(stream, peer, doorway, app).await,
        Ok(Err(error)) => {
            tracing::debug!(%error, "a handshake failed");
            app.metrics.handshake_failed();
        }
        Err(_) => app.metrics.handshake_failed(),
    }
}

async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    doorway: Doorway,
    app: &Arc<App>,
) {
    let service = service_fn(move |request: Request<Incoming>| {
        let (doorway, app) = (doorway.clone(), Arc::clone(app));
        async move { doorway.answer(&app, request, peer).await }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = app.closing.cancelled() => {
            // The answer that is under way goes to its end, and no other is begun.
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}
