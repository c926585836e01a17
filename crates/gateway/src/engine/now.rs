//! Decisions at this moment, without a call: who would serve, and why not the others.

use std::sync::Arc;

use model::{
    CallRequest, ProviderId, TaskName,
    routing::{Explanation, Needs, SimulatedFailure, TaskRoute, TaskUnderFailure, Verdict},
};

use super::{Engine, Gateway};
use crate::{
    breaker::Turned,
    config::Config,
    limits::{self, Unheld, User},
    load::Load,
    order::{Ask, ServedModel},
    route::{self, Question, Whom},
    snapshot::Snapshot,
};

/// The user of a decision that no user asked for.
const LOCAL: &str = "local";

impl Gateway {
    /// Who would serve a call now, and why not the others. For a name that there is not, nobody.
    pub fn explain(&self, ask: &Ask, request: Option<&CallRequest>, sticky: Option<&str>) -> Explanation {
        let (engine, snapshot) = (&self.0, self.0.snapshot());
        let Ok(whom) = route::whom(&snapshot, ask) else {
            return Explanation { rule: None, candidates: Vec::new() };
        };
        let load = request.map(Load::of).unwrap_or_default();
        let degrade = request.is_some_and(|request| request.degrade);
        let needs = load.needs(degrade);
        let question = question(engine, &load, needs, sticky.unwrap_or_default());
        let mut plan = route::plan(&snapshot, &whom, &question);
        plan.add_others(&snapshot);
        plan.explain(&snapshot, &load, |at| obstacle(engine, &snapshot, at, &load))
    }

    /// What a failure of one configuration would do to routes, saved or not.
    pub fn simulate(
        &self,
        provider: ProviderId,
        failure: SimulatedFailure,
        routes: &[TaskRoute],
    ) -> Vec<TaskUnderFailure> {
        let load = Load::default();
        let question = question(&self.0, &load, Needs::default(), "");
        route::under_failure(&self.0.snapshot(), provider, failure, routes, &question)
    }

    /// Who serves these tasks once a configuration is deleted.
    pub fn handed_on(
        &self,
        gone: ProviderId,
        mut routes: Vec<TaskRoute>,
    ) -> Vec<(TaskName, Option<ProviderId>)> {
        routes.iter_mut().for_each(|route| route.chain.retain(|member| member.provider != gone));
        // Out of its chains and not answering is as gone as it can be while it is there.
        let effects = self.simulate(gone, SimulatedFailure::Down, &routes);
        effects.into_iter().map(|effect| (effect.task, effect.then)).collect()
    }
}

/// Every name, with who would serve it first.
pub(crate) fn models(engine: &Engine) -> Vec<ServedModel> {
    let (snapshot, load) = (engine.snapshot(), Load::default());
    let question = question(engine, &load, Needs::default(), "");
    let first =
        |route: &TaskRoute| route::plan(&snapshot, &Whom::Route(route), &question).able.first().copied();
    route::models(&snapshot, first)
}

pub(super) fn question<'a>(engine: &Engine, load: &'a Load, needs: Needs, sticky: &'a str) -> Question<'a> {
    Question { load, needs, sticky, now: engine.clock.now(), tick: engine.clock.ticks() }
}

/// What keeps a configuration from serving a call at this moment, as far as it is known without the disk.
pub(super) fn obstacle(engine: &Engine, snapshot: &Snapshot, at: usize, load: &Load) -> Option<Verdict> {
    let config = &snapshot.configs[at];
    let bound = config.bound(load);
    resting(engine, config, load).or_else(|| {
        let name: Arc<str> = LOCAL.into();
        let user = User { quota: snapshot.quota(&name), name: &name, application: None };
        let windows = snapshot.windows(engine.clock.now());
        limits::obstacle(&engine.limits, config, &user, bound, &windows, &engine.clock).map(verdict)
    })
}

/// Whether its breaker or the vendor turns calls away.
pub(super) fn resting(engine: &Engine, config: &Config, load: &Load) -> Option<Verdict> {
    let (clock, now) = (&engine.clock, engine.clock.ticks());
    if let Some(turned) = config.live.breaker().turned(now) {
        return Some(turned_away(engine, turned));
    }
    let until = config.live.throttle().cooling(now, load.likely())?;
    Some(Verdict::CoolingDown { until: clock.at(until) })
}

pub(super) fn turned_away(engine: &Engine, turned: Turned) -> Verdict {
    match turned {
        Turned::Until(tick) => Verdict::BreakerOpen { until: engine.clock.at(tick) },
        Turned::ForGood => Verdict::KeyRefused,
    }
}

/// A limit as a reason. Where nothing can be written down, no limit is known to be reached.
pub(super) fn verdict(unheld: Unheld) -> Verdict {
    match unheld {
        Unheld::Limit(limit) => Verdict::LimitReached { limit },
        Unheld::PriceUnknown | Unheld::Store(_) => Verdict::PriceUnknown,
    }
}
