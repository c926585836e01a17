//! Asking the vendor about a key, and refusing what it does not accept.

use axum::http::StatusCode;
use model::{ProviderDraft, Secret, TestReport};
use providers::{BaseUrl, Form, Target};
use store::{NewKey, Provider};

use crate::{
    app::{App, open_key},
    web::{Answer, Refused},
};

impl App {
    /// A credential test.
    pub(crate) async fn test(
        &self,
        draft: &ProviderDraft,
        base_url: &BaseUrl,
        key: Option<&Secret>,
    ) -> TestReport {
        let target = Target {
            provider_type: draft.provider_type,
            base_url,
            api_key: key.map(Secret::expose),
            model_name: &draft.model_name,
        };
        let report = self.vendors.test_credentials(&target).await;
        TestReport { tested_at: self.now(), ..report }
    }

    /// The test that a form has to pass before it is saved.
    pub(crate) async fn passed_test(&self, form: &Form, saved: Option<&Provider>) -> Answer<TestReport> {
        let stored = match saved {
            Some(provider) if form.typed_key.is_none() => stored_key(self, provider)?,
            _ => None,
        };
        let key = form.typed_key.as_ref().or(stored.as_ref());
        let report = self.test(&form.draft, &form.base_url, key).await;
        if report.outcome.is_valid() { Ok(report) } else { Err(refused(report)) }
    }

    /// A typed key, sealed for one configuration.
    pub(crate) fn sealed(&self, form: &Form, record: model::ProviderId) -> Option<NewKey> {
        let key = form.typed_key.as_ref()?;
        let sealed = self.root.seal_key(record.0, form.base_url.as_str(), key).0;
        Some(NewKey { sealed, last_four: providers::last_four(key), entered_at: self.now() })
    }
}

/// The stored key.
pub(super) fn stored_key(app: &App, provider: &Provider) -> Answer<Option<Secret>> {
    open_key(&app.root, provider).map_err(|error| {
        tracing::error!(%error, id = provider.number, "a stored key does not open");
        let advice = "Send the key again.";
        Refused::new(StatusCode::CONFLICT, "key_closed", "the stored key does not open", advice)
    })
}

/// The vendor said no, or did not answer: nothing was stored either way.
fn refused(report: TestReport) -> Refused {
    let code = if report.outcome.is_offline() { "provider_unreachable" } else { "credentials_refused" };
    let advice = format!("{} Nothing was stored.", report.advice);
    Refused::new(StatusCode::UNPROCESSABLE_ENTITY, code, report.message, advice)
}
