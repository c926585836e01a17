//! What is behind an address: the admin API, the gateway, both, or the figures.

use std::{
    convert::Infallible,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Instant,
};

use axum::{
    Router,
    body::{Body, Bytes, HttpBody},
    extract::MatchedPath,
    response::Response,
};
use gateway::http::Face;
use hyper::{
    Request,
    body::{Frame, Incoming, SizeHint},
    service::Service,
};
use hyper_util::service::TowerToHyperService;

use crate::{
    app::App,
    metrics::{self, Metrics},
    traces::{OpenTrace, Traces},
    web::peer::Connected,
};

/// Whom a listener's requests go to.
#[derive(Clone)]
pub(super) enum Doorway {
    /// The admin API, and the gateway on its own paths where both share an address.
    Server {
        router: Router,
        face: Option<Arc<Face>>,
    },
    /// The gateway, with the two probes.
    Gateway {
        router: Router,
        face: Arc<Face>,
    },
    Metrics,
}

impl Doorway {
    pub(super) async fn answer(
        self,
        app: &Arc<App>,
        request: Request<Incoming>,
        peer: SocketAddr,
    ) -> Result<Response, Infallible> {
        let (began, method, path) = (Instant::now(), request.method().clone(), request.uri().path());
        let is_probe = matches!(path, "/healthz" | "/readyz");
        let (name, (answer, trace)) = match self {
            Self::Metrics => return Ok(metrics::answer(app, path)),
            Self::Gateway { face, .. } if !is_probe => (of_gateway(path), by_face(app, &face, request).await),
            Self::Server { face: Some(face), .. } if Face::serves(path) => {
                (of_gateway(path), by_face(app, &face, request).await)
            }
            Self::Server { router, .. } | Self::Gateway { router, .. } => {
                let (name, traces) = match is_probe {
                    // Every few seconds, and of no interest to anyone but whoever sends them.
                    true => ("probe", None),
                    false => ("admin", app.traces.as_ref()),
                };
                (name, by_router(router, traces, request, peer).await)
            }
        };
        let took = began.elapsed();
        app.metrics.request(name, method.as_str(), answer.status(), took);
        // Neither path nor query: either may hold what should not be there.
        tracing::debug!(face = name, %method, status = answer.status().as_u16(), ms = took.as_millis(), "answered");
        Ok(answer.map(|body| Body::new(Counted::new(body, trace, Arc::clone(&app.metrics)))))
    }
}

fn of_gateway(path: &str) -> &'static str {
    match path {
        _ if path.starts_with("/api/") => "tasks",
        _ if path.starts_with("/v1beta/") => "gemini",
        _ if path.starts_with("/v1/messages") => "claude",
        _ if path.starts_with("/v1/") => "openai",
        _ => "other",
    }
}

async fn by_face(app: &App, face: &Face, mut request: Request<Incoming>) -> (Response, Option<OpenTrace>) {
    let mut trace = app.traces.as_ref().map(|traces| traces.begin(&mut request));
    let answer = face.answer(request).await.map(Body::new);
    if let Some(trace) = &mut trace {
        trace.answered(answer.status());
    }
    (answer, trace)
}

async fn by_router(
    router: Router,
    traces: Option<&Arc<Traces>>,
    mut request: Request<Incoming>,
    peer: SocketAddr,
) -> (Response, Option<OpenTrace>) {
    let mut trace = traces.map(|traces| traces.begin_admin(&request));
    request.extensions_mut().insert(Connected(peer));
    let answer = match TowerToHyperService::new(router).call(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    };
    if let Some(trace) = &mut trace {
        if let Some(route) = answer.extensions().get::<MatchedPath>() {
            trace.routed(route.as_str());
        }
        trace.answered(answer.status());
    }
    (answer, trace)
}

/// A body that is counted as open until it is at its end or dropped.
struct Counted {
    body: Body,
    /// Ends behind the body: with it a stream's call does.
    _trace: Option<OpenTrace>,
    metrics: Arc<Metrics>,
}

impl Counted {
    fn new(body: Body, trace: Option<OpenTrace>, metrics: Arc<Metrics>) -> Self {
        metrics.open.inc();
        Self { body, _trace: trace, metrics }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.metrics.open.dec();
    }
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
