//! The input tokens that a call would take, asked of whoever would serve it at this moment. That is no call: it is free
//! and has a limit of its own at the vendor, so nothing is reserved, no row is written, and breaker and health hear
//! nothing of it. Nobody else is asked after a failure, because another model's number would be an answer to another
//! question.

use std::time::Duration;

use model::{CallRequest, routing::Needs};
use providers::Target;
use tokio::time::Instant;

use super::{
    Engine, KeyFault,
    now::{question, resting},
};
use crate::{
    config::Config,
    failure,
    load::Load,
    order::{Counted, Order, Refused},
    route,
    upstream::Whom,
};

pub(super) async fn count(engine: &Engine, order: Order) -> Result<Counted, Refused> {
    let visit = engine.gate.enter().ok_or(Refused::Closed)?;
    let (snapshot, load) = (engine.snapshot(), Load::of(&order.request));
    let plan = {
        let whom = route::whom(&snapshot, &order.ask)?;
        // Whether it fits is what a caller counts for.
        let needs = Needs { context_tokens: None, ..load.needs(order.request.degrade) };
        let sticky = order.caller.sticky.as_deref().unwrap_or_default();
        route::plan(&snapshot, &whom, &question(engine, &load, needs, sticky))
    };
    let obstacle = |at: usize| resting(engine, &snapshot.configs[at], &load);
    let Some(at) = plan.able.iter().copied().find(|at| obstacle(*at).is_none()) else {
        return Err(Refused::NoRoute(plan.explain(&snapshot, &load, obstacle)));
    };
    tokio::select! {
        counted = ask(engine, &snapshot.configs[at], &order.request) => counted,
        () = visit.stop.cancelled() => Err(Refused::Closed),
    }
}

async fn ask(engine: &Engine, config: &Config, request: &CallRequest) -> Result<Counted, Refused> {
    let failed = |error| Refused::Failed { error, fallbacks: Vec::new() };
    let key = (engine.keys)(&config.provider).map_err(|fault| match fault {
        KeyFault::Locked => Refused::Closed,
        KeyFault::Unreadable => failed(failure::no_key()),
    })?;
    let target = Target {
        provider_type: config.provider_type(),
        base_url: config.base_url.as_ref().ok_or_else(|| failed(failure::no_key()))?,
        api_key: key.as_ref().map(|key| key.expose()),
        model_name: config.model_name(),
    };
    let deadline = Instant::now() + Duration::from_millis(config.timeout_ms());
    let whom = Whom { target, model: config.entry.as_ref(), deadline };
    let input_tokens = engine.upstream.count(whom, request).await.map_err(failed)?;
    Ok(Counted { input_tokens, provider: config.id() })
}
