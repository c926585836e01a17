//! Routes: looking at them, saving them, asking for reasons, and trying failures out on paper.

use std::collections::HashMap;

use model::{
    Catalog, Failure, FailureCode, PicoUsd, ProviderId, ProviderView, TaskRefusal,
    command::{ExplainRoute, SaveRoutes, SimulateFailure, ViewRouting},
    health::{HealthState, ProviderHealth},
    limits::BEST_QUALITY,
    provider::RecentUsage,
    routing::{
        Abilities, CHAIN_LIMIT, Capability, Explanation, RouteMember, RouteMode, RoutingView, TaskRoute,
        TaskUnderFailure, WEIGHT_LIMIT,
    },
};
use store::{Provider, SaveRoutesError};

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
        let refused: Vec<TaskRefusal> =
            self.routes.iter().filter_map(|route| refusal(route, &providers, &catalog)).collect();
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

/// Why a route cannot be saved, the first reason of several.
fn refusal(route: &TaskRoute, providers: &[Provider], catalog: &Catalog) -> Option<TaskRefusal> {
    let message = shape_fault(route).or_else(|| {
        let lacking = gateway::refused_when_saved(route, providers, catalog);
        lacking.first().map(|(id, lacks)| lacking_sentence(name(*id, providers), lacks))
    })?;
    Some(TaskRefusal { task: route.task.clone(), message })
}

fn shape_fault(route: &TaskRoute) -> Option<String> {
    let weights = || route.chain.iter().map(|member| member.weight);
    let no_grade = |grade: u8| !(1..=BEST_QUALITY).contains(&grade);
    if route.chain.len() > CHAIN_LIMIT {
        Some(format!("A chain has at most {CHAIN_LIMIT} providers. Take some away."))
    } else if weights().any(|weight| weight > WEIGHT_LIMIT) {
        Some(format!("A share is at most {WEIGHT_LIMIT}. Enter a smaller one."))
    } else if route.mode == RouteMode::Split && !route.chain.is_empty() && weights().all(|weight| weight == 0)
    {
        Some("Nobody has a share of this split. Give at least one provider a share above 0.".to_owned())
    } else if route.bounds.min_quality.is_some_and(no_grade) {
        Some(format!("Grades go from 1 to {BEST_QUALITY}. Choose one of them."))
    } else {
        None
    }
}

fn name(id: ProviderId, providers: &[Provider]) -> &str {
    let found = providers.iter().find(|provider| provider.id == id);
    found.map_or("", |provider| provider.draft.display_name.as_str())
}

fn lacking_sentence(name: &str, lacks: &[Capability]) -> String {
    let lacks: Vec<&str> = lacks.iter().map(|one| lack(*one)).collect();
    format!("{name} cannot serve this task: its model has {}. Take it out, or need less.", lacks.join(", "))
}

fn lack(capability: Capability) -> &'static str {
    match capability {
        Capability::Context => "too small a window",
        Capability::Pdf => "no PDF input",
        Capability::Vision => "no image input",
        Capability::JsonSchema => "no JSON schema",
        Capability::Tools => "no tools",
    }
}

fn not_saved(error: SaveRoutesError) -> Failure {
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
