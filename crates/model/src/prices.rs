//! What a person sees and decides about prices: the catalogue in force, what a file would change of it, and what pricing
//! the history anew comes to.

use serde::{Deserialize, Serialize};

use crate::{Catalog, CatalogModel, PicoUsd, ProviderType, Timestamp};

/// The catalogue in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogView {
    /// What rows of the usage log call it.
    pub version: String,
    /// The day on which its prices were true, `YYYY-MM-DD`.
    pub as_of: String,
    /// How many models it knows.
    pub models: usize,
    /// When it was imported; `None` is the one that came with the program.
    pub imported_at: Option<Timestamp>,
}

/// What a catalogue from a file would change. Nothing is imported yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogPreview {
    /// What rows of the usage log would call it: its day and a digest of what it says.
    pub version: String,
    /// The day on which its prices were true.
    pub as_of: String,
    /// The day of the one in force.
    pub as_of_now: String,
    /// How many models it knows.
    pub models: usize,
    /// What is different.
    pub changes: CatalogChanges,
    /// Names of configurations whose model has a price now and would have none.
    pub losing: Vec<String>,
}

/// How one catalogue differs from another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogChanges {
    /// Models that only the newer one knows.
    pub added: Vec<String>,
    /// Models that only the older one knows.
    pub removed: Vec<String>,
    /// Models with another price.
    pub repriced: Vec<PriceChange>,
    /// Models of which something else is different: windows, capabilities, days of shutdown.
    pub other: usize,
}

/// Another price of a model. Prices are decimal strings in USD per 1,000,000 tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceChange {
    /// Whose model it is.
    pub provider_type: ProviderType,
    /// Its exact name.
    pub model_name: String,
    /// Input and output before.
    pub before: (String, String),
    /// Input and output after. They may be the same: caches, audio and long inputs have prices of their own.
    pub after: (String, String),
}

/// What pricing the usage log anew comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repricing {
    /// Rows of that time.
    pub rows: u64,
    /// Rows that cost something else then.
    pub changed: u64,
    /// Rows that stay as they are, because their usage or the price is not known.
    pub left: u64,
    /// Cost of all rows before, where it was known.
    pub before: PicoUsd,
    /// Cost of all rows after, where it is known.
    pub after: PicoUsd,
}

impl CatalogChanges {
    /// What `newer` says that `older` does not, in the order of each.
    pub fn between(older: &Catalog, newer: &Catalog) -> Self {
        let mut changes = Self::default();
        for model in &newer.models {
            match older.find(model.provider_type, &model.model_name) {
                None => changes.added.push(model.model_name.clone()),
                Some(was) if was == model => {}
                Some(was) if prices(was) != prices(model) => changes.repriced.push(PriceChange {
                    provider_type: model.provider_type,
                    model_name: model.model_name.clone(),
                    before: shown(was),
                    after: shown(model),
                }),
                Some(_) => changes.other += 1,
            }
        }
        let gone = |was: &&CatalogModel| newer.find(was.provider_type, &was.model_name).is_none();
        changes.removed = older.models.iter().filter(gone).map(|was| was.model_name.clone()).collect();
        changes
    }

    /// Whether the two say the same.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// By value, since `3` and `3.00` are one price.
fn prices(model: &CatalogModel) -> Option<crate::Price> {
    crate::Price::of(model).ok()
}

fn shown(model: &CatalogModel) -> (String, String) {
    (model.prices.input_usd_per_mtok.clone(), model.prices.output_usd_per_mtok.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalogue_differs_by_models_by_prices_and_by_the_rest() {
        let older = Catalog::bundled().unwrap();
        let mut newer = older.clone();
        let gone = newer.models.remove(0).model_name;
        newer.models[0].prices.output_usd_per_mtok = "77".into();
        newer.models[1].context_window += 1;
        let same = newer.models[2].prices.input_usd_per_mtok.clone();
        newer.models[2].prices.input_usd_per_mtok =
            if same.contains('.') { format!("{same}0") } else { format!("{same}.0") };
        newer.models.push(CatalogModel { model_name: "new-model".into(), ..newer.models[3].clone() });
        let changes = CatalogChanges::between(&older, &newer);
        assert_eq!((changes.added, changes.removed), (vec!["new-model".to_owned()], vec![gone]));
        assert_eq!(changes.repriced.len(), 1, "the same number in other digits is no other price");
        assert_eq!(changes.repriced[0].before, shown(&older.models[1]));
        assert_eq!(changes.repriced[0].after.1, "77");
        assert_eq!(changes.other, 2);
        assert!(CatalogChanges::between(&older, &older).is_none());
    }
}
