//! Changes of one task's route: its members, its mode, what it needs.

use std::rc::Rc;

use model::routing::{ChainMember, RouteMode, TaskRoute, WEIGHT_LIMIT};

use super::{Edit, Routing};

impl Routing {
    pub(super) fn change(&mut self, edit: Edit) {
        let task = match &edit {
            Edit::Add(task, _)
            | Edit::Remove(task, _)
            | Edit::Mode(task, _)
            | Edit::Weight(task, ..)
            | Edit::Needs(task, _)
            | Edit::Bounds(task, _) => task.clone(),
            _ => return,
        };
        self.lifted = None;
        if let Some(fault) = &mut self.fault {
            fault.tasks.retain(|refusal| refusal.task != task);
        }
        let Some(route) = Rc::make_mut(&mut self.routes).iter_mut().find(|route| route.task == task) else {
            return;
        };
        match edit {
            Edit::Add(_, provider) => route.chain.push(ChainMember { provider, weight: 0 }),
            Edit::Remove(_, provider) => route.chain.retain(|member| member.provider != provider),
            Edit::Mode(_, mode) => set_mode(route, mode),
            Edit::Weight(_, provider, weight) => {
                let member = route.chain.iter_mut().find(|member| member.provider == provider);
                member.into_iter().for_each(|member| member.weight = weight.min(WEIGHT_LIMIT));
            }
            Edit::Needs(_, needs) => route.needs = needs,
            Edit::Bounds(_, bounds) => route.bounds = bounds,
            _ => {}
        }
    }
}

/// A split of nothing but zeros would serve nobody: its members start equal.
fn set_mode(route: &mut TaskRoute, mode: RouteMode) {
    route.mode = mode;
    let count = u32::try_from(route.chain.len()).unwrap_or(1).max(1);
    if mode == RouteMode::Split && route.chain.iter().all(|member| member.weight == 0) {
        route.chain.iter_mut().for_each(|member| member.weight = (100 / count).max(1));
    }
}

#[cfg(test)]
mod tests {
    use model::{Failure, FailureCode, TaskRefusal, routing::Needs};

    use super::{
        super::tests::{after, id, task},
        *,
    };

    #[test]
    fn a_change_counts_once_a_task_and_not_at_all_when_it_is_undone() {
        let mut routing = after([
            Edit::Add(task("extraction"), id(4)),
            Edit::Needs(task("extraction"), Needs { pdf: true, ..Needs::default() }),
        ]);
        assert_eq!(routing.changed().len(), 1);
        routing.apply(Edit::Remove(task("extraction"), id(4)));
        routing.apply(Edit::Needs(task("extraction"), Needs::default()));
        assert!(routing.changed().is_empty());
        routing.apply(Edit::Remove(task("cover_letter"), id(4)));
        routing.apply(Edit::Discard);
        assert!(routing.changed().is_empty());
    }

    #[test]
    fn a_refusal_goes_when_its_task_is_changed() {
        let about = |name: &str| TaskRefusal { task: task(name), message: "It cannot read PDF.".into() };
        let failure = Failure::routes_refused(vec![about("extraction"), about("cover_letter")]);
        let mut routing = after([Edit::Saving, Edit::Refused(failure)]);
        assert!(routing.refusal(&task("extraction")).is_some());
        routing.apply(Edit::Remove(task("extraction"), id(3)));
        assert!(routing.refusal(&task("extraction")).is_none());
        assert!(routing.refusal(&task("cover_letter")).is_some());
        let conflict = Failure::new(FailureCode::Conflict, "the routes changed", "Reload them.");
        routing.apply(Edit::Refused(conflict));
        assert_eq!(routing.fault.as_ref().unwrap().code, FailureCode::Conflict);
    }

    #[test]
    fn a_new_split_is_even_and_keeps_weights_that_were_set() {
        let split = Edit::Mode(task("cover_letter"), RouteMode::Split);
        let weights = |routing: &Routing| -> Vec<u32> {
            routing.route(&task("cover_letter")).unwrap().chain.iter().map(|member| member.weight).collect()
        };
        let mut routing = after([split.clone()]);
        assert_eq!(weights(&routing), [50, 50]);
        routing.apply(Edit::Weight(task("cover_letter"), id(4), 9_999));
        routing.apply(Edit::Mode(task("cover_letter"), RouteMode::Chain));
        routing.apply(split);
        assert_eq!(weights(&routing), [WEIGHT_LIMIT, 50]);
    }
}
