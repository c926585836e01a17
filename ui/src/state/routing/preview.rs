//! A failure tried out on paper: whose, how, and what it would do to each task, in words.

use std::rc::Rc;

use model::{
    Failure, ProviderId, TaskName,
    health::HealthState,
    routing::{RouteMember, RoutingView, SimulatedFailure, TaskUnderFailure},
    text,
};

use super::Routing;
use crate::{state::workspace::Load, t};

/// The panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// Who fails; `None` without any configuration.
    pub provider: Option<ProviderId>,
    /// How.
    pub failure: SimulatedFailure,
    /// What it would do.
    pub outcome: Load<Vec<TaskUnderFailure>>,
}

/// A change of the panel.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Someone else fails.
    Provider(ProviderId),
    /// It fails otherwise.
    Failure(SimulatedFailure),
    /// What it would do.
    Outcome(Vec<TaskUnderFailure>),
    /// It could not be said.
    NotSaid(Failure),
}

/// What happens to some tasks.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Which; several only when nothing happens to them.
    pub tasks: Vec<TaskName>,
    /// Who serves then.
    pub then: Then,
    /// Sentences, each with whether it warns.
    pub lines: Vec<(bool, String)>,
}

/// Who serves under a failure.
#[derive(Clone, Debug, PartialEq)]
pub enum Then {
    /// The same as now.
    Unchanged,
    /// Another one.
    Member(Box<RouteMember>),
    /// Nobody.
    Nobody,
}

impl Preview {
    /// The primary of the most tasks first: its failure is the one to know about.
    pub(super) fn of(view: &RoutingView) -> Self {
        let leads = |id: ProviderId| {
            let first =
                |route: &&model::routing::TaskRoute| route.chain.first().map(|one| one.provider) == Some(id);
            view.routes.iter().filter(first).count()
        };
        // The first of those that lead as many, which `max_by_key` would not be.
        let provider =
            view.members.iter().rev().max_by_key(|member| leads(member.id)).map(|member| member.id);
        Self { provider, failure: SimulatedFailure::Down, outcome: Load::Waiting }
    }

    pub(super) fn keep(&mut self, view: &RoutingView) {
        let known = |id: &ProviderId| view.members.iter().any(|member| member.id == *id);
        if self.provider.filter(known).is_none() {
            *self = Self::of(view);
        }
    }

    pub(super) fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Provider(provider) => self.provider = Some(provider),
            Edit::Failure(failure) => self.failure = failure,
            Edit::Outcome(outcome) => self.outcome = Load::Ready(Rc::new(outcome)),
            Edit::NotSaid(failure) => self.outcome = Load::Failed(failure),
        }
    }
}

impl Routing {
    /// What the failure would do, tasks without a change last and together.
    pub fn effects(&self, outcome: &[TaskUnderFailure]) -> Vec<Effect> {
        let (same, other): (Vec<_>, Vec<_>) = outcome.iter().partition(|task| task.now == task.then);
        let mut effects: Vec<Effect> = other.into_iter().map(|task| self.effect(task)).collect();
        if !same.is_empty() {
            let tasks = same.into_iter().map(|task| task.task.clone()).collect();
            effects.push(Effect { tasks, then: Then::Unchanged, lines: Vec::new() });
        }
        effects
    }

    fn effect(&self, task: &TaskUnderFailure) -> Effect {
        let tasks = vec![task.task.clone()];
        let Some(then) = task.then.and_then(|id| self.member(id)) else {
            return Effect { tasks, then: Then::Nobody, lines: vec![(true, t!("effect-nobody"))] };
        };
        let after =
            task.after_that.map_or_else(|| t!("effect-last"), |id| t!("effect-then", name = self.name(id)));
        let first = match then.health {
            HealthState::Degraded => (true, t!("effect-degraded", after = after)),
            HealthState::Down => (true, t!("effect-down", after = after)),
            _ if task.same_vendor => (false, t!("effect-same-vendor", after = after)),
            _ => (false, after),
        };
        let now = task.now.and_then(|id| self.member(id));
        let figures = now.map(|now| figures(now, then)).filter(|text| !text.is_empty());
        let lines = std::iter::once(first).chain(figures.map(|text| (false, text))).collect();
        Effect { tasks, then: Then::Member(Box::new(then.clone())), lines }
    }
}

/// `p50 1.38 s to 1.72 s. $0.01802 a call, unchanged.` What is not known of both is left out.
fn figures(now: &RouteMember, then: &RouteMember) -> String {
    let latency = now
        .p50_ms
        .zip(then.p50_ms)
        .map(|(now, then)| t!("effect-latency", now = text::latency(now), then = text::latency(then)));
    let cost = now.mean_cost.zip(then.mean_cost).map(|(now, then)| match (now.display(), then.display()) {
        (now, then) if now == then => t!("effect-cost-same", cost = now),
        (now, then) => t!("effect-cost", now = now, then = then),
    });
    latency.into_iter().chain(cost).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use model::PicoUsd;

    use super::{
        super::tests::{after, id, task, view},
        *,
    };

    fn under(name: &str, now: u8, then: Option<u8>, after_that: Option<u8>) -> TaskUnderFailure {
        TaskUnderFailure {
            task: task(name),
            now: Some(id(now)),
            then: then.map(id),
            after_that: after_that.map(id),
            same_vendor: now == 4 && then == Some(5),
        }
    }

    #[test]
    fn tasks_without_a_change_share_the_last_line() {
        let effects = after([]).effects(&[
            under("extraction", 1, Some(1), None),
            under("cover_letter", 4, Some(5), Some(2)),
            under("validation", 2, Some(2), None),
        ]);
        assert_eq!(effects.len(), 2);
        assert_eq!(effects[1].tasks, [task("extraction"), task("validation")]);
        assert_eq!(effects[1].then, Then::Unchanged);
        assert_eq!(
            effects[0].lines[0],
            (false, "Same vendor: a vendor outage takes both down. Then OpenAI Mini.".to_owned())
        );
    }

    #[test]
    fn a_task_that_nobody_serves_is_said_first_and_warns() {
        let effects = after([]).effects(&[under("cover_letter", 4, None, None)]);
        assert_eq!(effects[0].then, Then::Nobody);
        assert!(effects[0].lines[0].0);
    }

    #[test]
    fn latency_and_cost_are_compared_where_both_are_known() {
        let seen = view();
        let (now, mut then) = (seen.members[0].clone(), seen.members[1].clone());
        then.p50_ms = Some(720);
        assert_eq!(figures(&now, &then), "p50 1.38 s to 720 ms. $0.01802 a call, unchanged.");
        then.mean_cost = Some(PicoUsd(9_010_000_000));
        assert_eq!(figures(&now, &then), "p50 1.38 s to 720 ms. $0.01802 to $0.009010 a call.");
        (then.p50_ms, then.mean_cost) = (None, None);
        assert_eq!(figures(&now, &then), "");
    }

    #[test]
    fn the_panel_starts_with_the_primary_of_the_most_tasks_and_lets_go_of_one_that_is_gone() {
        let mut seen = view();
        seen.routes.push(super::super::tests::route("validation", &[4]));
        let mut preview = Preview::of(&seen);
        assert_eq!(preview.provider, Some(id(4)));
        seen.members.retain(|member| member.id != id(4));
        preview.keep(&seen);
        assert_eq!(preview.provider, Some(id(1)));
    }
}
