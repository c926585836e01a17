//! The specification's integer ids of configurations, beside the UUIDs that the other rooms go by.

use std::collections::HashMap;

use model::ProviderId;
use store::{Provider, StoreError};

use crate::app::App;

/// Numbers of the configurations that there are.
pub(crate) struct Numbers(HashMap<ProviderId, i64>);

impl Numbers {
    pub(crate) async fn read(app: &App) -> Result<Self, StoreError> {
        Ok(Self::among(&app.store.providers().await?))
    }

    pub(crate) fn among(providers: &[Provider]) -> Self {
        Self(providers.iter().map(|provider| (provider.id, provider.number)).collect())
    }

    pub(crate) fn of(&self, id: ProviderId) -> Option<i64> {
        self.0.get(&id).copied()
    }

    pub(crate) fn id(&self, number: i64) -> Option<ProviderId> {
        self.0.iter().find(|(_, of)| **of == number).map(|(id, _)| *id)
    }
}
