//! Routes that cannot serve their task are refused when they are saved, not when the first call fails.

use model::{
    Catalog, ProviderId, TaskRefusal,
    limits::BEST_QUALITY,
    routing::{Abilities, CHAIN_LIMIT, Capability, RouteMode, TaskRoute, WEIGHT_LIMIT},
};
use store::Provider;

/// Why a route cannot be saved, the first reason of several.
pub fn route_refusal(route: &TaskRoute, providers: &[Provider], catalog: &Catalog) -> Option<TaskRefusal> {
    let message = shape_fault(route).or_else(|| {
        let lacking = refused_when_saved(route, providers, catalog);
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

/// Members of a route whose models are known to lack what the task needs, with what they lack. What is unknown is not
/// among it. An automatic route has no members of its own: it chooses those that can.
pub fn refused_when_saved(
    route: &TaskRoute,
    providers: &[Provider],
    catalog: &Catalog,
) -> Vec<(ProviderId, Vec<Capability>)> {
    if route.mode == RouteMode::Auto {
        return Vec::new();
    }
    let lacks = |id: ProviderId| {
        let draft = &providers.iter().find(|provider| provider.id == id)?.draft;
        let abilities = Abilities::of(catalog.find(draft.provider_type, &draft.model_name));
        let lacks = route.needs.lacking(&abilities);
        (!lacks.is_empty()).then_some((id, lacks))
    };
    route.chain.iter().filter_map(|member| lacks(member.provider)).collect()
}

#[cfg(test)]
mod tests {
    use model::routing::Needs;

    use super::*;
    use crate::snapshot::made::{id, provider, route};

    #[test]
    fn a_member_that_is_known_to_lack_a_need_is_refused_and_an_unknown_one_is_not() {
        let catalog = Catalog::bundled().unwrap();
        let small = catalog.models.iter().find(|model| {
            model.provider_type == model::ProviderType::OpenAi && model.context_window < 1_000_000
        });
        let providers = [provider(1, &small.unwrap().model_name), provider(2, "never-heard-of")];
        let needs = Needs { context_tokens: Some(1_000_000), ..Needs::default() };
        let chain = TaskRoute { needs, ..route(RouteMode::Chain, &[(1, 0), (2, 0)]) };
        assert_eq!(refused_when_saved(&chain, &providers, &catalog), [(id(1), vec![Capability::Context])]);
        let auto = TaskRoute { mode: RouteMode::Auto, ..chain };
        assert_eq!(refused_when_saved(&auto, &providers, &catalog), []);
    }
}
