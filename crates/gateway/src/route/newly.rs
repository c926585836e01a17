//! Places that come from elsewhere, by a bundle or a sync, to a model that is known to be unable to fill them.

use model::{
    Catalog, ProviderDraft, ProviderId, TaskName, routing::Abilities, routing::RouteMode, routing::TaskRoute,
};
use store::Provider;

use super::saved::words;

/// A configuration that a route brings to a task which its model cannot serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The configuration, by its name.
    pub name: String,
    /// The task.
    pub task: TaskName,
    /// What its model has, such as "no image input".
    pub lacks: String,
}

/// Members of routes that come, whose models are known to lack what the task needs, and that did not stand there with the same model before:
/// what a catalogue that changed says of those must not keep a new key from coming into force.
pub fn newly_unfit(
    routes: &[TaskRoute],
    drafts: &[(ProviderId, &ProviderDraft)],
    before: (&[TaskRoute], &[Provider]),
    catalog: &Catalog,
) -> Vec<Unfit> {
    let stood = |task: &TaskName, id: ProviderId, model_name: &str| {
        let route = before.0.iter().find(|route| route.task == *task);
        let provider = before.1.iter().find(|provider| provider.id == id);
        route.is_some_and(|route| route.chain.iter().any(|member| member.provider == id))
            && provider.is_some_and(|provider| provider.draft.model_name == model_name)
    };
    let unfit = |route: &TaskRoute, id: ProviderId| {
        let (_, draft) = drafts.iter().find(|(one, _)| *one == id)?;
        let abilities = Abilities::of(catalog.find(draft.provider_type, &draft.model_name));
        let lacks = route.needs.lacking(&abilities);
        let is_new = !lacks.is_empty() && !stood(&route.task, id, &draft.model_name);
        is_new.then(|| Unfit {
            name: draft.display_name.clone(),
            task: route.task.clone(),
            lacks: words(&lacks),
        })
    };
    // An automatic route has no places: it chooses those that can.
    let routes = routes.iter().filter(|route| route.mode != RouteMode::Auto);
    routes.flat_map(|route| route.chain.iter().filter_map(|one| unfit(route, one.provider))).collect()
}

#[cfg(test)]
mod tests {
    use model::routing::Needs;

    use super::*;
    use crate::snapshot::made::{provider, route};

    #[test]
    fn a_place_that_comes_is_refused_to_a_model_that_cannot_fill_it_unless_it_had_it_before() {
        let mut catalog = Catalog::bundled().unwrap();
        for model in catalog.models.iter_mut().filter(|model| model.model_name == "gpt-4o-mini") {
            model.capabilities.vision = false;
        }
        let needs = Needs { vision: true, ..Needs::default() };
        let chain = TaskRoute { needs, ..route(RouteMode::Chain, &[(1, 0), (2, 0), (3, 0)]) };
        let [blind, able, unknown] = [(1, "gpt-4o-mini"), (2, "gpt-4o"), (3, "never-heard-of")]
            .map(|(number, model)| provider(number, model));
        let drafts: Vec<_> = [&blind, &able, &unknown].map(|one| (one.id, &one.draft)).into();
        let of = |routes: &[TaskRoute], before: (&[TaskRoute], &[Provider])| {
            let unfit = newly_unfit(routes, &drafts, before, &catalog);
            unfit.into_iter().map(|one| (one.name, one.lacks)).collect::<Vec<_>>()
        };
        let chain = [chain];
        let refused = vec![(blind.draft.display_name.clone(), "no image input".to_owned())];
        assert_eq!(of(&chain, (&[], &[])), refused);
        assert_eq!(of(&chain, (&chain, std::slice::from_ref(&blind))), [], "it stood there");
        let other = Provider { draft: able.draft.clone(), ..blind.clone() };
        assert_eq!(of(&chain, (&chain, &[other])), refused, "with another model");
        let auto = [TaskRoute { mode: RouteMode::Auto, ..chain[0].clone() }];
        assert_eq!(of(&auto, (&[], &[])), []);
    }
}
