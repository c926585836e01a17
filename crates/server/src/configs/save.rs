//! Saving a configuration of which nothing about reaching the vendor changed, and what every save asks of its places.

use model::{ProviderDraft, command::Existing, remote::FieldAtFault};
use store::{Change, KeyChange, Provider, StoreError};

use crate::{
    access::Caller,
    app::App,
    web::{Answer, refusal},
};

impl App {
    /// Refuses to put a model where it is known to be unable to serve, before anyone is asked.
    pub(crate) async fn require_fit(&self, draft: &ProviderDraft, old: Option<&Provider>) -> Answer<()> {
        let (_, routes) = self.store.routing().await?;
        let misplaced = gateway::misplaced(draft, old, &routes, &self.catalog().await?);
        let fault = |one: gateway::Misplaced| FieldAtFault {
            field: if one.is_first { format!("default_for_{}", one.task) } else { "model_name".to_owned() },
            message: one.message,
        };
        let faults: Vec<FieldAtFault> = misplaced.into_iter().map(fault).collect();
        if faults.is_empty() { Ok(()) } else { Err(refusal::invalid_fields(faults)) }
    }

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
