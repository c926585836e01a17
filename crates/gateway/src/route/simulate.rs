//! What a failure of one configuration would do to tasks, tried on paper.

use model::{
    ProviderId,
    routing::{RouteMode, SimulatedFailure, TaskRoute, TaskUnderFailure},
};

use super::{Question, Whom, plan};
use crate::snapshot::Snapshot;

/// What it would do to each of these routes, as a person arranged them, saved or not.
pub(crate) fn under_failure(
    snapshot: &Snapshot,
    failing: ProviderId,
    failure: SimulatedFailure,
    routes: &[TaskRoute],
    question: &Question<'_>,
) -> Vec<TaskUnderFailure> {
    let one = |route: &TaskRoute| {
        let able = plan(snapshot, &Whom::Route(route), question).able;
        let mut left = able
            .iter()
            .filter(|at| snapshot.configs[**at].id() != failing || !is_passed_over(route, failure));
        let (then, after_that) = (left.next(), left.next());
        let id = |at: Option<&usize>| at.map(|at| snapshot.configs[*at].id());
        let same_vendor = match (able.first(), then) {
            (Some(now), Some(then)) if now != then => {
                snapshot.configs[*now].shares_vendor(&snapshot.configs[*then])
            }
            _ => false,
        };
        let (now, then, after_that) = (id(able.first()), id(then), id(after_that));
        TaskUnderFailure { task: route.task.clone(), now, then, after_that, same_vendor }
    };
    routes.iter().map(one).collect()
}

/// A late answer is an answer: only a bound on latency passes it over.
fn is_passed_over(route: &TaskRoute, failure: SimulatedFailure) -> bool {
    match failure {
        SimulatedFailure::Down | SimulatedFailure::RateLimit => true,
        SimulatedFailure::Slow => route.mode == RouteMode::Auto && route.bounds.max_latency_ms.is_some(),
    }
}
