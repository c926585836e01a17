//! The listener and its connections. Nobody holds one for long without saying anything, and whoever is being answered when the
//! server ends is answered to the end.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::Router;
use gateway::http::Server;
use hyper::{Request, body::Incoming, server::conn::http1, service::Service, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use model::gateway::OnLock;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::{JoinHandle, JoinSet},
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use crate::{
    Options, Site,
    app::{App, AppError},
    calls,
    config::Config,
    shared,
    web::{self, peer::Connected},
};

/// A client that needs longer for its headers is not one.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);
/// Open requests may take so long to end.
const FINISH_WITHIN: Duration = Duration::from_secs(30);
/// Connections at once; others wait to be accepted.
const MOST_CONNECTIONS: usize = 10_000;
/// Until sockets are free again, when the system has none left.
const NO_SOCKETS_PAUSE: Duration = Duration::from_millis(50);

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be had.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// The system's reason.
        source: io::Error,
    },
    /// What requests need cannot be opened.
    #[error("cannot serve: {0}")]
    Open(String),
}

/// A server that runs. Dropping it cuts all connections; [`Running::stop`] ends it in order.
pub struct Running {
    address: SocketAddr,
    gateway: Option<SocketAddr>,
    closing: CancellationToken,
    task: Option<JoinHandle<()>>,
}

/// Listens, and serves until told to stop.
///
/// # Errors
/// See [`StartError`].
pub async fn start(site: Site, config: &Config, options: Options) -> Result<Running, StartError> {
    let failed = |source| StartError::Listen { address: config.listen, source };
    let listener = TcpListener::bind(config.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let app = App::open(site, config.trusted_proxies.clone(), options).await;
    let app = Arc::new(app.map_err(|error: AppError| StartError::Open(error.to_string()))?);
    shared::follow(&app).await.map_err(|error| StartError::Open(error.to_string()))?;
    let face = match config.gateway_port {
        Some(port) => Some(calls::start(&app, port).await?),
        None => None,
    };
    let gateway = face.as_ref().map(Server::address);
    let closing = app.closing.clone();
    let task = tokio::spawn(async move {
        accept(listener, web::router(Arc::clone(&app)), app.closing.clone()).await;
        end(app, face).await;
    });
    tracing::info!(%address, gateway = gateway.map(|gateway| gateway.port()), "listening");
    Ok(Running { address, gateway, closing, task: Some(task) })
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where applications make calls, if they may.
    pub fn gateway(&self) -> Option<SocketAddr> {
        self.gateway
    }

    /// Takes no new requests, ends the open ones, writes what is not on disk yet, and comes back when the database is closed.
    pub async fn stop(mut self) {
        self.closing.cancel();
        if let Some(task) = self.task.take()
            && let Err(error) = task.await
        {
            tracing::error!(%error, "the server did not end in order");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

async fn end(app: Arc<App>, face: Option<Server>) {
    if let Some(face) = face {
        face.stop(OnLock::Finish).await;
    }
    app.under_way.close();
    if timeout(FINISH_WITHIN, app.under_way.wait()).await.is_err() {
        tracing::warn!("what a client had left behind did not end in time");
    }
    app.gateway.close(OnLock::Finish).await;
    // The engine's own tasks let go of it a moment after they were told to end.
    let Some(App { store, gateway, .. }) = Arc::into_inner(app) else {
        tracing::error!("a request does not end although the server does");
        return;
    };
    drop(gateway);
    let mut store = store;
    for _ in 0..600 {
        match store.close().await {
            Ok(()) => return,
            Err(shared) => store = shared,
        }
        sleep(Duration::from_millis(5)).await;
    }
    tracing::warn!("the database is closed by the end of the program");
}

/// Accepts until told to end. The connections are in a `JoinSet`, so dropping this future cuts them all.
async fn accept(listener: TcpListener, router: Router, closing: CancellationToken) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        tokio::select! {
            () = closing.cancelled() => break,
            Some(_) = connections.join_next() => {}
            (place, accepted) = next => match accepted {
                Ok((stream, peer)) => {
                    let connection = connection(stream, peer, router.clone(), closing.clone());
                    connections.spawn(async move { connection.await; drop(place) });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(NO_SOCKETS_PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    if timeout(FINISH_WITHIN, async { while connections.join_next().await.is_some() {} }).await.is_err() {
        tracing::warn!(
            connections = connections.len(),
            "requests were cut, because they did not end in time"
        );
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router, closing: CancellationToken) {
    // Without it, a small write waits for the acknowledgement of the one before, up to 40 ms.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no TCP_NODELAY");
    }
    let tower = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Connected(peer));
        tower.call(request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN);
    let mut connection = std::pin::pin!(http.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = closing.cancelled() => {
            // The answer that is under way goes to its end, and no other is begun.
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}
