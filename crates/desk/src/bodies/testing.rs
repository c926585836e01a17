//! Credential tests: of what is in the form, and of what is saved.

use model::{
    Failure, ProviderDraft, ProviderId, ProviderView, Secret, TestReport,
    command::{CancelTest, Existing, TestDraft, TestProvider},
    vault::DeskEvent,
};
use providers::{BaseUrl, Target};
use vault::SealedKey;

use crate::{
    Desk, Host,
    bodies::saving::{Checked, Saved},
    dispatch::Body,
    failures,
    session::Session,
};

impl Body for TestDraft {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<TestReport, Failure> {
        let session = desk.session()?;
        let saved = Saved::read(&session, self.id).await?;
        let checked = Checked::new(self.draft, self.api_key, self.remove_key, saved.as_ref())?;
        let key = checked.key_to_use(&session, saved.as_ref())?;
        session.runs.run(self.run, desk.test(&checked.0.draft, &checked.0.base_url, key)).await
    }
}

impl Body for TestProvider {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<ProviderView, Failure> {
        let session = desk.session()?;
        let provider = session.store.provider(self.id).await.map_err(failures::store)?;
        let draft = &provider.draft;
        let base_url = BaseUrl::parse(&draft.base_url, draft.provider_type, draft.allow_insecure_http)
            .map_err(|error| Failure::invalid(vec![failures::base_url(&error)]))?;
        let key = open_key(&session, self.id, &draft.base_url, provider.sealed_key.as_deref())?;
        let report = session.runs.run(self.run, desk.test(draft, &base_url, key)).await?;
        let act = desk.act("provider.test");
        session
            .store
            .keep_test(Existing { id: self.id, revision: provider.revision }, &report, &act)
            .await
            .map_err(failures::store)?;
        if let Some(engine) = session.engine_if_open().await {
            engine.tested(self.id, &report);
        }
        desk.host.emit(DeskEvent::ProviderTested { id: self.id, at: act.at });
        desk.provider_view(&session, self.id).await
    }
}

impl Body for CancelTest {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<(), Failure> {
        desk.session()?.runs.stop(self.run);
        Ok(())
    }
}

impl<H: Host> Desk<H> {
    pub(super) async fn test(
        &self,
        draft: &ProviderDraft,
        base_url: &BaseUrl,
        key: Option<Secret>,
    ) -> Result<TestReport, Failure> {
        let target = Target {
            provider_type: draft.provider_type,
            base_url,
            api_key: key.as_ref().map(Secret::expose),
            model_name: &draft.model_name,
        };
        let report = self.network.vendors().await?.test_credentials(&target).await;
        Ok(TestReport { tested_at: self.host.now(), ..report })
    }
}

/// The stored key, for the base URL that it was entered for and no other.
pub(crate) fn open_key(
    session: &Session,
    id: ProviderId,
    base_url: &str,
    sealed: Option<&[u8]>,
) -> Result<Option<Secret>, Failure> {
    let Some(sealed) = sealed else { return Ok(None) };
    let opened = session.vault.open_key(id.0, base_url, &SealedKey(sealed.to_vec()));
    opened.map(Some).map_err(closed_key)
}

pub(super) fn closed_key(error: vault::FieldError) -> Failure {
    let advice = match error {
        vault::FieldError::OtherBaseUrl => "Enter the key again for the new base URL.",
        vault::FieldError::TooNew => "Open the vault with the newest version of Signalbox.",
        vault::FieldError::Closed => "Enter the key again. If you changed nothing, restore a backup.",
    };
    Failure::new(model::FailureCode::Other, error.to_string(), advice)
}
