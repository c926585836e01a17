//! The list, whole as the specification has it, or in pieces.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
};
use model::{
    ProviderType,
    remote::{FieldAtFault, ProviderConfig, Success},
};
use serde::Deserialize;
use store::Provider;
use utoipa::IntoParams;

use super::view::Makers;
use crate::web::{Answer, Query, Shared, refusal};

/// Most configurations of one page.
const MOST: usize = 1_000;

/// Which configurations.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Of this type alone.
    provider_type: Option<ProviderType>,
    /// Those that routes may use, or those that they may not.
    is_active: Option<bool>,
    /// Those with an id above this one.
    after: Option<i64>,
    /// At most so many; the header `Link` then leads to the next ones.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
}

/// List configurations
#[utoipa::path(get, path = "/api/v1/super-admin/providers/configs", tag = "providers", params(Which),
    responses((status = 200, body = Success<Vec<ProviderConfig>>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    Query(which): Query<Which>,
) -> Answer<(HeaderMap, Json<Success<Vec<ProviderConfig>>>)> {
    if which.limit.is_some_and(|limit| !(1..=MOST).contains(&limit)) {
        let message = format!("Send 1 to {MOST}.");
        return Err(refusal::invalid_fields(vec![FieldAtFault { field: "limit".to_owned(), message }]));
    }
    let mut found = app.store.providers().await?;
    found.retain(|provider| which.lets_through(provider));
    let mut headers = HeaderMap::new();
    if let Some(limit) = which.limit.filter(|limit| found.len() > *limit) {
        found.truncate(limit);
        if let Some(last) = found.last() {
            headers.insert(header::LINK, which.next(last.number, limit));
        }
    }
    let makers = Makers::read(&app).await?;
    let configs = found.into_iter().map(|provider| makers.view(provider)).collect();
    Ok((headers, Json(Success::new(configs))))
}

impl Which {
    fn lets_through(&self, provider: &Provider) -> bool {
        self.provider_type.is_none_or(|kind| kind == provider.draft.provider_type)
            && self.is_active.is_none_or(|is_active| is_active == provider.draft.is_active)
            && self.after.is_none_or(|after| provider.number > after)
    }

    fn next(&self, after: i64, limit: usize) -> HeaderValue {
        let kind = self.provider_type.map(|kind| format!("&provider_type={}", kind.as_str()));
        let active = self.is_active.map(|is_active| format!("&is_active={is_active}"));
        let (kind, active) = (kind.unwrap_or_default(), active.unwrap_or_default());
        let link = format!(
            "</api/v1/super-admin/providers/configs?after={after}&limit={limit}{kind}{active}>; rel=\"next\""
        );
        HeaderValue::from_str(&link).unwrap_or(HeaderValue::from_static(""))
    }
}
