//! Every split beside what it has shown since its shares were saved.

use insights::{Verdict, compare};
use model::{
    Failure, PicoUsd, ProviderView, TaskName, Timestamp,
    insights::{Against, Arm, Comparison, Sliced},
    routing::{RouteMode, TaskRoute},
};

use crate::{failures, session::Session};

/// Splits with two members or more that exist, in the list's order.
pub(crate) async fn compared(
    session: &Session,
    providers: &[ProviderView],
    routes: &[TaskRoute],
) -> Result<Vec<Comparison>, Failure> {
    let splits = session.store.splits().await.map_err(failures::store)?;
    let mut compared = Vec::new();
    for route in routes.iter().filter(|route| route.mode == RouteMode::Split) {
        let members = members(route, providers);
        if let Some(since) = splits.get(&route.task).filter(|_| members.len() >= 2) {
            compared.extend(one(session, &route.task, *since, &members).await?);
        }
    }
    Ok(compared)
}

/// Those with a share, the largest first; of two alike, by the chain.
fn members<'a>(route: &TaskRoute, providers: &'a [ProviderView]) -> Vec<(&'a ProviderView, u32)> {
    let shares = route.chain.iter().filter(|member| member.weight > 0);
    let found = shares.filter_map(|member| {
        let provider = providers.iter().find(|provider| provider.id == member.provider)?;
        Some((provider, member.weight))
    });
    let mut members: Vec<_> = found.collect();
    members.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    members
}

async fn one(
    session: &Session,
    task: &TaskName,
    since: Timestamp,
    members: &[(&ProviderView, u32)],
) -> Result<Option<Comparison>, Failure> {
    let who: Vec<_> =
        members.iter().map(|(provider, _)| (provider.number, provider.model_name.clone())).collect();
    let sliced = session.store.served_since(task, &who, since).await.map_err(failures::usage)?;
    let all: u32 = members.iter().map(|(_, weight)| weight).sum();
    let mut arms = members.iter().zip(&sliced);
    let Some(((present, weight), shown)) = arms.next() else { return Ok(None) };
    let against = |((provider, share), sliced): (&(&ProviderView, u32), &Sliced)| {
        let Verdict { success, cost, judgement } =
            compare(shown, sliced, f64::from(*share) / f64::from(*weight));
        Against { arm: arm(provider, *share, all, sliced), success, cost, judgement }
    };
    Ok(Some(Comparison {
        task: task.clone(),
        since,
        others: arms.map(against).collect(),
        present: arm(present, *weight, all, shown),
    }))
}

fn arm(provider: &ProviderView, weight: u32, all: u32, sliced: &Sliced) -> Arm {
    let sums = &sliced.sums;
    let known = sums.succeeded_unpriced == 0;
    Arm {
        provider: provider.id,
        name: provider.display_name.clone(),
        provider_type: provider.provider_type,
        model: provider.model_name.clone(),
        share: u8::try_from(u64::from(weight) * 100 / u64::from(all.max(1))).unwrap_or(100),
        calls: sums.calls,
        succeeded: sums.succeeded,
        cost_per_success: sums.cost.0.checked_div(sums.succeeded.into()).map(PicoUsd).filter(|_| known),
        p50_ms: sliced.p50_ms,
        p95_ms: sliced.p95_ms,
    }
}
