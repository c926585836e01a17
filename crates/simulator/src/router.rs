//! From a request to its answer: journal, fault, vendor.

use std::{collections::HashMap, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, HttpBody, to_bytes},
    extract::{Query, Request, State},
    http::{Method, header::HOST, request::Parts},
    routing::{get, post},
};

use crate::{
    Fault, Listener, control,
    reply::{self, Reply},
    vendor::{Call, Sent, Vendor},
    wire,
    world::World,
};

/// Longer bodies are not read. No vendor takes as much.
const MOST_BODY: usize = 64 << 20;

#[derive(Clone)]
struct Api {
    world: Arc<World>,
    listener: Listener,
}

/// The vendors' APIs and the control calls.
pub(crate) fn api(world: Arc<World>, listener: Listener) -> Router {
    let control = Router::new()
        .route("/control/faults", post(control::set_fault))
        .route("/control/usage", post(control::set_usage))
        .route("/control/answer", post(control::set_answer))
        .route("/control/journal", get(control::journal).delete(control::clear_journal))
        .with_state(world.clone());
    Router::new().fallback(vendor).with_state(Api { world, listener }).merge(control)
}

/// The other host: whatever it is asked, it records and refuses.
pub(crate) fn elsewhere(world: Arc<World>) -> Router {
    Router::new().fallback(stranger).with_state(world)
}

async fn vendor(State(api): State<Api>, query: Query<HashMap<String, String>>, request: Request) -> Reply {
    let (parts, body) = request.into_parts();
    let found = Vendor::of_path(&parts.uri);
    let sent = read(&parts.method, body).await;
    if api.world.options.journal {
        api.world.journal.record(api.listener, found.map(|(vendor, _)| vendor), &parts, &sent);
    }
    match found {
        Some((vendor, path)) => answer(&api.world, vendor, path, &query, &parts, &sent).await,
        None => nothing_here(),
    }
}

async fn answer(
    world: &World,
    vendor: Vendor,
    path: &str,
    query: &HashMap<String, String>,
    parts: &Parts,
    sent: &Sent,
) -> Reply {
    let key = vendor.credential(&parts.headers);
    let generates = parts.method == Method::POST && vendor.generates(path);
    let orders = world.orders(vendor, key, generates);
    let fault = orders.fault;
    if fault == Some(Fault::Slow) {
        tokio::time::sleep(world.options.slow_delay).await;
    }
    let call = Call {
        method: &parts.method,
        path,
        query,
        headers: &parts.headers,
        key,
        sent,
        orders: &orders,
        world,
    };
    let here = parts.headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let places = (here, world.elsewhere);
    if let Some(broken) = fault.and_then(|fault| wire::answer(fault, &parts.uri, key, places, generates)) {
        return broken;
    }
    let reply = vendor.answer(&call);
    let thinking = if generates { thinking(world, &reply) } else { Duration::ZERO };
    if !thinking.is_zero() {
        tokio::time::sleep(thinking).await;
    }
    let reply = if world.options.gzip { wire::pack(reply, &parts.headers).await } else { reply };
    if generates { wire::spoil(reply, fault).await } else { reply }
}

/// A whole answer takes its time before it begins; a stream, after its head.
fn thinking(world: &World, reply: &Reply) -> Duration {
    let is_answer = reply.status().is_success() && reply.body().size_hint().exact().is_some();
    if is_answer { world.options.first_token_delay } else { Duration::ZERO }
}

async fn read(method: &Method, body: Body) -> Sent {
    if method != Method::POST {
        return Sent::default();
    }
    to_bytes(body, MOST_BODY).await.map_or_else(|_| Sent::too_large(), Sent::new)
}

async fn stranger(State(world): State<Arc<World>>, request: Request) -> Reply {
    let (parts, body) = request.into_parts();
    let sent = read(&parts.method, body).await;
    world.journal.record(Listener::Elsewhere, None, &parts, &sent);
    nothing_here()
}

fn nothing_here() -> Reply {
    reply::whole(404, &[("content-type", "text/plain; charset=utf-8")], "404 page not found")
}
