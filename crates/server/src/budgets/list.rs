//! All budgets, by number.

use axum::{Json, extract::State, http::HeaderMap};
use model::remote::{Budget, Success};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::views;
use crate::web::{Answer, Query, Shared, paging};

const PATH: &str = "/api/v1/super-admin/budgets";
const MOST: u32 = 1_000;

/// Which budgets.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Those behind this id.
    after: Option<i64>,
    /// At most so many, 100 when missing; the header `Link` leads to the next ones.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

/// List budgets and how they stand
#[utoipa::path(get, path = "/api/v1/super-admin/budgets", tag = "budgets", params(Which),
    responses((status = 200, body = Success<Vec<Budget>>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    Query(which): Query<Which>,
) -> Answer<(HeaderMap, Json<Success<Vec<Budget>>>)> {
    let limit = paging::within("limit", which.limit, 100, 1..=MOST)?;
    let mut budgets = app.store.budgets().await?;
    budgets.sort_unstable_by_key(|budget| budget.id);
    budgets.retain(|budget| which.after.is_none_or(|after| budget.id > after));
    let more = budgets.len() > limit as usize;
    budgets.truncate(limit as usize);
    let last = budgets.last().filter(|_| more).map(|last| last.id);
    let headers = last.map_or_else(HeaderMap::new, |last| {
        paging::next(PATH, &[("after", Some(last.to_string())), ("limit", Some(limit.to_string()))])
    });
    Ok((headers, Json(Success::new(views(&app, budgets).await?))))
}
