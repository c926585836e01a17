//! The dialogs around a first or a fuller list: an example set-up, a first provider, a link. What is chosen and what of it is
//! said; keys stay in their fields.

use model::{
    Catalog, CatalogModel, PicoUsd, ProviderDraft, ProviderType, TaskName,
    link::ProposedProvider,
    set_up::{SetUp, SetUpPreview, SetUpRefusal},
};

use super::models::price;
use crate::t;

/// What only these dialogs say.
pub const ENGLISH: &str = include_str!("../../locales/en/set_up.ftl");

/// What the template is called.
pub fn title(set_up: SetUp) -> String {
    match set_up {
        SetUp::Production => t!("set-up-production"),
        SetUp::Development => t!("set-up-development"),
        SetUp::Budget => t!("set-up-budget"),
    }
}

/// What the template is for, a sentence or two.
pub fn lede(set_up: SetUp) -> String {
    match set_up {
        SetUp::Production => t!("set-up-production-lede"),
        SetUp::Development => t!("set-up-development-lede"),
        SetUp::Budget => t!("set-up-budget-lede"),
    }
}

/// Input and output price of a line, as money.
pub fn prices(input: &str, output: &str) -> String {
    t!("set-up-price", input = price(input), output = price(output))
}

/// Vendors whose configuration would be off, since no key was typed for it.
pub fn without_key(preview: &SetUpPreview, typed: &[ProviderType]) -> Vec<ProviderType> {
    let vendors = preview.entries.iter().map(|entry| entry.provider_type);
    vendors.filter(|vendor| !typed.contains(vendor)).collect()
}

/// The refusal of a vendor's key, if there is one.
pub fn refusal_of(refused: &[SetUpRefusal], vendor: ProviderType) -> Option<&SetUpRefusal> {
    refused.iter().find(|refusal| refusal.provider_type == vendor)
}

/// Whether everything could be made in spite of what was refused.
pub fn can_wait(refused: &[SetUpRefusal]) -> bool {
    !refused.is_empty() && refused.iter().all(|refusal| refusal.can_wait)
}

/// Whose key it is, by how it begins; `None` where that says nothing. A gateway's key may begin as OpenAI's, so this only
/// proposes.
pub fn vendor_of(key: &str) -> Option<ProviderType> {
    let key = key.trim();
    let key = key.strip_prefix("Bearer ").unwrap_or(key);
    // The longer beginnings first: Anthropic's and OpenRouter's keys begin as OpenAI's do.
    let starts = [
        ("sk-ant-", ProviderType::Claude),
        ("sk-or-", ProviderType::OpenAiCompatible),
        ("sk-", ProviderType::OpenAi),
        ("AIza", ProviderType::Gemini),
        ("AQ.", ProviderType::Gemini),
        ("gsk_", ProviderType::OpenAiCompatible),
    ];
    starts.into_iter().find(|(start, _)| key.starts_with(start)).map(|(_, vendor)| vendor)
}

/// The model that is proposed for a vendor's new key: the cheapest that is open to it and is not about to go.
pub fn suggested_model(catalog: &Catalog, vendor: ProviderType) -> Option<&CatalogModel> {
    let stays = |model: &&CatalogModel| {
        model.deprecation_date.is_none() && !model.closed_to_new_keys && !model.responses_api_only
    };
    let price = |model: &&CatalogModel| {
        let of = |text: &str| PicoUsd::per_token(text).map_or(i128::MAX / 4, |price| price.0);
        of(&model.prices.input_usd_per_mtok) + of(&model.prices.output_usd_per_mtok)
    };
    catalog.of_type(vendor).filter(stays).min_by_key(price)
}

/// A new configuration of a vendor. What was typed as its address counts where the form asks for one alone: a key goes nowhere
/// that is not shown.
pub fn reached_at(vendor: ProviderType, typed: &str) -> ProviderDraft {
    let own = ProviderDraft::new(vendor);
    let typed = typed.trim();
    if vendor.default_base_url().is_some() || typed.is_empty() {
        return own;
    }
    ProviderDraft { base_url: typed.to_owned(), ..own }
}

/// The form's fields as a link proposes them. A task that this vault does not have is left out; plain http is left for the
/// person to allow.
pub fn proposed_draft(proposed: &ProposedProvider, tasks: &[TaskName]) -> ProviderDraft {
    let own = ProviderDraft::new(proposed.provider_type);
    let base_url =
        if proposed.base_url.is_empty() { own.base_url.clone() } else { proposed.base_url.clone() };
    ProviderDraft {
        base_url,
        model_name: proposed.model_name.clone(),
        display_name: proposed.display_name.clone(),
        tasks: proposed.task.iter().filter(|task| tasks.contains(task)).cloned().collect(),
        ..own
    }
}

#[cfg(test)]
mod tests {
    use model::set_up::SetUpEntry;

    use super::*;

    fn preview(vendors: &[ProviderType]) -> SetUpPreview {
        let entry = |vendor: &ProviderType| SetUpEntry {
            provider_type: *vendor,
            model_name: "m".into(),
            display_name: "M".into(),
            input_usd_per_mtok: "0.3".into(),
            output_usd_per_mtok: "2.5".into(),
            instead_of: None,
            is_default: false,
            tasks: Vec::new(),
            daily_token_limit: None,
            monthly_token_limit: None,
        };
        SetUpPreview {
            entries: vendors.iter().map(entry).collect(),
            routes: Vec::new(),
            default_was: None,
            as_of: "2026-11-23".into(),
        }
    }

    #[test]
    fn a_vendor_without_a_key_is_named_before_anything_is_made() {
        let preview = preview(&[ProviderType::Gemini, ProviderType::OpenAi]);
        assert_eq!(without_key(&preview, &[ProviderType::OpenAi]), [ProviderType::Gemini]);
        assert_eq!(without_key(&preview, &[ProviderType::OpenAi, ProviderType::Gemini]), []);
    }

    #[test]
    fn what_a_vendor_refused_can_wait_and_what_was_mistyped_cannot() {
        let refusal = |vendor, can_wait| SetUpRefusal {
            provider_type: vendor,
            message: String::new(),
            advice: String::new(),
            can_wait,
        };
        let both = [refusal(ProviderType::Gemini, true), refusal(ProviderType::OpenAi, false)];
        assert!(can_wait(&both[..1]) && !can_wait(&both) && !can_wait(&[]));
        assert!(refusal_of(&both, ProviderType::OpenAi).is_some());
        assert!(refusal_of(&both, ProviderType::Claude).is_none());
    }

    #[test]
    fn the_beginning_of_a_key_says_whose_it_is_or_nothing() {
        for (key, vendor) in [
            ("sk-proj-abc", Some(ProviderType::OpenAi)),
            (" sk-ant-api03-abc", Some(ProviderType::Claude)),
            ("sk-or-v1-abc", Some(ProviderType::OpenAiCompatible)),
            ("AIzaSyAbc", Some(ProviderType::Gemini)),
            ("Bearer sk-abc", Some(ProviderType::OpenAi)),
            ("abc", None),
            ("", None),
        ] {
            assert_eq!(vendor_of(key), vendor, "{key}");
        }
    }

    #[test]
    fn a_proposed_model_is_open_to_new_keys_and_none_is_cheaper() {
        let catalog = Catalog::bundled().unwrap();
        for vendor in [ProviderType::Gemini, ProviderType::OpenAi, ProviderType::Claude] {
            let model = suggested_model(&catalog, vendor).unwrap();
            assert!(model.deprecation_date.is_none() && !model.closed_to_new_keys, "{}", model.model_name);
        }
        assert!(suggested_model(&catalog, ProviderType::OpenAiCompatible).is_none());
    }

    #[test]
    fn an_address_that_was_typed_for_another_vendor_gets_no_key() {
        let typed = " http://llm.example.com/v1 ";
        for vendor in ProviderType::ALL {
            let reached = reached_at(vendor, typed).base_url;
            match vendor.default_base_url() {
                Some(own) => assert_eq!(reached, own, "{vendor:?}"),
                None => assert_eq!(reached, typed.trim(), "{vendor:?}"),
            }
        }
        let own = ProviderDraft::new(ProviderType::OpenAiCompatible);
        assert_eq!(reached_at(ProviderType::OpenAiCompatible, "  "), own);
    }

    #[test]
    fn a_link_never_allows_plain_http_by_itself_and_brings_no_unknown_task() {
        let proposed = ProposedProvider {
            provider_type: ProviderType::OpenAiCompatible,
            display_name: "Lab".into(),
            model_name: "qwen".into(),
            base_url: "http://llm.example.com/v1".into(),
            task: Some("interview".parse().unwrap()),
            flags: Vec::new(),
        };
        let draft = proposed_draft(&proposed, &["cv_draft".parse().unwrap()]);
        assert!(!draft.allow_insecure_http && draft.tasks.is_empty());
        assert_eq!(draft.base_url, "http://llm.example.com/v1");
        let known = proposed_draft(&proposed, &["interview".parse().unwrap()]);
        assert_eq!(known.tasks.len(), 1);
    }

    #[test]
    fn prices_are_written_as_money() {
        assert!(prices("0.3", "2.5").contains("$0.30") && prices("0.3", "2.5").contains("$2.50"));
    }
}
