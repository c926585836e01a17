//! What "make this the route" does to a task's route.

use model::{
    ProviderId, TaskName,
    routing::{CHAIN_LIMIT, ChainMember, RouteMode, RoutingView, TaskRoute},
};

/// A task's route with a configuration put first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Led {
    /// The route to save.
    pub route: TaskRoute,
    /// The route as it is now.
    pub before: TaskRoute,
    /// Who is first now.
    pub was: Option<ProviderId>,
    /// How the provider is chosen now; a chain afterwards, because only there the first is asked first.
    pub mode: RouteMode,
    /// Who falls off the end of a chain that was full.
    pub dropped: Option<ProviderId>,
}

/// Puts a configuration first in a task's chain; `None` where the task is gone.
pub fn led_by(view: &RoutingView, task: &TaskName, provider: ProviderId) -> Option<Led> {
    let now = view.routes.iter().find(|route| route.task == *task)?;
    let mut route = now.clone();
    let weight = route.chain.iter().find(|member| member.provider == provider).map_or(0, |one| one.weight);
    route.chain.retain(|member| member.provider != provider);
    route.chain.insert(0, ChainMember { provider, weight });
    let dropped = route.chain.get(CHAIN_LIMIT).map(|member| member.provider);
    route.chain.truncate(CHAIN_LIMIT);
    route.mode = RouteMode::Chain;
    Some(Led {
        route,
        before: now.clone(),
        was: now.chain.first().map(|member| member.provider),
        mode: now.mode,
        dropped,
    })
}

impl Led {
    /// Whether the task is already led so.
    pub fn is_so_already(&self) -> bool {
        self.mode == RouteMode::Chain && self.was == self.route.chain.first().map(|member| member.provider)
    }
}
