//! Which configurations may serve a call, in which order, and why not the others. Pure: limits, breakers and pauses
//! change by the moment and are asked for elsewhere.

mod auto;
mod newly;
mod saved;
mod simulate;
mod split;
mod target;

use model::{
    PicoUsd, ProviderId, Timestamp,
    routing::{Candidate, Explanation, Needs, RouteMode, Rule, TaskRoute, Verdict},
};

use crate::{load::Load, snapshot::Snapshot};

pub use newly::{Unfit, newly_unfit};
pub use saved::{Misplaced, misplaced, refused_when_saved, route_refusal};
pub(crate) use simulate::under_failure;
pub(crate) use target::{Whom, models, whom};

/// What a decision is made for.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    pub(crate) load: &'a Load,
    /// What the request needs; a task's needs come on top.
    pub(crate) needs: Needs,
    /// What a split is sticky for.
    pub(crate) sticky: &'a str,
    pub(crate) now: Timestamp,
    pub(crate) tick: u64,
}

/// Who may serve, in the order of trying, and everyone else who was looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Plan {
    pub(crate) rule: Option<Rule>,
    pub(crate) able: Vec<usize>,
    pub(crate) unable: Vec<(usize, Verdict)>,
}

/// Decides.
pub(crate) fn plan(snapshot: &Snapshot, whom: &Whom<'_>, question: &Question<'_>) -> Plan {
    match whom {
        Whom::Route(route) => by_route(snapshot, route, question),
        Whom::Configs(configs) => {
            let mut plan = Plan { rule: Some(Rule::Named), ..Plan::default() };
            configs.iter().for_each(|at| plan.consider(snapshot, *at, &question.needs));
            plan
        }
    }
}

fn by_route(snapshot: &Snapshot, route: &TaskRoute, question: &Question<'_>) -> Plan {
    let needs = question.needs.and(&route.needs);
    if route.mode == RouteMode::Auto {
        return auto::plan(snapshot, route, &needs, question);
    }
    let members: Vec<usize> =
        route.chain.iter().filter_map(|member| snapshot.find(member.provider)).collect();
    let mut plan = Plan::default();
    members.iter().for_each(|at| plan.consider(snapshot, *at, &needs));
    if members.iter().any(|at| snapshot.configs[*at].is_active()) {
        plan.rule = Some(if route.mode == RouteMode::Split { Rule::Split } else { Rule::Chain });
        if route.mode == RouteMode::Split {
            split::first(snapshot, route, question.sticky, &mut plan.able);
        }
        return plan;
    }
    // The specification's `is_default`: it serves where no holder is switched on, and nowhere else.
    if let Some(default) = snapshot.default.filter(|at| snapshot.configs[*at].is_active()) {
        plan.rule = Some(Rule::Default);
        plan.consider(snapshot, default, &needs);
    }
    plan
}

impl Plan {
    fn consider(&mut self, snapshot: &Snapshot, at: usize, needs: &Needs) {
        match unable(snapshot, at, needs) {
            None => self.able.push(at),
            Some(verdict) => self.unable.push((at, verdict)),
        }
    }

    /// The decision with its reasons. `now` says what keeps a configuration from serving at this moment.
    pub(crate) fn explain(
        &self,
        snapshot: &Snapshot,
        load: &Load,
        mut now: impl FnMut(usize) -> Option<Verdict>,
    ) -> Explanation {
        let mut candidates = Vec::with_capacity(self.able.len() + self.unable.len());
        let mut chosen = false;
        for at in &self.able {
            let verdict = now(*at).unwrap_or(if chosen { Verdict::Next } else { Verdict::Chosen });
            chosen |= verdict == Verdict::Chosen;
            candidates.push(candidate(snapshot, load, *at, verdict));
        }
        let others = self.unable.iter();
        candidates.extend(others.map(|(at, verdict)| candidate(snapshot, load, *at, verdict.clone())));
        Explanation { rule: self.rule.filter(|_| chosen), candidates }
    }

    /// Everyone whom nobody looked at, for a page that shows all.
    pub(crate) fn add_others(&mut self, snapshot: &Snapshot) {
        let known = |at: &usize| self.able.contains(at) || self.unable.iter().any(|(other, _)| other == at);
        let others: Vec<usize> = (0..snapshot.configs.len()).filter(|at| !known(at)).collect();
        self.unable.extend(others.into_iter().map(|at| (at, Verdict::NotInRoute)));
    }
}

fn candidate(snapshot: &Snapshot, load: &Load, at: usize, verdict: Verdict) -> Candidate {
    let config = &snapshot.configs[at];
    let cost_at_most: Option<PicoUsd> = config.cost_at_most(config.bound(load));
    let provider: ProviderId = config.id();
    Candidate { provider, verdict, cost_at_most }
}

/// What keeps a configuration from serving until a person changes it.
fn unable(snapshot: &Snapshot, at: usize, needs: &Needs) -> Option<Verdict> {
    let config = &snapshot.configs[at];
    if !config.is_active() {
        return Some(Verdict::SwitchedOff);
    }
    if !config.can_be_asked() {
        return Some(Verdict::NoKey);
    }
    if config.can_serve(needs) {
        return None;
    }
    Some(Verdict::CannotServe { lacks: needs.lacking(&config.abilities) })
}

#[cfg(test)]
mod tests;
