//! Saving a configuration of which nothing about reaching the vendor changed.

use model::{ProviderDraft, command::Existing};
use store::{Change, KeyChange, Provider, StoreError};

use crate::{
    access::Caller,
    app::App,
    web::{Answer, refusal},
};

impl App {
    /// Saves it, if nobody was quicker, and lets calls go by it.
    pub(crate) async fn save(
        &self,
        old: &Provider,
        draft: ProviderDraft,
        caller: &Caller,
    ) -> Answer<Provider> {
        if draft == old.draft {
            return Ok(old.clone());
        }
        let existing = Existing { id: old.id, revision: old.revision };
        let change = Change { draft, key: KeyChange::Keep, test: None };
        match self.store.update(existing, change, &self.act(caller, "provider.update")).await {
            Err(StoreError::Conflict) => {
                let now = self.store.provider_of_number(old.number).await?;
                return Err(refusal::other_revision(now.revision));
            }
            done => done?,
        };
        self.reload().await;
        Ok(self.store.provider_of_number(old.number).await?)
    }
}
