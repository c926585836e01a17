//! What goes into a bundle: configurations with their keys, opened for the seal, the routes among them, and what goes along beside.

use std::collections::HashSet;

use bundle::{BundledCatalog, BundledPrompt, Configured, Contents, MOST, MOST_DAYS};
use model::{
    Failure, ProviderDraft, ProviderId, TaskName, bundles::BundleOrder, limits::CallSettings,
    routing::TaskRoute,
};
use store::Provider;

use super::Scope;
use crate::{
    bodies::testing::open_key,
    failures::{self, bundles as refused},
    session::Session,
};

/// What an order asks for.
pub(crate) async fn gather(session: &Session, order: &BundleOrder) -> Result<Contents, Failure> {
    if !(1..=MOST_DAYS).contains(&order.days) {
        return Err(refused::days());
    }
    if order.again.is_some() {
        return Ok(Contents { again: order.again, ..Contents::default() });
    }
    let chosen: HashSet<ProviderId> = order.providers.iter().copied().collect();
    if chosen.len() > MOST || chosen.len() != order.providers.len() {
        return Err(refused::count());
    }
    let serving = session.store.serving().await.map_err(failures::store)?;
    let mut configurations = Vec::with_capacity(chosen.len());
    for provider in serving.providers.into_iter().filter(|one| chosen.contains(&one.id)) {
        configurations.push(configured(session, provider, order)?);
    }
    if configurations.len() != chosen.len() {
        return Err(failures::store(store::StoreError::Gone));
    }
    let mut routes = serving.routes;
    routes.retain(|route| !order.without_tasks.contains(&route.task));
    for route in &mut routes {
        route.chain.retain(|member| chosen.contains(&member.provider));
    }
    let default = serving.default.filter(|default| chosen.contains(default));
    // A bundle without configurations takes everything away, and brings nothing.
    let brings = !configurations.is_empty();
    let prompts = if brings && order.with_prompts { prompts(session, &routes).await? } else { Vec::new() };
    let catalog = serving.catalog.filter(|_| brings && order.with_prices);
    let catalog = catalog.map(|imported| BundledCatalog::Comes(imported.catalog));
    Ok(Contents { again: None, configurations, default, routes, prompts, catalog })
}

/// Instructions that a person gave; the built-in ones are each program's own.
async fn prompts(session: &Session, routes: &[TaskRoute]) -> Result<Vec<BundledPrompt>, Failure> {
    let mut prompts = Vec::new();
    for TaskRoute { task, .. } in routes {
        if let Some(own) = session.store.task_prompt(task).await.map_err(failures::store)? {
            prompts.push(BundledPrompt { task: task.clone(), prompt: Some(own) });
        }
    }
    Ok(prompts)
}

/// Takes away what the bundle before brought, and this one has in its scope and does not bring any more.
pub(crate) fn take_away(contents: &mut Contents, order: &BundleOrder, before: &Scope) {
    let takes_all = order.providers.is_empty();
    let in_scope = |task: &TaskName| takes_all || (order.with_prompts && !order.without_tasks.contains(task));
    for (task, _) in before.prompts.iter().filter(|(task, _)| in_scope(task)) {
        if !contents.prompts.iter().any(|own| own.task == *task) {
            contents.prompts.push(BundledPrompt { task: task.clone(), prompt: None });
        }
    }
    if let (None, Some(version)) = (&contents.catalog, &before.catalog)
        && (takes_all || order.with_prices)
    {
        contents.catalog = Some(BundledCatalog::Goes(version.clone()));
    }
}

fn configured(session: &Session, provider: Provider, order: &BundleOrder) -> Result<Configured, Failure> {
    let key = open_key(session, provider.id, &provider.draft.base_url, provider.sealed_key.as_deref())?;
    if key.is_none() && provider.draft.provider_type.needs_key() {
        return Err(refused::without_key(&provider.draft.display_name));
    }
    let draft = provider.draft;
    let with_limits = order.with_limits;
    let mut calls = if with_limits { draft.calls } else { without_limits(draft.calls) };
    calls.price = calls.price.filter(|_| order.with_prices);
    let draft = ProviderDraft {
        // Notes are this vault's own.
        description: String::new(),
        is_default: false,
        tasks: Vec::new(),
        daily_token_limit: draft.daily_token_limit.filter(|_| with_limits),
        monthly_token_limit: draft.monthly_token_limit.filter(|_| with_limits),
        calls,
        ..draft
    };
    Ok(Configured { id: provider.id, draft, key, key_entered_at: provider.key_changed_at })
}

fn without_limits(calls: CallSettings) -> CallSettings {
    CallSettings {
        daily_cost_limit: None,
        monthly_cost_limit: None,
        requests_per_minute: None,
        tokens_per_minute: None,
        concurrent_calls: None,
        ..calls
    }
}
