//! Routes that cannot serve their task are refused when they are saved, not when the first call fails.

use model::{
    Catalog, ProviderId,
    routing::{Abilities, Capability, RouteMode, TaskRoute},
};
use store::Provider;

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
