//! Small changes of one saved configuration: on, off, default.

use model::{
    Failure, Field, ProviderDraft,
    command::{Changed, Existing, MakeDefault, SetActive},
};
use store::{Change, KeyChange};

use crate::{Desk, Host, dispatch::Body, failures};

impl Body for SetActive {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Changed, Failure> {
        let action = if self.active { "provider.enable" } else { "provider.disable" };
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
