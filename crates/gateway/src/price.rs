//! What calls cost, by exact model names, and the most that one can cost.

use std::{collections::HashMap, sync::Arc};

use model::{
    Catalog, PicoUsd, Price, ProviderType, TokenUsage,
    limits::OwnPrice,
    usage::{LongRates, Rates},
};
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

/// Prices that a person entered for one configuration, true from the day on which it was last changed. What a form does not
/// ask for (writes to the cache, audio, the tier of long inputs) stands to the entered prices as it does in the
/// catalogue: vendors give discounts on all of a model's prices alike.
pub(crate) fn own(price: &OwnPrice, effective: String, listed: Option<&Price>) -> Option<Priced> {
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
    let price = match listed {
        Some(listed) => as_listed(standard, listed),
        None => Price { standard, long_context: None },
    };
    Some(Priced { version: Priced::OWN.into(), effective, price })
}

fn as_listed(entered: Rates, listed: &Price) -> Price {
    let from = &listed.standard;
    let of_input = |price: PicoUsd| scaled(entered.input, price, from.input);
    let standard = Rates {
        audio_input: of_input(from.audio_input),
        cache_write: of_input(from.cache_write),
        cache_write_1h: of_input(from.cache_write_1h),
        ..entered
    };
    let long = |long: LongRates| LongRates {
        rates: Rates {
            input: of_input(long.rates.input),
            audio_input: of_input(long.rates.audio_input),
            cache_read: scaled(entered.cache_read, long.rates.cache_read, from.cache_read),
            cache_write: of_input(long.rates.cache_write),
            cache_write_1h: of_input(long.rates.cache_write_1h),
            output: scaled(entered.output, long.rates.output, from.output),
        },
        ..long
    };
    Price { standard, long_context: listed.long_context.map(long) }
}

/// A price that stands to an entered one as one of the catalogue stands to another.
fn scaled(entered: PicoUsd, to: PicoUsd, from: PicoUsd) -> PicoUsd {
    match from.0 {
        0 => entered,
        from => PicoUsd(entered.0.saturating_mul(to.0) / from),
    }
}

/// Whether tokens of a call were priced by what nobody entered.
fn is_derived(price: &Price, usage: &TokenUsage) -> bool {
    let is_long = price.long_context.is_some_and(|long| usage.total_input() > long.above_input_tokens);
    is_long
        || [usage.audio_input, usage.cache_write, usage.cache_write_1h].into_iter().any(|tokens| tokens > 0)
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

/// The cost of a usage, and whether it is a guess: the vendor's numbers were, another service tier was used, or a person's
/// own prices do not name what was used.
pub(crate) fn cost(priced: Option<&Priced>, usage: Option<&TokenUsage>) -> (Option<PicoUsd>, bool) {
    let (Some(priced), Some(usage)) = (priced, usage) else { return (None, false) };
    let standard = |tier: &String| matches!(tier.as_str(), "default" | "standard" | "auto");
    let guess = usage.approximate || usage.service_tier.as_ref().is_some_and(|tier| !standard(tier));
    let derived = priced.version == Priced::OWN && is_derived(&priced.price, usage);
    (Some(priced.price.cost(usage)), guess || derived)
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

    #[test]
    fn what_own_prices_leave_out_stands_to_them_as_in_the_catalogue_and_makes_an_estimate() {
        let entered = |input: &str, output: &str| OwnPrice {
            input_usd_per_mtok: input.into(),
            output_usd_per_mtok: output.into(),
            cached_input_usd_per_mtok: None,
        };
        let list = list();
        // Half of Claude Haiku 4.5's 1 and 5: writes cost 1.25 and 2 times the input.
        let haiku = list.find(ProviderType::Claude, "claude-haiku-4-5").map(|one| &one.price);
        let half = own(&entered("0.5", "2.5"), String::new(), haiku).unwrap();
        let cost_of = |usage: &TokenUsage| cost(Some(&half), Some(usage));
        let plain = TokenUsage { input: 1_000, cache_read: 1_000, output: 1_000, ..TokenUsage::default() };
        assert_eq!(cost_of(&plain), (Some(PicoUsd(3_500_000_000)), false));
        let short = TokenUsage { cache_write: 1_000, ..TokenUsage::default() };
        assert_eq!(cost_of(&short), (Some(PicoUsd(625_000_000)), true));
        let hour = TokenUsage { cache_write_1h: 1_000, ..TokenUsage::default() };
        assert_eq!(cost_of(&hour), (Some(PicoUsd(1_000_000_000)), true));
        assert!(at_most(&half.price, Bound { input: 1_000, output: 0 }) >= PicoUsd(1_000_000_000));

        let pro = list.find(ProviderType::Gemini, "gemini-2.5-pro").map(|one| &one.price).unwrap();
        let long = pro.long_context.unwrap();
        let twice = Rates::map(pro.standard, |price| PicoUsd(price.0 * 2));
        let usd = |price: PicoUsd| format!("{}.{:06}", price.0 / 1_000_000, price.0 % 1_000_000);
        let twice = own(&entered(&usd(twice.input), &usd(twice.output)), String::new(), Some(pro)).unwrap();
        let much = TokenUsage { input: long.above_input_tokens + 1, output: 7, ..TokenUsage::default() };
        assert_eq!(cost(Some(&twice), Some(&much)), (Some(PicoUsd(pro.cost(&much).0 * 2)), true));
        // Of a model that the catalogue does not know there is nothing to go by.
        let unknown = own(&entered("0.5", "2.5"), String::new(), None).unwrap();
        assert_eq!(cost(Some(&unknown), Some(&short)), (Some(PicoUsd(500_000_000)), true));
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
