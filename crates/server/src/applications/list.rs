//! All tokens that were ever made, newest first, whole or in pieces.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
};
use model::remote::{ApplicationToken, FieldAtFault, Success, TokenState};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::view;
use crate::web::{Answer, Query, Shared, refusal};

const MOST: usize = 1_000;

/// Which tokens.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Those in this state alone.
    state: Option<TokenState>,
    /// Those with an id below this one.
    before: Option<i64>,
    /// At most so many, 100 when missing; the header `Link` leads to older ones.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
}

/// List the tokens of applications
#[utoipa::path(get, path = "/api/v1/super-admin/tokens", tag = "tokens", params(Which),
    responses((status = 200, body = Success<Vec<ApplicationToken>>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    Query(which): Query<Which>,
) -> Answer<(HeaderMap, Json<Success<Vec<ApplicationToken>>>)> {
    let limit = which.limit.unwrap_or(100);
    if !(1..=MOST).contains(&limit) {
        let message = format!("Send 1 to {MOST}.");
        return Err(refusal::invalid_fields(vec![FieldAtFault { field: "limit".to_owned(), message }]));
    }
    let now = app.now();
    let all = app.store.application_tokens().await?.into_iter().map(|token| view(token, now));
    let mut found: Vec<_> = all
        .filter(|token| which.before.is_none_or(|before| token.id < before))
        .filter(|token| which.state.is_none_or(|state| token.state == state))
        .take(limit + 1)
        .collect();
    let mut headers = HeaderMap::new();
    if found.len() > limit {
        found.truncate(limit);
        if let Some(last) = found.last() {
            headers.insert(header::LINK, which.next(last.id, limit));
        }
    }
    Ok((headers, Json(Success::new(found))))
}

impl Which {
    fn next(&self, before: i64, limit: usize) -> HeaderValue {
        let state = match self.state {
            Some(TokenState::Good) => "&state=good",
            Some(TokenState::Expired) => "&state=expired",
            Some(TokenState::Revoked) => "&state=revoked",
            None => "",
        };
        let link = format!("</api/v1/super-admin/tokens?before={before}&limit={limit}{state}>; rel=\"next\"");
        HeaderValue::from_str(&link).unwrap_or(HeaderValue::from_static(""))
    }
}
