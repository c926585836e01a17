//! From a request to its answer: journal, fault, vendor.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Router,
    extract::{Query, Request, State},
    http::request::Parts,
    routing::{get, post},
};

use crate::{
    Fault, Listener, control,
    reply::{self, Reply},
    vendor::{Call, Vendor},
    wire,
    world::World,
};

#[derive(Clone)]
struct Api {
    world: Arc<World>,
    listener: Listener,
}

/// The vendors' APIs and the control calls.
pub(crate) fn api(world: Arc<World>, listener: Listener) -> Router {
    let control = Router::new()
        .route("/control/faults", post(control::set_fault))
        .route("/control/journal", get(control::journal).delete(control::clear_journal))
        .with_state(world.clone());
    Router::new().fallback(vendor).with_state(Api { world, listener }).merge(control)
}

/// The other host: whatever it is asked, it records and refuses.
pub(crate) fn elsewhere(world: Arc<World>) -> Router {
    Router::new().fallback(stranger).with_state(world)
}

async fn vendor(State(api): State<Api>, query: Query<HashMap<String, String>>, request: Request) -> Reply {
    let (parts, _) = request.into_parts();
    let found = Vendor::of_path(&parts.uri);
    api.world.journal.record(api.listener, found.map(|(vendor, _)| vendor), &parts);
    match found {
        Some((vendor, path)) => answer(&api.world, vendor, path, &query, &parts).await,
        None => nothing_here(),
    }
}

async fn answer(
    world: &World,
    vendor: Vendor,
    path: &str,
    query: &HashMap<String, String>,
    parts: &Parts,
) -> Reply {
    let key = vendor.credential(&parts.headers);
    let fault = world.fault_of(vendor, key);
    if fault == Some(Fault::Slow) {
        tokio::time::sleep(world.options.slow_delay).await;
    }
    let call = Call { path, query, headers: &parts.headers, key, page_cap: world.options.page_cap, fault };
    match fault.and_then(|fault| wire::answer(fault, &parts.uri, key, world.elsewhere)) {
        Some(broken) => broken,
        None => wire::pack(vendor.answer(&call), &parts.headers).await,
    }
}

async fn stranger(State(world): State<Arc<World>>, request: Request) -> Reply {
    let (parts, _) = request.into_parts();
    world.journal.record(Listener::Elsewhere, None, &parts);
    nothing_here()
}

fn nothing_here() -> Reply {
    reply::whole(404, &[("content-type", "text/plain; charset=utf-8")], "404 page not found")
}
