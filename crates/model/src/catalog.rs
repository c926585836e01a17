//! The bundled catalogue of models: prices, windows, capabilities. Data and licence in `data/`.

use serde::{Deserialize, Serialize};

use crate::ProviderType;

/// The catalogue as a whole. Unknown fields are ignored, so that a newer file still reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Catalog {
    /// The day its prices were true, `YYYY-MM-DD`.
    pub as_of: String,
    /// Every model known.
    pub models: Vec<CatalogModel>,
}

/// One model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogModel {
    /// Whose model it is.
    pub provider_type: ProviderType,
    /// The exact name on the wire.
    pub model_name: String,
    /// The name for people.
    pub display_name: String,
    /// Its prices.
    #[serde(flatten)]
    pub prices: ListedPrices,
    /// Price of audio input, where it is not that of text.
    #[serde(default)]
    pub audio_input_usd_per_mtok: Option<String>,
    /// Prices of calls with a long input.
    #[serde(default)]
    pub long_context: Option<LongContext>,
    /// Tokens of input and output together.
    pub context_window: u64,
    /// Most tokens of one answer.
    pub max_output_tokens: u64,
    /// What it can do.
    pub capabilities: Capabilities,
    /// The vendor's day of shutdown, `YYYY-MM-DD`.
    #[serde(default)]
    pub deprecation_date: Option<String>,
    /// A key made recently gets 404, though the model is listed.
    #[serde(default)]
    pub closed_to_new_keys: bool,
    /// OpenAI serves it by the Responses API only.
    #[serde(default)]
    pub responses_api_only: bool,
}

/// Prices as the catalogue writes them: decimal strings in USD per 1,000,000 tokens of the standard tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListedPrices {
    /// Price of input.
    pub input_usd_per_mtok: String,
    /// Price of output.
    pub output_usd_per_mtok: String,
    /// Price of input read from the vendor's cache.
    #[serde(default)]
    pub cached_input_usd_per_mtok: Option<String>,
    /// Price of input written to the vendor's cache.
    #[serde(default)]
    pub cache_write_usd_per_mtok: Option<String>,
    /// Price of input written to the vendor's cache for an hour.
    #[serde(default)]
    pub cache_write_1h_usd_per_mtok: Option<String>,
}

/// Prices that replace the standard ones for a whole call whose input is above a threshold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LongContext {
    /// More input tokens than this, caches included.
    pub above_input_tokens: u64,
    /// Its prices.
    #[serde(flatten)]
    pub prices: ListedPrices,
}

/// What a model can take and do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Capabilities {
    /// Images as input.
    pub vision: bool,
    /// Function calls.
    pub tools: bool,
    /// Answers held to a JSON schema.
    pub json_schema: bool,
    /// Thinking before the answer.
    pub reasoning: bool,
    /// PDF as input.
    pub pdf_input: bool,
    /// Temperature and the like; a model without them refuses a call that has them.
    pub sampling_params: bool,
}

impl Catalog {
    /// The catalogue that this version was built with.
    ///
    /// # Errors
    /// Only when the bundled file was broken at build time, which a test excludes.
    pub fn bundled() -> Result<Self, serde_json::Error> {
        serde_json::from_str(include_str!("../data/model-catalog.json"))
    }

    /// The models of one type, in the catalogue's order. A compatible endpoint may serve any of them.
    pub fn of_type(&self, provider_type: ProviderType) -> impl Iterator<Item = &CatalogModel> {
        self.models.iter().filter(move |model| model.provider_type == provider_type)
    }

    /// The entry of exactly this name, never of a prefix: a near name has another price.
    pub fn find(&self, provider_type: ProviderType, model_name: &str) -> Option<&CatalogModel> {
        self.of_type(provider_type).find(|model| model.model_name == model_name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PicoUsd;

    #[test]
    fn the_bundled_catalogue_reads_and_every_price_is_exact() {
        let catalog = Catalog::bundled().unwrap();
        assert!(catalog.models.len() >= 70);
        for model in &catalog.models {
            let prices = [
                Some(&model.prices.input_usd_per_mtok),
                Some(&model.prices.output_usd_per_mtok),
                model.prices.cached_input_usd_per_mtok.as_ref(),
            ];
            for price in prices.into_iter().flatten() {
                assert!(PicoUsd::per_token(price).is_ok(), "{} {price}", model.model_name);
            }
        }
    }

    #[test]
    fn a_price_is_found_by_the_exact_name_only() {
        let catalog = Catalog::bundled().unwrap();
        assert_eq!(
            catalog.find(ProviderType::Claude, "claude-opus-5-5").unwrap().prices.input_usd_per_mtok,
            "4"
        );
        assert!(catalog.find(ProviderType::Claude, "claude-opus").is_none());
        assert!(catalog.find(ProviderType::OpenAi, "claude-opus-5-5").is_none());
    }
}
