//! A new configuration. Its key is shown to the vendor before it is stored.

use axum::{Extension, extract::State, http::StatusCode, response::Response};
use model::{
    ProviderDraft, ProviderId,
    remote::{CreateConfig, ProviderConfig, Success},
};
use providers::Form;
use store::{Act, Change, KeyChange, Provider};
use uuid::Uuid;

use super::{view, with_switches};
use crate::{
    access::Caller,
    app::App,
    web::{Answer, Body, Shared, refusal},
};

/// Create a configuration; the key is shown to the vendor before it is stored
#[utoipa::path(post, path = "/api/v1/super-admin/providers/configs", tag = "providers", request_body = CreateConfig,
    responses((status = 201, body = Success<ProviderConfig>, headers(("ETag" = String, description = "Its revision")))))]
pub(crate) async fn create(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Body(asked): Body<CreateConfig>,
) -> Answer<Response> {
    let form = form(asked)?;
    caller.require_proof(app.now())?;
    let provider = app.create(&form, |app| app.act(&caller, "provider.create")).await?;
    view::answer(&app, StatusCode::CREATED, provider).await
}

/// What is asked for, judged as the desktop's form is.
pub(crate) fn form(asked: CreateConfig) -> Answer<Form> {
    let switches = [
        asked.default_for_extraction,
        asked.default_for_cv_draft,
        asked.default_for_cover_letter,
        asked.default_for_validation,
    ];
    let blank = ProviderDraft::new(asked.provider_type);
    let draft = ProviderDraft {
        base_url: asked.base_url.unwrap_or_default(),
        allow_insecure_http: asked.allow_insecure_http,
        model_name: asked.model_name,
        display_name: asked.display_name.unwrap_or_default(),
        description: asked.description.unwrap_or_default(),
        is_active: asked.is_active,
        is_default: asked.is_default,
        tasks: with_switches(&[], switches.map(Some)),
        daily_token_limit: asked.daily_token_limit,
        monthly_token_limit: asked.monthly_token_limit,
        ..blank
    };
    Form::check(draft, asked.api_key, false, None).map_err(refusal::invalid)
}

impl App {
    /// Shows the key to the vendor, and stores it if that says yes.
    pub(crate) async fn create(&self, form: &Form, act: impl FnOnce(&Self) -> Act) -> Answer<Provider> {
        self.require_fit(&form.draft, None).await?;
        let test = self.passed_test(form, None).await?;
        let id = ProviderId(Uuid::now_v7());
        let key = self.sealed(form, id).map_or(KeyChange::Keep, KeyChange::Replace);
        let change = Change { draft: form.draft.clone(), key, test: Some(test) };
        self.store.insert(id, change, &act(self)).await?;
        self.reload().await;
        Ok(self.store.provider(id).await?)
    }
}
