//! The automatic choice: of all configurations that are switched on and meet needs and bounds, the cheapest.

use std::cmp::Reverse;

use model::{
    PicoUsd,
    routing::{Needs, Rule, TaskRoute, Verdict},
};

use super::{Plan, Question, unable};
use crate::{
    load::{Bound, Bounds, DEFAULT_OUTPUT},
    snapshot::Snapshot,
};

pub(super) fn plan(snapshot: &Snapshot, route: &TaskRoute, needs: &Needs, question: &Question<'_>) -> Plan {
    let mut plan = Plan { rule: Some(Rule::Auto), ..Plan::default() };
    for at in 0..snapshot.configs.len() {
        let verdict = unable(snapshot, at, needs).or_else(|| out_of_bounds(snapshot, at, route, question));
        match verdict {
            None => plan.able.push(at),
            Some(verdict) => plan.unable.push((at, verdict)),
        }
    }
    // Stable, so that those of one price stay in the usual order.
    plan.able.sort_by_key(|at| compared(snapshot, *at, question));
    plan.unable.sort_by_key(|(at, _)| Reverse(snapshot.configs[*at].is_active()));
    plan
}

fn out_of_bounds(
    snapshot: &Snapshot,
    at: usize,
    route: &TaskRoute,
    question: &Question<'_>,
) -> Option<Verdict> {
    let config = &snapshot.configs[at];
    let quality = config.calls().quality;
    if route.bounds.min_quality.is_some_and(|floor| quality.is_none_or(|grade| grade < floor)) {
        return Some(Verdict::BelowQuality { quality });
    }
    if let Some(most) = route.bounds.max_latency_ms {
        let p95 = config.live.p95(question.now, question.tick);
        if let Some(p95_ms) = p95.filter(|p95| *p95 > most) {
            return Some(Verdict::TooSlow { p95_ms });
        }
    }
    config.priced.is_none().then_some(Verdict::PriceUnknown)
}

/// The cost by which models are compared: of the same tokens for each. The most that a call can cost would favour
/// models that cannot answer at length.
fn compared(snapshot: &Snapshot, at: usize, question: &Question<'_>) -> Option<PicoUsd> {
    let config = &snapshot.configs[at];
    // Without the window, which would make a document cheaper for whoever can read less of it.
    let input = question.load.input_bound(&Bounds { window: None, ..config.bounds });
    let output = question.load.max_output.unwrap_or(DEFAULT_OUTPUT);
    config.cost_at_most(Bound { input, output })
}
