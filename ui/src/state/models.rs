//! Suggestions for the model field. Any name is accepted; the catalogue only helps to find one.

use model::{Catalog, CatalogModel, ProviderType, writing};

use crate::{state::age, t};

pub use model::text::round_count;

/// Models of a type whose name contains what was typed, names that start with it first.
pub fn suggestions<'a>(
    catalog: &'a Catalog,
    provider_type: ProviderType,
    typed: &str,
) -> Vec<&'a CatalogModel> {
    let typed = typed.trim().to_lowercase();
    let matching = |model: &&CatalogModel| {
        model.model_name.to_lowercase().contains(&typed) || model.display_name.to_lowercase().contains(&typed)
    };
    let starts = |model: &CatalogModel| model.model_name.to_lowercase().starts_with(&typed);
    let stays = |model: &CatalogModel| model.deprecation_date.is_none() && !model.closed_to_new_keys;
    let found: Vec<&CatalogModel> = catalog.of_type(provider_type).filter(matching).collect();
    let ranked = |start: bool, stay: bool| {
        found.iter().copied().filter(move |model| (starts(model), stays(model)) == (start, stay))
    };
    [(true, true), (true, false), (false, true), (false, false)]
        .into_iter()
        .flat_map(|(start, stay)| ranked(start, stay))
        .collect()
}

/// A decimal price as money, exactly: `2` → `$2.00`, `0.075` → `$0.075`.
pub fn price(decimal: &str) -> String {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    writing::dollars(&format!("${whole}.{fraction:0<2}"))
}

/// What a model can do, in words.
pub fn capabilities(model: &CatalogModel) -> Vec<String> {
    let known = model.capabilities;
    let words = [
        (known.vision, t!("capability-vision")),
        (known.pdf_input, t!("capability-pdf")),
        (known.tools, t!("capability-tools")),
        (known.json_schema, t!("capability-json")),
        (known.reasoning, t!("capability-reasoning")),
    ];
    words.into_iter().filter(|(has, _)| *has).map(|(_, word)| word).collect()
}

/// What to know before choosing a model, a full sentence; `today` is `YYYY-MM-DD`.
pub fn warning(model: &CatalogModel, today: &str) -> Option<String> {
    match &model.deprecation_date {
        Some(day) if day.as_str() <= today => Some(t!("model-shut-down", day = age::catalog_date(day))),
        Some(day) => Some(t!("model-shuts-down", day = age::catalog_date(day))),
        None => model.closed_to_new_keys.then(|| t!("model-closed")),
    }
}

/// Where `part` occurs in `whole`, ignoring case, for marking it; `None` where case changes lengths.
pub fn occurrence<'a>(whole: &'a str, part: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let lower = whole.to_lowercase();
    let part = part.trim().to_lowercase();
    let start = lower.find(&part).filter(|_| !part.is_empty() && lower.len() == whole.len())?;
    let end = start + part.len();
    Some((whole.get(..start)?, whole.get(start..end)?, whole.get(end..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_of_the_type_and_contain_what_was_typed() {
        let catalog = Catalog::bundled().unwrap();
        let found = suggestions(&catalog, ProviderType::OpenAi, "5.4");
        assert!(!found.is_empty());
        assert!(found.iter().all(|model| model.model_name.contains("5.4")));
        assert!(suggestions(&catalog, ProviderType::OpenAi, "claude").is_empty());
        assert_eq!(
            suggestions(&catalog, ProviderType::Claude, "").len(),
            catalog.of_type(ProviderType::Claude).count()
        );
    }

    #[test]
    fn prices_and_contexts_keep_their_digits() {
        assert_eq!(["2", "0.75", "0.075", "4.5"].map(price), ["$2.00", "$0.75", "$0.075", "$4.50"]);
        assert_eq!(
            [1_000_000, 400_000, 1_048_576, 1_500_000].map(round_count),
            ["1M", "400K", "1.05M", "1.5M"]
        );
    }

    #[test]
    fn a_shutdown_that_has_passed_is_said_as_such() {
        let catalog = Catalog::bundled().unwrap();
        let mut model = catalog.models[0].clone();
        model.deprecation_date = Some("2027-01-14".into());
        assert!(warning(&model, "2026-11-23").unwrap().contains("14 Jan 2027"));
        assert_ne!(warning(&model, "2026-11-23"), warning(&model, "2027-01-14"));
    }

    #[test]
    fn an_occurrence_is_cut_at_character_borders_or_not_at_all() {
        assert_eq!(occurrence("gpt-5.4-mini", "5.4"), Some(("gpt-", "5.4", "-mini")));
        assert_eq!(occurrence("İstanbul", "st"), None);
        assert_eq!(occurrence("abc", ""), None);
    }
}
