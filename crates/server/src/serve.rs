//! The server's listeners, from start to end. Whoever is being answered when the server ends is answered to the end, within a bound.

mod connection;
mod doorway;

use std::{
    io,
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Weak},
    time::Duration,
};

use gateway::http::{Face, listen};
use model::gateway::OnLock;
use tokio::{
    net::TcpListener,
    sync::Semaphore,
    task::{JoinHandle, JoinSet},
    time::{Instant, sleep, timeout, timeout_at},
};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use self::{
    connection::{Listener, accept},
    doorway::Doorway,
};
use crate::{
    Options, Site,
    access::issuer::Issuer,
    app::{App, AppError},
    applications, backup, budgets, bundle,
    config::{Config, GatewayPlace},
    control,
    limits::zone,
    metrics::Metrics,
    shared,
    tls::Certificates,
    traces::Traces,
    web,
};

/// Connections to the figures' own address.
const METRICS_CONNECTIONS: usize = 16;
/// Time that clients have to be told that their call was stopped.
const LAST_WORDS: Duration = Duration::from_secs(2);

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
    address: Option<SocketAddr>,
    gateway: Option<SocketAddr>,
    metrics: Option<SocketAddr>,
    has_tls: bool,
    closing: CancellationToken,
    hurry: CancellationToken,
    certificates: Option<(Arc<Certificates>, Arc<Metrics>)>,
    task: Option<JoinHandle<()>>,
    app: Weak<App>,
}

/// Makes those end now who were given time.
#[derive(Clone)]
pub struct Hurry(CancellationToken);

impl Hurry {
    /// Stops calls that are under way.
    pub fn now(&self) {
        self.0.cancel();
    }
}

/// Listens, and serves until told to stop.
///
/// # Errors
/// See [`StartError`].
pub async fn start(site: Site, config: &Config, options: Options) -> Result<Running, StartError> {
    let server = bind(config.listen)?;
    let gateway = match config.gateway {
        GatewayPlace::At(address) => bind(Some(address))?,
        GatewayPlace::Same | GatewayPlace::Off => None,
    };
    let figures = bind(config.metrics)?;
    let (certificates, tls) = certificates(config)?;
    let app = App::open(site, config.trusted_proxies.clone(), traces(config)?, options).await;
    let mut app = app.map_err(|error: AppError| StartError::Open(error.to_string()))?;
    let days = zone::count_by(&app, &config.limits_zone).await;
    days.map_err(|error| StartError::Open(error.to_string()))?;
    app.issuer = issuer(config)?;
    let app = Arc::new(app);
    if let Some(issuer) = &app.issuer {
        tokio::spawn(Arc::clone(issuer).watch(app.closing.clone()));
    }
    control::listen(&app, config);
    shared::follow(&app).await.map_err(|error| StartError::Open(error.to_string()))?;
    budgets::watch(&app);
    bundle::raise_alarms(&app);
    let face = (config.gateway != GatewayPlace::Off).then(|| Arc::new(applications::face(&app)));
    let hurry = CancellationToken::new();
    let mut running = Running {
        address: server.as_ref().map(|server| server.1),
        gateway: gateway.as_ref().map(|gateway| gateway.1),
        metrics: figures.as_ref().map(|figures| figures.1),
        has_tls: tls.is_some(),
        closing: app.closing.clone(),
        hurry: hurry.clone(),
        certificates: certificates.clone().map(|certificates| (certificates, Arc::clone(&app.metrics))),
        task: None,
        app: Arc::downgrade(&app),
    };
    if config.gateway == GatewayPlace::Same {
        running.gateway = running.address;
    }
    let router = web::router(Arc::clone(&app));
    let places = Arc::new(Semaphore::new(config.max_connections));
    let common = face.clone().filter(|_| config.gateway == GatewayPlace::Same);
    let listener = |tcp, doorway| Listener { tcp, doorway, tls: tls.clone(), places: Arc::clone(&places) };
    let mut listeners = Vec::new();
    if let Some((tcp, _)) = server {
        listeners.push(listener(tcp, Doorway::Server { router: router.clone(), face: common }));
    }
    if let Some((tcp, _)) = gateway
        && let Some(face) = face.clone()
    {
        listeners.push(listener(tcp, Doorway::Gateway { router, face }));
    }
    if let Some((tcp, _)) = figures {
        let places = Arc::new(Semaphore::new(METRICS_CONNECTIONS));
        listeners.push(Listener { tcp, doorway: Doorway::Metrics, tls: None, places });
    }
    if let Some(certificates) = certificates {
        let told = Arc::clone(&app.metrics);
        tokio::spawn(certificates.watch(app.closing.clone(), move |good| told.reloaded(good)));
    }
    if let Some(folder) = config.backup_dir.clone() {
        let kept = backup::keep(Arc::clone(&app), folder, config.backups_kept, app.closing.clone());
        app.under_way.spawn(kept);
    }
    let patience = Duration::from_secs(config.finish_within_s);
    running.task = Some(tokio::spawn(serve(app, listeners, face, hurry, patience)));
    tracing::info!(
        address = running.address.map(tracing::field::display),
        gateway = running.gateway.map(tracing::field::display),
        metrics = running.metrics.map(tracing::field::display),
        tls = running.has_tls,
        "listening"
    );
    Ok(running)
}

fn bind(address: Option<SocketAddr>) -> Result<Option<(TcpListener, SocketAddr)>, StartError> {
    let Some(address) = address else { return Ok(None) };
    let failed = |source| StartError::Listen { address, source };
    let listener = listen(address).map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok(Some((listener, bound)))
}

fn traces(config: &Config) -> Result<Option<Arc<Traces>>, StartError> {
    let Some(collector) = &config.otlp_endpoint else { return Ok(None) };
    let opened = Traces::open(collector).map_err(|error| StartError::Open(error.to_string()))?;
    Ok(Some(Arc::new(opened)))
}

fn issuer(config: &Config) -> Result<Option<Arc<Issuer>>, StartError> {
    let Some(settings) = config.issuer.settings() else { return Ok(None) };
    let opened = Issuer::open(settings);
    opened
        .map(|issuer| Some(Arc::new(issuer)))
        .map_err(|error| StartError::Open(format!("{error}. {}", error.advice())))
}

type Tls = (Option<Arc<Certificates>>, Option<TlsAcceptor>);

fn certificates(config: &Config) -> Result<Tls, StartError> {
    let Some((certificate, key)) = config.tls_certificate.as_ref().zip(config.tls_key.as_ref()) else {
        return Ok((None, None));
    };
    let read = Certificates::read(certificate, key);
    let read = read.map_err(|error| StartError::Open(format!("{error}. {}", error.advice())))?;
    let acceptor = read.acceptor().map_err(|error| StartError::Open(error.to_string()))?;
    Ok((Some(read), Some(acceptor)))
}

impl Running {
    /// Where the admin API listens, if it does.
    pub fn address(&self) -> Option<SocketAddr> {
        self.address
    }

    /// Where applications make calls, if they may.
    pub fn gateway(&self) -> Option<SocketAddr> {
        self.gateway
    }

    /// Where figures are, if they are anywhere.
    pub fn metrics(&self) -> Option<SocketAddr> {
        self.metrics
    }

    /// `https` with TLS of its own, else `http`.
    pub fn scheme(&self) -> &'static str {
        if self.has_tls { "https" } else { "http" }
    }

    /// Reads certificate and key again.
    pub fn reload_certificates(&self) {
        if let Some((certificates, metrics)) = &self.certificates {
            metrics.reloaded(certificates.reload_told());
        }
    }

    /// For whoever does not want to wait while [`Running::stop`] does.
    pub fn hurry(&self) -> Hurry {
        Hurry(self.hurry.clone())
    }

    /// Puts bundles in force that appear in a folder, from now until the end.
    pub fn watch(&self, folder: PathBuf) {
        if let Some(app) = self.app.upgrade() {
            let watching = bundle::watch(Arc::clone(&app), folder);
            app.under_way.spawn(watching);
        }
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

async fn serve(
    app: Arc<App>,
    listeners: Vec<Listener>,
    face: Option<Arc<Face>>,
    hurry: CancellationToken,
    patience: Duration,
) {
    // In a set: dropping this future cuts them all.
    let mut accepting = JoinSet::new();
    for listener in listeners {
        accepting.spawn(accept(listener, Arc::clone(&app)));
    }
    let mut connections = Vec::new();
    while let Some(ended) = accepting.join_next().await {
        connections.extend(ended.ok());
    }
    let until = Instant::now() + patience;
    let all = async {
        for set in &mut connections {
            while set.join_next().await.is_some() {}
        }
    };
    let in_time = tokio::select! {
        ended = timeout_at(until, all) => ended.is_ok(),
        () = hurry.cancelled() => false,
    };
    if !in_time {
        stop_calls(&mut connections, face.as_deref()).await;
    }
    drop((connections, face));
    app.under_way.close();
    let soon = Instant::now() + LAST_WORDS;
    let ended = tokio::select! {
        ended = timeout_at(if in_time { until.max(soon) } else { soon }, app.under_way.wait()) => ended.is_ok(),
        () = hurry.cancelled(), if in_time => false,
    };
    if !ended {
        tracing::warn!("what a client had left behind did not end in time");
    }
    app.gateway.close(if in_time { OnLock::Finish } else { OnLock::Stop }).await;
    if let Some(traces) = &app.traces {
        traces.close().await;
    }
    close(app).await;
}

/// Their time is over: clients are told so, and whoever does not listen is cut.
async fn stop_calls(connections: &mut [JoinSet<()>], face: Option<&Face>) {
    if let Some(face) = face {
        face.end(OnLock::Stop);
    }
    let all = async {
        for set in &mut *connections {
            while set.join_next().await.is_some() {}
        }
    };
    if timeout(LAST_WORDS, all).await.is_err() {
        let left: usize = connections.iter().map(JoinSet::len).sum();
        tracing::warn!(connections = left, "requests were cut, because they did not end in time");
        for set in connections {
            set.shutdown().await;
        }
    }
}

async fn close(app: Arc<App>) {
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
