//! The listener on 127.0.0.1 and its connections, which end with it.

use std::{
    convert::Infallible,
    io::{self, ErrorKind},
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use model::gateway::OnLock;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
    time::{sleep, timeout},
};

use super::{
    door::Door,
    listen::listen,
    serve::{self, Prompts, Shared},
    token::Tokens,
};
use crate::Calls;

/// How long open calls may go on after [`OnLock::Finish`].
const FINISH_WITHIN: Duration = Duration::from_secs(30);
/// How long it may take to tell every client that its call was stopped.
const STOP_WITHIN: Duration = Duration::from_secs(2);
/// A client that needs longer for its headers is not one.
const HEADERS_WITHIN: Duration = Duration::from_secs(30);
/// Until sockets are free again, when the system has none left.
const NO_SOCKETS_PAUSE: Duration = Duration::from_millis(50);

/// Why the gateway does not listen.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another program has the port.
    #[error("another program uses port {0}")]
    InUse(u16),
    /// The system does not allow the port.
    #[error("the system does not let Signalbox use port {0}")]
    NotAllowed(u16),
    /// Something else.
    #[error("cannot listen on port {port}")]
    Listen {
        /// The port asked for, 0 for any.
        port: u16,
        /// The system's reason.
        source: io::Error,
    },
}

/// What a server needs beside the engine.
pub struct ServerSettings {
    /// Its port, 0 for any that is free.
    pub port: u16,
    /// The tokens that are accepted.
    pub tokens: Tokens,
    /// Where a task's own prompt comes from.
    pub prompts: Prompts,
}

/// The gateway's HTTP face. Dropping it cuts all connections; [`Server::stop`] ends them in order.
pub struct Server {
    address: SocketAddr,
    ending: watch::Sender<Option<OnLock>>,
    task: Option<JoinHandle<()>>,
}

impl StartError {
    /// What to do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::InUse(_) => "Choose another port for the gateway, or end the program that uses this one.",
            Self::NotAllowed(_) => "Choose a port from 1024 to 65535.",
            Self::Listen { .. } => "Choose another port for the gateway, or start Signalbox again.",
        }
    }

    fn of(port: u16, source: io::Error) -> Self {
        match source.kind() {
            ErrorKind::AddrInUse => Self::InUse(port),
            ErrorKind::PermissionDenied => Self::NotAllowed(port),
            _ => Self::Listen { port, source },
        }
    }
}

impl Server {
    /// Listens on 127.0.0.1 and nowhere else.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub async fn start(gateway: impl Calls, settings: ServerSettings) -> Result<Self, StartError> {
        let ServerSettings { port, tokens, prompts } = settings;
        let failed = |source| StartError::of(port, source);
        let listener = listen((Ipv4Addr::LOCALHOST, port).into()).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let (ending, asked_to_end) = watch::channel(None);
        let gateway = Box::new(gateway);
        let door = Door::Local { port: address.port() };
        let shared = Shared { gateway, tokens, prompts, door, ending: asked_to_end };
        let task = Some(tokio::spawn(accept(listener, Arc::new(shared))));
        Ok(Self { address, ending, task })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no new connections, ends the open calls as asked, and comes back when all are closed.
    pub async fn stop(mut self, on_lock: OnLock) {
        self.ending.send_replace(Some(on_lock));
        if let Some(task) = self.task.take()
            && let Err(error) = task.await
        {
            tracing::error!(%error, "the gateway's listener failed");
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

/// Accepts until asked to end. The connections are in a `JoinSet`, so dropping this future cuts them all.
async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut ending = shared.ending.clone();
    let mut connections = JoinSet::new();
    let how = loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, shared.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(NO_SOCKETS_PAUSE).await;
                }
            },
            Some(_) = connections.join_next() => {}
            how = asked_to_end(&mut ending) => break how,
        }
    };
    drop(listener);
    let within = if how == OnLock::Finish { FINISH_WITHIN } else { STOP_WITHIN };
    if timeout(within, async { while connections.join_next().await.is_some() {} }).await.is_err() {
        tracing::info!(connections = connections.len(), "calls were cut, because they did not end in time");
    }
}

async fn asked_to_end(ending: &mut watch::Receiver<Option<OnLock>>) -> OnLock {
    // Without its sender the server is gone.
    ending.wait_for(Option::is_some).await.ok().and_then(|how| *how).unwrap_or(OnLock::Stop)
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    // Without it, a small write waits for the acknowledgement of the one before, up to 40 ms.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no TCP_NODELAY");
    }
    let mut ending = shared.ending.clone();
    let service = service_fn(move |request| {
        let shared = shared.clone();
        async move { Ok::<_, Infallible>(serve::answer(&shared, request).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN);
    let mut connection = std::pin::pin!(http.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = asked_to_end(&mut ending) => {
            // The answer that is under way goes to its end, and no other is begun.
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}
