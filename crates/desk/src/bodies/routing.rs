//! Routes: looking at them, saving them, asking for reasons, and trying failures out on paper.

use std::collections::HashMap;

use model::{
    Catalog, Failure, FailureCode, PicoUsd, ProviderId, ProviderView, TaskRefusal,
    command::{ExplainRoute, SaveRoutes, SimulateFailure, ViewRouting},
    health::{HealthState, ProviderHealth},
    provider::RecentUsage,
    routing::{Abilities, Explanation, RouteMember, RoutingView, TaskUnderFailure},
};
use store::SaveRoutesError;

use crate::{Desk, Host, dispatch::Body, failures, session::Session};

impl Body for ViewRouting {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<RoutingView, Failure> {
        desk.routing_view(&*desk.session()?).await
    }
}

impl Body for SaveRoutes {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<RoutingView, Failure> {
        let session = desk.session()?;
        let providers = session.store.serving().await.map_err(failures::store)?.providers;
        let catalog = desk.catalog_in_force(&session).await?;
        let refused: Vec<TaskRefusal> = self
            .routes
            .iter()
            .filter_map(|route| gateway::route_refusal(route, &providers, &catalog))
            .collect();
        if !refused.is_empty() {
            return Err(Failure::routes_refused(refused));
        }
        let saved = session.store.save_routes(self.revision, &self.routes, &desk.act("routing.save")).await;
        saved.map_err(not_saved)?;
        session.reload().await;
        desk.routing_view(&session).await
    }
}

impl Body for ExplainRoute {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Explanation, Failure> {
        let engine = desk.session()?.engine().await?;
        let ask = gateway::Ask::Task(self.task);
        Ok(engine.explain(&ask, self.request.as_ref(), self.sticky.as_deref()))
    }
}

impl Body for SimulateFailure {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Vec<TaskUnderFailure>, Failure> {
        let engine = desk.session()?.engine().await?;
        Ok(engine.simulate(self.provider, self.failure, &self.routes))
    }
}

impl<H: Host> Desk<H> {
    async fn routing_view(&self, session: &Session) -> Result<RoutingView, Failure> {
        let (revision, routes) = session.store.routing().await.map_err(failures::store)?;
        let catalog = self.catalog_in_force(session).await?;
        let list = self.list(session).await?;
        let mut health: HashMap<ProviderId, ProviderHealth> =
            session.engine().await?.health().providers.into_iter().map(|one| (one.id, one)).collect();
        let member = |provider: ProviderView| member(&provider, health.remove(&provider.id), &catalog);
        Ok(RoutingView { revision, routes, members: list.providers.into_iter().map(member).collect() })
    }
}

fn member(provider: &ProviderView, health: Option<ProviderHealth>, catalog: &Catalog) -> RouteMember {
    RouteMember {
        id: provider.id,
        provider_type: provider.provider_type,
        display_name: provider.display_name.clone(),
        model_name: provider.model_name.clone(),
        is_active: provider.is_active,
        is_default: provider.is_default,
        abilities: Abilities::of(catalog.find(provider.provider_type, &provider.model_name)),
        health: health.as_ref().map_or(HealthState::Unknown, |health| health.state),
        p50_ms: health.and_then(|health| health.p50_ms),
        mean_cost: mean_cost(&provider.usage),
        quality: provider.calls.quality,
    }
}

fn mean_cost(usage: &RecentUsage) -> Option<PicoUsd> {
    let cost = usage.cost_by_day.iter().fold(PicoUsd(0), |sum, day| sum.plus(*day));
    (usage.priced_7d > 0).then(|| PicoUsd(cost.0 / i128::from(usage.priced_7d)))
}

pub(super) fn not_saved(error: SaveRoutesError) -> Failure {
    let message = error.to_string();
    match error {
        SaveRoutesError::Conflict => {
            let advice = "Look at them as they are now, then change them again.";
            Failure::new(FailureCode::Conflict, message, advice)
        }
        SaveRoutesError::Gone => {
            let advice = "It was deleted in the meantime; the routes are read again.";
            Failure::new(FailureCode::Conflict, message, advice)
        }
        SaveRoutesError::BadChain => {
            Failure::new(FailureCode::Other, message, "Name each provider once, then save again.")
        }
        SaveRoutesError::Store(error) => failures::store(error),
    }
}
