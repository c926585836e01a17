//! Cheaper models for each task: the tokens that it really took, at the prices of others that meet its needs.
//!
//! The sums know all input of a call together. So a model's price is reckoned without its discount for cached input, while
//! what the present one cost is what was really paid, with all its discounts: the saving is rather too small than too large.

use std::collections::HashMap;

use model::{
    Catalog, CatalogModel, PicoUsd, Price, ProviderView,
    insights::{Cheaper, Served, Suggestion, Trial},
    limits::OwnPrice,
    routing::{Abilities, RouteMode, TaskRoute},
    usage::Rates,
};

mod risk;

use risk::risks;

/// Successful attempts in thirty days that say what a task takes.
const LEAST_CALLS: u64 = 100;
/// A saving below this is not worth a person's time: a dollar in thirty days.
const LEAST_SAVING: PicoUsd = PicoUsd(PicoUsd::ONE_USD);
/// And below one part of so many of what the task costs.
const LEAST_PART: i128 = 10;
/// A model that is shut down within so many days is none to change to.
pub const DAYS_TO_LIVE: i64 = 90;

/// What suggestions are made from.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// Every configuration.
    pub providers: &'a [ProviderView],
    /// Every task's route.
    pub routes: &'a [TaskRoute],
    /// The catalogue in force.
    pub catalog: &'a Catalog,
    /// Who served what in the last thirty whole days.
    pub served: &'a [Served],
    /// A model that is shut down until this day is none to change to, `YYYY-MM-DD`: [`DAYS_TO_LIVE`] from today.
    pub fit_until: &'a str,
}

/// A model that may serve: a configuration's own, or one of the catalogue.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    /// Its configuration, or one of the same vendor with a key.
    provider: &'a ProviderView,
    /// Its name.
    model: &'a str,
    entry: Option<&'a CatalogModel>,
    /// Whether the configuration is its own.
    is_own: bool,
}

/// Tasks that could be served for less, the largest saving first.
pub fn cheaper(facts: Facts<'_>) -> Vec<Suggestion> {
    let mut suggestions: Vec<Suggestion> =
        facts.routes.iter().filter_map(|route| suggestion(facts, route)).collect();
    suggestions.sort_by_key(|suggestion| std::cmp::Reverse(suggestion.most_saved()));
    suggestions
}

fn suggestion(facts: Facts<'_>, route: &TaskRoute) -> Option<Suggestion> {
    let holder = holder(facts, route)?;
    let entry = facts.catalog.find(holder.provider_type, &holder.model_name);
    let now = Candidate { provider: holder, model: &holder.model_name, entry, is_own: true };
    let used = served(facts, route, &now)
        .filter(|used| used.succeeded >= LEAST_CALLS && used.succeeded_unpriced == 0)?;
    let found = candidates(facts).into_iter().filter(|other| other.provider.id != holder.id || !other.is_own);
    let found = found.filter_map(|other| {
        let cost = cost(&other, used)?;
        let saved = used.cost.0 - cost.0;
        let worth = saved >= LEAST_SAVING.0 && saved >= used.cost.0 / LEAST_PART;
        (worth && fits(facts, route, &other)).then_some((other, cost))
    });
    let cheaper = best(found.collect(), holder);
    let cheaper: Vec<Cheaper> = cheaper
        .into_iter()
        .map(|(other, cost)| Cheaper {
            provider_type: other.provider.provider_type,
            model: other.model.to_owned(),
            risks: risks(route, &now, &other, used, served(facts, route, &other)),
            trial: trial(&other),
            cost,
        })
        .collect();
    (!cheaper.is_empty()).then(|| Suggestion {
        task: route.task.clone(),
        provider: holder.id,
        name: holder.display_name.clone(),
        provider_type: holder.provider_type,
        model: holder.model_name.clone(),
        calls: used.calls,
        succeeded: used.succeeded,
        cost: used.cost,
        input_tokens: used.input_tokens,
        output_tokens: used.output_tokens,
        cheaper,
    })
}

/// Who serves a task now. A split is being compared already, and an automatic route takes the cheapest by itself.
fn holder<'a>(facts: Facts<'a>, route: &TaskRoute) -> Option<&'a ProviderView> {
    let active = |one: &&ProviderView| one.is_active;
    let of_chain = route.chain.iter().filter_map(|member| {
        facts.providers.iter().find(|provider| provider.id == member.provider).filter(active)
    });
    let default = facts.providers.iter().find(|provider| provider.is_default && provider.is_active);
    of_chain.chain(default).next().filter(|_| route.mode == RouteMode::Chain)
}

fn served<'a>(facts: Facts<'a>, route: &TaskRoute, of: &Candidate<'_>) -> Option<&'a Served> {
    facts.served.iter().find(|served| {
        of.is_own
            && served.task == route.task.as_str()
            && served.number == of.provider.number
            && served.model == of.model
    })
}

/// Every configuration that can be asked, and every model of the catalogue for whose vendor there is a key.
fn candidates<'a>(facts: Facts<'a>) -> Vec<Candidate<'a>> {
    let usable = |provider: &&ProviderView| provider.has_key || !provider.provider_type.needs_key();
    let own = facts.providers.iter().filter(usable).map(|provider| Candidate {
        model: &provider.model_name,
        entry: facts.catalog.find(provider.provider_type, &provider.model_name),
        is_own: true,
        provider,
    });
    let own: Vec<Candidate<'a>> = own.collect();
    let mut keys: HashMap<_, &ProviderView> = HashMap::new();
    for provider in facts.providers.iter().filter(|provider| provider.has_key && provider.is_active) {
        keys.entry(provider.provider_type).or_insert(provider);
    }
    let is_new = |entry: &&CatalogModel| {
        own.iter()
            .all(|one| (one.provider.provider_type, one.model) != (entry.provider_type, &*entry.model_name))
    };
    let listed = facts.catalog.models.iter().filter(|entry| !entry.closed_to_new_keys).filter(is_new);
    // What a compatible endpoint serves, nobody knows.
    let listed = listed.filter(|entry| entry.provider_type.needs_key()).filter_map(|entry| {
        let provider = *keys.get(&entry.provider_type)?;
        Some(Candidate { provider, model: &entry.model_name, entry: Some(entry), is_own: false })
    });
    own.iter().copied().chain(listed).collect()
}

/// Meets what the task says that it needs, and its bounds. What is unknown is not refused, but said.
fn fits(facts: Facts<'_>, route: &TaskRoute, candidate: &Candidate<'_>) -> bool {
    let grade = candidate.provider.calls.quality.filter(|_| candidate.is_own);
    let graded = route.bounds.min_quality.is_none_or(|floor| grade.is_some_and(|grade| grade >= floor));
    let shutdown = candidate.entry.and_then(|entry| entry.deprecation_date.as_deref());
    // Days in this form are in order as text.
    let lives = shutdown.is_none_or(|day| day > facts.fit_until);
    graded && lives && route.needs.lacking(&Abilities::of(candidate.entry)).is_empty()
}

/// What the same tokens cost there at most; `None` where the price is not known.
fn cost(candidate: &Candidate<'_>, used: &Served) -> Option<PicoUsd> {
    let own = candidate.provider.calls.price.as_ref().filter(|_| candidate.is_own);
    let (input, output) = match own {
        Some(price) => own_rates(price)?,
        None => listed_rates(&Price::of(candidate.entry?).ok()?, used),
    };
    Some(input.times(used.input_tokens).plus(output.times(used.output_tokens)))
}

fn own_rates(price: &OwnPrice) -> Option<(PicoUsd, PicoUsd)> {
    let input = PicoUsd::per_token(&price.input_usd_per_mtok).ok()?;
    Some((input, PicoUsd::per_token(&price.output_usd_per_mtok).ok()?))
}

/// Those of long inputs where the mean call is one.
fn listed_rates(price: &Price, used: &Served) -> (PicoUsd, PicoUsd) {
    let known = used.calls.saturating_sub(used.unknown_usage).max(1);
    let long = price.long_context.filter(|long| used.input_tokens / known > long.above_input_tokens);
    let Rates { input, output, .. } = long.map_or(price.standard, |long| long.rates);
    (input, output)
}

/// One to three: the cheapest of those that can be tried at once, of the same vendor, and of all others.
fn best<'a>(
    mut found: Vec<(Candidate<'a>, PicoUsd)>,
    holder: &ProviderView,
) -> Vec<(Candidate<'a>, PicoUsd)> {
    // Stable: of one price, the list's order.
    found.sort_by_key(|(_, cost)| *cost);
    let kind = |candidate: &Candidate<'_>| match candidate {
        Candidate { is_own: true, provider, .. } if provider.is_active => 0,
        candidate if candidate.provider.provider_type == holder.provider_type => 1,
        _ => 2,
    };
    let mut seen = Vec::new();
    found.retain(|(candidate, _)| {
        let is_first = !seen.contains(&kind(candidate));
        seen.push(kind(candidate));
        is_first
    });
    found
}

fn trial(candidate: &Candidate<'_>) -> Trial {
    let (provider, name) = (candidate.provider.id, candidate.provider.display_name.clone());
    match candidate {
        Candidate { is_own: false, .. } => Trial::Duplicate { provider, name },
        Candidate { provider: one, .. } if one.is_active => Trial::Split { provider, name },
        Candidate { .. } => Trial::SwitchOn { provider, name },
    }
}

#[cfg(test)]
mod tests;
