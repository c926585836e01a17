//! A credential test of what is stored.

use axum::{Extension, Json, extract::State};
use model::{
    TestOutcome,
    command::Existing,
    remote::{Success, TestedConfig},
};
use providers::BaseUrl;

use super::vendor::stored_key;
use crate::{
    access::Caller,
    web::{Answer, Id, Shared, instant, refusal},
};

/// Show the stored key to the vendor
#[utoipa::path(post, path = "/api/v1/super-admin/providers/configs/{config_id}/test", tag = "providers",
    params(("config_id" = i64, Path, description = "Its id")),
    responses((status = 200, body = Success<TestedConfig>)))]
pub(crate) async fn test(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Id(number): Id,
) -> Answer<Json<Success<TestedConfig>>> {
    let provider = app.store.provider_of_number(number).await?;
    let draft = &provider.draft;
    // It was checked when it was stored.
    let base_url = BaseUrl::parse(&draft.base_url, draft.provider_type, draft.allow_insecure_http)
        .map_err(|_| refusal::internal())?;
    let key = stored_key(&app, &provider)?;
    let report = app.test(draft, &base_url, key.as_ref()).await;
    let tested = Existing { id: provider.id, revision: provider.revision };
    app.store.keep_test(tested, &report, &app.act(&caller, "provider.test")).await?;
    app.gateway.tested(provider.id, &report);
    let message = match report.outcome {
        // The specification's own words.
        TestOutcome::Works => "Provider credentials are valid".to_owned(),
        _ => report.message,
    };
    Ok(Json(Success::new(TestedConfig {
        is_valid: report.outcome.is_valid(),
        message,
        tested_at: instant::text(report.tested_at),
        outcome: report.outcome,
        advice: report.advice,
    })))
}
