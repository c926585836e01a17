//! The specification's example set-ups as plans: which configurations, with which models of the catalogue in force, for
//! which tasks. Deliberately not here: keys, and making anything.

use model::{
    Catalog, CatalogModel, PicoUsd, ProviderType, TaskName,
    draft::NAME_LIMIT,
    set_up::{SetUp, SetUpEntry},
};

/// The specification's limits: "to prevent surprises".
const DAILY: u64 = 1_000_000;
const MONTHLY: u64 = 30_000_000;

/// One configuration of a template, as the specification writes it.
struct Part {
    provider_type: ProviderType,
    /// The model that the specification names, or for Claude, which it names none for, the cheapest of today.
    model: &'static str,
    /// Tasks that it serves first.
    first: &'static [&'static str],
    /// Tasks that it serves when who is first fails.
    behind: &'static [&'static str],
    limited: bool,
}

/// One configuration as it would be made here.
pub(crate) struct Planned {
    pub(crate) entry: SetUpEntry,
    /// Tasks at the end of whose chains it stands.
    pub(crate) joins: Vec<TaskName>,
}

/// No model of this vendor is in the catalogue for a new set-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the catalogue has no model of {} for a new set-up", .0.label())]
pub(crate) struct NoModel(pub(crate) ProviderType);

const EXTRACTING: &[&str] = &["extraction", "validation"];
const WRITING: &[&str] = &["cv_draft", "cover_letter"];
const ALL_TASKS: &[&str] = &["extraction", "cv_draft", "cover_letter", "validation"];

fn parts(set_up: SetUp) -> Vec<Part> {
    let gemini = Part {
        provider_type: ProviderType::Gemini,
        model: "gemini-2.5-flash",
        first: &[],
        behind: &[],
        limited: false,
    };
    let openai = Part { provider_type: ProviderType::OpenAi, model: "gpt-4o-mini", ..gemini };
    let claude = Part { provider_type: ProviderType::Claude, model: "claude-haiku-5-5", ..gemini };
    match set_up {
        SetUp::Production => vec![
            Part { first: EXTRACTING, behind: WRITING, limited: true, ..gemini },
            Part { first: WRITING, behind: EXTRACTING, limited: true, ..openai },
        ],
        // Without routes the default serves every task, so that switching it switches everything.
        SetUp::Development => vec![gemini, openai, claude],
        SetUp::Budget => vec![Part { first: ALL_TASKS, ..gemini }],
    }
}

/// What a template would make; `taken` are the names that are taken, in lower case.
///
/// # Errors
/// When a vendor has no model for it.
pub(crate) fn plan(set_up: SetUp, catalog: &Catalog, taken: &[String]) -> Result<Vec<Planned>, NoModel> {
    let planned = |(place, part): (usize, Part)| {
        let (model, instead_of) = model_for(catalog, &part).ok_or(NoModel(part.provider_type))?;
        let entry = SetUpEntry {
            provider_type: part.provider_type,
            model_name: model.model_name.clone(),
            display_name: free_name(&model.display_name, taken),
            input_usd_per_mtok: model.prices.input_usd_per_mtok.clone(),
            output_usd_per_mtok: model.prices.output_usd_per_mtok.clone(),
            instead_of,
            is_default: place == 0,
            tasks: names(part.first),
            daily_token_limit: part.limited.then_some(DAILY),
            monthly_token_limit: part.limited.then_some(MONTHLY),
        };
        Ok(Planned { entry, joins: names(part.behind) })
    };
    parts(set_up).into_iter().enumerate().map(planned).collect()
}

fn names(tasks: &[&str]) -> Vec<TaskName> {
    tasks.iter().filter_map(|task| task.parse().ok()).collect()
}

/// The model of a part, and the one that it takes the place of. A vendor closes models to new keys and shuts them down;
/// the one whose price is nearest is then what the specification's was: of two that are as near, the later in the list.
fn model_for<'a>(catalog: &'a Catalog, part: &Part) -> Option<(&'a CatalogModel, Option<String>)> {
    let named = catalog.find(part.provider_type, part.model);
    if let Some(model) = named.filter(|model| stays(model)) {
        return Some((model, None));
    }
    // Where the catalogue does not know the specification's model any more, the cheapest.
    let near = named.map_or(0, price);
    let mut open: Vec<&CatalogModel> =
        catalog.of_type(part.provider_type).filter(|model| stays(model)).collect();
    open.reverse();
    let nearest = open.into_iter().min_by_key(|model| price(model).abs_diff(near))?;
    Some((nearest, Some(named.map_or_else(|| part.model.to_owned(), |model| model.display_name.clone()))))
}

/// Whether a new key can use it, and goes on doing so as far as is known.
fn stays(model: &CatalogModel) -> bool {
    model.deprecation_date.is_none() && !model.closed_to_new_keys && !model.responses_api_only
}

/// Of one token in and one out. A price that does not read is as far from all others as can be.
fn price(model: &CatalogModel) -> i128 {
    let of = |text: &str| PicoUsd::per_token(text).map_or(i128::from(u64::MAX), |price| price.0);
    of(&model.prices.input_usd_per_mtok) + of(&model.prices.output_usd_per_mtok)
}

/// "Name", "Name 2", "Name 3", … whichever is free, within the limit.
fn free_name(name: &str, taken: &[String]) -> String {
    let numbered = |number: u32| {
        let suffix = if number == 1 { String::new() } else { format!(" {number}") };
        name.chars().take(NAME_LIMIT - suffix.len()).collect::<String>() + &suffix
    };
    (1..).map(numbered).find(|free| !taken.contains(&free.to_lowercase())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(set_up: SetUp, taken: &[String]) -> Vec<Planned> {
        plan(set_up, &Catalog::bundled().unwrap(), taken).unwrap()
    }

    #[test]
    fn every_model_of_a_template_is_open_to_new_keys_and_is_not_about_to_go() {
        let catalog = Catalog::bundled().unwrap();
        for set_up in SetUp::ALL {
            for Planned { entry, .. } in planned(set_up, &[]) {
                let model = catalog.find(entry.provider_type, &entry.model_name).unwrap();
                assert!(stays(model), "{} {}", set_up.as_str(), entry.model_name);
            }
        }
    }

    #[test]
    fn what_the_specification_names_is_taken_while_it_is_open_and_the_nearest_in_price_afterwards() {
        let mut catalog = Catalog::bundled().unwrap();
        let gemini = |catalog: &Catalog| plan(SetUp::Budget, catalog, &[]).unwrap().remove(0).entry;
        let today = gemini(&catalog);
        assert_eq!(today.model_name, "gemini-3.5-flash-lite", "it costs exactly as much");
        assert_eq!(today.instead_of.as_deref(), Some("Gemini 2.5 Flash"));
        let named = catalog.models.iter_mut().find(|model| model.model_name == "gemini-2.5-flash").unwrap();
        (named.closed_to_new_keys, named.deprecation_date) = (false, None);
        let open = gemini(&catalog);
        assert_eq!((open.model_name.as_str(), open.instead_of), ("gemini-2.5-flash", None));
        catalog.models.retain(|model| model.provider_type != ProviderType::Gemini);
        let none = plan(SetUp::Budget, &catalog, &[]).err();
        assert_eq!(none, Some(NoModel(ProviderType::Gemini)));
    }

    #[test]
    fn production_has_each_vendor_stand_in_for_the_other_and_every_task_is_somebodys() {
        let production = planned(SetUp::Production, &[]);
        let mut first: Vec<&TaskName> = production.iter().flat_map(|one| &one.entry.tasks).collect();
        first.sort_unstable();
        assert_eq!(first.len(), 4);
        assert_eq!(production[0].joins, production[1].entry.tasks);
        assert_eq!(production[1].joins, production[0].entry.tasks);
        assert!(production.iter().all(|one| one.entry.daily_token_limit == Some(DAILY)));
    }

    #[test]
    fn one_of_a_template_is_the_default_and_development_has_no_routes() {
        for set_up in SetUp::ALL {
            let defaults = planned(set_up, &[]).iter().filter(|one| one.entry.is_default).count();
            assert_eq!(defaults, 1);
        }
        let development = planned(SetUp::Development, &[]);
        assert_eq!(development.len(), 3);
        assert!(development.iter().all(|one| one.entry.tasks.is_empty() && one.joins.is_empty()));
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let name = planned(SetUp::Budget, &[]).remove(0).entry.display_name;
        let taken = [name.to_lowercase(), format!("{} 2", name.to_lowercase())];
        assert_eq!(planned(SetUp::Budget, &taken).remove(0).entry.display_name, format!("{name} 3"));
        assert_eq!(free_name(&"x".repeat(90), &["x".repeat(80)]).chars().count(), NAME_LIMIT);
    }
}
