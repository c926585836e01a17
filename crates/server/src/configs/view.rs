//! A configuration as the remote API shows it.

use std::collections::HashMap;

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use model::remote::{ProviderConfig, Success};
use store::{Provider, StoreError};

use crate::web::{Answer, Shared, instant, revision};

/// Numbers of the users that configurations were made by.
pub(super) struct Makers(HashMap<String, i64>);

impl Makers {
    pub(super) async fn read(app: &Shared) -> Result<Self, StoreError> {
        let users = app.store.users().await?;
        Ok(Self(users.into_iter().map(|user| (user.name.to_lowercase(), user.number)).collect()))
    }

    pub(super) fn view(&self, provider: Provider) -> ProviderConfig {
        let draft = provider.draft;
        let serves = |name: &str| draft.tasks.iter().any(|task| task.as_str() == name);
        ProviderConfig {
            id: provider.number,
            provider_type: draft.provider_type,
            default_for_extraction: serves("extraction"),
            default_for_cv_draft: serves("cv_draft"),
            default_for_cover_letter: serves("cover_letter"),
            default_for_validation: serves("validation"),
            model_name: draft.model_name,
            display_name: draft.display_name,
            description: Some(draft.description).filter(|notes| !notes.is_empty()),
            is_active: draft.is_active,
            is_default: draft.is_default,
            daily_token_limit: draft.daily_token_limit,
            monthly_token_limit: draft.monthly_token_limit,
            last_tested_at: provider.last_test.as_ref().map(|test| instant::text(test.tested_at)),
            last_test_success: provider.last_test.as_ref().map(|test| test.outcome.is_valid()),
            created_by_id: self.0.get(&provider.created_by.to_lowercase()).copied(),
            created_at: instant::text(provider.created_at),
            updated_at: instant::text(provider.updated_at),
            uuid: provider.id.to_string(),
            revision: provider.revision,
            base_url: draft.base_url,
            allow_insecure_http: draft.allow_insecure_http,
            has_key: provider.sealed_key.is_some(),
        }
    }
}

/// A configuration with its revision as `ETag`.
pub(super) async fn answer(app: &Shared, status: StatusCode, provider: Provider) -> Answer<Response> {
    let config = Makers::read(app).await?.view(provider);
    let tag = [(header::ETAG, revision::etag(config.revision))];
    Ok((status, tag, Json(Success::new(config))).into_response())
}
