//! What each configuration and model is priced by, asked once.

use std::{collections::HashMap, sync::Arc};

use model::ProviderType;

use super::{Billed, Configured};
use crate::Priced;

/// What is known of prices. A configuration has few models, so looking through them is quicker than a key of texts for each
/// call.
#[derive(Clone)]
pub(super) struct Prices {
    configured: HashMap<i64, Configured>,
    known: HashMap<i64, Vec<(Asked, Found)>>,
}

/// Whose price was asked for.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Asked {
    provider_config_id: i64,
    provider_type: ProviderType,
    model_name: String,
    returned: Option<String>,
}

/// The number of a price and the price, if there is one.
type Found = Option<(i64, Arc<Priced>)>;

impl Prices {
    pub(super) fn new(configured: HashMap<i64, Configured>) -> Self {
        Self { configured, known: HashMap::new() }
    }

    /// What a configuration is now.
    pub(super) fn configured(&self, config: i64) -> Option<&Configured> {
        self.configured.get(&config)
    }

    /// `None` when nobody asked for it yet.
    pub(super) fn of(&self, billed: &Billed<'_>) -> Option<&Found> {
        let known = self.known.get(&billed.provider_config_id)?;
        known.iter().find(|(asked, _)| asked.is(billed)).map(|(_, found)| found)
    }

    pub(super) fn learn(&mut self, asked: Asked, found: Found) {
        self.known.entry(asked.provider_config_id).or_default().push((asked, found));
    }
}

impl Asked {
    pub(super) fn new(billed: &Billed<'_>) -> Self {
        Self {
            provider_config_id: billed.provider_config_id,
            provider_type: billed.provider_type,
            model_name: billed.model_name.to_owned(),
            returned: billed.returned.map(str::to_owned),
        }
    }

    pub(super) fn billed(&self) -> Billed<'_> {
        Billed {
            provider_config_id: self.provider_config_id,
            provider_type: self.provider_type,
            model_name: &self.model_name,
            returned: self.returned.as_deref(),
        }
    }

    pub(super) fn is(&self, billed: &Billed<'_>) -> bool {
        self.provider_type == billed.provider_type
            && self.model_name == billed.model_name
            && self.returned.as_deref() == billed.returned
    }
}
