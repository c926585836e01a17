//! One configuration as calls need it: everything looked up before, nothing left to search.

use std::sync::Arc;

use model::{
    CatalogModel, PicoUsd, ProviderId, ProviderType,
    limits::CallSettings,
    routing::{Abilities, Needs},
};
use providers::BaseUrl;
use store::{Priced, Provider};

use crate::{
    live::Live,
    load::{Bound, Bounds, Load},
    price,
};

/// Seconds until a call is given up, unless a person said otherwise.
const TIMEOUT_S: u32 = 600;
/// Retries, unless a person said otherwise.
const RETRIES: u8 = 1;

/// One configuration. It has no `Debug`: it holds a sealed key.
pub(crate) struct Config {
    pub(crate) provider: Provider,
    /// `None` when the address is none, which only a damaged or imported row can have.
    pub(crate) base_url: Option<BaseUrl>,
    /// Its model's name, as the log's rows share it.
    pub(crate) model_in_log: Arc<str>,
    /// What the catalogue knows of its model.
    pub(crate) entry: Option<CatalogModel>,
    pub(crate) abilities: Abilities,
    pub(crate) bounds: Bounds,
    /// The price of its own model: the person's, else the catalogue's.
    pub(crate) priced: Option<Arc<Priced>>,
    pub(crate) live: Arc<Live>,
}

impl Config {
    pub(crate) fn id(&self) -> ProviderId {
        self.provider.id
    }

    pub(crate) fn number(&self) -> i64 {
        self.provider.number
    }

    pub(crate) fn provider_type(&self) -> ProviderType {
        self.provider.draft.provider_type
    }

    pub(crate) fn model_name(&self) -> &str {
        &self.provider.draft.model_name
    }

    pub(crate) fn display_name(&self) -> &str {
        &self.provider.draft.display_name
    }

    pub(crate) fn is_active(&self) -> bool {
        self.provider.draft.is_active
    }

    pub(crate) fn calls(&self) -> &CallSettings {
        &self.provider.draft.calls
    }

    /// Whether it has what its type needs to be called.
    pub(crate) fn can_be_asked(&self) -> bool {
        self.base_url.is_some() && (self.provider.sealed_key.is_some() || !self.provider_type().needs_key())
    }

    pub(crate) fn can_serve(&self, needs: &Needs) -> bool {
        needs.lacking(&self.abilities).is_empty()
    }

    pub(crate) fn retries(&self) -> u32 {
        self.calls().retries.unwrap_or(RETRIES).into()
    }

    pub(crate) fn timeout_ms(&self) -> u64 {
        u64::from(self.calls().timeout_s.unwrap_or(TIMEOUT_S)) * 1000
    }

    /// The most that a call can take here.
    pub(crate) fn bound(&self, load: &Load) -> Bound {
        load.bound(&self.bounds)
    }

    /// The most that a call can cost here.
    pub(crate) fn cost_at_most(&self, bound: Bound) -> Option<PicoUsd> {
        self.priced.as_ref().map(|priced| price::at_most(&priced.price, bound))
    }

    /// Whether an outage of the one is likely to be an outage of the other.
    pub(crate) fn shares_vendor(&self, other: &Self) -> bool {
        self.provider_type() == other.provider_type()
            && (self.provider_type().needs_key() || self.base_url == other.base_url)
    }
}
