//! A bundle that is being put together: for whom, what of this vault, and for how long.

use std::{collections::BTreeSet, rc::Rc};

use model::{
    ProviderId, ProviderView, TaskName,
    bundles::{BundleOrder, BundleServerView, USUAL_DAYS},
    routing::{RoutingView, TaskRoute},
};

use super::Dialog;
use crate::state::base_url::is_private;

/// Days for which a bundle can be applied, as they are offered.
pub const DAYS: [u32; 4] = [1, 7, 14, 30];

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// For whom.
    Server,
    /// What, and for how long.
    Scope,
    /// What that changes, and where it goes.
    Review,
}

/// A bundle that is being put together.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Where it is.
    pub step: Step,
    /// For whom.
    pub server: Option<Rc<str>>,
    /// Which configurations.
    pub chosen: BTreeSet<ProviderId>,
    /// Tasks whose routes stay as they are at the server.
    pub left_out: BTreeSet<TaskName>,
    /// For how many days.
    pub days: u32,
    /// Whether limits go along.
    pub with_limits: bool,
    /// Whether prices go along.
    pub with_prices: bool,
    /// Whether instructions of tasks go along.
    pub with_prompts: bool,
    /// The one that is put in force again, instead of configurations.
    pub again: Option<u64>,
}

/// One choice of a person. Choices are told one by one, and not as the draft that they make: two in one turn of the page would else
/// begin with the same draft, and the second one would undo the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A configuration goes along, or does not.
    Provider(ProviderId, bool),
    /// A task's route goes along, or stays as it is at the server.
    Route(TaskName, bool),
    /// For how many days.
    Days(u32),
    /// Whether limits go along.
    Limits(bool),
    /// Whether prices go along.
    Prices(bool),
    /// Whether instructions go along.
    Prompts(bool),
    /// Another step.
    Go(Step),
    /// For this server, with what is suggested for it.
    Server(Rc<str>, BTreeSet<ProviderId>),
}

impl Draft {
    /// With one more choice.
    pub fn choose(&mut self, choice: Choice) {
        match choice {
            Choice::Provider(id, true) => _ = self.chosen.insert(id),
            Choice::Provider(id, false) => _ = self.chosen.remove(&id),
            Choice::Route(task, true) => _ = self.left_out.remove(&task),
            Choice::Route(task, false) => _ = self.left_out.insert(task),
            Choice::Days(days) => self.days = days,
            Choice::Limits(on) => self.with_limits = on,
            Choice::Prices(on) => self.with_prices = on,
            Choice::Prompts(on) => self.with_prompts = on,
            Choice::Go(step) => self.step = step,
            Choice::Server(server, chosen) => (self.server, self.chosen) = (Some(server), chosen),
        }
    }

    /// As the dialog opens: what only takes away or goes back has nothing to choose.
    pub fn new(dialog: &Dialog) -> Self {
        let (step, server, again) = match dialog {
            Dialog::Revoke(server) => (Step::Review, Some(server.clone()), None),
            Dialog::Back(serial, server) => (Step::Review, Some(server.clone()), Some(*serial)),
            Dialog::Export(Some(server)) => (Step::Scope, Some(server.clone()), None),
            _ => (Step::Server, None, None),
        };
        Self {
            step,
            server,
            chosen: BTreeSet::new(),
            left_out: BTreeSet::new(),
            days: USUAL_DAYS,
            with_limits: true,
            with_prices: true,
            with_prompts: true,
            again,
        }
    }

    /// What a person would likely choose for a server: what it has by now, or all that it can reach.
    pub fn suggested(server: &BundleServerView, providers: &[ProviderView]) -> Choice {
        let known = |id: &ProviderId| providers.iter().any(|one| one.id == *id);
        let before: BTreeSet<ProviderId> = server.chosen.iter().copied().filter(known).collect();
        let chosen = match before.is_empty() {
            false => before,
            true => providers.iter().filter(|one| can_go(one)).map(|one| one.id).collect(),
        };
        Choice::Server(server.id.as_str().into(), chosen)
    }

    /// As the desk is asked for it.
    pub fn order(&self) -> Option<BundleOrder> {
        Some(BundleOrder {
            server: self.server.as_ref()?.to_string(),
            providers: self.chosen.iter().copied().collect(),
            days: self.days,
            with_limits: self.with_limits,
            with_prices: self.with_prices,
            with_prompts: self.with_prompts,
            without_tasks: self.left_out.iter().cloned().collect(),
            again: self.again,
        })
    }

    /// Routes that would serve by what was chosen.
    pub fn routes<'a>(&self, routing: &'a RoutingView) -> Vec<&'a TaskRoute> {
        let serves = |route: &&TaskRoute| {
            !self.left_out.contains(&route.task)
                && route.chain.iter().any(|member| self.chosen.contains(&member.provider))
        };
        routing.routes.iter().filter(serves).collect()
    }
}

/// Whether a configuration is of use at another computer: switched on, with its key, and not at an address of this network.
fn can_go(one: &ProviderView) -> bool {
    one.is_active && !lacks_key(one) && !is_private(&one.base_url)
}

/// Whether it cannot be exported, because its key is missing.
pub fn lacks_key(one: &ProviderView) -> bool {
    one.provider_type.needs_key() && !one.has_key
}
