//! Tokens of a call in buckets that do not overlap, and what they cost, exactly.
//!
//! Vendors disagree on what their totals include (section 6.1 of the wire reference): adapters sort each vendor's
//! numbers into these buckets, so that a cost is a plain sum.

use serde::{Deserialize, Serialize};

use crate::{
    PicoUsd,
    catalog::{CatalogModel, LongContext},
    money::PriceError,
};

/// What a call took. The first six buckets do not overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TokenUsage {
    /// Input that no cache served, audio not included.
    pub input: u64,
    /// Audio input, which some models price apart.
    pub audio_input: u64,
    /// Input read from the vendor's cache.
    pub cache_read: u64,
    /// Input written to the vendor's cache for five minutes, or for a time that the vendor does not say.
    pub cache_write: u64,
    /// Input written to the vendor's cache for an hour.
    pub cache_write_1h: u64,
    /// Output, thinking included.
    pub output: u64,
    /// How much of the output was thinking.
    pub reasoning: u64,
    /// The service tier that the vendor says it used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_tier: Option<String>,
    /// Whether the vendor's numbers contradicted each other, or came before the call had ended.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub approximate: bool,
}

/// Prices of one model per token, every gap in the catalogue filled by its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// Of a usual call.
    pub standard: Rates,
    /// Of a call whose whole input is above a threshold; they then hold for the whole call.
    pub long_context: Option<LongRates>,
}

/// Prices of one token of each bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rates {
    /// Of input.
    pub input: PicoUsd,
    /// Of audio input.
    pub audio_input: PicoUsd,
    /// Of input read from the cache.
    pub cache_read: PicoUsd,
    /// Of input written to the cache.
    pub cache_write: PicoUsd,
    /// Of input written to the cache for an hour.
    pub cache_write_1h: PicoUsd,
    /// Of output.
    pub output: PicoUsd,
}

/// Prices above a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LongRates {
    /// They hold for calls with more input tokens than this, caches included.
    pub above_input_tokens: u64,
    /// The prices.
    pub rates: Rates,
}

impl TokenUsage {
    /// Input of all kinds.
    pub fn total_input(&self) -> u64 {
        [self.audio_input, self.cache_read, self.cache_write, self.cache_write_1h]
            .into_iter()
            .fold(self.input, u64::saturating_add)
    }

    /// Everything.
    pub fn total(&self) -> u64 {
        self.total_input().saturating_add(self.output)
    }
}

impl Rates {
    /// Every price changed alike.
    pub fn map(self, change: impl Fn(PicoUsd) -> PicoUsd) -> Self {
        Self {
            input: change(self.input),
            audio_input: change(self.audio_input),
            cache_read: change(self.cache_read),
            cache_write: change(self.cache_write),
            cache_write_1h: change(self.cache_write_1h),
            output: change(self.output),
        }
    }

    fn cost(&self, usage: &TokenUsage) -> PicoUsd {
        [
            (self.input, usage.input),
            (self.audio_input, usage.audio_input),
            (self.cache_read, usage.cache_read),
            (self.cache_write, usage.cache_write),
            (self.cache_write_1h, usage.cache_write_1h),
            (self.output, usage.output),
        ]
        .into_iter()
        .fold(PicoUsd(0), |sum, (price, tokens)| sum.plus(price.times(tokens)))
    }
}

impl Price {
    /// The prices of a catalogue's entry. What it leaves out costs what input costs; above a threshold, what it costs
    /// below, scaled as input is.
    ///
    /// # Errors
    /// When a price is no plain decimal number.
    pub fn of(model: &CatalogModel) -> Result<Self, PriceError> {
        let standard = standard(model)?;
        let long_context = model.long_context.as_ref().map(|long| scaled(&standard, long)).transpose()?;
        Ok(Self { standard, long_context })
    }

    /// What a call cost. Exact; the service tier is not looked at.
    pub fn cost(&self, usage: &TokenUsage) -> PicoUsd {
        let total = usage.total_input();
        let long = self.long_context.filter(|long| total > long.above_input_tokens);
        long.map_or(self.standard, |long| long.rates).cost(usage)
    }
}

fn standard(model: &CatalogModel) -> Result<Rates, PriceError> {
    let input = PicoUsd::per_token(&model.prices.input_usd_per_mtok)?;
    let or_input = |price: &Option<String>| price.as_deref().map_or(Ok(input), PicoUsd::per_token);
    let cache_write = or_input(&model.prices.cache_write_usd_per_mtok)?;
    let cache_write_1h = model.prices.cache_write_1h_usd_per_mtok.as_deref();
    Ok(Rates {
        input,
        audio_input: or_input(&model.audio_input_usd_per_mtok)?,
        cache_read: or_input(&model.prices.cached_input_usd_per_mtok)?,
        cache_write,
        cache_write_1h: cache_write_1h.map_or(Ok(cache_write), PicoUsd::per_token)?,
        output: PicoUsd::per_token(&model.prices.output_usd_per_mtok)?,
    })
}

fn scaled(standard: &Rates, long: &LongContext) -> Result<LongRates, PriceError> {
    let input = PicoUsd::per_token(&long.prices.input_usd_per_mtok)?;
    let scale = |price: PicoUsd| match standard.input.0 {
        0 => price,
        below => PicoUsd(price.0.saturating_mul(input.0) / below),
    };
    let or_scaled = |price: &Option<String>, below: PicoUsd| {
        price.as_deref().map_or_else(|| Ok(scale(below)), PicoUsd::per_token)
    };
    Ok(LongRates {
        above_input_tokens: long.above_input_tokens,
        rates: Rates {
            input,
            audio_input: scale(standard.audio_input),
            cache_read: or_scaled(&long.prices.cached_input_usd_per_mtok, standard.cache_read)?,
            cache_write: or_scaled(&long.prices.cache_write_usd_per_mtok, standard.cache_write)?,
            cache_write_1h: or_scaled(&long.prices.cache_write_1h_usd_per_mtok, standard.cache_write_1h)?,
            output: PicoUsd::per_token(&long.prices.output_usd_per_mtok)?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Catalog, ProviderType};

    fn price(provider_type: ProviderType, name: &str) -> Price {
        Price::of(Catalog::bundled().unwrap().find(provider_type, name).unwrap()).unwrap()
    }

    #[test]
    fn a_call_of_gpt_4o_mini_costs_what_its_price_per_million_says() {
        let usage = TokenUsage { input: 1000, output: 500, ..TokenUsage::default() };
        assert_eq!(price(ProviderType::OpenAi, "gpt-4o-mini").cost(&usage), PicoUsd(450_000_000));
    }

    #[test]
    fn each_bucket_has_its_own_price() {
        // claude-fable-5: 10 in, 50 out, 1 read, 12.5 and 20 written, all per million.
        let usage = TokenUsage {
            input: 6,
            cache_read: 20_443,
            cache_write: 574,
            cache_write_1h: 10,
            output: 489,
            reasoning: 77,
            ..TokenUsage::default()
        };
        let pico =
            6 * 10_000_000 + 20_443 * 1_000_000 + 574 * 12_500_000 + 10 * 20_000_000 + 489 * 50_000_000;
        assert_eq!(price(ProviderType::Claude, "claude-fable-5").cost(&usage), PicoUsd(pico));
    }

    #[test]
    fn above_the_threshold_the_whole_call_has_the_higher_prices() {
        // claude-haiku-5-5: 0.1 in, 0.5 out; above 100,000 tokens 0.5 and 2.5, read 0.05, hourly writes scaled from 0.2.
        let haiku = price(ProviderType::Claude, "claude-haiku-5-5");
        let at = |input| haiku.cost(&TokenUsage { input, output: 10, ..TokenUsage::default() });
        assert_eq!(at(100_000), PicoUsd(100_000 * 100_000 + 10 * 500_000));
        assert_eq!(at(100_001), PicoUsd(100_001 * 500_000 + 10 * 2_500_000));
        let cached = TokenUsage { cache_read: 100_000, cache_write_1h: 1, ..TokenUsage::default() };
        assert_eq!(haiku.cost(&cached), PicoUsd(100_000 * 50_000 + 1_000_000));
    }

    #[test]
    fn no_scaled_price_of_the_bundled_catalogue_is_rounded() {
        for model in Catalog::bundled().unwrap().models {
            let price = Price::of(&model).unwrap();
            let Some(long) = price.long_context else { continue };
            let standard = price.standard;
            for below in
                [standard.audio_input, standard.cache_read, standard.cache_write, standard.cache_write_1h]
            {
                assert_eq!(below.0 * long.rates.input.0 % standard.input.0, 0, "{}", model.model_name);
            }
        }
    }
}
