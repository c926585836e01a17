//! What "try it on a part of the calls" does to a task's route.

use model::{
    ProviderId, TaskName,
    routing::{CHAIN_LIMIT, ChainMember, RouteMode, RoutingView, TaskRoute},
};

/// Shares in percent that a person can choose from; the first is the proposal.
pub const SHARES: [u32; 3] = [10, 25, 50];

/// A task's route as a split between who serves it now and another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The route to save.
    pub route: TaskRoute,
    /// The route as it is now.
    pub before: TaskRoute,
    /// Who serves it now.
    pub present: ProviderId,
    /// Who falls off the end of a chain that was full.
    pub dropped: Option<ProviderId>,
}

/// Gives another so many of 100 calls. `None` where the task is gone, nobody serves it, it is the other already, or it is
/// no chain any more: a split or an automatic choice is not overwritten.
pub fn tried(view: &RoutingView, task: &TaskName, other: ProviderId, percent: u32) -> Option<Tried> {
    let now = view.routes.iter().find(|route| route.task == *task)?;
    let is_active = |id: ProviderId| view.members.iter().any(|member| member.id == id && member.is_active);
    let of_chain = now.chain.iter().map(|member| member.provider).find(|id| is_active(*id));
    let default =
        || view.members.iter().find(|member| member.is_default && member.is_active).map(|one| one.id);
    let present = of_chain.or_else(default)?;
    if now.mode != RouteMode::Chain || present == other || !is_active(other) {
        return None;
    }
    let mut route = TaskRoute { mode: RouteMode::Split, ..now.clone() };
    // The others stay fallbacks.
    route.chain.retain(|member| member.provider != other && member.provider != present);
    route.chain.iter_mut().for_each(|member| member.weight = 0);
    let place =
        now.chain.iter().position(|member| member.provider == present).unwrap_or(0).min(route.chain.len());
    route.chain.insert(place, ChainMember { provider: other, weight: percent });
    route.chain.insert(place, ChainMember { provider: present, weight: 100 - percent });
    let dropped = route.chain.get(CHAIN_LIMIT).map(|member| member.provider);
    route.chain.truncate(CHAIN_LIMIT);
    Some(Tried { route, before: now.clone(), present, dropped })
}

#[cfg(test)]
mod tests {
    use model::{
        ProviderType,
        health::HealthState,
        routing::{Abilities, AutoBounds, Needs, RouteMember},
    };

    use super::*;

    fn id(number: u8) -> ProviderId {
        format!("00000000-0000-0000-0000-0000000000{number:02}").parse().unwrap()
    }

    fn view(mode: RouteMode, chain: &[u8], off: &[u8]) -> RoutingView {
        let member = |number| RouteMember {
            id: id(number),
            provider_type: ProviderType::Claude,
            display_name: format!("p{number}"),
            model_name: "m".into(),
            is_active: !off.contains(&number),
            is_default: number == 9,
            abilities: Abilities::default(),
            health: HealthState::Unknown,
            p50_ms: None,
            mean_cost: None,
            quality: None,
        };
        let route = TaskRoute {
            task: "extraction".parse().unwrap(),
            mode,
            chain: chain.iter().map(|number| ChainMember { provider: id(*number), weight: 7 }).collect(),
            needs: Needs::default(),
            bounds: AutoBounds::default(),
        };
        RoutingView { revision: 1, routes: vec![route], members: (1..=20).map(member).collect() }
    }

    fn shares(view: &RoutingView, other: u8, percent: u32) -> Option<Vec<(ProviderId, u32)>> {
        let tried = tried(view, &"extraction".parse().unwrap(), id(other), percent)?;
        assert_eq!(tried.route.mode, RouteMode::Split);
        Some(tried.route.chain.iter().map(|member| (member.provider, member.weight)).collect())
    }

    #[test]
    fn the_two_share_the_calls_and_the_others_stay_fallbacks() {
        let all = shares(&view(RouteMode::Chain, &[1, 2, 3], &[]), 3, 10).unwrap();
        assert_eq!(all, [(id(1), 90), (id(3), 10), (id(2), 0)]);
        let all = shares(&view(RouteMode::Chain, &[1, 2], &[1]), 4, 50).unwrap();
        assert_eq!(all, [(id(1), 0), (id(2), 50), (id(4), 50)], "one that is off serves nobody");
        let all = shares(&view(RouteMode::Chain, &[], &[]), 4, 25).unwrap();
        assert_eq!(all, [(id(9), 75), (id(4), 25)], "the default serves");
    }

    #[test]
    fn nothing_is_split_that_is_split_already_or_has_nobody_else() {
        for mode in [RouteMode::Split, RouteMode::Auto] {
            assert_eq!(shares(&view(mode, &[1, 2], &[]), 2, 10), None);
        }
        assert_eq!(shares(&view(RouteMode::Chain, &[1], &[]), 1, 10), None);
        assert_eq!(shares(&view(RouteMode::Chain, &[1], &[2]), 2, 10), None, "it is off");
    }

    #[test]
    fn a_full_chain_loses_its_last() {
        let full: Vec<u8> = (1..=12).collect();
        let tried =
            tried(&view(RouteMode::Chain, &full, &[]), &"extraction".parse().unwrap(), id(15), 10).unwrap();
        assert_eq!((tried.route.chain.len(), tried.dropped), (12, Some(id(12))));
    }
}
