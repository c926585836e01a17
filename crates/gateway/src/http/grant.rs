//! What a token lets its bearer ask for. It is looked at before the engine is asked, and so before anything is sent to a vendor.

use std::{collections::BTreeSet, sync::Arc};

use model::{TaskName, Timestamp};

use super::fault::{Fault, Kind};
use crate::{Application, Ask};

/// What precedes a task's name where a model's is expected.
const TASK: &str = "task:";

/// Which names may be asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Every one.
    #[default]
    All,
    /// These, exactly as they are written.
    Only(BTreeSet<String>),
}

/// What a token lets its bearer do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// Whose token it is; `None` where there is one for everybody.
    pub application: Option<Arc<Application>>,
    /// Tasks that may be called, by their endpoints or as `task:NAME`, and that calls may be labelled with.
    pub tasks: Scope,
    /// Models and configurations that may be called by their names.
    pub models: Scope,
    /// The token is void from then on.
    pub expires_at: Option<Timestamp>,
}

impl Scope {
    fn holds(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(names) => names.contains(name),
        }
    }
}

impl Grant {
    /// Whether a name of the list of models may be asked for.
    pub(crate) fn shows(&self, name: &str) -> bool {
        match name.strip_prefix(TASK) {
            Some(task) => self.tasks.holds(task),
            None => self.models.holds(name),
        }
    }

    /// Refuses what the token is not for.
    pub(crate) fn require(&self, ask: &Ask, label: Option<&TaskName>) -> Result<(), Fault> {
        let is_asked_for = match ask {
            Ask::Task(task) => self.tasks.holds(task.as_str()),
            Ask::Named(name) => self.shows(name),
            // Nothing over HTTP asks by a configuration's id.
            Ask::Provider(_) => self.models == Scope::All,
        };
        if !is_asked_for {
            return Err(outside("this token is not for the model or task that was asked for"));
        }
        if label.is_some_and(|task| !self.tasks.holds(task.as_str())) {
            return Err(outside("this token is not for the task that the call is labelled with"));
        }
        Ok(())
    }
}

fn outside(message: &'static str) -> Fault {
    let advice = "Ask for one of those that GET /v1/models lists, or have a token made with a wider scope.";
    Fault::new(Kind::Forbidden, message, advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(names: &[&str]) -> Scope {
        Scope::Only(names.iter().map(|name| (*name).to_owned()).collect())
    }

    fn named(name: &str) -> Ask {
        Ask::Named(name.to_owned())
    }

    #[test]
    fn tasks_and_models_are_two_lists_and_neither_opens_the_other() {
        let grant =
            Grant { tasks: only(&["extraction"]), models: only(&["gpt-4o-mini"]), ..Grant::default() };
        let task = |name: &str| Ask::Task(name.parse().unwrap());
        for ask in [task("extraction"), named("task:extraction"), named("gpt-4o-mini")] {
            assert!(grant.require(&ask, None).is_ok(), "{ask:?}");
        }
        for ask in [
            task("cv_draft"),
            named("task:cv_draft"),
            named("gpt-4o"),
            named("extraction"),
            named("task:gpt-4o-mini"),
        ] {
            assert_eq!(grant.require(&ask, None).unwrap_err().kind, Kind::Forbidden, "{ask:?}");
        }
    }

    #[test]
    fn a_label_is_a_task_that_has_to_be_in_the_scope() {
        let grant = Grant { tasks: only(&["extraction"]), ..Grant::default() };
        let label = |name: &str| grant.require(&named("gpt-4o"), Some(&name.parse().unwrap())).is_ok();
        assert!(label("extraction") && !label("cv_draft"));
    }

    #[test]
    fn an_empty_list_is_nothing_and_none_is_everything() {
        let nothing = Grant { tasks: only(&[]), models: only(&[]), ..Grant::default() };
        assert!(!nothing.shows("gpt-4o") && !nothing.shows("task:extraction"));
        assert!(Grant::default().shows("gpt-4o") && Grant::default().shows("task:extraction"));
    }
}
