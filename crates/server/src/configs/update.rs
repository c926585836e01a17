//! A change of a configuration. What is missing stays; an empty key keeps the key.

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use model::{
    Field, FieldError, ProviderDraft,
    command::Existing,
    remote::{ProviderConfig, Success, UpdateConfig},
};
use providers::{Form, Saved};
use store::{Change, KeyChange, Provider, StoreError};

use super::{held, view, with_switches};
use crate::{
    access::Caller,
    web::{Answer, Body, Id, Shared, refusal, revision},
};

/// Change a configuration; an empty key keeps the key
#[utoipa::path(put, path = "/api/v1/super-admin/providers/configs/{config_id}", tag = "providers",
    params(("config_id" = i64, Path, description = "Its id")), request_body = UpdateConfig,
    responses((status = 200, body = Success<ProviderConfig>, headers(("ETag" = String, description = "Its revision")))))]
pub(crate) async fn update(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Id(number): Id,
    headers: HeaderMap,
    Body(asked): Body<UpdateConfig>,
) -> Answer<Response> {
    let old = app.store.provider_of_number(number).await?;
    revision::require(&headers, old.revision)?;
    let held = held::asked(&app, &headers).await?;
    let form = form(&old, asked)?;
    let saved = Some(shown(&old));
    app.require_fit(&form.draft, Some(&old)).await?;
    if form.asks_for_proof(saved) {
        caller.require_proof(app.now())?;
    }
    let test = match form.needs_test(saved) {
        true => Some(app.passed_test(&form, Some(&old)).await?),
        false => None,
    };
    let key = app.sealed(&form, old.id).map_or(KeyChange::Keep, KeyChange::Replace);
    if form.draft == old.draft && matches!(key, KeyChange::Keep) && test.is_none() {
        // Nothing to write down, and nobody's revision to make stale.
        return view::answer(&app, StatusCode::OK, old).await;
    }
    let existing = Existing { id: old.id, revision: old.revision };
    let change = Change { draft: form.draft, key, test };
    match app.store.update_while(&held, existing, change, &app.act(&caller, "provider.update")).await {
        // Somebody else was quicker, while the vendor was asked.
        Err(StoreError::Conflict) => {
            let now = app.store.provider_of_number(number).await?;
            return Err(match now.revision == old.revision {
                true => refusal::other_holder(),
                false => refusal::other_revision(now.revision),
            });
        }
        done => done?,
    };
    app.reload().await;
    view::answer(&app, StatusCode::OK, app.store.provider_of_number(number).await?).await
}

fn shown(old: &Provider) -> Saved<'_> {
    Saved { draft: &old.draft, has_key: old.sealed_key.is_some() }
}

fn form(old: &Provider, asked: UpdateConfig) -> Answer<Form> {
    if asked.provider_type.is_some_and(|kind| kind != old.draft.provider_type) {
        let message = "The type of a configuration never changes. Create another one.";
        return Err(refusal::invalid_fields(vec![model::remote::FieldAtFault {
            field: "provider_type".to_owned(),
            message: message.to_owned(),
        }]));
    }
    // A model's name cannot be made anew as a display name can.
    if asked.model_name.as_deref().is_some_and(|name| name.trim().is_empty()) {
        let message = "Send the model's name, exactly as the vendor writes it.".to_owned();
        return Err(refusal::invalid(vec![FieldError { field: Field::ModelName, message }]));
    }
    let was = old.draft.clone();
    let switches = [
        asked.default_for_extraction,
        asked.default_for_cv_draft,
        asked.default_for_cover_letter,
        asked.default_for_validation,
    ];
    let draft = ProviderDraft {
        base_url: asked.base_url.unwrap_or(was.base_url),
        allow_insecure_http: asked.allow_insecure_http.unwrap_or(was.allow_insecure_http),
        model_name: asked.model_name.unwrap_or(was.model_name),
        display_name: asked.display_name.unwrap_or(was.display_name),
        description: asked.description.unwrap_or(was.description),
        is_active: asked.is_active.unwrap_or(was.is_active),
        is_default: asked.is_default.unwrap_or(was.is_default),
        tasks: with_switches(&was.tasks, switches),
        daily_token_limit: asked.daily_token_limit.unwrap_or(was.daily_token_limit),
        monthly_token_limit: asked.monthly_token_limit.unwrap_or(was.monthly_token_limit),
        provider_type: was.provider_type,
        calls: was.calls,
    };
    Form::check(draft, asked.api_key, false, Some(shown(old))).map_err(refusal::invalid)
}
