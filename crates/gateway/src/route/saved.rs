//! Routes that cannot serve their task are refused when they are saved, not when the first call fails.

use model::{
    Catalog, Price, ProviderDraft, ProviderId, TaskName, TaskRefusal,
    limits::BEST_QUALITY,
    routing::{Abilities, CHAIN_LIMIT, Capability, RouteMode, TaskRoute, WEIGHT_LIMIT},
};
use store::Provider;

/// Why a route cannot be saved, the first reason of several.
pub fn route_refusal(route: &TaskRoute, providers: &[Provider], catalog: &Catalog) -> Option<TaskRefusal> {
    let message = shape_fault(route)
        .or_else(|| {
            let lacking = refused_when_saved(route, providers, catalog);
            lacking.first().map(|(id, lacks)| lacking_sentence(name(*id, providers), lacks))
        })
        .or_else(|| nobody_fits(route, providers, catalog))?;
    Some(TaskRefusal { task: route.task.clone(), message })
}

/// A place that a configuration's model is known to be unable to fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misplaced {
    /// Of which task.
    pub task: TaskName,
    /// Whether the form puts it first there; else it stands in the chain, and the form changes its model.
    pub is_first: bool,
    /// What is wrong and what to do, for a person.
    pub message: String,
}

/// Places in routes that a form gives to a model which is known to lack what their tasks need: first places that it takes,
/// and with another model every place that it keeps. What it had with the same model is left alone: a task or a catalogue
/// that changed since must not keep a name from being changed.
pub fn misplaced(
    draft: &ProviderDraft,
    before: Option<&Provider>,
    routes: &[TaskRoute],
    catalog: &Catalog,
) -> Vec<Misplaced> {
    let abilities = Abilities::of(catalog.find(draft.provider_type, &draft.model_name));
    let is_same = before.is_some_and(|before| before.draft.model_name == draft.model_name);
    let place = |route: &TaskRoute| {
        let is_first = draft.tasks.contains(&route.task);
        let was_first = before.is_some_and(|before| before.draft.tasks.contains(&route.task));
        let stood = before.is_some_and(|before| route.chain.iter().any(|one| one.provider == before.id));
        // Who gives a first place up leaves the chain.
        let stays = is_first || (stood && !was_first);
        let is_new = if is_same { is_first && !was_first } else { stays };
        let lacks = route.needs.lacking(&abilities);
        (is_new && !lacks.is_empty()).then(|| Misplaced {
            task: route.task.clone(),
            is_first,
            message: misplaced_sentence(&route.task, is_first, &lacks),
        })
    };
    // An automatic route has no places.
    routes.iter().filter(|route| route.mode != RouteMode::Auto).filter_map(place).collect()
}

fn misplaced_sentence(task: &TaskName, is_first: bool, lacks: &[Capability]) -> String {
    let (where_to, lacks) = (if is_first { "this task" } else { "its chain" }, words(lacks));
    format!(
        "The model cannot serve {task}: it has {lacks}. Choose another model, or take the provider out of {where_to}."
    )
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
    let lacks = words(lacks);
    format!("{name} cannot serve this task: its model has {lacks}. Take it out, or need less.")
}

pub(super) fn words(lacks: &[Capability]) -> String {
    lacks.iter().map(|one| lack(*one)).collect::<Vec<_>>().join(", ")
}

/// An automatic route chooses among those who are switched on, so it is refused when it is known that it can choose none
/// of them. How fast they answer is only known by calls.
fn nobody_fits(route: &TaskRoute, providers: &[Provider], catalog: &Catalog) -> Option<String> {
    let active = || providers.iter().filter(|provider| provider.draft.is_active);
    let is_hopeless = route.mode == RouteMode::Auto
        && active().next().is_some()
        && active().all(|provider| !can_be_chosen(route, &provider.draft, catalog));
    is_hopeless.then(|| {
        "None of the providers that are on can be chosen for this task: each lacks what it needs, a grade that is high \
         enough, or a known price. Need less, lower the grade, or choose a chain."
            .to_owned()
    })
}

/// Whether the automatic choice may ever fall on it, as far as is known.
fn can_be_chosen(route: &TaskRoute, draft: &ProviderDraft, catalog: &Catalog) -> bool {
    let entry = catalog.find(draft.provider_type, &draft.model_name);
    let graded = |floor: u8| draft.calls.quality.is_some_and(|grade| grade >= floor);
    let listed = || entry.is_some_and(|model| Price::of(model).is_ok());
    route.needs.lacking(&Abilities::of(entry)).is_empty()
        && route.bounds.min_quality.is_none_or(graded)
        && (draft.calls.price.is_some() || listed())
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
    use model::routing::{AutoBounds, Needs};

    use super::*;
    use crate::snapshot::made::{id, provider, route, task};

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
        assert_eq!(route_refusal(&auto, &providers, &catalog).map(|one| one.task), Some(task()));
    }

    #[test]
    fn an_automatic_route_is_refused_when_it_is_known_that_it_can_choose_nobody() {
        let catalog = Catalog::bundled().unwrap();
        let graded = |number, model: &str, quality| {
            let mut provider = provider(number, model);
            provider.draft.calls.quality = quality;
            provider
        };
        let floor = AutoBounds { min_quality: Some(4), ..AutoBounds::default() };
        let auto = TaskRoute { bounds: floor, ..route(RouteMode::Auto, &[]) };
        let refused = |providers: &[Provider]| route_refusal(&auto, providers, &catalog).is_some();
        let unpriced = graded(3, "never-heard-of", Some(5));
        let low = [graded(1, "gpt-4o", Some(3)), graded(2, "gpt-4o", None), unpriced];
        assert!(refused(&low));
        let mut off = graded(4, "gpt-4o", Some(5));
        off.draft.is_active = false;
        assert!(refused(&[low.to_vec(), vec![off]].concat()));
        assert!(!refused(&[low.to_vec(), vec![graded(4, "gpt-4o", Some(4))]].concat()));
        // Nothing is known of providers that are still to come.
        assert!(!refused(&[]));
    }

    #[test]
    fn a_form_is_refused_a_place_that_its_model_is_known_to_be_unable_to_fill() {
        let mut catalog = Catalog::bundled().unwrap();
        for model in catalog.models.iter_mut().filter(|model| model.model_name == "gpt-4o-mini") {
            model.capabilities.vision = false;
        }
        let needs = Needs { vision: true, ..Needs::default() };
        let chain = TaskRoute { needs, ..route(RouteMode::Chain, &[(9, 0), (1, 0)]) };
        let form = |model: &str, first: bool| ProviderDraft {
            tasks: first.then(task).into_iter().collect(),
            ..provider(1, model).draft
        };
        let refused = |draft: &ProviderDraft, before: Option<&Provider>, route: &TaskRoute| {
            let misplaced = misplaced(draft, before, std::slice::from_ref(route), &catalog);
            misplaced.first().map(|one| one.is_first)
        };
        assert_eq!(refused(&form("gpt-4o-mini", true), None, &chain), Some(true), "a new one takes it");
        assert_eq!(refused(&form("gpt-4o-mini", false), None, &chain), None);
        assert_eq!(refused(&form("gpt-4o", true), None, &chain), None);
        assert_eq!(refused(&form("never-heard-of", true), None, &chain), None, "unknown stays unknown");
        let able = provider(1, "gpt-4o");
        assert_eq!(refused(&form("gpt-4o-mini", false), Some(&able), &chain), Some(false), "it stays second");
        let second = provider(1, "gpt-4o-mini");
        assert_eq!(refused(&form("gpt-4o-mini", false), Some(&second), &chain), None, "it was there before");
        assert_eq!(refused(&form("gpt-4o-mini", true), Some(&second), &chain), Some(true), "it moves up");
        let first = Provider { draft: form("gpt-4o", true), ..provider(1, "gpt-4o") };
        assert_eq!(
            refused(&form("gpt-4o-mini", false), Some(&first), &chain),
            None,
            "it leaves with its place"
        );
        let auto = TaskRoute { mode: RouteMode::Auto, ..chain };
        assert_eq!(refused(&form("gpt-4o-mini", true), None, &auto), None);
    }
}
