//! What stands out in keys, routes and limits, by rules that a person can check.

use std::collections::HashMap;

use model::{
    PicoUsd, ProviderId, ProviderView, Timestamp,
    insights::{Finding, LOOKED_AT_DAYS, UsedLimit},
    routing::{RouteMode, TaskRoute},
    time::DAY_MS,
};

/// Days with calls that say something of a limit.
const LEAST_DAYS: usize = 14;
/// A limit of which less than one part of so many was ever used limits nothing.
const NEVER: u128 = 5;
/// From this part of a limit on, in percent, the next call does not fit: it counts as reached.
const REACHED: u128 = 95;

/// What one configuration used in one whole day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UsedDay {
    /// Calls.
    pub calls: u64,
    /// Tokens.
    pub tokens: u64,
    /// Cost of calls whose price is known.
    pub cost: PicoUsd,
}

/// What stands out, the most urgent first. `used` has the last [`LOOKED_AT_DAYS`] days of each configuration by its
/// number; one that is not in it had no calls. A key is old after `old_after` days; with `None`, none is.
pub fn findings(
    providers: &[ProviderView],
    routes: &[TaskRoute],
    used: &HashMap<i64, Vec<UsedDay>>,
    now: Timestamp,
    old_after: Option<u32>,
) -> Vec<Finding> {
    let by_id: HashMap<ProviderId, &ProviderView> =
        providers.iter().map(|provider| (provider.id, provider)).collect();
    let mut found: Vec<Finding> = routes.iter().filter_map(|route| without_fallback(route, &by_id)).collect();
    for provider in providers {
        let days = used.get(&provider.number).map(Vec::as_slice).unwrap_or_default();
        found.extend(of_key(provider, days, now, old_after));
        found.extend(of_limits(provider, days));
    }
    // Stable: of one kind, the list's order.
    found.sort_by_key(Finding::urgency);
    found
}

/// The cheapest of all has everyone to fall back on, and a task without an active holder is the default's.
fn without_fallback(route: &TaskRoute, by_id: &HashMap<ProviderId, &ProviderView>) -> Option<Finding> {
    let members = route.chain.iter().filter_map(|member| by_id.get(&member.provider));
    let mut active = members.filter(|provider| provider.is_active);
    let only = active.next().filter(|_| active.next().is_none() && route.mode != RouteMode::Auto)?;
    Some(Finding::NoFallback { task: route.task.clone(), provider: only.id, name: only.display_name.clone() })
}

fn of_key(
    provider: &ProviderView,
    days: &[UsedDay],
    now: Timestamp,
    old_after: Option<u32>,
) -> Option<Finding> {
    let since = provider.key_changed_at.filter(|_| provider.has_key)?;
    let age = u32::try_from(now.since(since) / DAY_MS.unsigned_abs()).unwrap_or(u32::MAX);
    let name = provider.display_name.clone();
    let idle = days.iter().all(|day| day.calls == 0) && provider.usage.calls_7d == 0;
    // One that nobody uses is better deleted than made anew.
    if idle && age >= LOOKED_AT_DAYS {
        return Some(Finding::UnusedKey { provider: provider.id, name });
    }
    let is_old = old_after.is_some_and(|days| age >= days);
    is_old.then_some(Finding::OldKey { provider: provider.id, name, days: age })
}

/// Calls a minute and at once are not judged: the sums know neither.
fn of_limits(provider: &ProviderView, days: &[UsedDay]) -> Vec<Finding> {
    let busy: Vec<&UsedDay> = days.iter().filter(|day| day.calls > 0).collect();
    if busy.len() < LEAST_DAYS {
        return Vec::new();
    }
    let tokens: Vec<u64> = busy.iter().map(|day| day.tokens).collect();
    let costs: Vec<PicoUsd> = busy.iter().map(|day| day.cost).collect();
    let day_tokens = provider.daily_token_limit.map(|limit| {
        let used: Vec<u128> = tokens.iter().map(|tokens| (*tokens).into()).collect();
        let most = tokens.iter().copied().max().unwrap_or(0);
        judged(provider, UsedLimit::Tokens { limit, most }, limit.into(), &used)
    });
    let day_cost = provider.calls.daily_cost_limit.map(|limit| {
        let used: Vec<u128> = costs.iter().map(|cost| positive(*cost)).collect();
        let most = costs.iter().copied().max().unwrap_or_default();
        judged(provider, UsedLimit::Cost { limit, most }, positive(limit), &used)
    });
    let month_tokens = provider.monthly_token_limit.map(|limit| {
        let most = tokens.iter().copied().fold(0, u64::saturating_add);
        judged_month(provider, UsedLimit::Tokens { limit, most }, limit.into(), most.into())
    });
    let month_cost = provider.calls.monthly_cost_limit.map(|limit| {
        let most = costs.iter().copied().fold(PicoUsd(0), PicoUsd::plus);
        judged_month(provider, UsedLimit::Cost { limit, most }, positive(limit), positive(most))
    });
    [day_tokens, day_cost, month_tokens, month_cost].into_iter().flatten().flatten().collect()
}

fn judged(provider: &ProviderView, limit: UsedLimit, allowed: u128, used: &[u128]) -> Option<Finding> {
    let (id, name) = (provider.id, provider.display_name.clone());
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let hit = used.iter().filter(|used| is_reached(**used, allowed)).count();
    let days = count(used.len());
    if hit * 2 >= used.len() {
        return Some(Finding::LimitAlwaysHit { provider: id, name, limit, hit: count(hit), days });
    }
    let never = used.iter().all(|used| is_far(*used, allowed));
    never.then_some(Finding::LimitNeverReached { provider: id, name, limit, days })
}

/// As many days as a month has, whichever days of the calendar they are.
fn judged_month(provider: &ProviderView, limit: UsedLimit, allowed: u128, used: u128) -> Option<Finding> {
    let (id, name) = (provider.id, provider.display_name.clone());
    if is_reached(used, allowed) {
        return Some(Finding::MonthLimitHit { provider: id, name, limit });
    }
    is_far(used, allowed).then_some(Finding::MonthLimitFar { provider: id, name, limit })
}

fn is_reached(used: u128, allowed: u128) -> bool {
    used.saturating_mul(100) >= allowed.saturating_mul(REACHED)
}

fn is_far(used: u128, allowed: u128) -> bool {
    used.saturating_mul(NEVER) < allowed
}

fn positive(cost: PicoUsd) -> u128 {
    u128::try_from(cost.0).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use model::{
        ProviderType,
        limits::CallSettings,
        provider::RecentUsage,
        routing::{AutoBounds, ChainMember, Needs},
    };
    use uuid::Uuid;

    use super::*;

    const NOW: Timestamp = Timestamp(1_795_444_320_000);

    fn provider(number: i64, key_days: i64) -> ProviderView {
        ProviderView {
            id: ProviderId(Uuid::from_u128(number as u128)),
            number,
            revision: 1,
            provider_type: ProviderType::OpenAi,
            base_url: "https://api.openai.com/v1".into(),
            allow_insecure_http: false,
            model_name: "m".into(),
            display_name: format!("p{number}"),
            description: String::new(),
            is_active: true,
            is_default: false,
            tasks: vec![],
            daily_token_limit: None,
            monthly_token_limit: None,
            calls: CallSettings::default(),
            key_last_four: None,
            has_key: true,
            key_changed_at: Some(NOW.plus_days(-key_days)),
            last_test: None,
            created_by: "a".into(),
            created_at: NOW,
            updated_at: NOW,
            usage: RecentUsage::default(),
        }
    }

    fn days(tokens: &[u64]) -> Vec<UsedDay> {
        tokens
            .iter()
            .map(|tokens| UsedDay { calls: 1, tokens: *tokens, cost: PicoUsd((*tokens).into()) })
            .collect()
    }

    fn found(providers: &[ProviderView], used: &[(i64, Vec<UsedDay>)]) -> Vec<Finding> {
        findings(providers, &[], &used.iter().cloned().collect(), NOW, Some(91))
    }

    #[test]
    fn a_key_is_unused_after_thirty_days_and_old_after_as_many_as_are_set_if_it_was_used() {
        let (young, idle, old) = (provider(1, 29), provider(2, 30), provider(3, 91));
        let just = provider(4, 90);
        let used = [(3, days(&[5])), (4, days(&[5]))];
        let all = found(&[young, idle.clone(), old.clone(), just], &used);
        let old = Finding::OldKey { provider: old.id, name: "p3".into(), days: 91 };
        assert_eq!(findings(&[provider(3, 900)], &[], &HashMap::from([(3, days(&[5]))]), NOW, None), []);
        assert_eq!(all, [old, Finding::UnusedKey { provider: idle.id, name: "p2".into() }]);
    }

    #[test]
    fn a_configuration_without_a_key_has_none_that_is_old() {
        let local = ProviderView { has_key: false, ..provider(1, 900) };
        assert_eq!(found(&[local], &[]), []);
    }

    #[test]
    fn a_task_that_one_active_provider_serves_has_no_fallback() {
        let (one, off) = (provider(1, 1), ProviderView { is_active: false, ..provider(2, 1) });
        let third = provider(3, 1);
        let route = |mode, chain: &[&ProviderView]| TaskRoute {
            task: "extraction".parse().unwrap(),
            mode,
            chain: chain.iter().map(|member| ChainMember { provider: member.id, weight: 1 }).collect(),
            needs: Needs::default(),
            bounds: AutoBounds::default(),
        };
        let all = [one.clone(), off.clone(), third.clone()];
        let count = |route| findings(&all, &[route], &HashMap::new(), NOW, None).len();
        assert_eq!(count(route(RouteMode::Chain, &[&one, &off])), 1);
        assert_eq!(count(route(RouteMode::Split, &[&third])), 1);
        assert_eq!(count(route(RouteMode::Chain, &[&one, &third])), 0);
        assert_eq!(count(route(RouteMode::Chain, &[&off])), 0, "it is the default's");
        assert_eq!(count(route(RouteMode::Auto, &[&one])), 0);
    }

    #[test]
    fn a_limit_is_always_hit_on_every_second_day_and_never_reached_below_a_fifth() {
        let limited = ProviderView { daily_token_limit: Some(1_000), ..provider(1, 1) };
        let of = |tokens: &[u64]| found(std::slice::from_ref(&limited), &[(1, days(tokens))]);
        let half: Vec<u64> = [950, 10].repeat(7);
        assert!(matches!(of(&half)[..], [Finding::LimitAlwaysHit { hit: 7, days: 14, .. }]));
        assert_eq!(of(&[949, 10].repeat(7)), []);
        let low = of(&[199; 14]);
        assert!(matches!(
            low[..],
            [Finding::LimitNeverReached { limit: UsedLimit::Tokens { limit: 1_000, most: 199 }, .. }]
        ));
        assert_eq!(of(&[[199; 13].as_slice(), &[200]].concat()), []);
        assert_eq!(of(&[1; 13]), [], "so few days say nothing");
    }

    #[test]
    fn cost_limits_are_judged_as_token_limits_are() {
        let mut limited = provider(1, 1);
        limited.calls.daily_cost_limit = Some(PicoUsd(100));
        let all = found(&[limited], &[(1, days(&[99; 20]))]);
        assert!(matches!(all[..], [Finding::LimitAlwaysHit { limit: UsedLimit::Cost { .. }, hit: 20, .. }]));
    }

    #[test]
    fn a_months_limits_are_judged_by_the_last_thirty_days_together() {
        let monthly = |tokens, cost| {
            let mut limited = ProviderView { monthly_token_limit: tokens, ..provider(1, 1) };
            limited.calls.monthly_cost_limit = cost;
            limited
        };
        let of = |limited, used: &[u64]| found(&[limited], &[(1, days(used))]);
        let all = of(monthly(Some(1_000), Some(PicoUsd(10_000))), &[50; 19]);
        let cost = UsedLimit::Cost { limit: PicoUsd(10_000), most: PicoUsd(950) };
        assert!(matches!(
            &all[..],
            [
                Finding::MonthLimitHit { limit: UsedLimit::Tokens { limit: 1_000, most: 950 }, .. },
                Finding::MonthLimitFar { limit, .. },
            ] if *limit == cost
        ));
        assert_eq!(of(monthly(Some(1_001), Some(PicoUsd(4_750))), &[50; 19]), [], "neither reached nor far");
        assert_eq!(of(monthly(Some(1), None), &[50; 13]), [], "so few days say nothing");
    }
}
