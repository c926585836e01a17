//! One call from outside: who is asked, and what becomes of whoever answers. The way in between is `journey`.

use std::{sync::Arc, time::Duration};

use model::TaskName;
use tokio::time::Instant;

use super::{
    Engine,
    attempt::Label,
    flow::{self, ServedStream},
    journey::{Journey, Reached, Tried},
    now::question,
    send::{Came, How},
};
use crate::{
    clock, failure,
    limits::{Owner, Unreserved},
    load::Load,
    order::{Ask, Order, Refused, Served, Tell},
    route,
    route::Plan,
    snapshot::Snapshot,
};

/// No call takes longer, unless one of its candidates allows it.
const LONGEST: Duration = Duration::from_secs(600);

/// Whole.
pub(super) async fn call(engine: &Arc<Engine>, order: Order) -> Result<Served, Refused> {
    let reached = drive(engine, order, How::Whole, &|_| {}).await?;
    let Came::Whole(answer) = reached.came else { return Err(Refused::Closed) };
    let provider = reached.attempt.config().id();
    let ended = reached.attempt.answered(&answer, true);
    let (fallbacks, explanation) = (reached.fallbacks, reached.explanation);
    Ok(Served {
        answer: *answer,
        provider,
        cost: ended.cost,
        fallbacks,
        explanation,
        warnings: ended.warnings,
    })
}

/// In pieces.
pub(super) async fn stream(
    engine: &Arc<Engine>,
    order: Order,
    tell: Tell<'_>,
) -> Result<ServedStream, Refused> {
    let reached = drive(engine, order, How::InPieces, tell).await?;
    let Came::Begun(first, rest) = reached.came else { return Err(Refused::Closed) };
    let pieces = flow::Pieces {
        attempt: reached.attempt,
        first,
        rest,
        deadline: reached.deadline,
        request: reached.request,
    };
    Ok(flow::served(pieces, reached.fallbacks, reached.explanation))
}

async fn drive(engine: &Arc<Engine>, order: Order, how: How, tell: Tell<'_>) -> Result<Reached, Refused> {
    let visit = engine.gate.enter().ok_or(Refused::Closed)?;
    let snapshot = engine.snapshot();
    let load = Load::read(&order.request).await;
    let request_id = order.caller.request_id.clone().unwrap_or_else(|| clock::request_id().to_string());
    let sticky = order.caller.sticky.as_deref().unwrap_or(&request_id);
    let plan = {
        let whom = route::whom(&snapshot, &order.ask)?;
        let question = question(engine, &load, load.needs(order.request.degrade), sticky);
        route::plan(&snapshot, &whom, &question)
    };
    let user: Arc<str> = order.caller.user.as_str().into();
    let cap = snapshot.quota(&user).and_then(|quota| quota.requests_per_minute);
    let application = order.caller.application;
    if let Some(application) = &application {
        let (owner, cap) = (Owner::Application(application.number), application.requests_per_minute);
        engine.limits.pass(owner, cap, &engine.clock).await.map_err(of_caller)?;
    }
    engine.limits.pass(Owner::User(Arc::clone(&user)), cap, &engine.clock).await.map_err(of_caller)?;
    let label = Label {
        task: order.task.as_ref().map_or_else(|| task_of(&order.ask), TaskName::as_str).into(),
        client: order.caller.client.into(),
        rule: plan.rule,
        request_id,
        visit,
        user,
        application,
    };
    let journey = Journey {
        deadline: Instant::now() + patience(&snapshot, &plan),
        windows: snapshot.windows(engine.clock.now()),
        tried: Tried::default(),
        label: Arc::new(label),
        request: order.request,
        engine,
        snapshot,
        load,
        how,
        tell,
    };
    journey.go(plan).await
}

/// A caller's own limit holds whoever serves him.
fn of_caller(unreserved: Unreserved) -> Refused {
    match unreserved {
        Unreserved::Full(limit) => Refused::Limit { limit, provider: None },
        Unreserved::Store(error) => {
            tracing::error!(%error, "a caller's share of a limit could not be asked for");
            Refused::Unwritten(failure::cannot_count(&error))
        }
    }
}

/// The task in the log when a caller named it as a model.
fn task_of(ask: &Ask) -> &str {
    match ask {
        Ask::Task(task) => task.as_str(),
        Ask::Named(name) => name.strip_prefix("task:").unwrap_or_default(),
        Ask::Provider(_) => "",
    }
}

/// The time for all candidates together: so that one that hangs leaves some for the next, each adds its own.
fn patience(snapshot: &Snapshot, plan: &Plan) -> Duration {
    let all = || plan.able.iter().map(|at| snapshot.configs[*at].timeout_ms());
    let longest = Duration::from_millis(all().max().unwrap_or(0)).max(LONGEST);
    Duration::from_millis(all().fold(0, u64::saturating_add)).min(longest)
}
