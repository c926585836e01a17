//! What calls cost, by exact model names, and the most that one can cost.

use std::{collections::HashMap, sync::Arc};

use model::{Catalog, PicoUsd, Price, ProviderType, TokenUsage, limits::OwnPrice, usage::Rates};
use store::Priced;

use crate::load::Bound;

/// All prices of one catalogue.
#[derive(Default)]
pub(crate) struct PriceList {
    by_name: HashMap<ProviderType, HashMap<String, Arc<Priced>>>,
}

impl PriceList {
    /// Reads a catalogue's. One that is no decimal number is left out, so that it is unknown and not wrong.
    pub(crate) fn of(catalog: &Catalog, version: &str) -> Self {
        let mut list = Self::default();
        for model in &catalog.models {
            let Ok(price) = Price::of(model) else { continue };
            let priced = Priced { version: version.to_owned(), effective: catalog.as_of.clone(), price };
            let of_type = list.by_name.entry(model.provider_type).or_default();
            of_type.insert(model.model_name.clone(), Arc::new(priced));
        }
        list
    }

    /// The price of exactly this model, never of a prefix.
    pub(crate) fn find(&self, provider_type: ProviderType, model: &str) -> Option<&Arc<Priced>> {
        self.by_name.get(&provider_type)?.get(model)
    }

    /// The price of a call: of the model that answered, where that is another entry of the catalogue; else of the one
    /// asked for.
    pub(crate) fn of_call(
        &self,
        provider_type: ProviderType,
        requested: &str,
        returned: Option<&str>,
    ) -> Option<&Arc<Priced>> {
        let answered = returned.and_then(|model| self.find(provider_type, model));
        answered.or_else(|| self.find(provider_type, requested))
    }
}

/// Prices that a person entered for one configuration, true from the day on which it was last changed.
pub(crate) fn own(price: &OwnPrice, effective: String) -> Option<Priced> {
    let input = PicoUsd::per_token(&price.input_usd_per_mtok).ok()?;
    let cached = price.cached_input_usd_per_mtok.as_deref().map(PicoUsd::per_token).transpose().ok()?;
    let standard = Rates {
        input,
        audio_input: input,
        cache_read: cached.unwrap_or(input),
        cache_write: input,
        cache_write_1h: input,
        output: PicoUsd::per_token(&price.output_usd_per_mtok).ok()?,
    };
    let price = Price { standard, long_context: None };
    Some(Priced { version: Priced::OWN.into(), effective, price })
}

/// The most that a call can cost: all of its input at the dearest price of any input that can apply.
pub(crate) fn at_most(price: &Price, bound: Bound) -> PicoUsd {
    let cost = |rates: &Rates| {
        let input =
            [rates.input, rates.audio_input, rates.cache_read, rates.cache_write, rates.cache_write_1h];
        let dearest = input.into_iter().max().unwrap_or_default();
        dearest.times(bound.input).plus(rates.output.times(bound.output))
    };
    let long = price.long_context.filter(|long| bound.input > long.above_input_tokens);
    cost(&price.standard).max(long.map_or(PicoUsd(0), |long| cost(&long.rates)))
}

/// The cost of a usage, and whether it is a guess: the vendor's numbers were, or another service tier was used.
pub(crate) fn cost(priced: Option<&Priced>, usage: Option<&TokenUsage>) -> (Option<PicoUsd>, bool) {
    let (Some(priced), Some(usage)) = (priced, usage) else { return (None, false) };
    let standard = |tier: &String| matches!(tier.as_str(), "default" | "standard" | "auto");
    let guess = usage.approximate || usage.service_tier.as_ref().is_some_and(|tier| !standard(tier));
    (Some(priced.price.cost(usage)), guess)
}

/// An amount as limits count it; what does not fit is more than anyone has.
pub(crate) fn pico(amount: PicoUsd) -> u64 {
    u64::try_from(amount.0.max(0)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list() -> PriceList {
        PriceList::of(&Catalog::bundled().unwrap(), "v1")
    }

    #[test]
    fn a_call_is_priced_by_the_model_that_answered_if_the_catalogue_has_it() {
        let list = list();
        let of = |returned| {
            list.of_call(ProviderType::OpenAi, "gpt-4o-mini", returned).map(|one| one.price.standard.input.0)
        };
        assert_eq!(of(None), Some(150_000));
        assert_eq!(of(Some("gpt-4o-mini-2024-07-18-unheard-of")), Some(150_000));
        assert_eq!(
            of(Some("gpt-4o")),
            list.find(ProviderType::OpenAi, "gpt-4o").map(|one| one.price.standard.input.0)
        );
        assert!(list.of_call(ProviderType::Claude, "gpt-4o-mini", Some("gpt-4o-mini")).is_none());
    }

    #[test]
    fn an_unknown_price_or_usage_makes_an_unknown_cost() {
        let list = list();
        let priced = list.find(ProviderType::OpenAi, "gpt-4o-mini");
        assert_eq!(cost(None, Some(&TokenUsage::default())), (None, false));
        assert_eq!(cost(priced.map(AsRef::as_ref), None), (None, false));
        let flex = TokenUsage { service_tier: Some("flex".into()), ..TokenUsage::default() };
        assert_eq!(cost(priced.map(AsRef::as_ref), Some(&flex)), (Some(PicoUsd(0)), true));
    }

    proptest! {
        #[test]
        fn no_usage_within_the_bound_costs_more_than_at_most(
            at in 0_usize..70, input in 0_u64..400_000, kinds in prop::array::uniform5(0_u64..100), output in 0_u64..100_000,
        ) {
            let catalog = Catalog::bundled().unwrap();
            let price = Price::of(&catalog.models[at]).unwrap();
            let share = |kind: usize| input / 500 * kinds[kind];
            let usage = TokenUsage {
                input: share(0), audio_input: share(1), cache_read: share(2), cache_write: share(3), cache_write_1h: share(4),
                output, ..TokenUsage::default()
            };
            prop_assert!(usage.total_input() <= input);
            let most = at_most(&price, Bound { input, output });
            prop_assert!(price.cost(&usage) <= most);
        }
    }
}
