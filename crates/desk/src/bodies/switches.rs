//! Small changes of one saved configuration: on, off, default.

use model::{
    Failure, FailureCode, Field, ProviderDraft, ProviderId,
    command::{Changed, Existing, MakeDefault, SetActive},
    vault::DeskEvent,
};
use store::{Change, KeyChange};

use crate::{Desk, Host, dispatch::Body, failures};

impl Body for SetActive {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Changed, Failure> {
        let action = if self.active { "provider.enable" } else { "provider.disable" };
        if self.active {
            desk.require_key(self.existing.id).await?;
        }
        desk.edit(self.existing, action, |draft| {
            Ok(ProviderDraft { is_active: self.active, is_default: draft.is_default && self.active, ..draft })
        })
        .await
    }
}

impl Body for MakeDefault {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Changed, Failure> {
        desk.edit(self.existing, "provider.make_default", |draft| {
            if draft.is_active {
                Ok(ProviderDraft { is_default: true, ..draft })
            } else {
                Err(failures::one_field(
                    Field::IsDefault,
                    "Turn it on first: a provider that is off serves nothing.",
                ))
            }
        })
        .await
    }
}

impl<H: Host> Desk<H> {
    /// Makes a configuration the default from outside the page, which is told and can take it back.
    ///
    /// # Errors
    /// As [`MakeDefault`]'s: the vault is locked, it is off, or it is gone.
    pub async fn switch_default(&self, id: ProviderId) -> Result<(), Failure> {
        self.touch();
        let provider = self.session()?.store.provider(id).await.map_err(failures::store)?;
        if provider.draft.is_default {
            return Ok(());
        }
        let existing = Existing { id, revision: provider.revision };
        let Changed { provider, undo, .. } = MakeDefault { existing }.perform(self).await?;
        self.host.emit(DeskEvent::DefaultSwitched { name: provider.display_name, undo });
        Ok(())
    }

    /// Refuses to switch on what no vendor would answer: one that was made without its key, by a template or by sync.
    async fn require_key(&self, id: ProviderId) -> Result<(), Failure> {
        let provider = self.session()?.store.provider(id).await.map_err(failures::store)?;
        if provider.sealed_key.is_some() || !provider.draft.provider_type.needs_key() {
            return Ok(());
        }
        // Not a field's fault: it is said in the corner, where no form is.
        let advice = "Enter its key in its form first: without one no call succeeds.";
        Err(Failure::new(FailureCode::Other, "this provider has no API key", advice))
    }

    async fn edit(
        &self,
        existing: Existing,
        action: &'static str,
        edit: impl FnOnce(ProviderDraft) -> Result<ProviderDraft, Failure>,
    ) -> Result<Changed, Failure> {
        let session = self.session()?;
        let provider = session.store.provider(existing.id).await.map_err(failures::store)?;
        let change = Change { draft: edit(provider.draft)?, key: KeyChange::Keep, test: None };
        let before =
            session.store.update(existing, change, &self.act(action)).await.map_err(failures::store)?;
        self.changed(&session, before).await
    }
}
